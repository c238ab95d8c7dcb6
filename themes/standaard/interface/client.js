/*
 * The search as a page asks for it: in a worker, so that no question holds up the page, or in the page
 * where a worker cannot be had. The page does not know which.
 */

/*
 * The client for a search form, which says where the site's root is and whose text is read:
 * { find, suggest }, as openSearch() of ../search/search.js has them, but each takes a signal as its last argument. A question
 * that is aborted rejects at once, and what is still said of it is dropped.
 */
export function clientOf(form) {
  const { wortel, regio: region } = form.dataset;
  const base = new URL(wortel, document.baseURI).href;
  const waiting = new Map(); /* number → { message, resolve, reject } */
  let last = 0;
  let send;

  function settle({ number, answer, error }) {
    const question = waiting.get(number);
    waiting.delete(number);
    if (error === undefined) {
      question?.resolve(answer);
    } else {
      question?.reject(new Error(error));
    }
  }

  /* Loading fails for all that wait, and is tried again for the next. */
  function startHere() {
    let loading;
    send = async (message) => {
      loading ??= import('./search-worker.js').then(({ makeAnswerer }) => makeAnswerer(settle));
      try {
        const answer = await loading;
        await answer(message);
      } catch (error) {
        loading = undefined;
        settle({ number: message.number, error: error.message });
      }
    };
    [...waiting.values()].forEach(({ message }) => send(message));
  }

  function startWorker() {
    try {
      const worker = new Worker(new URL('./search-worker.js', import.meta.url), { type: 'module' });
      worker.addEventListener('message', ({ data }) => settle(data));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        worker.terminate();
        startHere();
      });
      send = (message) => worker.postMessage(message);
    } catch {
      startHere();
    }
  }

  function ask(kind, text, options, signal) {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const number = ++last;
      const message = { number, base, region, kind, text, options };
      waiting.set(number, { message, resolve, reject });
      signal?.addEventListener('abort', () => {
        if (waiting.delete(number)) {
          send({ number, abort: true });
          reject(signal.reason);
        }
      });
      send(message);
    });
  }

  startWorker();
  return {
    find: (query, options, signal) => ask('find', query, options, signal),
    suggest: (text, signal) => ask('suggest', text, undefined, signal),
  };
}
