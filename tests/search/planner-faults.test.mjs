/*
 * The theme's search module over sites of which a file is missing, broken, or of another version or
 * build: opening or finding rejects with an error that names the file.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { serve } from './reference.mjs';
import { base, makeSite, module } from './small-site.mjs';

const { openSearch } = await import(module);

let site;

before(() => {
  site = makeSite();
});

/* Opens a changed site and asks all of it. */
async function use(change, { region = 'foodvalley', ...options } = {}) {
  const broken = new Map(site);
  change(broken);
  const search = await openSearch(base, { fetch: serve(broken, base), region, ...options });
  for (const query of ['werkgever', 'proefplaatsing', 'jobcoahc', 'afspraken', 'onbekendwoord']) {
    await search.find(query, { limit: 100 });
  }
}

async function rejects(change, message, options) {
  await assert.rejects(use(change, options), (error) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, message);
    return true;
  });
}

const quote = (name) => name.replace(/[.]/g, '\\.');

/* A file that is asked for in `use`, of each kind and scope. */
async function filesInUse() {
  const asked = [];
  const fetch = serve(site, base, asked);
  await use(() => {}, { fetch });
  return [...new Set(asked)];
}

function changed(name, change) {
  return (files) => {
    const value = JSON.parse(files.get(name));
    change(value);
    files.set(name, JSON.stringify(value));
  };
}

test('the files in use are of every kind', async () => {
  const names = (await filesInUse()).join(' ');
  for (const name of [
    'zoek/zoek.json',
    'zoek/overzicht.json',
    'zoek/begrippen.json',
    'zoek/index/',
    'zoek/woorden/',
    'zoek/documenten/',
    'regio/foodvalley/zoek/overzicht.json',
    'regio/foodvalley/zoek/index/',
    'regio/foodvalley/zoek/woorden/',
    'regio/foodvalley/zoek/documenten/',
  ]) {
    assert.ok(names.includes(name), name);
  }
});

test('a missing file is named', async () => {
  for (const name of await filesInUse()) {
    await rejects(
      (files) => files.delete(name),
      new RegExp(`^search: ${quote(name)} could not be fetched: status 404`),
    );
  }
  await rejects(() => {}, /zoek\/zoek\.json could not be fetched: no network/, {
    fetch: async () => {
      throw new TypeError('no network');
    },
  });
  await rejects(
    (files) => files.delete('zoek/index.json'),
    /^search: zoek\/index\.json could not/,
    {
      whole: true,
    },
  );
});

test('a truncated file is named', async () => {
  for (const name of await filesInUse()) {
    for (const share of [0, 0.3, 0.9]) {
      await rejects(
        (files) => files.set(name, files.get(name).slice(0, files.get(name).length * share)),
        new RegExp(`^search: ${quote(name)} is not JSON`),
      );
    }
  }
});

test('a file that is something else is named', async () => {
  for (const name of await filesInUse()) {
    for (const other of ['null', '[]', '{}', '"x"', '7', '<!doctype html>']) {
      await rejects((files) => files.set(name, other), new RegExp(`^search: ${quote(name)} `));
    }
  }
});

test('a file of another version is named', async () => {
  for (const name of await filesInUse()) {
    for (const version of [0, 3, '2', undefined]) {
      await rejects(
        changed(name, (value) => {
          value.version = version;
        }),
        new RegExp(`^search: ${quote(name)} is `),
      );
    }
  }
});

test('a file of another build is named', async (t) => {
  const outline = 'regio/foodvalley/zoek/overzicht.json';
  for (const [name, change] of [
    ['zoek/overzicht.json', (value) => value.pages.pop()],
    ['zoek/overzicht.json', (value) => value.chunks.pop()],
    ['zoek/overzicht.json', (value) => (value.sections += 1)],
    ['zoek/documenten/0.json', (value) => value.pages.pop()],
    ['zoek/documenten/0.json', (value) => value.pages[0].sections.pop()],
    ['zoek/documenten/0.json', (value) => (value.pages[0].sections[0] = ['', 7])],
    ['zoek/woorden/0.json', (value) => (value.weights += '1')],
    ['zoek/index/0.json', (value) => (value.fieldVectors[0][0] = 'title/999')],
    ['zoek/index/0.json', (value) => (value.fieldVectors[0][0] = 'other/0')],
    ['zoek/index/0.json', (value) => delete value.invertedIndex],
    ['zoek/index/0.json', (value) => value.invertedIndex.shift()],
    [outline, (value) => value.shadows.push(999)],
    [outline, (value) => (value.own[0] = 999)],
    ['zoek/begrippen.json', (value) => (value.terms[0].synonyms = 'x')],
    ['zoek/zoek.json', (value) => delete value.national.shards],
    ['zoek/zoek.json', (value) => (value.regions = 7)],
  ]) {
    await t.test(`${name}: ${change}`, () =>
      rejects(changed(name, change), new RegExp(`^search: ${quote(name)} `)),
    );
  }
});

test('a region that is not there is named', async () => {
  await rejects(() => {}, /zoek\/zoek\.json has no region "utrecht"/, { region: 'utrecht' });
  await rejects(() => {}, /has no region "__proto__"/, { region: '__proto__' });
});

test('what failed is asked for again', async () => {
  const broken = new Map(site);
  const search = await openSearch(base, { fetch: serve(broken, base) });
  const names = [...site.keys()].filter((name) => /woorden/.test(name));
  names.forEach((name) => broken.delete(name));
  await assert.rejects(search.find('jobcoach'), /woorden/);
  names.forEach((name) => broken.set(name, site.get(name)));
  assert.ok((await search.search('jobcoach')).length > 0);
});
