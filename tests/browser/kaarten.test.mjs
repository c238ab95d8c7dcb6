/*
 * Cards on paper: four to an A4 or one to an A6, in a size that holds, and with a code that a decoder other
 * than the program's own library reads. Keys, reports and what is gathered, as far as a browser is needed
 * to tell.
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';

import { kinds, openBrowser, ownSite, serve, stateKinds, statesSite } from './site.mjs';

const decoder = createRequire(import.meta.url).resolve('jsqr');
const millimetre = 96 / 25.4;

let browser, own, special;

before(async () => {
  own = await serve(ownSite());
  special = await serve(statesSite());
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await own?.close();
  await special?.close();
});

async function open(address, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  await page.goto(address);
  return page;
}

/* The pages of a PDF: width and height of each, in millimetres. */
async function printed(page, options = { preferCSSPageSize: true }) {
  const pdf = (await page.pdf(options)).toString('latin1');
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)];
  const pages = pdf.match(/\/Type\s*\/Page\b/g) ?? [];
  assert.equal(boxes.length, pages.length);
  return boxes.map(([, width, height]) => [width, height].map((points) => Math.round((points / 72) * 25.4)));
}

const sheets = (count, size) => Array.from({ length: count }, () => size);
const cardsOf = (page) => page.locator('.kaarten > .niveau-3').count();

describe('cards on paper', () => {
  test('four to an A4, one to an A6, of the nation and of a region, without script', async () => {
    for (const kind of ['cards', 'regional cards']) {
      const page = await open(own.address + kinds[kind], { javaScriptEnabled: false });
      const cards = await cardsOf(page);
      assert.ok(cards >= 24, `${cards} cards`);
      assert.deepEqual(await printed(page), sheets(Math.ceil(cards / 4), [210, 297]), kind);
      await page.locator('#pagina-papier-a6').check();
      assert.deepEqual(await printed(page), sheets(cards, [105, 148]), kind);
      await page.locator('#pagina-papier-a4').check();
      assert.equal((await printed(page)).length, Math.ceil(cards / 4), kind);
      await page.close();
    }
  });

  test('each card of our own is an A6 and no larger, and all of it is within', async () => {
    const page = await open(own.address + kinds.cards);
    await page.emulateMedia({ media: 'print' });
    const faults = await page.locator('.kaarten > .niveau-3').evaluateAll((cards, unit) =>
      cards.flatMap((card) => {
        const { width, height, right, bottom } = card.getBoundingClientRect();
        const out = [...card.querySelectorAll('*')].filter((part) => {
          const box = part.getBoundingClientRect();
          return !part.closest('.begrip-uitleg') && (box.right > right + 1 || box.bottom > bottom + 1);
        });
        const fits = Math.abs(width - 105 * unit) < 1 && Math.abs(height - 148 * unit) < 1;
        return fits && out.length === 0 ? [] : [`${card.id}: ${width} × ${height}, ${out.length} outside`];
      }),
      millimetre,
    );
    assert.deepEqual(faults, []);
    await page.close();
  });

  test('a card has its theme, its question in large letters, and the address in words', async () => {
    const page = await open(own.address + kinds['regional cards']);
    await page.emulateMedia({ media: 'print' });
    const card = page.locator('.kaarten > .niveau-3').first();
    assert.equal(await card.locator('.vraagkaart-thema').innerText(), 'Het werk van nu');
    assert.match(
      await card.locator('.vraagkaart-voet').innerText(),
      /Regio FoodValley[^]*\/regio\/foodvalley\/partnerschap\/gesprekskaarten\/$/,
    );
    const sizes = await card.evaluate((element) =>
      ['h3', 'dd', '.vraagkaart-voet'].map((part) =>
        parseFloat(getComputedStyle(element.querySelector(part)).fontSize),
      ),
    );
    const least = [16, 10.5, 8].map((points) => (points / 72) * 96);
    assert.ok(sizes.every((size, i) => size >= least[i]), `${sizes}`);
    for (const part of ['.kop', '.voet', '.artikel-kop', '.artikel-zij', '.inleiding', '.paginavoet', 'h2']) {
      assert.equal(await page.locator(part).first().isVisible(), false, part);
    }
    await page.close();
  });

  test('a card that is too long for its sheet takes another, and loses nothing', async () => {
    const page = await open(special.address + stateKinds.cards);
    await page.emulateMedia({ media: 'print' });
    const long = page.locator('#lang');
    assert.ok(await long.evaluate((card, unit) => card.offsetHeight > 148 * unit + 1, millimetre));
    assert.ok(
      await long.evaluate((card) => {
        const foot = card.querySelector('.vraagkaart-voet').getBoundingClientRect();
        return foot.bottom <= card.getBoundingClientRect().bottom + 1;
      }),
    );
    await page.emulateMedia({ media: null });
    assert.ok((await printed(page)).length >= 2);
    await page.close();
  });

  test('what a region hides is told on the screen and has no card; what it adds has one', async () => {
    const page = await open(special.address + stateKinds['cards that a region changed']);
    assert.ok(await page.getByText('Bij ons speelt dit niet.').isVisible());
    const texts = await page.locator('.kaarten > .niveau-3 > h3').allInnerTexts();
    assert.ok(texts.includes('Wat is er in Noord?'));
    assert.ok(!texts.includes('Weg hiermee?'));
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByText('Bij ons speelt dit niet.').isVisible(), false);
    assert.ok(await page.getByText('Vraag ook naar de haven.').isVisible());
    await page.close();
  });

  test('the button prints; without script there is none', async () => {
    const page = await open(own.address + kinds.cards);
    await page.evaluate(() => {
      window.print = () => document.body.classList.add('printed');
    });
    await page.getByRole('button', { name: 'Print de kaarten' }).click();
    assert.equal(await page.locator('body.printed').count(), 1);
    await page.close();
    const plain = await open(own.address + kinds.cards, { javaScriptEnabled: false });
    assert.equal(await plain.locator('[data-print]').isVisible(), false);
    await plain.close();
  });
});

