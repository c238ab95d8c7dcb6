/*
 * Pages of steps and pages that belong to a step; checklists that a reader may keep; and how a plan is
 * printed.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { openBrowser, ownSite, serve, statesSite } from './site.mjs';

let browser, own, states, ownFolder;

before(async () => {
  ownFolder = ownSite();
  own = await serve(ownFolder);
  states = await serve(statesSite());
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await own?.close();
  await states?.close();
});

const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };

/* A page in a context of its own, which goes when `work` is done. */
async function withPage(options, work) {
  const context = await browser.newContext({ viewport: wide, locale: 'nl-NL', ...options });
  try {
    return await work(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

describe('a page that belongs to a step', () => {
  const path = 'partnerschap/contactmomenten/';

  test('has all steps beside it, with its own open', () =>
    withPage({}, async (page) => {
      await page.goto(own.address + path);
      const nav = page.locator('.stapnav-breed');
      assert.ok(await nav.isVisible());
      assert.equal(await page.locator('.stapnav-smal').isVisible(), false);
      assert.equal(await nav.locator('.stapnav-lijst > li').count(), 8);
      const current = nav.locator('[aria-current="step"]');
      assert.match(await current.textContent(), /Stap\s+5:\s+Spreek contactmomenten af/);
      assert.equal(await nav.locator('[aria-current="page"]').textContent(), 'Contactmomenten afspreken');
      const said = (await page.locator('.stapnav-regel').innerText()).replace(/\s+/g, ' ');
      assert.match(said, /^Onderdeel van: .+, stap 5 van 8$/);
    }));

  test('has them folded below the lead where it is narrow, without script too', () =>
    withPage({ viewport: narrow, javaScriptEnabled: false }, async (page) => {
      await page.goto(own.address + path);
      const folded = page.locator('.stapnav-smal');
      assert.ok(await folded.isVisible());
      assert.equal(await page.locator('.stapnav-breed').isVisible(), false);
      assert.equal(await folded.locator('.stapnav-lijst').isVisible(), false);
      await folded.locator('summary').click();
      assert.equal(await folded.locator('.stapnav-lijst > li:visible').count(), 8);
      const places = await page.evaluate(() =>
        ['.lead', '.stapnav-smal', '.kort', '.contact'].map(
          (part) => document.querySelector(part).getBoundingClientRect().top,
        ),
      );
      assert.deepEqual(places, [...places].sort((a, b) => a - b));
    }));

  test('ends with the steps before and after, which are there', () =>
    withPage({}, async (page) => {
      await page.goto(`${own.address}regio/foodvalley/${path}`);
      const ways = await page.locator('.bladeren a').evaluateAll((all) => all.map((a) => a.href));
      assert.deepEqual(
        ways.map((way) => way.slice(own.address.length)),
        ['plan', 'coaching'].map((id) => `regio/foodvalley/partnerschap/kandidaat-aannemen/#${id}`),
      );
      for (const way of ways) {
        await page.goto(way);
        assert.equal(await page.locator(`[id="${way.split('#')[1]}"]`).count(), 1);
      }
    }));

  test('a page that belongs to none has none of it', () =>
    withPage({}, async (page) => {
      await page.goto(`${own.address}partnerschap/kandidaat-aannemen/`);
      assert.equal(await page.locator('[class^="stapnav"]').count(), 0);
    }));
});

const list = (page) => page.locator('.afvinken input');
const ticked = (page) => list(page).evaluateAll((all) => all.map((box) => box.checked));
const kept = (page) => page.evaluate(() => ({ ...localStorage }));
const keepButton = (page) => page.getByRole('button', { name: 'Bewaar mijn vinkjes' });
const wipeButton = (page) => page.getByRole('button', { name: 'Wis mijn vinkjes' });
const progress = (page) => page.locator('.vinkjes-stand').allTextContents();

/* What has moved since the page was opened, without the reader. */
const shifts = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((entries) => {
          entries.getEntries().forEach(({ value }) => (sum += value));
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );

describe('checklists', () => {
  const path = 'stappen/stappen/';

  test('are counted in words, and kept nowhere before the reader asks', () =>
    withPage({}, async (page) => {
      await page.goto(states.address + path);
      assert.deepEqual(await progress(page), ['0 van 1 gedaan', '1 van 3 gedaan']);
      await list(page).nth(1).check();
      assert.deepEqual(await progress(page), ['0 van 1 gedaan', '2 van 3 gedaan']);
      assert.deepEqual(await kept(page), {});
      assert.equal(await wipeButton(page).count(), 0);
      await page.reload();
      assert.deepEqual(await ticked(page), [false, false, true, false]);
    }));

  test('are kept at once after that, and wiped, by keyboard', () =>
    withPage({}, async (page) => {
      await page.goto(states.address + path);
      await list(page).nth(0).check();
      await keepButton(page).focus();
      await page.keyboard.press('Enter');
      assert.match(await page.locator(':focus').textContent(), /blijven op dit apparaat/);
      assert.deepEqual(Object.keys(await kept(page)), [`draaiboek:vinkjes:${path}`]);
      await list(page).nth(2).focus();
      await page.keyboard.press('Space');
      await page.reload();
      assert.deepEqual(await ticked(page), [true, false, false, false]);
      assert.deepEqual(await progress(page), ['1 van 1 gedaan', '0 van 3 gedaan']);
      assert.equal(await keepButton(page).count(), 0);
      await wipeButton(page).focus();
      await page.keyboard.press('Enter');
      assert.match(await page.locator(':focus').textContent(), /zijn gewist/);
      assert.deepEqual(await kept(page), {});
      assert.deepEqual(await ticked(page), [false, false, true, false]);
      await list(page).nth(0).check();
      assert.deepEqual(await kept(page), {});
    }));

  test('no tick is lost or moved when the page is edited; the same point twice is two', () =>
    withPage({}, async (page) => {
      await page.goto(states.address + path);
      await keepButton(page).click();
      await list(page).nth(0).check();
      await list(page).nth(3).check(); // the second "Bel de werkgever"
      const file = readFileSync(join(states.folder, path, 'index.html'), 'utf8');
      const item = /<li class="afvinken">.*?<\/li>\n/gs;
      const [deeper, first, written, second] = file.match(item);
      const edited = file
        .replace(deeper, '')
        .replace(first, `<li class="afvinken"><label><input type="checkbox"> <span>Nieuw</span></label></li>\n${written}`)
        .replace(`${written}${second}`, `${first.replace('<strong>de</strong>', 'DE')}${second}`)
        .replace('<ul class="afvinklijst">\n</ul>', '')
        .replace(second, `${second}${deeper.replace('in een', '<em>in</em> een')}`);
      await page.route('**/stappen/stappen/', (route) =>
        route.fulfill({ body: edited, contentType: 'text/html' }),
      );
      await page.reload();
      const now = await page
        .locator('.afvinken')
        .evaluateAll((all) =>
          all.map((one) => [one.innerText.trim(), one.querySelector('input').checked]),
        );
      assert.deepEqual(now, [
        ['Nieuw', false],
        ['Schrijf het op.', true],
        ['Bel DE werkgever.', false],
        ['Bel de werkgever!', true],
        ['Een punt in een kop dieper', true],
      ]);
    }));

  test('a region and the nation keep their own', () =>
    withPage({}, async (page) => {
      await page.goto(states.address + path);
      await keepButton(page).click();
      await list(page).nth(0).check();
      await page.goto(`${states.address}regio/noord/${path}`);
      assert.deepEqual(await ticked(page), [false, false, true, false]);
      await keepButton(page).click();
      assert.ok(Object.keys(await kept(page)).includes(`draaiboek:vinkjes:regio/noord/${path}`));
    }));

  test('say so where a browser cannot keep them, or what is kept cannot be read', () =>
    withPage({}, async (page) => {
      await page.goto(states.address + path);
      await page.evaluate(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await keepButton(page).click();
      assert.match(await page.locator(':focus').textContent(), /lukt niet/);
      for (const nonsense of ['{', 'null', '"x"', '[1]', '{"a":{}}']) {
        await page.reload();
        await page.evaluate(
          ([name, text]) => localStorage.setItem(name, text),
          [`draaiboek:vinkjes:${path}`, nonsense],
        );
        await page.reload();
        assert.deepEqual(await ticked(page), [false, false, true, false], nonsense);
        assert.equal(await wipeButton(page).count(), 1, nonsense);
      }
    }));

  test('nothing moves while the page loads, whatever is kept', () =>
    withPage({ viewport: narrow }, async (page) => {
      const address = `${own.address}partnerschap/contactmomenten/#vragen`;
      await page.goto(address);
      assert.equal(await shifts(page), 0);
      await keepButton(page).click();
      await list(page).first().check();
      await page.reload();
      assert.equal(await page.locator('.is-aan').count(), 1);
      assert.equal(await shifts(page), 0);
    }));

  test('tick without script, and then no button is seen', () =>
    withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(states.address + path);
      await list(page).first().check();
      assert.equal(await page.locator('main button:visible, main form:visible').count(), 0);
      assert.equal(await page.locator('.alleen-script:visible').count(), 0);
    }));
});

test('the scripts of a page are 3 KB at most, also for who had his region kept', () =>
  withPage({}, async (page) => {
    await page.addInitScript(() => localStorage.setItem('draaiboek:regio', 'foodvalley'));
    for (const path of ['partnerschap/contactmomenten/', 'subsidies/werkervaringsplaats/']) {
      const sizes = [];
      const listen = async (answer) => {
        if (answer.url().endsWith('.js')) {
          sizes.push(answer.body().then((bytes) => gzipSync(bytes, { level: 9 }).length));
        }
      };
      page.on('response', listen);
      await page.goto(own.address + path, { waitUntil: 'networkidle' });
      page.off('response', listen);
      const sum = (await Promise.all(sizes)).reduce((a, b) => a + b, 0);
      assert.ok(sum > 0 && sum <= 3 * 1024, `${path}: ${sum} bytes`);
    }
  }));

describe('on paper', () => {
  const pagesOf = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length;

  /* Pages with steps, as paths: of the nation, of one region, and those on which a region has text of its own. */
  function plans() {
    const own = /class="[^"]*\bvan-regio\b/;
    return readdirSync(ownFolder, { recursive: true })
      .filter((file) => file.endsWith('/index.html'))
      .map((file) => [file.slice(0, -'index.html'.length), readFileSync(join(ownFolder, file), 'utf8')])
      .filter(([, html]) => html.includes('class="stappen"'))
      .filter(([path, html]) => !path.startsWith('regio/') || path.startsWith('regio/twente/') || own.test(html))
      .map(([path]) => path);
  }

  test('a plan of at most 8 steps takes two sides of A4', () =>
    withPage({}, async (page) => {
      const over = [];
      for (const path of plans()) {
        await page.goto(own.address + path);
        const steps = await page.locator('.stappen > .genummerd').count();
        const sides = pagesOf(await page.pdf({ format: 'A4', preferCSSPageSize: true }));
        if (steps <= 8 && sides > 2) {
          over.push(`${path}: ${sides} sides for ${steps} steps`);
        }
      }
      assert.deepEqual(over, []);
    }));

  test('no letter of it is under 9.5 pt', () =>
    withPage({}, async (page) => {
      for (const path of ['partnerschap/kandidaat-aannemen/', 'partnerschap/contactmomenten/']) {
        await page.goto(`${own.address}regio/foodvalley/${path}`);
        await page.emulateMedia({ media: 'print' });
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('body *')]
            .filter((element) => element.checkVisibility({ visibilityProperty: true }))
            .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
            .filter((element) => parseFloat(getComputedStyle(element).fontSize) * 0.75 < 9.5)
            .filter((element) => !element.closest('.onzichtbaar, caption'))
            .map((element) => element.outerHTML.slice(0, 80)),
        );
        assert.deepEqual(small, []);
      }
    }));

  test('boxes can be ticked with a pen, and what a screen needs is gone', () =>
    withPage({}, async (page) => {
      await page.goto(`${own.address}partnerschap/contactmomenten/`);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('.alleen-script:visible, .stapnav:visible').count(), 0);
      assert.ok(await page.locator('.stapnav-regel').isVisible());
      const box = list(page).first();
      assert.equal(await box.evaluate((one) => getComputedStyle(one).appearance), 'none');
      assert.ok((await box.boundingBox()).width > 11);
    }));
});
