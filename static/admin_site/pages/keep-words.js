/* Keeps what is typed in this browser until it is saved, so that an expired session, a closed tab or
   a lost connection loses nothing. Words that were not saved are offered when the page opens again. */
function startKeeping() {
  const form = document.getElementById("words");
  const offer = form?.querySelector("[data-kept]");
  if (!offer) {
    return;
  }
  const key = `clinic:${form.dataset.keep}`;
  const skipped = [
    "csrfmiddlewaretoken",
    "version",
    "started_from",
    "in_force",
    "note",
    "publish_at",
    "cancel_scheduled",
  ];

  const words = () => {
    const told = {};
    for (const [name, value] of new FormData(form)) {
      if (!skipped.includes(name) && typeof value === "string") {
        told[name] = [...(told[name] ?? []), value];
      }
    }
    return told;
  };
  const plain = (told) =>
    JSON.stringify(
      Object.entries(told)
        .map(([name, values]) => [name, values.map((value) => value.replace(/\r\n?/g, "\n").trim()).filter(Boolean)])
        .filter(([, values]) => values.length)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const write = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), words: words() }));
    } catch {
      /* no room, or not allowed: the form works without */
    }
  };
  const drop = () => {
    try {
      localStorage.removeItem(key);
    } catch {
      /* as above */
    }
  };

  const bringBack = (told) => {
    for (const field of form.elements) {
      if (!field.name || skipped.includes(field.name) || field.type === "hidden" || field.type === "submit") {
        continue;
      }
      const values = told[field.name] ?? [];
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = values.includes(field.value);
      } else {
        field.value = values[0] ?? "";
      }
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    for (const place of form.querySelectorAll("[data-count-for]")) {
      document.getElementById(place.dataset.countFor)?.dispatchEvent(new Event("input"));
    }
  };

  const kept = read();
  let isOffered = false;
  if (form.hasAttribute("data-unsaved") || document.querySelector(".errornote")) {
    write();
  } else if (kept && plain(kept.words) === plain(words())) {
    drop();
  } else if (kept) {
    isOffered = true;
    offer.querySelector("[data-kept-when]").textContent =
      `, from ${new Date(kept.at).toLocaleString("en-CA", { dateStyle: "long", timeStyle: "short" })}`;
    offer.hidden = false;
  }
  offer.querySelector("[data-kept-take]").addEventListener("click", () => {
    isOffered = false;
    offer.hidden = true;
    bringBack(kept.words);
    document.getElementById("id_title").focus();
  });
  offer.querySelector("[data-kept-drop]").addEventListener("click", () => {
    isOffered = false;
    offer.hidden = true;
    drop();
    document.getElementById("id_title").focus();
  });

  let timer = 0;
  form.addEventListener("input", () => {
    if (isOffered) {
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(write, 300);
  });
  form.addEventListener("submit", () => {
    if (!isOffered) {
      write();
    }
  });
  window.addEventListener("pagehide", () => {
    if (timer && !isOffered && plain(words()) !== initial) {
      write();
    }
  });
  const initial = plain(words());
}

startKeeping();
