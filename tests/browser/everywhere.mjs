/*
 * Every kind of page, of this repository's own site and of the sites made for tests, in one browser:
 * what a promise to readers is held against. A new kind is a line in site.mjs.
 */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';

import { changesSite, held, openBrowser, ownSite, serve, statesSite } from './site.mjs';

export const wide = { width: 1280, height: 900 };
export const narrow = { width: 320, height: 640 };

/*
 * Opens them. `each(options, look, listen)` calls `look(page, kind)` with every page, loaded in a
 * context with these options, and `listen(page)` before it is; the faults that `look` returns, or an
 * answer that is not 200, fail the test. `options.only(kind)` may leave kinds out, and
 * `options.within` be another browser.
 */
export async function openEverywhere() {
  const folder = ownSite();
  const made = [statesSite(), changesSite()];
  const servers = await Promise.all([folder, ...made].map((root) => serve(root)));
  const sites = held.map((pages, i) => [servers[i].address, pages]);
  const browser = await openBrowser();

  async function each({ only = () => true, within = browser, ...options }, look, listen = () => {}) {
    const context = await within.newContext({ viewport: wide, ...options });
    const faults = [];
    for (const [address, pages] of sites) {
      for (const [kind, path] of Object.entries(pages).filter(([name]) => only(name))) {
        const page = await context.newPage();
        await listen(page);
        const answer = await page.goto(address + path);
        if (!answer.ok()) {
          faults.push(`${kind}: ${path} gives ${answer.status()}`);
        } else {
          faults.push(...((await look(page, kind)) ?? []).map((fault) => `${kind}: ${fault}`));
        }
        await page.close();
      }
    }
    await context.close();
    assert.deepEqual(faults, []);
  }

  return {
    browser,
    folder,
    folders: [folder, ...made],
    address: servers[0].address,
    each,
    async close() {
      await browser.close();
      await Promise.all(servers.map((server) => server.close()));
      made.forEach((root) => rmSync(root, { recursive: true, force: true }));
    },
  };
}