/* What a decoder that shares nothing with the program reads in a picture of the element. */
async function decoded(element) {
  const picture = (await element.screenshot()).toString('base64');
  const page = await browser.newPage();
  await page.addScriptTag({ path: decoder });
  const text = await page.evaluate(async (bytes) => {
    const image = new Image();
    image.src = `data:image/png;base64,${bytes}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
    return window.jsQR(data, width, height, { inversionAttempts: 'dontInvert' })?.data ?? null;
  }, picture);
  await page.close();
  return text;
}

describe('the code', () => {
  const looks = [{}, { colorScheme: 'dark' }, { forcedColors: 'active', colorScheme: 'dark' }];

  test('on the screen leads to the page itself: light, dark, forced colours', async () => {
    for (const look of looks) {
      for (const kind of ['cards', 'regional cards']) {
        const page = await open(own.address + kinds[kind], { deviceScaleFactor: 2, ...look });
        const code = page.getByRole('img', { name: /^QR-code/ });
        assert.equal(await decoded(code), `https://draaiboek.example/${kinds[kind]}`);
        await page.close();
      }
    }
  });

  test('on each card, in its size on paper', async () => {
    const page = await open(own.address + kinds['regional cards'], { deviceScaleFactor: 3 });
    await page.emulateMedia({ media: 'print' });
    const codes = page.locator('.kaarten .vraagkaart-voet .qr');
    const width = await codes.first().evaluate((code) => code.getBoundingClientRect().width);
    assert.ok(width >= 25 * millimetre, `${width / millimetre} mm`);
    for (const number of [0, (await codes.count()) - 1]) {
      assert.equal(
        await decoded(codes.nth(number)),
        `https://draaiboek.example/${kinds['regional cards']}`,
      );
    }
    await page.close();
  });

  test('below a plan on paper, and not on the screen', async () => {
    const page = await open(own.address + kinds.stappenplan, { deviceScaleFactor: 3 });
    const code = page.locator('.voet .qr');
    assert.equal(await code.isVisible(), false);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await decoded(code), `https://draaiboek.example/${kinds.stappenplan}`);
    await page.close();
  });
});

