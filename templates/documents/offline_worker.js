/* Keeps what checking a paper needs, and gives it where the network does not answer. From the press:
   the list of addresses, the page, the keys. A page is always asked for at the network first. */
const VERSION = "papers-{{ version }}";
const KEPT = {{ kept|safe }};
const PAGE = {{ page|safe }};
const KEYS = {{ keys|safe }};

// Nobody's cookies go along: what is kept must not say who is signed in.
async function keep(cache, address) {
  const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  await cache.put(address, answer);
}

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(VERSION)
      .then((cache) => Promise.all(KEPT.map((address) => keep(cache, address))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith("papers-") && name !== VERSION)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

async function keys(request) {
  const cache = await caches.open(VERSION);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(KEYS, answer.clone());
    return answer;
  } catch {
    return cache.match(KEYS);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(
      fetch(request).catch(async () => (await caches.match(PAGE)) ?? Response.error()),
    );
  } else if (address.pathname === new URL(KEYS, self.location).pathname) {
    event.respondWith(keys(request));
  } else {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});
