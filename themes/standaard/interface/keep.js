/*
 * What a reader keeps on his device, and the only road to it: nothing is written before he asks for it.
 * The names: `regio` (a slug), `vinkjes:` and the address of a page (JSON). Where a browser keeps
 * nothing (a private window, a full disk, a policy), reading finds nothing and writing says so.
 */
const prefix = 'draaiboek:';

/* The text that is kept under the name, or null. */
export function read(name) {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

/* False when it could not be kept. */
export function write(name, text) {
  try {
    localStorage.setItem(prefix + name, text);
    return true;
  } catch {
    return false;
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(prefix + name);
  } catch {
    /* Then nothing is kept. */
  }
}

/* All names under which something is kept, sorted. */
export function names() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
      .sort();
  } catch {
    return [];
  }
}
