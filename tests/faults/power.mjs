/*
 * The work of power.test.mjs, in a mount namespace of its own: power.mjs FOLDER try|cut|ended
 * [MODE POINTS]. Prints as JSON how many points there were, and which did not hold.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  assertClean,
  cut,
  delivered,
  makeScene,
  must,
  point,
  publishing,
  readLive,
  run,
} from './scene.mjs';

const [folder, what, mode, wanted] = process.argv.slice(2);
const image = join(folder, 'image'),
  kept = join(folder, 'image.kept'),
  mount = join(folder, 'disk');

/* The journal is small, and all of the file system's tables are there before it is mounted. */
function makeDisk() {
  mkdirSync(mount, { recursive: true });
  must(['mount', '--make-rprivate', '/']);
  must([
    'sh',
    '-c',
    'rm -f "$1"; truncate -s 24M "$1"; mkfs.ext4 -q -F -b 1024 -E lazy_itable_init=0,lazy_journal_init=0 "$1"',
    'sh',
    image,
  ]);
  mountDisk();
}

function mountDisk() {
  must(['mount', '-o', 'loop', image, mount]);
}

function unmountDisk() {
  must(['umount', mount]);
}

/* Puts the disk back to what it was when it was kept. */
function putDisk() {
  unmountDisk();
  must(['cp', '--sparse=always', kept, image]);
  mountDisk();
}

function crash(words, options) {
  const ran = cut('power', { ...options, mount, mode }, words);

  unmountDisk();
  mountDisk();
  return ran;
}

/* What is live after a cut: the letter of a commit; throws when it is not whole. */
function liveLetter(scene) {
  const live = readLive(scene.to);

  return live && Object.keys(scene.commits).find((letter) => scene.commits[letter] === live.commit);
}

const publish = (scene) => [delivered, ...publishing(scene, '--keep', '2')];

function prepare() {
  makeDisk();
  const scene = makeScene();
  scene.to = join(mount, 'to');
  /* So that a release went already, in the folders of which the next is made. */
  for (const letter of ['C', 'B', 'C', 'A']) {
    point(scene, letter);
    must(publish(scene));
  }
  point(scene, 'C');
  unmountDisk();
  must(['cp', '--sparse=always', image, kept]);
  mountDisk();
  return scene;
}

function check(said, scene, at, { must: letters }) {
  try {
    const letter = liveLetter(scene);

    if (!letters.includes(letter)) throw new Error(`live: ${letter}`);
    said[letter === 'A' ? 'old' : 'new']++;
    const again = run(publish(scene));
    if (again.status !== 0) throw new Error(`the next run: ${again.errors}`);
    if (liveLetter(scene) !== 'C') throw new Error('the next run did not publish');
    assertClean(scene.to);
  } catch (fault) {
    said.faults.push(`at ${at}: ${fault.message}`);
  }
}

/* At the calls of a publish that change the disk, as many as are wanted, evenly over them. */
function cutAnywhere(said, scene) {
  const options = { scratch: scene.scratch, changes: true, below: [mount] };
  const words = publish(scene);
  const { points } = cut('list', options, words);
  /* Around the switch each call is a point: there it matters most. */
  const first = points.findIndex(({ call }) => call === 'syncfs');
  const near = points.slice(first < 0 ? 0 : first).slice(0, 40);
  const rest = points.filter((each) => !near.includes(each));
  const some = Math.max(0, Number(wanted) - near.length);
  const chosen =
    Number(wanted) < 40
      ? Array.from(
          { length: Number(wanted) },
          (_, i) => near[Math.floor((i * near.length) / Number(wanted))],
        )
      : [
          ...Array.from({ length: some }, (_, i) => rest[Math.floor((i * rest.length) / some)]),
          ...near,
        ];

  for (const { at, call, path } of chosen) {
    putDisk();
    const ran = crash(words, { ...options, at });

    if (ran.points.length === 0) said.faults.push(`no point ${at}`);
    said.points++;
    check(said, scene, `${at}: ${call} ${path}`, { must: ['A', 'C'] });
  }
}

/* After the end of a publish: what it said is live, must be. */
function cutAfterEnd(said, scene) {
  for (let i = 0; i < Number(wanted); i++) {
    const letter = 'CB'[i % 2];

    point(scene, letter);
    must(publish(scene));
    crash(['sh', '-c', 'exec 3>"$1"', 'sh', join(mount, 'to', 'lock')], {
      scratch: scene.scratch,
      changes: true,
      at: 1,
      below: [mount],
    });
    said.points++;
    try {
      if (liveLetter(scene) !== letter)
        throw new Error(`live: ${liveLetter(scene)}, not ${letter}`);
      /* An old release that was removed may be there again in part: the next run clears it away. */
      must(publish(scene));
      assertClean(scene.to);
    } catch (fault) {
      said.faults.push(`round ${i}: ${fault.message}`);
    }
  }
}

const said = { points: 0, old: 0, new: 0, faults: [] };
let scene;

try {
  if (what === 'try') {
    makeDisk();
    writeFileSync(join(mount, 'file'), 'x');
    const ran = cut(
      'power',
      { scratch: folder, mount, mode: 2, at: 1, changes: true, below: [mount] },
      ['sh', '-c', `echo y >"${mount}/file"`],
    );
    if (ran.points.length === 0) throw new Error('the file system did not go down');
    unmountDisk();
    mountDisk();
    if (existsSync(join(mount, 'file'))) throw new Error('what was not synced was kept');
  } else {
    scene = prepare();
    (what === 'cut' ? cutAnywhere : cutAfterEnd)(said, scene);
  }
  console.log(JSON.stringify(said));
} finally {
  run(['umount', mount]);
  if (scene) rmSync(scene.root, { recursive: true, force: true });
}
