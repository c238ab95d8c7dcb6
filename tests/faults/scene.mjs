/*
 * What the fault tests stand on: a tiny site with three commits in a bare repository, a folder that
 * it is published to, the program `cut` (cut.c) that does harm at one point of a run, and a judge
 * of a publishing folder that knows the format from the documentation, not from the program.
 *
 * `make test` takes a sample of the points; `make faults` (FAULTS=full) takes all.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export const here = dirname(fileURLToPath(import.meta.url));
const top = join(here, '../..');

export const full = process.env.FAULTS === 'full';
export const delivered = process.env.DRAAIBOEK_RELEASE;
/* Its search for leaks cannot be done while another traces it. */
export const sanitized = process.env.DRAAIBOEK;
export const day = process.env.DRAAIBOEK_DATE ?? '2026-11-20';
const cutter = join(top, 'build/faults/cut');
const environment = {
  ...process.env,
  ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:detect_leaks=0`,
};

/* ---- Running */

/* Runs a program to its end; its status is a signal's name when one ended it. */
export function run(words, { cwd, env, input, timeout = 120_000 } = {}) {
  const ran = spawnSync(words[0], words.slice(1), {
    cwd,
    input,
    timeout,
    encoding: 'utf8',
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 28,
    env: { ...environment, ...env },
  });

  if (ran.error) throw ran.error;
  return { status: ran.status ?? ran.signal, out: ran.stdout, errors: ran.stderr };
}

/* The same of what must succeed; what it printed. */
export function must(words, options) {
  const ran = run(words, options);

  assert.equal(ran.status, 0, `${words.join(' ')}: ${ran.status}\n${ran.out}${ran.errors}`);
  return ran.out.trim();
}

/* Runs it beside others; `heard` is called with all that it has said to an editor so far. */
export function start(words, { cwd, env, heard, ...more } = {}) {
  const child = spawn(words[0], words.slice(1), {
    cwd,
    env: { ...environment, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...more,
  });
  const ran = { child, errors: '' };

  child.stderr.setEncoding('utf8').on('data', (piece) => {
    ran.errors += piece;
    heard?.(ran.errors, child);
  });
  ran.ended = new Promise((resolve, reject) => {
    child
      .on('error', reject)
      .on('close', (status, signal) => resolve({ status: status ?? signal, errors: ran.errors }));
  });
  return ran;
}

const flags = {
  at: 1,
  errno: 1,
  mode: 1,
  mount: 1,
  calls: 1,
  only: 1,
  on: 0,
  changes: 0,
  alone: 0,
};

/*
 * Runs words under `cut`; `harm` is the first of its own, and options are named as its are, `below`
 * being a list. Adds `points`: all, or the one at which harm was done.
 */
export function cut(harm, options, words, how) {
  const report = join(options.scratch, 'points');
  const own = [cutter, harm, '--report', report];

  for (const [name, arity] of Object.entries(flags)) {
    if (arity === 0 && options[name]) own.push(`--${name}`);
    else if (arity === 1 && options[name] !== undefined)
      own.push(`--${name}`, String(options[name]));
  }
  for (const folder of options.below ?? []) own.push('--below', folder);
  rmSync(report, { force: true });
  const ran = run([...own, '--', ...words], how);
  if (ran.status === 3) throw new Error(`cut: ${ran.errors}`);
  ran.points = existsSync(report) ? readPoints(readFileSync(report, 'utf8')) : [];
  return ran;
}

function readPoints(text) {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [at, process, call, path, to, mode] = line.split('\t');

      return { at: Number(at), process: Number(process), call, path, to, writes: mode === 'w' };
    });
}

/* Why nothing can be cut here, or nothing. */
export function whyNoCut() {
  const ran = run([cutter, 'list', '--', 'true']);

  return ran.status === 0 ? undefined : `programs cannot be traced here: ${ran.errors.trim()}`;
}

/* All, or some that lie evenly over them, the first and the last with them. */
export function sample(all, shortly, most = Infinity) {
  const some = full ? most : shortly;

  if (all.length <= some) return all;
  return Array.from(
    { length: some },
    (_, i) => all[Math.round((i * (all.length - 1)) / (some - 1))],
  );
}

/* ---- The site, its repository, and where it is published */

const pages = {
  'content/site.yml':
    'titel: Klein\nadres: https://klein.example\nverzamelingen: {wijzer: {titel: Wijzer, soort: pagina}}\n',
  'content/regios/noord/regio.yml': 'naam: Noord\n',
  'content/regios/noord/wijzer/een.md': '## Vul aan: #deel\n\nBij ons ook.\n',
  'playbooks/wijzer/twee.md': '---\ntitel: Twee\nsamenvatting: De tweede.\n---\n\nTekst.\n',
};

export function pageText(text) {
  return `---\ntitel: Een\nsamenvatting: De eerste.\n---\n\n${text}\n\n## Deel <!-- #deel -->\n\nTekst.\n`;
}

