/*
 * On built sites: what a reader finds in shards is what the whole index finds, for every judged
 * query, in its region.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { sets } from './judged.mjs';
import { base, fetchFrom } from './site.mjs';

for (const { name, open } of sets) {
  test(`${name}: shards find what the whole index does`, async () => {
    const { site, queries } = open();
    const { openSearch } = await import(pathToFileURL(join(site.folder, site.module)));
    const searches = new Map();
    const searchesOf = (region) => {
      if (!searches.has(region)) {
        const options = { region, fetch: fetchFrom(site.folder) };
        const both = [{}, { whole: true }].map((more) => openSearch(base, { ...options, ...more }));
        searches.set(region, Promise.all(both));
      }
      return searches.get(region);
    };
    for (const { query, region } of queries) {
      const [shards, whole] = await searchesOf(region);
      assert.deepEqual(await shards.find(query), await whole.find(query), query);
    }
    assert.ok(queries.length >= 120 && searches.size > 2);
  });
}
