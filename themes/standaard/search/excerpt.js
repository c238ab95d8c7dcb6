/*
 * Where a text says why it was found.
 */
const LEAST_PART = 4; /* letters of a term that is looked for within words */
const LENGTH = 200;
const BEFORE = 40; /* letters in front of the first match */

/* Which of some terms a stem is, or, as a compound, starts or ends with; undefined when none. */
export function makeMatcher(terms) {
  const long = [...terms].filter((term) => term.length >= LEAST_PART);
  const known = new Map();
  return (stem) => {
    if (!known.has(stem)) {
      known.set(
        stem,
        terms.has(stem) ? stem : long.find((term) => stem.startsWith(term) || stem.endsWith(term)),
      );
    }
    return known.get(stem);
  };
}

/* Where words of a text, as readText() of reading.js has them, match: [{ start, end, term }]. */
export function findMatches(words, matcher) {
  const matches = [];
  for (const { start, end, stems } of words) {
    for (let i = 0; i < stems.length; i++) {
      const term = matcher(stems[i]);
      if (term !== undefined) {
        matches.push({ start, end, term });
        break;
      }
    }
  }
  return matches;
}

/* The match from which on the different terms within an excerpt's length weigh most. */
function bestMatch(matches, weights) {
  let best;
  let most = 0;
  matches.forEach((match, i) => {
    const near = new Set();
    for (let j = i; j < matches.length && matches[j].end - match.start < LENGTH - BEFORE; j++) {
      near.add(matches[j].term);
    }
    const weight = [...near].reduce((sum, term) => sum + (weights.get(term) ?? 0), 0);
    if (weight > most) {
      best = match;
      most = weight;
    }
  });
  return best;
}

/*
 * The start of the text when that is near or all of it fits, or else of a sentence or a word, at
 * most BEFORE letters in front of `at`.
 */
function startBefore(text, at) {
  if (at <= LENGTH / 2 || text.length <= LENGTH) {
    return 0;
  }
  const from = at - BEFORE;
  const before = text.slice(from, at);
  const sentence = Math.max(...['. ', '! ', '? '].map((end) => before.lastIndexOf(end)));
  if (sentence >= 0) {
    return from + sentence + 2;
  }
  const space = before.indexOf(' ');
  return space < 0 ? at : from + space + 1;
}

function endAfter(text, start) {
  const most = start + LENGTH;
  if (text.length <= most) {
    return text.length;
  }
  const space = text.lastIndexOf(' ', most);
  if (space > start) {
    return space;
  }
  return /[\udc00-\udfff]/.test(text[most]) ? most - 1 : most;
}

/*
 * { text, marks }: some 200 letters of the text around its best match, or from its start when
 * nothing matches, and [start, end] of each match in them. `matches` are [{ start, end, term }],
 * `weights` a map from each term.
 */
export function cutExcerpt(text, matches, weights) {
  const best = bestMatch(matches, weights);
  const start = best === undefined ? 0 : startBefore(text, best.start);
  const end = endAfter(text, start);
  const lead = start > 0 ? '… ' : '';
  const tail = end < text.length ? ' …' : '';
  const shift = lead.length - start;
  return {
    text: lead + text.slice(start, end) + tail,
    marks: matches
      .filter((match) => match.start >= start && match.end <= end)
      .map((match) => [match.start + shift, match.end + shift]),
  };
}
