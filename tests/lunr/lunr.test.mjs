/*
 * The index that C writes, byte for byte against the one that lunr builds and serialises.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fields, indexFromC, indexFromLunr, lunr, randomFrom } from './tool.mjs';

/* Says where two indexes part, not all that is in them. */
function same(documents, boosts = fields) {
  const got = indexFromC(documents, boosts);
  const wanted = indexFromLunr(documents, boosts);
  if (got === wanted) {
    return got;
  }
  let at = 0;
  while (got[at] === wanted[at]) at++;
  const around = (text) => text.slice(Math.max(0, at - 120), at + 80);
  assert.equal(around(got), around(wanted), `the indexes part at ${at}`);
}

const adversarial = {
  'no documents': [],
  'one empty document': [['', '']],
  'empty fields': [
    ['', ''],
    ['woord', ''],
    ['', 'woord'],
    ['', ''],
  ],
  'only stop words and signs': [
    ['de het een', '— … 😀 !!'],
    ['En', '\' " ?'],
  ],
  'names that every object has': [
    ['__proto__ constructor', 'toString valueOf hasOwnProperty isPrototypeOf'],
    ['__proto__ __proto__x', 'prototype a__proto__b constructor __defineGetter__'],
  ],
  emoji: [['😀 😀a a😀 a😀b 👩‍👩‍👧', '🇳🇱 vlag 🏳️‍🌈 x🏳️‍🌈y']],
  'I with and without dots': [['İstanbul DİYARBAKIR ıI', 'iİ İ İİ i̇ I']],
  sigma: [['ΟΔΟΣ ΣΑΣ Σ', "ΑΣ' ΑΣ.Α ΑΣ-Α Σ. ΑΣ\u00ad"]],
  'accents, composed and not': [
    ['café één geëerd', 'cafe\u0301 e\u0301e\u0301n gee\u0308erd \u0301'],
  ],
  'white space of all kinds': [
    [
      'a1\u00a0b1\u1680c1\u2003d1\u2028e1\u2029f1\u202fg1\u205fh1\u3000i1\ufeffj1',
      'k1\vl1\fm1\rn1\to1\u0085p1\u180eq1\u200br1',
    ],
  ],
  'hyphens of all kinds': [['zij-instroom -a- --', 'a\u2010b a\u2011b a\u2013b a\u00adb a_b a/b']],
  'control characters': [['a\0b c\x01d e\x1ff \x7f', 'a\x7fb \x1b[0m g\x0e\x0fh a\bb a\x1fb']],
  'quotes and backslashes': [['a"b "c" d\\e \\', "a'b 's rock'n'roll ‘t ’s"]],
  'what scripts and pages trip over': [['a<b>c & d&e </script>', 'x\u2027y a<!--b a\u2060b']],
  numbers: [
    [
      '1 2 10 007 4294967295 4294967294',
      '1,5 1.5 2026-11-20 € 500 1e3 -0 0x1f 999999999999999999999',
    ],
  ],
  'order of UTF-16': [
    ['a\ue000 a\uffff a😀 a\ud7ff aa a', 'a\ufffd a\u{10ffff} a\uee00b a\uefffb b'],
  ],
  'words that only differ in their stop': [['één een Een ÉÉN', 'zij zijn Zij-zijn']],
  'a very long word': [['x'.repeat(100000), `${'werkgevers'.repeat(2000)}heden`]],
  'very many words': [
    [Array.from({ length: 5000 }, (_, i) => `woord${i}`).join(' '), 'woord '.repeat(70000)],
  ],
  'a word that is everywhere': Array.from({ length: 40 }, (_, i) => ['overal', `overal ${i}`]),
  'a line of separators': [['----    -- - \n\n', '\u2028\u2029']],
};

for (const [name, documents] of Object.entries(adversarial)) {
  test(`as lunr: ${name}`, () => {
    same(documents);
  });
}

test('as lunr: all of these in one index', () => {
  same(Object.values(adversarial).flat());
});

