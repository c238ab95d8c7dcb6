/*
 * Many editors who push to one repository at once: what is live in the end is what the branch is
 * at, with no more builds than pushes and never two at a time, and each hears what becomes of his.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean,
  branchOf,
  full,
  installHooks,
  makeEditor,
  makeScene,
  must,
  readLive,
  removeScene,
  start,
  waitForBuilders,
} from './scene.mjs';

const [pushers, rounds] = full ? [20, 10] : [5, 2];
const live = 'staat op https://klein.example/';
const included = 'er loopt al een bouw; die neemt dit mee';
let scene;

before(() => {
  scene = makeScene({ runs: true });
  installHooks(scene);
});
after(() => removeScene(scene));

/* Pushes until the branch takes it; what the editor heard each time. */
async function push(editor) {
  const heard = [];

  for (;;) {
    const { status, errors } = await start(editor.push).ended;

    heard.push({ status, errors });
    if (status === 0) return heard;
    /* Another was first, which git says in one of these ways; all else is a fault. */
    assert.doesNotMatch(errors, /hook declined/);
    assert.match(
      errors,
      /fetch first|non-fast-forward|cannot lock ref|failed to update ref|remote rejected|incorrect old value/,
      errors,
    );
    assert.equal(
      (await start(['git', '-C', editor.folder, 'pull', '-q', '--rebase', 'origin', 'main']).ended)
        .status,
      0,
    );
  }
}

/* Does the work, and looks meanwhile how many are building: each makes its release as .new-ID. */
async function watchBuilders(work) {
  let most = 0;
  const watcher = setInterval(() => {
    try {
      const folders = [scene.to, ...readdirSync(join(scene.to, 'concept')).map(previewOf)];
      const names = folders.flatMap((folder) => readdirSync(join(folder, 'releases')));

      most = Math.max(most, names.filter((name) => name.startsWith('.new-')).length);
    } catch {
      /* A folder is not there yet, or is gone already. */
    }
  }, 3);

  try {
    await work();
  } finally {
    clearInterval(watcher);
  }
  waitForBuilders(scene);
  assert.ok(most <= 1, `${most} builders at a time`);
  assertOneAtATime(readFileSync(join(scene.to, 'publish.log'), 'utf8'));
  assertClean(scene.to);
}

function previewOf(name) {
  return join(scene.to, 'concept', name);
}

/* The commits that were made live, in their order. */
function readLog(folder) {
  const lines = readFileSync(join(folder, 'log'), 'utf8').trimEnd().split('\n');

  return lines.map((line) => line.split(' ')[3]);
}

test(`faults: ${pushers} editors push ${rounds} times each, all at once`, async (t) => {
  const editors = Array.from({ length: pushers }, (_, i) => makeEditor(scene, `redacteur-${i}`));
  const pushes = [];

  await watchBuilders(() =>
    Promise.all(
      editors.map(async (editor) => {
        for (let round = 0; round < rounds; round++) {
          editor.write(`Ronde ${round}.`);
          pushes.push(...(await push(editor)));
        }
      }),
    ),
  );

  const taken = pushes.filter(({ status }) => status === 0);
  const published = readLog(scene.to);
  const site = readLive(scene.to);
  assert.equal(taken.length, pushers * rounds);
  assert.equal(site.commit, branchOf(scene), 'what is live is what the branch is at');
  assert.ok(
    published.length <= taken.length,
    `${published.length} builds of ${taken.length} pushes`,
  );
  assert.equal(new Set(published).size, published.length, 'no commit is built twice');

  /* No push is lost: each is in the branch, and each editor's last text on the site. */
  const subjects = must(['git', '-C', scene.bare, 'log', '--format=%s', 'main']).split('\n');
  for (let i = 0; i < pushers; i++) {
    for (let round = 0; round < rounds; round++)
      assert.ok(subjects.includes(`redacteur-${i}: Ronde ${round}.`));
    assert.match(
      readFileSync(join(scene.to, `current/wijzer/redacteur-${i}/index.html`), 'utf8'),
      new RegExp(`Ronde ${rounds - 1}\\.`),
    );
  }
  for (const { errors } of taken)
    assert.ok(
      [live, included, 'staat al op de site'].some((words) => errors.includes(words)),
      `an editor heard: ${errors}`,
    );
  for (const { errors } of pushes) assert.doesNotMatch(errors, /\[io\]|intern|ERROR|Sanitizer/);
  t.diagnostic(
    `${taken.length} pushes in ${pushes.length} tries over one repository: ${published.length} builds`,
  );
});

/* Nobody has to wait for another's push here, so the builder has many at once. */
test(`faults: ${pushers} editors push each his preview ${rounds} times, all at once`, async (t) => {
  const names = Array.from({ length: pushers }, (_, i) => `proef-${i}`);
  const heard = [];

  await watchBuilders(() =>
    Promise.all(
      names.map(async (name) => {
        const editor = makeEditor(scene, name);

        for (let round = 0; round < rounds; round++) {
          editor.write(`Ronde ${round}.`);
          const words = [...editor.push.slice(0, -1), `HEAD:refs/heads/concept/${name}`];
          heard.push(await start(words).ended);
        }
      }),
    ),
  );

  let builds = 0;
  for (const { status, errors } of heard) {
    assert.equal(status, 0, errors);
    assert.ok(
      /voorbeeld (staat op|van [0-9a-f]+ staat er al)/.test(errors) || errors.includes(included),
      errors,
    );
  }
  for (const name of names) {
    const built = readLog(previewOf(name));

    builds += built.length;
    assert.equal(new Set(built).size, built.length, 'no commit is built twice');
    assert.equal(built.at(-1), branchOf(scene, `concept/${name}`));
    assert.equal(readLive(previewOf(name), { twins: false }).commit, built.at(-1));
  }
  assert.equal(heard.length, pushers * rounds);
  assert.ok(builds <= heard.length, `${builds} builds of ${heard.length} pushes`);
  t.diagnostic(`${heard.length} pushes of previews over one repository: ${builds} builds`);
});

/* A build that begins has the one before it behind it: their lines in the log never mix. */
function assertOneAtATime(text) {
  let building;

  for (const line of text.split('\n')) {
    const begins = /bouwt (?:het voorbeeld van )?([0-9a-f]{12})/.exec(line);

    if (begins) {
      assert.equal(building, undefined, `${begins[1]} began while ${building} was being built`);
      building = begins[1];
    } else if (/ staat op https:/.test(line)) {
      assert.ok(building, 'a build ended that had not begun');
      building = undefined;
    }
  }
  assert.equal(building, undefined, 'the last build ended');
}
