/*
 * What must make no difference to what the planner finds: how the index is cut into files, what was
 * asked before, and whether a text is the nation's or the region's.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeReader, readFiles } from '../../themes/standaard/search/files.js';
import { FIELDS, makeIndex } from '../../themes/standaard/search/index.js';
import { OWN } from '../../themes/standaard/search/rank.js';
import { makeWriter } from './corpus.mjs';
import { makeFiles, serve } from './reference.mjs';
import { module } from './small-site.mjs';

const { openSearch } = await import(module);

const glossary = [
  {
    term: 'loonkostensubsidie',
    abbreviations: ['LKS'],
    synonyms: ['steun bij loon'],
    also: ['regeling'],
  },
  { term: 'coach', synonyms: ['begeleider'], meaning: 'Iemand die helpt op de werkvloer.' },
];

function queriesOf(writer, count) {
  return Array.from({ length: count }, () => {
    const words = Array.from({ length: 1 + writer.random() * 3 }, writer.word);
    if (writer.random() < 0.2) {
      words[0] = words[0].slice(0, -1);
    }
    if (writer.random() < 0.2) {
      words[0] = `${words[0].slice(0, 2)}${words[0].slice(3)}`;
    }
    return words.join(' ');
  }).concat('LKS', 'steun bij loon', 'begeleiders', 'werkvloer');
}

test('planner: the whole index and its shards find the same', async () => {
  const writer = makeWriter(1);
  const files = makeFiles({ pages: writer.pages('p/', 60), glossary });
  const small = makeFiles({
    pages: makeWriter(1).pages('p/', 60),
    glossary,
    sizes: { postings: 50, sections: 5 },
  });
  const searches = await Promise.all([
    openSearch('', { fetch: serve(files) }),
    openSearch('', { fetch: serve(files), whole: true }),
    openSearch('', { fetch: serve(small) }),
  ]);
  for (const query of queriesOf(writer, 300)) {
    const options = { limit: 20, explain: true };
    const [first, ...others] = await Promise.all(
      searches.map((search) => search.find(query, options)),
    );
    others.forEach((other) => assert.deepEqual(other, first, query));
  }
});

test('planner: what was asked before makes no difference', async () => {
  const writer = makeWriter(2);
  const files = makeFiles({
    pages: writer.pages('p/', 40),
    glossary,
    sizes: { postings: 100, words: 20, sections: 10 },
  });
  const used = await openSearch('', { fetch: serve(files) });
  const queries = queriesOf(writer, 80);
  for (const query of queries) {
    await used.find(query);
  }
  for (const query of queries) {
    const fresh = await openSearch('', { fetch: serve(files) });
    assert.deepEqual(await used.find(query), await fresh.find(query), query);
  }
});

/* A nation with a region, and the same as one site without regions. */
function makeRegion(seed) {
  const writer = makeWriter(seed);
  const pages = writer.pages('p/', 50);
  const shadows = [];
  const own = writer.pages('regio/x/q/', 3);
  const merged = pages.map((page) => ({ ...page, sections: [...page.sections] }));
  let number = 0;
  pages.forEach((page, at) => {
    const sections = [];
    page.sections.forEach((section, i) => {
      if (writer.random() < 0.08) {
        shadows.push(number + i);
        const mine = [section[0], section[1], writer.text(50)];
        sections.push(mine);
        merged[at].sections[i] = mine;
      }
    });
    if (writer.random() < 0.1) {
      const more = [`extra${at}`, writer.text(3), writer.text(30)];
      sections.push(more);
      merged[at].sections.push(more);
    }
    if (sections.length > 0) {
      own.push({ ...page, address: `regio/x/${page.address}`, sections, variantOf: at });
    }
    number += page.sections.length;
  });
  merged.push(...own.filter(({ variantOf }) => variantOf === undefined));
  const whole = merged.map((page) => ({
    ...page,
    address: page.address.replace(/^(regio\/x\/)?/, 'regio/x/'),
  }));
  /* How words are split, and the averages, are of the nation and all its regions. */
  const like = {};
  const regions = { x: { name: 'X', pages: own, shadows } };
  return {
    writer,
    region: makeFiles({ pages, glossary, regions, like }),
    whole: makeFiles({ pages: whole, glossary, like }),
  };
}

