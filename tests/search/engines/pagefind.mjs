/*
 * Pagefind, told that all is Dutch: its own indexer over a plain page for each of the site's, and its
 * own script. Results are the parts of pages, below headings: pages in its order, the parts of
 * each by the weight that it gives them.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { close, createIndex } from '../peers/node_modules/pagefind/lib/index.js';
import { base, temporaryFolder } from '../site.mjs';

export const name = 'Pagefind';

const DEPTH = 10; /* sections that are asked for */

const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/* { page: html } */
function pagesOf(sections) {
  const pages = new Map();
  for (const { page, pageTitle } of sections) {
    pages.set(page, `<title>${escape(pageTitle)}</title></head><body>`);
  }
  for (const { key, page, title, text } of sections) {
    const anchor = key.slice(page.length + 1);
    const heading =
      anchor === ''
        ? `<h1>${escape(title)}</h1>`
        : `<h2 id="${escape(anchor)}">${escape(title)}</h2>`;
    pages.set(page, `${pages.get(page)}\n${heading}\n<p>${escape(text)}</p>`);
  }
  return pages;
}

async function makeIndex(sections) {
  const { errors, index } = await createIndex({ forceLanguage: 'nl' });
  for (const [page, html] of pagesOf(sections)) {
    const content = `<!doctype html><html lang="nl"><head>${html}</body></html>`;
    errors.push(...(await index.addHTMLFile({ url: base + page, content })).errors);
  }
  const folder = join(temporaryFolder(), 'pagefind');
  errors.push(...(await index.writeFiles({ outputPath: folder })).errors);
  await close();
  if (errors.length > 0) {
    throw new Error(`Pagefind: ${errors.join('; ')}`);
  }
  return folder;
}

/* Its script fetches what stands beside it, which in Node is a file. */
const { fetch: fetchElsewhere } = globalThis;
globalThis.fetch = async (address, options) => {
  const url = new URL(address);
  url.search = '';
  return url.protocol === 'file:'
    ? new Response(await readFile(fileURLToPath(url)))
    : fetchElsewhere(address, options);
};

const weightOf = (part) =>
  part.weighted_locations.reduce((sum, location) => sum + location.balanced_score, 0);

export async function open({ sectionsOf, keyOf }, region) {
  const folder = await makeIndex(sectionsOf(region));
  const { search } = await import(pathToFileURL(join(folder, 'pagefind.js')));
  return async (query) => {
    const keys = [];
    for (const result of (await search(query)).results) {
      if (keys.length >= DEPTH) {
        break;
      }
      const page = await result.data();
      const parts = [...page.sub_results].sort((a, b) => weightOf(b) - weightOf(a));
      keys.push(...(parts.length > 0 ? parts : [page]).map(({ url }) => keyOf(url)));
    }
    return keys;
  };
}
