/*
 * The site in Chromium under nginx, with the headers that ship: every kind of page, as the site and
 * as a preview. Nothing is refused by the policy, nothing asked of another host, nothing stored,
 * nothing moves, and the search works. The browser itself is the witness: see log.mjs.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { changesSite, held, openBrowser, ownSite, statesSite } from '../browser/site.mjs';
import { addRelease, filesOf, newFolder } from './folder.mjs';
import { askedByPages, cookiesSet, listen, note } from './log.mjs';
import { startNginx } from './nginx.mjs';

const previews = [
  ['concept/toestanden/', statesSite, held[1]],
  ['concept/wijzigingen/', changesSite, held[2]],
];
const records = mkdtempSync(join(tmpdir(), 'draaiboek-log-'));
const record = join(records, 'net.json');
let browser, folder, server;

before(async () => {
  folder = newFolder();
  addRelease(folder, '000001-111111111111', filesOf(ownSite()));
  for (const [preview, make] of previews) {
    const made = make();
    addRelease(join(folder, preview), '000001-222222222222', filesOf(made));
    rmSync(made, { recursive: true });
  }
  server = await startNginx(folder);
  browser = await openBrowser([`--log-net-log=${record}`, '--net-log-capture-mode=Everything']);
});

after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(records, { recursive: true, force: true });
});

/* A context whose pages put what goes wrong in `faults`. */
async function strictContext(faults) {
  const context = await browser.newContext();
  await context.addInitScript(note);
  context.on('page', async (page) => {
    page.on('console', (message) => faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  });
  context.on('request', (request) => {
    if (!request.url().startsWith(server.address)) faults.push(`asks for ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.url()} gives ${response.status()}`);
  });
  return context;
}

const pages = [
  ...Object.entries(held[0]),
  ...previews.flatMap(([preview, , made]) => Object.entries(made).map(([kind, path]) => [`preview, ${kind}`, preview + path])),
];

/* What a page may weigh, in bytes with gzip, until its reader does something. */
const weights = { Document: 20 * 1024, Script: 3 * 1024 };

for (const [name, options] of [
  ['on a desk', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['on a phone, in the dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
]) {
  test(`every kind of page keeps to the policy, stores nothing, moves nothing and is light: ${name}`, async () => {
    const context = await browser.newContext(options);
    await context.addInitScript(note);
    const found = [];
    for (const [kind, path] of pages) {
      const page = await context.newPage();
      const log = await listen(page, server.address);
      const answer = await page.goto(server.address + path, { waitUntil: 'networkidle' });
      const faults = await log.faults();
      if (!answer.headers()['content-security-policy'].includes("default-src 'none'")) faults.push('no policy');
      if ((await page.evaluate(() => document.styleSheets.length)) === 0) faults.push('no style sheet');
      if (log.plain() > 0) faults.push(`${log.plain()} files are not compressed`);
      for (const [part, most] of Object.entries(weights)) {
        const bytes = await log.bytes(part);
        // The search page is all search: its weight is held in tests/browser/search.
        if (bytes > most && !(part === 'Script' && kind.includes('search'))) faults.push(`${part}: ${bytes} bytes`);
      }
      found.push(...faults.map((fault) => `${kind}: ${fault}`));
      await page.close();
    }
    await context.close();
    assert.deepEqual(found, []);
  });
}

test('what is refused, stored, moved or asked of another host is seen', async () => {
  const context = await browser.newContext();
  await context.addInitScript(note);
  const page = await context.newPage();
  const log = await listen(page, server.address);
  await page.goto(`${server.address}over/`);
  await page.evaluate(async () => {
    localStorage.setItem('sleutel', 'waarde');
    document.cookie = 'koek=1';
    const style = document.createElement('style');
    style.textContent = 'main { padding-top: 300px !important }';
    document.head.append(style);
    await fetch('https://example.invalid/').catch(() => {});
    document.querySelector('main').style.setProperty('padding-top', '300px');
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)));
  });
  const faults = (await log.faults()).join('\n');
  for (const fault of ['stores sleutel', 'cookie koek', 'refused: style-src', 'refused: connect-src', 'things move']) {
    assert.ok(faults.includes(fault), `${fault} in ${faults}`);
  }
  await page.evaluate(() => {
    localStorage.clear();
    document.cookie = 'koek=; max-age=0';
  });
  await context.close();
});

test('the search box completes, and the search page finds, in a worker', async () => {
  const faults = [];
  const context = await strictContext(faults);
  const page = await context.newPage();
  const workers = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await page.goto(`${server.address}regio/foodvalley/subsidies/jobcoach/`);
  await page.locator('#pagina-zoek').focus();
  await page.keyboard.type('proefpl');
  await page.locator('[role="option"]').first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/regio/foodvalley/zoek/?q=proefpl');
  await page.locator('.treffer').first().waitFor();
  assert.equal(workers.length, 2);
  assert.ok(workers.every((url) => url.startsWith(`${server.address}assets/search-worker.`)));
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  await context.close();
  assert.deepEqual(faults, []);
});

test('the page for what is not there is whole, at any depth', async () => {
  const faults = [];
  const context = await strictContext(faults);
  const page = await context.newPage();
  const answer = await page.goto(`${server.address}niet/hier/of/daar/`, { waitUntil: 'networkidle' });
  assert.equal(answer.status(), 404);
  assert.ok(await page.locator('h1').isVisible());
  assert.equal(await page.evaluate(() => document.styleSheets.length), 1);
  await context.close();
  assert.deepEqual(
    faults.filter((fault) => !fault.includes('404')),
    [],
  );
});

/* The last one: it ends the browser, whose log is whole only then. */
test('in all of this no page asked for anything of another host, and none set a cookie', async () => {
  await browser.close();
  const asked = askedByPages(record);
  assert.ok(asked.length > pages.length, `${asked.length} addresses`);
  assert.deepEqual(asked.filter((url) => !url.startsWith(server.address)), []);
  assert.deepEqual([...new Set(cookiesSet(record))], ['koek of 127.0.0.1']);
});
