/*
 * The search, without a page around it: for a browser, a worker or Node. It reads the files that
 * the site's zoek/zoek.json names, and asks lunr one term at a time: scores of single terms can be
 * compared between indexes, and nothing that a reader types is read as a query language.
 */
import { cutExcerpt } from './excerpt.js';
import { join, readFiles } from './files.js';
import { planQuery, readGlossary } from './plan.js';
import { makeSuggestions } from './suggest.js';
import { makeVocabulary } from './vocabulary.js';

const DEFAULT_LIMIT = 20;

/* In how many fields of documents a term is: lunr's count for its idf. */
function countPostings(index, term) {
  const posting = index.invertedIndex[term];
  return posting === undefined
    ? 0
    : index.fields.reduce((sum, field) => sum + Object.keys(posting[field]).length, 0);
}

function idf(documents, postings) {
  return Math.log(1 + Math.abs((documents - postings + 0.5) / (postings + 0.5)));
}

/*
 * The score of a term in each document that has it: [{ key, scope, ref, score }], where `key` tells
 * documents apart. An index of a few documents takes every word for a common one, so scores are put
 * on the footing of all scopes together.
 */
function findTerm(scopes, term) {
  const counts = scopes.map(({ index }) => countPostings(index, term));
  const documents = scopes.reduce((sum, scope) => sum + scope.documents.sections.length, 0);
  const postings = counts.reduce((sum, count) => sum + count, 0);
  const together = idf(documents, postings);
  return scopes.flatMap((scope, i) => {
    if (counts[i] === 0) {
      return [];
    }
    const factor = together / idf(scope.documents.sections.length, counts[i]);
    return scope.index
      .query((query) => query.term(term, { usePipeline: false }))
      .map(({ ref, score }) => ({
        key: `${i}/${ref}`,
        scope,
        ref: Number(ref),
        score: score * factor,
      }))
      .filter(({ ref }) => !scope.hidden.has(ref));
  });
}

/* Where all terms of a variant are, with the mean of their scores. */
function findVariant(scopes, { terms, weight }) {
  const [first, ...others] = terms.map((term) => findTerm(scopes, term));
  const rest = others.map((hits) => new Map(hits.map(({ key, score }) => [key, score])));
  return first
    .filter(({ key }) => rest.every((scores) => scores.has(key)))
    .map((hit) => {
      const sum = rest.reduce((total, scores) => total + scores.get(hit.key), hit.score);
      return { ...hit, score: (sum * weight) / terms.length };
    });
}

const isCount = (value) => Number.isInteger(value) && value >= 0;

const pageOf = ({ scope, ref }) => scope.documents.pages[scope.documents.sections[ref][0]];

/* What each word is worth in each document that has any: [{ scope, ref, scores }], by word. */
function findWords(scopes, words) {
  const documents = new Map();
  words.forEach(({ variants }, word) => {
    for (const { key, scope, ref, score } of variants.flatMap((variant) =>
      findVariant(scopes, variant),
    )) {
      if (!documents.has(key)) {
        documents.set(key, { scope, ref, scores: new Array(words.length).fill(0) });
      }
      const { scores } = documents.get(key);
      scores[word] = Math.max(scores[word], score);
    }
  });
  return [...documents.values()];
}

/*
 * Documents, best first: each word counts by its best variant, all by the share of words found. A
 * word that a section lacks and its page's introduction has counts half: who asks for the cost of
 * a thing is looking for the section on cost of the page on the thing.
 */
function rank(scopes, words) {
  const found = findWords(scopes, words);
  const introductions = new Map(
    found
      .filter(({ scope, ref }) => scope.documents.sections[ref][1] === '')
      .map((document) => [pageOf(document), document]),
  );
  const order = ({ scope }) => scopes.indexOf(scope);
  return found
    .map((document) => {
      const lent = introductions.get(pageOf(document))?.scores;
      let sum = 0;
      let share = 0;
      document.scores.forEach((score, word) => {
        const borrowed = score > 0 ? 0 : (lent?.[word] ?? 0);
        sum += score + borrowed / 2;
        share += score > 0 ? 1 : borrowed > 0 ? 0.5 : 0;
      });
      return { ...document, score: (sum * share) / words.length };
    })
    .sort((a, b) => b.score - a.score || order(a) - order(b) || a.ref - b.ref);
}

