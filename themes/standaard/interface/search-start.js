/*
 * What every page loads: the search box is a combobox from the start, and what it shows is fetched when
 * somebody goes to it. Without script the form goes to the search page.
 */
import { makeCombobox } from './combobox.js';

const form = document.querySelector('[data-zoekvak]');
let loading;

function load() {
  loading ??= import('./search-box.js')
    .then(({ makeBox, clientOf }) => makeBox(form, clientOf(form)))
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

async function ask(text, signal) {
  try {
    const box = await load();
    return await box(text, signal);
  } catch (error) {
    if (signal.aborted) {
      return [];
    }
    console.error(error);
    const way = form.querySelector('[data-zoek-lukt-niet]').content.cloneNode(true);
    return way.children;
  }
}

if (form !== null) {
  const input = form.elements.namedItem('q');
  const start = () => load().catch(() => {});
  makeCombobox({
    input,
    list: form.querySelector('[role="listbox"]'),
    status: form.querySelector('[role="status"]'),
    ask,
  });
  input.addEventListener('focus', start, { once: true });
  if (document.activeElement === input) {
    start();
  }
}
