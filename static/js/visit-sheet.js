// My visit sheet: a tap on the body map ticks its area. Nothing is sent or kept.
const map = document.querySelector(".areas-of .body-map");
map?.addEventListener("click", (event) => {
  const area = event.target.closest("a");
  if (area) {
    event.preventDefault();
    document.getElementById(area.getAttribute("href").slice(1)).click();
  }
});

// Paper shows what was picked, folded or not.
addEventListener("beforeprint", () => {
  const pick = document.querySelector(".pick");
  pick.open = pick.open || pick.querySelector(":checked") !== null;
});
