// Stands at the address of the service worker once the site keeps no pages any more: what was kept goes, and so does
// the worker itself, on each device that comes by.
addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => {
  const dropAll = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
    await Promise.all(names.map((name) => caches.delete(name)));
    await self.registration.unregister();
  };
  event.waitUntil(dropAll());
});
