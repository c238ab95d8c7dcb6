/*
 * Completion: names from the glossary, titles, and words of the site that start as what is typed does.
 */
import { FIELDS } from './index.js';
import { byUse } from './plan.js';
import { normalise, stemOf, tokensOf } from './words.js';

const MOST = 8;
const MOST_LETTERS = 200;
const MOST_FORMS = 12;

/* Letters only matter here: no accents, no case. */
const fold = (text) => normalise(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const partsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/* Sections with each of the terms, of the last any, in their titles: the best few. */
async function findTitled(index, terms, lasts) {
  const scores = new Map();
  for (const [at, group] of [...terms.map((term) => [term]), lasts].entries()) {
    for (const postings of await Promise.all(group.map((term) => index.postingsOf(term, true)))) {
      postings?.sections.forEach((section, i) => {
        const value = postings.values[i * FIELDS];
        const [count, score] = scores.get(section) ?? [0, 0];
        if (value > 0 && count >= at) {
          scores.set(section, [at + 1, score + value]);
        }
      });
    }
  }
  return [...scores]
    .filter(([, [count]]) => count > terms.length)
    .sort((a, b) => b[1][1] - a[1][1] || a[0] - b[0])
    .slice(0, 2 * MOST)
    .map(([section]) => section);
}

export async function suggest(typed, { index, lexicon, names }) {
  const text = String(typed ?? '').slice(0, MOST_LETTERS);
  const wanted = partsOf(text);
  const start = fold(text).trim();
  const fits = (name) => {
    const parts = partsOf(name);
    return wanted.every((part) => parts.some((other) => other.startsWith(part)));
  };
  if (wanted.length === 0) {
    return [];
  }
  const tokens = tokensOf(text);
  const last = tokens.pop()?.word ?? '';
  const forms = last.length < 2 ? [] : (await lexicon.startingWith(last)).sort(byUse);
  const stems = forms.slice(0, MOST_FORMS).map(({ word }) => stemOf(word));
  const terms = tokens.filter(({ stop }) => !stop).map(({ stem }) => stem);
  const sections = await findTitled(index, terms, [...new Set(stems)]);
  const titles = await Promise.all(
    sections.map(async (section) => (await index.documentOf(section)).title),
  );
  const found = [...names, ...titles]
    .filter(fits)
    .sort((a, b) => fold(b).startsWith(start) - fold(a).startsWith(start));
  const completed =
    tokens.length > 0 ? [] : forms.filter(({ weight }) => weight > 0).map(({ word }) => word);
  const unique = new Map();
  for (const name of [...found, ...completed]) {
    const key = fold(name);
    unique.set(key, unique.get(key) ?? name);
  }
  return [...unique.values()].slice(0, MOST);
}
