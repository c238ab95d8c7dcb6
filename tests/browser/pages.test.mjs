/*
 * What readers are promised, held against one page of each kind: nothing that axe finds, no page
 * wider than the screen, everything within reach of the keyboard, and all of it without script.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';

import { narrow, openEverywhere, wide } from './everywhere.mjs';
import { kinds } from './site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const contrast = { type: 'rule', values: ['color-contrast', 'color-contrast-enhanced'] };

let everywhere, browser, own, eachPage;

before(async () => {
  everywhere = await openEverywhere();
  ({ browser, each: eachPage } = everywhere);
  own = { address: everywhere.address };
});

after(() => everywhere?.close());

/* axe is put in from outside, past the page's policy. */
async function axeFinds(page, only) {
  const { violations } = await page.evaluate((runOnly) => window.axe.run({ runOnly }), only);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

const all = { type: 'tag', values: rules };

/* How a reader may have a page: all rules of axe for two of them, contrast for the others. */
const ways = [
  ['light and wide', {}, wide, all],
  ['dark and narrow', { colorScheme: 'dark' }, narrow, all],
  ['with forced colours', { forcedColors: 'active' }, wide, contrast],
  ['on paper', { media: 'print' }, wide, contrast],
];
const usual = { colorScheme: 'light', forcedColors: 'none', media: 'screen' };

test('axe finds nothing: light, dark, wide, narrow, with forced colours, on paper', () =>
  eachPage({}, async (page) => {
    const faults = [];
    await page.evaluate(axe);
    for (const [name, media, size, only] of ways) {
      await page.emulateMedia({ ...usual, ...media });
      await page.setViewportSize(size);
      faults.push(...(await axeFinds(page, only)).map((fault) => `${name}: ${fault}`));
    }
    return faults;
  }));

test('any colour that a region chooses stays readable', async () => {
  const context = await browser.newContext({ bypassCSP: true, viewport: wide });
  const page = await context.newPage();
  const faults = [];
  await page.goto(own.address + kinds['regional wegwijzer']);
  await page.evaluate(axe);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const colour of ['#ffffff', '#000000', '#f2c200', '#00ff00', '#0000ff', '#c8500f']) {
      await page.evaluate(
        (value) => document.documentElement.style.setProperty('--regio-kleur', value),
        colour,
      );
      const found = await axeFinds(page, contrast);
      faults.push(...found.map((fault) => `${colorScheme}, ${colour}: ${fault}`));
    }
  }
  await context.close();
  assert.deepEqual(faults, []);
});

describe('with more contrast', () => {
  test('text has at least that of level AAA, in light and in dark, whatever colours a region has', () =>
    eachPage({ contrast: 'more' }, async (page) => {
      const faults = [];
      await page.evaluate(axe);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme, contrast: 'more' });
        faults.push(...(await axeFinds(page, contrast)).map((fault) => `${colorScheme}: ${fault}`));
      }
      return faults;
    }));

  test('text is black on white, and lines can be told from their ground', async () => {
    const page = await browser.newPage({ contrast: 'more' });
    await page.goto(own.address + kinds.wegwijzer);
    const { text, line } = await page.evaluate(() => ({
      text: getComputedStyle(document.body).color,
      line: getComputedStyle(document.querySelector('.feiten')).borderTopColor,
    }));
    assert.equal(text, 'rgb(0, 0, 0)');
    const [red] = line.match(/\d+/g);
    assert.ok(Number(red) < 0x80, line);
    await page.close();
  });
});

/* What must be told apart by more than its colour, which the reader's system chooses. */
const edged = '.kort, .contact, .kader, .melding, .leeg, .knop, input, .zoekvak button, .sleutel-lijst';

test('in forced colours a choice is drawn by the browser, so that it is seen', () =>
  eachPage({ forcedColors: 'active' }, (page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('[type="radio"], [type="checkbox"]')]
        .filter((input) => getComputedStyle(input).appearance === 'none')
        .map((input) => input.outerHTML),
    ),
  ));

