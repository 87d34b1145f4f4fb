// A word of the glossary explains itself in place, read from the glossary when the first is tapped.
// Where that fails, its link leads there, as it does without script.
const LINK = 'main a[href^="/glossary/#"]';
const GAP = 6;
const box = document.createElement("div");
let glossary;

async function read() {
  const answer = await fetch("/glossary/");
  if (!answer.ok) {
    throw new Error(`${answer.status}`);
  }
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function show(link, term) {
  const name = document.createElement("strong");
  name.textContent = term.firstChild.textContent.trim();
  const more = document.createElement("a");
  more.href = link.href;
  more.textContent = "All words";
  box.setAttribute("aria-label", name.textContent);
  box.replaceChildren(name, ...document.importNode(term.nextElementSibling, true).childNodes, more);
  const { left, bottom } = link.getBoundingClientRect();
  box.showPopover();
  const most = document.documentElement.clientWidth - box.offsetWidth - GAP;
  box.style.left = `${Math.max(GAP, Math.min(left, most)) + scrollX}px`;
  box.style.top = `${bottom + scrollY + GAP}px`;
  box.focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
}

async function explain(link) {
  try {
    glossary ??= read();
    show(link, (await glossary).getElementById(link.hash.slice(1)));
  } catch {
    location.assign(link.href);
  }
}

if (box.showPopover && location.pathname !== "/glossary/") {
  box.popover = "auto";
  box.className = "explained";
  box.role = "dialog";
  box.tabIndex = -1;
  document.body.append(box);
  document.addEventListener("click", (event) => {
    const link = event.target.closest(LINK);
    if (link && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      explain(link);
    }
  });
}
