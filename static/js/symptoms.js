// Is this normal? Tick what you feel: the most urgent of all that is ticked counts, and nothing lowers it.
// Nothing is sent or kept.
const CALL_US = 2;
const bar = document.querySelector(".help-bar");
const verdict = bar.querySelector(".verdict");
const groups = [...document.querySelectorAll(".rows")];
const ticks = [];

function tick(place, level, row) {
  const input = document.createElement("input");
  input.type = "checkbox";
  input.autocomplete = "off";
  ticks.push({ input, level, row });
  const label = document.createElement("label");
  label.append(input, ...place.childNodes);
  place.append(label);
  input.addEventListener("change", show);
}

function callButton(link) {
  const button = document.createElement("a");
  button.className = "btn";
  button.href = link.href;
  button.textContent = `Call ${link.href.replace(/\D/g, "").split("").join("-")}`;
  return button;
}

function say(level) {
  const card = document.getElementById(`level-${level}`);
  const title = document.createElement("a");
  title.href = `#level-${level}`;
  title.textContent = card.querySelector("strong").textContent;
  verdict.replaceChildren(title, ...[...card.querySelectorAll(".note-button a")].map(callButton));
}

function filterRows(ticked) {
  const felt = new Set(ticked.map((one) => one.row));
  for (const group of groups) {
    const rows = [...group.querySelectorAll(".row")];
    for (const row of rows) {
      row.hidden = felt.size > 0 && !felt.has(row);
    }
    group.hidden = rows.every((row) => row.hidden);
  }
}

function show() {
  const ticked = ticks.filter(({ input }) => input.checked);
  const level = Math.max(0, ...ticked.map((one) => one.level));
  filterRows(ticked);
  if (bar.dataset.level === String(level)) {
    return;
  }
  bar.dataset.level = level;
  bar.querySelector("[data-first]").hidden = level > 0;
  bar.querySelector("[data-clinic]")?.toggleAttribute("hidden", level > CALL_US);
  if (level) {
    say(level);
  } else {
    verdict.replaceChildren();
  }
}

for (const link of document.querySelectorAll(".felt a")) {
  const row = document.getElementById(link.hash.slice(1)).closest(".row");
  tick(link.parentElement, Number(link.dataset.least), row);
  link.replaceWith(...link.childNodes);
}
for (const signs of document.querySelectorAll("[data-level] li")) {
  tick(signs, Number(signs.closest("[data-level]").dataset.level), signs.closest(".row"));
}
