// Says whom to call while urgent words are typed, as the server does (clinic_site/emergency/matching.py).
// The rules and the cards come once, when a text field is entered; what is typed is sent nowhere.
const MOST = 4000;
const NEAR = 3;
const AROUND = 9;
const PAUSE = 5;
const SHORTEST_SLIP = 4;
const BODY = [5, 3, 2];
const CRISIS = 4;
const NUMBERS = 1;
const WAIT = 400;
const ENDS = ["^", "$"];

function parseRow(text, lists, small) {
  const row = [];
  let others = 0;
  for (const place of text.split(" ")) {
    const words = place.split("|").flatMap((one) => (one.startsWith("<") ? lists[one.slice(1, -1)] : [one]));
    if (place === "..") {
      others = NEAR;
    } else if (!words.every((word) => small.has(word))) {
      row.push({ words, others });
      others = 0;
    }
  }
  return row;
}

function readRules(told) {
  const split = (text) => String(text).split(/\s+/).filter(Boolean);
  const lists = Object.fromEntries(Object.entries(told.lists).map(([name, words]) => [name, split(words)]));
  const small = new Set(split(told.small));
  const kinds = told.kinds.flatMap((kind) =>
    kind.phrases.map((phrase) => ({
      level: told.levels[kind.level],
      rows: String(phrase)
        .split(" & ")
        .map((row) => parseRow(row, lists, small)),
    })),
  );
  const harmless = told.harmless.map((row) => parseRow(String(row), lists, small));
  const rows = [...harmless, ...kinds.flatMap((kind) => kind.rows)];
  const words = new Set(rows.flatMap((row) => row.flatMap((term) => term.words)));
  const joins = new Map(Object.entries(told.joins));
  return { joins, small, kinds, harmless, words, slips: split(told.slips), plain: new Set(split(told.plain)) };
}

function piecesOf(text, joins) {
  const plain = text.slice(0, MOST).replace(/['\u2018\u2019\u02bc\u2032`\u00b4]/g, "");
  const letters = plain.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const found = letters.replace(/([a-z])\1{2,}/g, "$1").match(/[0-9]+(?:-[0-9]+)*|[a-z]+|[.!?;:,\n]/g) || [];
  const pieces = [];
  for (const one of found) {
    const piece = one.replaceAll("-", "");
    const both = pieces.length ? joins.get(`${pieces[pieces.length - 1]} ${piece}`) : undefined;
    if (both) {
      pieces[pieces.length - 1] = both;
    } else {
      pieces.push(piece);
    }
  }
  return pieces;
}

function isSlip(typed, meant) {
  if (Math.abs(typed.length - meant.length) > 1) {
    return false;
  }
  let at = 0;
  while (at < Math.min(typed.length, meant.length) && typed[at] === meant[at]) {
    at += 1;
  }
  const rest = typed.slice(at + 1);
  const isTurned = typed[at] === meant[at + 1] && typed[at + 1] === meant[at];
  return (
    rest === meant.slice(at) ||
    rest === meant.slice(at + 1) ||
    typed.slice(at) === meant.slice(at + 1) ||
    (isTurned && typed.slice(at + 2) === meant.slice(at + 2))
  );
}

function calledBy(word, words) {
  const stems = Array.from({ length: word.length }, (_, cut) => `${word.slice(0, word.length - cut)}*`);
  return [word, ...stems].filter((name) => words.has(name));
}

function namesOf(word, rules) {
  const named = calledBy(word, rules.words);
  if (named.length || word.length < SHORTEST_SLIP || rules.plain.has(word)) {
    return named;
  }
  const meant = rules.slips.find((one) => one[0] === word[0] && isSlip(word, one));
  return meant ? calledBy(meant, rules.words) : [];
}

function placedIn(text, rules) {
  const placed = new Map([
    ["^", new Set([0])],
    ["$", new Set()],
  ]);
  let place = 0;
  for (const piece of piecesOf(text, rules.joins)) {
    if (piece === ",") {
      place += 1;
    } else if (/^[.!?;:\n]$/.test(piece)) {
      placed.get("$").add(place + 1);
      place += PAUSE;
      placed.get("^").add(place);
    } else if (!rules.small.has(piece)) {
      place += 1;
      for (const name of namesOf(piece, rules)) {
        placed.set(name, (placed.get(name) || new Set()).add(place));
      }
    }
  }
  placed.get("$").add(place + 1);
  return placed;
}

function waysOf(row, placed) {
  const here = (term) => new Set(term.words.flatMap((word) => [...(placed.get(word) || [])]));
  let ways = new Map([...here(row[0])].map((place) => [place, [place]]));
  for (const term of row.slice(1)) {
    const places = ways.size ? here(term) : new Set();
    const longer = new Map();
    for (const [end, way] of ways) {
      for (let place = end + 1; place <= end + 1 + term.others; place += 1) {
        if (places.has(place)) {
          longer.set(place, [...way, place]);
        }
      }
    }
    ways = longer;
  }
  return [...ways.values()];
}

function stands(rows, placed) {
  const [first, ...others] = rows.map((row) => new Set(waysOf(row, placed).map((way) => way[0])));
  const around = Array.from({ length: 2 * AROUND + 1 }, (_, number) => number - AROUND);
  return [...first].some((place) => others.every((other) => around.some((off) => other.has(place + off))));
}

function levelsIn(texts, rules) {
  const found = new Set();
  for (const text of texts) {
    const placed = placedIn(text, rules);
    const harmless = new Set(rules.harmless.flatMap((row) => waysOf(row, placed)).flat());
    for (const [name, places] of placed) {
      if (!ENDS.includes(name)) {
        placed.set(name, new Set([...places].filter((place) => !harmless.has(place))));
      }
    }
    for (const kind of rules.kinds.filter((one) => stands(one.rows, placed))) {
      found.add(kind.level);
    }
  }
  const levels = BODY.filter((level) => found.has(level)).slice(0, 1);
  if (found.has(CRISIS)) {
    levels.push(CRISIS);
  }
  return levels.length || !found.has(NUMBERS) ? levels.sort((one, other) => other - one) : [NUMBERS];
}

const room = document.querySelector("[data-urgent-words]");
const inputs = room ? room.dataset.urgentIn.split(" ").map((id) => document.getElementById(id)) : [];
let help;
let shown = "";
let wait;

async function fetchHelp() {
  const answer = await fetch(room.dataset.urgentWords);
  const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
  const told = page.getElementById("urgent-rules");
  return told && { page, rules: readRules(JSON.parse(told.textContent)) };
}

async function look() {
  help = help || fetchHelp().catch(() => undefined);
  const known = await help;
  if (!known) {
    help = undefined;
    return;
  }
  const levels = levelsIn(
    inputs.map((input) => input.value),
    known.rules,
  );
  if (levels.join() !== shown) {
    shown = levels.join();
    const cards = levels.map((level) => known.page.querySelector(`[data-level="${level}"]`));
    const after = levels.length ? [known.page.querySelector("[data-level-after]")] : [];
    room.replaceChildren(...[...cards, ...after].map((one) => document.importNode(one, true)));
    room.closest("details")?.toggleAttribute("open", true);
  }
}

for (const input of inputs) {
  input.addEventListener("focus", look);
  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(look, WAIT);
  });
}