/* Where files are made fast, unless a hook is to be run from there. */
function quickest(runs) {
  try {
    if (!runs) accessSync('/dev/shm', constants.W_OK);
    return runs ? tmpdir() : '/dev/shm';
  } catch {
    return tmpdir();
  }
}

/*
 * Makes the scene: `site` with commits A, B and C, each of another text of one page, C with a page
 * more; `bare`, of which main is at A; `to`, where nothing is yet. `runs`: hooks are run in it.
 */
export function makeScene({ runs = false, parent } = {}) {
  const root = mkdtempSync(join(parent ?? quickest(runs), 'draaiboek-faults-'));
  const scene = {
    root,
    scratch: root,
    site: join(root, 'site'),
    bare: join(root, 'bare.git'),
    to: join(root, 'to'),
    output: join(root, 'out'),
    commits: {},
  };
  const git = (...words) => must(['git', '-C', scene.site, ...words]);

  for (const [path, text] of Object.entries(pages)) {
    mkdirSync(dirname(join(scene.site, path)), { recursive: true });
    writeFileSync(join(scene.site, path), text);
  }
  must(['git', 'init', '-q', '-b', 'main', scene.site]);
  for (const name of ['A', 'B', 'C']) {
    writeFileSync(join(scene.site, 'playbooks/wijzer/een.md'), pageText(`Dit is ${name}.`));
    if (name === 'C')
      writeFileSync(
        join(scene.site, 'playbooks/wijzer/drie.md'),
        pages['playbooks/wijzer/twee.md'].replace('Twee', 'Drie'),
      );
    git('add', '-A');
    git('commit', '-q', '-m', `Versie ${name}`);
    scene.commits[name] = git('rev-parse', 'HEAD');
  }
  must(['git', 'clone', '-q', '--bare', scene.site, scene.bare]);
  /* As a server has them, of which receive.unpackLimit is 1. */
  must(['git', '-C', scene.bare, 'repack', '-adq']);
  point(scene, 'A');
  return scene;
}

export function removeScene(scene) {
  if (scene) rmSync(scene.root, { recursive: true, force: true });
}

/* Lets the branch of the bare repository be at a commit, by its letter. */
export function point(scene, letter, branch = 'main') {
  must(['git', '-C', scene.bare, 'update-ref', `refs/heads/${branch}`, scene.commits[letter]]);
}

/* ---- Who pushes */

/* Has the bare repository publish what is pushed to it. */
export function installHooks(scene) {
  must([delivered, 'hooks', 'install', '--repo', scene.bare, '--to', scene.to]);
}

/* A clone of the bare repository, with what an editor does in it. */
export function makeEditor(scene, name) {
  const folder = join(scene.root, name);
  const git = (...words) => must(['git', '-C', folder, ...words]);

  must(['git', 'clone', '-q', scene.bare, folder]);
  git('config', 'user.name', name);
  return {
    folder,
    git,
    write(text) {
      writeFileSync(
        join(folder, `playbooks/wijzer/${name}.md`),
        pageText(text).replace('titel: Een', `titel: ${name}`),
      );
      git('add', '-A');
      git('commit', '-q', '-m', `${name}: ${text}`);
      return git('rev-parse', 'HEAD');
    },
    push: ['git', '-C', folder, 'push', 'origin', 'HEAD:main'],
  };
}

