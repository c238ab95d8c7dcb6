/*
 * The theme's search module over sites of which a file is missing, broken, or of another build.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { base, makeSite, module, serve } from './site.mjs';

const { openSearch } = await import(module);

let site;

before(() => {
  site = makeSite();
});

async function rejects(change, message, options) {
  const broken = new Map(site);
  change(broken);
  await assert.rejects(openSearch(base, { fetch: serve(broken), ...options }), (error) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, message);
    return true;
  });
}

function changed(name, change) {
  return (files) => {
    const value = JSON.parse(files.get(name));
    change(value);
    files.set(name, JSON.stringify(value));
  };
}

test('a missing file is named', async () => {
  for (const name of [
    'zoek/zoek.json',
    'zoek/index.json',
    'zoek/documenten.json',
    'zoek/begrippen.json',
  ]) {
    await rejects(
      (files) => files.delete(name),
      new RegExp(`${name} could not be fetched: status 404`),
    );
  }
  await rejects(
    (files) => files.delete('regio/foodvalley/zoek/index.json'),
    /regio\/foodvalley\/zoek\/index\.json could not/,
    { region: 'foodvalley' },
  );
  await rejects(() => {}, /could not be fetched: no network/, {
    fetch: async () => {
      throw new TypeError('no network');
    },
  });
});

test('a broken file is named', async () => {
  for (const name of [
    'zoek/zoek.json',
    'zoek/index.json',
    'zoek/documenten.json',
    'zoek/begrippen.json',
  ]) {
    await rejects((files) => files.set(name, '{"version":1,'), new RegExp(`${name} is not JSON`));
    for (const other of ['null', '[]', '{}', '"x"', '7', '<!doctype html>']) {
      await rejects((files) => files.set(name, other), new RegExp(`search: ${name} `));
    }
  }
});

test('a file that does not fit is named', async () => {
  await rejects(
    changed('zoek/zoek.json', (manifest) => {
      manifest.version = 2;
    }),
    /zoek\.json is not as/,
  );
  await rejects(
    changed('zoek/zoek.json', (manifest) => {
      manifest.regions.foodvalley.shadows = ['3'];
    }),
    /zoek\.json is not as/,
  );
  await rejects(
    changed('zoek/zoek.json', (manifest) => {
      manifest.national.texts.size = 0;
    }),
    /zoek\.json is not as/,
  );
  await rejects(
    changed('zoek/index.json', (index) => {
      index.version = '2.3.8';
    }),
    /not an index of lunr 2\.3\.9/,
  );
  await rejects(
    changed('zoek/index.json', (index) => {
      index.pipeline = ['stemmer-xx'];
    }),
    /index\.json cannot be loaded/,
  );
  await rejects(
    changed('zoek/index.json', (index) => {
      delete index.invertedIndex;
    }),
    /index\.json cannot be loaded/,
  );
  await rejects(
    changed('zoek/documenten.json', (documents) => {
      documents.sections.pop();
    }),
    /another build/,
  );
  await rejects(
    changed('zoek/documenten.json', (documents) => {
      documents.sections[0] = [99, '', ''];
    }),
    /documenten\.json is not as/,
  );
  await rejects(() => {}, /has no region "utrecht"/, { region: 'utrecht' });
  await rejects(() => {}, /has no region "__proto__"/, { region: '__proto__' });
});

test('a text that is not to be had costs its excerpt only', async () => {
  const without = new Map(site);
  without.set('zoek/teksten/1.json', 'broken');
  without.delete('zoek/teksten/2.json');
  const own = await openSearch(base, { fetch: serve(without) });
  const results = await own.search('proefplaatsing');
  assert.equal(results.length, 3);
  assert.deepEqual(results.map(({ excerpt }) => excerpt === '').sort(), [false, true, true]);
});
