/* On a phone the preview takes the place of the text at one tap, and gives it back at another; the row with
   Publish stays. A wide screen has it beside the text already; there the button opens a tab of its own. */
function startPanel() {
  const button = document.querySelector("[data-preview-open]");
  const panel = document.querySelector("[data-live-preview]");
  if (!button || !panel) {
    return;
  }
  const beside = window.matchMedia("(min-width: 68rem)");
  const open = button.textContent;
  const show = (isOpen) => {
    panel.classList.toggle("whole", isOpen);
    document.documentElement.classList.toggle("previewing", isOpen);
    button.textContent = isOpen ? button.dataset.back : open;
    panel.dispatchEvent(new Event("clinic:shown"));
  };
  const isWhole = () => panel.classList.contains("whole");
  button.addEventListener("click", (event) => {
    if (!beside.matches) {
      event.preventDefault();
      show(!isWhole());
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isWhole()) {
      show(false);
    }
  });
  beside.addEventListener("change", () => show(false));
}

startPanel();
