/* A wording that passes, at one tap: it takes the place of the sentence that the checks found, as the text says
   it by now. Undo brings the old one back. */
function startTaking() {
  const form = document.getElementById("words");
  if (!form) {
    return;
  }
  const fieldOf = ({ field, source }) => {
    const name = field.replace(".", "_");
    const named = [...form.elements].filter((one) => one.name === name || one.name.startsWith(`${name}-`));
    return named.find((one) => one.value.includes(source));
  };
  const placeIn = (text, { line, source }) => {
    const above = text.split("\n", line - 1).join("\n").length;
    const from = text.indexOf(source, above);
    return from < 0 ? text.indexOf(source) : from;
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) {
      return;
    }
    const field = fieldOf(button.dataset);
    if (!field) {
      button.replaceWith(" This sentence has changed since.");
      return;
    }
    const { source, instead } = button.dataset;
    const start = placeIn(field.value, button.dataset);
    const fold = field.closest("details");
    if (fold) {
      fold.open = true;
    }
    field.focus();
    field.setSelectionRange(start, start + source.length);
    if (!document.execCommand("insertText", false, instead)) {
      field.setRangeText(instead, start, start + source.length, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    button.replaceWith(" Taken.");
  });
}

startTaking();
