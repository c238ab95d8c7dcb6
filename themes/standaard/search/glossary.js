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
  const read = (name) => ({ name, tokens: tokensOf(name) });
  const filled = ({ tokens }) => tokens.some(({ stop }) => !stop);
  const all = [];
  for (const given of entries) {
    const { term, abbreviations = [], synonyms = [], also = [] } = given;
    const called = [term, ...abbreviations, ...synonyms];
    names.push(...called);
    const own = called.map(read).filter(filled);
    /* A tool is known by its names, but no text is looked for by them. */
    const entry = { given, names: given.tool ? [] : own, also: also.map(read).filter(filled) };
    for (const { tokens } of own) {
      for (const key of keysOf(tokens)) {
        byKey.set(key, [...(byKey.get(key) ?? []), entry]);
      }
      tokens.filter(({ stop }) => !stop).forEach(({ word }) => words.add(word));
    }
    all.push(entry);
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
    entries: all,
    names,

    /* All words of names. */
    words: [...words].sort(),

    has: (word) => byKey.has(rootOf(word)),

    entriesOf,

    /* The longest names in a list of tokens: [{ from, to, entries }]. */
    find,
  };
}
