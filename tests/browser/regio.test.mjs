/*
 * A reader's region: how he chooses one, has it kept and forgotten, sees on every page where he is, and
 * finds whom to call.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import {
  changesSite,
  kinds,
  openBrowser,
  ownSite,
  program,
  serve,
  stateKinds,
  statesSite,
} from './site.mjs';

const content = join(dirname(fileURLToPath(import.meta.url)), '../../content/regios');
const wide = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };

let browser, own, special, changed, folder;

before(async () => {
  folder = ownSite();
  own = await serve(folder);
  special = await serve(statesSite());
  changed = await serve(changesSite());
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await own?.close();
  await special?.close();
  await changed?.close();
});

/* Calls `use(page, context)` with a page at the path of the site. */
async function withPage(path, use, { site = own, prepare = () => {}, ...options } = {}) {
  const context = await browser.newContext({ viewport: wide, ...options });
  const page = await context.newPage();
  try {
    await prepare(page);
    await page.goto(site.address + path);
    await use(page, context);
  } finally {
    await context.close();
  }
}

const kept = (page) => page.evaluate(() => Object.entries(localStorage));
const back = (page) => page.locator('.kop-terug');

describe('choosing a region', () => {
  test('each municipality stands once, and leads to a region that there is, without script', () =>
    withPage(
      'regio/',
      async (page) => {
        const links = await page
          .locator('.gemeenten a')
          .evaluateAll((all) => all.map(({ firstChild, href }) => [firstChild.data.trim(), new URL(href).pathname]));
        assert.equal(links.length, 342);
        assert.equal(new Set(links.map(([name]) => name)).size, 342);
        assert.equal(new Set(links.map(([, path]) => path)).size, 35);
        for (const [, path] of links) {
          assert.ok(existsSync(join(folder, path, 'index.html')), path);
        }
        assert.equal(new Map(links).get('Ede'), '/regio/foodvalley/');
        assert.equal(new Map(links).get("Den Haag ('s-Gravenhage)"), '/regio/haaglanden/');
        await page.locator('.letterlijst a', { hasText: /^W$/ }).click();
        await page.getByRole('link', { name: 'Wageningen' }).click();
        await page.waitForURL('**/regio/foodvalley/');
      },
      { javaScriptEnabled: false, reducedMotion: 'reduce' },
    ));

  test('the map has every region once, by its whole name, from north to south', () =>
    withPage('regio/', async (page) => {
      const map = page.locator('.kaart-regios a');
      const tiles = await map.evaluateAll((all) =>
        all.map((link) => {
          const { x, y } = link.querySelector('path').getBoundingClientRect();
          return { x, y, name: link.getAttribute('aria-label'), text: link.textContent };
        }),
      );
      const names = readdirSync(content).map(
        (slug) => /^naam: (.*)$/m.exec(readFileSync(join(content, slug, 'regio.yml'), 'utf8'))[1],
      );
      assert.equal(tiles.length, 35);
      for (const name of names) {
        assert.equal(tiles.filter((tile) => tile.name.endsWith(name)).length >= 1, true, name);
      }
      const fold = (text) => text.replace(/[^\p{L}]/gu, '').toLowerCase();
      for (const { name, text } of tiles) {
        assert.ok(fold(name).includes(fold(text)), `${name} has in it what is seen: ${text}`);
      }
      const ordered = tiles.every(
        ({ x, y }, i) => i === 0 || y > tiles[i - 1].y + 1 || x > tiles[i - 1].x + 1,
      );
      assert.ok(ordered);
      const place = (name) => tiles.find((tile) => tile.name.endsWith(name));
      assert.ok(place('Groningen').y < place('Zuid-Limburg').y);
      assert.ok(place('Zeeland').x < place('Twente').x);
      await map.first().focus();
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), tiles[1].name);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/regio/groningen/');
    }));

  test('tiles are large enough, do not touch, and hold their text; a phone has the list', async () => {
    for (const [width, least] of [
      [1280, 44],
      [1024, 44],
      [864, 44],
    ]) {
      await withPage(
        'regio/',
        async (page) => {
          const faults = await page.locator('.kaart-regios a').evaluateAll((all, target) => {
            const middles = all.map((link) => {
              const { x, y, width, height } = link.querySelector('path').getBoundingClientRect();
              return { x: x + width / 2, y: y + height / 2, width, height };
            });
            const said = [];
            all.forEach((link, i) => {
              const texts = [...link.querySelectorAll('text')].map((text) => text.getBoundingClientRect());
              const text = { width: Math.max(...texts.map(({ width }) => width)) };
              if (Math.min(middles[i].width, middles[i].height) < target) {
                said.push(`${link.textContent}: ${middles[i].width} px`);
              }
              if (text.width > middles[i].width) {
                said.push(`${link.textContent}: ${text.width} px of text in ${middles[i].width}`);
              }
              middles.forEach((other, j) => {
                const apart = Math.hypot(other.x - middles[i].x, other.y - middles[i].y);
                if (j > i && apart < middles[i].width) {
                  said.push(`${link.textContent} lies over ${all[j].textContent}`);
                }
              });
            });
            return said;
          }, least);
          assert.deepEqual(faults, [], `at ${width} px`);
        },
        { viewport: { width, height: 900 } },
      );
    }
    await withPage(
      'regio/',
      async (page) => {
        assert.equal(await page.locator('.kaart-regios').isVisible(), false);
        assert.ok(await page.getByRole('link', { name: 'FoodValley' }).first().isVisible());
      },
      { viewport: phone },
    );
  });

  test('a site of which no region has a place has no map, and a partial one says so', async () => {
    await withPage('regio/', async (page) => {
      assert.ok(await page.getByText('Niet elke regio staat erop.').isVisible());
      assert.equal(await page.locator('.kaart-regios a').count(), 3);
    }, { site: special });
  });

  test('typing leaves what fits, and Enter goes there when it is one region', () =>
    withPage('regio/', async (page) => {
      const field = page.locator('#pagina-filter');
      const shown = () => page.locator('.gemeenten li:visible').count();
      await field.fill('sudwest');
      assert.equal(await shown(), 1);
      assert.ok(await page.getByRole('link', { name: 'Súdwest-Fryslân' }).isVisible());
      assert.equal(await page.locator('.kaart-regios').isVisible(), false);
      await field.fill('zw');
      assert.equal(await page.locator('.regiofilter [role="status"]').textContent(), '4 gevonden');
      await field.fill('xx');
      assert.equal(await shown(), 0);
      assert.match(await page.locator('.regiofilter [role="status"]').textContent(), /^Niets gevonden/);
      await field.fill('');
      assert.equal(await shown(), 342);
      assert.ok(await page.locator('.kaart-regios').isVisible());
      await field.fill('den haag');
      await field.press('Enter');
      await page.waitForURL('**/regio/haaglanden/');
    }));
});

