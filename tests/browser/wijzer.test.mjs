/*
 * The regelingenwijzer: what its style sheet shows is what draaiboek says that fits, without a script;
 * and nothing of what a reader chooses goes anywhere.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { openBrowser, ownSite, program, serve } from './site.mjs';

const top = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const address = 'regelingenwijzer/';
let browser, ownFolder, own;

before(async () => {
  ownFolder = ownSite();
  own = await serve(ownFolder);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await own?.close();
});

async function open(options = {}, root = own.address, path = address) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(root + path);
  return page;
}

/* Chooses an answer to each question; what is not named is "weet ik niet". */
const choose = (page, answers) =>
  page.evaluate((chosen) => {
    for (const radio of document.querySelectorAll('.wijzer input[type="radio"]')) {
      radio.checked = radio.value === (chosen[radio.name] ?? 'weet-niet');
    }
  }, answers);

/* What the reader sees: titles of schemes, of phases, the block for nothing, what is still to ask. */
const seen = (page) =>
  page.evaluate(() => {
    const shown = (selector) =>
      [...document.querySelectorAll(selector)].filter((item) => item.getClientRects().length > 0);
    const words = (selector) => shown(selector).map((item) => item.textContent.trim());
    return {
      schemes: words('.regeling-titel').sort(),
      phases: words('.wijzer-fase'),
      phasesWithout: shown('.wijzer-groep').filter(
        (group) => ![...group.querySelectorAll('.regeling')].some((item) => item.getClientRects().length),
      ).length,
      nothing: shown('.wijzer-niets').length > 0,
      asks: shown('.eis').map((item) => [
        item.dataset.eis,
        getComputedStyle(item.querySelector('.eis-na')).display !== 'none',
      ]),
    };
  });

/* The front of a scenario as this repository writes them: answers on one line, pages below. */
function readScenario(file) {
  const text = readFileSync(file, 'utf8');
  const pairs = /^antwoorden: \{(.*)\}$/m.exec(text)[1].split(', ').filter(Boolean);
  const expected = /^verwacht:(.*(?:\n +- .*)*)/m.exec(text)[1];
  const titles = [...expected.matchAll(/- \.\.\/\.\.\/(\S+)/g)].map(
    ([, path]) => /^titel: (.*)$/m.exec(readFileSync(join(top, path), 'utf8'))[1],
  );
  return { answers: Object.fromEntries(pairs.map((pair) => pair.split(': '))), titles: titles.sort() };
}

/* ---- The style sheet and draaiboek */

/* The same numbers each time. */
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/* A site with schemes, questions and candidates by chance. */
function writeSite({ schemes, questions, candidates, seed }) {
  const roll = dice(seed);
  const site = mkdtempSync(join(tmpdir(), 'draaiboek-wijzer-'));
  const put = (path, text) => {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  };
  const asked = Array.from({ length: questions }, (_, q) => ({
    name: `v${q}`,
    answers: Array.from({ length: 2 + roll(4) }, (_, a) => `a${a}${roll(2) ? '-b' : ''}`),
  }));
  const some = (list, chance) => list.filter(() => roll(100) < chance);
  put(
    'content/site.yml',
    'titel: Kans\nadres: https://kans.example\nverzamelingen:\n  r: {titel: R, soort: regeling}\n',
  );
  put(
    'content/soorten/regeling.yml',
    'titel: R\nsjabloon: pagina\nvelden:\n  fase: {soort: keuze, keuzes: [een, twee, drie]}\n' +
      '  geldt-als: {soort: antwoorden}\n',
  );
  put(
    'content/regelingenwijzer.yml',
    'titel: Kans\nvragen:\n' +
      asked
        .map(
          ({ name, answers }) =>
            `  ${name}:\n    vraag: Vraag ${name}?\n    antwoorden:\n` +
            answers.map((answer) => `      ${answer}: Antwoord ${answer}\n`).join(''),
        )
        .join(''),
  );
  for (let s = 0; s < schemes; s++) {
    const conditions = some(asked, Math.min(60, 300 / questions)).map(({ name, answers }) => {
      const accepted = some(answers, 50).slice(0, answers.length - 1); /* not all: it must exclude some */
      return `${name}: [${accepted.length > 0 ? accepted.join(', ') : answers[0]}]`;
    });
    const phase = ['', 'fase: een\n', 'fase: twee\n', 'fase: drie\n'][roll(4)];
    /* One without conditions would always be left. */
    const always = conditions.length > 0 ? conditions : [`v0: [${asked[0].answers[0]}]`];
    put(
      `playbooks/r/s${s}.md`,
      `---\ntitel: S${String(s).padStart(3, '0')}\n${phase}geldt-als: {${always.join(', ')}}\n---\n\nTekst.\n`,
    );
  }
  const chosen = Array.from({ length: candidates }, () =>
    Object.fromEntries(
      some(asked, [10, 40, 90, 100][roll(4)]).map(({ name, answers }) => [name, answers[roll(answers.length)]]),
    ),
  );
  chosen.forEach((answers, i) => {
    const pairs = Object.entries(answers).map(([name, answer]) => `${name}: ${answer}`);
    put(`content/scenarios/k${i}.yml`, `titel: K\nantwoorden: {${pairs.join(', ')}}\nverwacht: []\n`);
  });
  return { site, chosen, asked, put };
}

