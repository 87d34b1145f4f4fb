/* On a phone the preview takes the whole screen at one tap, and gives it back at another. A wide screen has
   it beside the text already; there the button opens a tab of its own. */
function startPanel() {
  const open = document.querySelector("[data-preview-open]");
  const close = document.querySelector("[data-preview-close]");
  const panel = document.querySelector("[data-live-preview]");
  if (!open || !close || !panel) {
    return;
  }
  const beside = window.matchMedia("(min-width: 68rem)");
  const show = (isOpen) => {
    panel.classList.toggle("whole", isOpen);
    document.documentElement.classList.toggle("previewing", isOpen);
    (isOpen ? close : open).focus();
  };
  open.addEventListener("click", (event) => {
    if (!beside.matches) {
      event.preventDefault();
      show(true);
    }
  });
  close.addEventListener("click", () => show(false));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      show(false);
    }
  });
}

startPanel();
