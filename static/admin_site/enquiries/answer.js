// Answering: the text that was chosen fills the answer, the mail link carries the words as they are now, and a tap on
// the number or on the mail link sets the enquiry to Contacted. Without script the texts are links to the same page,
// the mail link carries the text unedited, and the status is set by hand.

const place = document.getElementById("followed");
const words = document.querySelector(".reply textarea");
const mail = document.querySelector(".reply [data-mail]");

const fillMailLink = () => {
  if (mail) {
    mail.href = `${mail.dataset.mail}&body=${encodeURIComponent(words.value.replace(/\r?\n/g, "\r\n"))}`;
  }
};

const texts = [...document.querySelectorAll(".reply-texts a")];
let current = texts.find((text) => text.hasAttribute("aria-current"));
for (const text of texts) {
  text.addEventListener("click", (event) => {
    event.preventDefault();
    if (current) {
      current.dataset.body = words.value;
      current.removeAttribute("aria-current");
    }
    current = text;
    text.setAttribute("aria-current", "true");
    words.value = text.dataset.body;
    words.dispatchEvent(new Event("input", { bubbles: true }));
    words.focus();
  });
}
words?.addEventListener("input", fillMailLink);
if (words) {
  fillMailLink(); // the browser may have brought back what was typed
}

function follow(text) {
  const next = new DOMParser().parseFromString(text, "text/html").querySelector(".followed");
  if (!next) {
    return;
  }
  place.replaceChildren(next);
  for (const field of document.querySelectorAll("[name=version], [name=reply-version]")) {
    field.value = next.dataset.version;
  }
  const live = document.querySelector("[data-live]");
  if (live) {
    live.dataset.live = next.dataset.here;
  }
  const status = document.querySelector("[name=status][value=contacted]");
  if (status && document.querySelector("[name=status][value=new]")?.checked) {
    status.checked = true;
  }
}

for (const link of document.querySelectorAll("[data-reached]")) {
  link.addEventListener("click", async () => {
    if (!place?.dataset.reachedAt) {
      return;
    }
    try {
      const answer = await fetch(place.dataset.reachedAt, {
        method: "POST",
        headers: { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value },
        body: new URLSearchParams({ way: link.dataset.reached }),
        redirect: "manual",
        keepalive: true,
      });
      if (answer.ok) {
        follow(await answer.text());
      }
    } catch {
      /* no connection: the call goes on, and the status is set by hand */
    }
  });
}
