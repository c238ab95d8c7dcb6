/*
 * Schemes: the facts on top of a guide, one that has expired, the train of what goes together, and
 * what differs, chosen with boxes and without script.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { openBrowser, ownSite, serve, statesSite } from './site.mjs';

let browser, own, states;

before(async () => {
  own = await serve(ownSite());
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

async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: wide, javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  assert.ok((await page.goto(address)).ok(), address);
  return page;
}

/* How many sides of A4 the page takes. */
async function sides(page) {
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  return pdf.match(/\/Type\s*\/Page\b/g).length;
}

describe('a guide', () => {
  test('opens with its facts, in the order in which readers ask for them', async () => {
    const page = await open(`${states.address}regelingen/alles/`);
    const labels = await page.locator('.kort dt').allInnerTexts();
    const wanted = ['Voor wie', 'Hoeveel', 'Voorwaarden', 'Geldt niet als', 'Tot wanneer', 'Bron'];
    assert.deepEqual(
      labels.filter((label) => wanted.includes(label)),
      wanted,
    );
    await page.getByRole('link', { name: 'Een stuk met een adres' }).first().click();
    assert.ok(page.url().endsWith('#pagina-bronnen'));
    await page.context().close();
  });

  test('leads to what it goes with, what it excludes and what it differs from', async () => {
    const page = await open(`${states.address}regelingen/samen/`);
    const facts = page.locator('.kort');
    const rows = await facts.locator('div').allInnerTexts();
    assert.ok(rows.some((row) => /^Gaat samen met\s+Arbeidsmarkt/.test(row)));
    assert.ok(rows.some((row) => /^Kan niet samen met\s+Een regeling die een regio niet/.test(row)));
    await facts.getByRole('link', { name: 'Bekijk wat er eerst komt' }).click();
    assert.match(page.url(), /\/financieringstrein\/$/);
    await page.goBack();
    await facts.locator('a[href*="verschil/alles-samen"]').click();
    assert.match(page.url(), /\/verschil\/alles-samen\/$/);
    await page.context().close();
  });

  test('says above all that it has expired, and what there is instead', async () => {
    const page = await open(`${states.address}regelingen/verlopen/`);
    assert.match(await page.title(), /^Vervallen: Een regeling die er niet meer is/);
    const notice = page.locator('.melding-vervallen');
    assert.match(await notice.innerText(), /31 december 2025/);
    await assertAbove(notice, page.locator('h1'));
    await notice.getByRole('link', { name: 'Een regeling die met een andere samengaat' }).click();
    assert.match(page.url(), /\/regelingen\/samen\/$/);
    assert.equal(await page.locator('.melding-vervallen').count(), 0);
    await page.context().close();
  });
});

test('what has expired says so among the results of a search', async () => {
  const page = await open(`${states.address}zoek/?q=regeling`, { javaScriptEnabled: true });
  const results = page.locator('.treffer');
  await results.first().waitFor();
  const old = results.filter({ hasText: 'Een regeling die er niet meer is' });
  assert.ok(await old.getByText('Vervallen', { exact: true }).isVisible());
  assert.equal(await results.getByText('Vervallen', { exact: true }).count(), 1);
  await page.context().close();
});

async function assertAbove(first, second) {
  const [a, b] = [await first.boundingBox(), await second.boundingBox()];
  assert.ok(a.y + a.height <= b.y, 'the first stands above the second');
}

describe('the train', () => {
  test('is a drawing where there is room, and the same in a table', async () => {
    const page = await open(`${own.address}financieringstrein/`);
    const train = page.locator('.trein').first();
    assert.ok(await train.locator('svg').isVisible());
    const drawn = await train.locator('.trein-naam').allTextContents();
    const told = await train.locator('tbody th').allInnerTexts();
    assert.deepEqual(drawn, told);
    const [svg, box] = [await train.locator('svg').boundingBox(), await train.boundingBox()];
    assert.ok(svg.x + svg.width <= box.x + box.width + 1);
    for (const name of await train.locator('svg text').all()) {
      const { x, width } = await name.boundingBox();
      assert.ok(x >= svg.x - 1 && x + width <= svg.x + svg.width + 1, await name.textContent());
    }
    await page.context().close();
  });

  test('is a list on a phone', async () => {
    const page = await open(`${own.address}financieringstrein/`, { viewport: narrow });
    assert.equal(await page.locator('.trein svg').first().isVisible(), false);
    const cells = await page.locator('.trein').first().locator('tbody tr:first-child > *').all();
    const tops = [];
    for (const cell of cells) {
      const box = await cell.boundingBox();
      if (box) tops.push(box.y);
    }
    assert.ok(tops.every((top, i) => i === 0 || top > tops[i - 1]));
    await page.context().close();
  });

  test('prints on one sheet, no train broken over two sides', async () => {
    const page = await open(`${own.address}financieringstrein/`, { javaScriptEnabled: true });
    assert.ok((await sides(page)) <= 2);
    await page.context().close();
    const short = await open(`${states.address}financieringstrein/`, { javaScriptEnabled: true });
    assert.equal(await sides(short), 1);
    await short.context().close();
  });
});