/* The commit that a branch of the bare repository is at. */
export function branchOf(scene, branch = 'main') {
  return must(['git', '-C', scene.bare, 'rev-parse', `refs/heads/${branch}`]);
}

/* Waits until no builder has the lock: one goes on when the editor's connection is gone. */
export function waitForBuilders(scene) {
  if (existsSync(join(scene.to, 'lock')))
    must(['flock', '--wait', '100', join(scene.to, 'lock'), 'true']);
}

/* Keeps a folder as it is, hard links too; put() brings it back. */
export function keep(scene, folder, name) {
  const kept = join(scene.root, `kept-${name}`);

  must(['sh', '-c', 'rm -rf "$2" && { [ ! -e "$1" ] || cp -a "$1" "$2"; }', 'sh', folder, kept]);
  return { folder, kept };
}

export function put({ folder, kept }) {
  must(['sh', '-c', 'rm -rf "$2" && { [ ! -e "$1" ] || cp -a "$1" "$2"; }', 'sh', kept, folder]);
}

/* The arguments of a publish; with one thread its calls come in one order. */
export function publishing(scene, ...more) {
  return ['publish', '-j', '1', '--date', day, '--repo', scene.bare, '--to', scene.to, ...more];
}

/* ---- The judge */

/* Every file below a folder: path → what lstat says. */
export function walk(folder, below = '', found = new Map()) {
  for (const name of readdirSync(join(folder, below)).sort()) {
    const path = below === '' ? name : `${below}/${name}`;
    const stat = lstatSync(join(folder, path));

    if (stat.isDirectory()) walk(folder, path, found);
    else found.set(path, stat);
  }
  return found;
}

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

/* What a folder holds, as a text: a line a file with its hash. */
export function contents(folder) {
  return [...walk(folder)]
    .map(
      ([path, stat]) =>
        `${path} ${stat.isSymbolicLink() ? readlinkSync(join(folder, path)) : hash(readFileSync(join(folder, path)))}`,
    )
    .join('\n');
}

/*
 * Reads a release, and holds all of it against its MANIFEST: each file there, plain, of its size
 * and hash; each twin what its file is; nothing else. A preview has no `twins`. Returns its commit,
 * and its files as a text.
 */