test('in forced colours what has a ground of its own has an edge', () =>
  eachPage({ forcedColors: 'active' }, (page) =>
    page.evaluate((selector) => {
      const bare = [...document.querySelectorAll(selector)].filter((element) => {
        const style = getComputedStyle(element);
        const sides = ['Top', 'Right', 'Bottom', 'Left'];
        const seen = (side) =>
          style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) > 0;
        return (
          element.checkVisibility() &&
          !['checkbox', 'radio', 'hidden'].includes(element.type) &&
          !sides.some((side) => seen(side))
        );
      });
      return [...new Set(bare.map((element) => `no edge: ${element.className || element.type}`))];
    }, edged),
  ));

test('at 400 % nothing stays in the way, and nothing is wider than the screen', () =>
  eachPage({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }, (page) =>
    page.evaluate(() => {
      window.scrollTo(0, 600);
      const over = [...document.querySelectorAll('body *')].filter((element) => {
        const { position } = getComputedStyle(element);
        const { top, bottom, height } = element.getBoundingClientRect();
        const held = position === 'fixed' || position === 'sticky';
        return held && element.checkVisibility() && height > 64 && bottom > 0 && top < 256;
      });
      return [
        ...(document.documentElement.scrollWidth > 320 ? ['wider than the screen'] : []),
        ...over.map((element) => `stays in the way: ${element.className}`),
      ];
    }),
  ));

describe('no page is wider than the screen', () => {
  test('from 320 to 1920 px, with all that folds open', () =>
    eachPage({}, async (page) => {
      const faults = [];
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) {
          details.open = true;
        }
      });
      for (const width of [320, 360, 768, 1023, 1024, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        const asked = await page.evaluate(() => document.documentElement.scrollWidth);
        if (asked > width) {
          faults.push(`${asked} px at ${width} px`);
        }
      }
      return faults;
    }));

  test('glossary tooltips stay on a screen of 320 px', () =>
    eachPage({ viewport: narrow }, async (page) => {
      const faults = [];
      for (const term of await page.locator('.begrip > a:visible').all()) {
        await term.focus();
        const { left, right, shown } = await term.evaluate((link) => {
          const note = link.nextElementSibling;
          const { left, right } = note.getBoundingClientRect();
          return { left, right, shown: getComputedStyle(note).visibility === 'visible' };
        });
        if (!shown || left < 0 || right > 320) {
          faults.push(`${await term.innerText()}: ${left} to ${right}, shown ${shown}`);
        }
      }
      return faults;
    }));
});

/* Presses Tab until the focus is back at the start; says what had it, by its place in the page. */
async function tabThrough(page) {
  const reached = [];
  await page.evaluate(() => {
    window.all = [...document.querySelectorAll('*')];
  });
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      const { outlineWidth, outlineStyle } = getComputedStyle(element);
      return {
        number: element === document.body ? -1 : window.all.indexOf(element),
        seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 3,
        html: element.outerHTML.slice(0, 80),
      };
    });
    if (stop.number === reached.at(-1)?.number) {
      continue; // The day, the month and the year of one date are stops of their own.
    }
    if (stop.number === -1 || reached.some(({ number }) => number === stop.number)) {
      break;
    }
    reached.push(stop);
  }
  return reached;
}

