/**
 * The worker app's service worker. It keeps one page for when there is no network, and shows
 * notifications. It keeps nothing that anybody reads or writes: pages and answers always come from
 * the server, so that signing out leaves nothing behind and an update is never an old page.
 */
const CACHE = 'humanrail-offline-2';
const OFFLINE_PAGE = '/offline/index.html';
const FILES = [OFFLINE_PAGE, '/offline/offline.css', '/offline/offline.js', '/icons/icon-192.png'];

/** The offline page has a policy of its own: the pages' one names a nonce of a page that is gone. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(FILES.map((url) => new Request(url, { cache: 'reload' })))),
  );
  // Nothing here depends on the page that is open, so a new version need not wait for it to close.
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

async function offlinePage() {
  const kept = await caches.match(OFFLINE_PAGE);
  if (!kept) return Response.error();
  return new Response(await kept.text(), {
    status: 503,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY },
  });
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(offlinePage));
    return;
  }
  const { origin, pathname } = new URL(request.url);
  if (origin === self.location.origin && FILES.includes(pathname)) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? '/work', self.location.origin);
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then(async (pages) => {
      const page = pages.find((each) => new URL(each.url).pathname.startsWith('/work'));
      if (!page) return self.clients.openWindow(url);
      await page.focus();
      // A page in the middle of a task shows the offer itself, and loses nothing.
      return page;
    }),
  );
});
