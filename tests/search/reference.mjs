/*
 * An independent writer of the files that docs/search.md describes, on lunr itself: what the
 * planner's tests run on, and what the generator's files can be held against. It knows nothing of
 * speed, and it splits compounds by the site's own words only, unless it is given a better way.
 */
import lunr from 'lunr';
import stemmerSupport from 'lunr-languages/lunr.stemmer.support.js';
import dutch from 'lunr-languages/lunr.nl.js';
import { normalise } from '../../themes/standaard/search/words.js';

stemmerSupport(lunr);
dutch(lunr);

const FIELDS = { title: 3, body: 1, parts: 0.6 };
const VERSION = 2;
const LEAST_PART = 4; /* letters */

export const byUnits = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const unique = (list) => [...new Set(list)];

/* ---- Words */

/* The words of a text with their hyphens: "zij-instroom" is one. */
const chunksOf = (text) => normalise(text).toLowerCase().split(/\s+/u).filter(Boolean);

/* The words of a text as lunr's pipeline sees them before the stemmer. */
export function formsOf(text) {
  return lunr
    .tokenizer(normalise(text))
    .map((token) => lunr.nl.trimmer(token))
    .filter((token) => lunr.nl.stopWordFilter(token))
    .map(String);
}

export const stemOf = (form) => String(lunr.nl.stemmer(new lunr.Token(form)));

/* Splits a word in two words that the site has, again and again: all nodes of the tree. */
export function splitByVocabulary(forms) {
  const known = new Set(forms.filter((form) => form.length >= LEAST_PART));
  return function split(word) {
    for (let at = word.length - LEAST_PART; at >= LEAST_PART; at--) {
      const right = word.slice(at);
      const left = ['', 's', 'en', 'e']
        .filter((link) => word.slice(0, at).endsWith(link))
        .map((link) => word.slice(0, at - link.length))
        .find((part) => known.has(part));
      if (known.has(right) && left !== undefined) {
        return [left, right, ...split(left), ...split(right)];
      }
    }
    return [];
  };
}

/* vacature <-> vacatures: the other number, where the site has it and its stem is another. */
function otherNumber(form, known) {
  const other = /[aeiou]s$/.test(form)
    ? form.slice(0, -1)
    : /[aeiou]$/.test(form)
      ? `${form}s`
      : '';
  return known.has(other) && stemOf(other) !== stemOf(form) ? [other] : [];
}

const joinedOf = (text) =>
  chunksOf(text)
    .filter((chunk) => /[^-]-+[^-]/.test(chunk))
    .map((chunk) => formsOf(chunk.replaceAll('-', ''))[0])
    .filter(Boolean);

/* ---- Statistics */

/* The nearest power of the square root of two. */
export function roundAverage(average) {
  return average > 0 ? 2 ** (Math.round(2 * Math.log2(average)) / 2) : average;
}

function fill(documents) {
  const builder = new lunr.Builder();
  builder.pipeline.add(lunr.nl.trimmer, lunr.nl.stopWordFilter, lunr.nl.stemmer);
  builder.searchPipeline.add(lunr.nl.trimmer, lunr.nl.stemmer);
  builder.ref('ref');
  for (const [name, boost] of Object.entries(FIELDS)) {
    builder.field(name, { boost });
  }
  documents.forEach((document, ref) => builder.add({ ref, ...document }));
  return builder;
}

/* In how many fields of documents a term is, of those for which `counts`. */
function countPostings(builder, term, counts = () => true) {
  const posting = Object.hasOwn(builder.invertedIndex, term) && builder.invertedIndex[term];
  return posting
    ? sum(Object.keys(FIELDS).map((name) => Object.keys(posting[name]).filter(counts).length))
    : 0;
}

/*
 * Gives the builder's vectors by the contract's statistics: rounded averages, and for a region the
 * nation's averages and the counts of both together.
 */
