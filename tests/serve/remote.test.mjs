/*
 * `draaiboek publish --remote`: what goes to the store, in which order, and that a reader there never
 * meets a page without its assets, whatever fails, and that the next run makes good.
 */
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';

import { assetsOf, makeEditions, markOf, pages, program } from './editions.mjs';
import { filesOf } from './folder.mjs';
import { makeFaultyRclone, startStore } from './store.mjs';

/* `FAULTS=full make test TEST=serve/remote` tries all of it; without, what a change is likely to break. */
const full = process.env.FAULTS === 'full';
const editions = 6;
let repository, store, work, folder;

before(() => {
  repository = makeEditions(editions);
});

after(() => rmSync(repository, { recursive: true, force: true }));

beforeEach(async () => {
  work = mkdtempSync(join(tmpdir(), 'draaiboek-remote-'));
  folder = join(work, 'to');
  store = await startStore();
});

afterEach(async () => {
  await store.close();
  rmSync(work, { recursive: true, force: true });
});

function environment(more = {}) {
  return { ...process.env, ...store.environment, ...more };
}

function words(edition, more = []) {
  return ['publish', '--repo', repository, '--to', folder, '--ref', `uitgave-${edition}`,
    '--date', '2026-11-20', '--lang', 'en', ...more];
}

/* Publishes an edition, to the store too. Resolves to { status, said }. */
function publish(edition, { more = ['--remote', 'winkel:site'], env = {} } = {}) {
  return new Promise((resolve) => {
    execFile(program, words(edition, more), { env: environment(env) }, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, said: stderr }),
    );
  });
}

async function publishWell(edition, options) {
  const { status, said } = await publish(edition, options);
  assert.equal(status, 0, said);
  return said;
}

const isTwin = (path) => /\.(gz|br)$/.test(path);

/* The store has exactly what is live, and for assets what any release that is kept has. */
function assertFollows() {
  const want = { ...filesOf(join(folder, 'current')) };
  const assets = filesOf(join(folder, 'assets'));
  Object.keys(assets).forEach((name) => (want[`assets/${name}`] = assets[name]));
  delete want.MANIFEST;
  Object.keys(want).filter(isTwin).forEach((path) => delete want[path]);
  const got = filesOf(join(store.files, 'site'));
  assert.deepEqual(Object.keys(got).sort(), Object.keys(want).sort());
  for (const path of Object.keys(want)) {
    assert.ok(got[path].equals(want[path]), path);
  }
}

/* Reads every page as a reader would. Returns the editions that were met; a page being written counts not. */
async function readPages() {
  const met = [];
  for (const path of pages) {
    const page = await store.read(`site/${path}index.html`);
    if (page.status !== 200 || !page.body.trimEnd().endsWith('</html>')) continue;
    for (const asset of assetsOf(page.body)) {
      const { status, body } = await store.read(`site/${asset}`);
      assert.equal(status, 200, `${path} of edition ${markOf(page.body)} lacks ${asset}`);
      assert.ok(body.length > 0, `${path} of edition ${markOf(page.body)} has an empty ${asset}`);
    }
    met.push(markOf(page.body));
  }
  return met;
}

/* rclone tries again what fails; not where the store is made to fail. */
const once = { RCLONE_RETRIES: '1', RCLONE_LOW_LEVEL_RETRIES: '1' };

const changes = () => store.asked.filter(({ method }) => !['PROPFIND', 'GET', 'HEAD', 'OPTIONS', 'MKCOL'].includes(method));
const isAsset = ({ path }) => path.startsWith('/site/assets/');

