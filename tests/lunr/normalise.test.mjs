/*
 * The rules of the theme's normaliser, against those of the generator.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalise } from '../../themes/standaard/search/words.js';
import { change, randomFrom } from './tool.mjs';

test('the rules of the normaliser are those of the generator', () => {
  const letters = Array.from({ length: 0x3000 }, (_, point) => String.fromCodePoint(point));
  const random = randomFrom(1);
  const pieces = [
    "'",
    '’',
    's',
    'S',
    'a',
    'é',
    'e\u0301',
    '\u00ad',
    '\u200b',
    '/',
    '-',
    '\u2011',
    ' ',
    '…',
    '1',
    '😀',
    '.',
  ];
  const mixed = Array.from({ length: 20000 }, () =>
    Array.from(
      { length: 1 + random() * 8 },
      () => pieces[Math.floor(random() * pieces.length)],
    ).join(''),
  );
  const texts = [...letters.flatMap((letter) => [letter, `a${letter}'s${letter}b`]), ...mixed];
  const got = change('normalise', texts);
  assert.deepEqual(texts.filter((text, i) => normalise(text) !== got[i]).slice(0, 10), []);
});