function build(builder, { averages, documents, postings }) {
  const { idf } = lunr;
  builder.calculateAverageFieldLengths = function () {
    this.averageFieldLength = averages;
  };
  const terms = new Map(
    Object.entries(builder.invertedIndex).map(([term, posting]) => [posting, term]),
  );
  lunr.idf = (posting) => {
    const n = postings(terms.get(posting));
    return Math.log(1 + Math.abs((documents - n + 0.5) / (n + 0.5)));
  };
  try {
    return JSON.parse(JSON.stringify(builder.build()));
  } finally {
    lunr.idf = idf;
  }
}

function averagesOf(builder) {
  lunr.Builder.prototype.calculateAverageFieldLengths.call(builder);
  return Object.fromEntries(
    Object.entries(builder.averageFieldLength).map(([name, average]) => [
      name,
      roundAverage(average || 0),
    ]),
  );
}

/* ---- Files */

/* Consecutive runs of a list, each of at most `most` by the sizes of its items, at least one item. */
function runs(list, most, sizeOf) {
  const all = [];
  let size = Infinity;
  for (const item of list) {
    if (size + sizeOf(item) > most) {
      all.push([]);
      size = 0;
    }
    all.at(-1).push(item);
    size += sizeOf(item);
  }
  return all;
}

/* The part of an index that has these terms. */
function shardOf(index, entries) {
  const numbers = new Set(entries.map(([, posting]) => posting._index));
  return {
    ...index,
    fieldVectors: index.fieldVectors
      .map(([name, vector]) => [
        name,
        vector.flatMap((value, i) =>
          i % 2 === 0 && numbers.has(value) ? [value, vector[i + 1]] : [],
        ),
      ])
      .filter(([, vector]) => vector.length > 0),
    invertedIndex: entries,
  };
}

/* The first of each run, "" for the first of all. */
const starts = (list, nameOf) => list.map((run, i) => (i === 0 ? '' : nameOf(run[0])));

function writeScope(prefix, { pages, types, index, forms, own, shadows }, sizes) {
  const shards = runs(index.invertedIndex, sizes.postings, ([, posting]) =>
    sum(Object.keys(FIELDS).map((name) => Object.keys(posting[name]).length)),
  );
  const words = runs(
    [...forms].sort(([a], [b]) => byUnits(a, b)),
    sizes.words,
    () => 1,
  );
  const documents = runs(pages, sizes.sections, ({ sections }) => sections.length);
  const files = {
    [`${prefix}index.json`]: index,
    [`${prefix}overzicht.json`]: {
      version: VERSION,
      sections: sum(pages.map(({ sections }) => sections.length)),
      types: types.map(([name, label]) => [name, label]),
      pages: pages.map(({ type, sections }) => [
        types.findIndex(([name]) => name === type),
        sections.length,
      ]),
      chunks: documents.map((run) => run.length),
      terms: starts(shards, ([term]) => term),
      words: starts(words, ([form]) => form),
      ...(own && { own, shadows }),
    },
  };
  shards.forEach((run, i) => {
    files[`${prefix}index/${i}.json`] = shardOf(index, run);
  });
  words.forEach((run, i) => {
    files[`${prefix}woorden/${i}.json`] = {
      version: VERSION,
      words: run.map(([form]) => form).join(' '),
      weights: run.map(([, n]) => Math.min(9, Math.floor(Math.log2(Math.max(1, n))))).join(''),
    };
  });
  documents.forEach((run, i) => {
    files[`${prefix}documenten/${i}.json`] = {
      version: VERSION,
      pages: run.map(({ address, title, path = '', fixed, sections }) => ({
        address,
        title,
        path,
        ...(fixed && { fixed }),
        sections,
      })),
    };
  });
  return {
    files,
    manifest: {
      outline: `${prefix}overzicht.json`,
      index: `${prefix}index.json`,
      shards: `${prefix}index/{n}.json`,
      words: `${prefix}woorden/{n}.json`,
      documents: `${prefix}documenten/{n}.json`,
    },
  };
}

