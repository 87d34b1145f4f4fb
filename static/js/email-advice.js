// Offers the address that was probably meant (anna@gmial.com: anna@gmail.com?), as the server does; changes nothing unasked.
"use strict";

function distance(left, right) {
  const rows = [Array.from({ length: right.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= left.length; i += 1) {
    rows[i] = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const differs = left[i - 1] === right[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + differs);
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[left.length][right.length];
}

function parts(domain) {
  const dot = domain.indexOf(".");
  return dot < 0 ? [domain, ""] : [domain.slice(0, dot), domain.slice(dot + 1)];
}

function isNear(domain, known) {
  const [name, ending] = parts(domain);
  const [knownName, knownEnding] = parts(known);
  const slips = distance(ending, knownEnding);
  return slips <= 1 && slips + distance(name, knownName) <= (knownName.length < 5 ? 1 : 2);
}

function likely(address, providers, alsoReal) {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1).toLowerCase();
  if (at < 1 || !domain || providers.includes(domain) || alsoReal.includes(domain)) {
    return "";
  }
  const near = providers.filter((known) => isNear(domain, known));
  near.sort((one, other) => distance(domain, one) - distance(domain, other));
  return near.length ? `${address.slice(0, at)}@${near[0]}` : "";
}

const form = document.querySelector("form[data-providers]");
const room = document.querySelector("[data-email-advice]");

function offer(input, address) {
  const words = document.createElement("p");
  const take = document.createElement("button");
  words.className = "advice";
  take.type = "button";
  take.textContent = address;
  take.addEventListener("click", () => {
    input.value = address;
    room.replaceChildren();
    input.focus();
  });
  words.append("Did you mean ", take, "?");
  room.replaceChildren(words);
}

if (form && room) {
  const input = form.elements.email;
  const providers = form.dataset.providers.split(" ");
  const alsoReal = form.dataset.alsoReal.split(" ");
  input.addEventListener("change", () => {
    const typed = input.value.trim();
    const address = likely(typed, providers, alsoReal);
    room.replaceChildren();
    if (address) {
      offer(input, address);
      form.elements.email_offered.value = typed;
    }
  });
}
