/*
 * What search-page.js fetches once somebody goes to its field; other pages have it from the start.
 */
export { makeCombobox } from './combobox.js';