/*
 * What fits each candidate, as draaiboek judges the scenarios: none expects anything, so each scheme
 * that fits is named as one too many.
 */
function judge(site, count) {
  const { stderr } = spawnSync(program, ['check', '-s', site, '--date', '2026-11-20'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const fitting = Array.from({ length: count }, () => []);
  for (const [, number, title] of stderr.matchAll(/^content\/scenarios\/k(\d+)\.yml:.* te veel: "(\w+)"/gm)) {
    fitting[number].push(title);
  }
  return fitting.map((titles) => titles.sort());
}

describe('regelingenwijzer', () => {
  test('our scenarios: the page shows what each expects', async () => {
    const page = await open();
    const folder = join(top, 'content/scenarios');
    const files = readdirSync(folder);
    assert.ok(files.length >= 8);
    for (const file of files) {
      const { answers, titles } = readScenario(join(folder, file));
      await choose(page, answers);
      const { schemes, phasesWithout, nothing, asks } = await seen(page);
      assert.deepEqual(schemes, titles, file);
      assert.equal(phasesWithout, 0, file);
      assert.equal(nothing, titles.length === 0, file);
      for (const [question, isOpen] of asks) {
        assert.equal(isOpen, !(question in answers), `${file}: ${question}`);
      }
    }
    await page.context().close();
  });

  for (const [name, size] of [
    ['a few', { schemes: 8, questions: 6, candidates: 300, seed: 1 }],
    ['one question', { schemes: 5, questions: 1, candidates: 20, seed: 2 }],
    ['as many as a large site has', { schemes: 200, questions: 20, candidates: 40, seed: 3 }],
  ]) {
    test(`by chance, ${name}: the style sheet agrees with draaiboek`, async () => {
      const made = writeSite(size);
      const fitting = judge(made.site, size.candidates);
      const out = mkdtempSync(join(tmpdir(), 'draaiboek-wijzer-uit-'));
      made.chosen.forEach((_, i) => {
        const list = fitting[i].map((title) => `../../playbooks/r/s${Number(title.slice(1))}.md`);
        const pairs = Object.entries(made.chosen[i]).map(([question, answer]) => `${question}: ${answer}`);
        made.put(
          `content/scenarios/k${i}.yml`,
          `titel: K\nantwoorden: {${pairs.join(', ')}}\nverwacht: [${list.join(', ')}]\n`,
        );
      });
      const build = spawnSync(program, ['build', '-q', '-s', made.site, '-o', out, '--date', '2026-11-20'], {
        encoding: 'utf8',
      });
      assert.equal(build.status, 0, build.stderr);
      const site = await serve(out);
      const page = await open({}, site.address);
      let empty = 0;
      for (const [i, answers] of made.chosen.entries()) {
        await choose(page, answers);
        const { schemes, phasesWithout, nothing } = await seen(page);
        assert.deepEqual(schemes, fitting[i], JSON.stringify(answers));
        assert.equal(phasesWithout, 0, JSON.stringify(answers));
        assert.equal(nothing, fitting[i].length === 0, JSON.stringify(answers));
        empty += nothing ? 1 : 0;
      }
      if (name === 'a few') assert.ok(empty > 0, 'no candidate is left with nothing');
      await page.context().close();
      await site.close();
    });
  }

  test('without a script: choose, count, start again', async () => {
    const page = await open({ javaScriptEnabled: false });
    const all = await page.locator('.regeling:visible').count();
    const label = page.locator('label[for="w-uitkering_nee"]');
    await label.click();
    const left = await page.locator('.regeling:visible').count();
    assert.ok(left > 0 && left < all, `${left} of ${all}`);
    assert.equal(await page.locator('#w-uitkering_nee').isChecked(), true);
    await page.getByRole('button', { name: 'Begin opnieuw' }).click();
    assert.equal(await page.locator('.regeling:visible').count(), all);
    assert.equal(await page.locator('#w-uitkering_weet-niet').isChecked(), true);
    await page.context().close();
  });

  /* Counters cannot be read from the DOM: the tree that a screen reader gets has them. */
  test('the counts stand in the tree for screen readers', async () => {
    const page = await open();
    const session = await page.context().newCDPSession(page);
    const words = async () => {
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      const byId = new Map(nodes.map((node) => [node.nodeId, node]));
      const read = ({ role, name, childIds }) =>
        role?.value === 'StaticText' ? name.value : childIds.map((id) => read(byId.get(id))).join('');
      return read(nodes[0]).replace(/\s+/g, ' ');
    };
    const questions = await page.locator('.vraag').count();
    const all = await page.locator('.regeling').count();
    assert.match(await words(), new RegExp(`Regelingen: *${all} *Open vragen: *${questions}\\D`));
    await page.locator('#w-uitkering_nee').check();
    const left = await page.locator('.regeling:visible').count();
    assert.match(await words(), new RegExp(`Regelingen: *${left} *Open vragen: *${questions - 1}\\D`));
    await page.context().close();
  });

  test('by the keyboard: arrows choose, Enter sends nothing', async () => {
    const page = await open();
    const before = page.url();
    await page.locator('#w-uitkering_weet-niet').focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.locator('#w-uitkering_ja').isChecked(), true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'werk');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(200);
    assert.equal(page.url(), before);
    assert.equal(await page.locator('#w-uitkering_ja').isChecked(), true);
    await page.context().close();
  });

  test('what has the focus is not behind the bar', async () => {
    const page = await open({ viewport: { width: 320, height: 640 } });
    const covered = [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const fault = await page.evaluate(() => {
        const bar = document.querySelector('.wijzer-stand').getBoundingClientRect();
        const focus = document.activeElement;
        const box = focus.getBoundingClientRect();
        return focus.closest('.wijzer') && !focus.closest('.wijzer-stand') && box.bottom > bar.top && box.top < bar.bottom
          ? focus.outerHTML
          : '';
      });
      if (fault) covered.push(fault);
    }
    assert.deepEqual(covered, []);
    await page.context().close();
  });

  test('no trace: no request, no storage, no address, nothing after a reload', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const messages = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(String(error)));
    await page.goto(own.address + address, { waitUntil: 'networkidle' });
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    for (const radio of await page.locator('.wijzer input[value="nee"]').all()) await radio.check();
    /* Whoever sends the form by a script of his own, sends nothing either. */
    await page.evaluate(() => document.querySelector('.wijzer').requestSubmit());
    await page.waitForTimeout(600);
    assert.deepEqual(requests, []);
    assert.equal(page.url(), own.address + address);
    assert.deepEqual(await context.cookies(), []);
    assert.deepEqual(
      await page.evaluate(async () => [
        localStorage.length,
        sessionStorage.length,
        (await indexedDB.databases()).length,
        (await caches.keys()).length,
        history.state,
      ]),
      [0, 0, 0, 0, null],
    );
    await page.reload();
    assert.equal(await page.locator('.wijzer input[value="nee"]:checked').count(), 0);
    assert.deepEqual(messages, []);
    await context.close();
  });

  test('a script says how many are left, once the reader pauses', async () => {
    const page = await open();
    const status = page.locator('#wijzer-melding');
    assert.equal(await status.textContent(), '');
    await page.locator('#w-uitkering_nee').check();
    const left = await page.locator('.regeling:visible').count();
    await page.waitForFunction(() => document.getElementById('wijzer-melding').textContent !== '');
    assert.equal(await status.textContent(), `Er blijven ${left} regelingen over.`);
    for (const radio of await page.locator('.wijzer input[value="nee"]').all()) await radio.check();
    await page.waitForFunction(() => document.getElementById('wijzer-melding').textContent.includes('geen'));
    await page.context().close();
  });

  test('where :has() is unknown, all schemes stand there with what to ask', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route('**/*.css', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replaceAll(':has(', ':had(') });
    });
    await page.goto(own.address + address);
    const all = await page.locator('.regeling').count();
    await page.locator('#w-uitkering_nee').check();
    assert.equal(await page.locator('.regeling:visible').count(), all);
    assert.equal(await page.locator('.wijzer-oud').isVisible(), true);
    assert.equal(await page.locator('.wijzer-stand').isVisible(), false);
    assert.equal(await page.locator('.wijzer-niets').isVisible(), false);
    assert.ok((await seen(page)).asks.every(([, isOpen]) => isOpen));
    await context.close();
  });

  test('on paper: the answers given, the list, and room for notes', async () => {
    const page = await open();
    await page.locator('#w-uitkering_ja').check();
    await page.emulateMedia({ media: 'print' });
    const questions = await page.locator('.vraag').count();
    assert.equal(await page.locator('.antwoord:visible').count(), questions);
    assert.equal(await page.locator('label[for="w-uitkering_ja"]').isVisible(), true);
    assert.equal(await page.locator('.notitie:visible').count(), await page.locator('.regeling:visible').count());
    assert.equal(await page.locator('.wijzer-stand').isVisible(), false);
    assert.equal(await page.getByRole('button', { name: 'Begin opnieuw' }).count(), 0);
    await page.context().close();
  });

  test('in a region: its own texts, its contact, and links that stay there', async () => {
    const page = await open({}, own.address, 'regio/foodvalley/regelingenwijzer/');
    assert.equal(await page.locator('.contact').count(), 1);
    await page.getByRole('link', { name: 'Werkervaringsplaats', exact: true }).click();
    assert.equal(page.url(), `${own.address}regio/foodvalley/subsidies/werkervaringsplaats/`);
    await page.getByRole('link', { name: 'Doe de regelingenwijzer' }).click();
    assert.equal(page.url(), `${own.address}regio/foodvalley/regelingenwijzer/`);
    await page.goto(`${own.address}subsidies/`);
    assert.equal(await page.getByRole('link', { name: 'Doe de regelingenwijzer' }).count(), 1);
    await page.goto(`${own.address}subsidies/stap-budget/`);
    assert.equal(await page.getByRole('link', { name: 'Doe de regelingenwijzer' }).count(), 0);
    await page.context().close();
  });

  test('sizes: a page of 20 KB, a script of 0.7 KB, a style sheet of 1 KB', () => {
    const size = (path) => gzipSync(readFileSync(join(ownFolder, path))).length;
    const assets = readdirSync(join(ownFolder, 'assets')).filter((name) => name.startsWith('wijzer.'));
    assert.ok(size('regelingenwijzer/index.html') <= 20 * 1024);
    for (const name of assets) {
      assert.ok(statSync(join(ownFolder, 'assets', name)).size > 0);
      assert.ok(size(join('assets', name)) <= (name.endsWith('.js') ? 700 : 1024), name);
    }
  });
});
