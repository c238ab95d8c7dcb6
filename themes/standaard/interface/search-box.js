/*
 * What the search box shows while somebody types: the best sections, as links to them, and then texts to
 * search for. The words and the elements stand in the page, in partials/zoekvak-lijst.mustache. A script of
 * its own, which is fetched once somebody goes to the box.
 */
export { clientOf } from './client.js';

const PAGES = 4;
const SECTIONS_OF_A_PAGE = 2;
const MOST_SECTIONS = 4;
const MOST_QUERIES = 3;

const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

function copyOf(template, href) {
  const option = template.content.firstElementChild.cloneNode(true);
  option.setAttribute('role', 'option');
  option.href = href;
  return option;
}

function group(label, options) {
  const element = document.createElement('div');
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', label);
  element.append(...options);
  return options.length === 0 ? [] : [element];
}

/*
 * A function (text, signal) for makeCombobox(). Without `sections` it has queries alone. Each option that
 * is a query has its text as data-vraag.
 */
export function makeBox(form, client, sections = true) {
  const template = (name) => form.querySelector(`[data-zoek-optie="${name}"]`);
  const { paginas, vragen } = form.querySelector('[role="listbox"]').dataset;

  function sectionOption({ url, title, page, path, region }) {
    const option = copyOf(template('sectie'), url);
    const where = title === page ? path : page;
    option.querySelector('[data-titel]').textContent = title;
    option.querySelector('[data-waar]').textContent = where;
    if (region === undefined) {
      option.querySelector('[data-van-regio]')?.remove();
    }
    return option;
  }

  function queryOption(text) {
    const address = new URL(form.action);
    address.searchParams.set('q', text);
    const option = copyOf(template('vraag'), address);
    option.dataset.vraag = text;
    option.querySelector('[data-titel]').textContent = text;
    return option;
  }

  /* Of each page itself first, where it was found, and then its sections. */
  async function bestSections(text, signal) {
    const options = { limit: PAGES, perPage: SECTIONS_OF_A_PAGE, typing: true };
    const { results } = await client.find(text, options, signal);
    const first = results.slice(0, MOST_SECTIONS);
    const placeOf = ({ page, url }) =>
      first.findIndex((other) => other.page === page) + (url.includes('#') ? 0.5 : 0);
    return [...first].sort((a, b) => placeOf(a) - placeOf(b));
  }

  client.suggest('').catch(() => {}); /* so that the index is there with the first letter */

  return async (text, signal) => {
    const [found, texts] = await Promise.all([
      sections ? bestSections(text, signal) : [],
      client.suggest(text, signal),
    ]);
    const shown = new Set([text, ...found.map(({ title }) => title)].map(fold));
    const queries = texts.filter((other) => !shown.has(fold(other))).slice(0, MOST_QUERIES);
    return [
      ...group(paginas, found.map(sectionOption)),
      ...group(vragen, queries.map(queryOption)),
    ];
  };
}
