// Asks about a slip in the name of a mail provider when the address is typed, by the server's own rules
// (clinic_site/enquiries/public_form/email_suggestions.py). Who says no is not asked again.
const LONG_NAME = 5;
const room = document.querySelector("[data-email-advice]");
const words = document.querySelector("[data-email-words]");
const input = document.getElementById("id_email");

function distance(left, right) {
  let earlier = [];
  let before = [];
  let line = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i += 1) {
    [earlier, before, line] = [before, line, [i]];
    for (let j = 1; j <= right.length; j += 1) {
      let cost = Math.min(before[j] + 1, line[j - 1] + 1, before[j - 1] + Number(left[i - 1] !== right[j - 1]));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, earlier[j - 2] + 1);
      }
      line.push(cost);
    }
  }
  return line[right.length];
}

function parts(domain) {
  const dot = domain.indexOf(".");
  return dot < 0 ? [domain, ""] : [domain.slice(0, dot), domain.slice(dot + 1)];
}

function isNear(domain, known) {
  const [name, ending] = parts(domain);
  const [knownName, knownEnding] = parts(known);
  const endingSlips = distance(ending, knownEnding);
  const isAlike = knownName.length >= LONG_NAME && name[0] === knownName[0];
  return endingSlips <= 1 && distance(name, knownName) + endingSlips <= (isAlike ? 2 : 1);
}

export function likelyAddress(typed, providers, real) {
  const address = typed.replace(/\s+/g, "").replace(/^[<>.,;]+|[<>.,;]+$/g, "");
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1).toLowerCase();
  if (at < 1 || domain.length > 80 || providers.includes(domain) || real.includes(domain)) {
    return "";
  }
  const near = providers.filter((known) => isNear(domain, known));
  near.sort((one, other) => distance(domain, one) - distance(domain, other));
  return near.length ? `${address.slice(0, at)}@${near[0]}` : "";
}

function settle(address) {
  const choice = document.createElement("input");
  choice.type = "hidden";
  choice.name = "email_choice";
  choice.value = address;
  room.replaceChildren(choice);
}

function offer(likely) {
  const asked = words.content.cloneNode(true);
  asked.querySelector("strong").textContent = likely;
  asked.querySelector("[data-take]").addEventListener("click", () => {
    input.value = likely;
    room.replaceChildren();
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  asked.querySelector("[data-keep]").addEventListener("click", () => {
    settle(input.value);
    input.focus();
  });
  room.replaceChildren(asked);
}

if (room && words) {
  const [providers, real] = [room.dataset.providers, room.dataset.real].map((names) => names.split(" "));
  const ask = () => {
    const likely = likelyAddress(input.value, providers, real);
    const settled = room.querySelector("[type=hidden]")?.value === input.value;
    if (likely && !settled) {
      offer(likely);
    } else if (!settled) {
      room.replaceChildren();
    }
  };
  // A press on "Send" leaves the field: nothing may move under the finger until it is up again.
  let isDown = false;
  addEventListener("mousedown", () => {
    isDown = true;
  });
  addEventListener("mouseup", () => {
    isDown = false;
  });
  input.addEventListener("change", () => {
    if (isDown) {
      addEventListener("mouseup", () => setTimeout(ask), { once: true });
    } else {
      ask();
    }
  });
}
