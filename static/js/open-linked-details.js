// Opens what is folded around the place that the address names, in browsers that do not do it by themselves.
function openLinked() {
  const named = document.getElementById(location.hash.slice(1)); // anchors are plain letters, digits and hyphens
  const folded = named?.closest("details");
  if (folded && !folded.open) {
    folded.open = true;
    named.scrollIntoView();
  }
}

addEventListener("hashchange", openLinked);
openLinked();
