/*
 * Says how much a reader's browser fetches for a search: opening it and asking one word, on sites of
 * 300 and of 10,000 pages of 640 words (tests/bench/corpus.c); and how much a region adds. Each file
 * counts once, as brotli makes it. The table of `make search-bytes`, which fails where a limit is
 * passed.
 *
 *   --only NAME   only this corpus: regions (300 pages, 35 regions) or pages (10,000)
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { base, buildSite, fetchFrom, readSite, temporaryFolder, top } from './site.mjs';

const QUERIES = 40;
const SHORTEST_WORD = 3;
/* In bytes: of opening and one query, by corpus; and of a region's own files. */
const limits = { regions: 120e3, pages: 250e3 };
const PER_TEN_PAGES = 30e3;

/* The size of a file of the site on its way to a browser, worked out once. */
function makeSizes(folder) {
  const sizes = new Map();
  return (path) => {
    if (!sizes.has(path)) {
      const bytes = readFileSync(join(folder, path));
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      };
      sizes.set(path, brotliCompressSync(bytes, { params }).length);
    }
    return sizes.get(path);
  };
}

/* A script and all that it imports, also what it imports only when needed, or starts as a worker. */
function scriptsOf(folder, module) {
  const named =
    /\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]|new URL\(\s*['"]([^'"]+\.js)['"]\s*,\s*import\.meta/g;
  const paths = new Set([module]);
  for (const path of paths) {
    for (const [, imported, started] of readFileSync(join(folder, path), 'utf8').matchAll(named)) {
      paths.add(posix.join(posix.dirname(path), imported ?? started));
    }
  }
  return [...paths];
}

/* Words of the site, as many of each band of frequency (1, 2-3, 4-7, ...), the same every time. */
function drawWords(site) {
  const counts = new Map();
  for (const { title, text } of site.sectionsOf()) {
    for (const [word] of `${title} ${text}`.toLowerCase().matchAll(/\p{L}+/gu)) {
      if (word.length >= SHORTEST_WORD) {
        counts.set(word, (counts.get(word) ?? 0) + 1);
      }
    }
  }
  const bands = [];
  for (const word of [...counts.keys()].sort()) {
    (bands[Math.floor(Math.log2(counts.get(word)))] ??= []).push(word);
  }
  const there = bands.filter(Boolean);
  const share = Math.ceil(QUERIES / there.length);
  return there.flatMap((band) =>
    Array.from(
      { length: Math.min(share, band.length) },
      (_, i) => band[Math.floor(((i + 0.5) * band.length) / Math.min(share, band.length))],
    ),
  );
}

const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} KB`.padStart(11);

/* The sizes by folder, as text. */
function byFolder(paths, sizeOf) {
  const sums = new Map();
  for (const path of paths) {
    const folder = posix.dirname(path);
    sums.set(folder, (sums.get(folder) ?? 0) + sizeOf(path));
  }
  return [...sums].map(([folder, bytes]) => `${folder} ${kilo(bytes).trim()}`).join(', ');
}

/* What one query fetches, scripts apart: { word, opening, total, folders, results }. */
async function measure(site, openSearch, sizeOf, word) {
  const seen = new Set();
  const sum = () => [...seen].reduce((total, path) => total + sizeOf(path), 0);
  const fetch = fetchFrom(site.folder, (path) => seen.add(path));
  const { find } = await openSearch(base, { fetch });
  const opening = sum();
  const { results } = await find(word, { limit: 10 });
  return { word, opening, total: sum(), folders: byFolder(seen, sizeOf), results: results.length };
}

function say(label, bytes, note = '') {
  console.log(`  ${label.padEnd(28)}${kilo(bytes)}  ${note}`.trimEnd());
}

function sayOf(label, bytes, limit, note = '') {
  say(label, bytes, `${bytes > limit ? 'OVER' : 'of'} ${kilo(limit).trim()}  ${note}`);
  if (bytes > limit) {
    process.exitCode = 1;
  }
}

async function reportQueries(site, sizeOf, limit) {
  const { openSearch } = await import(pathToFileURL(join(site.folder, site.module)));
  const scripts = scriptsOf(site.folder, site.module).reduce((sum, path) => sum + sizeOf(path), 0);
  const measured = [];
  for (const word of drawWords(site)) {
    measured.push(await measure(site, openSearch, sizeOf, word));
  }
  measured.sort((a, b) => a.total - b.total);
  const median = measured[Math.floor(measured.length / 2)];
  const most = measured.at(-1);
  const found = measured.filter(({ results }) => results > 0).length;
  say('scripts', scripts);
  say('opening', median.opening);
  sayOf('with one word: median', scripts + median.total, limit, `"${median.word}"`);
  sayOf('with one word: most', scripts + most.total, limit, `"${most.word}"`);
  console.log(`  the median is of ${median.folders}`);
  console.log(`  ${measured.length} words were asked, ${found} found something`);
}

/* The region that adds most; its whole index is for others than the script, and not counted. */
function reportRegions(site, sizeOf) {
  const regions = site.regions.map((slug) => {
    const { pages, files } = site.own(slug);
    const bytes = files.reduce((sum, path) => sum + sizeOf(path), 0);
    return { slug, bytes, files: files.length, pages: pages.length };
  });
  const [most] = regions.sort((a, b) => b.bytes - a.bytes);
  if (most !== undefined) {
    sayOf(
      'most of a region',
      most.bytes,
      (most.pages / 10) * PER_TEN_PAGES,
      `${most.slug}: ${most.pages} pages in ${most.files} files`,
    );
  }
}

const { only = Object.keys(limits) } = parseArgs({
  options: { only: { type: 'string', multiple: true } },
}).values;

for (const corpus of only) {
  const source = join(temporaryFolder(), corpus);
  execFileSync(join(top, 'build/bench/corpus'), [corpus, source]);
  const site = readSite(buildSite(join(source, 'draaiboek')));
  const sections = site.sectionsOf();
  const pages = new Set(sections.map(({ page }) => page)).size;
  console.log(`${corpus}: ${pages} pages, ${sections.length} sections`);
  const sizeOf = makeSizes(site.folder);
  await reportQueries(site, sizeOf, limits[corpus]);
  reportRegions(site, sizeOf);
  console.log('');
}
