// Keeps what is typed into the form in this tab until it is sent: through a reload, a lost connection, a look at another
// page. Sent again, it is the same form still, so that a second try changes the enquiry and makes no other one.
const KEY = "enquiry";
const PAUSE = 300;
const NEVER = ["hidden", "submit", "button"];
const form = document.querySelector("form[data-keep]");
const pass = form?.elements.form;
const line = form?.querySelector("[data-kept]");
const version = pass?.dataset.formOf;
const isAnswer = form?.dataset.keep === "now";

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
}

function write(kept) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
    line.hidden = !Object.values(kept.words).some((values) => values.some((value) => value && value !== "either"));
    return true;
  } catch {
    return false; // No room, or not allowed: the form works without.
  }
}

function fields() {
  const all = [...form.elements].filter((field) => field.name && !NEVER.includes(field.type));
  return all.filter((field) => field.name !== "consent" && !field.closest(".trap"));
}

const isChoice = (field) => field.type === "checkbox" || field.type === "radio";

function words() {
  const typed = {};
  for (const field of fields()) {
    typed[field.name] ??= [];
    if (!isChoice(field) || field.checked) {
      typed[field.name].push(field.value);
    }
  }
  return typed;
}

function keep(more) {
  const kept = read();
  return write({ ...kept, isSent: false, ...more, words: { ...kept.words, ...words() } });
}

function fillIn(field, values) {
  if (isChoice(field)) {
    field.checked =
      values.length && field.type === "radio"
        ? values.includes(field.value)
        : field.checked || values.includes(field.value);
  } else if (!field.value || isAnswer) {
    field.value = values[0];
  }
}

function bringBack(kept) {
  for (const field of fields()) {
    const values = (kept[field.name] || []).filter(Boolean);
    if (values.length) {
      fillIn(field, values);
      const folded = values[0] !== "either" && field.closest("details");
      if (folded) {
        folded.open = true;
      }
    }
  }
}

// What the other scripts say of words while they are typed holds for words that have come back too, by whatever way.
function tellOthers() {
  for (const field of form.querySelectorAll("textarea, [name=name]")) {
    if (field.value) {
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function forget() {
  sessionStorage.removeItem(KEY);
  for (const field of [...fields(), form.elements.consent]) {
    if (isChoice(field)) {
      field.checked = field.value === "either";
    } else {
      field.value = "";
    }
  }
  line.hidden = true;
  fields()[0].focus();
}

// Back at the form, or at it once more after an answer that was lost: the pass that it was sent with.
function sameForm() {
  const sent = read().sent;
  const before = history.state?.form || (sent?.at === location.pathname ? sent : undefined);
  if (before?.version === version) {
    pass.value = before.pass;
  }
  stand(location.href);
}

function keepPass(isSent) {
  return keep({ isSent, sent: { at: location.pathname, version, pass: pass.value } });
}

function stand(address) {
  history.replaceState({ form: { version, pass: pass.value } }, "", address);
}

// An answer to what was sent stands in the history as a blank form: Back and Reload ask for that one, and the words come
// from here. Firefox with a service worker cannot go back to the answer itself; any browser would ask to send it again.
function standAsBlank() {
  const about = form.elements.about.value;
  stand(location.pathname + (about && `?about=${encodeURIComponent(about)}`));
}

// WebKit sends a form again on Reload: what it held then is older than what was typed into the answer since.
function takeAnswer() {
  const { isSent, words: typed } = read();
  if (!isSent) {
    bringBack(typed || {});
  }
  if (keepPass(isSent)) {
    standAsBlank();
  }
}

function takeBlank() {
  sameForm();
  bringBack(read().words || {});
  addEventListener("pageshow", tellOthers);
  if (read().words) {
    keep({});
  }
}

if (line) {
  let wait;
  if (isAnswer) {
    takeAnswer();
  } else {
    takeBlank();
  }
  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(keep, PAUSE, {});
  });
  form.addEventListener("submit", () => {
    clearTimeout(wait);
    wait = 0;
    keepPass(true);
  });
  addEventListener("pagehide", () => {
    if (wait) {
      clearTimeout(wait);
      keep({});
    }
  });
  line.querySelector("button").addEventListener("click", () => {
    clearTimeout(wait);
    wait = 0;
    forget();
  });
}
