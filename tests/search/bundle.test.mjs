/*
 * The search as it is served: a small module, and parts that it fetches when it needs them; a strict
 * Content-Security-Policy lets them run.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { module } from './small-site.mjs';

/* In KB with gzip: of the module, and of each part of it. */
const MOST = { search: 9.5, 'search-phrase': 1.5, 'search-guess': 2, 'search-found': 1.5 };
const theme = fileURLToPath(new URL('../../themes/standaard/', import.meta.url));

test('the planner is small', () => {
  for (const [name, most] of Object.entries(MOST)) {
    const script = readFileSync(new URL(`${name}.js`, module));
    const size = gzipSync(script, { level: 9 }).length;
    assert.ok(size <= most * 1024, `${name}: ${size}`);
  }
});

test('nothing in the planner makes code of text, or asks for a page', () => {
  const text = readFileSync(module, 'utf8');
  assert.doesNotMatch(text, /\beval\s*\(|new Function|\bFunction\s*\(/);
  assert.doesNotMatch(text, /\b(document|window|localStorage)\b\s*[.[]/);
});

test('the planner is the same each time it is made', () => {
  const folder = mkdtempSync(join(tmpdir(), 'draaiboek-'));
  try {
    const again = join(folder, 'search.js');
    execFileSync('node', [join(theme, 'bundle.mjs'), join(theme, 'search/search.js'), again]);
    assert.deepEqual(readFileSync(again), readFileSync(module));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
