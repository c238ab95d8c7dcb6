/*
 * The Dutch trimmer, stop words and stemmer of the index: those of lunr-languages 1.22, in little, for
 * all that a reader waits for counts. The stemmer is Snowball's "dutch" of before version 3, now called
 * "dutch_porter". tests/lunr/ holds them against lunr-languages. Words are in lower case.
 */

/*
 * From the first to the last of what a word can start and end with: lunr-languages' letters, and digits. Its
 * letters are those of Latin script in Unicode 8, of 16 bits.
 */
const LETTER =
  '(?:\\d|(?![\ua7ae\ua7af\ua7b8-\ua7f6\uab66-\uab6f\u{10000}-\u{10ffff}])\\p{Script=Latin})';
const CORE = new RegExp(`${LETTER}(?:.*${LETTER})?`, 'su');

export const trim = (word) => word.match(CORE)?.[0] ?? '';

/* The empty word is one, too. */
const STOP_WORDS = new Set(
  (
    ' aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een ' +
    'eens en er ge geen geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ' +
    'ja je kan kon kunnen maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ' +
    'ons ook op over reeds te tegen toch toen tot u uit uw van veel voor want waren was wat werd wezen ' +
    'wie wil worden wordt zal ze zelf zich zij zijn zo zonder zou'
  ).split(' '),
);

export const isStopWord = (word) => STOP_WORDS.has(word);

const VOWEL = /[aeiouyè]$/;
const VOWEL_OR_J = /[aeiouyèj]$/;
const VOWEL_OR_GEM = /([aeiouyè]|gem)$/;
const REGION = /[^aeiouyè]*[aeiouyè]+[^aeiouyè]/y;
const DOUBLE_VOWEL = /([^aeiouyè](aa|ee|oo|uu))([^aeiouyèI])$/;

/* Where the part of a word starts that may be cut off: behind the next consonant after a vowel. */
function regionFrom(word, start) {
  REGION.lastIndex = start;
  return REGION.test(word) ? REGION.lastIndex : Infinity;
}

const undouble = (word) => (/(dd|kk|tt)$/.test(word) ? word.slice(0, -1) : word);

export function stem(text) {
  /* An i between vowels and a y behind one are consonants, which capitals stand for. */
  let word = text
    .replace(/[áäéëíïóöúü]/g, (letter) => letter.normalize('NFD')[0])
    .replace(/^y/, 'Y')
    .replace(/([aeiouyè])(i(?=[aeiouyè])|y)/g, (_, vowel, next) => vowel + next.toUpperCase());
  const start = regionFrom(word, 0);
  const one = Math.max(3, start);
  const two = start < Infinity ? regionFrom(word, start) : start;

  /* What is left without an ending that starts in a region, or undefined. */
  const without = (ending, region) => {
    const at = word.length - ending.length;
    return word.endsWith(ending) && at >= region ? word.slice(0, at) : undefined;
  };

  /* Takes an ending off, but not from what ends so; says whether it did. */
  function cut(ending, unless) {
    const rest = without(ending, one);
    const isCut = Boolean(rest) && !unless.test(rest);
    word = isCut ? undouble(rest) : word;
    return isCut;
  }

  const [ending] = word.match(/(heden|ene|en|se|s)$/) ?? [''];
  if (ending === 'heden') {
    const rest = without(ending, one);
    word = rest === undefined ? word : `${rest}heid`;
  } else if (ending.includes('n')) {
    cut(ending, VOWEL_OR_GEM);
  } else if (ending !== '') {
    const rest = without(ending, one);
    word = rest && !VOWEL_OR_J.test(rest) ? rest : word;
  }

  const isWithoutE = cut('e', VOWEL);

  const whole = without('heid', two);
  if (whole !== undefined && !whole.endsWith('c')) {
    word = whole;
    cut('en', VOWEL_OR_GEM);
  }

  const [suffix] = word.match(/(end|ing|ig|lijk|baar|bar)$/) ?? [''];
  const rest = suffix && without(suffix, two);
  if (rest !== undefined && suffix !== '') {
    if (suffix === 'end' || suffix === 'ing') {
      word = rest;
      const base = without('ig', two);
      word = base !== undefined && !base.endsWith('e') ? base : undouble(rest);
    } else if (suffix === 'ig') {
      word = rest.endsWith('e') ? word : rest;
    } else if (suffix === 'lijk') {
      word = rest;
      cut('e', VOWEL);
    } else if (suffix === 'baar' || isWithoutE) {
      word = rest;
    }
  }

  return word
    .replace(DOUBLE_VOWEL, (_, start, pair, end) => start.slice(0, -1) + end)
    .replace(/[IY]/g, (letter) => letter.toLowerCase());
}
