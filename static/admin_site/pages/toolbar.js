/* The toolbar at the thumb: plain buttons that write Markdown where the cursor is, undo included.
   Other modules put text in by the event "clinic:insert" on the editor, with {text} in the line or
   {block} in a paragraph of its own; {atEnd} goes below everything. */
function startToolbar() {
  const editor = document.getElementById("id_body");
  const toolbar = document.querySelector("[data-toolbar]");
  if (!editor || !toolbar) {
    return;
  }

  const insert = (text, from = null, to = null) => {
    editor.focus();
    const start = editor.selectionStart;
    if (!document.execCommand("insertText", false, text)) {
      editor.setRangeText(text, start, editor.selectionEnd, "end");
      editor.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (from !== null) {
      editor.setSelectionRange(start + from, start + to);
    }
  };

  const selected = () => editor.value.slice(editor.selectionStart, editor.selectionEnd);

  const asBlock = (block, from, to) => {
    const before = editor.value.slice(0, editor.selectionStart);
    const rest = editor.value.slice(editor.selectionEnd);
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const after = rest.startsWith("\n\n") || rest === "\n" ? "" : !rest || rest.startsWith("\n") ? "\n" : "\n\n";
    insert(gap + block + after, gap.length + from, gap.length + to);
  };

  const lines = (mark, empty) => {
    const text = selected() || empty;
    const block = text
      .split("\n")
      .map((line) => mark + line)
      .join("\n");
    asBlock(block, mark.length, block.length);
  };

  const actions = {
    heading: () => lines("## ", "Heading"),
    item: () => lines("### ", "Sub-heading"),
    list: () => lines("- ", "First point"),
    bold: () => {
      const text = selected() || "words";
      insert(`**${text}**`, 2, 2 + text.length);
    },
  };

  toolbar.addEventListener("click", (event) => {
    actions[event.target.closest("[data-insert]")?.dataset.insert]?.();
  });
  editor.addEventListener("clinic:insert", ({ detail: { text, block, atEnd } }) => {
    if (block) {
      asBlock(block, block.length, block.length);
    } else {
      insert(text);
    }
    if (atEnd) {
      const place = editor.selectionStart;
      editor.setSelectionRange(editor.value.length, editor.value.length);
      insert(`${"\n\n".slice(0, 2 - (editor.value.match(/\n{0,2}$/)?.[0].length ?? 0))}${atEnd}\n`);
      editor.setSelectionRange(place, place);
    }
  });

  /* One Tab stop for the whole toolbar, arrows within it. */
  const buttons = () => [...toolbar.querySelectorAll("button")];
  const rove = (to) =>
    toolbar.querySelectorAll("button").forEach((button) => {
      button.tabIndex = button === to ? 0 : -1;
    });
  rove(buttons()[0]);
  toolbar.addEventListener("focusin", (event) => rove(event.target));
  toolbar.addEventListener("keydown", (event) => {
    const all = buttons();
    const place = all.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = { Home: 0, End: all.length - 1 }[event.key] ?? (step && (place + step + all.length) % all.length);
    if (next === undefined || place < 0) {
      return;
    }
    event.preventDefault();
    all[next].focus();
  });
}

startToolbar();
