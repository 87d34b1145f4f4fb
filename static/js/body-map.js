// Tells a screen reader which area of the body is picked; the page shows it by itself.
function markPicked() {
  const named = document.getElementById(location.hash.slice(1));
  const area = named?.closest(".area")?.querySelector("h2").id ?? "all";
  for (const chip of document.querySelectorAll(".areas-pick .chip")) {
    if (chip.hash === `#${area}`) {
      chip.setAttribute("aria-current", "true");
    } else {
      chip.removeAttribute("aria-current");
    }
  }
}

addEventListener("hashchange", markPicked);
markPicked();