describe('a region that is kept', () => {
  const article = 'subsidies/proefplaatsing/';

  test('nothing before the click; then national pages lead to the same page; then nothing again', () =>
    withPage('regio/foodvalley/', async (page) => {
      assert.deepEqual(await kept(page), []);
      await page.getByRole('button', { name: 'Onthoud deze regio op dit apparaat' }).click();
      assert.deepEqual(await kept(page), [['draaiboek:regio', 'foodvalley']]);
      assert.ok(await page.getByText('Dit apparaat onthoudt deze regio.').isVisible());
      await page.goto(own.address + article);
      assert.equal(page.url(), own.address + article, 'nothing leads there by itself');
      const link = page.getByRole('link', { name: 'Naar uw regio: FoodValley' });
      await link.click();
      await page.waitForURL(`**/regio/foodvalley/${article}`);
      await page.goBack();
      await back(page).getByRole('button', { name: 'Vergeet' }).click();
      assert.deepEqual(await kept(page), []);
      assert.equal(await back(page).isVisible(), false);
      assert.equal(await page.locator(':focus').textContent(), 'kies uw regio');
      await page.goto(`${own.address}regio/foodvalley/`);
      assert.ok(await page.getByRole('button', { name: 'Onthoud deze regio' }).isVisible());
    }));

  test('it can be forgotten where it was asked for, and asked for where a region is chosen', () =>
    withPage('regio/', async (page) => {
      await page.getByRole('link', { name: 'Twente', exact: true }).first().click();
      await page.waitForURL('**/regio/twente/');
      assert.deepEqual(await kept(page), [], 'a choice alone keeps nothing');
      await page.goBack();
      await page.getByLabel('Onthoud de regio die ik nu kies op dit apparaat').check();
      await page.locator('.kaart-regios a[aria-label="Twente"]').click();
      await page.waitForURL('**/regio/twente/');
      assert.deepEqual(await kept(page), [['draaiboek:regio', 'twente']]);
      await page.locator('main').getByRole('button', { name: 'Vergeet' }).click();
      assert.deepEqual(await kept(page), []);
      assert.match(await page.locator(':focus').textContent(), /^Onthoud deze regio/);
    }));

  test('what it shows moves nothing', async () => {
    for (const viewport of [wide, { width: 768, height: 900 }, phone, { width: 320, height: 640 }]) {
      for (const path of [article, 'regio/zuid-kennemerland-en-ijmond/', 'regio/', '']) {
        await withPage(
          path,
          async (page) => {
            await page.waitForLoadState('networkidle');
            const moved = await page.evaluate(
              () =>
                new Promise((resolve) => {
                  new PerformanceObserver((list) => {
                    resolve(list.getEntries().map(({ value }) => value));
                  }).observe({ type: 'layout-shift', buffered: true });
                  setTimeout(() => resolve([]), 200);
                }),
            );
            assert.deepEqual(moved, [], `${path} at ${viewport.width} px`);
            const asked = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(asked <= viewport.width, `${asked} px at ${viewport.width} px`);
            if (path === article) {
              assert.ok(await back(page).isVisible());
            }
          },
          {
            viewport,
            prepare: (page) =>
              page.addInitScript(() =>
                localStorage.setItem('draaiboek:regio', 'zuid-kennemerland-en-ijmond'),
              ),
          },
        );
      }
    }
  });

  test('the header keeps its height, with the longest name', async () => {
    for (const viewport of [wide, phone, { width: 320, height: 640 }]) {
      await withPage(
        article,
        async (page) => {
          const height = () => page.locator('header').evaluate((header) => header.clientHeight);
          const before = await height();
          await page.evaluate(() =>
            localStorage.setItem('draaiboek:regio', 'zuid-kennemerland-en-ijmond'),
          );
          await page.reload();
          await back(page).waitFor();
          assert.equal(await height(), before, `at ${viewport.width} px`);
        },
        { viewport },
      );
    }
  });

  test('a region that is gone is not offered, and forgotten', () =>
    withPage(
      article,
      async (page) => {
        await page.waitForFunction(() => localStorage.length === 0);
        assert.equal(await back(page).isVisible(), false);
        assert.ok(await page.locator('.kop-regio [data-keuze] a').isVisible());
      },
      {
        prepare: async (page) => {
          await page.goto(own.address);
          await page.evaluate(() => localStorage.setItem('draaiboek:regio', 'weg'));
        },
      },
    ));

  test('without a connection nothing is offered, and nothing is lost', () =>
    withPage(
      article,
      async (page) => {
        await page.waitForLoadState('networkidle');
        assert.equal(await back(page).isVisible(), false);
        assert.equal((await kept(page)).length, 1);
      },
      {
        prepare: async (page) => {
          await page.addInitScript(() => localStorage.setItem('draaiboek:regio', 'twente'));
          await page.route('**/regios.json', (route) => route.abort());
        },
      },
    ));

  test('a page that regions have not leads to the home of the region', () =>
    withPage(
      'regio/',
      async (page) => {
        await back(page).getByRole('link').click();
        await page.waitForURL('**/regio/twente/');
      },
      {
        prepare: (page) =>
          page.addInitScript(() => localStorage.setItem('draaiboek:regio', 'twente')),
      },
    ));

  test('a browser that keeps nothing says so', () =>
    withPage(
      'regio/foodvalley/',
      async (page) => {
        await page.getByRole('button', { name: 'Onthoud deze regio' }).click();
        assert.ok(await page.getByText('Dat lukt niet').isVisible());
      },
      {
        prepare: (page) =>
          page.addInitScript(() => {
            Storage.prototype.setItem = () => {
              throw new Error('full');
            };
          }),
      },
    ));

  test('without script there is no word of it', async () => {
    for (const path of ['', 'regio/', 'regio/foodvalley/']) {
      await withPage(
        path,
        async (page) => {
          for (const part of ['.onthoud', '.kop-terug', '.regiofilter']) {
            assert.equal(await page.locator(`${part} >> visible=true`).count(), 0, `${path}: ${part}`);
          }
        },
        { javaScriptEnabled: false },
      );
    }
  });
});

