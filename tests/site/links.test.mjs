// Every page of this repository's own site: what it links to is there, and so is the heading.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';

const root = process.env.DRAAIBOEK_SITE;

function* htmlFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* htmlFiles(path);
    else if (entry.name.endsWith('.html')) yield path;
  }
}

const decode = (text) =>
  text.replace(/&#39;/g, "'").replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

const attributes = (html, names) =>
  [...html.matchAll(new RegExp(`<[a-z][^<>]*?\\s(?:${names})="([^"]*)"`, 'g'))].map((m) => decode(m[1]));

const pages = new Map();
for (const file of htmlFiles(root)) {
  const html = readFileSync(file, 'utf8');
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((m) => decode(m[1]));
  pages.set('/' + relative(root, file), { html, ids });
}

test('there are the nation and 35 regions', () => {
  assert.equal([...pages.keys()].filter((path) => /^\/regio\/[^/]+\/index\.html$/.test(path)).length, 35);
  assert.ok(pages.has('/index.html'));
});

test('no id stands twice on a page', () => {
  for (const [path, { ids }] of pages) {
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
    assert.deepEqual(twice, [], path);
  }
});

test('every internal link, picture and script is there, every anchor too', () => {
  const faults = [];
  for (const [path, { html, ids }] of pages) {
    for (const href of attributes(html, 'href|src|action|poster|data')) {
      if (/^(https?:|mailto:|tel:)/.test(href)) continue;
      const url = new URL(href, 'http://site' + path);
      if (url.origin !== 'http://site') {
        faults.push(`${path}: ${href} leads to another host`);
        continue;
      }
      let target = decodeURIComponent(url.pathname);
      if (target.endsWith('/')) target += 'index.html';
      const file = join(root, target);
      if (!existsSync(file) || !statSync(file).isFile()) faults.push(`${path}: ${href} is not there`);
      else if (url.hash && target.endsWith('.html')) {
        const known = target === path ? ids : pages.get(target).ids;
        if (!known.includes(decodeURIComponent(url.hash.slice(1)))) faults.push(`${path}: ${href} has no such heading`);
      }
    }
  }
  assert.deepEqual(faults.slice(0, 20), [], `${faults.length} faults`);
});

test('every page that compares has its table beside it, and is linked from the page that it is about', () => {
  const compared = [...pages.keys()].filter((path) => /^\/vergelijk\/.+\/index\.html$/.test(path));
  assert.ok(compared.length > 9, `${compared.length}`);
  for (const path of compared) {
    const [, address] = /^\/vergelijk\/(.+)\/index\.html$/.exec(path);
    const table = `${address.split('/').at(-1)}-per-regio.csv`;
    assert.ok(existsSync(join(root, 'vergelijk', address, table)), table);
    assert.ok(attributes(pages.get(path).html, 'href').includes(table), path);
    for (const about of [`/${address}/index.html`, `/regio/foodvalley/${address}/index.html`]) {
      assert.ok(pages.get(about).html.includes(`vergelijk/${address}/"`), about);
    }
  }
});

test('what aria refers to is there', () => {
  for (const [path, { html, ids }] of pages) {
    const known = new Set(ids);
    for (const list of attributes(html, 'aria-describedby|aria-labelledby|aria-controls|for|headers'))
      for (const id of list.split(/\s+/)) assert.ok(known.has(id), `${path}: ${id}`);
  }
});

test('nothing is in the page that the content security policy forbids', () => {
  for (const [path, { html }] of pages) {
    assert.doesNotMatch(html, /<[a-z][^<>]*\sstyle="/, path);
    assert.doesNotMatch(html, /<[a-z][^<>]*\son[a-z]+="/, path);
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/, path);
    assert.doesNotMatch(html, /<style/, path);
  }
});

test('machine files name pages that are there', () => {
  const base = 'https://draaiboek.example/';
  const sitemap = readFileSync(join(root, 'sitemap.xml'), 'utf8');
  const locations = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map((m) => decode(m[1]));
  assert.ok(locations.length > 24);
  for (const location of locations) {
    assert.ok(location.startsWith(base), location);
    assert.ok(pages.has('/' + location.slice(base.length) + 'index.html'), location);
  }
  for (const feed of ['atom.xml', 'regio/foodvalley/atom.xml']) {
    const links = attributes(readFileSync(join(root, feed), 'utf8'), 'href').map(decode);
    for (const link of links.filter((href) => href.endsWith('/')))
      assert.ok(pages.has('/' + link.slice(base.length) + 'index.html'), `${feed}: ${link}`);
  }
});

test('every canonical address is that of a page', () => {
  for (const [path, { html }] of pages) {
    const canonical = /<link rel="canonical" href="([^"]*)"/.exec(html);
    if (!canonical) continue;
    const target = new URL(decode(canonical[1])).pathname;
    assert.ok(pages.has(target + 'index.html'), `${path}: ${canonical[1]}`);
  }
});
