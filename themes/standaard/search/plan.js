/*
 * From a query to what is looked up: its words, and for each of them the terms that may stand for
 * it, each with a weight. Nothing but the words' files and the glossary decides on that.
 */
import { rootOf, stemOf, tokensOf, wordsOf } from './words.js';

const WEIGHTS = {
  exact: 1,
  inflection: 0.85,
  glossary: 0.8,
  also: 0.4,
  meaning: 0.35,
  joined: 0.8,
  together: 0.8, /* both words of what may be one */
  apart: 0.5,
  verb: 0.4, /* of one with a particle */
  split: 0.7,
  half: 0.3,
  typo: [1, 0.8, 0.6, 0.4], /* by distance */
  prefix: 0.4,
  affix: 0.4,
};

/* Words that ask, not name: they count for little beside others. */
const ASKING = new Set(
  ('mag mogen moeten krijg krijgt krijgen hoeveel waar wanneer waarom waarvoor waarmee welk welke doe ' +
    'doet gaat gaan graag willen wilt wij we jullie jij jouw iemand zit staat komt komen hoort ' +
    'geldt betekent bedoeld heet heten eigenlijk precies zoal mezelf mn zit zitten wel nodig ' +
    'lang vaak snel regelen werkt').split(' '),
);
const ASKING_WEIGHT = 0.3;

/* Bounds, so that no query is slow: longer ones are cut. */
const MOST_LETTERS = 1000;
const MOST_WORDS = 16;
const MOST_LETTERS_OF_A_GUESS = 40;
const MOST_NEAREST = 6;
const MOST_TERMS = 8; /* of one kind, for one word */

const LINKS = ['', 's', 'en', 'e'];
const PARTICLES = 'aan|af|bij|deel|door|in|mee|na|om|op|over|samen|terug|toe|uit|vast|voor|weg';
const SEPARABLE = new RegExp(`^(${PARTICLES})(....+)$`);
const PARTICLE = new RegExp(`^(${PARTICLES})$`);
const PARTICIPLE = new RegExp(`^(|${PARTICLES})ge(..+(?:[td]|en))$`);

/* werken -> gewerkt, aanvragen -> aangevraagd; only what the site has counts. */
function participlesOf(word) {
  const [, particle = '', rest = word] = word.match(SEPARABLE) ?? [];
  const verb = stemOf(rest);
  if (verb.length < 3) {
    return [];
  }
  const long = verb.replace(/([aeou])([^aeiou])$/, '$1$1$2');
  return [verb, long]
    .map((stem) => stem.replace(/v$/, 'f').replace(/z$/, 's'))
    .flatMap((stem) => [`${stem}t`, `${stem}d`, stem])
    .map((stem) => `${particle}ge${stem}`);
}

/* aangevraagd -> aanvraagt */
function verbOf(word) {
  const [, particle, verb] = word.match(PARTICIPLE) ?? [];
  return verb && particle + verb.replace(/d$/, 't');
}

/*
 * Adds to a word's variants: terms that are known by an earlier one are left out, for that is
 * never the worse of the two.
 */
function add(unit, kind, terms, weight) {
  const key = terms.join(' ');
  if (terms.length > 0 && !unit.known.has(key)) {
    unit.known.add(key);
    unit.variants.push({ kind, terms, weight });
  }
}

function makeUnit(tokens, word = tokens[0].word) {
  const asks = tokens.length === 1 && ASKING.has(word);
  return { word, tokens, weight: asks ? ASKING_WEIGHT : 1, variants: [], known: new Set() };
}

/* Of some words those that the site or the glossary has. */
async function knownOf(words, lexicon, glossary) {
  const known = await Promise.all(
    words.map(async (word) => glossary.has(word) || (await lexicon.weightOf(word)) !== undefined),
  );
  return words.filter((_, i) => known[i]);
}

const joinBy = (words, links) => links.map((link) => words.join(link));

/*
 * The units of a query: its words, but words that are one on the site, or in the glossary, are taken for
 * it: zij-instroom, loonkosten subsidie. Behind a stop word that is a guess only, unless a hyphen
 * ties them: "in werken".
 */