describe('on every page of a region', () => {
  const regional = (pages) =>
    Object.entries(pages).filter(([, path]) => /^regio\/./.test(path) && !path.endsWith('.html'));
  const more = {
    'gathered callouts': 'regio/foodvalley/oogst/gouden-tip/',
    'a plain page': 'regio/foodvalley/over/',
  };
  const tellsChanges = {
    'all changes': 'regio/noord/regelingen/alles/geschiedenis/',
    difference: 'regio/noord/regelingen/alles/verschil/',
  };

  test('the region, the way to another and to the nation, and whom to call', async () => {
    for (const [site, pages] of [
      [own, [...regional(kinds), ...Object.entries(more)]],
      [special, regional(stateKinds)],
      [changed, Object.entries(tellsChanges)],
    ]) {
      for (const [kind, path] of pages) {
        await withPage(
          path,
          async (page, context) => {
            const header = page.locator('.kop-regio');
            assert.match(await header.textContent(), /Regio: \S/, kind);
            const [choice, national] = await header
              .locator('a')
              .evaluateAll((links) => links.map(({ href }) => href));
            assert.equal(choice, `${site.address}regio/`, kind);
            assert.ok(!national.includes('/regio/'), kind);
            assert.equal((await context.request.get(national)).status(), 200, `${kind}: ${national}`);
            assert.equal(await page.locator('.contact').count(), 1, `${kind}: contact`);
            assert.ok(await page.locator('.contact').isVisible(), `${kind}: contact`);
          },
          { site, javaScriptEnabled: false },
        );
      }
    }
  });

  test('a contact can be called, says when it was checked, and when that is long ago', async () => {
    const contact = (page) => page.locator('.contact');
    await withPage(stateKinds['region with all of it'], async (page) => {
      const call = contact(page).getByRole('link', { name: '0318 000 000' });
      assert.equal(await call.getAttribute('href'), 'tel:0318000000');
      assert.match(await contact(page).textContent(), /Gecontroleerd op 1 september 2026/);
      assert.equal(await page.locator('.contact-oud').count(), 0);
    }, { site: special });
    await withPage(stateKinds['contact of long ago'], async (page) => {
      const call = contact(page).getByRole('link', { name: '+31 (0)53-000 00 00' });
      assert.equal(await call.getAttribute('href'), 'tel:+31530000000');
      assert.match(await contact(page).textContent(), /Gecontroleerd op 19 november 2025/);
      assert.ok(await page.locator('.contact-oud').isVisible());
      assert.ok(await contact(page).getByText('Stationsplein 3, Oostdorp').isVisible());
    }, { site: special });
    await withPage(stateKinds['contact of nobody knows when'], async (page) => {
      assert.match(await contact(page).textContent(), /voor het laatst is nagekeken, is niet bekend/);
    }, { site: special });
    await withPage(stateKinds['region with nothing'], async (page) => {
      assert.match(await contact(page).textContent(), /Nog niet ingevuld/);
      assert.match(await contact(page).textContent(), /Vraag uw gemeente/);
    }, { site: special });
  });
});

