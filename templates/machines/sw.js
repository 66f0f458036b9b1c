// Service worker for reading offline, installed only on request. KEPT is cached at installation, other pages as they are
// visited. Network first, so that nothing stale is shown; every release has its own cache.
"use strict";
const STORE = {{ store | tojson }};
const KEPT = {{ kept | tojson }};
// The page that is shown offline for an uncached one, by prefix of its tree. It has no address of its own.
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
