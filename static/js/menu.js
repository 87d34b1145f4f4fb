// Escape closes the menu and leads back to its button.
const menu = document.querySelector(".menu");
menu?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu.open) {
    event.preventDefault(); // it would empty the search field
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
