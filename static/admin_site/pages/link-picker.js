/* A link to a page of this site, found by typing words of its title; or to any address. */
function startLinkPicker() {
  const form = document.getElementById("words");
  const editor = document.getElementById("id_body");
  const dialog = document.getElementById("link-picker");
  const opener = document.querySelector('[data-open="link-picker"]');
  if (!form || !editor || !dialog || !opener) {
    return;
  }
  const search = dialog.querySelector("#link-search");
  const address = dialog.querySelector("#link-address");
  const list = dialog.querySelector(".picked-from");
  const state = dialog.querySelector(".picker-state");
  let asked = 0;

  const use = (url, title) => {
    const chosen = editor.value.slice(editor.selectionStart, editor.selectionEnd);
    dialog.close();
    const words = (chosen || title).replace(/[[\]]/g, "\\$&");
    editor.dispatchEvent(new CustomEvent("clinic:insert", { detail: { text: `[${words}](${url})` } }));
  };

  const find = async () => {
    const turn = ++asked;
    try {
      const answer = await fetch(`${form.dataset.targetsUrl}?q=${encodeURIComponent(search.value)}`, {
        redirect: "error",
      });
      const { pages } = await answer.json();
      if (turn !== asked) {
        return;
      }
      const isChoosing = list.contains(document.activeElement);
      list.replaceChildren(
        ...pages.map(({ title, url }) => {
          const item = document.createElement("li");
          const button = document.createElement("button");
          button.type = "button";
          const where = document.createElement("span");
          where.textContent = url;
          button.append(title, " ", where);
          button.addEventListener("click", () => use(url, title));
          item.append(button);
          return item;
        }),
      );
      if (isChoosing) {
        (list.querySelector("button") ?? search).focus();
      }
      state.textContent = pages.length ? `${pages.length} found` : "No page has these words.";
    } catch {
      state.textContent = "The list did not come. You may be signed out, or off line.";
    }
  };

  opener.addEventListener("click", () => {
    dialog.showModal();
    search.value = "";
    search.focus();
    find();
  });
  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") {
      return;
    }
    event.preventDefault();
    list.querySelector("button")?.focus();
  });
  const useAddress = () => {
    if (address.value.trim()) {
      use(address.value.trim(), address.value.trim());
    }
  };
  dialog.querySelector("[data-use-address]").addEventListener("click", useAddress);
  address.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      useAddress();
    }
  });
  dialog.addEventListener("close", () => editor.focus());
}

startLinkPicker();
