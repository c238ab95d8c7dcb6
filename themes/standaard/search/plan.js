/*
 * From a query to what is looked up: its words, and for each of them the terms that may stand for
 * it, each with a weight. Nothing but the query, the words' files and the glossary decides on that.
 *
 * A unit is a word of the query, or some that are taken for one: { word, tokens, weight, variants,
 * also, corrected }. Functions here get the plan, { tokens, units, lexicon, glossary }, and add variants
 * to a unit.
 */
import { isStopWord } from './dutch.js';
import { rootOf, stemOf, tokensOf } from './words.js';

const EXACT = 1;
const INFLECTION = 0.85;
const GLOSSARY = 0.8; /* names of the same thing */
const ALSO = 0.4; /* and of what has to do with it */
const MEANING = 0.35; /* an entry that only explains itself with the word */
const JOINED = 0.8; /* one word of what are two here */
const TOGETHER = 0.8; /* two words of what may be one */
const APART = 0.5; /* words that are one */
const SPLIT = 0.7; /* all parts of an unknown word */
const HALF = 0.3; /* one of them */
const VERB = 0.4; /* a verb without its particle */
const TYPO = [1, 0.8, 0.6, 0.4]; /* by distance */
const PREFIX = 0.4;
const AFFIX = 0.4;

/* Words that ask, not name: they count for little beside others. */
const ASKING = new Set(
  (
    'mag mogen moeten krijg krijgt krijgen hoeveel waar wanneer waarom waarvoor waarmee welk welke ' +
    'doe doet gaat gaan graag willen wilt wij we iemand zit staat komt geldt betekent heet precies'
  ).split(' '),
);
const ASKING_WEIGHT = 0.3;

/* Bounds, so that no query is slow: longer ones are cut. */
const MOST_LETTERS = 1000;
const MOST_WORDS = 16;
const MOST_LETTERS_OF_A_GUESS = 40;
const MOST_NEAREST = 6;
const MOST_PREFIXES = 8;
const MOST_GUESSES = 4;

const LEAST_JOINED = 6; /* letters */
const LEAST_SPLIT = 8;
const LEAST_PART = 3;
const LINKS = ['', 's', 'en', 'e'];

const PARTICLES = 'aan|af|bij|deel|door|in|mee|na|om|op|over|samen|terug|toe|uit|vast|voor|weg';
const PARTICLE = new RegExp(`^(${PARTICLES})$`);
const SEPARABLE = new RegExp(`^(${PARTICLES})(....+)$`);
const PARTICIPLE = new RegExp(`^(|${PARTICLES})ge(..+)([td]e?|en)$`);

const joinWords = (tokens) => tokens.map(({ word }) => word).join('');

/* Often used words first, then short ones. */
export const byUse = (a, b) =>
  b.weight - a.weight || a.word.length - b.word.length || (a.word < b.word ? -1 : 1);

/* A v or z at the end of a stem is written as f or s there: leven, leeft. */
const spell = (stem) => stem.replace(/v$/, 'f').replace(/z$/, 's');

/* werken -> gewerkt, aanvragen -> aangevraagd; only what the site has counts. */
function participlesOf(word) {
  const [, particle = '', rest = word] = word.match(SEPARABLE) ?? [];
  const verb = stemOf(rest);
  return [verb, verb.replace(/([aeou])([^aeiou])$/, '$1$1$2')]
    .map(spell)
    .flatMap((stem) => [`${stem}t`, `${stem}d`, stem])
    .map((stem) => `${particle}ge${stem}`);
}

/* aangevraagd -> aanvraagt */
function verbOf(word) {
  const [, particle, verb, end] = word.match(PARTICIPLE) ?? [];
  return verb && particle + verb + (end === 'en' ? end : 't');
}

/* Terms that an earlier variant has are left out: that is never the worse of the two. */
function add(unit, kind, terms, weight) {
  const key = terms.join(' ');
  const isNew = terms.length > 0 && !unit.known.has(key);
  if (isNew) {
    unit.known.add(key);
    unit.variants.push({ kind, terms, weight });
  }
  return isNew;
}

function makeUnit(tokens, word, joined) {
  return {
    word,
    tokens,
    joined,
    weight: ASKING.has(word) ? ASKING_WEIGHT : 1,
    variants: [],
    known: new Set(),
    also: [],
    corrected: [],
  };
}

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

const withLinks = (words) => LINKS.map((link) => words.join(link));

/*
 * The unit that starts at a token: some words are one on the site, or in the glossary, and are taken
 * for it: zij-instroom, loonkosten subsidie. Beside a stop word that is a guess only, unless a hyphen
 * ties them: "in werken".
 */
