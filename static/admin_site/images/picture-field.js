/* A picture may be dropped anywhere on the form or pasted into the page, and one sees how far it is on its way;
   without this, it is chosen and sent as usual. */
const form = document.querySelector(".picture-form");
const field = form?.querySelector("input[type=file]");

function take(files) {
  const pictures = [...files].filter((file) => file.type.startsWith("image/"));
  if (!pictures.length) {
    return false;
  }
  const chosen = new DataTransfer();
  chosen.items.add(pictures[0]);
  field.files = chosen.files;
  field.focus();
  return true;
}

if (field) {
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("is-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("is-over");
    take(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (take(event.clipboardData.files)) {
      event.preventDefault();
    }
  });
}

const state = document.querySelector("[data-sending]");
let isSending = false;

async function send() {
  const [bar, words] = [state.querySelector("progress"), state.querySelector("span")];
  const tell = (said, part) => {
    words.textContent = said;
    bar.value = part;
    bar.hidden = part === 0;
  };
  [isSending, state.hidden] = [true, false];
  try {
    const { ok, said } = await globalThis.sendPicture(form.action, new FormData(form), tell);
    if (ok) {
      location.assign(said.to);
      return;
    }
    tell(said.error, 0);
  } catch {
    tell("The picture did not get through. Try again.", 0);
  }
  isSending = false;
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!isSending) {
    send();
  }
});

/* The part that is kept, shown while the sliders move. */
const crop = document.querySelector(".crop-form");
crop?.addEventListener("input", () => {
  const picture = crop.querySelector("[data-part]");
  const chosen = new URLSearchParams(new FormData(crop));
  chosen.delete("csrfmiddlewaretoken");
  picture.src = `${picture.dataset.part}?${chosen}`;
});