describe('home', () => {
  test('from home to the step and the contact in three clicks', () =>
    withPage(
      '',
      async (page) => {
        let clicks = 0;
        const click = async (name) => {
          await page.getByRole('link', { name, exact: true }).first().click();
          clicks++;
        };
        await click('kies uw regio');
        await click('FoodValley');
        await click('Een begeleidingsplan maken');
        await page.waitForURL('**/regio/foodvalley/partnerschap/begeleidingsplan-maken/');
        assert.ok(clicks <= 3);
        assert.ok(await page.getByRole('heading', { level: 2 }).first().isVisible());
        const contact = page.locator('.contact');
        assert.match(await contact.textContent(), /WSP regio FoodValley/);
        const { y } = await contact.boundingBox();
        const text = await page.locator('.artikel-tekst').boundingBox();
        assert.ok(y < text.y, 'the contact stands before the text');
      },
      { viewport: phone },
    ));

  test('by search it is no further', () =>
    withPage('regio/foodvalley/', async (page) => {
      await page.locator('#pagina-zoek').fill('werkervaringsplaats');
      await page.locator('#pagina-zoek').press('Enter');
      await page.locator('.treffer a').first().click();
      await page.waitForURL('**/regio/foodvalley/subsidies/werkervaringsplaats/');
      assert.ok(await page.locator('.contact').isVisible());
    }));

  test('on a phone the search comes first, then the doors, then whom to call', async () => {
    for (const path of ['', 'regio/foodvalley/']) {
      await withPage(
        path,
        async (page) => {
          const places = [];
          for (const part of ['#pagina-zoek', '.deuren', '.contact', '#pagina-verzamelingen']) {
            places.push((await page.locator(part).boundingBox()).y);
          }
          assert.deepEqual(places, [...places].sort((a, b) => a - b));
          assert.ok(places[0] < 740, 'the search is on the first screen');
        },
        { viewport: phone },
      );
    }
  });

  test('each door has at most six ways, and each way leads to a page', () =>
    withPage('', async (page) => {
      for (const door of await page.locator('.deuren .sectie').all()) {
        const ways = await door.locator('a[href]').evaluateAll((all) => all.map(({ href }) => href));
        assert.ok(ways.length >= 1 && ways.length <= 6);
      }
    }));
});

