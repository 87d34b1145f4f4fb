/* A picture may be dropped anywhere on the form or pasted into the page; without this, it is chosen as usual. */
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
