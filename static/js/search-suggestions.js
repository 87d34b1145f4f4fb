// Offers the site's conditions, pages, questions and words while something is typed into a search field.
// The list comes once, when a field is entered; what is typed is sent nowhere. Keys as in the combobox pattern of ARIA.
const MOST = 6;
const LEAST = 2;
let list;

function wordsOf(text) {
  const letters = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return letters.match(/[\p{L}\p{N}]+/gu) || [];
}

function readList(told) {
  return told.suggestions.map(([title, url, place, names]) => {
    const inTitle = wordsOf(title);
    return { title, url, place, start: inTitle.join(" "), inTitle, all: [...inTitle, ...wordsOf(names)] };
  });
}

async function fetchList(url) {
  const answer = await fetch(url);
  return answer.ok ? readList(await answer.json()) : undefined;
}

function rank(one, typed) {
  const isBegun = (word, known) => known.some((each) => each.startsWith(word));
  if (one.start.startsWith(typed.join(" "))) {
    return 0;
  }
  if (typed.every((word) => isBegun(word, one.inTitle))) {
    return 1;
  }
  return typed.every((word) => isBegun(word, one.all)) ? 2 : 3;
}

function fitting(known, text) {
  const typed = wordsOf(text);
  if (typed.join("").length < LEAST) {
    return [];
  }
  const ranked = known.map((one) => [rank(one, typed), one]).filter(([place]) => place < 3);
  return ranked
    .sort(([one], [other]) => one - other)
    .slice(0, MOST)
    .map(([, one]) => one);
}

function optionFor(one, id) {
  const option = document.createElement("li");
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.url = one.url;
  option.append(one.title);
  if (one.place) {
    const place = document.createElement("span");
    place.append(`In ${one.place}`);
    option.append(" ", place);
  }
  return option;
}

function offerIn(form, number) {
  const input = form.querySelector("input");
  const box = document.createElement("ul");
  box.id = `suggestions-${number}`;
  box.className = "suggestions";
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", "Suggestions");
  box.hidden = true;
  form.append(box);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", box.id);

  const pick = (option) => {
    for (const one of box.children) {
      one.setAttribute("aria-selected", String(one === option));
    }
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const show = (found) => {
    box.replaceChildren(...found.map((one, at) => optionFor(one, `${box.id}-${at}`)));
    box.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!box.hidden));
    pick();
  };
  const load = () => {
    list = list || fetchList(form.dataset.suggestions).catch(() => undefined);
    return list;
  };
  const suggest = async () => {
    const known = await load();
    if (!known) {
      list = undefined;
    } else if (form.contains(document.activeElement)) {
      show(fitting(known, input.value));
    }
  };
  const picked = () => box.querySelector('[aria-selected="true"]');
  const step = (by) => {
    const at = [...box.children].indexOf(picked());
    const next = by > 0 ? at + 1 : (at < 0 ? box.children.length : at) - 1;
    pick(box.children[next]);
  };
  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: () => show([]),
    Enter: () => location.assign(picked().dataset.url),
  };

  input.addEventListener("focus", load);
  input.addEventListener("input", suggest);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && box.hidden && input.value) {
      event.preventDefault();
      suggest();
    } else if (!box.hidden && keys[event.key] && (event.key !== "Enter" || picked())) {
      event.preventDefault();
      event.stopPropagation();
      keys[event.key]();
    }
  });
  box.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  box.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) {
      location.assign(option.dataset.url);
    }
  });
  input.addEventListener("blur", () => show([]));
}

document.querySelectorAll("form[data-suggestions]").forEach(offerIn);
