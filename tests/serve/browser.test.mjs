/*
 * The site in Chromium under nginx, with the headers that ship: every kind of page, as the site and
 * as a preview. Nothing is refused by the policy, nothing asked of another host, nothing stored, and
 * the search works.
 */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { kinds, openBrowser, ownSite, statesSite, stateKinds } from '../browser/site.mjs';
import { addRelease, filesOf, newFolder } from './folder.mjs';
import { startNginx } from './nginx.mjs';

const preview = 'concept/proef/';
let browser, folder, server;

before(async () => {
  folder = newFolder();
  addRelease(folder, '000001-111111111111', filesOf(ownSite()));
  const states = statesSite();
  addRelease(join(folder, preview), '000001-222222222222', filesOf(states));
  rmSync(states, { recursive: true });
  server = await startNginx(folder);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/* A context whose pages put what goes wrong in `faults`. */
async function strictContext(faults) {
  const context = await browser.newContext();
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} in ${event.sourceFile}`),
    ),
  );
  context.on('request', (request) => {
    if (!request.url().startsWith(server.address)) faults.push(`asks for ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.url()} gives ${response.status()}`);
  });
  context.on('page', (page) => {
    page.on('console', (message) => faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  });
  return context;
}

/* What is kept of a visit. */
function kept(page) {
  return page.evaluate(async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: window.caches ? (await caches.keys()).length : 0,
    workers: (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
  }));
}

const pages = [
  ...Object.entries(kinds),
  ...Object.entries(stateKinds).map(([kind, path]) => [`preview, ${kind}`, preview + path]),
];

test('every kind of page keeps to the policy, asks only this host, and stores nothing', async () => {
  const faults = [];
  const context = await strictContext(faults);
  const found = [];
  for (const [kind, path] of pages) {
    const page = await context.newPage();
    const answer = await page.goto(server.address + path, { waitUntil: 'networkidle' });
    if (!answer.headers()['content-security-policy'].includes("default-src 'none'")) {
      faults.push('no policy');
    }
    const stored = Object.entries(await kept(page)).filter(([, value]) => value);
    faults.push(...stored.map(([name, value]) => `${name}: ${value}`));
    if ((await page.evaluate(() => document.styleSheets.length)) === 0) {
      faults.push('no style sheet');
    }
    found.push(...faults.splice(0).map((fault) => `${kind}: ${fault}`));
    await page.close();
  }
  assert.deepEqual(await context.cookies(), []);
  await context.close();
  assert.deepEqual(found, []);
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
  assert.deepEqual(Object.entries(await kept(page)).filter(([, value]) => value), []);
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
