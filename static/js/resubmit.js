// Back at the form after sending it, it is the same form still: a change then changes the enquiry and makes no second one.
const field = document.querySelector("[data-form-of]");

if (field) {
  const kept = history.state?.form;
  if (kept && kept.version === field.dataset.formOf) {
    field.value = kept.pass;
  } else {
    history.replaceState({ form: { version: field.dataset.formOf, pass: field.value } }, "");
  }
}
