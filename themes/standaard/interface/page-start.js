/*
 * What every page loads that has a search box in its header or on its home, as one file: the box, and the
 * reader's own region.
 */
import './search-start.js';
import './page-regio.js';
