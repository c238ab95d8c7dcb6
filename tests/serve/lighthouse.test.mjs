/*
 * Lighthouse, as on a phone, over nginx with the headers that ship: 100 for each of its categories.
 * One page of each kind, by turns the nation's and a region's; all of them with LIGHTHOUSE=full.
 */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import lighthouse from 'lighthouse';

import { byTurns, kinds, openBrowser, ownSite, stateKinds, statesSite } from '../browser/site.mjs';
import { addRelease, filesOf, newFolder } from './folder.mjs';
import { freePort, startNginx } from './nginx.mjs';

const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

/* What a page is meant to score less for: the audit, and the kinds of which it does not hold. */
const byDesign = {
  'is-crawlable': (kind) => /^preview|search|missing|device|disconnected/.test(kind),
};

/* On a machine with other work to do a page may seem slow once; not three times. */
const tries = 3;

const preview = 'concept/proef/';
const full = process.env.LIGHTHOUSE === 'full';
/* A third of the kinds, since each takes some ten seconds. */
const pages = full ? Object.entries(kinds) : Object.entries(byTurns(kinds)).filter((_, i) => i % 3 === 0);
if (full) {
  pages.push(...Object.entries(stateKinds).map(([kind, path]) => [`preview, ${kind}`, preview + path]));
}

let browser, folder, server, port;

/* The files of a site, without pages that nobody asks for. */
function needed(site, asked) {
  const wanted = asked.map((path) => (path.endsWith('.html') ? path : `${path}index.html`));
  return Object.fromEntries(
    Object.entries(filesOf(site)).filter(([path]) => !path.endsWith('.html') || path === '404.html' || wanted.includes(path)),
  );
}

before(async () => {
  folder = newFolder();
  addRelease(folder, '000001-111111111111', needed(ownSite(), Object.values(kinds)));
  if (full) {
    const states = statesSite();
    addRelease(join(folder, preview), '000001-222222222222', needed(states, Object.values(stateKinds)));
    rmSync(states, { recursive: true });
  }
  server = await startNginx(folder);
  port = await freePort();
  browser = await openBrowser([`--remote-debugging-port=${port}`]);
});

after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/* The categories in which the page has not all there is to have, with the audits that took it. */
async function lost(kind, path) {
  const { lhr } = await lighthouse(
    server.address + path,
    { port, logLevel: 'silent', onlyCategories: categories, throttlingMethod: 'simulate', disableFullPageScreenshot: true },
  );
  if (lhr.runtimeError) return [{ category: 'performance', audits: [lhr.runtimeError.message] }];
  return categories.map((category) => {
    const audits = lhr.categories[category].auditRefs
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
      .filter(({ id }) => !byDesign[id]?.(kind))
      .filter(() => category !== 'performance' || lhr.categories[category].score < 1)
      .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ''}`);
    return { category, audits };
  }).filter(({ audits }) => audits.length > 0);
}

for (const [kind, path] of pages) {
  test(`100 in all categories: ${kind}`, async () => {
    let faults;
    for (let i = 0; i < tries; i++) {
      faults = await lost(kind, path);
      // Only what is measured in time may differ from one try to the next.
      if (!faults.some(({ category }) => category === 'performance')) break;
    }
    assert.deepEqual(faults, []);
  });
}