async function readUnit(plan, at) {
  const { tokens, glossary } = plan;
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

async function readUnits(plan) {
  const units = new Map();
  for (let at = 0; at < plan.tokens.length && units.size < MOST_WORDS;) {
    const unit = await readUnit(plan, at);
    if (unit && (!units.has(unit.word) || unit.joined.length > 0)) {
      units.set(unit.word, unit);
    }
    at += unit?.tokens.length ?? 1;
  }
  return [...units.values()];
}

/*
 * Adds the forms that the site has of a word, as what it is itself or, with a kind of guess, as what it
 * may be; resolves to those forms.
 */
async function addForms({ lexicon }, unit, word, guess, share = 1) {
  const forms = await lexicon.formsOf(word);
  const stems = forms.map((form) => stemOf(form.word));
  const addForm = (stem) => add(unit, guess ?? 'inflection', [stem], INFLECTION * share);
  if (stems.includes(stemOf(word))) {
    add(unit, guess ?? 'exact', [stemOf(word)], EXACT * share);
  }
  stems.forEach(addForm);
  const verb = verbOf(word);
  for (const form of verb ? await lexicon.formsOf(verb) : []) {
    addForm(stemOf(form.word));
  }
  for (const participle of /....(en|t)$/.test(word) ? participlesOf(word) : []) {
    if ((await lexicon.weightOf(participle)) !== undefined) {
      addForm(stemOf(participle));
    }
  }
  return forms;
}

/*
 * The two words that one is made of, the last as long as can be. With a hyphen between them the first
 * may be a stop word: zijinstroom.
 */
async function splitWord({ lexicon }, word, hyphen) {
  for (let at = LEAST_PART; at <= word.length - LEAST_PART; at++) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    for (const link of word.length < LEAST_SPLIT ? [] : LINKS) {
      const first = left.slice(0, at - link.length);
      if (
        left.endsWith(link) &&
        first.length >= LEAST_PART &&
        ((hyphen && isStopWord(first)) || (await lexicon.weightOf(first)) !== undefined) &&
        (await lexicon.formsOf(right)).length > 0
      ) {
        return [first, right];
      }
    }
  }
  return [];
}

/* What a unit is itself: its forms, and its parts when it is of more words. */
async function addOwn(plan, unit) {
  const forms = await addForms(plan, unit, unit.word);
  unit.isKnown = unit.variants.length > 0;
  unit.joined.forEach((word) => add(unit, 'joined', [stemOf(word)], JOINED));
  let stems = unit.apart?.map(({ stem }) => stem);
  if (unit.isKnown && !stems && forms.every(({ weight }) => weight === 0)) {
    stems = (await splitWord(plan, unit.word, true))
      .filter((part) => !isStopWord(part))
      .map(stemOf);
  }
  if (stems?.length > 0) {
    /* A word with a hyphen is whole in the field `parts` only, where no title shows. */
    const whole = unit.variants[0]?.terms[0] ?? stemOf(unit.word);
    if (add(unit, 'joined', [whole, ...stems], EXACT)) {
      unit.variants.at(-1).sum = true;
    }
    add(unit, 'split', stems, stems.length > 1 ? TOGETHER : APART);
    stems.forEach((stem) => add(unit, 'split', [stem], HALF));
  }
}

/* The terms of a name: its words, or what they are as one where the site has that. */
async function termsOf({ lexicon }, { tokens }) {
  const joined = joinWords(tokens);
  if (tokens.some(({ glued }) => glued) && (await lexicon.weightOf(joined)) !== undefined) {
    return [stemOf(joined)];
  }
  return tokens.filter(({ stop }) => !stop).map(({ stem }) => stem);
}

/* The names of entries that `asked` has led to. */
async function addEntries(plan, unit, entries, asked, share = 1) {
  for (const { names, also } of entries) {
    for (const name of [...names, ...also]) {
      const weight = (names.includes(name) ? GLOSSARY : ALSO) * share;
      const isNew = add(unit, 'glossary', await termsOf(plan, name), weight);
      if (isNew && rootOf(joinWords(name.tokens)) !== rootOf(asked)) {
        unit.also.push(name.name);
      }
    }
  }
}

/* Whether the site has all words of any of the names of entries. */
async function hasNames({ lexicon }, entries) {
  for (const { tokens } of entries.flatMap(({ names, also }) => [...names, ...also])) {
    const content = tokens.filter(({ stop }) => !stop);
    const forms = await Promise.all(content.map(({ word }) => lexicon.formsOf(word)));
    if (forms.every((list) => list.length > 0)) {
      return true;
    }
  }
  return false;
}

async function addFromGlossary(plan) {
  for (const { from, to, entries } of plan.glossary.find(plan.tokens)) {
    const span = plan.tokens.slice(from, to);
    for (const unit of plan.units) {
      if (unit.tokens.some((token) => span.includes(token))) {
        await addEntries(plan, unit, entries, joinWords(span));
        unit.isNamed = true;
        unit.isKnown ||= await hasNames(plan, entries);
      }
    }
  }
}

/* What the site has in one word, turned: opvang voor kinderen, kinderopvang. Both words get it. */
async function addTurned(plan) {
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

/* A verb whose particle is apart, in the query or in the text: vraag ... aan, aanvragen. */
async function addVerbs({ tokens, units, lexicon }) {
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
    const [, , verb] = unit.word.match(SEPARABLE) ?? [];
    for (const { word } of verb ? await lexicon.formsOf(verb) : []) {
      add(unit, 'split', [stemOf(word)], VERB);
    }
  }
}

