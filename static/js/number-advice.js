// Advises to take a health card, social insurance or payment card number out, as the server does: by its check digit.
"use strict";

const HEALTH_WEIGHTS = [2, 4, 8, 5, 10, 9, 7, 3];

function isHealthNumber(digits) {
  const total = HEALTH_WEIGHTS.reduce((sum, weight, i) => sum + ((digits[i + 1] * weight) % 11), 0);
  return digits.length === 10 && digits[0] === "9" && 11 - (total % 11) === Number(digits[9]);
}

function passesLuhn(digits) {
  const total = [...digits].reverse().reduce((sum, digit, i) => {
    const value = i % 2 ? digit * 2 : Number(digit);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
  return total % 10 === 0 && new Set(digits).size > 1;
}

function isPrivate(digits) {
  const length = digits.length;
  return isHealthNumber(digits) || ((length === 9 || (length > 12 && length < 20)) && passesLuhn(digits));
}

function hasPrivateNumber(text) {
  for (const run of text.normalize("NFKC").match(/[0-9]+(?:[ \t./-]{1,2}[0-9]+)*/g) || []) {
    const groups = run.match(/[0-9]+/g);
    for (let start = 0; start < groups.length; start += 1) {
      let digits = "";
      for (let end = start; end < groups.length && digits.length < 20; end += 1) {
        digits += groups[end];
        if (isPrivate(digits)) {
          return true;
        }
      }
    }
  }
  return false;
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
  }
}

if (room && advice) {
  inputs.forEach((input) => input.addEventListener("input", advise));
}
