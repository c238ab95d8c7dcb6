/*
 * A reader's own region, where page-regio.js found something to do about it: on a region's home and where
 * he chooses one he asks to have it kept; a national page then has the way to the same page there. Nothing
 * leads him there by itself. The words and the elements stand in the page, and what is shown takes the
 * place of something as high.
 */
import { forget, read, write } from './keep.js';

const find = (name, within = document) => within.querySelector(`[data-${name}]`);
const line = find('regio-terug');
const home = find('onthoud');
const choice = find('onthoud-keuze');

/* The region's name; undefined when there is no such region any more, or that cannot be known. */
async function nameOf(slug, root) {
  try {
    const answer = await fetch(`${root}regio/regios.json`);
    const names = new Map(Object.entries(await answer.json()));
    if (!names.has(slug)) {
      forget('regio');
    }
    return names.get(slug);
  } catch {
    return undefined;
  }
}

/* Shows the way to the region, or without a name the way to the choice of one. */
function showWay(slug, name) {
  const { regioTerug: root, pad } = line.dataset;
  const back = find('terug', line);
  const link = back.querySelector('a');
  if (name !== undefined) {
    link.href = `${root}regio/${slug}/${pad}`;
    link.title = name;
    find('naam', line).textContent = name;
  }
  back.hidden = name === undefined;
  find('keuze', line).hidden = !back.hidden;
}

function showHome() {
  const kept = read('regio') === home.dataset.onthoud;
  find('niet', home).hidden = kept;
  find('wel', home).hidden = !kept;
  home.hidden = false;
}

function keepHome() {
  if (!write('regio', home.dataset.onthoud)) {
    home.querySelector('[role="status"]').textContent = home.dataset.mislukt;
  }
  showHome();
  find('vergeet', home).focus();
}

function forgetRegion() {
  forget('regio');
  if (home === null) {
    showWay();
    line.querySelector('a').focus();
  } else {
    showHome();
    find('bewaar', home).focus();
  }
}

document.addEventListener('click', ({ target }) => {
  if (target.closest('[data-vergeet]')) {
    forgetRegion();
  } else if (home?.contains(target) && target.closest('[data-bewaar]')) {
    keepHome();
  } else if (choice?.querySelector('input').checked) {
    const way = target.closest('[data-regiokeuze] a')?.getAttribute('href') ?? '';
    const [, slug] = /regio\/([^/]+)\/$/.exec(way) ?? [];
    if (slug !== undefined) {
      write('regio', slug);
    }
  }
});

const slug = line === null ? null : read('regio');
if (slug !== null) {
  nameOf(slug, line.dataset.regioTerug).then((name) => showWay(slug, name));
}
if (home !== null) {
  showHome();
}
if (choice !== null) {
  choice.hidden = false;
}