test('a site without regions has no trace of them', () => {
  const site = mkdtempSync(join(tmpdir(), 'draaiboek-zonder-regio-'));
  mkdirSync(join(site, 'content'));
  writeFileSync(
    join(site, 'content/site.yml'),
    'titel: Klein\nadres: https://klein.example\nverzamelingen: {}\n',
  );
  writeFileSync(join(site, 'content/begrippen.yml'), '- {term: een, betekenis: Een.}\n');
  execFileSync(program, ['build', '-q', '-s', site, '-o', join(site, 'uit')], { stdio: 'pipe' });
  for (const path of ['', 'begrippen/', 'zoek/', 'oogst/']) {
    const html = readFileSync(join(site, 'uit', path, 'index.html'), 'utf8');
    assert.doesNotMatch(html, /regio\.|kop-regio|class="contact"|lijst-zij|thuis-zij|onthoud/, path);
  }
  assert.equal(existsSync(join(site, 'uit/regio')), false);
});

test('what every page loads is at most 3 KB with gzip, a region 0.8', () => {
  const assets = join(folder, 'assets');
  const size = (start) =>
    readdirSync(assets)
      .filter((name) => name.startsWith(`${start}.`) && name.endsWith('.js'))
      .map((name) => gzipSync(readFileSync(join(assets, name))).length)[0];
  assert.ok(size('regio') <= 256, `${size('regio')} bytes`);
  assert.ok(size('regio-eigen') <= 820, `${size('regio-eigen')} bytes`);
  assert.ok(size('regiokeuze') <= 1024, `${size('regiokeuze')} bytes`);
  assert.ok(size('start') + size('regio-eigen') + size('regiokeuze') <= 3 * 1024);
});
