/*
 * What a planned query is worth in each section: a word by its best variant, all words by how many of
 * them the section has, more for words in its title and for words that stand together.
 */
import { FIELDS } from './index.js';
import { readText, readTitle } from './reading.js';

/* Weights, measured on Dutch queries. */
const HEADING = 0.8; /* a title, where more than one word is asked for */
const PARTS_ONLY = 0.7; /* a section that has a word only within compounds */
const LENT = 0.8; /* what the introduction has, for the page's other sections */
const LENT_BESIDE = 0.15; /* the same, where the section has the word, too */
const LENT_ALONE = 0.8; /* a section with nothing but what is lent */
const TITLED = 0.5; /* what a variant must weigh to make a title one on the word */
const COVERAGE = 0.85; /* the power of the share of the words that is there */
const PHRASE = 0.35; /* words as near as in the query */
const TITLE = 0.4; /* a title that says just what is asked */
export const MOST_READ = 12; /* sections of which the text is read */
const ON_PAGE = 0.5; /* the words of a variant, elsewhere on the page */
export const OWN = 1.15; /* a region's own text */

const isSure = ({ kind }) => /exact|inflection/.test(kind);
const isGuess = ({ kind }) => /prefix|typo|affix/.test(kind);
const isVague = ({ kind }) => /prefix|affix|split/.test(kind);

/* What a term is worth in the i-th of its postings. */
function makeWorth({ sections, values }, heading) {
  let plain = false;
  for (let i = 0; i < sections.length && !plain; i++) {
    plain = values[i * FIELDS] > 0 || values[i * FIELDS + 1] > 0;
  }
  return (i) => {
    const own = heading * values[i * FIELDS] + values[i * FIELDS + 1];
    const parts = values[i * FIELDS + 2];
    return own > 0 || !plain ? own + parts : parts * PARTS_ONLY;
  };
}

/* A variant of several terms counts where all are, and for less where the page has the rest. */
function eachTogether(index, lists, each, { sum: sums }, heading) {
  const share = sums ? 1 : 1 / lists.length;
  const all = 2 ** lists.length - 1;
  const sections = new Map();
  const pages = new Map();
  lists.forEach((postings, number) => {
    const worth = makeWorth(postings, heading);
    postings.sections.forEach((section, i) => {
      const page = index.pageOf[section];
      const known = sections.get(section) ?? [0, 0];
      sections.set(section, [known[0] + worth(i), known[1] | (1 << number)]);
      pages.set(page, pages.get(page) | (1 << number));
    });
  });
  for (const [section, [sum, bits]] of sections) {
    if (bits === all) {
      each(section, sum * share, 1);
    } else if (pages.get(index.pageOf[section]) === all) {
      each(section, sum * share, ON_PAGE);
    }
  }
}

/* By section what the word is worth there, how surely it is there, and by which variant. */
function scoreUnit(index, unit, postings, heading) {
  const scores = new Float64Array(index.count);
  const strengths = new Float32Array(index.count);
  const by = new Uint16Array(index.count);
  const titled = new Uint8Array(index.count);
  const variants = unit.variants.filter(({ terms }) => terms.every((term) => postings.get(term)));
  const idfOf = ({ terms }) => Math.min(...terms.map((term) => postings.get(term).idf));
  const leastIdf = (list) => Math.min(...list.map(idfOf));
  /* Other forms are as common as the commonest of them, and a guess is no rarer than the word. */
  const base = leastIdf(variants.filter(isSure));
  let most = 0;
  let importance = 0;

  variants.forEach((variant, number) => {
    const { kind, terms, weight } = variant;
    let factor = weight;
    if (kind === 'inflection') {
      factor *= base / idfOf(variant);
    } else if (isGuess(variant)) {
      const group = variants.filter((other) => other.kind === kind);
      factor *= Math.min(base, leastIdf(group)) / idfOf(variant);
    }
    most = Math.max(most, weight);
    importance = Math.max(importance, factor * idfOf(variant));
    const put = (section, value, share) => {
      strengths[section] = Math.max(strengths[section], weight * share);
      if (value * factor * share > scores[section]) {
        scores[section] = value * factor * share;
        by[section] = number;
      }
    };
    if (terms.length === 1) {
      const list = postings.get(terms[0]);
      const worth = makeWorth(list, heading);
      for (let i = 0; i < list.sections.length; i++) {
        put(list.sections[i], worth(i), 1);
        if (list.values[i * FIELDS] > 0 && weight > TITLED) {
          titled[list.sections[i]] = 1;
        }
      }
    } else {
      eachTogether(
        index,
        terms.map((term) => postings.get(term)),
        put,
        variant,
        heading,
      );
    }
  });
  return {
    unit,
    variants,
    scores,
    strengths,
    by,
    titled,
    most,
    importance: importance * unit.weight,
  };
}