describe('what goes to the store', () => {
  test('assets, then pages, then what is gone; no MANIFEST, nothing compressed', async () => {
    await publishWell(1);
    assertFollows();
    store.asked.length = 0;
    await publishWell(2, { more: ['--remote', 'winkel:site', '--keep', '1'] });
    store.asked.length = 0;
    await publishWell(3, { more: ['--remote', 'winkel:site', '--keep', '1'] });
    assertFollows();
    const order = changes().map((entry) => `${entry.method} ${isAsset(entry) ? 'asset' : 'page'}`);
    assert.deepEqual([...new Set(order)], ['PUT asset', 'PUT page', 'DELETE asset']);
    assert.deepEqual(order, [...order].sort((a, b) => rank(a) - rank(b)));
    assert.ok(changes().every(({ path }) => !isTwin(path) && !path.endsWith('MANIFEST')));
  });

  const ranks = ['PUT asset', 'PUT page', 'DELETE page', 'DELETE asset'];
  const rank = (step) => ranks.indexOf(step);

  test('assets may be kept for a year, pages must be asked for', async () => {
    await publishWell(1);
    const puts = changes();
    assert.ok(puts.some(isAsset) && puts.some((entry) => !isAsset(entry)));
    for (const entry of puts) {
      const want = isAsset(entry) ? 'public, max-age=31536000, immutable' : 'no-cache';
      assert.equal(entry.headers['cache-control'], want, entry.path);
    }
  });

  test('only what has changed, also when its size has not', async () => {
    await publishWell(1);
    store.asked.length = 0;
    const said = await publishWell(2);
    assertFollows();
    const paths = changes().map(({ path }) => path);
    assert.ok(paths.includes('/site/subsidies/een/index.html'));
    assert.ok(!paths.includes('/site/robots.txt'));
    assert.match(said, /winkel:site has what is live; \d+ files had changed/);
    store.asked.length = 0;
    assert.match(await publishWell(2), /0 files had changed/);
    assert.deepEqual(changes(), []);
  });

  test('a page that is gone is removed, and the assets of releases that are kept stay', async () => {
    await publishWell(1);
    writeFileSync(join(store.files, 'site/subsidies/oud.html'), 'oud');
    const old = assetsOf((await store.read('site/subsidies/een/index.html')).body);
    await publishWell(2);
    await publishWell(3);
    assertFollows();
    assert.ok(!existsSync(join(store.files, 'site/subsidies/oud.html')));
    for (const asset of old) {
      assert.equal((await store.read(`site/${asset}`)).status, 200);
    }
  });

  test('what was lost or broken off there comes back, though nothing has changed here', async () => {
    await publishWell(1);
    rmSync(join(store.files, 'site/subsidies/twee/index.html'));
    truncateSync(join(store.files, 'site/index.html'), 10);
    rmSync(join(store.files, 'site/assets'), { recursive: true });
    await publishWell(1);
    assertFollows();
  });

  test('after going back it follows that', async () => {
    await publishWell(1);
    await publishWell(2);
    execFileSync(program, ['rollback', '-q', '--to', folder]);
    const said = await publishWell(2);
    assert.match(said, /rolled back/);
    assert.deepEqual([...new Set(await readPages())], [1]);
    assertFollows();
  });

  test('previews stay here', async () => {
    execFileSync('git', ['-C', repository, 'branch', '-f', 'concept/proef', 'uitgave-2']);
    await publishWell(1, { more: ['--remote', 'winkel:site', '--reconcile'] });
    execFileSync('git', ['-C', repository, 'branch', '-D', 'concept/proef'], { stdio: 'pipe' });
    assert.ok(existsSync(join(folder, 'concept/proef/current/index.html')));
    assert.ok(!existsSync(join(store.files, 'site/concept')));
    assertFollows();
  });

  test('the repository can say where, for a push and for a timer', async () => {
    execFileSync('git', ['-C', repository, 'config', 'draaiboek.remote', 'winkel:site']);
    try {
      await publishWell(1, { more: [] });
      assertFollows();
      await publishWell(2, { more: ['--reconcile'] });
      assertFollows();
    } finally {
      execFileSync('git', ['-C', repository, 'config', '--unset', 'draaiboek.remote']);
    }
  });
});

describe('what is refused', () => {
  test('a place with files that nobody knows of, until --force', async () => {
    mkdirSync(join(store.files, 'site'));
    writeFileSync(join(store.files, 'site/van-een-ander.txt'), 'x');
    const { status, said } = await publish(1);
    assert.equal(status, 2);
    assert.match(said, /\[remote-foreign\]/);
    assert.deepEqual(changes(), []);
    assert.equal((await publish(1)).status, 2, 'the second time too');
    assert.equal(readFileSync(join(store.files, 'site/van-een-ander.txt'), 'utf8'), 'x');
    await publishWell(1, { more: ['--remote', 'winkel:site', '--force'] });
    assertFollows();
  });

  test('what is no remote', async () => {
    for (const name of ['site', '-v:x', 'winkel:a\nb']) {
      const { status, said } = await publish(1, { more: [`--remote=${name}`] });
      assert.equal(status, 2);
      assert.match(said, /\[remote-name\]/);
    }
    const { status, said } = await publish(1, { more: ['--remote', 'niemand:x'] });
    assert.equal(status, 2);
    assert.match(said, /niemand.*\[remote-failed\]/s);
  });

  test('a machine without rclone; the site itself is published', async () => {
    const bin = join(work, 'bin');
    mkdirSync(bin);
    const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    symlinkSync(git, join(bin, 'git'));
    const { status, said } = await publish(1, { env: { PATH: bin } });
    assert.equal(status, 2);
    assert.match(said, /\[remote-program\]/);
    assert.ok(existsSync(join(folder, 'current/index.html')));
  });
});

