/*
 * From a query to what is looked up: its words, and for each of them the terms that may stand for
 * it, each with a weight. Nothing but the query, the words' files and the glossary decides on that.
 *
 * A unit is a word of the query, or some that are taken for one: { word, tokens, weight, variants,
 * also, corrected }. Functions here get the plan, { tokens, units, lexicon, glossary }, and add variants
 * to a unit.
 */
import { partOf } from './files.js';
import { rootOf, stemOf, tokensOf } from './words.js';

const EXACT = 1;
const INFLECTION = 0.85;
const GLOSSARY = 0.8; /* names of the same thing */
const ALSO = 0.4; /* and of what has to do with it */
const JOINED = 0.8; /* one word of what are two here */
const TOGETHER = 0.8; /* two words of what may be one */
const APART = 0.5; /* words that are one */
const HALF = 0.3; /* one of them */
const VERB = 0.4; /* a verb without its particle */
const PREFIX = 0.4;

/* Bounds, so that no query is slow: longer ones are cut. */
const MOST_LETTERS = 1000;
const MOST_WORDS = 16;
const MOST_LETTERS_OF_A_GUESS = 40;
const MOST_PREFIXES = 8;

const LEAST_PART = 3; /* letters */

const PARTICLES = 'aan|af|bij|deel|door|in|mee|na|om|op|over|samen|terug|toe|uit|vast|voor|weg';
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

/* What words may stand for is fetched when there is one to guess at. */
const loadGuesses = () => partOf(import('./search-guess.js'));

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

function makeUnit(tokens, word, joined = []) {
  return {
    word,
    tokens,
    joined,
    weight: 1,
    variants: [],
    known: new Set(),
    also: [],
    corrected: [],
  };
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

/* What a unit is itself: its forms, and its parts when it is of more words. */
async function addOwn(plan, unit) {
  const forms = await addForms(plan, unit, unit.word);
  unit.isKnown = unit.variants.length > 0;
  unit.joined.forEach((word) => add(unit, 'joined', [stemOf(word)], JOINED));
  let stems = unit.apart?.map(({ stem }) => stem);
  if (unit.isKnown && !stems && forms.every(({ weight }) => weight === 0)) {
    /* Only words that it is a part of, or the parts of it, are on the site. */
    stems = await (await loadGuesses()).findParts(plan, unit.word);
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

/* A verb of which the particle may stand apart in the text: vraag ... aan, aanvragen. */
async function addVerb({ lexicon }, unit) {
  const [, , verb] = unit.word.match(SEPARABLE) ?? [];
  for (const { word } of verb ? await lexicon.formsOf(verb) : []) {
    add(unit, 'split', [stemOf(word)], VERB);
  }
}

/* Whether there are any. */
async function addPrefixes({ lexicon }, unit) {
  const found = unit.word.length < LEAST_PART ? [] : await lexicon.startingWith(unit.word);
  let count = 0;
  for (const { word } of found.sort(byUse)) {
    count += add(unit, 'prefix', [stemOf(word)], PREFIX) ? 1 : 0;
    if (count === MOST_PREFIXES) {
      break;
    }
  }
  return found.length > 0;
}

const canGuess = ({ word }) => word.length <= MOST_LETTERS_OF_A_GUESS;

async function addGuesses(plan, unit) {
  const isPrefix = await addPrefixes(plan, unit);
  const isUnfinished = plan.typing && unit.tokens.at(-1) === plan.tokens.at(-1);
  if (
    !unit.isKnown &&
    canGuess(unit) &&
    !(isUnfinished && (isPrefix || unit.word.length < LEAST_PART))
  ) {
    await (await loadGuesses()).addGuesses(plan, unit);
  }
}

/* For a query that finds nothing: adds what its words may stand for that is further away. */
export async function reachFar(plan) {
  for (const unit of plan.units.filter(canGuess)) {
    if (unit.word.length > LEAST_PART) {
      await (await loadGuesses()).reachFar(plan, unit);
    }
  }
}

/* Names and words to try when nothing is found. */
export const findNearest = async (plan) => (await loadGuesses()).findNearest(plan);

/* What search-guess.js and search-phrase.js need of this module. */
const tools = {
  add,
  addEntries,
  addForms,
  byUse,
  makeUnit,
  spell,
  stemOf,
  tokensOf,
};

/*
 * { tokens, units: [{ word, tokens, weight, variants: [{ kind, terms, weight, sum }], also, corrected }],
 * phrase }, the last one search-phrase.js where there is more than one word:
 * a variant of several terms counts where all of them are, by their mean or, with `sum`, their sum;
 * `also` are names from the glossary, `corrected` is [{ from, to }]. With `typing` the last word may be
 * unfinished: where words start so, no others are guessed.
 */
export async function planQuery(query, { lexicon, glossary, typing }) {
  const tokens = tokensOf(String(query ?? '').slice(0, MOST_LETTERS)).slice(0, 3 * MOST_WORDS);
  const plan = { tokens, lexicon, glossary, typing, units: [], ...tools };
  const each = (change) => Promise.all(plan.units.map((unit) => change(plan, unit)));
  if (tokens.length > 1) {
    plan.phrase = await partOf(import('./search-phrase.js'));
    plan.units = await plan.phrase.readUnits(plan);
  } else {
    plan.units = tokens.filter(({ stop }) => !stop).map((token) => makeUnit([token], token.word));
  }
  await each(addOwn);
  await addFromGlossary(plan);
  await plan.phrase?.addTurned(plan);
  await plan.phrase?.addVerbs(plan);
  await each(addVerb);
  await each(addGuesses);
  return plan;
}
