/*
 * The words of the site as they are written, from the files that a question needs: which there are,
 * which start with some letters, which are forms of one another.
 */
import { isLike, shaped, WORDS } from './files.js';
import { fileOf, runOf } from './index.js';
import { rootOf } from './words.js';

export const LAST = '\uffff';

const formsIn = ({ words }) => (words === '' ? [] : words.split(' '));
const isWords = (value) => isLike(value, WORDS) && formsIn(value).length === value.weights.length;

function readWords(value) {
  const file = shaped(isWords)(value);
  return { forms: formsIn(file), weights: file.weights };
}

/* `scopes` are { files, outline }; `extra` are words that are not in the files. */
export function makeLexicon(read, scopes, extra) {
  const others = { forms: extra, weights: '0'.repeat(extra.length) };

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

  return { scopes, others, filesWith, startingWith, weightOf, formsOf };
}
