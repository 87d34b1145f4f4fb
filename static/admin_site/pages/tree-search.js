/* The tree narrows while one types; without this, the button asks the server. */
const field = document.getElementById("tree-words");
const tree = document.querySelector("[data-tree]");
const none = document.querySelector("[data-tree-none]");

function narrow() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = [...tree.querySelectorAll("li")];
  const found = new Set();
  for (const row of rows) {
    const text = row.dataset.words;
    if (text !== undefined && words.every((word) => text.includes(word))) {
      for (let above = row; above; above = above.parentElement.closest("li")) {
        found.add(above);
      }
    }
  }
  for (const row of rows) {
    row.hidden = !found.has(row);
  }
  for (const branch of tree.querySelectorAll("details")) {
    branch.open = words.length > 0;
  }
  none.hidden = found.size > 0;
}

field?.addEventListener("input", narrow);
