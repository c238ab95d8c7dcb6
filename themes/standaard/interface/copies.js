/*
 * Copies of a part of the site (the nation, or a region) for reading without a connection, in the
 * browser's own cache. A copy is one cache, named after the part and its version, and is there as a
 * whole or not at all. Used by the page where a reader asks for one, and by the service worker.
 */
const prefix = 'draaiboek:';
const about = 'op-dit-apparaat/kopie.json'; /* in each copy: what it is and of when */
const atATime = 6; /* requests, which a server is not bothered by */

/* The start of the name of each copy of this site: a preview on the same host has others. */
const mine = (root) => `${prefix}${new URL(root).pathname}:`;

/* "" is the nation. */
const listOf = (root, slug) => new URL(slug ? `regio/${slug}/offline.json` : 'offline.json', root);

async function fetchList(root, slug) {
  const answer = await fetch(listOf(root, slug), { cache: 'no-cache' });
  if (!answer.ok) {
    throw new Error(`${answer.url}: ${answer.status}`);
  }
  return answer.json();
}

/* The caches that are copies, or were to become one: [{ cache, slug, version }]. */
export async function listCopies(root) {
  const all = await caches.keys();
  return all
    .filter((cache) => cache.startsWith(mine(root)))
    .map((cache) => {
      const [slug, version] = cache.slice(mine(root).length).split(':');
      return { cache, slug, version };
    });
}

/* The same with what each that is whole says of itself: { name, bytes, date }. */
export async function readCopies(root) {
  const copies = await listCopies(root);
  return Promise.all(
    copies.map(async (copy) => {
      const said = await (await caches.open(copy.cache)).match(new URL(about, root));
      return { ...copy, ...(await said?.json()) };
    }),
  );
}

/* Puts a file in the cache: one with a hash in its name from an old copy, where that has it. */
async function put(cache, url, old) {
  const kept = old && url.pathname.includes('/assets/') && (await old.match(url));
  const answer = kept || (await fetch(url, { cache: 'no-cache' }));
  if (!answer.ok || answer.redirected) {
    throw new Error(`${url}: ${answer.status}`);
  }
  await cache.put(url, answer);
}

/*
 * Makes the copy new, unless there is one of this version; then the older one goes. Calls
 * `progress(done, all)`. When anything fails, or the site changed meanwhile, nothing has changed here.
 */
export async function makeCopy(root, slug, name, progress = () => {}) {
  const list = await fetchList(root, slug);
  const cacheName = `${mine(root)}${slug}:${list.versie}`;
  const copies = (await readCopies(root)).filter((copy) => copy.slug === slug);
  const older = copies.filter(({ cache }) => cache !== cacheName);
  if (copies.some(({ cache, date }) => cache === cacheName && date)) {
    return;
  }
  const waiting = [...list.bestanden];
  const all = waiting.length;
  try {
    const cache = await caches.open(cacheName);
    const old = older.length > 0 ? await caches.open(older[0].cache) : undefined;
    const work = async () => {
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        await put(cache, new URL(file, root), old);
        progress(all - waiting.length, all);
      }
    };
    await Promise.all(Array.from({ length: atATime }, work));
    if ((await fetchList(root, slug)).versie !== list.versie) {
      throw new Error('the site changed');
    }
    const said = { name, bytes: list.bytes, date: new Date().toISOString() };
    await cache.put(new URL(about, root), new Response(JSON.stringify(said)));
  } catch (error) {
    waiting.length = 0;
    await caches.delete(cacheName);
    throw error;
  }
  await Promise.all(older.map(({ cache }) => caches.delete(cache)));
}

/* How many bytes a copy would take; undefined when there can be none. */
export async function sizeOf(root, slug) {
  try {
    return (await fetchList(root, slug)).bytes;
  } catch {
    return undefined;
  }
}
