/*
 * draaiboek publish and rollback, killed at any call: what readers see is a complete release, the
 * old or the new one, and the next run makes all good.
 */
import assert from 'node:assert/strict';
import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';

import { killEverywhere } from './harm.mjs';
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
  put,
  readLive,
  readRelease,
  removeScene,
  whyNoCut,
} from './scene.mjs';

const skip = whyNoCut();
let scene, files;
let total = 0;

const publish = (...more) => [delivered, ...publishing(scene, ...more)];
const rollback = (...more) => [delivered, 'rollback', '--to', scene.to, ...more];

/* Publishes commits one after another, from nothing. */
function history(letters, ...more) {
  rmSync(scene.to, { recursive: true, force: true });
  for (const letter of letters) {
    point(scene, letter);
    must(publish(...more));
  }
}

before(() => {
  scene = makeScene();
  files = {};
  for (const letter of ['A', 'B', 'C']) {
    history([letter]);
    files[letter] = readLive(scene.to).files;
  }
});
after(() => {
  removeScene(scene);
});

/* What readers see is whole, and of one of these commits, by their letters. */
function assertLive(letters) {
  const live = readLive(scene.to);

  if (live === undefined) return assert.ok(letters.includes(undefined), 'the site is gone');
  const letter = Object.keys(scene.commits).find((name) => scene.commits[name] === live.commit);
  assert.ok(letters.includes(letter), `live: ${letter}`);
  assert.equal(live.files, files[letter], 'the files of that commit');
  const previous = join(scene.to, 'previous');
  if (lstatSync(previous, { throwIfNoEntry: false }))
    readRelease(join(scene.to, readlinkSync(previous)));
  return letter;
}

/*
 * What is told of it is true too: the log ends with what is live, `previous` is what was live
 * before, status.json has it for the last good one, and after a publish nothing is pinned.
 */
