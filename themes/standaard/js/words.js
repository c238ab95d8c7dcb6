/*
 * Words of a text or a query, as the index has them: normalised by the rules of the generator's
 * search/normalise.c, cut and stemmed by lunr itself.
 */
import lunr from './lunr.js';

const { trimmer, stopWordFilter, stemmer } = lunr.nl;
const stems = new Map();

/* Mostly for excerpts, where the same words come again and again. */
const MOST_STEMS = 20000;

export function normalise(text) {
  return text
    .normalize('NFC')
    .replace(
      /([\p{L}\p{Mn}\p{Mc}\p{Nd}][\u00ad\u200b\u2060]*)['\u2019][sS](?![\p{L}\p{Mn}\p{Mc}\p{Nd}])/gu,
      '$1',
    )
    .replace(/[\u00ad\u200b\u2060]/g, '')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[/\\()[\]{}<>|"\u00ab\u00bb\u2013\u2014\u201c\u201d\u201e\u2022\u2026]/g, ' ');
}

/* A word without its accents, as the stemmer leaves it. */
export function withoutAccents(word) {
  return word.replace(/[áäéëíïóöúü]/g, (letter) => letter.normalize('NFD')[0]);
}

export function stemOf(word) {
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = stemmer(new lunr.Token(word)).toString();
    if (stems.size >= MOST_STEMS) {
      stems.clear();
    }
    stems.set(word, stem);
  }
  return stem;
}

/* The words of a text that are not stop words: [{ word, stem }], the word in lower case. */
export function wordsOf(text) {
  const words = [];
  for (const token of lunr.tokenizer(normalise(text))) {
    if (stopWordFilter(trimmer(token))) {
      const word = token.toString();
      words.push({ word, stem: stemOf(word) });
    }
  }
  return words;
}