async function openIndex(files, region) {
  const read = makeReader('', serve(files));
  return makeIndex(read, await readFiles(read, region), true);
}

/* A term's idf, and by section its values. */
async function readTerm(index, term) {
  const { idf, sections, values } = (await index.postingsOf(term)) ?? { sections: [] };
  const found = new Map();
  for (const [i, section] of [...sections].entries()) {
    const { page, anchor } = await index.documentOf(section);
    const address = page.address.replace(/^(regio\/x\/)?/, '');
    found.set(`${address}#${anchor}`, [...values.subarray(i * FIELDS, (i + 1) * FIELDS)]);
  }
  return { idf, found };
}

test('planner: a region’s index is that of one site with its texts in place', async () => {
  const { region, whole } = makeRegion(3);
  const [a, b] = [await openIndex(region, 'x'), await openIndex(whole)];
  const terms = JSON.parse(whole.get('zoek/index.json')).invertedIndex.map(([term]) => term);
  assert.ok(terms.length > 300);
  for (const term of terms) {
    const [mine, theirs] = [await readTerm(a, term), await readTerm(b, term)];
    assert.deepEqual([...mine.found.keys()].sort(), [...theirs.found.keys()].sort(), term);
    assert.ok(Math.abs(mine.idf - theirs.idf) < 1e-9, `${term} ${mine.idf} ${theirs.idf}`);
    for (const [section, values] of mine.found) {
      values.forEach((value, field) => {
        const other = theirs.found.get(section)[field];
        assert.ok(Math.abs(value - other) < 0.002, `${term} ${section} ${value} ${other}`);
      });
    }
  }
});

/* The ten best, by what they are worth before their texts are read, whose region they are left aside. */
function tenBest({ results }) {
  return results
    .map(({ url, score, factors }) => ({
      url,
      score: score / factors.region / factors.phrase / factors.title,
    }))
    .sort((a, b) => b.score - a.score || (a.url < b.url ? -1 : 1))
    .slice(0, 10);
}

const planOf = ({ words }) =>
  JSON.stringify(words.map(({ variants }) => variants.map(({ kind, terms }) => [kind, terms])));

for (const seed of [3, 4, 5, 6, 7]) {
  test(`planner: region ${seed} finds what one site with its texts in place does`, async () => {
    const { writer, region, whole } = makeRegion(seed);
    const a = await openSearch('', { fetch: serve(region), region: 'x' });
    const b = await openSearch('', { fetch: serve(whole) });
    const words = new Set(JSON.parse(whole.get('zoek/woorden/0.json')).words.split(' '));
    let compared = 0;
    for (const query of queriesOf(writer, 600)) {
      if (!query.split(/[ -]/).every((word) => words.has(word))) {
        continue;
      }
      const options = { limit: 500, explain: true };
      const [mine, theirs] = [await a.find(query, options), await b.find(query, options)];
      if (planOf(mine) !== planOf(theirs)) {
        continue; /* a word of the nation's that the region has no more */
      }
      compared++;
      assert.equal(mine.total, theirs.total, query);
      const [best, wanted] = [tenBest(mine), tenBest(theirs)];
      best.forEach(({ url, score }, i) => {
        /* A thousandth that was rounded off may turn two that are worth the same. */
        assert.ok(Math.abs(score - wanted[i].score) < 0.02, `${query} ${i} ${score}`);
        const same = wanted.find((other) => other.url === url);
        assert.ok(same !== undefined || score - wanted[9].score < 0.02, `${query} ${url}`);
      });
    }
    assert.ok(compared >= 100, String(compared));
    assert.ok(OWN > 1);
  });
}
