/*
 * Texts as a question sees them: where its words stand, and how near to one another.
 */
import { remember, stemOf, tokensOf } from './words.js';

const WORD = /[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'\u2019\u00ad\u200b.-]*/gu;
const MOST_TEXTS = 2000;
const REACH = 8; /* words between two that still have to do with one another */
const LEAST_PART = 4; /* letters of a term that is looked for within words */

/* Of a word with its hyphens: the stems of its parts, and that of all as one. */
const stemsOf = remember((written) => {
  const tokens = tokensOf(written);
  const stems = tokens.map(({ stem }) => stem);
  return tokens.length > 1 ? [...stems, stemOf(tokens.map(({ word }) => word).join(''))] : stems;
});

/* The words of a text: [{ start, end, stems }]; kept, for the same texts come again while typing. */
const texts = new Map();

function readText(text) {
  let words = texts.get(text);
  if (words === undefined) {
    words = Array.from(text.matchAll(WORD), ({ 0: written, index }) => ({
      start: index,
      end: index + written.replace(/[^\p{L}\p{M}\p{N}]+$/u, '').length,
      stems: stemsOf(written),
    }));
    if (texts.size >= MOST_TEXTS) {
      texts.clear();
    }
    texts.set(text, words);
  }
  return words;
}

/* Which of some terms a stem is, or, as a compound, starts or ends with; undefined when none. */
export function makeMatcher(terms) {
  const long = [...terms].filter((term) => term.length >= LEAST_PART);
  const known = new Map();
  return (stem) => {
    if (!known.has(stem)) {
      known.set(
        stem,
        terms.has(stem) ? stem : long.find((term) => stem.startsWith(term) || stem.endsWith(term)),
      );
    }
    return known.get(stem);
  };
}

/* Where words that match stand in a text: [{ start, end, term }]. */
export function findMatches(text, matcher) {
  const matches = [];
  for (const { start, end, stems } of readText(text)) {
    for (let i = 0; i < stems.length; i++) {
      const term = matcher(stems[i]);
      if (term !== undefined) {
        matches.push({ start, end, term });
        break;
      }
    }
  }
  return matches;
}

/*
 * How well the words of a query stand together in a text, from 0 to 1: the mean over its pairs of
 * neighbours of how near they come to the distance that they have in the query. `places` are those of its
 * words in the query, `unitOf` a map from a term to the numbers of its words.
 */
export function closeness(text, places, unitOf) {
  if (places.length < 2) {
    return 0;
  }
  const last = new Array(places.length).fill(-Infinity);
  const best = new Array(places.length).fill(0);
  const see = (pair, apart) => {
    const wanted = places[pair] - places[pair - 1];
    const off = apart > 0 ? Math.abs(apart - wanted) : wanted - apart;
    if (off <= REACH) {
      best[pair] = Math.max(best[pair], 1 / (1 + off));
    }
  };
  readText(text).forEach(({ stems }, at) => {
    if (!stems.some((stem) => unitOf.has(stem))) {
      return;
    }
    const units = new Set(stems.flatMap((stem) => unitOf.get(stem) ?? []));
    for (const unit of units) {
      last[unit] = at;
    }
    for (const unit of units) {
      if (unit > 0 && !units.has(unit - 1)) {
        see(unit, at - last[unit - 1]);
      }
      if (unit + 1 < places.length && !units.has(unit + 1)) {
        see(unit + 1, last[unit + 1] - at);
      }
    }
    for (const unit of units) {
      if (units.has(unit - 1)) {
        best[unit] = 1; /* a compound of both */
      }
    }
  });
  return best.reduce((sum, value) => sum + value, 0) / (places.length - 1);
}

/* The share of a title's words that the query has, and which of the query's words those are. */
export function readTitle(title, unitOf) {
  const tokens = tokensOf(title).filter(({ stop }) => !stop);
  const found = new Set();
  let hits = 0;
  for (const { stem } of tokens) {
    const units = unitOf.get(stem) ?? [];
    units.forEach((unit) => found.add(unit));
    hits += units.length > 0 ? 1 : 0;
  }
  return { share: tokens.length === 0 ? 0 : hits / tokens.length, found };
}
