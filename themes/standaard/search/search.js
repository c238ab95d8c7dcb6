/*
 * The search, without a page around it: for a browser, a worker or Node 18 and on. It reads the files
 * that the site's zoek/zoek.json names; of words, index and texts only those that a question needs.
 */
import { cutExcerpt } from './excerpt.js';
import { explainResult, explainWords } from './explain.js';
import { join, makeReader, readFiles } from './files.js';
import { readGlossary } from './glossary.js';
import { makeIndex } from './index.js';
import { makeLexicon } from './lexicon.js';
import { findNearest, planQuery, reachFar } from './plan.js';
import { bestOf, MOST_READ, rank, rankByText } from './rank.js';
import { findMatches, makeMatcher } from './reading.js';
import { suggest } from './suggest.js';

const DEFAULT_LIMIT = 10;
const SECTIONS_OF_A_PAGE = 30; /* that are sorted at first, for each page that is wanted */
const isCount = (value) => Number.isInteger(value) && value >= 0;

/* The first sections of each of the first pages, those of a page together. */
function byPage(index, sections, limit, perPage) {
  const pages = new Map();
  for (const found of sections) {
    const page = index.pageOf[found.section];
    if (!pages.has(page) && pages.size < limit) {
      pages.set(page, []);
    }
    if (pages.get(page)?.length < perPage) {
      pages.get(page).push(found);
    }
  }
  return [...pages.values()];
}

/* The pages that sections are of, each once. */
function pagesOf(index, sections) {
  const seen = new Uint8Array(index.types.length);
  const pages = [];
  for (const section of sections) {
    const page = index.pageOf[section];
    if (seen[page] === 0) {
      seen[page] = 1;
      pages.push(page);
    }
  }
  return pages;
}

/*
 * Found sections that pass the filters, and how many pages there are for each value of a filter when the
 * other one is on: a filter on offer never leads to nothing.
 */
