/*
 * How every kind of page lies on the screen: nothing sticks out, is cut off or lies over something
 * else, also with text twice as large or wider set; and all that can be hit is large enough.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { openEverywhere } from './everywhere.mjs';
import { covered, layOut, lostTexts, overlaps, smallTargets } from './layout.mjs';

let all;

before(async () => {
  all = await openEverywhere();
});

after(() => all?.close());

const at = (width, faults) => faults.map((fault) => `${width} px: ${fault}`);

async function brokenAt(page, width) {
  await layOut(page, width);
  return at(width, [...(await lostTexts(page)), ...(await overlaps(page)), ...(await covered(page))]);
}

test('nothing sticks out, is cut off, lies over something else, or is too small to hit', () =>
  all.each({}, async (page) => {
    const faults = [];
    for (const width of [320, 768, 1280]) {
      faults.push(...(await brokenAt(page, width)), ...at(width, await smallTargets(page, 24)));
    }
    return faults;
  }));

test('on a touch screen, all that can be hit is 44 px', () =>
  all.each({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } }, async (page) => {
    assert.ok(await page.evaluate(() => matchMedia('(pointer: coarse)').matches));
    await layOut(page, 360);
    return smallTargets(page, 44);
  }));
