/*
 * The search at the other end of client.js. As a worker it answers messages; a page imports it
 * when no worker will start.
 */
import { keep } from '../search/files.js';
import { openSearch } from '../search/search.js';

/* A function that takes the client's messages, and gives `reply` { number, answer } or { number, error }. */
export function makeAnswerer(reply) {
  const aborters = new Map();
  const open = keep((base, region) => openSearch(base, { region }));

  async function answer({ base, region, kind, text, options }, signal) {
    const search = await open(base, region);
    return search[kind](text, { ...options, signal });
  }

  return async (message) => {
    const { number, abort } = message;
    if (abort) {
      aborters.get(number)?.abort();
      return;
    }
    const aborter = new AbortController();
    aborters.set(number, aborter);
    try {
      /* Messages that came meanwhile go first: perhaps this one is not wanted any more. */
      await new Promise((resolve) => setTimeout(resolve));
      aborter.signal.throwIfAborted();
      reply({ number, answer: await answer(message, aborter.signal) });
    } catch (error) {
      reply({ number, error: error.message });
    } finally {
      aborters.delete(number);
    }
  };
}

if (typeof document === 'undefined') {
  const answerer = makeAnswerer((reply) => postMessage(reply));
  addEventListener('message', ({ data }) => answerer(data));
}