async function joinWords(tokens, lexicon, glossary) {
  const units = [];
  for (let at = 0; at < tokens.length; at++) {
    let end = at + 1;
    while (tokens[end]?.glued) {
      end++;
    }
    const glued = end - at > 1;
    const span = tokens.slice(at, glued ? end : at + 2);
    const words = span.map(({ word }) => word);
    const content = span.filter(({ stop }) => !stop);
    const joined =
      span.length > 1 && content.length > 0
        ? await knownOf(joinBy(words, glued ? [''] : LINKS), lexicon, glossary)
        : [];
    if (
      joined.length > 0 &&
      (glued || content.length === span.length || glossary.has(words.join('')))
    ) {
      units.push({ ...makeUnit(span, joined[0]), joined: joined.slice(1), apart: content });
      at += span.length - 1;
    } else if (!tokens[at].stop) {
      units.push({ ...makeUnit([tokens[at]]), joined });
    } else if (joined.length > 0) {
      units.push({ ...makeUnit([tokens[at + 1]]), joined });
      at++;
    }
  }
  return units;
}

/*
 * What has its words in one on the site: opvang voor kinderen -> kinderopvang. Both words get it.
 */
async function addTurned(plan, lexicon, glossary) {
  for (let i = 1; i < plan.units.length; i++) {
    const pair = [plan.units[i - 1], plan.units[i]];
    const [last, first] = pair.map(({ word }) => word);
    const firsts = [first, stemOf(first), stemOf(first).replace(/v$/, 'f').replace(/z$/, 's')];
    const words = [...new Set(firsts)].flatMap((word) => joinBy([word, last], LINKS));
    for (const word of last.length + first.length > 7 ? await knownOf(words, lexicon, glossary) : []) {
      pair.forEach((unit) => add(unit, 'joined', [stemOf(word)], WEIGHTS.joined));
    }
  }
}

/* The parts of a verb that are apart in the query, or in the text: vraag ... aan, aanvragen. */
async function addVerbs(plan, lexicon) {
  const particles = plan.tokens.filter(({ word }) => PARTICLE.test(word)).map(({ word }) => word);
  const last = plan.tokens.at(-1)?.word;
  for (const unit of plan.units) {
    for (const particle of unit.tokens.length === 1 ? particles : []) {
      const forms = await lexicon.formsOf(particle + unit.word);
      /* "hoe vraag ik het aan" does not ask for vragen. */
      if (forms.length > 0 && particle === last) {
        unit.variants.forEach((variant) => (variant.weight *= WEIGHTS.apart));
      }
      for (const { word } of forms) {
        add(unit, 'joined', [stemOf(word)], WEIGHTS.joined);
      }
    }
    const [, , verb] = unit.word.match(SEPARABLE) ?? [];
    for (const { word } of verb ? await lexicon.formsOf(verb) : []) {
      add(unit, 'split', [stemOf(word)], WEIGHTS.verb);
    }
  }
}

/*
 * A word with a hyphen, with its parts: the index has it as one in `parts` only, where it does not show
 * whether it is in the title.
 */
function addSum(unit, stems) {
  add(unit, 'joined', [unit.variants[0]?.terms[0] ?? stemOf(unit.word), ...stems], 1);
  unit.variants.at(-1).sum = true;
}

/* The words that were taken for one, together and apart. */
function addApart(unit) {
  unit.joined?.forEach((word) => add(unit, 'joined', [stemOf(word)], WEIGHTS.joined));
  const stems = unit.apart?.map(({ stem }) => stem) ?? [];
  if (stems.length > 0) {
    addSum(unit, stems);
    add(unit, 'split', stems, stems.length > 1 ? WEIGHTS.together : WEIGHTS.apart);
    stems.forEach((stem) => add(unit, 'split', [stem], WEIGHTS.half));
  }
}

/*
 * Adds the forms that the site has of a word, as what it is itself or, with a kind of guess, as what it
 * may be; resolves to those forms.
 */
async function addForms(unit, lexicon, word, guess, share = 1) {
  const forms = await lexicon.formsOf(word);
  const stems = new Set(forms.map((form) => stemOf(form.word)));
  const addForm = (kind, stem) => add(unit, guess ?? kind, [stem], WEIGHTS[kind] * share);
  if (stems.has(stemOf(word))) {
    addForm('exact', stemOf(word));
  }
  stems.forEach((stem) => addForm('inflection', stem));
  const verb = verbOf(word);
  for (const form of verb ? await lexicon.formsOf(verb) : []) {
    addForm('inflection', stemOf(form.word));
  }
  for (const participle of /....(en|t)$/.test(word) ? participlesOf(word) : []) {
    if ((await lexicon.weightOf(participle)) !== undefined) {
      addForm('inflection', stemOf(participle));
    }
  }
  return forms;
}

