/*
 * Hostile ends of a push: git's client, git's receive-pack, a hook or the builder is killed at any
 * call, the terminal hangs up, somebody publishes by hand meanwhile. Readers see a whole site
 * throughout, and publish --reconcile makes it that of the branch.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { failEverywhere, killEverywhere } from './harm.mjs';
import {
  assertClean,
  branchOf,
  delivered,
  full,
  installHooks,
  keep,
  makeEditor,
  makeScene,
  must,
  publishing,
  put,
  readLive,
  removeScene,
  run,
  start,
  waitForBuilders,
  whyNoCut,
} from './scene.mjs';

const skip = whyNoCut();
let scene, editor, old, commit, kept;

before(() => {
  scene = makeScene({ runs: true });
  installHooks(scene);
  must([delivered, ...publishing(scene)]);
  editor = makeEditor(scene, 'redacteur');
  old = branchOf(scene);
  commit = editor.write('Een zin.');
  kept = [
    keep(scene, scene.to, 'to'),
    keep(scene, scene.bare, 'bare'),
    keep(scene, editor.folder, 'clone'),
  ];
});
after(() => removeScene(scene));

const reconcile = () => [delivered, ...publishing(scene, '--reconcile')];

/* The site is whole, and one of the two; the repository is sound, and at one of the two. */
function assertWhole() {
  assert.ok([old, commit].includes(readLive(scene.to).commit));
  assert.ok([old, commit].includes(branchOf(scene)));
  must(['git', '-C', scene.bare, 'fsck', '--connectivity-only']);
}

function assertMended() {
  const live = readLive(scene.to);

  assert.equal(live.commit, branchOf(scene), 'what is live is what the branch is at');
  assertClean(scene.to);
}

/* And the editor can push again, when what git has locked is free: git leaves that to people. */
function assertPushable() {
  must(['find', scene.bare, '-name', '*.lock', '-delete']);
  const { status, errors } = run(editor.push);

  assert.equal(status, 0, errors);
  waitForBuilders(scene);
  assert.equal(readLive(scene.to).commit, commit);
  assert.equal(branchOf(scene), commit);
}

const victims = [
  { what: "git's client", only: 'push origin', below: () => [editor.folder, scene.bare] },
  { what: "git's receive-pack", only: 'git-receive-pack', below: () => [scene.bare] },
  { what: 'the hook that checks', only: 'hooks pre-receive', below: () => [scene.bare] },
  {
    what: 'the hook that publishes, and the builder',
    only: 'hooks post-receive',
    below: () => [scene.to],
  },
  { what: 'all of them at once', only: undefined, below: () => [scene.to, scene.bare] },
];

for (const { what, only, below } of victims) {
  test(`faults: ${what}: killed at any call of a push`, { skip }, (t) => {
    const count = killEverywhere({
      scene,
      words: editor.push,
      next: reconcile(),
      kept,
      below: below(),
      some: 4,
      only,
      alone: only !== undefined,
      outlived: true,
      changes: !(only === 'push origin' || only === 'hooks pre-receive'),
      most: 50,
      after: assertWhole,
      clean: () => {
        assertMended();
        assertPushable();
      },
    });

    t.diagnostic(`${count} kill points over a push: ${what}`);
  });
}

test(
  'faults: a wrong push is refused, whatever fails in its check',
  {
    skip,
  },
  (t) => {
    kept.forEach(put);
    editor.write('[Een pagina die er niet is](nergens.md).');
    const count = failEverywhere({
      scene,
      words: editor.push,
      expected: 1,
      kept: [keep(scene, scene.bare, 'bare'), keep(scene, editor.folder, 'wrong')],
      below: [scene.bare],
      only: 'hooks pre-receive',
      some: 8,
      held: (point, ran) => {
        assert.notEqual(ran.status, 0, 'it was refused');
        assert.match(ran.errors, /draaiboek: |fout: /);
        assert.equal(branchOf(scene), old);
      },
    });

    t.diagnostic(`${count} injected errors over the check of a push that is to be refused`);
  },
);

/* ---- The terminal is gone */

/* Pushes, and does something when the editor reads that the build begins. */
async function pushUntilBuilt(words, act, more) {
  kept.forEach(({ folder, kept: from }) =>
    must(['sh', '-c', 'rm -rf "$2" && cp -a "$1" "$2"', 'sh', from, folder]),
  );
  let acted;
  const ran = start(words, {
    ...more,
    heard: (errors, child) => {
      if (!acted && errors.includes('bouwt')) acted = act(child) ?? true;
    },
  });
  const ended = await ran.ended;

  return { ...ended, acted: await acted };
}

async function assertPublished() {
  waitForBuilders(scene);
  assert.equal(branchOf(scene), commit);
  assert.equal(readLive(scene.to).commit, commit, 'the builder went on');
  assertClean(scene.to);
}

test('faults: the connection breaks while the site is built, which goes on', async () => {
  await pushUntilBuilt(
    editor.push,
    (child) => {
      child.stderr.destroy();
      process.kill(-child.pid, 'SIGKILL');
    },
    { detached: true },
  );
  await assertPublished();
});

test('faults: the terminal hangs up while the site is built, which goes on', async () => {
  await pushUntilBuilt(editor.push, (child) => process.kill(-child.pid, 'SIGHUP'), {
    detached: true,
  });
  await assertPublished();
});

/* ---- By hand meanwhile */

test('faults: somebody publishes by hand while a push is built', async () => {
  const { status, errors, acted } = await pushUntilBuilt(editor.push, () =>
    Promise.all([
      start([delivered, ...publishing(scene)]).ended,
      start(reconcile()).ended,
      start([delivered, ...publishing(scene)]).ended,
    ]),
  );

  assert.equal(status, 0, errors);
  for (const each of acted) assert.equal(each.status, 0, each.errors);
  await assertPublished();
  assert.ok(!existsSync(join(scene.to, 'request')));
});

test('faults: reconciling again and again while a push is built', async () => {
  const { status, errors, acted } = await pushUntilBuilt(editor.push, async () => {
    const all = [];

    for (let i = 0; i < (full ? 20 : 4); i++) all.push(await start(reconcile()).ended);
    return all;
  });

  assert.equal(status, 0, errors);
  for (const each of acted) assert.equal(each.status, 0, each.errors);
  await assertPublished();
});
