// Every page of this repository's own site: headings in order, no id twice, and its weight.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const root = process.env.DRAAIBOEK_SITE;
const pages = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/* What is wrong with the headings of a page: they start with the one h1, and go down a level at a time. */
function outlineFaults(html) {
  // What a script fills in is not of the page yet.
  const shown = html.replace(/<template\b[^]*?<\/template>/g, '');
  const headings = [...shown.matchAll(/<h([1-6])\b[^>]*>([^]*?)<\/h\1>/g)].map(([, level, text]) => ({
    level: Number(level),
    text: text.replace(/<[^>]*>/g, '').trim(),
  }));
  const faults = [];
  if (headings.filter(({ level }) => level === 1).length !== 1) faults.push('not one h1');
  headings.forEach(({ level, text }, i) => {
    if (level > (headings[i - 1]?.level ?? 0) + 1) faults.push(`"${text}" skips a level`);
    if (text === '') faults.push('a heading without text');
  });
  return faults;
}

function idFaults(html) {
  const seen = new Set();
  return [...html.matchAll(/<[a-z][^<>]*?\sid="([^"]*)"/g)]
    .map(([, id]) => id)
    .filter((id) => seen.has(id) || !seen.add(id))
    .map((id) => `id ${id} twice`);
}

const inAll = (look) => {
  assert.ok(pages.length > 1000, `${pages.length} pages`);
  const faults = pages.flatMap((file) =>
    look(readFileSync(file, 'utf8')).map((fault) => `${relative(root, file)}: ${fault}`),
  );
  assert.deepEqual(faults.slice(0, 20), [], `${faults.length} faults`);
};

test('every page has one h1, first, and no heading skips a level', () => inAll(outlineFaults));

test('no id stands twice in a page', () => inAll(idFaults));

test('a page is at most 20 KB with gzip', () =>
  inAll((html) => {
    // Few are near it; what is small as it is need not be pressed.
    const size = html.length > 20 * 1024 ? gzipSync(html, { level: 9 }).length : 0;
    return size > 20 * 1024 ? [`${size} bytes`] : [];
  }));

test('a skipped level, a second h1 and an id that stands twice are seen', () => {
  assert.deepEqual(outlineFaults('<h1>a</h1><h2 id="x">b</h2><h4>c</h4><h1> </h1>'), [
    'not one h1',
    '"c" skips a level',
    'a heading without text',
  ]);
  assert.deepEqual(idFaults('<p id="x"><a href="#" id="y"></a><b class="z" id="x">'), ['id x twice']);
});
