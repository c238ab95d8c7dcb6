/*
 * Why a result stands where it stands: a script of its own, for who asks.
 */
import { FIELDS } from './index.js';
import { OWN } from './rank.js';

/* { words: [{ word, variants: [{ kind, terms, weight, documents }] }], skipped } */
export function explainWords({ units, tokens }, { postings }) {
  const words = units.map(({ word, variants }) => ({
    word,
    variants: variants.map(({ kind, terms, weight }) => {
      const [first, ...others] = terms.map((term) => new Set(postings.get(term)?.sections));
      const documents = [...first].filter((n) => others.every((other) => other.has(n))).length;
      return { kind, terms, weight, documents };
    }),
  }));
  const looked = new Set(units.flatMap((unit) => unit.tokens));
  const skipped = tokens.filter((token) => token.stop && !looked.has(token));
  return { words, skipped: skipped.map(({ word }) => word) };
}

/* What the terms have in the fields of a section. */
function valuesOf(postings, terms, section) {
  const sum = [0, 0, 0];
  for (const { sections, values } of terms.map((term) => postings.get(term))) {
    const at = sections.indexOf(section);
    for (let field = 0; at >= 0 && field < FIELDS; field++) {
      sum[field] += values[at * FIELDS + field];
    }
  }
  const [title, body, parts] = sum;
  return { title, body, parts };
}

/*
 * { explanation: [{ word, kind, terms, weight, lent, title, body, parts, score }], factors }: by word the
 * variant that counted; `lent` when it is the page's introduction that has it.
 */
export function explainResult(index, { section, phrase, title }, { coverages, words, postings }) {
  const region = index.isOwn(section) ? OWN : 1;
  const introduction = index.introductions[index.pageOf[section]];
  const explanation = [];
  for (const { unit, variants, scores, by } of words) {
    const from = scores[section] > 0 ? section : introduction;
    if (scores[from] > 0) {
      const { kind, terms, weight } = variants[by[from]];
      const values = valuesOf(postings, terms, from);
      const lent = from !== section;
      explanation.push({
        word: unit.word,
        kind,
        terms,
        weight,
        lent,
        ...values,
        score: scores[from],
      });
    }
  }
  return { explanation, factors: { coverage: coverages[section], phrase, title, region } };
}
