/*
 * A word that nearly every section of a large site has: its postings are in two files, of which a
 * question for that word alone needs the first.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { lunr, randomFrom } from '../lunr/tool.mjs';
import { base, buildSite, fetchFrom, readSite, temporaryFolder } from './site.mjs';

const PAGES = 300;
const SECTIONS = 32;

function makeSite() {
  const folder = join(temporaryFolder(), 'site');
  const random = randomFrom(5);
  const words = Array.from({ length: 400 }, (_, i) => `zeldzaam${i.toString(26)}`);
  const some = (n) => Array.from({ length: n }, () => words[Math.floor(random() * words.length)]);
  mkdirSync(join(folder, 'content'), { recursive: true });
  mkdirSync(join(folder, 'playbooks/a'), { recursive: true });
  writeFileSync(
    join(folder, 'content/site.yml'),
    'titel: Proef\nadres: https://draaiboek.example\nverzamelingen:\n  a: {titel: A, soort: pagina}\n',
  );
  for (let page = 0; page < PAGES; page++) {
    const sections = Array.from({ length: SECTIONS }, (_, i) => {
      const often = Array.from({ length: random() * 4 }, () => 'algemeen').join(' ');
      return `## Kop ${i}\n\n${some(1 + random() * 6).join(' ')} algemeen ${often}.\n`;
    });
    writeFileSync(
      join(folder, `playbooks/a/pagina-${page}.md`),
      `---\ntitel: Pagina ${page}\n---\n\n${sections.join('\n')}`,
    );
  }
  return readSite(buildSite(folder));
}

const site = makeSite();
const read = (path) => JSON.parse(readFileSync(join(site.folder, path), 'utf8'));
const outline = read('zoek/overzicht.json');
const { openSearch } = await import(pathToFileURL(join(site.folder, site.module)));

async function openBoth() {
  const seen = [];
  const fetch = fetchFrom(site.folder, (path) => seen.push(path));
  return {
    seen,
    shards: await openSearch(base, { fetch }),
    whole: await openSearch(base, { fetch, whole: true }),
  };
}

test('a common term has its best sections in one file, the others in a second', () => {
  const whole = read('zoek/index.json');
  const terms = new Map(whole.invertedIndex);
  assert.ok(outline.split.length > 0);
  for (const [first, second, count] of outline.split) {
    const files = [first, second].map((n) => read(`zoek/index/${n}.json`));
    const [[term, best], [other, rest]] = files.map(({ invertedIndex }) => invertedIndex[0]);
    assert.equal(term, other);
    const all = terms.get(term);
    assert.equal(best._index, all._index);
    let postings = 0;
    for (const field of ['title', 'body', 'parts']) {
      const refs = [...Object.keys(best[field]), ...Object.keys(rest[field])];
      assert.deepEqual(refs.sort(), Object.keys(all[field]).sort());
      postings += refs.length;
    }
    assert.equal(count, postings);
    const scores = files.map((json) =>
      lunr.Index.load(json)
        .query((query) => query.term(term, { usePipeline: false }))
        .map(({ score }) => score),
    );
    assert.equal(scores[0].length, 4000);
    assert.ok(scores[0].at(-1) >= scores[1][0] - 1e-9);
  }
});

test('that word alone needs the first file, and finds the same as the whole index', async () => {
  const { seen, shards, whole } = await openBoth();
  const found = await shards.find('algemeen', { limit: 20 });
  const seconds = outline.split.map(([, second]) => `zoek/index/${second}.json`);
  assert.ok(!seen.some((path) => seconds.includes(path)));
  assert.equal(found.more, true);
  assert.deepEqual(await whole.find('algemeen', { limit: 20 }), found);
});

test('beside other words all its sections count', async () => {
  const { shards, whole } = await openBoth();
  for (const query of ['algemeen zeldzaam7', 'zeldzaam1a algemeen kop', 'pagina 12 algemeen']) {
    const found = await shards.find(query, { limit: 20 });
    assert.equal(found.more, false);
    assert.deepEqual(await whole.find(query, { limit: 20 }), found, query);
  }
});
