/*
 * draaiboek publish and rollback on a machine that will not: each call fails in turn, the disk is
 * full or may only be read. It says so, with the path and the reason, and what readers see stays.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, before, test } from 'node:test';

import { failEverywhere, reasons } from './harm.mjs';
import {
  assertClean,
  cut,
  delivered,
  full,
  keep,
  makeScene,
  must,
  point,
  publishing,
  readLive,
  removeScene,
  run,
  sanitized,
  whyNoCut,
} from './scene.mjs';

const skip = whyNoCut();
let scene, files;
let total = 0;

before(() => {
  scene = makeScene();
  files = {};
  for (const letter of ['A', 'B', 'C']) {
    history([letter]);
    files[letter] = readLive(scene.to).files;
  }
});
after(() => removeScene(scene));

function history(letters) {
  rmSync(scene.to, { recursive: true, force: true });
  for (const letter of letters) {
    point(scene, letter);
    must([delivered, ...publishing(scene)]);
  }
}

function liveLetter() {
  const live = readLive(scene.to);
  const letter =
    live && Object.keys(scene.commits).find((name) => scene.commits[name] === live.commit);

  if (letter) assert.equal(live.files, files[letter], 'the files of that commit');
  return letter;
}

/*
 * Where publishing goes on in spite of an error, and why that is right:
 * - libgit2 asking for what a repository may lack (settings, alternates, indexes), or trying an
 *   object's other place: it takes an error for an answer, and what it then reads has a checksum;
 * - closing what was only read, or the lock: nothing depends on it;
 * - a hard link that cannot be made, or the file that it would be to cannot be looked at: a copy is;
 * - status.json is for people: what cannot be read of the last one is not in the next;
 * - following links to the folder, for the check that it is not in the repository;
 * - giving back the lock: the end of the program does.
 */
function mayGoOn({ call, path, writes, at }, last) {
  const own = relative(scene.to, path);

  if (path.startsWith(scene.bare)) return true;
  if (call === 'linkat') return true;
  if (call === 'close') return !writes || own === 'lock';
  if (call === 'newfstatat' && /^releases\/[0-9]/.test(own)) return true;
  if (call === 'readlink') return own === '';
  if (own === 'lock') return at > last - 6;
  return ['openat', 'newfstatat', 'fstat', 'read'].includes(call) && own === 'status.json';
}

/* The path that an editor knows: a folder stands for its files, a release for what it was made as. */
function named(errors, { path, to }) {
  if (path.startsWith(scene.bare)) return true;
  return [path, to, dirname(path)].some((name) => name && errors.includes(name));
}

function fail(t, what, { from, to, words, live = to, some, least, mayToo, how, ...more }) {
  history(from);
  point(scene, to);
  const old = from.at(-1);
  const points = failEverywhere({
    scene,
    words,
    kept: [keep(scene, scene.to, 'to')],
    below: [scene.to, scene.bare],
    some,
    how,
    ...more,
    held: (at, ran, error, last) => {
      const now = liveLetter();

      if (ran.status === 0) {
        const told = mayToo?.(at, error);

        assert.ok(mayGoOn(at, last) || told, 'succeeded in spite of it');
        assert.equal(now, live);
        if (!told) assertClean(scene.to);
      } else {
        assert.equal(ran.status, 2);
        assert.ok(named(ran.errors, at), 'the path');
        /* What libgit2 could not do, it says in its own words. */
        if (!at.path.startsWith(scene.bare))
          assert.ok(ran.errors.includes(reasons[error]), 'the reason');
        assert.ok(
          now === old || (now === live && /: staat op |volledig op de site/.test(ran.errors)),
          `live: ${now}`,
        );
      }
      const again = run(words, how);
      assert.equal(again.status, 0, `the next run: ${again.errors}`);
      assert.equal(liveLetter(), live);
      assertClean(scene.to);
    },
  });

  total += points;
  if (full) assert.ok(points >= least, `${points} points over ${what}`);
  t.diagnostic(`${points} injected errors over ${what}`);
}

test('faults: a publish whose calls fail says so, and the site stays', { skip }, (t) => {
  fail(t, 'a publish', {
    from: ['A'],
    to: 'C',
    words: [sanitized, ...publishing(scene)],
    some: 20,
    least: 300,
  });
});

test('faults: a first publish whose calls fail says so', { skip }, (t) => {
  fail(t, 'a first publish', {
    from: [],
    to: 'C',
    words: [sanitized, ...publishing(scene)],
    some: 10,
    least: 300,
  });
});

test('faults: a publish whose calls fail while it prunes', { skip }, (t) => {
  fail(t, 'a publish that prunes', {
    from: ['A', 'B', 'A', 'C', 'B'],
    to: 'C',
    words: [sanitized, ...publishing(scene, '--keep', '2')],
    calls: 'unlinkat,renameat,renameat2,openat,getdents64,fsync',
    some: 10,
    least: 200,
  });
});

test('faults: a rollback whose calls fail says so, and the site stays', { skip }, (t) => {
  history(['A', 'B']);
  const id = readdirSync(join(scene.to, 'releases')).sort()[0];

  fail(t, 'a rollback', {
    from: ['A', 'B'],
    to: 'B',
    live: 'A',
    words: [sanitized, 'rollback', '--to', scene.to, id],
    some: 10,
    least: 50,
  });
});

/*
 * As git calls it, and with the builder that it starts. What that one says goes by way of
 * publish.log: it is for people, and a build that could be done is not stopped for it. Once the site
 * is live, who pushed need not wait for what is cleared away; an error in that is in the log.
 */
test(
  'faults: a hook or a builder whose calls fail is heard by who pushed, and the site stays',
  { skip },
  (t) => {
    must(['git', '-C', scene.bare, 'config', 'draaiboek.to', scene.to]);
    const line = `${scene.commits.A} ${scene.commits.C} refs/heads/main\n`;

    fail(t, 'a hook and its builder', {
      from: ['A'],
      to: 'C',
      words: [delivered, 'hooks', 'post-receive'],
      some: 20,
      least: 300,
      mayToo: ({ path }, error) =>
        path.endsWith('/publish.log') ||
        readFileSync(join(scene.to, 'publish.log'), 'utf8').includes(reasons[error]),
      how: { input: line, env: { GIT_DIR: scene.bare } },
    });
  },
);

test('faults: the preview of a branch that cannot be read is not taken away', { skip }, () => {
  const words = [sanitized, ...publishing(scene, '--reconcile')];
  const options = { scratch: scene.scratch, below: [join(scene.bare, 'refs/heads/concept')] };

  history(['A']);
  point(scene, 'B', 'concept/proef');
  must(words);
  const calls = cut('list', options, words).points.filter(({ path }) => path.endsWith('/proef'));
  assert.ok(calls.length > 0);
  for (const { at } of calls) {
    const ran = cut('error', { ...options, at, errno: constants.errno.EIO }, words);

    assert.equal(
      readLive(join(scene.to, 'concept/proef'), { twins: false }).commit,
      scene.commits.B,
      ran.errors,
    );
  }
  must(['git', '-C', scene.bare, 'update-ref', '-d', 'refs/heads/concept/proef']);
});

const only = full ? false : 'only make faults takes all the points';

test('faults: that is five hundred errors', { skip: skip ?? only }, (t) => {
  assert.ok(total >= 500, `${total} errors`);
  t.diagnostic(`${total} injected errors over publishing and rolling back, all together`);
});
