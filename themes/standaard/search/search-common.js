/*
 * The postings of a term that is in so many sections that it has two files. A script of its own, which
 * only large sites need.
 */
import { FIELDS } from './index.js';

const BEST = 4000; /* sections that the first of a common term's two files has */

/* A term's postings with room for so many sections. */
const makePostings = (size, count) => ({
  sections: new Uint32Array(size),
  values: new Float64Array(size * FIELDS),
  count,
});

/* Puts posting i of one list at `to` in another. */
function put(target, to, { sections, values }, i) {
  target.sections[to] = sections[i];
  target.values.set(values.subarray(i * FIELDS, (i + 1) * FIELDS), to * FIELDS);
}

/* The postings of two files of one term as one, in order of section. */
export function joinPostings(first, second) {
  const joined = makePostings(
    first.sections.length + second.sections.length,
    first.count + second.count,
  );
  for (let to = 0, a = 0, b = 0; to < joined.sections.length; to++) {
    if (b === second.sections.length || first.sections[a] < second.sections[b]) {
      put(joined, to, first, a++);
    } else {
      put(joined, to, second, b++);
    }
  }
  return joined;
}

/* Of all postings of a term those that the first of its two files has: by thousandths, then in order. */
export function bestPostings(all) {
  const scores = Array.from(all.sections, (_, i) =>
    all.values
      .subarray(i * FIELDS, (i + 1) * FIELDS)
      .reduce((sum, value) => sum + Math.round(value * 1000), 0),
  );
  const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);
  const kept = order.slice(0, BEST).sort((a, b) => a - b);
  const best = makePostings(kept.length, all.count);
  kept.forEach((i, to) => put(best, to, all, i));
  return best;
}
