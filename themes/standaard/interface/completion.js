/*
 * A search field that completes once somebody goes to it: what that takes is fetched then, and again when
 * it could not be had. Until then, and without, the form goes to the search page.
 */
import { announce } from './combobox.js';

/*
 * For a search form. `boxOf({ makeBox, clientOf })` of search-box.js gives what makeCombobox() of combobox.js
 * asks, and `failed(error)` what it shows when there is no answer.
 */
export function completeLater(form, boxOf, failed) {
  const input = form.elements.namedItem('q');
  const list = form.querySelector('[role="listbox"]');
  const status = form.querySelector('[role="status"]');
  let box;
  let combobox;

  function loadBox() {
    box ??= import('./search-box.js').then(boxOf).catch((error) => {
      box = undefined;
      throw error;
    });
    return box;
  }

  async function ask(text, signal) {
    try {
      const answer = await loadBox();
      return await answer(text, signal);
    } catch (error) {
      return signal.aborted ? [] : failed(error);
    }
  }

  async function makeCombobox() {
    const before = input.value;
    const { makeCombobox: make } = await import('./search-combobox.js');
    make({ input, list, status, ask });
    if (input.value !== before) {
      input.dispatchEvent(new Event('input')); /* that was typed meanwhile */
    }
  }

  function start() {
    loadBox().catch(() => {});
    combobox ??= makeCombobox().catch(() => {
      combobox = undefined;
    });
  }

  announce(input, list);
  input.addEventListener('focus', start);
  if (document.activeElement === input) {
    start();
  }
}
