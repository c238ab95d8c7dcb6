/*
 * The search page: reads ?q=, and shows what is found in the elements and templates that the page
 * has for it (templates/zoek.mustache). All words that a reader sees stand in the page.
 */
import { openSearch } from './search.js';

const PAGES_AT_ONCE = 10;
const SECTIONS_OF_A_PAGE = 3;

const part = (name) => document.querySelector(`[data-zoek-${name}]`);
const form = part('formulier');
const status = part('status');
const list = part('lijst');
const more = part('meer');
const none = part('geen');
const failed = part('fout');
const resultTemplate = part('treffer');
const sectionTemplate = part('sectie');
const suggestions = part('suggesties');
const input = form.elements.namedItem('q');
const title = document.title;
const { wortel = './', regio } = document.querySelector('[data-wortel]')?.dataset ?? {};

let opening; /* the search, once somebody wants it */
let asked = 0; /* the number of the last question: answers to older ones are dropped */

function open() {
  opening ??= openSearch(new URL(wortel, document.baseURI), { region: regio });
  return opening;
}

/* The excerpt as text, with its matches marked. */
function fillExcerpt(element, { excerpt, marks }) {
  let at = 0;
  for (const [start, end] of marks) {
    const mark = document.createElement('mark');
    mark.textContent = excerpt.slice(start, end);
    element.append(excerpt.slice(at, start), mark);
    at = end;
  }
  element.append(excerpt.slice(at));
}

/* Fills the copy of a template: what there is nothing to say of is taken out. */
function fill(template, result, texts) {
  const item = template.content.cloneNode(true);
  const link = item.querySelector('[data-titel]');
  link.textContent = result.title;
  link.href = result.url;
  for (const [selector, text] of Object.entries(texts)) {
    const element = item.querySelector(selector);
    if (text === '') {
      element?.remove();
    } else if (element !== null) {
      element.textContent = text;
    }
  }
  const excerpt = item.querySelector('[data-fragment]');
  if (result.excerpt === '') {
    excerpt?.remove();
  } else if (excerpt !== null) {
    fillExcerpt(excerpt, result);
  }
  return item;
}

function makeItem([first, ...others]) {
  const way = [first.path, first.title === first.page ? '' : first.page]
    .filter(Boolean)
    .join(' › ');
  const item = fill(resultTemplate, first, { '[data-pad]': way });
  if (first.region === undefined) {
    item.querySelector('[data-van-regio]')?.remove();
  }
  const sections = item.querySelector('[data-secties]');
  if (others.length === 0) {
    sections?.remove();
  } else {
    sections?.append(...others.map((other) => fill(sectionTemplate, other, {})));
  }
  return item;
}

/* Results by page, in the order of each page's best. */
function byPage(results) {
  const pages = new Map();
  for (const result of results) {
    const address = result.url.replace(/#.*$/, '');
    pages.set(address, [...(pages.get(address) ?? []), result]);
  }
  return [...pages.values()];
}

function say(name, query, count) {
  status.textContent = (status.dataset[name] ?? '')
    .replaceAll('{aantal}', () => String(count))
    .replaceAll('{vraag}', () => query);
}

function show({ results = false, nothing = false, failure = false }) {
  list.hidden = !results;
  none.hidden = !nothing;
  failed.hidden = !failure;
  more.hidden = true;
}

function showResults(query, { results, pages }) {
  const items = byPage(results);
  list.replaceChildren(...items.map(makeItem));
  show({ results: pages > 0, nothing: pages === 0 });
  more.hidden = items.length >= pages;
  say(pages === 0 ? 'geen' : pages === 1 ? 'een' : 'meer', query, pages);
}

async function answer(query, pages = PAGES_AT_ONCE) {
  const number = ++asked;
  document.title = query === '' ? title : `${query} – ${title}`;
  if (query === '') {
    list.replaceChildren();
    show({});
    say('leeg', query);
    return;
  }
  say('bezig', query);
  try {
    const search = await open();
    const found = await search.find(query, { limit: pages, perPage: SECTIONS_OF_A_PAGE });
    if (number === asked) {
      showResults(query, found);
    }
  } catch (error) {
    console.error(error);
    opening = undefined; /* the next question tries again */
    if (number === asked) {
      show({ failure: true });
      say('fout', query);
    }
  }
}

function readAddress() {
  const query = (new URLSearchParams(location.search).get('q') ?? '').trim();
  input.value = query;
  return answer(query);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const query = input.value.trim();
  const address = new URL(location.href);
  address.search = query === '' ? '' : new URLSearchParams({ q: query });
  address.hash = '';
  history.pushState(null, '', address);
  answer(query);
});

more.addEventListener('click', async () => {
  const shown = list.children.length;
  await answer(input.value.trim(), shown + PAGES_AT_ONCE);
  list.children[shown]?.querySelector('a')?.focus();
});

/* What is typed is completed once the search is there; loading it starts with the typing. */
input.addEventListener('input', async () => {
  const typed = input.value;
  const texts = await open()
    .then((search) => search.suggest(typed))
    .catch(() => []);
  if (typed === input.value) {
    suggestions?.replaceChildren(
      ...texts.map((text) => Object.assign(document.createElement('option'), { value: text })),
    );
  }
});

addEventListener('popstate', readAddress);
part('zonder-script')?.remove();
readAddress();
