/*
 * The indexes of this repository's own site, national and regional: lunr loads each of their files,
 * pieces say what the whole says, and every value is what the texts beside them give by lunr's
 * formula, worked out here anew.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { normalise } from '../../themes/standaard/search/words.js';
import { lunr } from './tool.mjs';

const root = process.env.DRAAIBOEK_SITE;
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const manifest = read('zoek/zoek.json');
const boosts = { title: 3, body: 1, parts: 0.6 };

/* A scope's files, and its sections as { title, body }. */
function readScope(scope) {
  const outline = read(scope.outline);
  const numbered = (pattern, list) => list.map((_, n) => read(pattern.replace('{n}', n)));
  const documents = numbered(scope.documents, outline.chunks);
  return {
    outline,
    whole: read(scope.index),
    shards: numbered(scope.shards, outline.terms),
    words: numbered(scope.words, outline.words),
    documents,
    sections: documents.flatMap(({ pages }) =>
      pages.flatMap(({ title, sections }) =>
        sections.map(([, heading, body]) => ({ title: heading || title, body })),
      ),
    ),
  };
}

const scopes = new Map([['nation', readScope(manifest.national)]]);
for (const [slug, scope] of Object.entries(manifest.regions)) {
  if (scope.index) scopes.set(slug, readScope(scope));
}
const nation = scopes.get('nation');

const termsOf = ({ invertedIndex }) => invertedIndex.map(([term]) => term);

/* term → field → section → value */
function valuesOf({ invertedIndex, fieldVectors }) {
  const terms = new Map(invertedIndex.map(([term, { _index }]) => [_index, term]));
  const values = new Map(termsOf({ invertedIndex }).map((term) => [term, {}]));
  for (const [name, vector] of fieldVectors) {
    const [field, section] = name.split('/');
    for (let i = 0; i < vector.length; i += 2) {
      const byField = values.get(terms.get(vector[i]));
      (byField[field] ??= new Map()).set(Number(section), vector[i + 1]);
    }
  }
  return values;
}

const indexing = new lunr.Pipeline();
indexing.add(lunr.nl.trimmer, lunr.nl.stopWordFilter, lunr.nl.stemmer);

/* How often a text has each term, and how many tokens that are. */
function count(text) {
  const tokens = indexing.run(lunr.tokenizer(normalise(text)));
  const terms = new Map();
  tokens.forEach((token) => terms.set(String(token), (terms.get(String(token)) ?? 0) + 1));
  return { terms, length: tokens.length };
}
/* The power of the square root of 2 that is nearest by ratio. */
const steady = (average) => 2 ** (Math.round(Math.log2(average) * 2) / 2);

function averageOf(field) {
  const lengths = nation.sections.map((section) => count(section[field]).length);
  return steady(lengths.reduce((a, b) => a + b, 0) / lengths.length);
}
const averages = { title: averageOf('title'), body: averageOf('body') };

/* How many postings a term has over all fields, but for those of hidden sections. */
function postings(byField, hidden = new Set()) {
  return Object.values(byField ?? {})
    .map((sections) => [...sections.keys()].filter((section) => !hidden.has(section)).length)
    .reduce((a, b) => a + b, 0);
}

test('there are regions with sections of their own', () => {
  assert.ok(scopes.size > 6, [...scopes.keys()].join(' '));
});

