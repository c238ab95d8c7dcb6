/*
 * What the search page says of what was found: filters, counts, excerpts, and what was done with the
 * words. A script of its own, for a box that completes does without.
 */
import { cutExcerpt, findMatches, makeMatcher } from './excerpt.js';

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
export function filter(index, found, { type, own }) {
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

/* The glossary's entries for a query that is a name, apart from stop words around it. */
function explainName(glossary, tokens) {
  const spans = glossary.find(tokens);
  const { from, to, entries } = spans[0] ?? {};
  const alone = tokens.every(({ stop }, i) => stop || (i >= from && i < to));
  return spans.length > 0 && alone ? entries.map(({ given }) => given) : [];
}

/*
 * What find() of search.js gives, but for facets and nearest. `chosen` are [{ section, … }], and `placed` what
 * they are to a reader, { result, text }.
 */
export async function describe({ plan, ranked, index, glossary, urlOf, readText, ...found }) {
  const { chosen, placed, passed, explain } = found;
  const { words, postings } = ranked;
  const why = explain ? await import('./search-why.js') : undefined;
  const weights = weigh(words);
  const matcher = makeMatcher(new Set(weights.keys()));
  return {
    results: placed.map(({ result, text }, i) => {
      const { text: excerpt, marks } = cutExcerpt(text, findMatches(readText(text), matcher), weights);
      return { ...result, excerpt, marks, ...why?.explainResult(index, chosen[i], ranked) };
    }),
    total: passed.length,
    more: [...postings.values()].some((list) => list?.isPart === true),
    pages: pagesOf(index, passed).length,
    also: [...new Set(plan.units.flatMap((unit) => unit.also))],
    corrected: plan.units.flatMap(({ corrected }) => corrected),
    unmatched: words.filter(({ variants }) => !variants.length).map(({ unit }) => unit.word),
    meanings: explainName(glossary, plan.tokens).map(
      ({ term, abbreviations, meaning, tool, address = '' }) => ({
        term,
        abbreviations,
        meaning,
        tool,
        url: urlOf(address),
      }),
    ),
    ...why?.explainWords(plan, ranked),
  };
}
