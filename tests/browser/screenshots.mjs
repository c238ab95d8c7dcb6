/*
 * make screenshots: every kind of page at three widths, light and dark, and as a PDF, in
 * build/screenshots, with index.html to look through them.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { openEverywhere } from './everywhere.mjs';
import { print } from './paper.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../build/screenshots');
const widths = [320, 768, 1280];
const only = process.argv[2] ?? '';
const wanted = (kind) => kind.includes(only);

const shown = new Map();
const escape = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.codePointAt(0)};`);

/* The name of a page's pictures; two sites may have a page of one kind. */
function nameOf(page, kind) {
  const key = page.url();
  if (!shown.has(key)) {
    const name = `${kind.replace(/\W+/g, '-')}`;
    const taken = [...shown.values()].filter((other) => other.kind === kind).length;
    shown.set(key, { kind, name: taken > 0 ? `${name}-${taken + 1}` : name });
  }
  return shown.get(key).name;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const all = await openEverywhere();
try {
  for (const colorScheme of ['light', 'dark']) {
    await all.each({ only: wanted, colorScheme }, async (page, kind) => {
      const name = nameOf(page, kind);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      }
      if (colorScheme === 'light') writeFileSync(join(folder, `${name}.pdf`), await print(page));
    });
  }
} finally {
  await all.close();
}

const pictures = ({ kind, name }) => `<h2>${escape(kind)}</h2><p><a href="${name}.pdf">on paper</a></p><div>${['light', 'dark']
  .flatMap((scheme) => widths.map((width) => `${name}-${width}-${scheme}.png`))
  .map((file) => `<a href="${file}"><img loading="lazy" src="${file}" alt="${file}"></a>`)
  .join('')}</div>`;
writeFileSync(
  join(folder, 'index.html'),
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Screenshots</title><style>
body { font: 16px system-ui; margin: 1rem } div { display: flex; gap: 1rem; overflow-x: auto; align-items: start }
img { height: 24rem; max-width: 24rem; object-fit: cover; object-position: top; border: 1px solid #999 }
</style><h1>Screenshots</h1>${[...shown.values()].map(pictures).join('\n')}</html>\n`,
);
console.log(`${shown.size} pages in build/screenshots/index.html`);
