/*
 * Texts as a question sees them: where its words stand, and how near to one another.
 */
import { remember, stemOf, tokensOf } from './words.js';

const WORD = /[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'\u2019\u00ad\u200b.-]*/gu;
const MOST_TEXTS = 2000;

/* Of a word with its hyphens: the stems of its parts, and that of all as one. */
const stemsOf = remember((written) => {
  const tokens = tokensOf(written);
  const stems = tokens.map(({ stem }) => stem);
  return tokens.length > 1 ? [...stems, stemOf(tokens.map(({ word }) => word).join(''))] : stems;
});

/* The words of a text: [{ start, end, stems }]; kept, for the same texts come again while typing. */
export const readText = remember(
  (text) =>
    Array.from(text.matchAll(WORD), ({ 0: written, index }) => ({
      start: index,
      end: index + written.replace(/[^\p{L}\p{M}\p{N}]+$/u, '').length,
      stems: stemsOf(written),
    })),
  MOST_TEXTS,
);

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
