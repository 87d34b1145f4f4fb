// Advises to take a health card, social insurance or payment card number out, as the server does: by its check digit.
const HEALTH_WEIGHTS = [2, 4, 8, 5, 10, 9, 7, 3];

function isHealthNumber(digits) {
  const total = HEALTH_WEIGHTS.reduce((sum, weight, i) => sum + ((digits[i + 1] * weight) % 11), 0);
  return digits[0] === "9" && 11 - (total % 11) === Number(digits[9]);
}

function passesLuhn(digits) {
  const total = [...digits].reverse().reduce((sum, digit, i) => {
    const value = i % 2 ? digit * 2 : Number(digit);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
  return total % 10 === 0 && new Set(digits).size > 1;
}

function isPrivate(groups) {
  const digits = groups.join("");
  const length = digits.length;
  if (length === 9 || length === 10) {
    return groups.every((group) => group.length > 2) && (length === 9 ? passesLuhn(digits) : isHealthNumber(digits));
  }
  return length > 12 && length < 20 && groups.slice(0, -1).every((group) => group.length > 3) && passesLuhn(digits);
}

function hasPrivateNumber(text) {
  const runs = text.normalize("NFKC").match(/[0-9]+(?:[ \t./-]{1,2}[0-9]+)*/g) || [];
  return runs.some((run) => {
    const groups = run.match(/[0-9]+/g);
    return groups.some((_, start) => [1, 2, 3, 4, 5].some((many) => isPrivate(groups.slice(start, start + many))));
  });
}

const room = document.querySelector("[data-number-advice]");
const advice = document.querySelector("[data-number-words]");
const inputs = ["id_message", "id_name"].map((id) => document.getElementById(id));

function advise() {
  const shown = room.firstElementChild;
  if (!inputs.some((input) => hasPrivateNumber(input.value))) {
    room.replaceChildren();
  } else if (!shown) {
    room.replaceChildren(advice.content.cloneNode(true));
    room.closest("details")?.toggleAttribute("open", true);
  }
}

if (room && advice) {
  for (const input of inputs) {
    input.addEventListener("input", advise);
  }
}
