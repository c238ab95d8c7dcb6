/*
 * draaiboek serve in a browser: a page that is open follows what is saved, tells what is wrong, and
 * comes back when the server does.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { openBrowser, program } from './site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const site = mkdtempSync(join(tmpdir(), 'draaiboek-serve-'));
let browser, server;

function write(path, text) {
  mkdirSync(join(site, path, '..'), { recursive: true });
  writeFileSync(join(site, path), text);
}

function save(title) {
  write('playbooks/subsidies/x.md', `---\ntitel: ${title}\n---\n\nTekst.\n`);
}

/* Starts the server; resolves to its process with the address of the site. */
function start(port) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['serve', '-s', site, '-p', String(port)]);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (piece) => {
      output += piece;
      const address = /http:\/\/localhost:(\d+)\//.exec(output);
      if (address) resolve({ child, address: address[0], port: Number(address[1]) });
    });
    child.on('exit', (status) => reject(new Error(`ended with ${status}: ${output}`)));
  });
}

function stop({ child }) {
  return new Promise((resolve) => {
    child.removeAllListeners('exit').on('exit', resolve);
    child.kill('SIGINT');
  });
}

before(async () => {
  write(
    'content/site.yml',
    'titel: Proef\nadres: https://draaiboek.example\nverzamelingen: {subsidies: {titel: Regelingen}}\n',
  );
  save('Eerste');
  server = await start(0);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  if (server) await stop(server);
  rmSync(site, { recursive: true, force: true });
});

function title(page, text) {
  return page.locator('h1', { hasText: text }).waitFor({ timeout: 20000 });
}

test('an open page follows what is saved', async () => {
  const page = await browser.newPage();
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`${server.address}subsidies/x/`);
  await title(page, 'Eerste');
  for (const name of ['Tweede', 'Derde', 'Vierde']) {
    save(name);
    await title(page, name);
  }
  assert.deepEqual(faults, []);
  await page.close();
});

test('an open page tells what is wrong, on a phone too, until it is mended', async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  save('Goed');
  await page.goto(`${server.address}subsidies/x/`);
  await title(page, 'Goed');
  write('playbooks/subsidies/x.md', '---\ntitel: Kapot\nonzin: x\n---\n');
  const bar = page.locator('.draaiboek-fouten');
  await bar.waitFor({ timeout: 20000 });
  assert.match(await bar.textContent(), /playbooks\/subsidies\/x\.md:3:1/);
  await title(page, 'Goed');
  assert.equal((await bar.boundingBox()).y, 0);
  await page.evaluate(() => window.scrollTo(0, 400));
  assert.equal((await bar.boundingBox()).y, 0);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320));
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run('.draaiboek-fouten'));
  assert.deepEqual(found.violations.map((rule) => rule.id), []);
  save('Hersteld');
  await title(page, 'Hersteld');
  assert.equal(await bar.count(), 0);
  await page.close();
});

test('an open page comes back when the server does', async () => {
  const page = await browser.newPage();
  save('Voor');
  await page.goto(`${server.address}subsidies/x/`);
  await title(page, 'Voor');
  await stop(server);
  save('Na');
  server = await start(server.port);
  await title(page, 'Na');
  await page.close();
});

test('the search page explains why a page is found, and what is not', async () => {
  const page = await browser.newPage();
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  save('Proefplaatsing');
  await page.goto(`${server.address}subsidies/x/`);
  await title(page, 'Proefplaatsing');
  await page.goto(`${server.address}zoek/?q=proefplaatsing+qzx`);
  await page.locator('[data-uitleg-link] a').click();
  await page.waitForURL('**/zoek/?q=proefplaatsing+qzx&uitleg');
  const words = page.locator('[data-uitleg-woorden] tr');
  await words.last().waitFor();
  assert.match(await words.nth(0).innerText(), /^proefplaatsing\s+precies dit woord\s+proefplaats\S*\s+1\s+1$/);
  assert.match(await words.last().innerText(), /^qzx\s+nergens gevonden/);
  const result = page.locator('.treffer', { hasText: 'Proefplaatsing' }).locator('details');
  await result.locator('summary').click();
  assert.match(await result.innerText(), /: proefplaats.*\s+titel [\d,]+/);
  assert.match(await result.innerText(), /dekking [\d,]+, woorden bij elkaar 1, titel [\d,]+/);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run());
  assert.deepEqual(found.violations.map((rule) => rule.id), []);
  assert.deepEqual(faults, []);
  await page.close();
});
