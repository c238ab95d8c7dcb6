/*
 * What the generator makes of texts (by lunr_tool.c), and what lunr makes of them.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import lunr from 'lunr';
import stemmerSupport from 'lunr-languages/lunr.stemmer.support.js';
import dutch from 'lunr-languages/lunr.nl.js';

stemmerSupport(lunr);
dutch(lunr);

export { lunr };

const program =
  process.env.LUNR_TOOL ??
  fileURLToPath(new URL('../../build/san/tests/lunr_tool', import.meta.url));

function frame(texts) {
  return Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text, 'utf8');
      return [Buffer.from(`${bytes.length}\n`), bytes];
    }),
  );
}

function run(args, texts) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input: frame(texts),
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) {
    throw new Error(`lunr_tool ${args.join(' ')}: ${error ?? stderr.toString()}`);
  }
  return stdout;
}

/* Each of the texts, changed: how is one of lower, trim, tokens, stem, normalise. */
export function change(how, texts) {
  const bytes = run([how], texts);
  const changed = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at);
    const size = Number(bytes.toString('latin1', at, end));
    changed.push(bytes.toString('utf8', end + 1, end + 1 + size));
    at = end + 1 + size;
  }
  return changed;
}

export const fields = { title: 3, body: 1 };

/* The index of documents, each an array of the fields' texts: from C … */
export function indexFromC(documents, boosts = fields) {
  const args = Object.entries(boosts).map(([name, boost]) => `${name}:${boost}`);
  return run(['index', ...args], documents.flat()).toString('utf8');
}

/* … and from lunr. */
export function indexFromLunr(documents, boosts = fields) {
  const names = Object.keys(boosts);
  const index = lunr(function () {
    this.use(lunr.nl);
    this.ref('ref');
    names.forEach((name) => this.field(name, { boost: boosts[name] }));
    documents.forEach((texts, ref) => {
      this.add({ ref, ...Object.fromEntries(texts.map((text, i) => [names[i], text])) });
    });
  });
  return JSON.stringify(index);
}

/* The same numbers between 0 and 1 every time (mulberry32). */
export function randomFrom(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
