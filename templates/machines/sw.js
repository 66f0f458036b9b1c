// Reading without a network, for readers who asked for it: the pages named below are kept at once, the others as they are
// read. What the network has always goes first, so that nothing stale is shown; a new release has a store of its own.
"use strict";
const STORE = {{ store | tojson }};
const KEPT = {{ kept | tojson }};
// What is shown for a page that is not kept, in both trees; it is no page of its own, so that no address says so online.
const MISSING = {{ missing | tojson }};
const [ROOT, TOP, HERE] = {{ [placeholders.root, placeholders.top, placeholders.here] | tojson }};

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("annals ") && name !== STORE);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

const missing = (url) => {
  const site = new URL(self.registration.scope).pathname;
  const path = url.pathname.slice(site.length);
  const tree = path.startsWith("hans/") ? "hans/" : "";
  const here = path.slice(tree.length).replaceAll("&", "&amp;");
  const html = MISSING[tree].replaceAll(ROOT, () => site + tree).replaceAll(TOP, () => site).replaceAll(HERE, () => here);
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
};

const answer = async (request) => {
  const store = await caches.open(STORE);
  try {
    const response = await fetch(request);
    if (response.ok && response.type === "basic") await store.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await store.match(request, { ignoreSearch: true });
    if (kept) return kept;
    if (request.mode === "navigate") return missing(new URL(request.url));
    throw error;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === location.origin) event.respondWith(answer(request));
});
