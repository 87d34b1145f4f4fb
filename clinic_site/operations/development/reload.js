/* Opens this page anew once something has changed on the server; what somebody has typed into it is left alone. */
let isTyped = false;
addEventListener("input", () => {
  isTyped = true;
});

const rest = (seconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
  });

const version = async (seen) => {
  try {
    const answer = await fetch(`/__dev__/version?seen=${seen}`);
    return answer.ok ? await answer.text() : seen;
  } catch {
    return seen; // the server starts again
  }
};

let first = "";
for (;;) {
  const asked = performance.now();
  const now = document.hidden ? first : await version(first);
  if (first && now !== first && !isTyped) {
    location.reload();
    break;
  }
  first ||= now;
  if (performance.now() - asked < 500) {
    await rest(0.5);
  }
}
