/*
 * draaiboek build, killed and failing: the output folder holds old files and new ones, never half
 * of one, and the next build makes it good. (What is kept of whom is in tests/unit/test_manifest.c.)
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { after, before, test } from 'node:test';

import { failEverywhere, killEverywhere, reasons } from './harm.mjs';
import {
  contents,
  cut,
  day,
  delivered,
  full,
  keep,
  makeScene,
  must,
  put,
  removeScene,
  sanitized,
  walk,
  whyNoCut,
} from './scene.mjs';

const skip = whyNoCut();
let scene, wanted;

const building = (program, letter, output) => [
  program,
  'build',
  '-q',
  '-j',
  '1',
  '--date',
  day,
  '-s',
  scene.bare,
  '--rev',
  scene.commits[letter],
  '-o',
  output,
];

before(() => {
  scene = makeScene();
  wanted = {};
  for (const letter of ['A', 'C']) {
    must(building(delivered, letter, join(scene.root, letter)));
    wanted[letter] = contents(join(scene.root, letter));
  }
});
after(() => removeScene(scene));

/* Each file is as one of the two builds has it, or unfinished under a name of its own. */
function assertWholeFiles(output) {
  if (!existsSync(output)) return;
  for (const [path] of walk(output)) {
    if (path.startsWith('.draaiboek/') || basename(path).startsWith('.draaiboek-')) continue;
    const bytes = readFileSync(join(output, path));
    assert.ok(
      ['A', 'C'].some(
        (letter) =>
          existsSync(join(scene.root, letter, path)) &&
          bytes.equals(readFileSync(join(scene.root, letter, path))),
      ),
      `${path} is of neither build`,
    );
  }
}

for (const [name, from] of [
  ['a first build', undefined],
  ['a build over an older one', 'A'],
]) {
  test(`faults: ${name} is killed anywhere, and the next makes it good`, { skip }, (t) => {
    const kept = keep(scene, from ? join(scene.root, from) : scene.output, 'build');
    const count = killEverywhere({
      scene,
      words: building(delivered, 'C', scene.output),
      kept: [{ ...kept, folder: scene.output }],
      below: [scene.output],
      some: 25,
      after: () => assertWholeFiles(scene.output),
      clean: () => assert.equal(contents(scene.output), wanted.C),
    });

    assert.ok(count >= (full ? 60 : 25));
    t.diagnostic(`${count} kill points over ${name}`);
  });
}

/*
 * Where draaiboek builds on in spite of an error, and why that is right:
 * - closing what was only read, or the lock: nothing depends on it;
 * - reading the file that is to be replaced: that is to save the work of writing it anew;
 * - looking for a folder, or making it: if it is not there, making the file in it fails;
 * - libgit2 asking for what a repository may lack (settings, alternates, indexes), or trying an
 *   object's other place: it takes an error for an answer, and what it then reads has a checksum.
 */
function mayGoOn({ call, path, writes }) {
  const own = relative(scene.output, path);

  if (path.startsWith(scene.bare)) return true;
  if (call === 'close') return !writes || own === '.draaiboek/lock';
  if (['openat', 'read', 'newfstatat', 'fstat'].includes(call) && wanted.C.includes(`${own} `))
    return true;
  return ['newfstatat', 'mkdirat'].includes(call) && wanted.C.includes(`${own}/`);
}

/* The path that an editor knows: a temporary file stands for what it was to become. */
function named(errors, { path, to }) {
  if (path.startsWith(scene.bare))
    return (
      errors.includes(scene.bare) ||
      errors.includes(scene.commits.C) ||
      errors.includes('[tree-damaged]')
    );
  return (
    [path, to].some((name) => name && errors.includes(name)) ||
    (basename(path).startsWith('.draaiboek-') && errors.includes(dirname(path)))
  );
}

test('faults: a build whose calls fail says so, with the path and the reason', { skip }, (t) => {
  const kept = keep(scene, join(scene.root, 'A'), 'build');
  const count = failEverywhere({
    scene,
    words: building(sanitized, 'C', scene.output),
    kept: [{ ...kept, folder: scene.output }],
    below: [scene.output, scene.bare],
    some: 40,
    held: (point, ran, error) => {
      assertWholeFiles(scene.output);
      if (ran.status === 0) {
        assert.ok(mayGoOn(point), 'succeeded in spite of it');
        assert.equal(contents(scene.output), wanted.C);
      } else {
        assert.equal(ran.status, 2);
        assert.ok(named(ran.errors, point), 'the path');
        /* What libgit2 could not do, it says in its own words. */
        if (!point.path.startsWith(scene.bare))
          assert.ok(ran.errors.includes(reasons[error]), 'the reason');
      }
    },
  });

  t.diagnostic(`${count} injected errors over a build`);
});

test(
  'faults: a file of somebody else that cannot be looked at is not overwritten',
  { skip },
  () => {
    const theirs = join(scene.output, 'wijzer/drie/index.html');
    const options = { scratch: scene.scratch, below: [theirs], calls: 'newfstatat' };
    const words = building(sanitized, 'C', scene.output);

    put({ ...keep(scene, join(scene.root, 'A'), 'build'), folder: scene.output });
    mkdirSync(dirname(theirs), { recursive: true });
    writeFileSync(theirs, 'van een ander');
    const ran = cut('error', { ...options, at: 1, errno: constants.errno.EACCES }, words);
    assert.equal(ran.points.length, 1);
    assert.equal(ran.status, 2, ran.errors);
    assert.ok(ran.errors.includes(theirs) && ran.errors.includes(reasons.EACCES), ran.errors);
    assert.equal(readFileSync(theirs, 'utf8'), 'van een ander');
  },
);

test(
  'faults: a repository that cannot be looked at is not said to be of another user',
  { skip },
  () => {
    const options = { scratch: scene.scratch, below: [scene.bare], calls: 'newfstatat' };
    const words = building(sanitized, 'C', scene.output);
    const looks = cut('list', options, words).points.filter(
      ({ path }) => path === `${scene.bare}/`,
    );

    for (const { at } of looks) {
      const ran = cut('error', { ...options, at, errno: constants.errno.EIO }, words);

      assert.doesNotMatch(ran.errors, /git-owner/);
    }
  },
);