describe('beside each other', () => {
  const heads = (page) => page.locator('.naast-elkaar thead th:visible').allInnerTexts();

  test('boxes choose the columns, without script and by keyboard', async () => {
    const page = await open(`${own.address}verschil/`);
    const all = await heads(page);
    assert.ok(all.length > 10);
    await page.getByLabel('Werkervaringsplaats', { exact: true }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    assert.deepEqual(await heads(page), ['Kenmerk', 'Werkervaringsplaats', 'Proefplaatsing']);
    const row = page.locator('.naast-elkaar tbody tr').first().locator('td:visible');
    assert.equal(await row.count(), 2);
    await page.keyboard.press('Enter');
    assert.equal((await heads(page)).length, 3, 'Enter loses nothing');
    await page.getByRole('button', { name: 'Toon ze weer allemaal' }).click();
    assert.deepEqual(await heads(page), all);
    await page.context().close();
  });

  test('a fourth choice is explained', async () => {
    const page = await open(`${own.address}verschil/`);
    const boxes = page.locator('.kies input[type=checkbox]');
    const notice = page.getByText('U koos er meer dan drie');
    for (let i = 0; i < 3; i++) await boxes.nth(2 * i).check();
    assert.equal(await notice.isVisible(), false);
    await boxes.nth(7).check();
    assert.ok(await notice.isVisible());
    assert.equal((await heads(page)).length, 5);
    await page.context().close();
  });

  test('the last page of all can be chosen too', async () => {
    const page = await open(`${own.address}verschil/`);
    await page.locator('.kies input[type=checkbox]').last().check();
    assert.equal((await heads(page)).length, 2);
    await page.context().close();
  });

  test('a pair has its own address, the answer first, and says what differs', async () => {
    const page = await open(`${own.address}subsidies/werkervaringsplaats/`);
    await page.locator('.kort').getByRole('link', { name: 'Proefplaatsing' }).click();
    assert.equal(
      await page.locator('h1').innerText(),
      'Verschil tussen werkervaringsplaats en proefplaatsing',
    );
    assert.match(await page.locator('.verschil-kort').innerText(), /Werkervaringsplaats: Een werk/);
    await assertAbove(page.locator('.verschil-kort'), page.locator('.naast-elkaar'));
    const row = page.locator('.naast-elkaar tbody tr');
    assert.match(await row.filter({ hasText: 'Hoe lang' }).innerText(), /verschilt/);
    assert.match(await row.filter({ hasText: 'Zo vraagt u het aan' }).innerText(), /gelijk/);
    await page.context().close();
  });

  test('what has expired says so there too', async () => {
    const page = await open(`${states.address}verschil/samen-verlopen/`);
    assert.match(await page.locator('.naast-elkaar thead').innerText(), /Vervallen/);
    await page.context().close();
  });

  test('a region keeps its reader, and its pages lead to the nation when nothing differs', async () => {
    const page = await open(`${own.address}regio/rijnmond/verschil/proefplaatsing-werkervaringsplaats/`);
    const canonical = await page.locator('link[rel=canonical]').getAttribute('href');
    assert.match(canonical, /\.example\/verschil\/proefplaatsing-werkervaringsplaats\/$/);
    await page.locator('.verschil-kort a').first().click();
    assert.match(page.url(), /\/regio\/rijnmond\/subsidies\//);
    await page.context().close();
  });

  test('on paper there is all of it, or what was chosen', async () => {
    const page = await open(`${own.address}verschil/`, { javaScriptEnabled: true });
    await page.emulateMedia({ media: 'print' });
    const faults = await page.evaluate(() =>
      [...document.querySelectorAll('.naast-elkaar td')].filter(
        (cell) =>
          cell.getBoundingClientRect().right > document.documentElement.clientWidth ||
          cell.scrollHeight > cell.clientHeight + 1,
      ).length,
    );
    assert.equal(faults, 0);
    await page.emulateMedia({ media: null });
    await page.getByLabel('Proefplaatsing', { exact: true }).check();
    await page.getByLabel('Werkervaringsplaats', { exact: true }).check();
    assert.ok((await sides(page)) <= 2);
    await page.context().close();
  });
});
