/*
 * Completion: titles of pages and sections, and the glossary's terms, of which words start as the
 * words typed do.
 */
import { normalise } from './words.js';

const MOST = 8;
const MOST_LETTERS = 200;

/* Letters only matter here: no accents, no case. */
function fold(text) {
  return normalise(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

const partsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

function titlesOf({ documents, hidden }) {
  return documents.sections.flatMap(([page, , title], number) =>
    hidden.has(number) ? [] : [title === '' ? documents.pages[page].title : title],
  );
}

export function makeSuggestions(scopes, glossary) {
  const names = glossary.flatMap(({ term, abbreviations = [], synonyms = [] }) => [
    term,
    ...abbreviations,
    ...synonyms,
  ]);
  let known;

  /* Made at the first use: not every reader types slowly. */
  function all() {
    known ??= [...new Set([...names, ...scopes.flatMap(titlesOf)])].map((text) => ({
      text,
      folded: fold(text),
      parts: partsOf(text),
    }));
    return known;
  }

  return (typed) => {
    const text = String(typed ?? '').slice(0, MOST_LETTERS);
    const wanted = partsOf(text);
    if (wanted.length === 0) {
      return [];
    }
    const start = fold(text).trim();
    return all()
      .filter(({ parts }) => wanted.every((part) => parts.some((other) => other.startsWith(part))))
      .map((entry, order) => ({ ...entry, order, starts: entry.folded.startsWith(start) }))
      .sort((a, b) => b.starts - a.starts || a.order - b.order)
      .slice(0, MOST)
      .map((entry) => entry.text);
  };
}
