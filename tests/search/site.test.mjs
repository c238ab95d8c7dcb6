/*
 * The reader of built sites, on a small one: which sections a reader finds, and what they are called.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { base, fetchFrom, readSite, temporaryFolder } from './site.mjs';

const scope = (prefix) => ({
  outline: `${prefix}zoek/overzicht.json`,
  index: `${prefix}zoek/index.json`,
  shards: `${prefix}zoek/index/{n}.json`,
  words: `${prefix}zoek/woorden/{n}.json`,
  documents: `${prefix}zoek/documenten/{n}.json`,
});

const files = {
  'zoek/zoek.json': {
    version: 2,
    module: 'assets/search.0.js',
    national: scope(''),
    regions: { ede: { name: 'Ede', ...scope('regio/ede/') }, oss: { name: 'Oss' } },
  },
  'zoek/overzicht.json': { chunks: [1, 1], terms: ['', 'm'], words: [''] },
  'zoek/documenten/0.json': {
    pages: [{ address: '', title: 'Begin', sections: [['', '', 'Welkom.']] }],
  },
  'zoek/documenten/1.json': {
    pages: [
      {
        address: 'geld/jobcoach/',
        title: 'Jobcoach',
        sections: [
          ['', '', 'Hij helpt.'],
          ['één', 'Kosten', 'Niets.'],
          ['duur', 'Duur', 'Lang.'],
        ],
      },
    ],
  },
  'regio/ede/zoek/overzicht.json': { chunks: [2], terms: [''], words: [''], shadows: [2] },
  'regio/ede/zoek/documenten/0.json': {
    pages: [
      {
        address: 'regio/ede/geld/jobcoach/',
        title: 'Jobcoach',
        sections: [['één', 'Kosten', 'Vijf euro.']],
      },
      { address: 'regio/ede/loket/', title: 'Loket', sections: [['', '', 'In Ede.']] },
    ],
  },
};

const folder = temporaryFolder();
for (const [path, value] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify(value));
}
const site = readSite(folder);
const found = (region) => site.sectionsOf(region).map(({ key, text }) => [key, text]);

test('the nation has its own sections, introductions under the title of the page', () => {
  assert.deepEqual(found(), [
    ['', 'Welkom.'],
    ['geld/jobcoach/', 'Hij helpt.'],
    ['geld/jobcoach/#één', 'Niets.'],
    ['geld/jobcoach/#duur', 'Lang.'],
  ]);
  assert.deepEqual(site.sectionsOf()[1].title, 'Jobcoach');
});

test('a region has what it does not hide, and its own text under the national key', () => {
  assert.deepEqual(found('ede'), [
    ['', 'Welkom.'],
    ['geld/jobcoach/', 'Hij helpt.'],
    ['geld/jobcoach/#duur', 'Lang.'],
    ['geld/jobcoach/#één', 'Vijf euro.'],
    ['regio/ede/loket/', 'In Ede.'],
  ]);
  assert.deepEqual(found('oss'), found());
});

test('the address of a result has one key, whoever reads it', () => {
  assert.equal(site.keyOf(base), '');
  assert.equal(site.keyOf(`${base}geld/jobcoach/#%C3%A9%C3%A9n`), 'geld/jobcoach/#één');
  assert.equal(site.keyOf(`${base}regio/ede/geld/jobcoach/#duur`), 'geld/jobcoach/#duur');
  assert.equal(site.keyOf(`${base}regio/ede/`), '');
  assert.equal(site.keyOf(`${base}regio/ede/loket/`), 'regio/ede/loket/');
});

test('the files of a region are what its search may read', () => {
  assert.deepEqual(site.own('ede').files, [
    'regio/ede/zoek/overzicht.json',
    'regio/ede/zoek/index/0.json',
    'regio/ede/zoek/woorden/0.json',
    'regio/ede/zoek/documenten/0.json',
  ]);
  assert.deepEqual(site.own('oss').files, []);
});

test('a fetch reads the folder, and says which files', async () => {
  const seen = [];
  const fetch = fetchFrom(folder, (path) => seen.push(path));
  assert.equal((await (await fetch(`${base}zoek/zoek.json`)).json()).version, 2);
  assert.equal((await fetch(new URL('no.json', base))).status, 404);
  assert.deepEqual(seen, ['zoek/zoek.json']);
});
