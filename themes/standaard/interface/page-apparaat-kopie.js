/*
 * Makes and wipes copies of a part of the site, for page-apparaat.js, which fetches this when a reader asks
 * for it. `root` is the address of the site's root.
 */
import { readCopies } from './copies.js';

/*
 * Has the worker make the copy of `part`, { slug, name }: it goes on when the reader goes on. Calls
 * `progress(percents)`; resolves when the copy is there.
 */
export async function askCopy(root, part, progress) {
  await navigator.serviceWorker.register(`${root}offline.js`, { scope: root });
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data: { part: done, error } }) => {
      if (done !== undefined) {
        progress(done);
        return;
      }
      port1.close();
      if (error) {
        reject(new Error(error));
      } else {
        resolve();
      }
    };
    active.postMessage(part, [port2]);
  });
}

/* The last copy goes with the worker. */
export async function wipeCopy(root, cache) {
  await caches.delete(cache);
  if ((await readCopies(root)).length === 0) {
    const worker = await navigator.serviceWorker.getRegistration(root);
    await worker?.unregister();
  }
}
