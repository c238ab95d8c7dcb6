/*
 * The pages that compare regions: heads that stay in sight, a list where the screen is narrow, a
 * filter that needs no script, and a table that a spreadsheet opens.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { kinds, openBrowser, ownSite, serve, stateKinds, statesSite } from './site.mjs';

let browser, own, special, ownFolder;

before(async () => {
  ownFolder = ownSite();
  own = await serve(ownFolder);
  special = await serve(statesSite());
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await own?.close();
  await special?.close();
});

async function open(address, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 700 },
    javaScriptEnabled: false,
    ...options,
  });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

const close = (page) => page.context().close();
const frame = (page) => page.locator('.vergelijk-tabel').first();

/* Waits until the frame has moved to the right, and stands still. */
async function rest(moving) {
  for (let last = 0, now = -1; now !== last || now <= 0; ) {
    last = now;
    await moving.page().waitForTimeout(150);
    now = await moving.evaluate((element) => element.scrollLeft);
  }
}

describe('the table', () => {
  test('there is a row for each region, those with a text of their own first', async () => {
    const page = await open(own.address + kinds['comparison of a page']);
    const rows = frame(page).locator('tbody tr');
    assert.equal(await rows.count(), 35);
    assert.match(await rows.first().innerText(), /FoodValley/);
    assert.equal(await rows.first().getAttribute('class'), null);
    assert.equal(await frame(page).locator('tr.gelijk').count(), 34);
    await close(page);
  });

  test('every row is as wide as its head', async () => {
    for (const [address, path] of [
      [own.address, kinds['comparison of a page']],
      [special.address, stateKinds['comparison with all states']],
      [special.address, stateKinds['comparison with a hidden page']],
    ]) {
      const page = await open(address + path, { javaScriptEnabled: true });
      const widths = await page.evaluate(() =>
        [...document.querySelectorAll('.vergelijk-tabel table')].map((table) =>
          [...table.rows].map((row) => [...row.cells].reduce((sum, { colSpan }) => sum + colSpan, 0)),
        ),
      );
      for (const table of widths) {
        assert.deepEqual([...new Set(table)].length, 1, `${path}: ${table}`);
      }
      await close(page);
    }
  });

  test('its heads stay in sight while it moves both ways', async () => {
    const page = await open(own.address + kinds['comparison of a page'], {
      viewport: { width: 800, height: 600 },
      javaScriptEnabled: true,
    });
    await frame(page).evaluate((element) => element.scrollIntoView());
    await frame(page).evaluate((element) => element.scrollTo(200, 300));
    const { head, name, box, moved } = await frame(page).evaluate((element) => ({
      head: element.querySelector('thead th:last-child').getBoundingClientRect().top,
      name: element.querySelector('tbody tr:nth-child(12) th').getBoundingClientRect().left,
      box: element.getBoundingClientRect().toJSON(),
      moved: [element.scrollLeft, element.scrollTop],
    }));
    assert.deepEqual(moved, [200, 300]);
    assert.ok(Math.abs(head - box.top) <= 2, `head ${head}, frame ${box.top}`);
    assert.ok(Math.abs(name - box.left) <= 2, `name ${name}, frame ${box.left}`);
    await close(page);
  });

  test('the keyboard moves the frame, and reaches each cell with a link in full sight', async () => {
    const page = await open(own.address + kinds['comparison of a page'], {
      viewport: { width: 800, height: 600 },
      javaScriptEnabled: true,
    });
    await frame(page).focus();
    await page.keyboard.press('ArrowRight');
    await rest(frame(page));
    const links = frame(page).locator('tbody td a');
    for (const link of [links.nth(0), links.nth(5), links.nth(20)]) {
      await link.focus();
      const hidden = await link.evaluate((element) => {
        const box = element.getClientRects()[0];
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return !element.contains(top);
      });
      assert.equal(hidden, false, await link.innerText());
    }
    await close(page);
  });

  test('each link leads to that section on the page of the region', async () => {
    const page = await open(own.address + kinds['comparison of a page']);
    await frame(page).getByRole('link', { name: /^Ingevuld/ }).first().click();
    assert.match(page.url(), /\/regio\/foodvalley\/subsidies\/werkervaringsplaats\/#aanvragen$/);
    assert.ok(await page.locator('#aanvragen').isVisible());
    await close(page);
  });
});

test('the filter leaves only regions with a text of their own, without script', async () => {
  const page = await open(own.address + kinds['comparison of a page']);
  const box = page.getByLabel("Toon alleen regio's met een eigen tekst");
  const shown = page.locator('.vergelijk-tabel tbody tr:visible');
  assert.equal(await shown.count(), 70);
  await box.focus();
  await page.keyboard.press('Space');
  assert.equal(await shown.count(), 2);
  assert.match(await shown.first().innerText(), /FoodValley/);
  await page.keyboard.press('Space');
  assert.equal(await shown.count(), 70);
  await close(page);
});

test('where the screen is narrow each region is a list, and nothing moves sideways', async () => {
  const page = await open(own.address + kinds['comparison of a page'], {
    viewport: { width: 320, height: 640 },
    javaScriptEnabled: true,
  });
  const cells = await frame(page).evaluate((element) => {
    const row = element.querySelector('tbody tr');
    return {
      tops: [...row.children].map((cell) => cell.getBoundingClientRect().top),
      label: getComputedStyle(row.querySelector('td'), '::before').content,
      wide: element.scrollWidth > element.clientWidth,
    };
  });
  assert.ok(cells.tops.every((top, i) => i === 0 || top > cells.tops[i - 1]), `${cells.tops}`);
  assert.match(cells.label, /Wat is het\?/);
  assert.equal(cells.wide, false);
  await close(page);
});

test('no state is told by a sign or a colour alone', async () => {
  const page = await open(special.address + stateKinds['comparison with all states'], {
    javaScriptEnabled: true,
  });
  const states = await page.locator('.stand').evaluateAll((all) =>
    all.map((element) => [element.className, element.textContent.trim()]),
  );
  assert.ok(states.every(([, words]) => /\p{L}{3}/u.test(words)));
  for (const name of ['aangevuld', 'weggelaten', 'ingevuld', 'nieuw', 'open']) {
    assert.ok(states.some(([names]) => names === `stand stand-${name}`), name);
  }
  await close(page);
});

test('a page says how many regions have a text of their own, and leads to them', async () => {
  for (const path of [kinds.wegwijzer, kinds['regional wegwijzer']]) {
    const page = await open(own.address + path);
    assert.match(await page.locator('.vergelijking').innerText(), /1 van de 35 regio's/);
    await page.locator('.vergelijking a').click();
    assert.match(page.url(), /\/vergelijk\/subsidies\/werkervaringsplaats\/$/);
    await close(page);
  }
});

/* The rows of a table as RFC 4180 has it, with semicolons. */
function rowsOf(csv) {
  const rows = [[]];
  let at = 0;
  while (at < csv.length) {
    const [cell, quoted, end] = /"((?:[^"]|"")*)"(;|\r\n)|(?:)(;|\r\n)/.exec(csv.slice(at)) ?? [];
    assert.notEqual(cell, undefined, csv.slice(at, at + 60));
    const empty = quoted === undefined;
    assert.equal(csv.slice(at, at + cell.length), cell, 'nothing stands between cells');
    rows.at(-1).push(empty ? '' : quoted.replaceAll('""', '"'));
    at += cell.length;
    if ((empty ? cell : end) === '\r\n') {
      rows.push([]);
    }
  }
  assert.deepEqual(rows.pop(), []);
  return rows;
}

test('the tables beside the pages have as many cells in every row, and no formula', () => {
  for (const file of [
    'vergelijk/regios.csv',
    'vergelijk/subsidies/werkervaringsplaats/werkervaringsplaats-per-regio.csv',
    'vergelijk/zij-instroom/sleutels-tot-succes/sleutels-tot-succes-per-regio.csv',
  ]) {
    const bytes = readFileSync(join(ownFolder, file));
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], file);
    const rows = rowsOf(bytes.subarray(3).toString('utf8'));
    assert.ok(rows.length > 35, `${file}: ${rows.length} rows`);
    for (const row of rows) {
      assert.equal(row.length, rows[0].length, row.join('|'));
      assert.ok(row.every((cell) => !/^\s*[=+\-@]/.test(cell)), row.join('|'));
    }
  }
});
