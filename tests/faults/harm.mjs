/*
 * Harm at every point of a run, one point a time: what is asked of the run then, and of the next.
 */
import assert from 'node:assert/strict';
import { constants } from 'node:os';

import { cut, put, run, sample } from './scene.mjs';

/*
 * Kills a program at each of its calls that change the disk, and runs it anew.
 *
 *   words   the program with its arguments
 *   kept    what to put back before each (from keep())
 *   below   the folders of which the calls are points; all calls when not `changes`
 *   only, alone   as cut has them
 *   outlived   the program may have ended well, and another of its family is killed
 *   some    how many points in short form; `most` in full, when not all
 *   next    what runs after it, if not the same
 *   after   holds what the killed run left, after(point)
 *   clean   holds what the next run left, clean(point, ran)
 *
 * Returns how many points there were.
 */
export function killEverywhere({
  scene,
  words,
  kept,
  below,
  some,
  next = words,
  after,
  clean,
  only,
  alone,
  changes = true,
  outlived,
  most = Infinity,
  how,
}) {
  const options = { scratch: scene.scratch, changes, below, only, alone };
  const faults = [];
  let count = 0;

  kept.forEach(put);
  const whole = cut('list', options, words, how);
  assert.equal(whole.status, 0, `undisturbed: ${whole.errors}`);
  assert.ok(whole.points.length > 0, 'there are points');
  for (const { at } of sample(whole.points, some, most)) {
    kept.forEach(put);
    const ran = cut('kill', { ...options, at }, words, how);
    const point = ran.points[0];

    /* Threads and temporary names may make a run shorter than the one that was counted. */
    if (!point) continue;
    count++;
    explain(faults, `killed at ${describe(point)}`, () => {
      /* A builder outlives the push that began it. */
      if (!outlived) assert.equal(ran.status, 128 + constants.signals.SIGKILL);
      after(point, ran);
      const again = run(next, how);
      assert.equal(again.status, 0, `the next run: ${again.status}\n${again.out}${again.errors}`);
      clean(point, again);
    });
  }
  assertNone(faults);
  return count;
}

/* What each call can fail with. */
const failures = {
  open: ['EMFILE', 'EIO', 'ENOMEM', 'EACCES'],
  create: ['ENOSPC', 'EDQUOT', 'EMFILE', 'EROFS', 'EIO', 'ENOMEM', 'EACCES'],
  read: ['EIO'],
  pread64: ['EIO'],
  mmap: ['ENOMEM'],
  getdents64: ['EIO', 'ENOMEM'],
  fstat: ['EIO'],
  newfstatat: ['EIO', 'ENOMEM', 'EACCES'],
  readlink: ['EIO', 'EACCES'],
  readlinkat: ['EIO', 'EACCES'],
  write: ['ENOSPC', 'EIO', 'EDQUOT', 'EFBIG'],
  writev: ['ENOSPC', 'EIO'],
  pwrite64: ['ENOSPC', 'EIO', 'EDQUOT'],
  copy_file_range: ['ENOSPC', 'EIO'],
  sendfile: ['EIO'],
  fallocate: ['ENOSPC'],
  ftruncate: ['EIO', 'ENOSPC', 'EROFS'],
  fsync: ['EIO', 'ENOSPC', 'EDQUOT'],
  fdatasync: ['EIO', 'ENOSPC'],
  syncfs: ['EIO', 'ENOSPC', 'EDQUOT'],
  close: ['EIO', 'EDQUOT', 'ENOSPC'],
  rename: ['ENOSPC', 'EIO', 'EROFS', 'EDQUOT'],
  link: ['ENOSPC', 'EIO', 'EMLINK', 'EDQUOT', 'EROFS'],
  symlink: ['ENOSPC', 'EIO', 'EDQUOT', 'EROFS'],
  mkdir: ['ENOSPC', 'EIO', 'EDQUOT', 'EROFS', 'EMLINK'],
  rmdir: ['EIO', 'EROFS'],
  unlink: ['EIO', 'EROFS', 'EACCES'],
  flock: ['EIO', 'ENOLCK'],
  chmod: ['EIO', 'EROFS'],
  utimensat: ['EIO', 'EROFS'],
};

/* How an error is to be named to an editor. */
export const reasons = {
  ENOSPC: 'de schijf is vol',
  EDQUOT: 'de toegestane schijfruimte is op',
  EROFS: 'van deze schijf kan alleen worden gelezen',
  EIO: 'de schijf meldt een fout',
  EMFILE: 'er zijn te veel bestanden open',
  ENOMEM: 'er is te weinig geheugen',
  EACCES: 'geen toegang',
  EFBIG: 'het bestand is te groot',
  EMLINK: 'er zijn te veel verwijzingen naar hetzelfde',
  ENOLCK: 'het systeem kan geen slot meer maken',
};

function failuresOf({ call, creates }) {
  if (call.startsWith('open') || call === 'creat') return failures[creates ? 'create' : 'open'];
  return (
    failures[call] ??
    failures[call.replace(/at2?$/, '')] ??
    failures[call.replace(/^f|at$/g, '')] ??
    assert.fail(`errors of ${call}`)
  );
}

/*
 * Lets each call of a program fail in turn, with another error from point to point.
 *
 *   expected   the status when nothing fails, if not 0
 *   held    says what is to hold after it: held(point, ran, error, points in all)
 *
 * The other fields are as with killEverywhere(). Returns how many points there were.
 */
export function failEverywhere({
  scene,
  words,
  kept,
  below,
  some,
  on,
  calls,
  only,
  expected = 0,
  held,
  how,
}) {
  const options = { scratch: scene.scratch, below, calls, only };
  const turns = {};
  const faults = [];
  let count = 0;

  kept.forEach(put);
  const changes = new Set(
    cut('list', { ...options, changes: true }, words, how).points.map(
      ({ call, path }) => call + path,
    ),
  );
  kept.forEach(put);
  const whole = cut('list', options, words, how);
  assert.equal(whole.status, expected, `undisturbed: ${whole.errors}`);
  for (const point of sample(whole.points, some)) {
    const creates = changes.has(point.call + point.path);
    const all = failuresOf({ ...point, creates });
    const turn = point.call + creates;
    const error = all[(turns[turn] = (turns[turn] ?? -1) + 1) % all.length];

    kept.forEach(put);
    const ran = cut(
      'error',
      { ...options, at: point.at, on, errno: constants.errno[error] },
      words,
      how,
    );
    if (!ran.points[0]) continue;
    count++;
    explain(
      faults,
      `${error} at ${describe(ran.points[0])}, status ${ran.status}\n${ran.errors}`,
      () => held(ran.points[0], ran, error, whole.points.length),
    );
  }
  assertNone(faults);
  return count;
}

function describe({ at, call, path, to }) {
  return `${at}: ${call} ${path}${to ? ` → ${to}` : ''}`;
}

/* Keeps at which point a check did not hold. */
function explain(faults, what, check) {
  try {
    check();
  } catch (fault) {
    faults.push(`${what}\n${fault.code === 'ERR_ASSERTION' ? fault.message : fault.stack}`);
  }
}

function assertNone(faults) {
  assert.ok(
    faults.length === 0,
    `${faults.length} points:\n${faults.slice(0, Number(process.env.FAULTS_SHOWN ?? 10)).join('\n\n')}`,
  );
}
