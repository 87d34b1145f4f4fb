/* What is pasted from Word, Google Docs, mail or a web page becomes the Markdown of this site: the server
   reads its headings, lists and links. Where it cannot be asked, the plain words come in as they are. */
function startPasting() {
  const form = document.getElementById("words");
  const editor = document.getElementById("id_body");
  if (!form || !editor) {
    return;
  }
  editor.addEventListener("paste", async (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const plain = event.clipboardData?.getData("text/plain") ?? "";
    if (!html && !plain.includes("\n")) {
      return;
    }
    event.preventDefault();
    const parcel = new FormData();
    parcel.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    parcel.append("html", html);
    parcel.append("text", plain);
    let text = plain;
    try {
      const answer = await fetch(form.dataset.pasteUrl, { method: "POST", body: parcel, redirect: "error" });
      if (answer.ok) {
        ({ text } = await answer.json());
      }
    } catch {
      /* off line, or signed out: the words as they are */
    }
    const isBlock = text.includes("\n\n") || /^(#{1,6} |[-*] |\d+\. |> )/.test(text);
    editor.dispatchEvent(new CustomEvent("clinic:insert", { detail: isBlock ? { block: text } : { text } }));
  });
}

startPasting();
