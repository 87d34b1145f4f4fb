// Says whether a place is open now, and when it opens next, from the hours in the page. Clocks come with the page
// too (their distance from UTC): a phone may have an old table of time zones.
const DAY = 24 * 60;

// A day as a number that counts days, and back. Monday is 0 modulo 7.
const dayNumber = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 60000 / DAY);
const weekday = (day) => (((day + 3) % 7) + 7) % 7;
const minutes = (clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

const inWords = (minute) => {
  if (minute === 12 * 60) {
    return "noon";
  }
  const [hour, rest] = [Math.floor(minute / 60), minute % 60];
  const past = rest ? `:${String(rest).padStart(2, "0")}` : "";
  return `${hour % 12 || 12}${past} ${hour < 12 ? "am" : "pm"}`;
};

// The name of a day ("weekday") or of its month ("month").
const named = (date, part) => date.toLocaleDateString("en-CA", { [part]: "long", timeZone: "UTC" });

const whichDay = (day, today) => {
  if (day - today < 2) {
    return day === today ? "today" : "tomorrow";
  }
  const date = new Date(day * DAY * 60000);
  const name = named(date, "weekday");
  return day - today < 7 ? `on ${name}` : `on ${name} ${date.getUTCDate()} ${named(date, "month")}`;
};

// The clinic's day and minute of the day; null before the page's clock begins.
const localTime = (hours, now) => {
  const at = Math.floor(now / 60000);
  const known = hours.offsets.filter(([from]) => from <= at).at(-1);
  if (!known) {
    return null;
  }
  const local = at + known[1];
  return { day: Math.floor(local / DAY), minute: ((local % DAY) + DAY) % DAY };
};

// When it really closes: one stretch may begin the minute that another ends.
const lastOf = (spans, closes) => {
  const next = spans.find(([opens]) => opens === closes);
  return next ? lastOf(spans, next[1]) : closes;
};

// What can be said at that moment (milliseconds since 1970); "" where nothing can.
export const openNow = (hours, now) => {
  const at = localTime(hours, now);
  if (!at || at.day > dayNumber(hours.until)) {
    return "";
  }
  const closed = (day) => hours.closed.find(([from, to]) => dayNumber(from) <= day && day <= dayNumber(to));
  const spans = (day) => (closed(day) ? [] : hours.week[weekday(day)].map((span) => span.map(minutes)));
  const today = spans(at.day);
  const current = today.find(([opens, closes]) => opens <= at.minute && at.minute < closes);
  if (current) {
    return `Open now, until ${inWords(lastOf(today, current[1]))}.`;
  }
  const why = closed(at.day);
  const state = why ? `Closed today: ${why[2].replace(/[.!]$/, "")}.` : "Closed now.";
  for (let day = at.day; day <= dayNumber(hours.until); day += 1) {
    const next = spans(day).find(([opens]) => day > at.day || opens > at.minute);
    if (next) {
      return `${state} Opens ${whichDay(day, at.day)} at ${inWords(next[0])}.`;
    }
  }
  return state;
};

const places = [...document.querySelectorAll("[data-hours]")].map((place) => [place, JSON.parse(place.dataset.hours)]);

const say = () => {
  for (const [place, hours] of places) {
    const words = openNow(hours, Date.now());
    if (place.textContent !== words) {
      place.textContent = words;
    }
    place.hidden = !words;
  }
};

say();
setInterval(say, 20_000);
document.addEventListener("visibilitychange", say);
