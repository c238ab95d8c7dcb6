/*
 * The metrics, against values worked out by hand.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootstrap, falls, guarded, judge, raise, summarise } from './metrics.mjs';

const near = (value, wanted) =>
  assert.ok(Math.abs(value - wanted) < 1e-4, `${value} is not ${wanted}`);

test('the ideal order is worth 1', () => {
  assert.deepEqual(judge(['a', 'b', 'c'], { c: 1, a: 3, b: 2 }), {
    'nDCG@10': 1,
    MRR: 1,
    'recall@10': 1,
    'success@1': 1,
    zero: 0,
  });
});

test('nDCG discounts by the logarithm of the rank', () => {
  /* Found: 0, 3 (7 / log2 3 = 4.41651), 0, 1 (1 / log2 5 = 0.43068); ideal: 7 + 3 / log2 3 + 1 / 2. */
  near(
    judge(['x', 'a', 'y', 'c'], { a: 3, b: 2, c: 1 })['nDCG@10'],
    (4.41651 + 0.43068) / (7 + 1.89279 + 0.5),
  );
  /* Only grade 1, on rank 3: 1 / log2 4. */
  near(judge(['x', 'y', 'a'], { a: 1 })['nDCG@10'], 0.5);
});

test('MRR and success look for a grade of 2, recall for any', () => {
  const one = judge(['c', 'x', 'b'], { a: 3, b: 2, c: 1, d: 1 });
  near(one.MRR, 1 / 3);
  assert.equal(one['success@1'], 0);
  assert.equal(one['recall@10'], 0.5);
});

test('what comes after the tenth is not looked at', () => {
  const keys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a'];
  assert.deepEqual(judge(keys, { a: 3 }), {
    'nDCG@10': 0,
    MRR: 0,
    'recall@10': 0,
    'success@1': 0,
    zero: 0,
  });
});

test('with more than ten to be found, ten are all', () => {
  const keys = Array.from({ length: 12 }, (_, i) => `k${i}`);
  const grades = Object.fromEntries(keys.map((key) => [key, 2]));
  const one = judge(keys, grades);
  assert.equal(one['recall@10'], 1);
  assert.equal(one['nDCG@10'], 1);
});

test('a key that comes again is worth nothing, and a grade of 0 neither', () => {
  near(judge(['a', 'a', 'b'], { a: 2, b: 0 })['nDCG@10'], 1);
  assert.equal(judge(['b', 'b', 'a'], { a: 2, b: 0 })['recall@10'], 1);
  near(judge(['b', 'b', 'a'], { a: 2, b: 0 })['nDCG@10'], 0.5);
});

test('no result at all is counted', () => {
  assert.equal(judge([], { a: 1 }).zero, 1);
  assert.equal(judge([], { a: 1 })['nDCG@10'], 0);
});

test('a summary has the means of the classes there are, and of all', () => {
  const one = { 'nDCG@10': 1, MRR: 1, 'recall@10': 1, 'success@1': 1, zero: 0 };
  const none = { 'nDCG@10': 0, MRR: 0, 'recall@10': 0, 'success@1': 0, zero: 1 };
  const summary = summarise([
    { class: 'exact', ...one },
    { class: 'typo', ...one },
    { class: 'typo', ...none },
  ]);
  assert.deepEqual(Object.keys(summary), ['exact', 'typo', 'all']);
  assert.equal(summary.typo['nDCG@10'], 0.5);
  near(summary.all.MRR, 2 / 3);
  near(summary.all.zero, 1 / 3);
  assert.deepEqual(Object.keys(guarded(summary)), [
    'nDCG@10',
    'MRR',
    'recall@10',
    'success@1',
    'zero',
    'nDCG@10 exact',
    'nDCG@10 typo',
  ]);
});

test('the bootstrap of equal differences has no width, and of few it is as drawn', () => {
  assert.deepEqual(bootstrap([0.5, 0.5], Math.random, 100), [0.5, 0.5, 0.5]);
  /* Draws of 1 and 0 in turn, so that the first hundred means are all one half. */
  let turn = 0;
  assert.deepEqual(
    bootstrap([0, 1], () => (turn++ % 2 === 0 ? 0.75 : 0.25), 100),
    [0.5, 0.5, 0.5],
  );
  /* Of one 0 and one 1, the mean of two draws is 0 or 1 a quarter of the time each. */
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  assert.deepEqual(bootstrap([0, 1], random, 1000), [0.5, 0, 1]);
});

test('a fall is more than the tolerance, and the other way round without results', () => {
  const names = (floor, figures) => falls(floor, figures).map(({ name }) => name);
  assert.deepEqual(names({ MRR: 0.8 }, { MRR: 0.795 }), []);
  assert.deepEqual(names({ MRR: 0.8 }, { MRR: 0.9 }), []);
  assert.deepEqual(names({ MRR: 0.8 }, { MRR: 0.794 }), ['MRR']);
  assert.deepEqual(names({ zero: 0.02 }, { zero: 0.01 }), []);
  assert.deepEqual(names({ zero: 0.02 }, { zero: 0.03 }), ['zero']);
});

test('a figure without a floor, or a floor without a figure, is a fall', () => {
  assert.deepEqual(falls({}, { MRR: 0.8 }), [{ name: 'MRR', floor: undefined, value: 0.8 }]);
  assert.deepEqual(falls({ MRR: 0.8 }, {}), [{ name: 'MRR', floor: 0.8, value: undefined }]);
});

test('a floor goes up, and down only when told to', () => {
  const floor = { MRR: 0.8, zero: 0.02, gone: 1 };
  assert.deepEqual(raise(floor, { MRR: 0.812345, zero: 0.03 }), { MRR: 0.8123, zero: 0.02 });
  assert.deepEqual(raise(floor, { MRR: 0.7, zero: 0.01 }), { MRR: 0.8, zero: 0.01 });
  assert.deepEqual(raise(floor, { MRR: 0.7, zero: 0.03 }, { lower: true }), {
    MRR: 0.7,
    zero: 0.03,
  });
  assert.deepEqual(raise({}, { MRR: 0.5 }), { MRR: 0.5 });
});
