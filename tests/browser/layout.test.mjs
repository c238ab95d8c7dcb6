/*
 * How every kind of page lies on the screen: nothing sticks out, is cut off or lies over something
 * else, also with text twice as large or wider set; and all that can be hit is large enough.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openEverywhere } from './everywhere.mjs';
import { covered, layOut, letterSizes, lostTexts, overlaps, smallTargets } from './layout.mjs';
import { openBrowser } from './site.mjs';

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

/* What WCAG 1.4.12 wants a reader to be able to set. */
const spacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`;

test('nothing is lost when a reader sets text wider', () =>
  all.each({ bypassCSP: true }, async (page) => {
    await page.addStyleTag({ content: spacing });
    return [...(await brokenAt(page, 320)), ...(await brokenAt(page, 1280))];
  }));

test('nothing is lost when a reader has text twice as large, and all of it is', async () => {
  const sizes = new Map();
  await all.each({ viewport: { width: 640, height: 900 } }, async (page) => {
    await layOut(page, 640);
    sizes.set(page.url(), await letterSizes(page));
  });
  const large = await openBrowser(['--blink-settings=defaultFontSize=32,defaultFixedFontSize=26']);
  try {
    await all.each({ within: large }, async (page) => {
      const faults = [...(await brokenAt(page, 320)), ...(await brokenAt(page, 1280))];
      const grown = await letterSizes(page);
      sizes.get(page.url()).forEach(([words, size], i) => {
        if (grown[i]?.[0] !== words) faults.push(`"${words.slice(0, 40)}" is not there`);
        else if (grown[i][1] < size * 1.95) faults.push(`"${words.slice(0, 40)}" grows from ${size} to ${grown[i][1]} px`);
      });
      return faults;
    });
  } finally {
    await large.close();
  }
});

test('what is broken is seen', async () => {
  const page = await all.browser.newPage();
  await page.setContent(`<!doctype html><style>
      body { margin: 0; font: 16px/1.5 sans-serif }
      .wide { white-space: nowrap; width: 10px } .box { overflow: hidden; height: 10px; width: 100px }
      .frame { overflow-x: auto; width: 200px } .over { position: absolute; top: 200px; left: 0 }
      .lid { position: absolute; top: 300px; left: 0; width: 300px; height: 100px; background: red }
      .low { position: absolute; top: 340px; left: 0 } .tiny { position: absolute; top: 500px; left: 0; line-height: 1 }
      .tiny a { display: block; font-size: 10px }
      .crumbs { width: 1em; overflow-wrap: anywhere; margin-top: 500px }
    </style>
    <p class="wide">sticks ${'out '.repeat(40)}</p><p class="box">cut off</p>
    <div class="frame"><p class="wide">may ${'scroll '.repeat(40)}</p></div>
    <p class="over">one text</p><p class="over">and another</p><a class="low" href="#x">below</a><div class="lid"></div>
    <p class="tiny"><a href="#a">tiny</a><a href="#b">too</a></p><p class="crumbs">crumbled</p>`);
  await layOut(page, 320);
  const lost = await lostTexts(page);
  assert.deepEqual(lost.map((fault) => fault.slice(0, 12)), ['"sticks out ', '"cut off" is', '"crumbled" s', 'the page is ']);
  assert.deepEqual(await overlaps(page), ['"one text" and "and another" lie over each other']);
  assert.deepEqual(await covered(page), ['a.low "below" lies below div.lid']);
  assert.deepEqual((await smallTargets(page, 24)).map((fault) => fault.slice(0, 15)), ['p.tiny a "tiny"', 'p.tiny a "too" ']);
  await page.close();
});