/* The documents of pages as lunr takes them, and their surface forms with how often they come. */
function read(pages, split, known) {
  const forms = new Map();
  const documents = pages.flatMap(({ title, sections }) =>
    sections.map(([, heading, text]) => {
      const fields = { title: normalise(heading || title), body: normalise(text) };
      const parts = [];
      for (const of of [heading || title, text]) {
        for (const form of formsOf(of)) {
          forms.set(form, (forms.get(form) ?? 0) + 1);
          parts.push(...split(form), ...otherNumber(form, known));
        }
        parts.push(...joinedOf(of));
      }
      fields.parts = parts.join(' ');
      for (const form of formsOf(fields.parts)) {
        forms.set(form, forms.get(form) ?? 0);
      }
      return fields;
    }),
  );
  return { documents, forms };
}

function formsOfPages(pages) {
  return unique(
    pages.flatMap(({ title, sections }) =>
      sections.flatMap(([, heading, text]) => [...formsOf(heading || title), ...formsOf(text)]),
    ),
  );
}

/*
 * All files of a site, by address. `pages`: [{ address, title, path, type, fixed, sections: [[anchor,
 * title, text]] }]; `glossary`: its terms; `regions`: { slug: { name, pages, shadows } }, whose
 * pages have `variantOf`, the number of a national page, when they are one of it; `types`: [[name,
 * label]]; `split`: the parts of a word; `sizes`: how much goes in a file; `like`: gets, or when it has
 * them gives, the words that compounds are split by and the averages.
 */
export function makeFiles({ pages, glossary, regions = {}, types, split, sizes, like = {} }) {
  const most = { postings: 2000, words: 1000, sections: 40, ...sizes };
  const everyPage = [...pages, ...Object.values(regions).flatMap((region) => region.pages ?? [])];
  const everyForm = (like.forms ??= formsOfPages(everyPage));
  const known = new Set(everyForm);
  const splitWord = split ?? splitByVocabulary(everyForm);
  const kinds =
    types ?? unique(everyPage.map(({ type }) => type)).map((type) => [type, String(type)]);

  const nation = read(pages, splitWord, known);
  const builder = fill(nation.documents);
  const averages = (like.averages ??= averagesOf(builder));
  const national = writeScope(
    'zoek/',
    {
      pages,
      types: kinds,
      forms: nation.forms,
      index: build(builder, {
        averages,
        documents: nation.documents.length,
        postings: (term) => countPostings(builder, term),
      }),
    },
    most,
  );
  const files = { ...national.files };
  const manifest = {
    version: VERSION,
    module: 'assets/search.js',
    national: national.manifest,
    regions: {},
  };

  for (const [slug, { name, pages: ownPages = [], shadows = [] }] of Object.entries(regions)) {
    manifest.regions[slug] = { name };
    if (ownPages.length === 0 && shadows.length === 0) {
      continue;
    }
    const hidden = new Set(shadows.map(String));
    const region = read(ownPages, splitWord, known);
    const own = fill(region.documents);
    const scope = writeScope(
      `regio/${slug}/zoek/`,
      {
        pages: ownPages,
        types: kinds,
        forms: region.forms,
        shadows,
        own: ownPages.map(({ variantOf = -1 }) => variantOf),
        index: build(own, {
          averages,
          documents: nation.documents.length - shadows.length + region.documents.length,
          postings: (term) =>
            countPostings(own, term) + countPostings(builder, term, (ref) => !hidden.has(ref)),
        }),
      },
      most,
    );
    Object.assign(files, scope.files);
    Object.assign(manifest.regions[slug], scope.manifest);
  }
  if (glossary !== undefined) {
    manifest.glossary = 'zoek/begrippen.json';
    files['zoek/begrippen.json'] = { version: 1, terms: glossary };
  }
  files['zoek/zoek.json'] = manifest;
  return new Map(Object.entries(files).map(([name, value]) => [name, JSON.stringify(value)]));
}

/* A fetch over such files that notes what is asked for. */
export function serve(files, base = '', asked = []) {
  return async (address) => {
    if (typeof address !== 'string' || !address.startsWith(base)) {
      throw new TypeError(`not an address of the site: ${String(address)}`);
    }
    const name = address.slice(base.length);
    asked.push(name);
    return files.has(name) ? new Response(files.get(name)) : new Response('', { status: 404 });
  };
}
