/*
 * What a word may stand for that neither the site nor the glossary has: the two words that it is made of,
 * words that are a slip of the finger away, or that start or end as it does. A script of its own, which
 * most questions do without; what it needs of plan.js is in the plan.
 */
import { LAST } from './lexicon.js';

const EXACT = 1;
const MEANING = 0.35; /* an entry that only explains itself with the word */
const SPLIT = 0.7; /* all parts of the word */
const HALF = 0.3; /* one of them */
const TYPO = [1, 0.8, 0.6, 0.4]; /* by distance */
const AFFIX = 0.4;

const MOST_NEAREST = 6;
const MOST_GUESSES = 4;
const LEAST_PART = 3; /* letters */
const LEAST_SPLIT = 8;
const LINKS = ['', 's', 'en', 'e'];

/* A lexicon of more files is not loaded as a whole to look for slips. */
const FEW_FILES = 8;

/* A bit for each letter that a word has: words far apart in letters are far apart. */
function maskOf(word) {
  let mask = 0;
  for (let i = 0; i < word.length; i++) {
    mask |= 1 << (word.charCodeAt(i) & 31);
  }
  return mask;
}

function countBits(mask) {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    count++;
  }
  return count;
}

/* How many letters added, dropped, changed or swapped two words are apart; more than `most` is all one. */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) {
    return most + 1;
  }
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(changed, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) {
      return most + 1;
    }
    before = last;
    last = row;
  }
  return last[b.length];
}

/* Of many files only those with the same first letter, or with the first two swapped or one too many. */
async function filesNear({ scopes, filesWith }, word) {
  if (scopes.every(({ outline }) => outline.words.length <= FEW_FILES)) {
    return filesWith('', LAST);
  }
  const starts = [word[0], word[1] + word[0], word.slice(1, 3)];
  const files = await Promise.all(starts.map((start) => filesWith(start, start + LAST)));
  return new Set(files.flat());
}

/* The nearest words within reach, all equally near: { distance, words: [{ word, weight }] }. */
async function findNear(lexicon, word, reach) {
  const mask = maskOf(word);
  let nearest = reach;
  let words = new Map();
  for (const file of [...(await filesNear(lexicon, word)), lexicon.others]) {
    file.masks ??= Int32Array.from(file.forms, maskOf);
    for (let i = 0; i < file.forms.length; i++) {
      const form = file.forms[i];
      if (
        Math.abs(form.length - word.length) > nearest ||
        countBits(file.masks[i] ^ mask) > 2 * nearest
      ) {
        continue;
      }
      const apart = distance(word, form, nearest);
      if (apart < nearest) {
        nearest = apart;
        words = new Map();
      }
      if (apart === nearest) {
        words.set(form, Math.max(words.get(form) ?? 0, Number(file.weights[i])));
      }
    }
  }
  return {
    distance: nearest,
    words: [...words]
      .map(([form, weight]) => ({ word: form, weight }))
      .sort(
        (a, b) =>
          (b.word[0] === word[0]) - (a.word[0] === word[0]) ||
          b.weight - a.weight ||
          (a.word < b.word ? -1 : 1),
      ),
  };
}

/*
 * The two words that one is made of, the last as long as can be. With a hyphen between them the first
 * may be a stop word: zijinstroom.
 */
async function splitWord({ lexicon, tokensOf }, word, hyphen) {
  for (let at = LEAST_PART; at <= word.length - LEAST_PART; at++) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    for (const link of word.length < LEAST_SPLIT ? [] : LINKS) {
      const first = left.slice(0, at - link.length);
      if (
        left.endsWith(link) &&
        first.length >= LEAST_PART &&
        ((hyphen && tokensOf(first)[0]?.stop) || (await lexicon.weightOf(first)) !== undefined) &&
        (await lexicon.formsOf(right)).length > 0
      ) {
        return [first, right];
      }
    }
  }
  return [];
}

/* The stems of the parts of a word that the site has within others only. */
export async function findParts(plan, word) {
  const parts = await splitWord(plan, word, true);
  return plan.tokensOf(parts.join(' ')).filter(({ stop }) => !stop).map(({ stem }) => stem);
}

/* The names of entries of the glossary that a word is a name of. */
const addNamed = (plan, unit, word, share) =>
  plan.addEntries(plan, unit, plan.glossary.entriesOf(plan.tokensOf(word)), word, share);