describe('what fails', () => {
  /* The calls of rclone when the store is known: assets, changed pages, all, assets. */
  const faults = full ? [[1, '7'], [2, '7'], [2, 'kill'], [3, '7'], [4, 'kill']] : [[2, 'kill']];
  for (const [at, way] of faults) {
    test(`call ${at} of rclone ends with ${way}: said, no page without its assets, then made good`, async () => {
      makeFaultyRclone(work);
      await publishWell(1);
      const env = {
        PATH: `${work}:${process.env.PATH}`, FAILS_AT: String(at), FAILS_WITH: way, FAILS_COUNT: join(work, 'count'),
      };
      const { status, said } = await publish(2, { env });
      assert.equal(status, 2);
      assert.match(said, new RegExp(`ended with status ${way === 'kill' ? 137 : 7}.*\\[remote-failed\\]`));
      assert.equal(said.includes('dit ging mis'), way !== 'kill');
      assert.equal((await readPages()).length, pages.length);
      await publishWell(3);
      assertFollows();
      assert.deepEqual([...new Set(await readPages())], [3]);
    });
  }

  test('the store cuts off after any number of files', async () => {
    await publishWell(1);
    for (const [index, most] of (full ? [0, 1, 4, 9] : [4]).entries()) {
      let puts = 0;
      store.gate = ({ method }) => method !== 'PUT' || puts++ < most;
      const { status } = await publish(index + 2, { env: once });
      assert.equal(status, 2);
      store.gate = () => true;
      /* rclone's WebDAV takes away a file of which the upload failed: fewer pages, but whole ones. */
      await readPages();
    }
    await publishWell(6);
    assertFollows();
  });

  test('the store does not remove: the pages are there, and it is said', async () => {
    await publishWell(1);
    writeFileSync(join(store.files, 'site/oud.html'), 'oud');
    store.gate = ({ method }) => method !== 'DELETE';
    assert.equal((await publish(2, { env: once })).status, 2);
    assert.deepEqual([...new Set(await readPages())], [2]);
    store.gate = () => true;
    await publishWell(2);
    assertFollows();
  });

  test('draaiboek is killed: the next waits for the rclone that is left, and is not undone by it', async () => {
    await publishWell(1);
    let open, held;
    const opened = new Promise((resolve) => (open = resolve));
    const reached = new Promise((resolve) => (held = resolve));
    store.gate = async ({ method, path }) => {
      if (method === 'PUT' && path === '/site/subsidies/een/index.html') {
        held();
        await opened;
      }
      return true;
    };
    const killed = spawn(program, words(2, ['--remote', 'winkel:site']), { env: environment(), stdio: 'ignore' });
    await reached;
    const ended = new Promise((resolve) => killed.on('exit', resolve));
    killed.kill('SIGKILL');
    await ended;
    store.gate = () => true;
    const next = spawn(program, words(3, ['--remote', 'winkel:site']), { env: environment(), stdio: ['ignore', 'ignore', 'pipe'] });
    const status = new Promise((resolve) => next.on('exit', resolve));
    await new Promise((resolve) => {
      let said = '';
      next.stderr.setEncoding('utf8').on('data', (piece) => {
        said += piece;
        if (said.includes('another upload is under way')) resolve();
      });
    });
    open();
    assert.equal(await status, 0);
    assertFollows();
    assert.deepEqual([...new Set(await readPages())], [3]);
  });
});

test('a reader meanwhile never meets a page without its assets', async (context) => {
  await publishWell(1);
  let done = false;
  const met = new Set();
  let read = 0;
  const reader = (async () => {
    while (!done) {
      const found = await readPages();
      found.forEach((edition) => met.add(edition));
      read += found.length;
    }
  })();
  try {
    for (let edition = 2; edition <= (full ? editions : 4); edition++) {
      await publishWell(edition, { more: ['--remote', 'winkel:site', '--keep', '2'] });
    }
  } finally {
    done = true;
  }
  await reader;
  context.diagnostic(`${read} pages read, of ${met.size} editions`);
  assert.ok(read > 0 && met.size > 1);
  assertFollows();
});