export function readRelease(folder, { twins = true } = {}) {
  const lines = readFileSync(join(folder, 'MANIFEST'), 'utf8').split('\n');
  const here = walk(folder);
  const names = [];

  assert.equal(lines[0], 'draaiboek-release 1', `${folder}: first line of MANIFEST`);
  assert.equal(lines.at(-1), '', `${folder}: MANIFEST ends with a whole line`);
  const head = Object.fromEntries(lines.slice(1, 4).map((line) => line.split(' ')));
  assert.match(head.commit, /^[0-9a-f]{40}$/);
  for (const line of lines.slice(4, -1)) {
    const [, sum, size, name] =
      /^file ([0-9a-f]{64}) (\d+) (.+)$/.exec(line) ?? assert.fail(`MANIFEST: ${line}`);
    const bytes = here.get(name)?.isFile()
      ? readFileSync(join(folder, name))
      : assert.fail(`${folder}: no ${name}`);

    assert.equal(bytes.length, Number(size), `${folder}: size of ${name}`);
    assert.equal(hash(bytes), sum, `${folder}: hash of ${name}`);
    const twin = /^(.+)\.(gz|br)$/.exec(name);
    if (twin) {
      const plain = twin[2] === 'gz' ? gunzipSync(bytes) : brotliDecompressSync(bytes);

      assert.equal(
        hash(plain),
        hash(readFileSync(join(folder, twin[1]))),
        `${folder}: ${name} is another file than ${twin[1]}`,
      );
    }
    names.push(name);
  }
  assert.deepEqual(
    names,
    [...new Set(names)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    `${folder}: MANIFEST is sorted`,
  );
  assert.deepEqual(
    [...here.keys()].filter((name) => name !== 'MANIFEST').sort(),
    [...names].sort(),
    `${folder}: files that MANIFEST names`,
  );
  for (const name of ['index.html', 'index.html.gz', 'index.html.br'])
    assert.equal(names.includes(name), twins || name === 'index.html', `${folder}: ${name}`);
  return { id: basename(folder), commit: head.commit, files: lines.slice(4).join('\n') };
}

/* The live release, or undefined when nothing was ever published. */
export function readLive(to, how) {
  const link = lstatSync(join(to, 'current'), { throwIfNoEntry: false });

  if (link === undefined) return undefined;
  const target = readlinkSync(join(to, 'current'));
  assert.match(
    target,
    /^releases\/\d{6,}-[0-9a-f]{12}$/,
    'current is a relative link to a release',
  );
  const live = readRelease(join(to, target), how);
  assert.equal(target.slice(-12), live.commit.slice(0, 12), 'a release is named after its commit');
  return live;
}

const lasting = new Set([
  'lock',
  'releases',
  'current',
  'previous',
  'pin',
  'log',
  'status.json',
  'publish.log',
  'concept',
  'assets',
]);

/* The assets of the live release are within reach beside it, and none that no release has. */
function assertShelf(to) {
  const assets = (folder) =>
    existsSync(join(folder, 'assets')) ? [...walk(join(folder, 'assets')).keys()] : [];
  const releases = readdirSync(join(to, 'releases')).filter((name) => name !== '.spare');
  const kept = new Set(releases.flatMap((id) => assets(join(to, 'releases', id))));
  const shelf = assets(to);

  for (const name of assets(join(to, 'current')))
    assert.ok(shelf.includes(name), `assets/${name} is not within reach`);
  for (const name of shelf) {
    assert.ok(kept.has(name), `assets/${name} was left over`);
    const from = releases.find((id) => existsSync(join(to, 'releases', id, 'assets', name)));
    assert.equal(
      hash(readFileSync(join(to, 'assets', name))),
      hash(readFileSync(join(to, 'releases', from, 'assets', name))),
      `assets/${name}`,
    );
  }
}

/*
 * Holds a publishing folder against its layout, after a run that succeeded: nothing is left over.
 * The release that went last is kept, to make the next one in.
 */
export function assertClean(to, { releases } = {}) {
  for (const name of readdirSync(to))
    assert.ok(lasting.has(name), `${name} was left over in ${to}`);
  const ids = readdirSync(join(to, 'releases'))
    .filter((name) => name !== '.spare')
    .sort();
  for (const id of ids) {
    assert.match(id, /^\d{6,}-[0-9a-f]{12}$/, `${id} was left over among the releases`);
    readRelease(join(to, 'releases', id));
  }
  if (releases !== undefined) assert.equal(ids.length, releases, `releases: ${ids}`);
  for (const name of ['current', 'previous'])
    if (lstatSync(join(to, name), { throwIfNoEntry: false }))
      assert.ok(ids.includes(basename(readlinkSync(join(to, name)))), `${name} leads to a release`);
  if (existsSync(join(to, 'concept')))
    for (const name of readdirSync(join(to, 'concept'))) {
      assert.deepEqual(
        readdirSync(join(to, 'concept', name)).filter((file) => !lasting.has(file)),
        [],
      );
      assert.equal(
        readdirSync(join(to, 'concept', name, 'releases')).filter((id) => id !== '.spare').length,
        1,
        `a preview keeps one release: ${name}`,
      );
      assert.ok(readLive(join(to, 'concept', name), { twins: false }));
    }
  assertShelf(to);
  if (existsSync(join(to, 'status.json')))
    JSON.parse(readFileSync(join(to, 'status.json'), 'utf8'));
  if (existsSync(join(to, 'log'))) {
    const text = readFileSync(join(to, 'log'), 'utf8');

    for (const line of text.trimEnd().split('\n'))
      assert.match(
        line,
        /^\S+Z (publish|rollback) \d{6,}-[0-9a-f]{12} [0-9a-f]{40}$/,
        'a line of the log',
      );
  }
}
