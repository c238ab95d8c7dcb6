/*
 * The search, without a page around it: for a browser, a worker or Node 18 and on. It reads the files
 * that the site's zoek/zoek.json names; of words, index and texts only those that a question needs.
 */
import { join, makeReader, partOf, readFiles } from './files.js';
import { readGlossary } from './glossary.js';
import { makeIndex } from './index.js';
import { makeLexicon } from './lexicon.js';
import { findNearest, planQuery, reachFar } from './plan.js';
import { bestOf, MOST_READ, rank, rankByText } from './rank.js';
import { readText } from './reading.js';
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

/*
 * Opens the search of the site at `baseUrl`, for the national text or for a region's (its slug).
 * `fetch` takes an address as text and resolves to a Response; the platform's own when left out.
 * `whole` reads the index as one file. Rejects with an Error that names the file when one is missing
 * or broken, and so do the functions that it resolves to.
 */
export async function openSearch(baseUrl, options) {
  const { region, fetch = (address) => globalThis.fetch(address), whole } = options ?? {};
  const base = String(baseUrl);
  const slug = region || undefined;
  const inRegion = slug ? `regio/${slug}/` : '';
  const read = makeReader(base, fetch);
  const files = await readFiles(read, slug);
  const index = makeIndex(read, files, whole === true);
  const glossary = readGlossary(files.glossary);
  const lexicon = makeLexicon(read, [files.national, files.own].filter(Boolean), glossary.words);

  const urlOf = (address, stays) => join(base, stays ? address : inRegion + address);

  async function place({ section, score }) {
    const { page, anchor, title, text } = await index.documentOf(section);
    const own = index.isOwn(section);
    const hash = anchor === '' ? '' : `#${encodeURIComponent(anchor)}`;
    const result = {
      url: urlOf(page.address, own || page.fixed === true) + hash,
      title,
      page: page.title,
      path: page.path ?? '',
      type: index.typeOf(section)[0],
      region: own ? slug : undefined,
      ...(page.expired && { expired: true }),
      score,
    };
    return { result, text };
  }

  /*
   * What search() gives, and about it: { results, total, pages, more, also, corrected, unmatched, nearest,
   * meanings, facets, words, skipped }. With `perPage`, `limit` is of pages, each with at most so many
   * sections; `type` and `own` let pass pages of one type, and the region's own texts. `total` and `pages`
   * count all sections and pages that passed, `more` when there are more of a very common word; `also` are
   * names from the glossary that were looked for as well, `corrected` [{ from, to }] what unknown words were
   * taken for, `unmatched` words that nothing matched, `nearest` what to try when nothing was found;
   * `meanings` [{ term, abbreviations, meaning, tool, url }] is what the glossary says of a query that is one of
   * its names, of which some are a tool's; `facets` { types: [{ name, label, count }], own } counts pages. With `explain`, `words` and
   * each result's `explanation` and `factors` say why, and `skipped` are words that are too common to be
   * looked for. A `signal` that is aborted ends it early, by its reason.
   *
   * With `typing` it is for a box that completes: the last word may be unfinished, so where words start with
   * it no other is guessed; nothing is filtered, and it gives { results } alone, without excerpts.
   */
  async function find(query, findOptions) {
    const { limit, perPage, explain, typing, signal } = findOptions ?? {};
    const count = isCount(limit) ? limit : DEFAULT_LIMIT;
    const plan = await planQuery(query, { lexicon, glossary, typing });
    signal?.throwIfAborted();
    let ranked = await rank(index, plan.units);
    if (!ranked.scores.some((score) => score > 0)) {
      await reachFar(plan);
      ranked = await rank(index, plan.units);
    }
    signal?.throwIfAborted();
    const found = [...ranked.scores.keys()].filter((section) => ranked.scores[section] > 0);
    const page = typing || (await partOf(import('./search-found.js')));
    const { passed, facets } = typing ? { passed: found } : page.filter(index, found, findOptions ?? {});
    const choose = async (most) => {
      const best = bestOf(index, ranked.scores, passed, Math.max(most, MOST_READ));
      const sections = await rankByText(index, ranked, best, plan);
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
    const placed = await Promise.all(chosen.flat().map(place));
    if (typing) {
      return { results: placed.map(({ result }) => result) };
    }
    const nearest = found.length > 0 ? [] : await findNearest(plan);
    const about = { plan, ranked, index, glossary, urlOf, readText, chosen: chosen.flat(), placed };
    return { ...(await page.describe({ ...about, passed, explain })), facets, nearest };
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
