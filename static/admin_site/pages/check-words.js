/* Claims, links and style while writing: the server looks the words over a moment after each change.
   Without script the same is said when the page is to go live. */
function startChecks() {
  const form = document.getElementById("words");
  const panel = document.querySelector("[data-checks-url]");
  if (!form || !panel) {
    return;
  }
  const count = panel.querySelector("[data-checks-count]");
  const faults = panel.querySelector("[data-checks-faults]");
  const advice = panel.querySelector("[data-checks-advice]");
  const says = document.querySelector("[data-says]");
  const where = document.querySelector("[data-says-checks]");
  let timer = 0;
  let turn = 0;

  const many = (number, one, more) => `${number} ${number === 1 ? one : more}`;

  const fill = (part, entries) => {
    part.hidden = entries.length === 0;
    part.querySelector("ul").replaceChildren(
      ...entries.map((entry) => {
        const item = document.createElement("li");
        const where = document.createElement("strong");
        where.textContent = entry.field === "body" ? `${entry.label}, line ${entry.line}: ` : `${entry.label}: `;
        item.append(where, entry.message);
        if (entry.source) {
          item.append(" ", takeButton(entry));
        }
        return item;
      }),
    );
  };

  const takeButton = (entry) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "take";
    button.textContent = "Use that wording";
    button.setAttribute("aria-label", `Use that wording: ${entry.instead}`);
    Object.assign(button.dataset, { take: "", field: entry.field, line: entry.line });
    Object.assign(button.dataset, { source: entry.source, instead: entry.instead });
    return button;
  };

  const sayWhatHappens = ({ faults: found, advice: told }) => {
    const advised = `${many(told.length, "piece", "pieces")} of advice`;
    const first = `${many(found.length, "thing", "things")} to put right first`;
    says.textContent = found.length ? "Not live yet:" : "Patients read this at once.";
    where.textContent = found.length ? first : advised;
    where.hidden = found.length + told.length === 0;
  };

  const say = (words) => {
    if (count.textContent !== words) {
      count.textContent = words;
    }
  };

  const look = async () => {
    const mine = ++turn;
    try {
      const answer = await fetch(panel.dataset.checksUrl, {
        method: "POST",
        body: new FormData(form),
      });
      if (!answer.ok || answer.redirected) {
        throw new Error(String(answer.status));
      }
      const found = await answer.json();
      if (mine !== turn) {
        return;
      }
      fill(faults, found.faults);
      fill(advice, found.advice);
      sayWhatHappens(found);
      const blocking = found.faults.length
        ? `${many(found.faults.length, "thing keeps", "things keep")} this from going live`
        : "Nothing keeps this from going live";
      say(`${blocking}. ${many(found.advice.length, "piece", "pieces")} of advice.`);
    } catch {
      if (mine !== turn) {
        return;
      }
      say("The checks can't be asked right now. They run again when you publish.");
    }
  };

  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, 900);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  look();
}

startChecks();
