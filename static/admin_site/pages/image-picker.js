/* An image in the text: from the library, or uploaded by button, drop or paste. What it shows has to
   be said, or that it only decorates. What the server refuses is told in its own words, beside the
   field, and never written into the text. */
function startImagePicker() {
  const form = document.getElementById("words");
  const editor = document.getElementById("id_body");
  const dialog = document.getElementById("image-picker");
  const opener = document.querySelector('[data-open="image-picker"]');
  if (!form || !editor || !dialog || !opener) {
    return;
  }
  const [state, list] = [dialog.querySelector(".picker-state"), dialog.querySelector(".picked-from")];
  const [file, alt, decorates, search] = ["file", "alt", "decorates", "search"].map((name) =>
    dialog.querySelector(`#image-${name}`),
  );
  let [asked, isSending] = [0, false];

  const use = (image) => {
    dialog.close();
    editor.dispatchEvent(new CustomEvent("clinic:insert", { detail: { block: image.markdown } }));
  };

  const tile = (image) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    if (image.thumbnail) {
      const picture = document.createElement("img");
      picture.src = image.thumbnail;
      picture.alt = "";
      button.append(picture);
    }
    button.append(image.title || image.alt || `Image ${image.id}`);
    button.addEventListener("click", () => use(image));
    item.append(button);
    return item;
  };

  const find = async () => {
    const turn = ++asked;
    try {
      const answer = await fetch(`${dialog.dataset.listUrl}?q=${encodeURIComponent(search.value)}`);
      const { images, error } = await answer.json();
      if (turn !== asked) {
        return;
      }
      list.replaceChildren(...(images ?? []).map(tile));
      if (error) {
        state.textContent = error;
      }
    } catch {
      state.textContent = "The library did not come. You may be off line.";
    }
  };

  const send = async () => {
    if (!file.files.length) {
      state.textContent = "Choose a picture first.";
      file.focus();
      return;
    }
    if (isSending) {
      return;
    }
    [isSending, state.textContent] = [true, "Uploading…"];
    const parcel = new FormData();
    parcel.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    parcel.append("file", file.files[0]);
    if (decorates.checked) {
      parcel.append("is_decorative", "1");
    } else {
      parcel.append("alt", alt.value);
    }
    try {
      const { ok, said: image } = await globalThis.sendPicture(dialog.dataset.uploadUrl, parcel, (words) => {
        state.textContent = words;
      });
      if (!ok) {
        state.textContent = image.error;
        return;
      }
      [file.value, alt.value, decorates.checked, state.textContent] = ["", "", false, ""];
      use(image);
    } catch {
      state.textContent = "The picture did not get through. Try again, or a smaller one.";
    } finally {
      isSending = false;
    }
  };

  const open = () => {
    state.textContent = "";
    dialog.showModal();
    find();
  };
  opener.addEventListener("click", open);
  editor.addEventListener("clinic:files", (event) => {
    const parcel = new DataTransfer();
    parcel.items.add(event.detail[0]);
    open();
    file.files = parcel.files;
    state.textContent = `Say what “${event.detail[0].name}” shows, then upload it.`;
    alt.focus();
  });
  decorates.addEventListener("change", () => {
    alt.disabled = decorates.checked;
  });
  dialog.querySelector("[data-upload]").addEventListener("click", send);
  search.addEventListener("input", find);
  for (const field of [alt, search]) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") {
        return;
      }
      event.preventDefault();
      if (field === alt) {
        send();
      }
    });
  }
  dialog.addEventListener("close", () => editor.focus());
}

startImagePicker();
