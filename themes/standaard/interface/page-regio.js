/*
 * A reader's own region: every page loads this, and what shows it is fetched only where one is kept, or
 * where he can ask for it.
 */
import { read } from './keep.js';

const find = (name) => document.querySelector(`[data-${name}]`);

if (find('onthoud') || find('onthoud-keuze') || (find('regio-terug') && read('regio') !== null)) {
  import('./regio-eigen.js');
}