/* The first documents, or the first pages' first documents. */
function choose(ranked, limit, perPage) {
  if (!isCount(perPage)) {
    return ranked.slice(0, limit);
  }
  const pages = new Map();
  return ranked.filter((document) => {
    const page = pageOf(document);
    if (!pages.has(page) && pages.size >= limit) {
      return false;
    }
    const count = pages.get(page) ?? 0;
    pages.set(page, count + 1);
    return count < perPage;
  });
}

/*
 * Opens the search of the site at `baseUrl`, for the national text or for a region's (its slug).
 * `fetch` takes an address as text and resolves to a Response; the platform's own when left out.
 * Rejects with an Error that names the file when one is missing or broken.
 */
export async function openSearch(baseUrl, options) {
  const { region, fetch = (address) => globalThis.fetch(address) } = options ?? {};
  const base = String(baseUrl);
  const slug = region === '' || region === null ? undefined : region;
  const files = await readFiles({ base, fetch }, slug);

  const national = {
    ...files.national,
    hidden: files.shadows,
    region: undefined,
    addressOf: ({ address, fixed }) =>
      slug === undefined || fixed === true ? address : `regio/${slug}/${address}`,
  };
  const own = files.own && {
    ...files.own,
    hidden: new Set(),
    region: slug,
    addressOf: ({ address }) => address,
  };
  /* On a tie the region's text goes first. */
  const scopes = [own, national].filter(Boolean);
  const glossary = readGlossary(files.glossary);
  const vocabulary = makeVocabulary(scopes.map(({ index }) => index));
  const suggestions = makeSuggestions(scopes, files.glossary);

  function place(scope, ref) {
    const [number, anchor, title] = scope.documents.sections[ref];
    const page = scope.documents.pages[number];
    const hash = anchor === '' ? '' : `#${encodeURIComponent(anchor)}`;
    return {
      url: join(base, scope.addressOf(page)) + hash,
      title: title === '' ? page.title : title,
      page: page.title,
      path: page.path ?? '',
      type: page.type ?? '',
      region: scope.region,
    };
  }

  /*
   * What search() gives, and about it: { results, total, pages, also, corrected }. With `perPage`,
   * `limit` is of pages, each with at most so many sections. `total` and `pages` count all that was
   * found, `also` are names from the glossary that were looked for as well, and `corrected` stems
   * that unknown words were taken for.
   */
  async function find(query, findOptions) {
    const { limit, perPage } = findOptions ?? {};
    const plan = planQuery(query, vocabulary, glossary);
    const ranked = rank(scopes, plan.words);
    const terms = new Set(
      plan.words.flatMap(({ variants }) => variants.flatMap((variant) => variant.terms)),
    );
    const results = choose(ranked, isCount(limit) ? limit : DEFAULT_LIMIT, perPage).map(
      async ({ scope, ref, score }) => {
        const { text, marks } = cutExcerpt(await scope.textOf(ref), terms);
        return { ...place(scope, ref), excerpt: text, marks, score };
      },
    );
    return {
      results: await Promise.all(results),
      total: ranked.length,
      pages: new Set(ranked.map(pageOf)).size,
      also: [...plan.also],
      corrected: [...plan.corrected],
    };
  }

  return {
    find,

    /*
     * The sections that a query finds, best first: [{ url, title, page, excerpt, score }], with
     * `marks`, the [start, end] of the matches in the excerpt; `path` and `type` of the page; and
     * `region` when the text is the region's. Any text is a query.
     */
    async search(query, searchOptions) {
      return (await find(query, searchOptions)).results;
    },

    /* Titles and terms that start as the text does, best first: texts to search for. */
    async suggest(text) {
      return suggestions(text);
    },
  };
}
