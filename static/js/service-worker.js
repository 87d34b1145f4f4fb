// Keeps a few pages on the device for when there is no connection: those that everybody may need, and what was read.
// The network always comes first. The form, staff's pages and searches are never touched.
const PREFIX = "pages-";
const CACHE = `${PREFIX}1`;
const OFFLINE = "/offline/";
const NEVER = /^\/(admin|book|media|preview|search)\//;
const SCRIPT = /^\/static\/.+\.js$/;
const MOST = { page: 40, script: 30 };
const LARGEST = 300_000;
const KEPT_AT = "X-Kept-At";

const pathOf = (address) => new URL(address).pathname;

function isOurs(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.search || NEVER.test(url.pathname)) {
    return false;
  }
  return request.mode === "navigate" || (request.destination === "script" && SCRIPT.test(url.pathname));
}

async function keep(path, response) {
  const cache = await caches.open(CACHE);
  const kind = response.headers.get("Content-Type") || "";
  const rule = response.headers.get("Cache-Control") || "";
  if (response.status === 404 || response.status === 410) {
    await cache.delete(path);
  }
  if (response.status !== 200 || response.redirected || !/html|javascript/.test(kind) || rule.includes("no-store")) {
    return;
  }
  const body = await response.blob();
  if (body.size > LARGEST) {
    return;
  }
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set(KEPT_AT, new Date().toISOString());
  await cache.put(path, new Response(body, { headers }));
  await dropOldest(cache);
}

// What was kept longest ago goes first; the pages for everybody stay.
async function dropOldest(cache) {
  const always = await pathsForEverybody(await cache.match(OFFLINE));
  const others = (await cache.keys()).map((request) => pathOf(request.url)).filter((path) => !always.includes(path));
  const scripts = others.filter((path) => SCRIPT.test(path));
  const pages = others.filter((path) => !SCRIPT.test(path));
  const old = [...pages.slice(0, -MOST.page), ...scripts.slice(0, -MOST.script)];
  await Promise.all(old.map((path) => cache.delete(path)));
}

async function pathsForEverybody(page) {
  const text = page ? await page.clone().text() : "";
  return [OFFLINE, ...[...text.matchAll(/data-kept href="([^"]+)"/g)].map((found) => found[1])];
}

async function fetchAndKeep(path) {
  const response = await fetch(path, { cache: "no-cache" });
  await keep(path, response.clone());
  return response;
}

async function scriptsOf(page) {
  return [...(await page.text()).matchAll(/<script[^>]+src="(\/static\/[^"]+)"/g)].map((found) => found[1]);
}

async function keepForEverybody() {
  const [, ...paths] = await pathsForEverybody(await fetchAndKeep(OFFLINE));
  const tried = await Promise.allSettled(paths.map(fetchAndKeep));
  const pages = tried.filter((one) => one.status === "fulfilled").map((one) => one.value);
  const scripts = new Set((await Promise.all(pages.map(scriptsOf))).flat());
  await Promise.allSettled([...scripts].map(fetchAndKeep));
}

// The page says that it is a copy, of when, and whom to call: its own number, out of its own words.
async function asCopy(response) {
  const text = await response.text();
  const at = new Date(response.headers.get(KEPT_AT));
  const when = at.toLocaleString("en-CA", { dateStyle: "long", timeStyle: "short" }).replace(/\.$/, "");
  const link = text.match(/<a [^>]*href="(tel:\+[^"]+)"[^>]*>([^<]*\d[^<]*)<\/a>/);
  const call = link ? ` Call <a href="${link[1]}">${link[2]}</a> to check.` : " Call us to check.";
  const told = `<strong>No connection.</strong> This is a copy from ${when}.${call}`;
  const note = `<section class="notice" data-copy aria-label="No connection"><div class="wrap"><p>${told}</p></div></section>`;
  return new Response(
    text.replace('<main id="main"', (main) => note + main),
    { headers: response.headers },
  );
}

async function keptCopy(request) {
  const cache = await caches.open(CACHE);
  const copy = await cache.match(pathOf(request.url));
  if (request.mode !== "navigate") {
    return copy || Response.error();
  }
  return copy ? asCopy(copy) : (await cache.match(OFFLINE)) || Response.error();
}

async function answer(event) {
  try {
    const fresh = (await event.preloadResponse) || (await fetch(event.request));
    event.waitUntil(keep(pathOf(event.request.url), fresh.clone()).catch(() => undefined));
    return fresh;
  } catch {
    return keptCopy(event.request);
  }
}

async function takeOver() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function forget() {
  await caches.delete(CACHE);
  await keepForEverybody();
}

addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepForEverybody());
});
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  if (isOurs(event.request)) {
    event.respondWith(answer(event));
  }
});
addEventListener("message", (event) => {
  if (event.data === "forget") {
    event.waitUntil(forget().then(() => event.source?.postMessage("forgotten")));
  }
});
