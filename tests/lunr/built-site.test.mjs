/*
 * The indexes of this repository's own site, national and regional, byte for byte against those that
 * lunr builds of the documents and texts that stand beside them.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { normalise } from '../../themes/standaard/search/words.js';
import { fields, indexFromLunr } from './tool.mjs';

const root = process.env.DRAAIBOEK_SITE;
const read = (path) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('zoek/zoek.json'));

/* The documents of a scope as [title, body]. */
function documentsOf({ documents, texts }) {
  const { pages, sections } = JSON.parse(read(documents));
  return sections.map(([page, , title], number) => {
    const chunk = JSON.parse(read(texts.pattern.replace('{n}', Math.floor(number / texts.size))));
    return [normalise(title || pages[page].title), normalise(chunk[number % texts.size])];
  });
}

const scopes = { nation: manifest.national };
for (const [slug, scope] of Object.entries(manifest.regions)) {
  if (scope.index) scopes[slug] = scope;
}

test('there are regions with documents of their own', () => {
  assert.ok(Object.keys(scopes).length > 5, Object.keys(scopes).join(' '));
});

for (const [name, scope] of Object.entries(scopes)) {
  test(`the index of ${name} is lunr's`, () => {
    const documents = documentsOf(scope);
    assert.ok(documents.length > 0);
    assert.ok(read(scope.index) === indexFromLunr(documents, fields), 'the bytes differ');
  });
}

test('what a region shadows are documents of the nation', () => {
  const { sections } = JSON.parse(read(manifest.national.documents));
  for (const { shadows = [] } of Object.values(manifest.regions)) {
    assert.ok(shadows.every((number, i) => number < sections.length && !(number <= shadows[i - 1])));
  }
});
