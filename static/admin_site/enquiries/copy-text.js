// "Copy" beside a reply text. Without script the text can be selected by hand.

for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      button.textContent = "Copied";
    } catch {
      text.focus();
      text.select();
      button.textContent = "Selected: copy it now";
    }
  });
}
