/*
 * The search script's own trimmer, stop words and stemmer, against those of lunr-languages.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isStopWord, stem, trim } from '../../themes/standaard/search/dutch.js';
import { lunr, randomFrom } from './tool.mjs';

function agree(words) {
  const wrong = words.filter(
    (word) =>
      trim(word) !== String(lunr.nl.trimmer(new lunr.Token(word))) ||
      isStopWord(word) !== (lunr.nl.stopWordFilter(new lunr.Token(word)) === undefined) ||
      stem(word) !== String(lunr.nl.stemmer(new lunr.Token(word))),
  );
  assert.deepEqual(wrong.slice(0, 10), []);
}

test('a letter of any kind, anywhere in a word', () => {
  const letters = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
  for (const word of ['#', '#x', 'x#', 'b#heden', 'ba#en', 'baa#', 'ma#igheid', 'jaa#en']) {
    agree(letters.map((letter) => word.replaceAll('#', letter)));
  }
});

test('random words', () => {
  const random = randomFrom(1);
  const pick = (from) => from[Math.floor(random() * from.length)];
  const starts = [
    ...'abcdefghijklmnoprstuvwyzéëèïöüáíóúàçñß',
    'ij',
    'aa',
    'ee',
    'gem',
    'ig',
    '😀',
    '’',
  ];
  const ends =
    ',e,en,ene,heid,heden,s,se,ing,end,ig,lijk,baar,bar,igheid,iging,lijkheden,dd,kk,tt,gemen,cheid,eën,I,Y';
  const words = Array.from({ length: 200000 }, () => {
    let word = '';
    for (let i = 0; i < random() * 6; i++) word += pick(starts);
    return word + pick(ends.split(',')) + (random() < 0.3 ? pick(ends.split(',')) : '');
  });
  agree(words);
});

test('stop words', () => {
  agree(['', 'de', 'één', 'een', 'zou', 'zij', 'mag', 'constructor', '__proto__']);
});
