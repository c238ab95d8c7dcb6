/*
 * What lunr takes for the sections of a built site, for tests/bench/run.
 *
 *   lunr.mjs gather SITE FILE    the sections of SITE, as [[title, text], …]
 *   lunr.mjs index FILE OUT      lunr's index of them, with the Dutch of lunr-languages
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(new URL('../package.json', import.meta.url));
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

function gather(site, out) {
  const { national } = readJson(join(site, 'zoek/zoek.json'));
  const { chunks } = readJson(join(site, national.outline));
  const sections = chunks.flatMap((_, n) =>
    readJson(join(site, national.documents.replace('{n}', n))).pages.flatMap((page) =>
      page.sections.map(([, title, text]) => [title || page.title, text]),
    ),
  );
  writeFileSync(out, JSON.stringify(sections));
}

function index(file, out) {
  const lunr = require('lunr');
  require('lunr-languages/lunr.stemmer.support.js')(lunr);
  require('lunr-languages/lunr.nl.js')(lunr);
  const sections = readJson(file);
  const made = lunr(function () {
    this.use(lunr.nl);
    this.ref('ref');
    this.field('title', { boost: 3 });
    this.field('body');
    sections.forEach(([title, body], ref) => this.add({ ref, title, body }));
  });
  writeFileSync(out, JSON.stringify(made));
}

const [what, from, to] = process.argv.slice(2);
(what === 'gather' ? gather : index)(from, to);
