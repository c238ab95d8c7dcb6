/*
 * Disks that will not: a tmpfs that fills up, by bytes and by files, one that may only be read, and
 * a limit on the size of a file. The mounts need root, in a mount namespace of their own, where
 * disks.mjs does the work.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean,
  full,
  here,
  makeScene,
  must,
  point,
  publishing,
  readLive,
  removeScene,
  run,
  sanitized,
} from './scene.mjs';

let scene;

before(() => {
  scene = makeScene();
});
after(() => removeScene(scene));

/* Runs disks.mjs, and hands back what it says. */
function inside(folder, ...words) {
  return run(['unshare', '--mount', process.execPath, join(here, 'disks.mjs'), folder, ...words], {
    timeout: 3_600_000,
  });
}

function whyNoMount() {
  if (process.getuid() !== 0) return 'faults of a full disk need root';
  const folder = mkdtempSync(join(tmpdir(), 'draaiboek-disks-'));
  const tried = inside(folder, 'try');

  rmSync(folder, { recursive: true, force: true });
  return tried.status === 0
    ? undefined
    : `faults of a full disk cannot be had here: ${tried.errors.trim().split('\n')[0]}`;
}

const skip = whyNoMount();

for (const [kind, what, short, long] of [
  ['size', 'full', 6, 60],
  ['nr_inodes', 'out of files', 6, 60],
  ['ro', 'only to be read', 1, 1],
]) {
  test(
    `faults: publishing to a disk that is ${what} says so, and the site stays`,
    { skip },
    (t) => {
      const { status, out, errors } = inside(scene.root, kind, String(full ? long : short));

      assert.equal(status, 0, errors);
      const said = JSON.parse(out);
      assert.deepEqual(said.faults, []);
      assert.ok(said.failed >= 1, 'at least once it did not fit');
      t.diagnostic(
        `${said.points} sizes over a disk that is ${what}, of which ${said.failed} too small`,
      );
    },
  );
}

test('faults: a file that may not be so large is said to be, and the site stays', () => {
  rmSync(scene.to, { recursive: true, force: true });
  point(scene, 'A');
  must([sanitized, ...publishing(scene)]);
  const { id } = readLive(scene.to);
  point(scene, 'C');
  const ran = run(['sh', '-c', 'ulimit -f 4 && exec "$@"', 'sh', sanitized, ...publishing(scene)]);

  assert.equal(ran.status, 2, ran.errors);
  assert.ok(
    ran.errors.includes(scene.to) && ran.errors.includes('het bestand is te groot'),
    ran.errors,
  );
  assert.equal(readLive(scene.to).id, id);
  must([sanitized, ...publishing(scene)]);
  assert.equal(readLive(scene.to).commit, scene.commits.C);
  assertClean(scene.to);
});
