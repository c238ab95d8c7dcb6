/* The keys of the points of checklists: what changes them, and what does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hash, plain } from '../../themes/standaard/interface/points.js';

test('case, spaces, punctuation and how accents are written do not count', () => {
  const point = plain('Één plan: de werkgever & het WSP');
  for (const other of [
    '  één  plan de\n\twerkgever, het WSP! ',
    'E\u0301e\u0301n plan – de werkgever (het wsp).',
    'één plan de werk-gever het WSP',
  ]) {
    assert.equal(plain(other), point);
  }
});

test('letters, accents and figures do', () => {
  const all = ['een plan', 'één plan', 'een plan 2', 'een plans', 'twee plan', '計画', ''].map(plain);
  assert.equal(new Set(all).size, all.length);
});

test('keys of all short texts differ, and are short', () => {
  const keys = new Set();
  for (let i = 0; i < 200_000; i++) {
    keys.add(hash(`punt${i}`));
  }
  assert.equal(keys.size, 200_000);
  assert.ok([...keys].every((key) => /^[0-9a-z]{2,14}$/.test(key)));
});

/* What readers keep must be found again by every later version. */
test('a key stays what it was', () => assert.equal(hash(plain('Het plan klopt nog.')), '1k8zxfp1fxpg2t'));
