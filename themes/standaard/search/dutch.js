/*
 * The Dutch trimmer, stop words and stemmer of the index: those of lunr-languages 1.22, in little, for
 * all that a reader waits for counts. The stemmer is Snowball's "dutch" of before version 3, now called
 * "dutch_porter". tests/lunr/ holds them against lunr-languages. Words are in lower case.
 */

/* What a word can start and end with: lunr-languages' letters, and digits. */
const LETTERS =
  '0-9A-Za-z\xaa\xba\xc0-\xd6\xd8-\xf6\xf8-\u02b8\u02e0-\u02e4\u1d00-\u1d25\u1d2c-\u1d5c\u1d62-\u1d65' +
  '\u1d6b-\u1d77\u1d79-\u1dbe\u1e00-\u1eff\u2071\u207f\u2090-\u209c\u212a\u212b\u2132\u214e\u2160-\u2188' +
  '\u2c60-\u2c7f\ua722-\ua787\ua78b-\ua7ad\ua7b0-\ua7b7\ua7f7-\ua7ff\uab30-\uab5a\uab5c-\uab64' +
  '\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a';
const BEFORE = new RegExp(`^[^${LETTERS}]+`);
const BEHIND = new RegExp(`[^${LETTERS}]+$`);

export const trim = (word) => word.replace(BEFORE, '').replace(BEHIND, '');

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
  const first = regionFrom(word, 0);
  const second = first < Infinity ? regionFrom(word, first) : first;
  let isWithoutE = false;

  /* What is left without an ending that starts in a region, or undefined. */
  const without = (ending, region) => {
    const at = word.length - ending.length;
    return word.endsWith(ending) && at >= region ? word.slice(0, at) : undefined;
  };
  const [one, two] = [Math.max(3, first), second];

  function cutEn(ending) {
    const rest = without(ending, one);
    if (rest && !VOWEL.test(rest) && !rest.endsWith('gem')) {
      word = undouble(rest);
    }
  }

  function cutE() {
    const rest = without('e', one);
    isWithoutE = Boolean(rest) && !VOWEL.test(rest);
    if (isWithoutE) {
      word = undouble(rest);
    }
  }

  const [ending] = word.match(/(heden|ene|en|se|s)$/) ?? [''];
  if (ending === 'heden') {
    const rest = without(ending, one);
    word = rest === undefined ? word : `${rest}heid`;
  } else if (ending.includes('n')) {
    cutEn(ending);
  } else if (ending !== '') {
    const rest = without(ending, one);
    word = rest && !VOWEL_OR_J.test(rest) ? rest : word;
  }

  cutE();

  const whole = without('heid', two);
  if (whole !== undefined && !whole.endsWith('c')) {
    word = whole;
    cutEn('en');
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
      cutE();
    } else if (suffix === 'baar' || isWithoutE) {
      word = rest;
    }
  }

  return word
    .replace(DOUBLE_VOWEL, (_, start, pair, end) => start.slice(0, -1) + end)
    .replace(/[IY]/g, (letter) => letter.toLowerCase());
}