describe('keys and reports', () => {
  test('each key is in the list on top, and has a link to itself', async () => {
    const page = await open(own.address + kinds.sleutels);
    const keys = await page.locator('.sleutels > .genummerd').evaluateAll((all) => all.map(({ id }) => id));
    assert.ok(keys.length > 1);
    const ways = (links) => links.map((link) => link.getAttribute('href').slice(1));
    assert.deepEqual(await page.locator('.sleutel-lijst a').evaluateAll(ways), keys);
    assert.deepEqual(await page.locator('.sleutel-link > a').evaluateAll(ways), keys);
    await page.close();
  });

  test('a report counts what it holds, and leads to each', async () => {
    const page = await open(own.address + kinds.verslag);
    for (const [kind, selector] of [
      ['dilemma', '.artikel-tekst .kader-dilemma'],
      ['gouden-tip', '.artikel-tekst .kader-gouden-tip'],
      ['vraag', '.artikel-tekst .kader-vraag'],
      ['peiling', '.artikel-tekst figure.peiling'],
    ]) {
      const count = await page.locator(selector).count();
      const told = page.locator(`.telling-${kind}`);
      assert.ok(count > 0, kind);
      assert.equal(await told.locator('strong').innerText(), String(count), kind);
      const ways = await told.locator('a').evaluateAll((links) => links.map(({ hash }) => hash.slice(1)));
      assert.equal(new Set(ways).size, count, kind);
      for (const id of ways) {
        assert.equal(await page.locator(`[id="${id}"]`).count(), 1, id);
      }
    }
    await page.close();
  });
});

describe('polls', () => {
  test('nothing is cut off at 320 px with letters twice as large', async () => {
    const page = await open(own.address + kinds.verslag, { viewport: { width: 320, height: 640 }, bypassCSP: true });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '225%';
    });
    const out = await page.locator('figure.peiling').evaluateAll((polls) =>
      polls.flatMap((poll) => {
        const { right, bottom } = poll.getBoundingClientRect();
        return [...poll.querySelectorAll('figcaption, .balk-tekst, .balk-getal, .peiling-deelnemers')]
          .filter((part) => {
            const box = part.getBoundingClientRect();
            return box.right > right || box.bottom > bottom || part.scrollWidth > part.offsetWidth;
          })
          .map((part) => part.textContent);
      }),
    );
    assert.deepEqual(out, []);
    await page.close();
  });

  test('a bar is as long as its figure says', async () => {
    const page = await open(own.address + kinds.verslag);
    const rows = await page.locator('.balk-rij').evaluateAll((all) =>
      all.map((row) => [
        row.querySelector('rect').getBoundingClientRect().width / row.getBoundingClientRect().width,
        parseFloat(row.querySelector('.balk-getal').textContent),
      ]),
    );
    assert.ok(rows.length >= 4);
    const perPoint = rows.map(([part, figure]) => part / figure);
    assert.ok(perPoint.every((length) => Math.abs(length / perPoint[0] - 1) < 0.01), `${rows}`);
    await page.close();
  });
});

describe('what is gathered', () => {
  test('a part of the site can be chosen, without script and with the keyboard', async () => {
    const page = await open(own.address + 'oogst/dilemma/', { javaScriptEnabled: false });
    const groups = page.locator('.oogst-groep');
    const all = await groups.count();
    assert.ok(all > 1);
    await page.locator('.oogst-keuze input').first().focus();
    await page.keyboard.press('ArrowDown');
    const label = await page.locator('.oogst-keuze label:has(:checked)').innerText();
    const shown = page.locator('.oogst-groep:visible');
    assert.ok((await shown.count()) < all);
    const items = await shown.locator('.oogst-item').count();
    assert.match(label, new RegExp(`\\(${items}\\)$`));
    await page.keyboard.press('ArrowUp');
    assert.equal(await shown.count(), all);
    await page.close();
  });

  test('all polls of all sessions, with the way back', async () => {
    const page = await open(own.address + kinds['gathered polls']);
    const polls = page.locator('.oogst-item');
    assert.equal(await polls.locator('figure.peiling table').count(), await polls.count());
    assert.equal(await page.locator('.oogst-groep time').first().getAttribute('datetime'), '2022-06-28');
    await polls.locator('.oogst-bron a').first().click();
    await page.locator(':target figure.peiling').waitFor();
    await page.close();
  });
});