/* The forms of a word that is not a guess; whether there are any. */
async function addOwnForms(unit, lexicon) {
  const { word } = unit;
  const forms = await addForms(unit, lexicon, word);
  /* A word that comes with a hyphen is whole in `parts` only. */
  if (unit.variants.length > 0 && !unit.apart && forms.every(({ weight }) => weight === 0)) {
    const parts = await splitWord(word, lexicon, true);
    const stems = parts.filter((part) => !tokensOf(part)[0].stop).map(stemOf);
    if (stems.length > 0) {
      addSum(unit, stems);
    }
  }
  return unit.variants.length > 0;
}

/* The terms of a name from the glossary: its words, or what they are as one where the site has that. */
async function termsOf({ tokens }, lexicon) {
  const joined = tokens.map(({ word }) => word).join('');
  if (tokens.some(({ glued }) => glued) && (await lexicon.weightOf(joined)) !== undefined) {
    return [stemOf(joined)];
  }
  return tokens.filter(({ stop }) => !stop).map(({ stem }) => stem);
}

async function addEntries(plan, unit, entries, lexicon, asked, weight = 1) {
  for (const entry of entries) {
    for (const [names, share] of [
      [entry.names, WEIGHTS.glossary],
      [entry.also, WEIGHTS.also],
    ]) {
      for (const other of names) {
        const terms = await termsOf(other, lexicon);
        const before = unit.variants.length;
        add(unit, 'glossary', terms, share * weight);
        if (unit.variants.length > before && rootOf(other.tokens.map(({ word }) => word).join('')) !== asked) {
          plan.also.add(other.name);
        }
      }
    }
  }
}

async function addFromGlossary(plan, lexicon, glossary) {
  const owner = new Map(plan.units.flatMap((unit) => unit.tokens.map((token) => [token, unit])));
  for (const { from, to, entries } of glossary.find(plan.tokens)) {
    const span = plan.tokens.slice(from, to);
    const asked = rootOf(span.map(({ word }) => word).join(''));
    for (const unit of new Set(span.map((token) => owner.get(token)).filter(Boolean))) {
      await addEntries(plan, unit, entries, lexicon, asked);
      unit.named = true;
    }
  }
}

/*
 * The two words that one is made of, the last as long as can be; the first may be a stop word when a
 * hyphen was between them: zijinstroom.
 */
async function splitWord(word, lexicon, hyphen = false) {
  const known = async (part) => part.length > 2 && (await lexicon.weightOf(part)) !== undefined;
  for (let at = 3; at <= word.length - 3; at++) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    for (const link of LINKS) {
      const first = left.slice(0, left.length - link.length);
      if (
        left.endsWith(link) &&
        first.length + right.length > 7 &&
        ((hyphen && tokensOf(first)[0]?.stop) || (await known(first))) &&
        (await known(right))
      ) {
        return [first, right];
      }
    }
  }
  return [];
}

async function addSplit(plan, unit, lexicon, glossary) {
  const parts = await splitWord(unit.word, lexicon);
  add(unit, 'split', parts.map(stemOf), WEIGHTS.split);
  for (const part of parts) {
    add(unit, 'split', [stemOf(part)], WEIGHTS.half);
    const entries = glossary.entriesOf(tokensOf(part));
    await addEntries(plan, unit, entries, lexicon, rootOf(part), WEIGHTS.half);
  }
  return parts.length > 0;
}

async function addTypos(plan, unit, lexicon, glossary, reach) {
  const { distance, words } = await lexicon.near(unit.word, reach);
  for (const { word } of words.slice(0, MOST_TERMS / 2)) {
    const weight = WEIGHTS.typo[distance];
    /* Accents are nothing to the stemmer: coordinator is no slip. */
    if (stemOf(word) === stemOf(unit.word)) {
      add(unit, 'exact', [stemOf(word)], WEIGHTS.exact);
      return true;
    }
    add(unit, 'typo', [stemOf(word)], weight);
    await addForms(unit, lexicon, word, 'typo', weight);
    await addEntries(plan, unit, glossary.entriesOf(tokensOf(word)), lexicon, rootOf(word), weight);
  }
  if (words.length > 0) {
    plan.corrected.push({ from: unit.word, to: words[0].word });
  }
  return words.length > 0;
}

