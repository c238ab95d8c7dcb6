/*
 * What every page loads: its search box completes once somebody goes to it.
 */
import { completeLater } from './completion.js';

const form = document.querySelector('[data-zoekvak]');

if (form !== null) {
  completeLater(
    form,
    ({ makeBox, clientOf }) => makeBox(form, clientOf(form)),
    (error) => {
      console.error(error);
      return form.querySelector('[data-zoek-lukt-niet]').content.cloneNode(true).children;
    },
  );
}
