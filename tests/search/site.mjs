/*
 * A built site as the searches see it: its pages and their sections, for the nation and for each
 * region, read from what zoek/zoek.json names; and its files as a fetch. The same pages and texts
 * go to every search that is compared.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const base = 'https://draaiboek.example/';

const folders = [];
process.once('exit', () =>
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })),
);

/* A folder that is removed at the end, in which Node 18 too takes scripts for modules. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'draaiboek-search-'));
  folders.push(folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return folder;
}

/* Builds the site whose source is in `source`, in a folder that is removed at the end. */
export function buildSite(source) {
  const program = process.env.DRAAIBOEK_RELEASE ?? join(top, 'build/release/draaiboek');
  const date = process.env.DRAAIBOEK_DATE ?? '2026-11-20';
  const out = join(temporaryFolder(), 'site');
  execFileSync(program, ['build', '-q', '-s', source, '-o', out, '--date', date], {
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return out;
}

/* What the search asks for below `base`, from the folder; `seen` is told each file's path. */
export function fetchFrom(folder, seen = () => {}) {
  return async (address) => {
    const { pathname } = new URL(String(address?.url ?? address), base);
    const path = decodeURIComponent(pathname).slice(1);
    if (!existsSync(join(folder, path))) {
      return new Response('', { status: 404 });
    }
    seen(path);
    return new Response(readFileSync(join(folder, path)));
  };
}

const readJson = (folder, path) => JSON.parse(readFileSync(join(folder, path), 'utf8'));
const numbered = (pattern, count) =>
  Array.from({ length: count }, (_, n) => pattern.replaceAll('{n}', String(n)));

/*
 * A scope of the manifest: { pages: [{ address, title, fixed, sections: [[anchor, title, text]] }],
 * shadows, files }, where `files` are those that its search may read.
 */
function readScope(folder, scope) {
  if (scope.outline === undefined) {
    return { pages: [], shadows: [], files: [] };
  }
  const outline = readJson(folder, scope.outline);
  const documents = numbered(scope.documents, outline.chunks.length);
  return {
    pages: documents.flatMap((path) => readJson(folder, path).pages),
    shadows: outline.shadows ?? [],
    files: [
      scope.outline,
      ...numbered(scope.shards, outline.terms.length),
      ...numbered(scope.words, outline.words.length),
      ...documents,
    ],
  };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/*
 * The site in `folder`:
 *   module          the address of its search module
 *   regions         the slugs of its regions
 *   keyOf(url)      what a result's address is called in judgements: from the site's root, and
 *                   that of the national page for a page that is a region's variant of one
 *   sectionsOf(region)  [{ key, page, pageTitle, title, text }] that a reader of the region finds, or
 *                   of the nation when undefined; `page` is the key of the page
 *   own(region)     { pages, files } of the region alone
 */
export function readSite(folder) {
  const manifest = readJson(folder, 'zoek/zoek.json');
  const national = readScope(folder, manifest.national);
  const addresses = new Set(national.pages.map(({ address }) => address));

  function keyOf(url) {
    const [whole, anchor = ''] = url.slice(url.startsWith(base) ? base.length : 0).split('#');
    const address = decode(whole);
    const general = address.replace(/^regio\/[^/]+\//, '');
    const page = addresses.has(general) ? general : address;
    return anchor === '' ? page : `${page}#${decode(anchor)}`;
  }

  const own = (region) => readScope(folder, manifest.regions?.[region] ?? {});
  const listed = ({ pages }) =>
    pages.flatMap(({ address, title: pageTitle, sections }) =>
      sections.map(([anchor, title, text]) => {
        const page = keyOf(address);
        return {
          key: anchor === '' ? page : `${page}#${anchor}`,
          page,
          pageTitle,
          title: title || pageTitle,
          text,
        };
      }),
    );

  return {
    folder,
    manifest,
    module: manifest.module,
    regions: Object.keys(manifest.regions ?? {}),
    keyOf,
    own,
    sectionsOf(region) {
      if (region === undefined) {
        return listed(national);
      }
      const { shadows, ...regional } = own(region);
      const hidden = new Set(shadows);
      return [...listed(national).filter((_, number) => !hidden.has(number)), ...listed(regional)];
    },
  };
}