/* What a word is worth in a section that has it, or has it from its page, or both. */
const worthWith = (own, lent, titled) =>
  own > 0 && titled ? own : Math.max(own > 0 ? own + LENT_BESIDE * lent : 0, LENT * lent);

/*
 * { scores, coverages, words, found, importance, postings }, the first two by section, 0 for one that is not
 * found. A word that a section lacks and its page's introduction has counts for less: who asks for the cost of
 * a thing is looking for the section on cost of the page on the thing. `words` says what each word is worth
 * where, `found` are those that the site has, `importance` is their sum.
 */
export async function rank(index, units) {
  const terms = new Set(
    units.flatMap(({ variants }) => variants.flatMap((variant) => variant.terms)),
  );
  /* Of a very common word alone the best will do; beside others any section with it may be wanted. */
  const isPart = units.length === 1;
  const postings = new Map(
    await Promise.all([...terms].map(async (term) => [term, await index.postingsOf(term, isPart)])),
  );
  const heading = units.length > 1 ? HEADING : 1;
  const words = units.map((unit) => scoreUnit(index, unit, postings, heading));
  const found = words.filter(({ variants }) => variants.length > 0);
  const importance = found.reduce((sum, word) => sum + word.importance, 0);
  const scores = new Float64Array(index.count);
  const coverages = new Float64Array(index.count);
  for (let section = 0; section < index.count; section++) {
    const introduction = index.introductions[index.pageOf[section]];
    let alone = true;
    let isOnTitle = false;
    let sum = 0;
    let covered = 0;
    for (const word of found) {
      const own = word.scores[section];
      const lends = introduction !== section && word.strengths[introduction] > TITLED;
      const lent = lends ? word.scores[introduction] : 0;
      if (own > 0) {
        alone = false;
        covered += (word.importance * word.strengths[section]) / word.most;
      } else if (lent > 0) {
        isOnTitle ||= word.titled[introduction] > 0;
        covered += (word.importance * LENT * word.strengths[introduction]) / word.most;
      }
      sum += word.unit.weight * worthWith(own, lent, word.titled[section]);
    }
    if (sum > 0 && (!alone || (isOnTitle && !index.isHidden(section)))) {
      coverages[section] = ((alone ? LENT_ALONE : 1) * covered) / importance;
      scores[section] = sum * coverages[section] ** COVERAGE * (index.isOwn(section) ? OWN : 1);
    }
  }
  return { scores, coverages, words, found, importance, postings };
}

/* The best of a list of sections, at least `most` if there are so many, best first. */
export function bestOf(index, scores, sections, most) {
  const cut =
    Float64Array.from(sections, (section) => scores[section])
      .sort()
      .at(-most) ?? 0;
  return sections
    .filter((section) => scores[section] >= cut)
    .sort((a, b) => scores[b] - scores[a] || index.isOwn(b) - index.isOwn(a) || a - b);
}

/*
 * The best sections, the first of them once more now that their texts are read: more for words that
 * stand together as in the query, and for a title, with the page's, that says just what is asked.
 * Resolves to [{ section, score, phrase, title }].
 */
export async function rankByText(index, { scores, found, importance }, best, { tokens, phrase }) {
  const unitOf = new Map();
  found.forEach(({ variants }, number) => {
    for (const variant of variants) {
      const [term, second] = variant.terms;
      if (second === undefined && !isVague(variant)) {
        unitOf.set(term, [...(unitOf.get(term) ?? []), number]);
      }
    }
  });
  const places = found.map(({ unit }) => tokens.indexOf(unit.tokens[0]));

  async function read(section) {
    const { page, title: heading, text } = await index.documentOf(section);
    const nearIn = (words) => phrase?.closeness(readText(words), places, unitOf) ?? 0;
    const near = Math.max(nearIn(text), nearIn(heading));
    const own = readTitle(heading, unitOf);
    const both = new Set([...own.found, ...readTitle(page.title, unitOf).found]);
    const asked = [...both].reduce((sum, number) => sum + found[number].importance, 0);
    const together = 1 + PHRASE * near;
    const title = 1 + (TITLE * own.share * asked) / importance;
    return { section, phrase: together, title, score: scores[section] * together * title };
  }

  const first = await Promise.all(best.slice(0, MOST_READ).map(read));
  const rest = best.slice(MOST_READ);
  return [
    ...first.sort((a, b) => b.score - a.score),
    ...rest.map((section) => ({ section, phrase: 1, title: 1, score: scores[section] })),
  ];
}
