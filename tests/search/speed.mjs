/*
 * Says how long a reader waits for what he types: a keystroke to what is found, in a Chromium whose
 * processor is slowed down four times, on a site of 1,000 pages (tests/bench/corpus.c). The table of
 * `make search-speed`.
 *
 *   --slower N    how many times slower (4)
 *   --pages N     how many pages (1000)
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser, serve } from '../browser/site.mjs';
import { buildSite, readSite, temporaryFolder, top } from './site.mjs';

const QUERIES = 60;
const LIMIT = 50; /* ms, that 95 in 100 keystrokes are to take at most */

const { values } = parseArgs({
  options: { slower: { type: 'string', default: '4' }, pages: { type: 'string', default: '1000' } },
});

const source = join(temporaryFolder(), 'corpus');
execFileSync(join(top, 'build/bench/corpus'), ['pages', source, values.pages]);
const folder = buildSite(join(source, 'draaiboek'));
const site = readSite(folder);

/* Questions of one, two and three words of a section, the same every time. */
const sections = site.sectionsOf();
const queries = Array.from({ length: QUERIES }, (_, i) => {
  const { text } = sections[Math.floor(((i + 0.5) * sections.length) / QUERIES)];
  const words = text.toLowerCase().match(/\p{L}{4,}/gu);
  return words.slice(i % words.length, (i % words.length) + 1 + (i % 3)).join(' ');
}).filter(Boolean);

/* In the page: what each keystroke of the queries takes, in ms. */
async function type({ module, texts }) {
  const { openSearch } = await import(module);
  const search = await openSearch(new URL('/', location.href));
  const times = [];
  for (const text of texts) {
    for (let n = 2; n <= text.length; n++) {
      const start = performance.now();
      await search.find(text.slice(0, n), { limit: 10, perPage: 3 });
      times.push(performance.now() - start);
    }
  }
  return times;
}

writeFileSync(join(folder, 'leeg.html'), '<!doctype html><title>leeg</title>');
const { address, close } = await serve(folder);
const browser = await openBrowser();
try {
  const page = await browser.newPage();
  await page.goto(`${address}leeg.html`);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: Number(values.slower) });
  const times = await page.evaluate(type, { module: `/${site.module}`, texts: queries });
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  const said = [0.5, 0.95, 0.99].map((share) => `${100 * share} %: ${at(share).toFixed(1)} ms`);
  console.log(
    `${values.pages} pages, ${sections.length} sections; ${times.length} keystrokes, slowed ${values.slower} times`,
  );
  console.log(`${said.join('   ')}   most: ${times.at(-1).toFixed(1)} ms`);
  if (at(0.95) > LIMIT) {
    console.log(`OVER ${LIMIT} ms for 95 %`);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await close();
}
