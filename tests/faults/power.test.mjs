/*
 * The power of the disk is cut at any call of a publish: on an ext4 file system in an image, which
 * is told to go down, is unmounted and is mounted anew. Once with its journal flushed and the data
 * lost, once with all lost that was not synced. This needs root, in a mount namespace of its own;
 * the work is done by power.mjs.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { full, here, run, whyNoCut } from './scene.mjs';

const folder = mkdtempSync(join(tmpdir(), 'draaiboek-power-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/* Runs power.mjs on its own, and hands back what it says. */
function cutPower(...words) {
  const ran = run(
    ['unshare', '--mount', process.execPath, join(here, 'power.mjs'), folder, ...words],
    { timeout: 3_600_000 },
  );

  return { ...ran, said: ran.status === 0 ? JSON.parse(ran.out) : undefined };
}

/* Why the power of nothing can be cut here, or nothing. */
function whyNoPower() {
  if (process.getuid() !== 0) return 'faults of the power need root';
  for (const tool of ['unshare', 'mkfs.ext4', 'mount', 'umount'])
    if (run(['sh', '-c', `command -v ${tool}`]).status !== 0)
      return `faults of the power need ${tool}`;
  const tried = cutPower('try');
  return tried.status === 0
    ? undefined
    : `faults of the power cannot be had here: ${tried.errors.trim().split('\n')[0]}`;
}

const skip = whyNoCut() ?? whyNoPower();

for (const [mode, what] of [
  [1, 'the journal flushed and data lost'],
  [2, 'all lost that was not synced'],
]) {
  test(`faults: the power goes at any call of a publish, with ${what}`, { skip }, (t) => {
    const { status, said, errors } = cutPower('cut', String(mode), full ? '110' : '8');

    assert.equal(status, 0, errors);
    assert.deepEqual(said.faults, []);
    assert.ok(said.points >= (full ? 100 : 8), `${said.points} points`);
    t.diagnostic(
      `${said.points} power cuts over a publish, mode ${mode}: ${said.old} times the old site, ${said.new} times the new`,
    );
  });

  test(`faults: a release lasts once publish has ended, with ${what}`, { skip }, (t) => {
    const { status, said, errors } = cutPower('ended', String(mode), full ? '20' : '2');

    assert.equal(status, 0, errors);
    assert.deepEqual(said.faults, []);
    t.diagnostic(`${said.points} power cuts over the end of a publish, mode ${mode}`);
  });
}
