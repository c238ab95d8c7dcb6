/*
 * What a query of more than one word takes: which of its words are one here, and how near to one another
 * they stand in a text. A script of its own; what it needs of plan.js is in the plan.
 */
const JOINED = 0.8; /* one word of what are two here */
const APART = 0.5; /* words that are one */
const ASKING_WEIGHT = 0.3;

/* Words that ask, not name: they count for little beside others. */
const ASKING = new Set(
  (
    'mag mogen moeten krijg krijgt krijgen hoeveel waar wanneer waarom waarvoor waarmee welk welke ' +
    'doe doet gaat gaan graag willen wilt wij we iemand zit staat komt geldt betekent heet precies'
  ).split(' '),
);

const PARTICLE = /^(aan|af|bij|deel|door|in|mee|na|om|op|over|samen|terug|toe|uit|vast|voor|weg)$/;

const MOST_WORDS = 16;
const LEAST_JOINED = 6; /* letters */
const REACH = 8; /* words between two that still have to do with one another */

const LINKS = ['', 's', 'en', 'e'];
const withLinks = (words) => LINKS.map((link) => words.join(link));

/* Of some words those of which the site or the glossary has a form. */
async function filterKnown({ lexicon, glossary }, words) {
  const known = await Promise.all(
    words.map(
      async (word) =>
        word.length >= LEAST_JOINED &&
        (glossary.has(word) || (await lexicon.formsOf(word)).length > 0),
    ),
  );
  return words.filter((_, i) => known[i]);
}

/*
 * The unit that starts at a token: some words are one on the site, or in the glossary, and are taken
 * for it: zij-instroom, loonkosten subsidie. Beside a stop word that is a guess only, unless a hyphen
 * ties them: "in werken".
 */
async function readUnit(plan, at) {
  const { tokens, glossary, makeUnit } = plan;
  let glued = 1;
  while (tokens[at + glued]?.glued) {
    glued++;
  }
  let guesses = [];
  for (const size of glued > 1 ? [glued] : [3, 2]) {
    const span = tokens.slice(at, at + size);
    const content = span.filter(({ stop }) => !stop);
    if (span.length === size && content.length > 0) {
      const words = span.map(({ word }) => word);
      const joined = await filterKnown(plan, glued > 1 ? [words.join('')] : withLinks(words));
      if (
        joined.length > 0 &&
        (glued > 1 || content.length === size || glossary.has(words.join('')))
      ) {
        return { ...makeUnit(span, joined[0], joined.slice(1)), apart: content };
      }
      guesses = joined;
    }
  }
  const one = tokens[at];
  return one.stop && guesses.length === 0
    ? undefined
    : makeUnit([one], one.stop ? tokens[at + 1].word : one.word, guesses);
}

/* The units of a plan's tokens. */
export async function readUnits(plan) {
  const units = new Map();
  for (let at = 0; at < plan.tokens.length && units.size < MOST_WORDS;) {
    const unit = await readUnit(plan, at);
    if (unit && (!units.has(unit.word) || unit.joined.length > 0)) {
      units.set(unit.word, unit);
    }
    at += unit?.tokens.length ?? 1;
  }
  const asking = [...units.values()].filter(({ word }) => ASKING.has(word));
  if (asking.length < units.size) {
    asking.forEach((unit) => (unit.weight = ASKING_WEIGHT));
  }
  return [...units.values()];
}

/* What the site has in one word, turned: opvang voor kinderen, kinderopvang. Both words get it. */
export async function addTurned(plan) {
  const { add, spell, stemOf } = plan;
  for (let i = 1; i < plan.units.length; i++) {
    const pair = [plan.units[i - 1], plan.units[i]];
    const [last, first] = pair.map(({ word }) => word);
    const firsts = new Set([first, stemOf(first), spell(stemOf(first))]);
    const words = [...firsts].flatMap((word) => withLinks([word, last]));
    for (const word of await filterKnown(plan, words)) {
      pair.forEach((unit) => add(unit, 'joined', [stemOf(word)], JOINED));
    }
  }
}

/* Verbs whose particle is another word of the query: vraag ... aan. */
export async function addVerbs({ tokens, units, lexicon, add, stemOf }) {
  const particles = tokens.filter(({ word }) => PARTICLE.test(word));
  for (const unit of units) {
    for (const particle of unit.apart ? [] : particles) {
      const forms = await lexicon.formsOf(particle.word + unit.word);
      /* "hoe vraag ik het aan" does not ask for vragen. */
      if (forms.length > 0 && particle === tokens.at(-1)) {
        unit.variants.forEach((variant) => (variant.weight *= APART));
      }
      forms.forEach(({ word }) => add(unit, 'joined', [stemOf(word)], JOINED));
    }
  }
}

/*
 * How well the words of a query stand together in a text, from 0 to 1: the mean over its pairs of
 * neighbours of how near they come to the distance that they have in the query. `words` are the text's, as
 * readText() of reading.js has them, `places` those of the query's words in it, `unitOf` is a map from a term
 * to the numbers of its words.
 */
export function closeness(words, places, unitOf) {
  if (places.length < 2) {
    return 0;
  }
  const last = new Array(places.length).fill(-Infinity);
  const best = new Array(places.length).fill(0);
  const see = (pair, apart) => {
    const wanted = places[pair] - places[pair - 1];
    const off = apart > 0 ? Math.abs(apart - wanted) : wanted - apart;
    if (off <= REACH) {
      best[pair] = Math.max(best[pair], 1 / (1 + off));
    }
  };
  words.forEach(({ stems }, at) => {
    if (!stems.some((stem) => unitOf.has(stem))) {
      return;
    }
    const units = new Set(stems.flatMap((stem) => unitOf.get(stem) ?? []));
    for (const unit of units) {
      last[unit] = at;
    }
    for (const unit of units) {
      if (unit > 0 && !units.has(unit - 1)) {
        see(unit, at - last[unit - 1]);
      }
      if (unit + 1 < places.length && !units.has(unit + 1)) {
        see(unit + 1, last[unit + 1] - at);
      }
    }
    for (const unit of units) {
      if (units.has(unit - 1)) {
        best[unit] = 1; /* a compound of both */
      }
    }
  });
  return best.reduce((sum, value) => sum + value, 0) / (places.length - 1);
}
