/*
 * The theme's lunr.js (themes/standaard/vendor.mjs): lunr and its Dutch stemmer as they are, in one
 * module that a strict Content-Security-Policy lets run and that sets nothing global.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { indexFromLunr } from './tool.mjs';

const top = fileURLToPath(new URL('../..', import.meta.url));
const file = join(top, 'build/share/themes/standaard/js/lunr.js');

test('the module is lunr with its Dutch stemmer', async () => {
  const before = Object.getOwnPropertyNames(globalThis);
  const { default: lunr } = await import(file);

  assert.deepEqual(Object.getOwnPropertyNames(globalThis), before);
  assert.equal(lunr.version, '2.3.9');
  const index = lunr(function () {
    this.use(lunr.nl);
    this.ref('ref');
    this.field('title');
    this.add({ ref: 0, title: 'Vacatures voor zij-instromers, verklaringen' });
  });
  assert.equal(
    JSON.stringify(index),
    indexFromLunr([['Vacatures voor zij-instromers, verklaringen']], { title: 1 }),
  );
  assert.equal(index.search('verklaring').length, 1);
});

test('a warning of lunr finds the console', async (t) => {
  const { default: lunr } = await import(file);
  const warn = t.mock.method(console, 'warn', () => {});

  lunr.Pipeline.registerFunction(lunr.nl.stemmer, 'stemmer-nl');
  assert.equal(warn.mock.callCount(), 1);
});

test('nothing in it makes code of text', () => {
  const text = readFileSync(file, 'utf8');

  assert.doesNotMatch(text, /\beval\s*\(|new Function|\bFunction\s*\(/);
  assert.match(text, /MIT/);
  assert.match(text, /MPL/);
});

test('it is the same each time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'draaiboek-'));
  const theme = join(top, 'themes/standaard');

  try {
    const again = join(folder, 'js/lunr.js');
    execFileSync('node', [join(theme, 'vendor.mjs'), join(theme, 'node_modules'), again]);
    assert.deepEqual(readFileSync(again), readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
