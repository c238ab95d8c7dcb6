/*
 * The work of disks.test.mjs, in a mount namespace of its own: disks.mjs FOLDER try|size|nr_inodes|ro
 * [POINTS]. Prints as JSON how many points there were, and which did not hold.
 */
import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

import { reasons } from './harm.mjs';
import {
  assertClean,
  makeScene,
  must,
  point,
  publishing,
  readLive,
  removeScene,
  run,
  sanitized,
} from './scene.mjs';

const [folder, kind, wanted] = process.argv.slice(2);
const mount = join(folder, 'disk');
const roomy = 'size=64m,nr_inodes=100k';
const said = { points: 0, failed: 0, faults: [] };
let scene;

function remount(options) {
  must(['mount', '-o', `remount,${options}`, mount]);
}

/* A tmpfs that has room for so much more than what is on it. */
function leave(more) {
  const { blocks, bfree, bsize, files, ffree } = statfsSync(mount);

  if (kind === 'ro') remount('ro');
  else if (kind === 'size') remount(`size=${(blocks - bfree) * bsize + more * 4096}`);
  else remount(`nr_inodes=${files - ffree + more}`);
}

function assertStays(ran, old) {
  const live = readLive(scene.to);

  if (ran.status === 0) {
    if (live.commit !== scene.commits.C) throw new Error('it ended well, and is not live');
    return;
  }
  said.failed++;
  if (ran.status !== 2) throw new Error(`status ${ran.status}`);
  if (!ran.errors.includes(reasons[kind === 'ro' ? 'EROFS' : 'ENOSPC']))
    throw new Error('the reason is not named');
  if (!ran.errors.includes(scene.to)) throw new Error('the path is not named');
  if (live.id !== old && !/: staat op |volledig op de site/.test(ran.errors))
    throw new Error(`live: ${live.id}, not ${old}`);
}

function tryAt(more) {
  must(['mount', '-t', 'tmpfs', '-o', roomy, 'tmpfs', mount]);
  point(scene, 'A');
  must([sanitized, ...publishing(scene)]);
  const old = readLive(scene.to).id;
  point(scene, 'C');
  leave(more);
  const ran = run([sanitized, ...publishing(scene)]);
  said.points++;
  try {
    assertStays(ran, old);
    remount(kind === 'ro' ? 'rw' : roomy);
    must([sanitized, ...publishing(scene)]);
    if (readLive(scene.to).commit !== scene.commits.C)
      throw new Error('the next run did not publish');
    assertClean(scene.to);
  } catch (fault) {
    said.faults.push(`room for ${more}: ${fault.message}\n${ran.errors}`);
  }
  must(['umount', mount]);
}

mkdirSync(mount, { recursive: true });
must(['mount', '--make-rprivate', '/']);
if (kind === 'try') {
  must(['mount', '-t', 'tmpfs', '-o', roomy, 'tmpfs', mount]);
  must(['umount', mount]);
} else {
  scene = makeScene();
  scene.to = join(mount, 'to');
  /* From nothing to more than it takes: some 110 files of a page or more, and their folders. */
  for (let i = 0; i < Number(wanted); i++) tryAt(Math.floor((i * 180) / Number(wanted)));
  console.log(JSON.stringify(said));
  removeScene(scene);
}
