/*
 * The theme's dutch.js (themes/standaard/vendor.mjs): the trimmer, stop words and stemmer of
 * lunr-languages as they are, in a module that a strict Content-Security-Policy lets run and that sets
 * nothing global.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { lunr, randomFrom } from './tool.mjs';

const top = fileURLToPath(new URL('../..', import.meta.url));
const file = join(top, 'build/share/themes/standaard/js/dutch.js');

test('words are trimmed, stopped and stemmed as by lunr-languages', async () => {
  const before = Object.getOwnPropertyNames(globalThis);
  const { isStopWord, stem, trim } = await import(file);
  const random = randomFrom(1);
  const pieces = ['aan', 'ver', 'klar', 'ing', 'en', 's', 'heid', 'é', 'ij', 'tt', '(', '’', '1', '😀'];
  const words = ['', 'de', 'één', 'verklaringen', 'vacatures', 'werk(zoek)enden', '\ud800'];
  for (let i = 0; i < 5000; i++) {
    const length = 1 + random() * 5;
    words.push(
      Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join(''),
    );
  }

  assert.deepEqual(Object.getOwnPropertyNames(globalThis), before);
  for (const word of words) {
    const token = new lunr.Token(word);
    assert.equal(trim(word), String(lunr.nl.trimmer(token)));
    assert.equal(isStopWord(word), lunr.nl.stopWordFilter(new lunr.Token(word)) === undefined);
    assert.equal(stem(word), String(lunr.nl.stemmer(new lunr.Token(word))));
  }
});

test('nothing in it makes code of text', () => {
  const text = readFileSync(file, 'utf8');

  assert.doesNotMatch(text, /\beval\s*\(|new Function|\bFunction\s*\(/);
  assert.match(text, /MPL/);
});

test('it is the same each time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'draaiboek-'));
  const theme = join(top, 'themes/standaard');

  try {
    const again = join(folder, 'js/dutch.js');
    execFileSync('node', [join(theme, 'vendor.mjs'), join(theme, 'node_modules'), again]);
    assert.deepEqual(readFileSync(again), readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