describe('by keyboard', () => {
  test('all that can be used is reached, in the order of the page, and the focus is seen', () =>
    eachPage({}, async (page, kind) => {
      if (kind === 'regions' || kind.endsWith('glossary') || kind.endsWith('search')) {
        return []; // Hundreds of stops, of the same make as the others.
      }
      const reached = await tabThrough(page);
      const numbers = reached.map(({ number }) => number);
      const wanted = await page.evaluate(() =>
        [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
          .filter((element) => element.checkVisibility({ visibilityProperty: true }))
          // Of a group of radio buttons the chosen one is a stop; arrows lead to the others.
          .filter((element) => element.type !== 'radio' || element.checked)
          .map((element) => window.all.indexOf(element)),
      );
      const sorted = numbers.every((number, i) => i === 0 || number > numbers[i - 1]);
      const missed = wanted.filter((number) => !numbers.includes(number)).length;
      return [
        ...(sorted ? [] : ['the order of focus is not that of the page']),
        ...(missed > 0 ? [`${missed} of ${wanted.length} not reached`] : []),
        ...reached.filter(({ seen }) => !seen).map(({ html }) => `no focus ring: ${html}`),
      ];
    }));

  test('the first stop leads past the header', async () => {
    const page = await browser.newPage();
    await page.goto(own.address + kinds.wegwijzer);
    await page.keyboard.press('Tab');
    const skip = page.locator(':focus');
    assert.equal(await skip.getAttribute('href'), '#pagina-inhoud');
    assert.ok((await skip.boundingBox()).y >= 0, 'it can be seen while it has the focus');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'pagina-inhoud');
    await page.close();
  });

  test('the search in the header goes to the search page, in the region', async () => {
    const page = await browser.newPage();
    await page.goto(own.address + kinds['regional wegwijzer']);
    await page.locator('#pagina-zoek').focus();
    await page.keyboard.type('proefplaatsing');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/regio/foodvalley/zoek/?q=proefplaatsing');
    await page.close();
  });

  test('the national text unfolds', async () => {
    const page = await browser.newPage();
    await page.goto(own.address + kinds['regional wegwijzer']);
    const details = page.locator('details.landelijk').first();
    await details.locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.equal(await details.getAttribute('open'), '');
    assert.ok(await details.locator('.landelijk-tekst').isVisible());
    await page.close();
  });
});

describe('without JavaScript', () => {
  test('every page is whole, and the search page says what to do instead', () =>
    eachPage({ javaScriptEnabled: false }, async (page, kind) => {
      const faults = [];
      for (const part of ['header a', 'nav a', 'main h1', 'footer a']) {
        if (!(await page.locator(part).first().isVisible())) {
          faults.push(`${part} is not there`);
        }
      }
      if (kind.includes('search')) {
        const said = await page.locator('[data-zoek-zonder-script]').isVisible();
        if (!said || !(await page.locator('[data-zoek-az] li a').first().isVisible())) {
          faults.push('no other way to a page');
        }
      }
      return faults;
    }));

  test('contents fold where the screen is narrow and stand open where it is wide', async () => {
    for (const [width, folded] of [
      [320, true],
      [1280, false],
    ]) {
      const context = await browser.newContext({
        javaScriptEnabled: false,
        viewport: { width, height: 900 },
      });
      const page = await context.newPage();
      await page.goto(own.address + kinds.wegwijzer);
      assert.equal(await page.locator('details.inhoud').isVisible(), folded);
      assert.equal(await page.locator('nav.inhoud').isVisible(), !folded);
      await context.close();
    }
  });
});

describe('on paper', () => {
  test('what is folded is open, and the ways through the site are gone', async () => {
    const page = await browser.newPage();
    await page.goto(own.address + kinds['regional wegwijzer']);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.landelijk-tekst p').first().isVisible());
    for (const part of ['.menu', '.kruimels', '.kop-zoek', '.inhoud-breed', '.bladeren']) {
      assert.equal(await page.locator(part).first().isVisible(), false, part);
    }
    assert.ok(await page.locator('.alleen-print').isVisible());
    await page.close();
  });
});

describe('weight', () => {
  test('the style sheet is at most 15 KB with brotli, and what a region adds 0.5', () => {
    let regional = 0;
    for (const folder of everywhere.folders) {
      const assets = join(folder, 'assets');
      const sheets = readdirSync(assets).filter((name) => name.endsWith('.css'));
      for (const name of sheets) {
        const size = brotliCompressSync(readFileSync(join(assets, name))).length;
        const most = name.startsWith('stijl.') ? 15 * 1024 : 512;
        assert.ok(size <= most, `${name}: ${size} bytes`);
        regional += name.startsWith('regio-');
      }
      assert.equal(sheets.filter((name) => name.startsWith('stijl.')).length, 1);
    }
    assert.ok(regional > 0, 'a region has a style sheet of its own');
  });
});
