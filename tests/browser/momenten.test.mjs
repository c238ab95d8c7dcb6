/* A plan of contact moments: the table, the days in it, the calendar file, under the policy that ships. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import ICAL from 'ical.js';

import { openBrowser, serve, statesSite } from './site.mjs';

let browser, site;

before(async () => {
  site = await serve(statesSite());
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

/* Opens the page with the plan in a context of its own; what goes wrong there fails the test. */
async function withPlan(options, work) {
  const context = await browser.newContext({ locale: 'nl-NL', ...options });
  const said = [];
  try {
    const page = await context.newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(`${site.address}stappen/stappen/`);
    await work(page);
  } catch (error) {
    error.message += said.map((line) => `\nthe page said: ${line}`).join('');
    throw error;
  } finally {
    await context.close();
  }
  assert.deepEqual(said, []);
}

const days = (page) => page.locator('td.moment-datum').allTextContents();
const link = (page) => page.locator('.momenten-plan a[download]');

async function askFor(page, start, time) {
  await page.getByLabel('Eerste dag').fill(start);
  await page.getByLabel('Tijd').fill(time);
  const before = await link(page).getAttribute('href');
  await page.getByRole('button', { name: 'Reken de data uit' }).click();
  await page.locator(`.momenten-plan a[download]:not([href="${before}"])[href]`).waitFor();
  await page.getByText('De data staan nu in de tabel.').waitFor();
}

async function calendarOf(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), link(page).click()]);
  assert.equal(download.suggestedFilename(), 'contactmomenten.ics');
  const text = readFileSync(await download.path(), 'utf8');
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
}

describe('days', () => {
  test('stand in the table, and it says which were moved', () =>
    withPlan({}, async (page) => {
      assert.deepEqual(await days(page), ['', '', '']);
      assert.equal(await link(page).isVisible(), false);
      await askFor(page, '2026-12-05', '');
      assert.deepEqual(await days(page), [
        'vr 27 nov 2026 (verzet van za 28 nov)',
        'za 5 dec 2026',
        'vr 5 feb 2027',
      ]);
      await askFor(page, '2026-12-07', '');
      assert.deepEqual(await days(page), ['ma 30 nov 2026', 'ma 7 dec 2026', 'ma 8 feb 2027 (verzet van zo 7 feb)']);
    }));

  test('go to a calendar file', () =>
    withPlan({}, async (page) => {
      await askFor(page, '2026-12-07', '');
      const events = await calendarOf(page);
      const of = (name) => events.map((event) => event.getFirstPropertyValue(name));
      assert.deepEqual(of('dtstart').map(String), ['2026-11-30', '2026-12-07', '2027-02-08']);
      assert.deepEqual(of('summary').slice(0, 2), ['Voor de start', 'Eerste dag']);
      assert.deepEqual(of('location'), ['op de werkplek, of thuis', null, null]);
      assert.deepEqual(of('description'), ['Wie: allebei', 'Waarover: kennismaken', null]);
      await askFor(page, '2026-12-07', '10:15');
      assert.equal(
        String((await calendarOf(page))[1].getFirstPropertyValue('dtstart')),
        '2026-12-07T10:15:00',
      );
    }));

  test('are asked for by keyboard, and not without a date', () =>
    withPlan({}, async (page) => {
      await page.getByLabel('Eerste dag').focus();
      await page.keyboard.press('Enter');
      assert.deepEqual(await days(page), ['', '', '']);
      assert.ok(await page.getByLabel('Eerste dag').evaluate((input) => !input.validity.valid));
      await page.getByLabel('Eerste dag').fill('2026-12-07');
      await page.keyboard.press('Enter');
      await link(page).waitFor();
      assert.equal((await days(page))[1], 'ma 7 dec 2026');
    }));
});

test('nothing is kept or sent: only what works it out is fetched, when it is asked for', () =>
  withPlan({}, async (page) => {
    const asked = [];
    await page.waitForLoadState('networkidle');
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const address = page.url();
    await askFor(page, '2026-12-07', '10:00');
    assert.equal(asked.length, 1);
    assert.match(asked[0], /^\/assets\/momenten-plan\.[0-9a-f]+\.js$/);
    assert.equal(page.url(), address);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  }));

test('says so when that cannot be fetched', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('**/momenten-plan.*.js', (route) => route.abort());
  await page.goto(`${site.address}stappen/stappen/`);
  await page.getByLabel('Eerste dag').fill('2026-12-07');
  await page.keyboard.press('Enter');
  await page.getByText('Het rekenen lukt nu niet.').waitFor();
  await context.close();
});

test('the table reads as a list where it is narrow, with the head of each column', () =>
  withPlan({ viewport: { width: 320, height: 640 } }, async (page) => {
    await askFor(page, '2026-12-05', '');
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
    const heads = await page
      .locator('[data-termijn]')
      .first()
      .locator('td:visible')
      .evaluateAll((all) => all.map((cell) => getComputedStyle(cell, '::before').content));
    assert.deepEqual(heads, ['Wanneer', 'Datum', 'Waar', 'Wie'].map((head) => `"${head}: "`));
  }));

test('without script there is the table alone', () =>
  withPlan({ javaScriptEnabled: false }, async (page) => {
    assert.ok(await page.locator('.momenten-tabel').isVisible());
    assert.equal(await page.locator('.momenten-plan').isVisible(), false);
  }));

test('on paper there is room for a day and initials, and lines to sign on', () =>
  withPlan({}, async (page) => {
    await page.emulateMedia({ media: 'print' });
    for (const part of ['td.moment-datum', 'td.moment-paraaf']) {
      const box = await page.locator(part).first().boundingBox();
      assert.ok(box.width >= 55 && box.height >= 28, `${part}: ${box.width} × ${box.height}`);
    }
    assert.equal(await page.locator('.momenten-tekenen li:visible').count(), 3);
  }));
