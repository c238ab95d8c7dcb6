/*
 * Words of a text or a query, as the index has them: normalised by the rules of the generator's
 * search/normalise.c, and cut, trimmed and stemmed as lunr does it.
 */
import { isStopWord, stem, trim } from './dutch.js';

const MOST_KEPT = 50000;

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

/* The same words come again and again, in texts most of all. */
export function remember(make, most = MOST_KEPT) {
  const known = new Map();
  return (word) => {
    let value = known.get(word);
    if (value === undefined) {
      value = make(word);
      if (known.size >= most) {
        known.clear();
      }
      known.set(word, value);
    }
    return value;
  };
}

export const stemOf = remember(stem);

/*
 * What the inflections of a word share, beyond the stemmer: plurals on a vowel and s, verbs on t,
 * nouns on -ing and -je, f and s for v and z. Only good to compare words of the site with one another.
 */
export const rootOf = remember((word) => {
  let root = stemOf(word.replace(/(...)(?:[tp]|et)?jes?$/, '$1'));
  /* plaatsen, plaats: the stemmer takes off an s only where nothing else is. */
  root = root.endsWith('s') ? stemOf(root) : root;
  if (/..[aeiou]s$/.test(root)) {
    root = stemOf(root.slice(0, -1));
  }
  root = root.replace(/(..)ing$/, (end, rest) => (/[aeiouy]/.test(root.slice(0, -3)) ? rest : end));
  if (/[aeiouy].*[^aeiou]t$/.test(root)) {
    root = stemOf(root.slice(0, -1));
  }
  return root
    .replace(/([b-df-hj-np-tv-z])\1$/, '$1')
    .replace(/[fs]$/, (end) => (end === 'f' ? 'v' : 'z'));
});

/*
 * The words of a text: [{ word, stem, stop, glued }], the word in lower case, `stop` for a stop word,
 * `glued` when a hyphen ties it to the one before.
 */
export function tokensOf(text) {
  const tokens = [];
  for (const piece of normalise(text).toLowerCase().split(/\s+/)) {
    let glued = false;
    for (const part of piece.split('-')) {
      const word = trim(part);
      if (word !== '') {
        tokens.push({ word, stem: stemOf(word), stop: isStopWord(word), glued });
        glued = true;
      }
    }
  }
  return tokens;
}
