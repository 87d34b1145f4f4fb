/* The page as patients would see it, drawn by the server from what the form says, a moment after
   each change. The frame may not run scripts; links in it lead nowhere. */
function startLivePreview() {
  const form = document.getElementById("words");
  const panel = document.querySelector("[data-live-preview]");
  if (!form || !panel) {
    return;
  }
  const holder = panel.querySelector(".seeing-frame");
  const state = panel.querySelector(".seeing-state");
  let timer = 0;
  let turn = 0;
  let isFirst = true;

  const tame = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const element of page.querySelectorAll("script, link[rel~=icon]")) {
      element.remove();
    }
    return `<!doctype html>${page.documentElement.outerHTML}`;
  };

  const show = (html, anchor) => {
    const old = holder.querySelector("iframe");
    const scroll = old?.contentWindow?.scrollY ?? 0;
    const frame = document.createElement("iframe");
    frame.title = "Preview of the page";
    frame.setAttribute("sandbox", "allow-same-origin");
    frame.srcdoc = tame(html);
    frame.className = "arriving";
    frame.addEventListener("load", () => {
      const inside = frame.contentDocument;
      inside.addEventListener("click", (event) => {
        const link = event.target.closest?.("a[href]");
        if (!link) {
          return;
        }
        event.preventDefault();
        const href = link.getAttribute("href");
        if (href.startsWith("#")) {
          inside.getElementById(decodeURIComponent(href.slice(1)))?.scrollIntoView();
        }
      });
      const place = anchor && inside.getElementById(anchor);
      if (place) {
        const fold = place.closest("details");
        if (fold) {
          fold.open = true;
        }
      }
      if (place && isFirst) {
        place.scrollIntoView();
      } else {
        frame.contentWindow.scrollTo(0, scroll);
      }
      isFirst = false;
      old?.remove();
      frame.classList.remove("arriving");
      panel.dispatchEvent(new CustomEvent("clinic:drawn", { bubbles: true }));
    });
    holder.append(frame);
  };

  const draw = async () => {
    if (!panel.checkVisibility()) {
      return; // a phone draws it when it is asked for
    }
    const mine = ++turn;
    try {
      const answer = await fetch(form.dataset.previewUrl, {
        method: "POST",
        body: new FormData(form),
        redirect: "manual",
      });
      if (mine !== turn) {
        return;
      }
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        state.textContent =
          "You are signed out. Your words are kept in this browser: sign in and come back to this page.";
      } else if (answer.ok) {
        state.textContent = "";
        show(await answer.text(), answer.headers.get("Preview-Anchor"));
      } else if (answer.status === 413) {
        state.textContent = await answer.text();
      } else {
        state.textContent = "The preview could not be drawn. Save a draft and look at it again.";
      }
    } catch {
      state.textContent = "No connection. Your words are kept in this browser.";
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(draw, 400);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  panel.addEventListener("clinic:shown", draw);
  draw();
}

startLivePreview();
