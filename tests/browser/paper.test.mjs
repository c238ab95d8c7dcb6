/* On paper: every kind of page, whole, and no side without a word. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openEverywhere } from './everywhere.mjs';
import { cutOnPaper, printedSides } from './paper.mjs';

let all;

before(async () => {
  all = await openEverywhere();
});

after(() => all?.close());

test('every kind of page prints whole, on A4 where it names no paper, without a blank side', () =>
  all.each({}, async (page) => {
    const sides = await printedSides(page);
    const faults = [];
    if (sides.length === 0) faults.push('no side');
    sides.forEach(({ width, height, blank }, i) => {
      if (blank) faults.push(`side ${i + 1} of ${sides.length} is blank`);
      if (width !== sides[0].width || height !== sides[0].height) faults.push(`side ${i + 1} is ${width} x ${height} mm`);
    });
    faults.push(...(await cutOnPaper(page, sides[0]?.width)));
    return faults;
  }));

test('what is cut off, a blank side and the size of the paper are seen', async () => {
  const page = await all.browser.newPage();
  await page.setContent(
    `<style>@page { size: 105mm 148mm; margin: 5mm } div { overflow: hidden; width: 50mm } p { white-space: nowrap }</style>
     <h1>Een</h1><div><p>${'lang '.repeat(40)}</p></div><section style="break-before: page; height: 1mm"></section>
     <h2 style="break-before: page">Drie</h2>`,
  );
  const sides = await printedSides(page);
  assert.deepEqual(sides, [
    { width: 105, height: 148, blank: false },
    { width: 105, height: 148, blank: true },
    { width: 105, height: 148, blank: false },
  ]);
  const cut = await cutOnPaper(page, 105);
  assert.equal(cut.length, 1);
  assert.match(cut[0], /^"lang/);
  await page.close();
});
