/*
 * The search page. Its address is what is asked: ?q= the query, &soort= a page type, &regio=eigen the
 * region's own texts. What is found goes in elements and templates that the page has for it
 * (templates/zoek.mustache), where all words stand, too.
 */
import { clientOf } from './client.js';
import { completeLater } from './completion.js';

const PAGES_AT_ONCE = 10;
const SECTIONS_OF_A_PAGE = 3;
const MOST_NAMES = 6;
const PAUSE = 200; /* milliseconds after a letter */
const PATIENCE = 400; /* before it is said that the search is busy */

const form = document.querySelector('[data-zoekpagina]');
const input = form.elements.namedItem('q');
const main = form.closest('main');
const part = (name) => main.querySelector(`[data-zoek-${name}]`);
const [status, outcome, list, more] = ['status', 'uitkomst', 'lijst', 'meer'].map(part);
const title = document.title;
const client = clientOf(form);

let aborter = new AbortController();
let typing; /* the timer of what is being typed */
let entered = addressOf(readState()); /* the last address that a reader went to, not typed */

/* ---- The address */

function readState({ search } = location) {
  const asked = new URLSearchParams(search);
  return {
    query: (asked.get('q') ?? '').trim(),
    type: asked.get('soort') ?? undefined,
    own: asked.get('regio') === 'eigen',
    explain: asked.has('uitleg'),
  };
}

function addressOf({ query, type, own, explain }) {
  const address = new URL(location.pathname, location.href);
  const asked = { q: query, soort: type, regio: own ? 'eigen' : '' };
  for (const [name, value] of Object.entries(asked)) {
    if (value) {
      address.searchParams.set(name, value);
    }
  }
  return address.href + (explain ? `${address.search ? '&' : '?'}uitleg` : '');
}

/* ---- Making elements */

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(text);
  return made;
}

function wayTo(state, text) {
  return element('a', text, { href: addressOf(state) });
}

/* A copy of a template; of `texts`, by the name of a data attribute, what is empty is taken out. */
function fill(name, texts) {
  const item = part(name).content.firstElementChild.cloneNode(true);
  for (const [key, text] of Object.entries(texts)) {
    const place = item.querySelector(`[data-${key}]`);
    if (text) {
      place?.append(text);
    } else {
      place?.remove();
    }
  }
  return item;
}

/* The excerpt, with its matches marked. */
function excerptOf({ excerpt, marks }) {
  const parts = document.createDocumentFragment();
  let at = 0;
  for (const [start, end] of marks) {
    parts.append(excerpt.slice(at, start), element('mark', excerpt.slice(start, end)));
    at = end;
  }
  parts.append(excerpt.slice(at));
  return excerpt && parts;
}

function fillResult(name, href, result, { isMarked, ...texts }) {
  const item = fill(name, { ...texts, fragment: result && excerptOf(result) });
  item.querySelector('[data-titel]').href = href;
  if (!isMarked) {
    item.querySelector('[data-van-regio]')?.remove();
  }
  return item;
}

