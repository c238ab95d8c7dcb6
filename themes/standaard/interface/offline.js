/*
 * The service worker: answers from the copies that a reader made, when there is no connection. On line
 * every page is the site's own, as if this were not there; then it also brings the copies up to date.
 * It is there only after a reader asked for a copy, and goes with the last one.
 */
import { listCopies, makeCopy, readCopies } from './copies.js';

const root = self.registration.scope;
const patience = 5000; /* ms before a page that was kept is shown instead of one that does not come */
const rest = 600000; /* ms between looks at whether there is something new */
const apart = new URL('op-dit-apparaat/geen-verbinding/', root);
let looked = 0;

/* Only in copies that are whole: one that is being made is not looked in. */
async function findKept(request) {
  for (const { cache, date } of await readCopies(root)) {
    const found =
      date && (await (await caches.open(cache)).match(request, { ignoreSearch: true }));
    if (found) {
      return found;
    }
  }
  return undefined;
}

/* Without a copy there is nothing to do here. */
async function leave() {
  if ((await listCopies(root)).length === 0) {
    await self.registration.unregister();
  }
}

/* The newest of each copy; what goes wrong is tried again later. */
async function refresh() {
  if (Date.now() - looked < rest) {
    return;
  }
  looked = Date.now();
  for (const { slug, name } of await readCopies(root)) {
    await makeCopy(root, slug, name).catch(() => {});
  }
  await leave();
}

/* Makes the copy that a reader asks for: tells the page how far it is in percents, and how it ended. */
async function make({ slug, name }, page) {
  try {
    await makeCopy(root, slug, name, (done, all) =>
      page.postMessage({ part: Math.floor((100 * done) / all) }),
    );
    page.postMessage({});
  } catch (error) {
    page.postMessage({ error: String(error) });
    await leave();
  }
}

const late = () => new Promise((resolve) => setTimeout(resolve, patience));

/* From the site; where it does not answer, or answers that it cannot, what is kept. */
async function ask(request) {
  const answering = fetch(request).catch(() => undefined);
  const answer =
    request.mode === 'navigate' ? await Promise.race([answering, late()]) : await answering;
  if (answer && answer.status < 500) {
    return answer;
  }
  const kept = await findKept(request);
  if (kept) {
    return kept;
  }
  const last = await answering;
  return last ?? (request.mode === 'navigate' && (await findKept(apart))) ?? Response.error();
}

/* A file with a hash in its name never changes. */
async function askForAsset(request) {
  return (await findKept(request)) ?? fetch(request);
}

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => event.waitUntil(make(event.data, event.ports[0])));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(root)) {
    return;
  }
  const isAsset = request.url.startsWith(`${root}assets/`);
  event.respondWith(isAsset ? askForAsset(request) : ask(request));
  if (request.mode === 'navigate') {
    event.waitUntil(refresh());
  }
});
