/*
 * The glossary: which names stand in a query, and what stands for them.
 */
import { rootOf, tokensOf } from './words.js';

const MOST_WORDS = 6; /* of a name */

const squeeze = (words) => rootOf(words.join(''));
const spell = (words) => words.map(rootOf).join(' ');

/*
 * Names are told apart by their words, and found written as one, too: werkgevers-servicepunt. Stop
 * words count, for zij-instroom is not instroom, but may be left out of a name with enough others.
 */
function keysOf(tokens) {
  const all = tokens.map(({ word }) => word);
  const content = tokens.filter(({ stop }) => !stop).map(({ word }) => word);
  return new Set([squeeze(all), spell(all), ...(content.length > 1 ? [spell(content)] : [])]);
}

export function readGlossary(entries) {
  const byKey = new Map();
  const names = [];
  const words = new Set();
  const meanings = [];
  for (const given of entries) {
    const { term, abbreviations = [], synonyms = [], also = [], meaning = '' } = given;
    const read = (name) => ({ name, tokens: tokensOf(name) });
    names.push(term, ...abbreviations, ...synonyms);
    const filled = ({ tokens }) => tokens.some(({ stop }) => !stop);
    const entry = {
      given,
      names: [term, ...abbreviations, ...synonyms].map(read).filter(filled),
      also: also.map(read).filter(filled),
    };
    for (const { tokens } of entry.names) {
      for (const key of keysOf(tokens)) {
        byKey.set(key, [...(byKey.get(key) ?? []), entry]);
      }
      tokens.filter(({ stop }) => !stop).forEach(({ word }) => words.add(word));
    }
    meanings.push({ entry, stems: new Set(tokensOf(meaning).map(({ stem }) => stem)) });
  }

  const entriesOf = (span) => [
    ...new Set([...keysOf(span)].flatMap((key) => byKey.get(key) ?? [])),
  ];

  const find = (tokens) => {
    const found = [];
    for (let from = 0; from < tokens.length; from++) {
      for (let to = Math.min(tokens.length, from + MOST_WORDS); to > from; to--) {
        const span = tokens.slice(from, to);
        const entries = span[0].stop && to - from === 1 ? [] : entriesOf(span);
        if (entries.length > 0) {
          found.push({ from, to, entries });
          from = to - 1;
          break;
        }
      }
    }
    return found;
  };

  return {
    names,

    /* All words of names. */
    words: [...words].sort(),

    has: (word) => byKey.has(rootOf(word)),

    entriesOf,

    /* Entries that are explained with this stem: a last resort for a word that is not on the site. */
    explainedWith: (stem) =>
      meanings.filter(({ stems }) => stems.has(stem)).map(({ entry }) => entry),

    /* The longest names in a list of tokens: [{ from, to, entries }]. */
    find,

    /* The file's entries for a query that is a name, apart from stop words around it. */
    explain(tokens) {
      const spans = find(tokens);
      const { from, to, entries } = spans[0] ?? {};
      const alone = tokens.every(({ stop }, i) => stop || (i >= from && i < to));
      return spans.length > 0 && alone ? entries.map(({ given }) => given) : [];
    },
  };
}