function assertTold(old, published) {
  const live = readLive(scene.to);
  const log = readFileSync(join(scene.to, 'log'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ').slice(1));

  assert.deepEqual(log.at(-1), [published ? 'publish' : 'rollback', live.id, live.commit]);
  if (published)
    assert.equal(new Set(log.map(String)).size, log.length, 'each switch is in the log once');
  if (old) assert.equal(basename(readlinkSync(join(scene.to, 'previous'))), old, 'previous');
  if (published) {
    assert.equal(
      JSON.parse(readFileSync(join(scene.to, 'status.json'), 'utf8')).good?.commit,
      live.commit,
      'status.json',
    );
    assert.ok(!existsSync(join(scene.to, 'pin')), 'nothing is pinned');
  }
}

function count(t, points, what, least) {
  total += points;
  assert.ok(points >= (full ? least : 15), `${points} points over ${what}`);
  t.diagnostic(`${points} kill points over ${what}`);
}

function killPublish(
  t,
  what,
  {
    from,
    to,
    keeping,
    least,
    before: prepare,
    words = publish(),
    next,
    letters,
    live = to,
    releases,
  },
) {
  history(from, ...(keeping ?? []));
  prepare?.();
  const last = readLive(scene.to);
  const old =
    last?.commit === scene.commits[live]
      ? basename(readlinkSync(join(scene.to, 'previous')))
      : last?.id;
  point(scene, to);
  const kept = [keep(scene, scene.to, 'to')];
  const points = killEverywhere({
    scene,
    words,
    next,
    kept,
    below: [scene.to],
    some: 15,
    after: () => assertLive(letters ?? [from.at(-1), to]),
    clean: () => {
      assert.equal(assertLive([live]), live);
      assertClean(scene.to, { releases });
      assertTold(old, words[1] === 'publish');
    },
  });

  count(t, points, what, least);
}

test('faults: a first publish is killed anywhere', { skip }, (t) => {
  killPublish(t, 'a first publish', {
    from: [],
    to: 'A',
    letters: [undefined, 'A'],
    least: 200,
    releases: 1,
  });
});

test('faults: a publish over an older release is killed anywhere', { skip }, (t) => {
  killPublish(t, 'a publish over an older release', { from: ['A'], to: 'C', least: 150 });
});

test('faults: a publish with several threads is killed anywhere', { skip }, (t) => {
  killPublish(t, 'a publish with two threads', {
    from: ['A', 'B'],
    to: 'C',
    words: publish('-j', '2'),
    least: 150,
  });
});

test('faults: a publish that prunes old releases is killed anywhere', { skip }, (t) => {
  const keeping = ['--keep', '2'];

  killPublish(t, 'a publish that prunes', {
    from: ['A', 'B', 'A', 'C', 'B'],
    to: 'C',
    words: publish(...keeping),
    least: 300,
    releases: 2,
  });
});

test('faults: a rollback is killed anywhere', { skip }, (t) => {
  history(['A', 'B']);
  const old = readdirSync(join(scene.to, 'releases')).sort()[0];

  killPublish(t, 'a rollback', {
    from: ['A', 'B'],
    to: 'B',
    words: rollback(),
    next: rollback(old),
    letters: ['A', 'B'],
    live: 'A',
    least: 10,
  });
});

test('faults: a publish after a rollback is killed anywhere', { skip }, (t) => {
  killPublish(t, 'a publish after a rollback', {
    from: ['A', 'B'],
    to: 'C',
    before: () => must(rollback()),
    letters: ['A', 'C'],
    least: 100,
  });
});

/* Leaves the folder as a publish that was killed at its first such call does. */
function leave(letter, matches, ...more) {
  point(scene, letter);
  const kept = keep(scene, scene.to, 'left');
  const options = { scratch: scene.scratch, changes: true, below: [scene.to] };
  const found = cut('list', options, publish(...more)).points.find(matches);

  assert.ok(found, 'a point to be killed at');
  put(kept);
  cut('kill', { ...options, at: found.at }, publish(...more));
}

test('faults: what makes good after a kill is killed itself, anywhere', { skip }, (t) => {
  killPublish(t, 'making good what a kill before the switch left', {
    from: ['A'],
    to: 'C',
    least: 200,
    words: publish('--reconcile'),
    before: () =>
      leave(
        'B',
        ({ call, to }) => call.startsWith('rename') && /releases\/\d+-[0-9a-f]+$/.test(to),
      ),
  });
});

test(
  'faults: pruning that was killed is taken up by one that is killed, anywhere',
  { skip },
  (t) => {
    const keeping = ['--keep', '1'];

    killPublish(t, 'taking up a killed pruning', {
      from: ['A', 'B', 'A', 'B', 'C', 'A', 'B'],
      to: 'C',
      letters: ['B', 'C'],
      least: 100,
      words: publish(...keeping),
      releases: 2,
      before: () =>
        leave(
          'C',
          ({ call, path }) => call === 'unlinkat' && path.includes('/.trash-'),
          ...keeping,
        ),
    });
  },
);

test('faults: a preview that comes is killed anywhere', { skip }, (t) => {
  killPreview(t, 'a preview that comes', undefined, 'C');
});

test('faults: a preview that changes is killed anywhere', { skip }, (t) => {
  killPreview(t, 'a preview that changes', 'B', 'C');
});

test('faults: a preview that goes is killed anywhere', { skip }, (t) => {
  killPreview(t, 'a preview that goes', 'B', undefined);
});

/* Lets the branch of the preview be at a commit, by its letter, or be gone. */
function pointPreview(letter) {
  if (letter) point(scene, letter, 'concept/proef');
  else must(['git', '-C', scene.bare, 'update-ref', '-d', 'refs/heads/concept/proef']);
}

function killPreview(t, what, from, to) {
  const words = publish('--reconcile');
  const preview = join(scene.to, 'concept/proef');

  history(['A']);
  if (from) {
    pointPreview(from);
    must(words);
  }
  pointPreview(to);
  const points = killEverywhere({
    scene,
    words,
    kept: [keep(scene, scene.to, 'to')],
    below: [scene.to],
    some: 15,
    after: () => {
      assertLive(['A']);
      const live = existsSync(preview) ? readLive(preview, { twins: false }) : undefined;
      if (live) assert.ok([from, to].some((letter) => scene.commits[letter] === live.commit));
    },
    clean: () => {
      assertLive(['A']);
      assertClean(scene.to);
      assert.equal(
        existsSync(preview) && readLive(preview, { twins: false }).commit,
        to ? scene.commits[to] : false,
      );
    },
  });

  if (to) pointPreview(undefined);
  count(t, points, what, 20);
}

test(
  'faults: that is a thousand points',
  { skip: skip ?? (full ? false : 'only make faults takes all the points') },
  (t) => {
    assert.ok(total >= 1000, `${total} points`);
    t.diagnostic(`${total} kill points over publishing and rolling back, all together`);
  },
);
