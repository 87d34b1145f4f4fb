/* Sends a picture and says how far it is. While another one is being worked on, this one waits here in the browser
   and goes again: a thread of the server that waits would hold up everybody else. Loaded before the scripts that call
   it: static files have hashed names in service, which an import would not know. */
const MEGABYTE = 1024 * 1024;

function once(url, parcel, tell) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-Waits", "yes");
    request.upload.addEventListener("progress", (event) => {
      const part = event.lengthComputable ? Math.round((100 * event.loaded) / event.total) : 0;
      const size = (event.total / MEGABYTE).toFixed(1);
      tell(part < 100 ? `Sending: ${part}% of ${size} MB` : "Sent. The sizes for pages are being made.", part);
    });
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", reject);
    request.addEventListener("abort", reject);
    request.send(parcel);
  });
}

/* { ok, said }: what the server answered, in JSON. `tell(words, part)` is called on the way, part from 0 to 100. */
globalThis.sendPicture = async (url, parcel, tell) => {
  for (;;) {
    const request = await once(url, parcel, tell);
    if (request.status !== 503) {
      return { ok: request.status === 200, said: JSON.parse(request.responseText) };
    }
    tell("Another picture is being worked on. Yours is next.", 0);
    const seconds = Number(request.getResponseHeader("Retry-After")) || 2;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
};
