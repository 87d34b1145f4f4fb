/* Keys and files in the text belong to the person and to this site, not to markdownx:
   Tab leaves the field, Ctrl+D and Ctrl+[ ] do what the browser does, and dropped or pasted files
   go to the image library ("clinic:files"). Listens on the window, before markdownx. */

const inEditor = (event) => event.target instanceof Element && event.target.closest(".markdownx-editor");

window.addEventListener(
  "keydown",
  (event) => {
    const isShortcut = (event.ctrlKey || event.metaKey) && ["d", "[", "]"].includes(event.key);
    if (inEditor(event) && (event.key === "Tab" || isShortcut)) {
      event.stopImmediatePropagation();
    }
  },
  true,
);

const takeFiles = (event, transfer) => {
  const editor = inEditor(event);
  if (!editor) {
    return;
  }
  const files = [...(transfer?.files ?? [])];
  event.stopImmediatePropagation();
  if (!files.length) {
    return;
  }
  event.preventDefault();
  editor.dispatchEvent(new CustomEvent("clinic:files", { bubbles: true, detail: files }));
};
window.addEventListener("paste", (event) => takeFiles(event, event.clipboardData), true);
window.addEventListener("drop", (event) => takeFiles(event, event.dataTransfer), true);
