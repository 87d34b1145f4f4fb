/* Keeps what is typed in this browser until it is saved, so that a session that ended, a closed tab or a lost
   connection loses nothing. Words that were not saved are offered when the page opens again.

   <form data-keep="7-enquiry-12" data-keep-in="tab" data-keep-skip="status"> with an element [data-kept] in it.
   Words about patients stay in the tab (data-keep-in="tab"): they go when it is closed, and when somebody signs out.
   A message with the class done-7-enquiry-12 says that they were saved. */
const PREFIX = "clinic:";
const NEVER = ["hidden", "submit", "button", "password", "file"];

const storeOf = (form) => (form.dataset.keepIn === "tab" ? sessionStorage : localStorage);

function dropWhatWasSaved() {
  for (const line of document.querySelectorAll(".messagelist [class*='done-']")) {
    for (const name of line.classList) {
      if (name.startsWith("done-")) {
        sessionStorage.removeItem(PREFIX + name.slice(5));
      }
    }
  }
}

class Kept {
  constructor(form, offer) {
    this.form = form;
    this.offer = offer;
    this.key = PREFIX + form.dataset.keep;
    this.skipped = (form.dataset.keepSkip ?? "").split(" ");
    this.timer = 0;
    this.isOffered = false;
    this.initial = this.plain(this.words());
    this.begin();
    this.listen();
  }

  fields() {
    return [...this.form.elements].filter(
      (field) => field.name && !NEVER.includes(field.type) && !this.skipped.includes(field.name),
    );
  }

  words() {
    const typed = {};
    for (const field of this.fields()) {
      const isChoice = field.type === "checkbox" || field.type === "radio";
      if (!isChoice || field.checked) {
        typed[field.name] = [...(typed[field.name] ?? []), field.value];
      }
    }
    return typed;
  }

  plain(typed) {
    return JSON.stringify(
      Object.entries(typed)
        .map(([name, values]) => [name, values.map((value) => value.replace(/\r\n?/g, "\n").trim()).filter(Boolean)])
        .filter(([, values]) => values.length)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  }

  read() {
    try {
      return JSON.parse(storeOf(this.form).getItem(this.key));
    } catch {
      return null;
    }
  }

  write() {
    try {
      storeOf(this.form).setItem(this.key, JSON.stringify({ at: Date.now(), words: this.words() }));
    } catch {
      /* no room, or not allowed: the form works without */
    }
  }

  drop() {
    try {
      storeOf(this.form).removeItem(this.key);
    } catch {
      /* as above */
    }
  }

  begin() {
    this.kept = this.read();
    if (this.form.hasAttribute("data-unsaved") || document.querySelector(".errornote")) {
      this.write();
    } else if (this.kept && this.plain(this.kept.words) === this.initial) {
      this.drop();
    } else if (this.kept) {
      this.isOffered = true;
      this.offer.querySelector("[data-kept-when]").textContent =
        `, from ${new Date(this.kept.at).toLocaleString("en-CA", { dateStyle: "long", timeStyle: "short" })}`;
      this.offer.hidden = false;
    }
  }

  listen() {
    this.offer.querySelector("[data-kept-take]").addEventListener("click", () => {
      this.bringBack(this.kept.words);
      this.answered();
    });
    this.offer.querySelector("[data-kept-drop]").addEventListener("click", () => {
      this.drop();
      this.answered();
    });
    this.form.addEventListener("input", () => {
      if (!this.isOffered) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.write(), 300);
      }
    });
    this.form.addEventListener("submit", () => {
      if (!this.isOffered) {
        this.write();
      }
    });
    window.addEventListener("pagehide", () => {
      if (this.timer && !this.isOffered && this.plain(this.words()) !== this.initial) {
        this.write();
      }
    });
  }

  answered() {
    this.isOffered = false;
    this.offer.hidden = true;
    this.fields()[0]?.focus();
  }

  bringBack(typed) {
    for (const field of this.fields()) {
      const values = typed[field.name] ?? [];
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = values.includes(field.value);
      } else {
        field.value = values[0] ?? "";
      }
    }
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
    for (const place of this.form.querySelectorAll("[data-count-for]")) {
      document.getElementById(place.dataset.countFor)?.dispatchEvent(new Event("input"));
    }
  }
}

try {
  dropWhatWasSaved();
} catch {
  /* storage is not allowed here: nothing was kept */
}
for (const form of document.querySelectorAll("form[data-keep]")) {
  const offer = form.querySelector("[data-kept]");
  if (offer) {
    new Kept(form, offer);
  }
}
