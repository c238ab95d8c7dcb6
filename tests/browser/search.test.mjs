/*
 * Searching as readers do it: with the keys, by touch, by ear, with a shared address, on a phone, when
 * files are missing or broken, and without script.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { openBrowser, ownSite, serve } from './site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const region = 'regio/foodvalley/';
const article = `${region}subsidies/jobcoach/`;

let browser, site, folder;

before(async () => {
  folder = ownSite();
  site = await serve(folder);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

/* Calls `use(page, context)` with a page at the path; `prepare(page)` before it is loaded. */
async function withPage(path, use, { prepare = () => {}, ...options } = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  try {
    await prepare(page);
    await page.goto(site.address + path);
    await use(page, context);
  } finally {
    await context.close();
  }
}

const box = (page) => page.locator('#pagina-zoek');
const listbox = (page) => page.locator('[role="listbox"]');
const options = (page) => page.locator('[role="option"]');
const status = (page) => page.locator('[data-zoek-status]');
const active = (page) => page.locator('[role="option"][aria-selected="true"]');

async function type(page, text) {
  await box(page).focus();
  await page.keyboard.type(text);
  await settle(page);
  await options(page).first().waitFor();
}

const said = (page, words) => status(page).filter({ hasText: words }).waitFor();

/* Waits until the list is that of the last letter. */
function settle(page) {
  return page.locator('[role="listbox"][aria-busy="false"]').waitFor({ state: 'attached' });
}