async function addSplit(plan, unit) {
  const parts = await splitWord(plan, unit.word);
  add(unit, 'split', parts.map(stemOf), SPLIT);
  for (const part of parts) {
    add(unit, 'split', [stemOf(part)], HALF);
    await addEntries(plan, unit, plan.glossary.entriesOf(tokensOf(part)), part, HALF);
  }
  return parts.length > 0;
}

async function addTypos(plan, unit, reach) {
  const { distance, words } = await plan.lexicon.near(unit.word, reach);
  for (const { word } of words.slice(0, MOST_GUESSES)) {
    /* Accents are nothing to the stemmer: coordinator is no slip. */
    if (stemOf(word) === stemOf(unit.word)) {
      return add(unit, 'exact', [stemOf(word)], EXACT);
    }
    const weight = TYPO[distance];
    add(unit, 'typo', [stemOf(word)], weight);
    await addForms(plan, unit, word, 'typo', weight);
    await addEntries(plan, unit, plan.glossary.entriesOf(tokensOf(word)), word, weight);
  }
  if (words.length > 0) {
    unit.corrected.push({ from: unit.word, to: words[0].word });
  }
  return words.length > 0;
}

/* Words that it ends with, and those that start as it does, as far as any do. */
async function addAffixes({ lexicon }, unit) {
  const { word } = unit;
  const addAffix = (other) => add(unit, 'affix', [stemOf(other.word)], AFFIX);
  for (let n = word.length - 1; n > LEAST_PART; n--) {
    const end = word.slice(-n);
    if ((await lexicon.weightOf(end)) !== undefined) {
      addAffix({ word: end });
      break;
    }
  }
  for (let n = word.length - 1; n > LEAST_PART && n >= word.length / 2; n--) {
    const found = await lexicon.startingWith(word.slice(0, n));
    if (found.length > 0) {
      found.sort(byUse).slice(0, MOST_GUESSES).forEach(addAffix);
      break;
    }
  }
}

async function addPrefixes({ lexicon }, unit) {
  const found = unit.word.length < LEAST_PART ? [] : await lexicon.startingWith(unit.word);
  let count = 0;
  for (const { word } of found.sort(byUse)) {
    count += add(unit, 'prefix', [stemOf(word)], PREFIX) ? 1 : 0;
    if (count === MOST_PREFIXES) {
      break;
    }
  }
}

const reachOf = (length) => (length < 4 ? 0 : length < 8 ? 1 : 2);

async function addGuesses(plan, unit) {
  const { word, isKnown, isNamed } = unit;
  await addPrefixes(plan, unit);
  if (isKnown || word.length > MOST_LETTERS_OF_A_GUESS) {
    return;
  }
  const isSplit = await addSplit(plan, unit);
  if (/\d/.test(word)) {
    return;
  }
  const isTypo = !isNamed && (await addTypos(plan, unit, isSplit ? 1 : reachOf(word.length)));
  if (!isSplit && !isTypo) {
    await addEntries(plan, unit, plan.glossary.explainedWith(stemOf(word)), word, MEANING);
    await addAffixes(plan, unit);
  }
}

/*
 * For a query that finds nothing: words that are further from what was meant, or start as its words do
 * for three letters at least.
 */
export async function reachFar(plan) {
  for (const unit of plan.units.filter(({ word }) => word.length <= MOST_LETTERS_OF_A_GUESS)) {
    const { length } = unit.word;
    if (length > 4 && (await addTypos(plan, unit, reachOf(length) + 1))) {
      continue;
    }
    for (let n = length - 1; n >= LEAST_PART; n--) {
      const found = (await plan.lexicon.startingWith(unit.word.slice(0, n))).sort(byUse);
      if (found.length > 0) {
        found
          .slice(0, MOST_GUESSES)
          .forEach(({ word }) => add(unit, 'affix', [stemOf(word)], AFFIX));
        unit.corrected.push({ from: unit.word, to: found[0].word });
        break;
      }
    }
  }
}

/* Names and words that start as those of a query do: what to try when nothing is found. */
export async function findNearest({ tokens, lexicon, glossary }) {
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

/*
 * { tokens, units: [{ word, tokens, weight, variants: [{ kind, terms, weight, sum }], also, corrected }] }:
 * a variant of several terms counts where all of them are, by their mean or, with `sum`, their sum;
 * `also` are names from the glossary, `corrected` is [{ from, to }].
 */
export async function planQuery(query, lexicon, glossary) {
  const tokens = tokensOf(String(query ?? '').slice(0, MOST_LETTERS)).slice(0, 3 * MOST_WORDS);
  const plan = { tokens, lexicon, glossary, units: [] };
  const each = (change) => Promise.all(plan.units.map((unit) => change(plan, unit)));
  plan.units = await readUnits(plan);
  if (plan.units.every(({ weight }) => weight < 1)) {
    plan.units.forEach((unit) => (unit.weight = 1));
  }
  await each(addOwn);
  await addFromGlossary(plan);
  await addTurned(plan);
  await addVerbs(plan);
  await each(addGuesses);
  return plan;
}
