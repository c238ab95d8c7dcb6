/*
 * Lower case, tokens, word characters and stems from C, against JavaScript and lunr-languages.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, lunr, randomFrom } from './tool.mjs';

/* What Unicode added or changed after version 14, which libutf8proc 2.8 knows. */
const recent =
  /[\u0295\u0897\u1acf-\u1aff\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2-\ua7d4\ua7da-\ua7dc\ua7f1]/;

/* The first plane less the surrogates, and the later blocks that have upper and lower case. */
const letters = [
  [0, 0xd7ff],
  [0xe000, 0xffff],
  [0x10400, 0x1044f],
  [0x104b0, 0x104ff],
  [0x10570, 0x105bf],
  [0x10c80, 0x10cff],
  [0x118a0, 0x118df],
  [0x16e40, 0x16e7f],
  [0x1d400, 0x1d7ff],
  [0x1e900, 0x1e943],
  [0x1f100, 0x1f1ff],
  [0x1f600, 0x1f64f],
]
  .flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
  )
  .filter((letter) => !recent.test(letter));

function agree(how, texts, wanted) {
  const got = change(how, texts);
  assert.equal(got.length, texts.length);
  const wrong = texts.flatMap((text, i) =>
    got[i] === wanted(text) ? [] : [{ text, got: got[i], wanted: wanted(text) }],
  );
  assert.deepEqual(wrong.slice(0, 10), []);
}

function throughPipeline(name) {
  const step = lunr.Pipeline.registeredFunctions[name];
  return (word) => step(new lunr.Token(word)).toString();
}

const trim = throughPipeline('trimmer-nl');
const stem = throughPipeline('stemmer-nl');
const lower = (text) => text.toLowerCase();
const tokens = (text) => lunr.tokenizer(text).join('\n');

test('every letter has the lower case of JavaScript', () => {
  agree('lower', letters, lower);
});

test('a sigma is final or not by what stands around it', () => {
  agree(
    'lower',
    letters.map((letter) => `aΣ${letter}b`),
    lower,
  );
  agree(
    'lower',
    letters.map((letter) => `b ${letter}Σ`),
    lower,
  );
  agree(
    'lower',
    letters.map((letter) => `b${letter}Σ`),
    lower,
  );
  agree(
    'lower',
    ['Σ', 'ΑΣ', 'ΑΣ ', 'ΑΣ-Α', 'Α\u0301Σ\u0301', "ΑΣ'Σ", 'ΣΣΣ', '😀Σ', '𝐀Σ', 'ΑΣ😀'],
    lower,
  );
});

test('texts are cut at the white space of JavaScript and at hyphens', () => {
  agree(
    'tokens',
    letters.map((letter) => `x${letter}y`),
    (text) => text.split(/[\s-]/).filter(Boolean).join('\n'),
  );
  agree('tokens', ['', ' ', '-', '--a--b ', '\u00a0a\u2028b\u3000', '\ufeffa\ufeff'], tokens);
});

test('words lose what is not of a word at both ends', () => {
  agree('trim', letters, trim);
  agree(
    'trim',
    letters.map((letter) => `${letter}x`),
    trim,
  );
  agree(
    'trim',
    letters.map((letter) => `x${letter}`),
    trim,
  );
  agree(
    'trim',
    letters.map((letter) => `x${letter}y`),
    trim,
  );
  agree('trim', ['', '😀😀', "'s", '(x)', '“één”', 'e\u0301', '\u0301e', 'a\0', '_1_'], trim);
});

test('a letter of any kind, anywhere in a word, is stemmed as in JavaScript', () => {
  for (const word of [
    '#ingen',
    'b#heden',
    'ba#en',
    'baa#',
    'jaa#en',
    'a#lijkse',
    '#ee#',
    'ma#igheid',
  ]) {
    agree(
      'stem',
      letters.map((letter) => word.replaceAll('#', letter)),
      stem,
    );
  }
});

test('random words are stemmed as in JavaScript', () => {
  const random = randomFrom(1);
  const pick = (from) => from[Math.floor(random() * from.length)];
  const starts = [
    ...'abcdefghijklmnoprstuvwyzéëèïöüáíóúàçñßœø',
    'ij',
    'aa',
    'ee',
    'oo',
    'uu',
    'ŵ',
    '😀',
    'ß',
    ' ',
    '’',
  ];
  const ends = [
    '',
    'e',
    'en',
    'ene',
    'heid',
    'heden',
    's',
    'se',
    'ing',
    'end',
    'ig',
    'lijk',
    'baar',
    'bar',
    'igheid',
    'iging',
    'elijkheden',
    'dd',
    'kk',
    'tt',
    'gem',
    'gemen',
    'aan',
    'eën',
    'yen',
    "'s",
    'I',
    'Y',
  ];
  const words = Array.from({ length: 200000 }, () => {
    let word = '';
    for (let i = 0; i < 1 + random() * 6; i++) word += pick(starts);
    return word + pick(ends) + (random() < 0.3 ? pick(ends) : '');
  });
  agree('stem', words, stem);
});

test('the stemmer is the one by Porter', () => {
  agree('stem', ['verklaringen', 'vacatures', 'werkzoekenden', 'regio’s', 'één'], stem);
  assert.deepEqual(change('stem', ['verklaringen', 'vacatures']), ['verklar', 'vacatures']);
});
