// Lets the browser keep a few pages for when there is no connection, and lets the patient forget them on "Your privacy".
const WORKER = "/service-worker.js";

function offerToForget(place) {
  const line = document.createElement("p");
  const button = document.createElement("button");
  line.setAttribute("role", "status");
  button.className = "btn ghost";
  button.type = "button";
  button.textContent = "Forget the pages I read";
  button.addEventListener("click", async () => {
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage("forget");
  });
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data === "forgotten") {
      line.textContent = "Forgotten. Only the pages that every device keeps are left.";
    }
  });
  line.append(button);
  place.append(line);
}

if ("serviceWorker" in navigator && !navigator.connection?.saveData) {
  const place = document.getElementById("pages-kept-on-your-device")?.closest("section");
  if (place) {
    offerToForget(place);
  }
  addEventListener("load", () => navigator.serviceWorker.register(WORKER).catch(() => undefined));
}
