// Lets a page open without a connection: the one that is its scope. It keeps the page and its
// files, never data: what was written stands in the phone's own database, see phone-store.js.
"use strict";

const PAGE = new URL(self.registration.scope).pathname;
const CACHE = `yiwang-${PAGE.split("/").pop()}-1`;
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The net first, but nobody outdoors waits for it long; a sign-in page is not kept in place
// of the page.
async function page(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(PAGE);
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok && !answer.redirected) await cache.put(PAGE, answer.clone());
    return answer;
  });
  if (!kept) return fresh;
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, kept); });
  return Promise.race([fresh.catch(() => kept), late]);
}

// The address of a file carries the digest of its content: what is kept is right for ever.
async function file(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname === PAGE) event.respondWith(page(event.request));
  else if (pathname.startsWith("/assets/")) event.respondWith(file(event.request));
});

// The page sends the addresses of its files once: they were loaded before we were here.
self.addEventListener("message", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    await Promise.all(event.data.map((url) => cache.add(url).catch(() => {})));
  };
  if (Array.isArray(event.data)) event.waitUntil(keep());
});
