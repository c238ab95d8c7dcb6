// The judged searches in vragen.json: their form, and that the site has every section they grade.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = process.env.DRAAIBOEK_SITE;
assert.ok(root, 'DRAAIBOEK_SITE is the folder of the built site');

const classes = ['exact', 'inflection', 'compound', 'synonym', 'typo', 'question'];
const { version, queries } = JSON.parse(readFileSync(new URL('vragen.json', import.meta.url), 'utf8'));

const pages = new Map();

// The ids on the page at this address; undefined when there is no such page.
function idsOf(address) {
  if (!pages.has(address)) {
    const file = join(root, address, 'index.html');
    const html = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    pages.set(address, html && new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1])));
  }
  return pages.get(address);
}

// Where a reader of the region finds a page: the address is national, or already the region's own.
const pageFor = (address, region) =>
  region && !address.startsWith(`regio/${region}/`) ? `regio/${region}/${address}` : address;

test('every query has an id, words, a class and grades', () => {
  assert.equal(version, 1);
  const known = ['id', 'query', 'class', 'region', 'grades'];
  for (const [i, query] of queries.entries()) {
    assert.equal(query.id, `q${String(i + 1).padStart(3, '0')}`);
    assert.deepEqual(Object.keys(query).filter((key) => !known.includes(key)), [], query.id);
    assert.match(query.query, /^\S+( \S+)*$/, query.id);
    assert.ok(classes.includes(query.class), `${query.id}: class ${query.class}`);
    const grades = Object.values(query.grades);
    assert.ok(grades.every((grade) => [1, 2, 3].includes(grade)), `${query.id}: a grade is 1, 2 or 3`);
    assert.ok(grades.includes(3), `${query.id}: no section has grade 3`);
  }
});

test('no query stands twice', () => {
  const seen = new Map();
  for (const { id, query } of queries) {
    const words = query.toLowerCase();
    assert.ok(!seen.has(words), `${id} is the same as ${seen.get(words)}`);
    seen.set(words, id);
  }
});

test('there are at least 120 queries, and 20 of each class', () => {
  assert.ok(queries.length >= 120, `${queries.length} queries`);
  for (const name of classes) {
    const count = queries.filter((query) => query.class === name).length;
    assert.ok(count >= 20, `${name}: ${count}`);
  }
});

test('every region and every graded section is on the site', () => {
  const faults = [];
  for (const { id, region, grades } of queries) {
    if (region && !idsOf(`regio/${region}/`)) faults.push(`${id}: no region ${region}`);
    for (const key of Object.keys(grades)) {
      const [address, anchor] = key.split('#');
      const page = pageFor(address, region);
      const ids = idsOf(page);
      if (address && !address.endsWith('/')) faults.push(`${id}: ${key} is not an address`);
      else if (!region && address.startsWith('regio/')) faults.push(`${id}: ${key}, but it has no region`);
      else if (!ids) faults.push(`${id}: there is no page ${page}`);
      else if (key.includes('#') && !ids.has(anchor)) faults.push(`${id}: ${page} has no #${anchor}`);
    }
  }
  assert.deepEqual(faults, []);
});
