/* Every page of the sites against the HTML standard, by the Nu Html Checker. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { changesSite, ownSite, statesSite } from './site.mjs';

const require = createRequire(import.meta.url);
const jar = join(dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

for (const [name, site] of [
  ['this repository', ownSite],
  ['all states', statesSite],
  ['changes', changesSite],
]) {
  test(`no page has an error in its HTML: ${name}`, () => {
    const checker = spawnSync(
      'java',
      ['-jar', jar, '--skip-non-html', '--errors-only', '--format', 'gnu', site()],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    assert.equal(checker.error, undefined);
    const errors = checker.stderr.trim().split('\n').filter(Boolean);
    assert.deepEqual(errors.slice(0, 20), [], `${errors.length} errors`);
    assert.equal(checker.status, 0);
  });
}