describe('the search box', () => {
  test('with the keys: through the options, round, and on to a section', () =>
    withPage(article, async (page) => {
      await type(page, 'begeleid');
      const count = await options(page).count();
      assert.ok(count > 2);
      assert.equal(await active(page).count(), 0);
      await page.keyboard.press('ArrowUp');
      assert.equal(await active(page).getAttribute('id'), `pagina-zoek-lijst-${count - 1}`);
      await page.keyboard.press('ArrowDown');
      assert.equal(await active(page).getAttribute('id'), 'pagina-zoek-lijst-0');
      await page.keyboard.press('Home');
      assert.equal(await active(page).count(), 0);
      await page.keyboard.type('x');
      assert.equal(await box(page).inputValue(), 'xbegeleid');
      await page.keyboard.press('Backspace');
      await settle(page);
      await options(page).first().waitFor();
      let href;
      for (let i = 0; i < count && !href?.includes('#'); i++) {
        await page.keyboard.press('ArrowDown');
        href = await active(page).getAttribute('href');
      }
      assert.match(href, /\/regio\/foodvalley\/.*#/);
      await page.keyboard.press('Enter');
      await page.waitForURL(href);
    }));

  test('Escape closes, then clears; the arrows open again; Tab leaves', () =>
    withPage(article, async (page) => {
      await type(page, 'proefplaatsing');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      assert.equal(await listbox(page).isVisible(), false);
      assert.equal(await box(page).inputValue(), 'proefplaatsing');
      await page.keyboard.press('ArrowDown');
      await active(page).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Alt+ArrowDown');
      await listbox(page).waitFor();
      assert.equal(await active(page).count(), 0);
      await page.keyboard.press('Alt+ArrowUp');
      assert.equal(await listbox(page).isVisible(), false);
      await page.keyboard.press('Escape');
      assert.equal(await box(page).inputValue(), '');
      await type(page, 'proef');
      await page.keyboard.press('Tab');
      assert.equal(await listbox(page).isVisible(), false);
      assert.equal(await page.evaluate(() => document.activeElement.type), 'submit');
    }));

  test('Enter without an option searches for what was typed, in the region', () =>
    withPage(article, async (page) => {
      await type(page, 'proefplaatsing');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/${region}zoek/?q=proefplaatsing`);
      await said(page, 'proefplaatsing');
    }));

  test('a query from the list goes to its results', () =>
    withPage(article, async (page) => {
      await type(page, 'werkgeversse');
      await page.locator('.optie-vraag').first().click();
      await page.waitForURL(`**/${region}zoek/?q=werkgeversservicepunt`);
    }));

  test('says what it is, what is open and what is pointed at', () =>
    withPage(article, async (page) => {
      const has = async (name) => box(page).getAttribute(name);
      assert.equal(await has('role'), 'combobox');
      assert.equal(await has('aria-autocomplete'), 'list');
      assert.equal(await has('aria-controls'), await listbox(page).getAttribute('id'));
      assert.equal(await has('aria-expanded'), 'false');
      await type(page, 'proefpl');
      assert.equal(await has('aria-expanded'), 'true');
      assert.equal(await has('aria-activedescendant'), null);
      await page.keyboard.press('ArrowDown');
      assert.equal(await has('aria-activedescendant'), await options(page).first().getAttribute('id'));
      const count = await options(page).count();
      await page.locator('form [role="status"]', { hasText: `${count} suggesties` }).waitFor({
        state: 'attached',
      });
      const tabs = await options(page).evaluateAll((all) => all.map(({ tabIndex }) => tabIndex));
      assert.ok(tabs.every((index) => index === -1));
      await page.keyboard.press('Escape');
      assert.equal(await has('aria-expanded'), 'false');
      assert.equal(await has('aria-activedescendant'), null);
    }));

  test("marks the region's own text", () =>
    withPage(article, async (page) => {
      await type(page, 'tempo-team');
      await page.locator('[role="option"] .merk', { hasText: 'Regio FoodValley' }).first().waitFor();
    }));

  test('by touch: options of 44 px, on the screen, closed by a tap beside it', () =>
    withPage(
      article,
      async (page) => {
        const before = await page.locator('main').boundingBox();
        await box(page).tap();
        await page.keyboard.type('proefpl');
        await settle(page);
        await options(page).first().waitFor();
        for (const option of await options(page).all()) {
          const { height, x, width } = await option.boundingBox();
          assert.ok(height >= 44 && x >= 0 && x + width <= 320, `${height} ${x} ${width}`);
        }
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320));
        assert.deepEqual(await page.locator('main').boundingBox(), before);
        await page.locator('.kop-naam').dispatchEvent('pointerdown');
        assert.equal(await listbox(page).isVisible(), false);
      },
      { viewport: { width: 320, height: 640 }, hasTouch: true },
    ));

  test('axe finds nothing with the list open, light, dark and narrow', () =>
    withPage(article, async (page) => {
      await page.evaluate(axe);
      await type(page, 'tempo-team');
      await page.keyboard.press('ArrowDown');
      for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 1280],
        ['dark', 320],
      ]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        const { violations } = await page.evaluate(
          (values) => window.axe.run({ runOnly: { type: 'tag', values } }),
          rules,
        );
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
      }
    }));

  test('fetches nothing until it has the focus', () => {
    const asked = [];
    return withPage(
      article,
      async (page) => {
        await page.waitForLoadState('networkidle');
        assert.deepEqual(asked.filter((url) => /search-box|worker|\.json/.test(url)), []);
        await box(page).focus();
        await page.waitForRequest(/zoek\.json/);
      },
      { prepare: (page) => page.on('request', (request) => asked.push(request.url())) },
    );
  });

  test('leads to the list from A to Z when there are no suggestions to be had', () =>
    withPage(
      article,
      async (page) => {
        await type(page, 'wsp');
        assert.match(await options(page).first().innerText(), /Suggesties lukken nu niet/);
        await page.unroute('**/zoek/zoek.json');
        await page.keyboard.type(' ');
        await options(page).filter({ hasNotText: 'lukken nu niet' }).first().waitFor();
      },
      { prepare: (page) => page.route('**/zoek/zoek.json', (route) => route.abort()) },
    ));
});

/* A worker that the test answers for. */
const standIn = () => {
  window.asked = [];
  window.Worker = class extends EventTarget {
    constructor() {
      super();
      window.reply = (data) => this.dispatchEvent(new MessageEvent('message', { data }));
    }
    postMessage(message) {
      window.asked.push(message);
    }
  };
};

describe('the worker', () => {
  test('an older question is called off, and its answer dropped', () =>
    withPage(
      article,
      async (page) => {
        const ask = async (letter, text) => {
          await page.keyboard.type(letter);
          await page.waitForFunction(
            (text) => window.asked.some((other) => other.kind === 'find' && other.text === text),
            text,
          );
        };
        const reply = (text) =>
          page.evaluate((text) => {
            for (const { number, kind } of window.asked.filter((other) => other.text === text)) {
              const title = `Gevonden met ${text}`;
              const results = [{ url: '/#x', title, page: 'P', path: '', excerpt: '', marks: [] }];
              window.reply({ number, answer: kind === 'find' ? { results } : [] });
            }
          }, text);
        await box(page).focus();
        await page.waitForFunction(() => window.asked?.length > 0);
        await ask('a', 'a');
        await ask('b', 'ab');
        await reply('ab');
        await options(page).filter({ hasText: 'Gevonden met ab' }).waitFor();
        await reply('a');
        assert.equal(await options(page).count(), 1);
        assert.match(await options(page).innerText(), /Gevonden met ab/);
        const aborted = await page.evaluate(() => {
          const numbers = window.asked.filter(({ abort }) => abort).map(({ number }) => number);
          return window.asked.filter(({ number, text }) => text && numbers.includes(number));
        });
        assert.deepEqual([...new Set(aborted.map(({ text }) => text))], ['a']);
      },
      { prepare: (page) => page.addInitScript(standIn) },
    ));

  test('where it cannot be made, the page searches itself', () =>
    withPage(`${region}zoek/?q=jobcoach`, (page) => said(page, 'gevonden voor ‘jobcoach’'), {
      prepare: (page) =>
        page.addInitScript(() => {
          window.Worker = class {
            constructor() {
              throw new Error('no workers');
            }
          };
        }),
    }));

  test('where it does not start, the page searches itself', () => {
    let count = 0;
    return withPage(
      `${region}zoek/?q=jobcoach`,
      async (page) => {
        await said(page, 'gevonden voor ‘jobcoach’');
        assert.equal(count, 2);
      },
      {
        prepare: (page) =>
          page.route('**/search-worker.*.js', (route) =>
            count++ === 0 ? route.abort() : route.continue(),
          ),
      },
    );
  });
});

describe('the search page', () => {
  const query = `${region}zoek/?q=werkervaringsplaats`;

  test('a shared address shows results by page, with the match marked, as words', () =>
    withPage(query, async (page) => {
      await said(page, /^\d+ pagina's gevonden voor ‘werkervaringsplaats’$/);
      assert.match(await page.title(), /^werkervaringsplaats – /);
      const first = page.locator('.treffer').first();
      assert.match(await first.locator('.treffer-pad').innerText(), /Wegwijzer.*Regelingen/s);
      assert.equal(await first.locator('h2').innerText(), 'Werkervaringsplaats');
      assert.equal(
        await first.locator('h2 a').getAttribute('href'),
        `${site.address}${region}subsidies/werkervaringsplaats/`,
      );
      assert.match(await first.locator('.merk').first().innerText(), /Tekst van regio FoodValley/);
      assert.ok((await first.locator('mark').count()) > 0);
      const sections = await page
        .locator('.treffer')
        .evaluateAll((all) => all.map((item) => item.querySelectorAll('h3').length));
      assert.ok(sections.every((count) => count <= 3));
      assert.equal(sections.length, 10);
      await page.locator('[data-zoek-meer]').click();
      await page.locator('.treffer').nth(10).waitFor();
      const focused = await page.evaluate(() => {
        const items = [...document.querySelectorAll('.treffer')];
        return items.indexOf(document.activeElement.closest('.treffer'));
      });
      assert.equal(focused, 10);
      assert.equal(await page.locator('[data-zoek-meer]').isVisible(), false);
    }));

  test('filters lead to something, stand in the address, and go back', () =>
    withPage(query, async (page) => {
      await said(page, 'werkervaringsplaats');
      const all = await status(page).innerText();
      const way = page.locator('.filter a', { hasText: 'Wegwijzer' });
      const count = await way.locator('.filter-aantal').innerText();
      await way.click();
      await page.waitForURL(/\?q=werkervaringsplaats&soort=wegwijzer$/);
      await said(page, `${count} pagina's`);
      assert.equal(await way.getAttribute('aria-current'), 'true');
      const kinds = await page.locator('.treffer [data-soort]').allInnerTexts();
      assert.ok(kinds.every((kind) => kind === 'Wegwijzer'));
      await page.locator('.filter a', { hasText: 'Alleen regio FoodValley' }).click();
      await page.waitForURL(/&soort=wegwijzer&regio=eigen$/);
      await said(page, /^1 pagina /);
      await page.goBack();
      await said(page, `${count} pagina's`);
      await page.goBack();
      await said(page, all);
      assert.equal(page.url(), site.address + query);
      await page.goForward();
      await said(page, `${count} pagina's`);
    }));

  test('a filter that leaves nothing is let go', () =>
    withPage(`${query}&soort=onzin&regio=eigen`, async (page) => {
      await said(page, "pagina's gevonden");
      assert.equal(page.url(), site.address + query);
    }));

  test('results follow what is typed, and going back leads to what was asked before', () =>
    withPage(query, async (page) => {
      await said(page, 'werkervaringsplaats');
      await box(page).fill('jobcoach');
      await said(page, 'jobcoach');
      assert.equal(new URL(page.url()).search, '?q=jobcoach');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'pagina-zoek');
      await box(page).press('Enter');
      await page.goBack();
      await said(page, 'werkervaringsplaats');
      assert.equal(await box(page).inputValue(), 'werkervaringsplaats');
      await page.goForward();
      await said(page, 'jobcoach');
    }));

  test('explains a term or an abbreviation, in the region', () =>
    withPage(`${region}zoek/?q=wsp`, async (page) => {
      const meaning = page.locator('.betekenis');
      await meaning.waitFor();
      assert.match(await meaning.innerText(), /werkgeversservicepunt \(WSP\)\s+Loket voor werkgevers/);
      await meaning.locator('a').click();
      await page.waitForURL(`**/${region}begrippen/#werkgeversservicepunt`);
    }));

  test('says what was corrected, what was searched as well, and what is nowhere', () =>
    withPage('zoek/?q=jobcoahc+qzxqzx', async (page) => {
      await said(page, 'jobcoahc');
      const notes = await page.locator('.zoek-noten').innerText();
      assert.match(notes, /resultaten voor jobcoach\. Het woord jobcoahc/);
      assert.match(notes, /Ook gezocht op: .*begeleiding/);
      assert.match(notes, /Niet gevonden: qzxqzx/);
    }));

  test('nothing found: the nearest terms, the contact, the list from A to Z', () =>
    withPage(`${region}zoek/?q=qzxqzx`, async (page) => {
      await said(page, 'Niets gevonden voor ‘qzxqzx’');
      assert.ok(await page.locator('[data-zoek-geen]').isVisible());
      assert.ok(await page.locator('.contact', { hasText: 'FoodValley' }).isVisible());
      assert.ok(await page.locator('[data-zoek-az]').isVisible());
    }));

  test('nearest terms lead on', () =>
    withPage(
      `${region}zoek/?q=jqzxqzx`,
      async (page) => {
        const nearest = page.locator('[data-zoek-nabij-lijst] a').first();
        await nearest.waitFor();
        const text = await nearest.innerText();
        await nearest.click();
        await said(page, text);
        assert.equal(await box(page).inputValue(), text);
      },
    ));

  test('axe finds nothing, with results and with none, light, dark and narrow', async () => {
    for (const path of [query, 'zoek/?q=wsp', `${region}zoek/?q=jqzxqzx`]) {
      await withPage(path, async (page) => {
        await page.evaluate(axe);
        await said(page, /gevonden/);
        for (const [colorScheme, width] of [
          ['light', 1280],
          ['dark', 320],
        ]) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 900 });
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
          const { violations } = await page.evaluate(
            (values) => window.axe.run({ runOnly: { type: 'tag', values } }),
            rules,
          );
          assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
        }
      });
    }
  });

  test('nothing moves while results come', () =>
    withPage(
      query,
      async (page) => {
        await said(page, 'werkervaringsplaats');
        const moved = await page.evaluate(
          () =>
            new Promise((resolve) => {
              requestAnimationFrame(() => requestAnimationFrame(() => resolve(window.moved)));
            }),
        );
        assert.ok(moved < 0.01, String(moved));
      },
      {
        prepare: (page) =>
          page.addInitScript(() => {
            window.moved = 0;
            new PerformanceObserver((list) => {
              list.getEntries().forEach(({ value }) => (window.moved += value));
            }).observe({ type: 'layout-shift', buffered: true });
          }),
      },
    ));
});