for (const [name, scope] of scopes) {
  const { outline, whole, shards } = scope;

  test(`${name}: the outline counts what there is`, () => {
    const { pages, chunks, sections } = outline;
    assert.equal(sections, scope.sections.length);
    assert.equal(pages.reduce((sum, [, count]) => sum + count, 0), sections);
    assert.deepEqual(scope.documents.map(({ pages }) => pages.length), chunks);
    assert.deepEqual(
      scope.documents.flatMap(({ pages }) => pages.map(({ sections }) => sections.length)),
      pages.map(([, count]) => count),
    );
    assert.ok(pages.every(([type]) => type < outline.types.length));
  });

  test(`${name}: each shard has the terms of its range, and each term a shard`, () => {
    assert.deepEqual(shards.flatMap(termsOf), termsOf(whole));
    assert.deepEqual([...outline.terms].sort(), outline.terms);
    shards.forEach((shard, n) => {
      for (const term of termsOf(shard)) {
        assert.ok(outline.terms[n] <= term && !(outline.terms[n + 1] <= term), term);
      }
    });
  });

  test(`${name}: lunr loads each shard, and a term scores there as in the whole`, () => {
    const all = lunr.Index.load(whole);
    const ask = (index, term) =>
      index.query((query) => query.term(term, { usePipeline: false })).map(({ ref, score }) => [ref, score]);
    for (const shard of shards) {
      const index = lunr.Index.load(shard);
      termsOf(shard).forEach((term) => assert.deepEqual(ask(index, term), ask(all, term), term));
    }
  });

  test(`${name}: the values are those of the texts`, () => {
    const values = valuesOf(whole);
    const below = name === 'nation' ? new Map() : valuesOf(nation.whole);
    const hidden = new Set(outline.shadows);
    const sections =
      scope.sections.length + (name === 'nation' ? 0 : nation.sections.length - hidden.size);
    for (const field of ['title', 'body']) {
      const got = new Map();
      for (const [term, byField] of values) {
        byField[field]?.forEach((value, section) => got.set(`${term} ${section}`, value));
      }
      scope.sections.forEach((section, number) => {
        const { terms, length } = count(section[field]);
        for (const [term, tf] of terms) {
          const n = postings(values.get(term)) + postings(below.get(term), hidden);
          const idf = Math.log(1 + Math.abs((sections - n + 0.5) / (n + 0.5)));
          const norm = 1.2 * (1 - 0.75 + 0.75 * (length / averages[field]));
          const value = ((idf * (2.2 * tf)) / (norm + tf)) * boosts[field];
          const key = `${term} ${number}`;
          assert.ok(Math.abs(got.get(key) - value) < 0.00051, `${key}: ${got.get(key)}, not ${value}`);
          got.delete(key);
        }
      });
      assert.deepEqual([...got.keys()], [], field);
    }
  });

  test(`${name}: the words are those of the texts, sorted`, () => {
    const words = scope.words.flatMap(({ words }) => words.split(' ').filter(Boolean));
    assert.deepEqual([...words].sort(), words);
    assert.equal(new Set(words).size, words.length);
    scope.words.forEach(({ words, weights }, n) => {
      assert.equal(words === '' ? 0 : words.split(' ').length, weights.length);
      assert.match(weights, /^\d*$/);
      assert.ok(n === 0 || words.startsWith(outline.words[n]));
    });
    const known = new Set(words);
    const below = name === 'nation' ? [] : nation.words.flatMap(({ words }) => words.split(' '));
    assert.deepEqual(below.filter((word) => known.has(word)), []);
    below.forEach((word) => known.add(word));
    for (const { title, body } of scope.sections) {
      for (const token of lunr.tokenizer(normalise(`${title} ${body}`))) {
        const word = String(lunr.nl.trimmer(token) ?? '');
        assert.ok(known.has(word) || !lunr.nl.stopWordFilter(token), word);
      }
    }
  });
}

test('parts of compounds, hyphens joined, and the other number are found', () => {
  const values = valuesOf(nation.whole);
  const stem = (word) => String(lunr.nl.stemmer(new lunr.Token(word)));
  const sectionsWith = (word, field) => new Set(values.get(stem(word))?.[field]?.keys());
  const within = (part, whole) =>
    [...sectionsWith(whole, 'body')].every((n) => sectionsWith(part, 'parts').has(n));
  for (const [part, whole] of [
    ['werkgever', 'werkgeversservicepunt'],
    ['servicepunt', 'werkgeversservicepunt'],
    ['arbeidsmarkt', 'arbeidsmarktregio'],
    ['bedrijf', 'bedrijven'],
  ]) {
    assert.ok(sectionsWith(whole, 'body').size > 0, whole);
    assert.ok(within(part, whole), `${part} in ${whole}`);
  }
  assert.ok(sectionsWith('zijinstroom', 'parts').size > 0);
});

test('what a region shadows are sections of the nation, and its pages say of which they are', () => {
  for (const [name, { outline }] of scopes) {
    const { shadows = [], own = [] } = outline;
    assert.ok(shadows.every((n, i) => n < nation.outline.sections && !(n <= shadows[i - 1])));
    assert.equal(own.length, name === 'nation' ? 0 : outline.pages.length);
    const addresses = nation.documents.flatMap(({ pages }) => pages.map(({ address }) => address));
    scopes
      .get(name)
      .documents.flatMap(({ pages }) => pages)
      .forEach(({ address }, i) => {
        if (own[i] >= 0) assert.equal(address, `regio/${name}/${addresses[own[i]]}`);
      });
  }
});