const addressOfPage = ({ url }) => url.replace(/#.*/, '');

/*
 * A page with its sections; its introduction, when that was found, is the text of the page itself. Text of
 * the region is marked: the page when all of it is that, else each section that is.
 */
function pageItem(results, types) {
  const [first] = results;
  const isOwn = results.every(({ region }) => region !== undefined);
  const introduction = results.find(({ url }) => !url.includes('#'));
  const item = fillResult('pagina', addressOfPage(first), introduction, {
    titel: first.page,
    soort: types.find(({ name }) => name === first.type)?.label,
    pad: first.path,
    isMarked: isOwn || introduction?.region !== undefined,
  });
  if (!first.expired) {
    item.querySelector('[data-vervallen]')?.remove();
  }
  const sections = results
    .filter((result) => result !== introduction)
    .map((result) =>
      fillResult('sectie', result.url, result, {
        titel: result.title,
        isMarked: !isOwn && result.region !== undefined,
      }),
    );
  const place = item.querySelector('[data-secties]');
  place.append(...sections);
  if (sections.length === 0) {
    place.remove();
  }
  return item;
}

/* Results by page, in the order of each page's best. */
function byPage(results) {
  const pages = new Map();
  for (const result of results) {
    const address = addressOfPage(result);
    pages.set(address, [...(pages.get(address) ?? []), result]);
  }
  return [...pages.values()];
}

/* ---- What stands around the results */

/* The words of a note, with elements in the places of {names}. */
function note(words, places) {
  const item = document.createElement('li');
  for (const piece of words.split(/(\{\w+\})/)) {
    item.append(places[piece.slice(1, -1)] ?? piece);
  }
  return item;
}

const strong = (words) => element('strong', words.join(', '));

function showNotes({ corrected, also, unmatched }) {
  const { verbeterd, ook, nergens } = part('noten').dataset;
  const meant = new Map();
  for (const { from, to } of corrected) {
    meant.set(from, [...(meant.get(from) ?? []), to]);
  }
  const notes = [...meant].map(([from, to]) =>
    note(verbeterd, { woord: strong(to.slice(0, 3)), getypt: strong([from]) }),
  );
  if (also.length > 0) {
    notes.push(note(ook, { woorden: also.slice(0, MOST_NAMES).join(', ') }));
  }
  if (unmatched.length > 0) {
    notes.push(note(nergens, { woorden: strong(unmatched) }));
  }
  part('noten').replaceChildren(...notes);
  part('noten').hidden = notes.length === 0;
}

function filterList(label, ways) {
  const items = ways.map(({ state, text, count, isOn }) => {
    const way = wayTo(state, element('span', text, { className: 'filter-woord' }));
    if (count !== undefined) {
      way.append(' ', element('span', String(count), { className: 'filter-aantal' }));
    }
    if (isOn) {
      way.setAttribute('aria-current', 'true');
    }
    return element('li', way);
  });
  const heading = element('span', label, { className: 'filter-naam' });
  const made = element('ul', '');
  made.setAttribute('aria-label', label);
  made.append(...items);
  const group = element('div', heading, { className: 'filter' });
  heading.setAttribute('aria-hidden', 'true');
  group.append(made);
  return group;
}

/* Only ways that lead to something, and only where there is more than one. */
function showFilters(state, { types, own }) {
  const { alles, soort, tekst, alleTeksten, eigen } = part('filters').dataset;
  const { type } = state;
  const groups = [];
  if (types.length > 1 || type !== undefined) {
    const all = types.reduce((sum, { count }) => sum + count, 0);
    groups.push(
      filterList(soort, [
        { text: alles, count: all, state: { ...state, type: undefined }, isOn: type === undefined },
        ...types.map(({ name, label, count }) => ({
          text: label,
          count,
          state: { ...state, type: name },
          isOn: name === type,
        })),
      ]),
    );
  }
  if (eigen !== undefined && (own > 0 || state.own)) {
    groups.push(
      filterList(tekst, [
        { text: alleTeksten, state: { ...state, own: false }, isOn: !state.own },
        { text: eigen, count: own, state: { ...state, own: true }, isOn: state.own },
      ]),
    );
  }
  part('filters').replaceChildren(...groups);
  part('filters').hidden = groups.length === 0;
}

function showMeanings(meanings) {
  const boxes = meanings.map(({ term, abbreviations = [], meaning, tool, url }) => {
    const short = abbreviations.length > 0 && `(${abbreviations.join(', ')})`;
    const box = fill('betekenis', { titel: term, afkortingen: short, tekst: meaning });
    box.querySelector('[data-titel]').href = url;
    box.querySelector(tool ? '[data-begrip]' : '[data-hulpmiddel]').remove();
    return box;
  });
  part('betekenissen').replaceChildren(...boxes);
}

function showNearest(state, nearest) {
  const ways = nearest.map((text) => element('span', wayTo({ ...state, query: text }, text)));
  part('nabij-lijst').replaceChildren(...ways);
  part('nabij').hidden = ways.length === 0;
}

/* ---- States of the page */

function say(name, { query = '', count = '' } = {}) {
  status.textContent = (status.dataset[name] ?? '')
    .replaceAll('{aantal}', () => count)
    .replaceAll('{vraag}', () => query);
}

/* The index from A to Z stands where there are no results; until that is known its place is kept. */
function show(name) {
  main.dataset.klaar = '';
  outcome.hidden = name !== 'uitkomst';
  part('geen').hidden = name !== 'geen';
  part('fout').hidden = name !== 'fout';
  part('az').hidden = name === 'uitkomst';
}

/* In draaiboek serve: why each result is where it is. */
async function explain(state, found) {
  const { uitleg } = main.dataset;
  if (uitleg !== undefined) {
    const { showExplanation } = await import(new URL(uitleg, document.baseURI));
    const pages = byPage(found?.results ?? []);
    const shown = pages.map((results, i) => ({ item: list.children[i], results }));
    showExplanation(addressOf({ ...state, explain: true }), state.explain && found, shown);
  }
}

function showFound(state, found) {
  const { results, pages, facets, nearest, meanings } = found;
  const items = byPage(results);
  list.replaceChildren(...items.map((page) => pageItem(page, facets.types)));
  more.hidden = items.length >= pages;
  showNotes(found);
  showFilters(state, facets);
  showMeanings(meanings);
  showNearest({ explain: state.explain }, nearest);
  const many = found.more ? 'veel' : 'meer';
  say(pages === 0 ? 'geen' : pages === 1 ? 'een' : many, { ...state, count: String(pages) });
  show(pages > 0 || meanings.length > 0 ? 'uitkomst' : 'geen');
}

/* Asks what the state says, and shows the answer; a filter that leaves nothing is let go. */
async function answer(state, pages = PAGES_AT_ONCE) {
  clearTimeout(typing);
  aborter.abort();
  aborter = new AbortController();
  const { signal } = aborter;
  const { query, type, own } = state;
  document.title = query === '' ? title : `${query} – ${title}`;
  if (query === '') {
    say('leeg');
    show('az');
    await explain(state);
    return;
  }
  const busy = setTimeout(say, PATIENCE, 'bezig');
  try {
    const options = { limit: pages, perPage: SECTIONS_OF_A_PAGE, type, own, explain: state.explain };
    const found = await client.find(query, options, signal);
    if (found.pages === 0 && (type !== undefined || own)) {
      const all = { query, explain: state.explain };
      history.replaceState(null, '', addressOf(all));
      await answer(all);
      return;
    }
    showFound(state, found);
    await explain(state, found);
  } catch (error) {
    if (!signal.aborted) {
      console.error(error);
      say('fout');
      show('fout');
    }
  } finally {
    clearTimeout(busy);
  }
}

/* ---- What a reader does */

/* Goes to an address of its own; what was typed since the last one leaves no trace. */
function enter(state) {
  const address = addressOf(state);
  history.replaceState(null, '', entered);
  if (address !== entered) {
    history.pushState(null, '', address);
    entered = address;
  }
  return answer(state);
}

const asTyped = () => ({ query: input.value.trim(), explain: readState().explain });

function readAddress() {
  const state = readState();
  entered = addressOf(state);
  input.value = state.query;
  return answer(state);
}

/* The page itself says when the search fails. */
completeLater(
  form,
  ({ makeBox }) => makeBox(form, client, false),
  () => [],
);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (matchMedia('(pointer: coarse)').matches) {
    input.blur(); /* so that the keyboard does not hide the results */
  }
  const state = asTyped();
  enter(state.query === readState().query ? readState() : state);
});

input.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const state = asTyped();
    if (state.query !== readState().query) {
      history.replaceState(null, '', addressOf(state));
      answer(state);
    }
  }, PAUSE);
});

/* Ways to this page with another question need no new page. */
main.addEventListener('click', (event) => {
  const way = event.target.closest('a[href]');
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!isPlain || way === null || way.pathname !== location.pathname || !way.search) {
    return;
  }
  event.preventDefault();
  const state = readState(way);
  input.value = state.query;
  enter(state);
});

more.addEventListener('click', async () => {
  const shown = list.children.length;
  await answer(readState(), shown + PAGES_AT_ONCE);
  list.children[shown]?.querySelector('a').focus();
});

part('opnieuw').addEventListener('click', () => answer(readState()));
addEventListener('popstate', readAddress);
part('zonder-script').remove();
main.dataset.bezig = '';
readAddress();
