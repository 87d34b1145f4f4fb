/* Points, call-outs, sources and cards by small forms, so that nobody has to know their signs. Each form
   writes what it says where the cursor was; what is chosen in the text stands in the form to begin with. */
const SIGNS = {
  CALL: ["Call 9-1-1", "Call 9-1-1 now", "tel:911"],
  EMERGENCY: ["Emergency now", "No ride? Call 9-1-1", "tel:911"],
  TODAY: ["Doctor today", "Not seen today? Call 8-1-1", "tel:811"],
  SOON: ["Book a doctor, or call us", "Call 8-1-1", "tel:811"],
};
const LAST = "One sign is enough. Tell them you had dry needling: where, and when.";

const lines = (text) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
const value = (id) => document.getElementById(id).value.trim();

const point = () => ({ block: `${lines(value("point-label")).join(" ")}\n: ${lines(value("point-text")).join(" ")}` });

const callOut = () => {
  const kind = value("call-out-kind");
  const said = value("call-out-text");
  const signs = SIGNS[kind];
  const about = value("call-out-about");
  const told = signs
    ? [
        `**${signs[0]}${about && `: ${about}`}**`,
        "",
        ...lines(said).map((line) => `- ${line.replace(/^[-•*]\s*/, "")}`),
        "",
        `[${signs[1]}](${signs[2]})`,
        "",
        LAST,
      ]
    : said.split("\n");
  return { block: [`[!${kind}]`, ...told].map((line) => `> ${line}`.trimEnd()).join("\n") };
};

const source = (text) => {
  const who = value("source-who").replace(/[.\s]+$/, "");
  const what = value("source-what")
    .replace(/[.\s]+$/, "")
    .replace(/[[\]]/g, "\\$&");
  const where = value("source-where");
  const stem =
    who
      .normalize("NFD")
      .toLowerCase()
      .match(/[a-z0-9]+/)?.[0] ?? "source";
  let name = stem;
  for (let number = 2; text.includes(`[^${name}]`); number += 1) {
    name = `${stem}-${number}`;
  }
  return { text: `[^${name}]`, atEnd: `[^${name}]: ${who}. ${where ? `[${what}](${where})` : what}` };
};

const card = () => ({ block: `> [!CARD] ${value("card-name")}` });

const MAKERS = { "point-form": point, "call-out-form": callOut, "source-form": source, "card-form": card };

function startForms() {
  const editor = document.getElementById("id_body");
  if (!editor) {
    return;
  }
  for (const opener of document.querySelectorAll("[data-form]")) {
    const dialog = document.getElementById(opener.dataset.form);
    const words = dialog.querySelector("textarea");
    opener.addEventListener("click", () => {
      dialog.returnValue = "";
      if (words) {
        words.value = editor.value.slice(editor.selectionStart, editor.selectionEnd);
      }
      dialog.showModal();
    });
    dialog.addEventListener("close", () => {
      editor.focus();
      if (dialog.returnValue !== "put") {
        return;
      }
      const detail = MAKERS[dialog.id](editor.value);
      editor.dispatchEvent(new CustomEvent("clinic:insert", { detail }));
      dialog.querySelector("form").reset();
    });
  }
}

startForms();
