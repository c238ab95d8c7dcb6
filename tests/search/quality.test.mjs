/*
 * Draaiboek's search answers both judged sets no worse than it has done: see floor.json, which
 * `make search-quality ARGS=--keep` raises.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as draaiboek from './engines/draaiboek.mjs';
import { ask, lost, readFloor, sets } from './judged.mjs';
import { falls, guarded, summarise } from './metrics.mjs';

const show = (value) => value?.toFixed(4) ?? 'nothing';

for (const { name, open } of sets) {
  let opened;
  const once = () => (opened ??= open());

  test(`${name}: what was judged is in the site`, () => {
    const { site, queries } = once();
    assert.deepEqual(lost(site, queries), []);
  });

  test(`${name}: the search is as good as it was`, async () => {
    const { site, queries } = once();
    const figures = guarded(summarise(await ask(draaiboek, site, queries)));
    const fallen = falls(readFloor()[name] ?? {}, figures);
    assert.ok(
      fallen.length === 0,
      `worse than floor.json says; see make search-quality ARGS='--only draaiboek --worst 20'\n${fallen
        .map((one) => `${one.name}: ${show(one.value)}, was ${show(one.floor)}`)
        .join('\n')}`,
    );
  });
}