const syllables = [
  'werk',
  'gever',
  'ne',
  'mer',
  'sub',
  'si',
  'die',
  'ar',
  'beids',
  'markt',
  're',
  'gio',
  'op',
  'lei',
  'ding',
  'ver',
  'klaar',
  'be',
  'zoek',
  'plaats',
  'stad',
  'ge',
  'meent',
  'één',
  'ë',
  'ij',
  'ŵ',
  '😀',
  '\u0301',
];
const endings = [
  '',
  '',
  'en',
  's',
  'ing',
  'ingen',
  'heid',
  'heden',
  'e',
  'lijk',
  "'s",
  '.',
  ',',
  ')',
  '”',
  '\u00ad',
];
const gaps = [' ', ' ', ' ', '\n', '-', '\u00a0', ' (', ' “', '\u2028'];
const common = ['de', 'het', 'een', 'van', 'en', 'is', 'WSP', 'u', '12', '2026'];

function randomTexts(seed, count, most) {
  const random = randomFrom(seed);
  const pick = (from) => from[Math.floor(random() * random() * from.length)];
  const word = () => {
    if (random() < 0.3) return pick(common);
    let letters = '';
    for (let i = 0; i < 1 + random() * 4; i++)
      letters += syllables[Math.floor(random() * syllables.length)];
    return (random() < 0.1 ? letters.toUpperCase() : letters) + pick(endings);
  };
  const text = (size) => {
    let words = '';
    for (let i = Math.floor(random() * size); i > 0; i--) words += word() + pick(gaps);
    return words;
  };
  return Array.from({ length: count }, () => [text(8), text(most)]);
}

for (const [seed, count, most] of [
  [1, 1, 50],
  [2, 2, 50],
  [3, 11, 2000],
  [4, 300, 200],
  [5, 2500, 60],
]) {
  test(`as lunr: ${count} random documents of up to ${most} words`, () => {
    same(randomTexts(seed, count, most));
  });
}

test('as lunr: other fields and boosts', () => {
  const documents = randomTexts(6, 120, 80);
  same(
    documents.map(([, body]) => [body]),
    { body: 1 },
  );
  same(
    documents.map(([title, body]) => [title, body, `${title} x`]),
    { title: 3, body: 1, parts: 0.6 },
  );
  same(documents, { title: 7.3, body: 0.017 });
  same(documents, { title: 1000, body: 0.0001 });
});

test('as lunr: scores at every size of the statistics', () => {
  const documents = Array.from({ length: 1500 }, (_, i) => [
    '',
    Array.from({ length: 40 }, (_unused, j) =>
      i % (j + 1) === 0 ? `t${j} `.repeat(1 + (i % 7)) : '',
    ).join(''),
  ]);
  same(documents);
});

test('stock lunr loads the index, and finds every term in every document that has it', () => {
  const documents = [...Object.values(adversarial).flat(), ...randomTexts(7, 150, 100)];
  const json = JSON.parse(indexFromC(documents));
  const index = lunr.Index.load(json);
  assert.equal(json.fieldVectors.length, documents.length * 2);
  assert.deepEqual(
    json.fieldVectors.map(([name]) => name),
    documents.flatMap((_, ref) => [`title/${ref}`, `body/${ref}`]),
  );
  const vectors = new Map(json.fieldVectors);
  for (const [term, posting] of json.invertedIndex) {
    assert.ok(
      index.tokenSet.intersect(lunr.TokenSet.fromString(term)).toArray().includes(term),
      term,
    );
    for (const field of ['title', 'body']) {
      for (const ref of Object.keys(posting[field])) {
        const vector = vectors.get(`${field}/${ref}`);
        assert.ok(
          vector.some((number, i) => i % 2 === 0 && number === posting._index),
          `${term} ${field}/${ref}`,
        );
      }
    }
  }
});

test('a query finds the documents with inflections of its word', () => {
  const index = lunr.Index.load(
    JSON.parse(
      indexFromC([
        ['Werkgevers', 'zoeken personeel'],
        ['Subsidie', 'voor een werkgever'],
        ['Iets anders', ''],
      ]),
    ),
  );
  assert.deepEqual(
    index.search('werkgever').map(({ ref }) => ref),
    ['0', '1'],
  );
});
