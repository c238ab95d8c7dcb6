/*
 * What search-start.js fetches once somebody goes to the search box.
 */
export { makeBox } from './box.js';
export { clientOf } from './client.js';
