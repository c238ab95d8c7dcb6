/*
 * What a reader keeps on his device: nothing before he asks, a part of the site as a whole or not at
 * all, read without a connection, renewed with the site, and gone when he wipes it.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

import { openBrowser, ownSite, serve } from './site.mjs';

let browser, folder, site, context, page;
const device = 'regio/foodvalley/op-dit-apparaat/';

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'draaiboek-apparaat-'));
  cpSync(ownSite(), folder, { recursive: true });
  site = await serve(folder);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await context?.close();
  context = await browser.newContext();
  page = await context.newPage();
});

const kept = () =>
  page.evaluate(async () => ({
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    local: localStorage.length,
  }));

async function until(holds) {
  for (let i = 0; i < 200 && !holds(await kept()); i++) {
    await page.waitForTimeout(100);
  }
}

async function keep() {
  await page.goto(site.address + device);
  await page.locator('[data-bewaar]').click();
  await page.locator('[data-lijst] a').waitFor();
}

test('nothing is kept before the reader asks, and it says how much it would be', async () => {
  await page.goto(site.address + device);
  await page.locator('[data-bewaar]').waitFor();
  assert.match(await page.locator('p[data-grootte]').innerText(), /ongeveer \d+,\d MB/);
  assert.ok(await page.locator('[data-niets]').isVisible());
  assert.deepEqual(await kept(), { caches: [], workers: 0, local: 0 });
});

test('a region is read without a connection: pages, style, search', async () => {
  await keep();
  assert.match(await page.locator('[data-status]').innerText(), /Bewaard/);
  await context.setOffline(true);
  await page.goto(`${site.address}regio/foodvalley/subsidies/werkervaringsplaats/`);
  assert.equal(await page.locator('h1').innerText(), 'Werkervaringsplaats');
  const ground = await page.evaluate(() => getComputedStyle(document.body).display);
  assert.equal(ground, 'flex', 'the style sheet is there');
  await page.goto(`${site.address}regio/foodvalley/zoek/?q=proefplaatsing`);
  await page.locator('.treffer a').first().waitFor();
});

test('a page that is not kept says so, and leads to what is', async () => {
  await keep();
  await context.setOffline(true);
  await page.goto(`${site.address}regio/twente/partnerschap/`);
  assert.match(await page.locator('h1').innerText(), /geen internet/);
  await page.locator('[data-lijst] a').click();
  await page.waitForURL('**/regio/foodvalley/');
  assert.ok(await page.locator('h1').isVisible());
});

test('the site that changed is what a reader gets on line, and soon after without', async () => {
  const file = join(folder, 'regio/foodvalley/over/index.html');
  const old = readFileSync(file, 'utf8');
  const list = join(folder, 'regio/foodvalley/offline.json');
  const oldList = readFileSync(list, 'utf8');
  try {
    await keep();
    const [first] = (await kept()).caches;
    writeFileSync(file, old.replace('<h1', '<h1 data-nieuw'));
    writeFileSync(list, oldList.replace(/"versie":"\w+"/, '"versie":"0123456789abcdef"'));
    await page.goto(`${site.address}regio/foodvalley/over/`);
    assert.equal(await page.locator('h1[data-nieuw]').count(), 1);
    await until(({ caches: names }) => names.length === 1 && names[0] !== first);
    await context.setOffline(true);
    await page.goto(`${site.address}regio/foodvalley/over/`);
    assert.equal(await page.locator('h1[data-nieuw]').count(), 1);
  } finally {
    writeFileSync(file, old);
    writeFileSync(list, oldList);
  }
});

test('when one file does not come nothing is kept, and the reader hears it', async () => {
  const list = join(folder, 'regio/foodvalley/offline.json');
  const old = readFileSync(list, 'utf8');
  try {
    writeFileSync(list, old.replace('"bestanden":[', '"bestanden":["weg/",'));
    await page.goto(site.address + device);
    await page.locator('[data-bewaar]').click();
    await page.locator('[data-status]', { hasText: 'niet gelukt' }).waitFor();
    await until(({ workers }) => workers === 0);
    assert.deepEqual(await kept(), { caches: [], workers: 0, local: 0 });
  } finally {
    writeFileSync(list, old);
  }
});

test('what is wiped is gone, one by one or all at once', async () => {
  await keep();
  await page.evaluate(() => {
    localStorage.setItem('draaiboek:vinkjes:over/', '[]');
    localStorage.setItem('ander', 'blijft');
  });
  await page.reload();
  await page.locator('[data-lijst] li', { hasText: 'Zonder internet' }).locator('button').click();
  await page.locator('[data-bewaar]').waitFor();
  assert.deepEqual(await kept(), { caches: [], workers: 0, local: 2 });
  await keep();
  await page.locator('[data-wis-alles]').click();
  await page.locator('[data-niets]').waitFor();
  assert.deepEqual(await kept(), { caches: [], workers: 0, local: 1 });
});

test('without script it says that nothing can be kept, and shows no button', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const other = await plain.newPage();
  await other.goto(site.address + device);
  assert.ok(await other.locator('.zonder-script').isVisible());
  assert.equal(await other.locator('main button').filter({ visible: true }).count(), 0);
  await plain.close();
});