describe('a file that is', () => {
  const truncate = async (route) => {
    const body = await (await route.fetch()).text();
    await route.fulfill({ body: body.slice(0, body.length / 2), contentType: 'application/json' });
  };
  const change = async (route) => {
    const body = await (await route.fetch()).text();
    await route.fulfill({ body: body.replace('"version":2', '"version":9') });
  };
  const missing = (route) => route.fulfill({ status: 404, body: '' });

  for (const [state, files, spoil] of [
    ['missing', '**/zoek/zoek.json', missing],
    ['missing later on', '**/zoek/documenten/*.json', missing],
    ['truncated', '**/zoek/overzicht.json', truncate],
    ['of another version', '**/zoek/zoek.json', change],
  ]) {
    test(`${state} gives a clear line and the list from A to Z, and can be tried again`, () =>
      withPage(
        `${region}zoek/?q=jobcoach`,
        async (page) => {
          await said(page, 'Zoeken lukt nu niet');
          assert.ok(await page.locator('[data-zoek-fout]').isVisible());
          assert.ok(await page.locator('[data-zoek-az] li a').first().isVisible());
          assert.ok(await box(page).isEditable());
          await page.unroute(files);
          await page.locator('[data-zoek-opnieuw]').click();
          await said(page, 'gevonden voor ‘jobcoach’');
          assert.equal(await page.locator('[data-zoek-fout]').isVisible(), false);
        },
        { prepare: (page) => page.route(files, spoil) },
      ));
  }

  test('a script that does not come leaves the list from A to Z', () =>
    withPage(
      `${region}zoek/?q=jobcoach`,
      async (page) => {
        await page.locator('[data-zoek-az] li a').first().waitFor();
        assert.ok(await page.locator('[data-zoek-zonder-script]').isVisible());
      },
      { prepare: (page) => page.route('**/search-page.*.js', missing) },
    ));
});

