/*
 * The words of the site as they are written, from the files that a question needs: which there are,
 * which start with some letters, which are forms of one another, which are a slip of the finger away.
 */
import { isWords } from './files.js';
import { fileOf, runOf } from './index.js';
import { rootOf } from './words.js';

/* A lexicon of more files is not loaded as a whole to look for slips. */
const FEW_FILES = 8;
const LAST = '\uffff';

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

function readWords(value) {
  const forms = value?.words === '' ? [] : value?.words?.split?.(' ');
  if (!isWords(value) || forms.length !== value.weights.length) {
    throw new Error('is not as this version of the search knows it');
  }
  return { forms, weights: value.weights, masks: undefined };
}

/* `scopes` are { files, outline }; `extra` are words that are not in the files. */
export function makeLexicon(read, scopes, extra) {
  const others = readWords({
    version: 2,
    words: extra.join(' '),
    weights: '0'.repeat(extra.length),
  });

  /* The files that have the words from one up to and with another. */
  function filesWith(from, to) {
    return Promise.all(
      scopes.flatMap(({ files, outline: { words } }) =>
        words
          .slice(runOf(words, from), runOf(words, to) + 1)
          .map((_, i) => read(fileOf(files.words, runOf(words, from) + i), readWords)),
      ),
    );
  }

  /* The words that start so, in no order: [{ word, weight }]. */
  async function startingWith(prefix) {
    const found = [];
    for (const { forms, weights } of await filesWith(prefix, prefix + LAST)) {
      let i = runOf(forms, prefix);
      i += forms[i] < prefix ? 1 : 0;
      for (; i < forms.length && forms[i].startsWith(prefix); i++) {
        found.push({ word: forms[i], weight: Number(weights[i]) });
      }
    }
    return found;
  }

  /* How often a word is there, as its file says; undefined when it is not. */
  async function weightOf(word) {
    let weight;
    for (const { forms, weights } of await filesWith(word, word)) {
      const i = runOf(forms, word);
      if (forms[i] === word) {
        weight = Math.max(weight ?? 0, Number(weights[i]));
      }
    }
    return weight;
  }

  /* The words with the same root: [{ word, weight }]. */
  async function formsOf(word) {
    const root = rootOf(word);
    if (root.length < 3) {
      const weight = await weightOf(word);
      return weight === undefined ? [] : [{ word, weight }];
    }
    /* A root differs from its words in its last letters: vraag, vragen; and in accents. */
    const forms = await startingWith(word.slice(0, Math.max(2, root.length - 1)));
    return forms.filter((form) => form.word.length < root.length + 7 && rootOf(form.word) === root);
  }

  /* Of many files only those with the same first letter, or with the first two swapped or one too many. */
  async function filesNear(word) {
    if (scopes.every(({ outline }) => outline.words.length <= FEW_FILES)) {
      return filesWith('', LAST);
    }
    const starts = [word[0], word[1] + word[0], word.slice(1, 3)];
    const files = await Promise.all(starts.map((start) => filesWith(start, start + LAST)));
    return new Set(files.flat());
  }

  /* The nearest words within reach, all equally near: { distance, words: [{ word, weight }] }. */
  async function near(word, reach) {
    const mask = maskOf(word);
    let nearest = reach;
    let words = new Map();
    for (const file of [...(await filesNear(word)), others]) {
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

  return { startingWith, weightOf, formsOf, near };
}
