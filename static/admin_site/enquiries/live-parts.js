// Parts of a page that keep themselves up to date: <div data-live="address" data-live-every="seconds">.
// Asks again while the page is in view, never in a hidden tab. What is new is said in the status line, once.

const SIGNED_OUT = "You are signed out. What you typed is kept: open this page again and sign in.";
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

const newsOf = (part) => {
  const told = part.querySelector("[data-news]");
  return told ? (told.dataset.news || told.textContent).trim() : "";
};

class Live {
  constructor(part) {
    this.part = part;
    this.line = document.getElementById(part.dataset.liveState);
    this.every = Number(part.dataset.liveEvery) * 1000;
    this.news = newsOf(part);
    this.etag = "";
    this.timer = 0;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.rest() : this.look()));
    this.plan();
  }

  rest() {
    clearTimeout(this.timer);
  }

  plan() {
    this.rest();
    if (!document.hidden) {
      this.timer = setTimeout(() => this.look(), this.every);
    }
  }

  say(text) {
    if (this.line && this.line.textContent !== text) {
      this.line.textContent = text;
    }
  }

  async look() {
    this.rest();
    let answer;
    try {
      answer = await fetch(this.part.dataset.live, {
        method: this.part.dataset.liveMethod || "GET",
        // Nobody tapped anything: the session is not prolonged by it.
        headers: { "X-Background": "1", "X-CSRFToken": token(), ...(this.etag && { "If-None-Match": this.etag }) },
        cache: "no-store",
        redirect: "manual",
      });
    } catch {
      this.say("No connection. This may be out of date.");
      this.wasAway = true;
      return this.plan();
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      return this.say(SIGNED_OUT);
    }
    if (this.wasAway) {
      this.say("");
    }
    this.wasAway = false;
    if (answer.ok) {
      this.show(await answer.text(), answer.headers.get("ETag") ?? "");
    }
    this.plan();
  }

  show(text, etag) {
    this.etag = etag;
    const next = document.createElement("div");
    next.append(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
    if (next.innerHTML.trim() === this.part.innerHTML.trim()) {
      return;
    }
    const focused = this.part.contains(document.activeElement) ? document.activeElement.id : "";
    const news = newsOf(next);
    this.part.replaceChildren(...next.childNodes);
    if (focused) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
    if (news && news !== this.news) {
      this.say(news);
    }
    this.news = news;
  }
}

for (const part of document.querySelectorAll("[data-live]")) {
  new Live(part);
}
