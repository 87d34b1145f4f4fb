/* Counts the characters of a field as they are typed; the server has written the first number. */

document.querySelectorAll("[data-count-for]").forEach((place) => {
  const field = document.getElementById(place.dataset.countFor);
  const number = place.querySelector("span");
  if (!field || !number) {
    return;
  }
  const { most, fewest, best } = place.dataset;
  const count = () => {
    const length = field.value.length;
    number.textContent = length;
    const isOver = most && length > Number(most);
    const isUneasy = length && ((fewest && length < Number(fewest)) || (best && length > Number(best)));
    place.classList.toggle("over", Boolean(isOver));
    place.classList.toggle("uneasy", Boolean(isUneasy) && !isOver);
  };
  field.addEventListener("input", count);
  count();
});