async function addSplit(plan, unit) {
  const { add, stemOf } = plan;
  const parts = await splitWord(plan, unit.word);
  add(unit, 'split', parts.map(stemOf), SPLIT);
  for (const part of parts) {
    add(unit, 'split', [stemOf(part)], HALF);
    await addNamed(plan, unit, part, HALF);
  }
  return parts.length > 0;
}

async function addTypos(plan, unit, reach) {
  const { add, stemOf } = plan;
  const { distance, words } = await findNear(plan.lexicon, unit.word, reach);
  for (const { word } of words.slice(0, MOST_GUESSES)) {
    /* Accents are nothing to the stemmer: coordinator is no slip. */
    if (stemOf(word) === stemOf(unit.word)) {
      return add(unit, 'exact', [stemOf(word)], EXACT);
    }
    const weight = TYPO[distance];
    add(unit, 'typo', [stemOf(word)], weight);
    await plan.addForms(plan, unit, word, 'typo', weight);
    await addNamed(plan, unit, word, weight);
  }
  if (words.length > 0) {
    unit.corrected.push({ from: unit.word, to: words[0].word });
  }
  return words.length > 0;
}

/* Words of the lexicon as what a word may be, the most used ones. */
function addAffixes({ add, stemOf }, unit, words) {
  words
    .slice(0, MOST_GUESSES)
    .forEach(({ word }) => add(unit, 'affix', [stemOf(word)], AFFIX));
}

/* The words that start as one does, as far as any do, but for `least` letters. */
async function findAlike({ lexicon, byUse }, word, least) {
  for (let n = word.length - 1; n >= least; n--) {
    const found = await lexicon.startingWith(word.slice(0, n));
    if (found.length > 0) {
      return found.sort(byUse);
    }
  }
  return [];
}

/* Words that it ends with, and those that start as it does, as far as any do. */
async function addEnds(plan, unit) {
  const { word } = unit;
  for (let n = word.length - 1; n > LEAST_PART; n--) {
    const end = word.slice(-n);
    if ((await plan.lexicon.weightOf(end)) !== undefined) {
      addAffixes(plan, unit, [{ word: end }]);
      break;
    }
  }
  const least = Math.max(LEAST_PART + 1, word.length / 2);
  addAffixes(plan, unit, await findAlike(plan, word, least));
}

/* Names that are only explained with the word. */
async function addExplained(plan, unit) {
  const stem = plan.stemOf(unit.word);
  const entries = plan.glossary.entries.filter(({ given: { meaning = '' } }) =>
    plan.tokensOf(meaning).some((token) => token.stem === stem),
  );
  await plan.addEntries(plan, unit, entries, unit.word, MEANING);
}

const reachOf = (length) => (length < 4 ? 0 : length < 8 ? 1 : 2);

/* Adds to a unit what its word, which is unknown, may stand for. */
export async function addGuesses(plan, unit) {
  const { word, isNamed } = unit;
  const isSplit = await addSplit(plan, unit);
  if (/\d/.test(word)) {
    return;
  }
  const reach = isSplit ? 1 : reachOf(word.length);
  const isTypo = !isNamed && (await addTypos(plan, unit, reach));
  if (!isSplit && !isTypo) {
    await addExplained(plan, unit);
    await addEnds(plan, unit);
  }
}

/* For a query that finds nothing: words further from what was meant, or that start as one for three letters. */
export async function reachFar(plan, unit) {
  const { length } = unit.word;
  if (length > 4 && (await addTypos(plan, unit, reachOf(length) + 1))) {
    return;
  }
  const found = await findAlike(plan, unit.word, LEAST_PART);
  addAffixes(plan, unit, found);
  if (found.length > 0) {
    unit.corrected.push({ from: unit.word, to: found[0].word });
  }
}

/* Names and words that start as those of a query do: what to try when nothing is found. */
export async function findNearest({ tokens, lexicon, glossary, byUse }) {
  const nearest = [];
  for (const { word } of tokens.filter(({ stop }) => !stop)) {
    for (let n = Math.min(word.length, 8); n > 0 && nearest.length < MOST_NEAREST; n--) {
      const start = word.slice(0, n);
      const names = glossary.names.filter((name) => name.toLowerCase().startsWith(start));
      const words = (await lexicon.startingWith(start))
        .filter((form) => form.word.length >= LEAST_PART)
        .sort(byUse);
      nearest.push(...names, ...words.slice(0, MOST_NEAREST).map((form) => form.word));
    }
  }
  return [...new Set(nearest)].slice(0, MOST_NEAREST);
}