/* Words that it ends with, and those that start as it does, as far as any do. */
async function addAffixes(unit, lexicon) {
  const { word } = unit;
  for (let n = word.length - 1; n >= 4; n--) {
    const end = word.slice(-n);
    if ((await lexicon.weightOf(end)) !== undefined) {
      add(unit, 'affix', [stemOf(end)], WEIGHTS.affix);
      break;
    }
  }
  for (let n = word.length - 1; n >= Math.max(4, word.length / 2); n--) {
    const found = await lexicon.startingWith(word.slice(0, n));
    if (found.length > 0) {
      found.sort(byUse).slice(0, MOST_TERMS / 2).forEach((other) => {
        add(unit, 'affix', [stemOf(other.word)], WEIGHTS.affix);
      });
      break;
    }
  }
}

/* Often used words first, then short ones. */
export const byUse = (a, b) =>
  b.weight - a.weight || a.word.length - b.word.length || (a.word < b.word ? -1 : 1);

async function addPrefixes(unit, lexicon) {
  const { word } = unit;
  if (word.length < 3) {
    return;
  }
  const found = (await lexicon.startingWith(word)).sort(byUse);
  let count = 0;
  for (const other of found) {
    const before = unit.variants.length;
    add(unit, 'prefix', [stemOf(other.word)], WEIGHTS.prefix);
    count += unit.variants.length - before;
    if (count === MOST_TERMS) {
      break;
    }
  }
}

const reachOf = (length) => (length < 4 ? 0 : length < 8 ? 1 : 2);

async function addGuesses(plan, unit, lexicon, glossary) {
  const { word } = unit;
  await addPrefixes(unit, lexicon);
  if (unit.isKnown || unit.named || word.length > MOST_LETTERS_OF_A_GUESS) {
    return;
  }
  const isSplit = await addSplit(plan, unit, lexicon, glossary);
  if (/\d/.test(word)) {
    return;
  }
  const isTypo = await addTypos(plan, unit, lexicon, glossary, isSplit ? 1 : reachOf(word.length));
  if (!isSplit && !isTypo) {
    for (const entry of glossary.explainedWith(stemOf(word))) {
      await addEntries(plan, unit, [entry], lexicon, '', WEIGHTS.meaning);
    }
    await addAffixes(unit, lexicon);
  }
}

/* When nothing at all is found, a word may be further from what was meant. */
async function addFar(plan, unit, lexicon, glossary) {
  const { length } = unit.word;
  if (length > 4 && length <= MOST_LETTERS_OF_A_GUESS) {
    await addTypos(plan, unit, lexicon, glossary, length < 8 ? 2 : 3);
  }
}

/* Words and names that start as those of a query do: what to try when nothing is found. */
export async function findNearest(plan, lexicon, glossary) {
  const nearest = new Set();
  for (const { word } of plan.tokens.filter(({ stop }) => !stop)) {
    for (let n = Math.min(word.length, 8); n > 0 && nearest.size < MOST_NEAREST; n--) {
      const start = word.slice(0, n);
      const words = await lexicon.startingWith(start);
      for (const name of [
        ...glossary.names.filter((name) => name.toLowerCase().startsWith(start)),
        ...words.sort(byUse).map((form) => form.word),
      ]) {
        if (nearest.size < MOST_NEAREST) {
          nearest.add(name);
        }
      }
    }
  }
  return [...nearest];
}

/*
 * { units: [{ word, weight, variants: [{ kind, terms, weight }] }], also, corrected }: a variant of
 * several terms counts where all of them are; `also` are names from the glossary, `corrected` is
 * [{ from, to }].
 */
export async function planQuery(query, lexicon, glossary) {
  const tokens = tokensOf(String(query ?? '').slice(0, MOST_LETTERS)).slice(0, 3 * MOST_WORDS);
  const plan = { tokens, units: [], also: new Set(), corrected: [] };
  const seen = new Set();
  plan.units = (await joinWords(tokens, lexicon, glossary))
    .filter(({ word }) => !seen.has(word) && seen.add(word))
    .slice(0, MOST_WORDS);
  if (plan.units.every(({ weight }) => weight < 1)) {
    plan.units.forEach((unit) => (unit.weight = 1));
  }
  await Promise.all(
    plan.units.map(async (unit) => {
      unit.isKnown = await addOwnForms(unit, lexicon);
      addApart(unit);
    }),
  );
  await addFromGlossary(plan, lexicon, glossary);
  await addTurned(plan, lexicon, glossary);
  await addVerbs(plan, lexicon);
  await Promise.all(plan.units.map((unit) => addGuesses(plan, unit, lexicon, glossary)));
  if (plan.units.every(({ variants }) => variants.length === 0)) {
    await Promise.all(plan.units.map((unit) => addFar(plan, unit, lexicon, glossary)));
  }
  return plan;
}
