/*
 * Reading a site at 1,000 requests a second while another release takes its place again and again:
 * by publishing, and now and then by going back. Every page must be whole, of one release, and find
 * all its assets, also when it asks for them only after a switch or two.
 *
 * 12 switches, or 200 with FAULTS=full.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { assetsOf, makeEditions, markOf, pages, program } from '../serve/editions.mjs';
import { startNginx } from '../serve/nginx.mjs';

const run = promisify(execFile);
const switches = process.env.FAULTS === 'full' ? 200 : 12;
const perSwitch = 100; /* requests, at the least */
const rate = 1000; /* a second */
const readers = 24;
const every = 10; /* that many switches, one goes back */

let repository, folder, server, agent;
let switched = 0;
let failed = false;
const waiting = []; /* { at, resolve }: who waits for a switch */

before(async () => {
  repository = makeEditions(switches + 1);
  folder = mkdtempSync(join(tmpdir(), 'draaiboek-switch-'));
  chmodSync(folder, 0o755);
  await publish(1);
  server = await startNginx(folder);
  agent = new Agent({ keepAlive: true, maxSockets: readers });
});

after(async () => {
  agent?.destroy();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(repository, { recursive: true, force: true });
});

function publish(number) {
  return run(program, ['publish', '-q', '--repo', repository, '--to', folder, '--ref', `uitgave-${number}`, '--date', '2026-11-20']);
}

async function switchAll() {
  for (let number = 2; number <= switches + 1 && !failed; number++) {
    await (number % every === 0 ? run(program, ['rollback', '-q', '--to', folder]) : publish(number));
    switched++;
    waiting.filter(({ at }) => at <= switched || switched === switches).forEach(({ resolve }) => resolve());
  }
}

function untilSwitch(at) {
  return at <= switched || switched === switches ? undefined : new Promise((resolve) => waiting.push({ at, resolve }));
}

/* Lets through `rate` callers a second; who is late is not made up for. */
function makePace() {
  let next = performance.now();
  return async () => {
    next = Math.max(next, performance.now() - 50) + 1000 / rate;
    const wait = next - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
  };
}

const unpack = { br: brotliDecompressSync, gzip: gunzipSync, undefined: (body) => body };
const encodings = ['br, gzip', 'gzip', 'identity'];
const bodies = new Map(); /* address, encoding and ETag → digest of what was sent */
const tags = new Map(); /* address and encoding → the last ETag */
const known = new Map(); /* address and ETag → the text */
let requests = 0, again = 0;

function send(path, headers) {
  return new Promise((resolve, reject) => {
    request(server.address + path, { agent, headers }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('aborted', () => reject(new Error(`${path} was cut off`)));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }));
    })
      .on('error', reject)
      .end();
  });
}

/* Fetches, checks the answer as such, and resolves to its text. */
async function fetchText(path, pace) {
  const number = requests++;
  const encoding = encodings[number % encodings.length];
  const key = `${path} ${encoding}`;
  const headers = { 'Accept-Encoding': encoding };
  if (number % 4 === 0 && tags.has(key)) headers['If-None-Match'] = tags.get(key);
  await pace();
  const answer = await send(path, headers);
  const { etag } = answer.headers;
  if (answer.status === 304) {
    again++;
    assert.equal(etag, headers['If-None-Match'], path);
    return known.get(`${key} ${etag}`);
  }
  assert.equal(answer.status, 200, path);
  assert.equal(answer.body.length, Number(answer.headers['content-length']), path);
  assert.ok(etag, path);
  const digest = createHash('sha1').update(answer.body).digest('hex');
  const name = `${key} ${etag}`;
  assert.equal(bodies.get(name) ?? digest, digest, `${name} stands for two texts`);
  const text = String(unpack[answer.headers['content-encoding']](answer.body));
  bodies.set(name, digest);
  known.set(name, text);
  tags.set(key, etag);
  return text;
}

const named = new Map(); /* page and edition → its assets */

async function visit(path, wait, pace) {
  const html = await fetchText(path, pace);
  assert.match(html, /<\/html>\s*$/, path);
  const edition = markOf(html);
  assert.ok(edition > 0, path);
  const assets = assetsOf(html);
  const key = `${path} ${edition}`;
  assert.equal(named.get(key) ?? assets.join(' '), assets.join(' '), `${key} has other assets than before`);
  named.set(key, assets.join(' '));
  if (wait > 0) await untilSwitch(switched + wait);
  const texts = await Promise.all(assets.map((asset) => fetchText(asset, pace)));
  const pictures = texts.filter((text) => text.includes('uitgave-nummer-'));
  if (path.includes('subsidies/')) {
    assert.deepEqual(pictures.map(markOf), [edition], `${key} has the picture of another edition`);
  }
}

async function read(reader, pace, isDone) {
  for (let round = 0; !isDone() && !failed; round++) {
    /* Some open a page and get to its scripts only after one to three switches. */
    await visit(pages[(reader + round) % pages.length], reader < 4 && round % 5 === 0 ? reader % 3 + 1 : 0, pace);
  }
}

test(`${switches} switches at ${rate} requests a second`, { timeout: 1_200_000 }, async (context) => {
  const began = performance.now();
  const pace = makePace();
  const isDone = () => switched === switches && requests >= switches * perSwitch;
  const works = [
    switchAll(),
    ...Array.from({ length: readers }, (_, reader) => read(reader, pace, isDone)),
  ].map((work) =>
    work.catch((error) => {
      failed = true;
      waiting.forEach(({ resolve }) => resolve());
      throw error;
    }),
  );
  await Promise.allSettled(works);
  await Promise.all(works);
  const seconds = (performance.now() - began) / 1000;
  const editions = new Set([...named.keys()].map((key) => key.split(' ')[1]));
  context.diagnostic(
    `${requests} requests in ${seconds.toFixed(1)} s, ${Math.round(requests / seconds)} a second; ` +
      `${switches} switches, ${editions.size} editions seen, ${again} answers of 304`,
  );
  assert.equal(switched, switches);
  assert.ok(requests >= switches * perSwitch);
  assert.ok(editions.size > 1);
  assert.ok(again > 0);
});
