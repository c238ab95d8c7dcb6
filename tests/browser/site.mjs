/*
 * Sites for the tests in a browser, and a server that does what a web server would: files, the
 * headers that a site is served with, 404.html where there is nothing.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const top = dirname(dirname(here));
export const program = process.env.DRAAIBOEK ?? join(top, 'build/draaiboek');
const date = process.env.DRAAIBOEK_DATE ?? '2026-11-20';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
};

const policy =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

function build(site) {
  const out = mkdtempSync(join(tmpdir(), 'draaiboek-site-'));
  execFileSync(program, ['build', '-q', '-s', site, '-o', out, '--date', date], { stdio: 'pipe' });
  return out;
}

/* This repository's own site: the one that tests/run has built, or a new one. */
export function ownSite() {
  const built = process.env.DRAAIBOEK_SITE;
  return built && existsSync(join(built, 'index.html')) ? built : build(top);
}

/* A small site with all that the repository's own has not: expired, hidden, filled in, empty. */
export function statesSite() {
  return build(join(here, 'states'));
}

/* The same in a repository, with changes: of the nation and a region, a new name, a draft, a link. */
export function changesSite() {
  const site = mkdtempSync(join(tmpdir(), 'draaiboek-wijzigingen-'));
  const git = (...words) => execFileSync('git', ['-C', site, ...words], { stdio: 'pipe' });
  const edit = (file, change) =>
    writeFileSync(join(site, file), change(readFileSync(join(site, file), 'utf8')));
  const commit = (subject) => {
    git('add', '-A');
    git('-c', 'user.name=Anna', '-c', 'user.email=geheim@example.org', 'commit', '-qm', subject);
  };
  const page = 'playbooks/regelingen/oud.md';
  cpSync(join(here, 'states'), site, { recursive: true });
  git('init', '-q', '-b', 'main');
  writeFileSync(join(site, page), readFileSync(join(site, 'playbooks/regelingen/verlopen.md')));
  commit('Alles erin');
  edit(page, (text) => `${text}\n## Kop\n\n- een\n- twee\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`);
  commit('Een <b>lijst</b> & een tabel erbij, met een wel heel lang_woord_dat_niet_afbreekt'.repeat(2));
  edit(page, (text) => text.replace('een\n', 'een [link](https://example.org/)\n'));
  commit('klein: link');
  git('mv', page, 'playbooks/regelingen/nieuw.md');
  commit('Andere naam');
  edit('playbooks/regelingen/alles.md', (text) => `${text}\n${'Landelijk erbij. '.repeat(900)}\n`);
  commit('Veel erbij');
  edit('content/regios/noord/regelingen/alles.md', (text) => `${text}\nVan de regio erbij.\n`);
  commit('Regio erbij');
  edit('playbooks/regelingen/alles.md', (text) => text.replace(/(Zo vraagt u het aan.*\n\n)/, '$1Nieuw. '));
  commit('Landelijk anders');
  return build(site);
}

function find(root, path) {
  const file = join(root, normalize(decodeURIComponent(path)));
  const found = file.endsWith('/') ? join(file, 'index.html') : file;
  return existsSync(found) && statSync(found).isFile() ? found : undefined;
}

/* Serves the folder. `close` ends it. */
export async function serve(root) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const found = find(root, pathname);
    const file = found ?? join(root, '404.html');
    response.writeHead(found ? 200 : 404, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
    });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    folder: root,
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

export function openBrowser(options = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', ...options],
  });
}

