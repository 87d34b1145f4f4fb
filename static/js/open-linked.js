// Opens the question that the address names, in browsers that do not do it by themselves.
function openLinked() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const question = named?.closest("details.question");
  if (question && !question.open) {
    question.open = true;
    named.scrollIntoView();
  }
}

addEventListener("hashchange", openLinked);
openLinked();