describe('without script', () => {
  const off = { javaScriptEnabled: false, reducedMotion: 'reduce' };

  test('the search goes to titles and terms from A to Z, of the region', () =>
    withPage(
      article,
      async (page) => {
        await box(page).fill('wsp');
        await box(page).press('Enter');
        await page.waitForURL(`**/${region}zoek/?q=wsp`);
        const index = page.locator('[data-zoek-az]');
        assert.ok(await index.getByText('WSP, zie werkgeversservicepunt').isVisible());
        const own = index.getByRole('link', { name: 'Werkervaringsplaats bij Tempo-Team in Ede' });
        assert.ok(await own.isVisible());
        const letters = await index.locator('.letterlijst a').allInnerTexts();
        assert.deepEqual(letters, [...letters].sort());
        /* "Een strategisch gesprek voeren" is found under S. */
        const s = index.locator('.az-letter', { has: page.locator('#pagina-letter-S') });
        assert.ok(await s.getByRole('link', { name: 'Een strategisch gesprek voeren' }).isVisible());
        await index.locator('.letterlijst').getByRole('link', { name: 'W', exact: true }).click();
        assert.match(page.url(), /#pagina-letter-W$/);
        await index.getByText('WSP, zie').getByRole('link').click();
        await page.waitForURL(`**/${region}begrippen/#werkgeversservicepunt`);
        const see = page.locator('.zie', { hasText: 'WSP' });
        assert.equal(await see.getByRole('link').getAttribute('href'), '#werkgeversservicepunt');
      },
      off,
    ));

  test('all ways of the list lead somewhere', () =>
    withPage(
      `${region}zoek/`,
      async (page) => {
        const ways = await page.locator('.az-letter a').evaluateAll((all) => all.map(({ href }) => href));
        assert.ok(ways.length > 100);
        const lost = ways.filter((way) => {
          const { pathname, hash } = new URL(way);
          const file = join(folder, decodeURIComponent(pathname), 'index.html');
          return !existsSync(file) || (hash && !readFileSync(file, 'utf8').includes(`id="${hash.slice(1)}"`));
        });
        assert.deepEqual(lost, []);
      },
      off,
    ));
});

test('searching asks nothing of other hosts, and leaves nothing behind', () => {
  const asked = [];
  const messages = [];
  return withPage(
    article,
    async (page, context) => {
      await type(page, 'proefpl');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/zoek/**');
      await said(page, 'proefpl');
      const kept = await page.evaluate(async () => [
        localStorage.length,
        sessionStorage.length,
        (await indexedDB.databases()).length,
        (await caches.keys()).length,
      ]);
      assert.deepEqual(kept, [0, 0, 0, 0]);
      assert.deepEqual(await context.cookies(), []);
      assert.deepEqual(asked.filter((url) => !url.startsWith(site.address)), []);
      assert.deepEqual(messages, []);
    },
    {
      prepare: (page) => {
        page.on('request', (request) => asked.push(request.url()));
        page.on('console', (message) => messages.push(message.text()));
        page.on('pageerror', (error) => messages.push(error.message));
      },
    },
  );
});

describe('as it is published', () => {
  /*
   * In KB: the search's own scripts, and with the others that the page has; then what more words and misspelt
   * ones add. A little is left for the names of files, which are different with every change.
   */
  const most = { content: [12, 12.7], page: [13.6, 13.9], phrase: 1.5, guess: 2 };

  /* What the scripts weigh that a browser asks for, each once, in bytes with gzip: [the search's, all]. */
  async function weigh(path, search) {
    const asked = new Set();
    await withPage(path, search, {
      prepare: (page) => page.on('request', (request) => asked.add(new URL(request.url()).pathname)),
    });
    const scripts = [...asked].filter((name) => name.endsWith('.js'));
    assert.ok(scripts.some((name) => name.includes('search-worker')));
    const sizeOf = (name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
    const sum = (names) => names.reduce((bytes, name) => bytes + sizeOf(name), 0);
    return [sum(scripts.filter((name) => /\/(search-|start)/.test(name))), sum(scripts)];
  }

  const typed = (text) => weigh(article, (page) => type(page, text));
  const asked = (text) =>
    weigh(`${region}zoek/?q=${encodeURIComponent(text)}`, (page) => said(page, /gevonden/));

  function holds(name, bytes, kilo) {
    assert.ok(bytes <= kilo * 1024, `${name}: ${bytes} bytes`);
  }

  test('scripts of a search are small, on a content page and on the search page', async () => {
    for (const [name, search, [own, all]] of [
      ['content', typed, most.content],
      ['page', asked, most.page],
    ]) {
      const [usual, withOthers] = await search('werkervaringsplaats');
      const [phrase] = await search('subsidie voor werkgevers');
      const [misspelt] = await search('jobcoahc');
      const [both] = await search('subsidie jobcoahc');
      holds(name, usual, own);
      holds(`${name}, all scripts`, withOthers, all);
      holds(`${name}, more words`, phrase - usual, most.phrase);
      holds(`${name}, misspelt`, misspelt - usual, most.guess);
      holds(`${name}, misspelt among more words`, both - usual, most.phrase + most.guess);
    }
  });

  test('what the site can do for a reader is found by its names, in each scope', async () => {
    const { terms } = JSON.parse(readFileSync(join(folder, 'zoek/begrippen.json'), 'utf8'));
    const tools = terms.filter(({ tool }) => tool);
    assert.deepEqual(tools.map(({ address }) => address).sort(), [
      'financieringstrein/',
      'regelingenwijzer/',
      'vergelijk/',
      'verschil/',
    ]);
    for (const scope of ['', ...readdirSync(join(folder, 'regio')).map((slug) => `regio/${slug}/`)]) {
      if (scope !== '' && !existsSync(join(folder, scope, 'zoek'))) continue;
      for (const { address } of tools) assert.ok(existsSync(join(folder, scope, address)), scope + address);
    }
    for (const name of ['Regelingenwijzer', 'welke subsidie past']) {
      await withPage(`${region}zoek/?q=${encodeURIComponent(name)}`, async (page) => {
        await said(page, /gevonden/);
        const way = page.locator('[data-zoek-betekenissen] a');
        assert.equal(await way.getAttribute('href'), `${site.address}${region}regelingenwijzer/`);
        assert.deepEqual(await page.locator('.betekenis-naam').allTextContents(), ['hulpmiddel']);
      });
    }
  });

  test('nothing is there for an editor alone', () => {
    assert.deepEqual(readdirSync(join(folder, 'assets')).filter((name) => name.includes('explain')), []);
    assert.doesNotMatch(readFileSync(join(folder, 'zoek/index.html'), 'utf8'), /uitleg-vak|data-uitleg/);
  });

  test('browsers are told how to search, the nation and each region', () =>
    withPage(article, async (page) => {
      const way = await page.locator('link[rel="search"]').evaluate(({ href }) => href);
      assert.equal(way, `${site.address}${region}zoek/opensearch.xml`);
      const regions = readdirSync(join(folder, 'regio'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `regio/${name}/`);
      const names = [];
      for (const scope of ['', ...regions]) {
        const xml = readFileSync(join(folder, scope, 'zoek/opensearch.xml'), 'utf8');
        const [name, template, wrong] = await page.evaluate((xml) => {
          const made = new DOMParser().parseFromString(xml, 'application/xml');
          const text = (tag) => made.getElementsByTagName(tag)[0]?.textContent;
          const url = made.getElementsByTagName('Url')[0]?.getAttribute('template');
          return [text('ShortName'), url, text('parsererror')];
        }, xml);
        assert.equal(wrong, undefined);
        assert.ok(name.length <= 16, name);
        assert.ok(template.endsWith(`/${scope}zoek/?q={searchTerms}`), template);
        names.push(name);
      }
      assert.equal(new Set(names).size, names.length);
    }));
});
