/*
 * The page on which a reader sees what is kept on his device, keeps a copy of a part of the site, and
 * wipes it. The words and the elements stand in the page, templates/op-dit-apparaat.mustache; on the page
 * for who has no connection there is the list alone. What makes and wipes a copy is fetched when it is asked.
 */
import { forget, names, read } from './keep.js';
import { readCopies, sizeOf } from './copies.js';

const page = document.querySelector('[data-apparaat]');
const part = (name) => page.querySelector(`[data-${name}]`);
const data = page.dataset;
const root = new URL(data.wortel, location.href).href;
const slug = data.regio ?? '';
const [keep, status, wipe] = ['bewaar', 'status', 'wis-alles'].map(part);
let able = false; /* a copy can be made */
const megabytes = (bytes) =>
  (bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
const day = (date) =>
  new Date(date).toLocaleDateString(document.documentElement.lang, { dateStyle: 'long' });
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function say(text) {
  if (status) {
    status.textContent = text;
  }
}

/* A line of the list: what it is, more about it, where it leads, how it is wiped. */
function line({ what, more, href, wipeIt }) {
  const item = part('regel').content.firstElementChild.cloneNode(true);
  const name = item.querySelector(href ? 'a' : 'span');
  name.textContent = what;
  if (href) {
    name.href = href;
  }
  item.querySelector(href ? 'span' : 'a').remove();
  item.querySelector('[data-meer]').textContent = more;
  const button = item.querySelector('button');
  button?.append(` ${what}`);
  button?.addEventListener('click', async () => {
    await wipeIt();
    say(data.gewist);
    await show();
    (part('lijst').querySelector('button') ?? keep).focus();
  });
  return item;
}

const doer = () => import('./apparaat-kopie.js');

const ticks = /^vinkjes:(.*)$/;

async function list() {
  const copies = 'caches' in window ? await readCopies(root) : [];
  return [
    ...copies
      .filter(({ date }) => date)
      .map((copy) => ({
        what: fill(data.kopie, { naam: copy.name }),
        more: fill(data.kopieMeer, { mb: megabytes(copy.bytes), datum: day(copy.date) }),
        href: new URL(copy.slug ? `regio/${copy.slug}/` : '', root),
        wipeIt: async () => (await doer()).wipeCopy(root, copy.cache),
      })),
    ...names().map((name) => ({
      what: name === 'regio' ? data.keuze : data.vinkjes,
      more: ticks.exec(name)?.[1] ?? read(name),
      href: ticks.test(name) ? new URL(ticks.exec(name)[1], root) : undefined,
      wipeIt: () => forget(name),
    })),
  ];
}

async function show() {
  const items = await list();
  part('lijst').replaceChildren(...items.map(line));
  part('niets').hidden = items.length > 0;
  if (wipe) {
    wipe.hidden = items.length < 2;
  }
  if (able) {
    keep.hidden = (await readCopies(root)).some((copy) => copy.slug === slug && copy.date);
  }
}

async function keepAll() {
  keep.disabled = true;
  try {
    const { askCopy } = await doer();
    await askCopy(root, { slug, name: data.naam }, (deel) => say(fill(data.bezig, { deel })));
    say(data.bewaard);
  } catch (error) {
    console.error(error);
    say(data.mislukt);
  }
  keep.disabled = false;
  await show();
}

async function wipeAll() {
  for (const { wipeIt } of await list()) {
    await wipeIt();
  }
  say(data.gewist);
  await show();
  keep?.focus();
}

async function offer() {
  const bytes =
    'caches' in window && 'serviceWorker' in navigator ? await sizeOf(root, slug) : undefined;
  able = bytes !== undefined;
  if (able) {
    part('grootte').textContent = fill(data.grootte, { mb: megabytes(bytes) });
    keep.addEventListener('click', keepAll);
  } else {
    say(data.kanNiet);
  }
}

wipe?.addEventListener('click', wipeAll);
if (keep) {
  await offer();
}
await show();
page.dataset.klaar = '';
