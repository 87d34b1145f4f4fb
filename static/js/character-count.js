// Tells how many characters are left, at once to the eye and after a pause to a screen reader.
const PAUSE = 1000;

function words(left) {
  const many = Math.abs(left) === 1 ? "1 character" : `${Math.abs(left)} characters`;
  return left < 0 ? `${many} too many` : `${many} left`;
}

for (const hint of document.querySelectorAll("[data-count]")) {
  const input = document.getElementById(hint.dataset.count);
  const spoken = document.createElement("p");
  let wait;
  spoken.className = "unseen";
  spoken.setAttribute("role", "status");
  hint.after(spoken);
  const count = () => {
    const left = Number(hint.dataset.most) - [...input.value.trim()].length;
    hint.textContent = words(left);
    hint.classList.toggle("wrong", left < 0);
    clearTimeout(wait);
    wait = setTimeout(() => {
      spoken.textContent = input.value ? words(left) : "";
    }, PAUSE);
  };
  input.addEventListener("input", count);
  if (input.value) {
    count();
  }
}
