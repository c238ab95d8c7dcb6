/*
 * What completion.js fetches once somebody goes to a search field.
 */
export { makeCombobox } from './combobox.js';
