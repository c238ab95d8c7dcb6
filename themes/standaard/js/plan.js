/*
 * From a query to what is looked up: for each of its words the terms that may stand for it, each
 * with a weight. A word is worth its best term, so that words are not drowned by guesses.
 */
import { stemOf, withoutAccents, wordsOf } from './words.js';

/* Weights, measured on Dutch queries. */
const EXACT = 1;
const NUMBER = 0.9; /* singular for plural, or the other way round */
const GLOSSARY = 0.8;
const TYPO = [1, 0.7, 0.5]; /* by distance */
const PREFIX = 0.4;

/* Bounds, so that no query is slow: longer ones are cut. */
const MOST_LETTERS = 1000;
const MOST_WORDS = 24;
const MOST_LETTERS_OF_A_TYPO = 40;
const MOST_TYPOS = 6;
const MOST_TERMS = 12;

function readQuery(query) {
  const seen = new Set();
  return wordsOf(String(query ?? '').slice(0, MOST_LETTERS))
    .filter(({ stem }) => !seen.has(stem) && seen.add(stem))
    .slice(0, MOST_WORDS);
}

/* Names of one entry, as stems; `also` are names that it leads to, but that do not lead to it. */
function readEntry({ term, abbreviations = [], synonyms = [], also = [] }) {
  const stemsOf = (name) => wordsOf(name).map(({ stem }) => stem);
  const named = (name) => ({ name, stems: stemsOf(name) });
  const filled = ({ stems }) => stems.length > 0;
  return {
    names: [term, ...abbreviations, ...synonyms].map(named).filter(filled),
    also: also.map(named).filter(filled),
  };
}

/* The entries of the glossary, by the first stem of each of their names. */
export function readGlossary(entries) {
  const byStem = new Map();
  for (const entry of entries.map(readEntry)) {
    for (const name of entry.names) {
      const known = byStem.get(name.stems[0]) ?? [];
      byStem.set(name.stems[0], [...known, { entry, name }]);
    }
  }
  return byStem;
}

/*
 * The stemmer keeps an s behind a vowel: vacature and vacatures, subsidie and subsidies are two to
 * it, and to the index.
 */
function addNumber(plan) {
  for (const { word, variants } of plan.words) {
    if (/..[aeiou]s$/.test(word)) {
      variants.push({ terms: [stemOf(word.slice(0, -1))], weight: NUMBER });
    } else if (/..[aeiou]$/.test(word)) {
      variants.push({ terms: [stemOf(`${word}s`)], weight: NUMBER });
    }
  }
}

function addFromGlossary(plan, glossary) {
  plan.words.forEach(({ stem }, at) => {
    for (const { entry, name } of glossary.get(stem) ?? []) {
      const span = plan.words.slice(at, at + name.stems.length);
      if (span.length < name.stems.length || span.some((word, i) => word.stem !== name.stems[i])) {
        continue;
      }
      for (const other of [...entry.names, ...entry.also]) {
        if (other === name || other.stems.join(' ') === name.stems.join(' ')) {
          continue;
        }
        plan.also.add(other.name);
        span.forEach(({ variants }) => variants.push({ terms: other.stems, weight: GLOSSARY }));
      }
    }
  });
}

function addGuesses(plan, vocabulary) {
  let typos = 0;
  for (const { word, stem, variants } of plan.words) {
    const start = withoutAccents(word);
    if (start.length > 2) {
      for (const term of vocabulary.startingWith(start, MOST_TERMS)) {
        variants.push({ terms: [term], weight: PREFIX });
      }
    }
    const letters = stem.length;
    if (
      vocabulary.has(stem) ||
      letters < 4 ||
      letters > MOST_LETTERS_OF_A_TYPO ||
      /\d/.test(stem)
    ) {
      continue;
    }
    if (++typos > MOST_TYPOS) {
      continue;
    }
    const near = vocabulary.near(stem, letters < 8 ? 1 : 2, MOST_TERMS);
    for (const term of near.terms.filter((other) => !other.startsWith(start))) {
      plan.corrected.add(term);
      variants.push({ terms: [term], weight: TYPO[near.distance] });
    }
  }
}

/*
 * { words: [{ word, stem, variants: [{ terms, weight }] }], also, corrected }: a variant of several
 * terms counts where all of them are; `also` are names from the glossary, `corrected` stems.
 */
export function planQuery(query, vocabulary, glossary) {
  const plan = { words: readQuery(query), also: new Set(), corrected: new Set() };
  for (const word of plan.words) {
    word.variants = [{ terms: [word.stem], weight: EXACT }];
  }
  addNumber(plan);
  addFromGlossary(plan, glossary);
  addGuesses(plan, vocabulary);
  for (const word of plan.words) {
    word.variants = word.variants.filter(({ terms }) => terms.every(vocabulary.has));
  }
  return plan;
}