function filter(index, scores, { type, own }) {
  const found = [...scores.keys()].filter((section) => scores[section] > 0);
  const ofType = (sections) =>
    type === undefined ? sections : sections.filter((section) => index.typeOf(section)[0] === type);
  const ofRegion = (sections) => sections.filter(index.isOwn);
  const shown = own === true ? ofRegion(found) : found;
  const types = new Map();
  for (const page of pagesOf(index, shown)) {
    const [name, label] = index.types[page];
    types.set(name, { name, label, count: (types.get(name)?.count ?? 0) + 1 });
  }
  return {
    isFound: found.length > 0,
    passed: ofType(shown),
    facets: {
      types: [...types.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
      own: pagesOf(index, ofType(ofRegion(found))).length,
    },
  };
}

/* How much each term says of the question: Map { term → weight }. */
function weigh(words) {
  const weights = new Map();
  for (const { terms, weight } of words.flatMap(({ variants }) => variants)) {
    for (const term of terms) {
      weights.set(term, Math.max(weights.get(term) ?? 0, weight / terms.length));
    }
  }
  return weights;
}

/*
 * Opens the search of the site at `baseUrl`, for the national text or for a region's (its slug).
 * `fetch` takes an address as text and resolves to a Response; the platform's own when left out.
 * `whole` reads the index as one file. Rejects with an Error that names the file when one is missing
 * or broken, and so do the functions that it resolves to.
 */
export async function openSearch(baseUrl, options) {
  const { region, fetch = (address) => globalThis.fetch(address), whole } = options ?? {};
  const base = String(baseUrl);
  const slug = region === '' || region === null ? undefined : region;
  const inRegion = slug === undefined ? '' : `regio/${slug}/`;
  const read = makeReader(base, fetch);
  const files = await readFiles(read, slug);
  const index = makeIndex(read, files, whole === true);
  const glossary = readGlossary(files.glossary);
  const lexicon = makeLexicon(read, [files.national, files.own].filter(Boolean), glossary.words);

  async function place({ section, score }, matcher, weights) {
    const { page, anchor, title, text } = await index.documentOf(section);
    const own = index.isOwn(section);
    const stays = slug === undefined || own || page.fixed === true;
    const hash = anchor === '' ? '' : `#${encodeURIComponent(anchor)}`;
    const { text: excerpt, marks } = cutExcerpt(text, findMatches(text, matcher), weights);
    return {
      url: join(base, stays ? page.address : inRegion + page.address) + hash,
      title,
      page: page.title,
      path: page.path ?? '',
      type: index.typeOf(section)[0],
      region: own ? slug : undefined,
      ...(page.expired && { expired: true }),
      excerpt,
      marks,
      score,
    };
  }

  /*
   * What search() gives, and about it: { results, total, pages, more, also, corrected, unmatched, nearest,
   * meanings, facets, words, skipped }. With `perPage`, `limit` is of pages, each with at most so many
   * sections; `type` and `own` let pass pages of one type, and the region's own texts. `total` and `pages`
   * count all sections and pages that passed, `more` when there are more of a very common word; `also` are names from the glossary that were looked for as
   * well, `corrected` [{ from, to }] what unknown words were taken for, `unmatched` words that nothing
   * matched, `nearest` what to try when nothing was found; `meanings` [{ term, abbreviations, meaning,
   * url }] is what the glossary says of a query that is one of its names; `facets` { types: [{ name,
   * label, count }], own } counts pages. With `explain`, `words` and each result's `explanation` and
   * `factors` say why, and `skipped` are words that are too common to be looked for. A `signal` that is
   * aborted ends it early, by its reason.
   */
  async function find(query, findOptions) {
    const { limit, perPage, explain, signal } = findOptions ?? {};
    const count = isCount(limit) ? limit : DEFAULT_LIMIT;
    const plan = await planQuery(query, lexicon, glossary);
    signal?.throwIfAborted();
    let ranked = await rank(index, plan.units);
    if (!ranked.scores.some((score) => score > 0)) {
      await reachFar(plan);
      ranked = await rank(index, plan.units);
    }
    signal?.throwIfAborted();
    const { isFound, passed, facets } = filter(index, ranked.scores, findOptions ?? {});
    const choose = async (most) => {
      const best = bestOf(index, ranked.scores, passed, Math.max(most, MOST_READ));
      const sections = await rankByText(index, ranked, best, plan.tokens);
      return isCount(perPage)
        ? byPage(index, sections, count, perPage)
        : sections.slice(0, count).map((section) => [section]);
    };
    /* Sorting all that a common word finds takes longer than the rest; a few pages may have most of it. */
    let chosen = await choose(count * SECTIONS_OF_A_PAGE);
    if (chosen.length < count) {
      chosen = await choose(passed.length);
    }
    signal?.throwIfAborted();
    const weights = weigh(ranked.words);
    const matcher = makeMatcher(new Set(weights.keys()));
    const results = chosen.flat().map(async (found) => ({
      ...(await place(found, matcher, weights)),
      ...(explain && explainResult(index, found, ranked)),
    }));
    return {
      results: await Promise.all(results),
      total: passed.length,
      more: [...ranked.postings.values()].some((list) => list?.isPart === true),
      pages: pagesOf(index, passed).length,
      also: [...new Set(plan.units.flatMap((unit) => unit.also))],
      corrected: plan.units.flatMap(({ corrected }) => corrected),
      unmatched: ranked.words
        .filter(({ variants }) => !variants.length)
        .map(({ unit }) => unit.word),
      nearest: isFound ? [] : await findNearest(plan),
      meanings: glossary.explain(plan.tokens).map(({ term, abbreviations, meaning, address }) => ({
        term,
        abbreviations,
        meaning,
        url: join(base, inRegion + (address ?? '')),
      })),
      facets,
      ...(explain && {
        words: explainWords(plan.units, ranked),
        skipped: plan.tokens
          .filter((token) => token.stop && !plan.units.some(({ tokens }) => tokens.includes(token)))
          .map(({ word }) => word),
      }),
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

    /* Names, titles and words that start as the text does, best first: texts to search for. */
    suggest: (text) => suggest(text, { index, lexicon, names: glossary.names }),
  };
}