/* One page of each kind, national and regional, as paths from the root of the site. */
export const kinds = {
  home: '',
  collection: 'subsidies/',
  wegwijzer: 'subsidies/werkervaringsplaats/',
  stappenplan: 'partnerschap/kandidaat-aannemen/',
  'page of a step': 'partnerschap/contactmomenten/',
  timeline: 'zij-instroom/voortraject/',
  sleutels: 'zij-instroom/sleutels-tot-succes/',
  verslag: 'sessies/kennissessie-strategisch-partnerschap-2022/',
  page: 'over/',
  glossary: 'begrippen/',
  cards: 'partnerschap/gesprekskaarten/',
  gathered: 'oogst/gouden-tip/',
  train: 'financieringstrein/',
  comparisons: 'verschil/',
  comparison: 'verschil/proefplaatsing-werkervaringsplaats/',
  'gathered polls': 'oogst/peiling/',
  'all that is gathered': 'oogst/',
  search: 'zoek/',
  wijzer: 'regelingenwijzer/',
  regions: 'regio/',
  missing: '404.html',
  device: 'op-dit-apparaat/',
  disconnected: 'op-dit-apparaat/geen-verbinding/',
  'regional home': 'regio/foodvalley/',
  'regional collection': 'regio/foodvalley/subsidies/',
  'regional wegwijzer': 'regio/foodvalley/subsidies/werkervaringsplaats/',
  'regional stappenplan': 'regio/rijnmond/partnerschap/drempels-naar-werk/',
  'regional page of a step': 'regio/foodvalley/partnerschap/begeleidingsplan-maken/',
  'regional sleutels': 'regio/rijnmond/zij-instroom/sleutels-tot-succes/',
  'regional verslag': 'regio/foodvalley/sessies/lessen-van-werkgevers/',
  'page of a region alone': 'regio/foodvalley/werkervaringsplaats-bij-tempo-team/',
  'regional cards': 'regio/foodvalley/partnerschap/gesprekskaarten/',
  'regional gathered': 'regio/rijnmond/oogst/let-op/',
  'regional glossary': 'regio/foodvalley/begrippen/',
  'regional train': 'regio/foodvalley/financieringstrein/',
  'regional comparisons': 'regio/foodvalley/verschil/',
  'regional wijzer': 'regio/foodvalley/regelingenwijzer/',
  'regional search': 'regio/foodvalley/zoek/',
  'regional device': 'regio/foodvalley/op-dit-apparaat/',
  'comparison of a page': 'vergelijk/subsidies/werkervaringsplaats/',
  'comparison of all pages': 'vergelijk/',
  'what a region has made its own': 'regio/foodvalley/vergelijk/',
};

/* Pages of statesSite(), in states that no real page is in. */
export const stateKinds = {
  'empty collection': 'leeg/',
  everything: 'regelingen/alles/',
  expired: 'regelingen/verlopen/',
  'past its review': 'regelingen/verborgen/',
  'region with all of it': 'regio/noord/',
  'adapted page': 'regio/noord/regelingen/alles/',
  'a short train': 'financieringstrein/',
  'comparison with an expired page': 'verschil/samen-verlopen/',
  'comparisons of three': 'regio/noord/verschil/',
  'hidden page': 'regio/noord/regelingen/verborgen/',
  'page of a region alone': 'regio/noord/agenda/',
  'region with nothing': 'regio/zuid/regelingen/alles/',
  'contact of long ago': 'regio/oost/',
  'contact of nobody knows when': 'regio/west/begrippen/',
  'map without all regions': 'regio/',
  'steps with deeper headings': 'stappen/stappen/',
  'wijzer without phases': 'regelingenwijzer/',
  'wijzer of a region with others': 'regio/noord/regelingenwijzer/',
  'gathered questions': 'oogst/vraag/',
  cards: 'stappen/kaarten/',
  'cards that a region changed': 'regio/noord/stappen/kaarten/',
  'comparison with all states': 'vergelijk/regelingen/alles/',
  'comparison with a hidden page': 'vergelijk/regelingen/verborgen/',
  'what a region with all of it has made its own': 'regio/noord/vergelijk/',
  'what a region with nothing has made its own': 'regio/zuid/vergelijk/',
};

/* Pages of changesSite(): what has changed, below a page and on a page of its own. */
export const changeKinds = {
  'changed page': 'regelingen/nieuw/',
  'its changes': 'regelingen/nieuw/geschiedenis/',
  'a large change': 'regelingen/alles/geschiedenis/',
  'changes of a region and the nation': 'regio/noord/regelingen/alles/geschiedenis/',
};

/* Of pages that the nation has and a region too, one: by turns the one and the other. */
export function byTurns(pages) {
  const pairs = Object.keys(pages).filter((kind) => `regional ${kind}` in pages);
  const left = pairs.map((kind, i) => (i % 2 === 0 ? `regional ${kind}` : kind));
  return Object.fromEntries(Object.entries(pages).filter(([kind]) => !left.includes(kind)));
}

const half = (pages) => Object.fromEntries(Object.entries(pages).filter((_, i) => i % 2 === 0));

/*
 * What the promises are held against: all kinds with PAGES=full (make promises), else each kind of our own,
 * national or regional by turns, and half of the states.
 */
export const held =
  process.env.PAGES === 'full' ? [kinds, stateKinds, changeKinds] : [byTurns(kinds), half(stateKinds), half(changeKinds)];
