/*
 * The theme's search module over a site in memory.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { cutExcerpt, findMatches, makeMatcher } from '../../themes/standaard/search/excerpt.js';
import { readText } from '../../themes/standaard/search/reading.js';
import { randomFrom } from '../lunr/tool.mjs';
import { serve } from './reference.mjs';
import { base, makeSite, module } from './small-site.mjs';

const { openSearch } = await import(module);

let site;
let search;
let region;

before(async () => {
  site = makeSite();
  search = await openSearch(base, { fetch: serve(site, base) });
  region = await openSearch(base, { region: 'foodvalley', fetch: serve(site, base) });
});

const urls = (results) => results.map(({ url }) => url.slice(base.length));
const first = async (on, query) => urls(await on.search(query))[0];

test('a word finds its sections, best first, with page and address', async () => {
  const results = await search.search('proefplaatsing');
  assert.equal(results[0].url, `${base}subsidies/proefplaatsing/`);
  assert.equal(results[0].title, 'Proefplaatsing');
  assert.deepEqual(
    urls(results).sort(),
    ['', '#aanvragen', '#duur'].map((hash) => `subsidies/proefplaatsing/${hash}`),
  );
  const {
    title,
    page,
    path,
    type,
    region: of,
    score,
    excerpt,
  } = results.find(({ url }) => url.endsWith('#duur'));
  assert.deepEqual(
    [title, page, path, type, of],
    ['Hoe lang duurt het?', 'Proefplaatsing', 'Regelingen', 'wegwijzer', undefined],
  );
  assert.ok(score > 0);
  assert.equal(excerpt, 'Een proefplaatsing duurt twee maanden. De uitkering loopt door.');
  results.slice(1).forEach((result, i) => assert.ok(result.score <= results[i].score));
});

test('inflections, accents, hyphens and case are all one', async () => {
  assert.equal(await first(search, 'BEGELEIDING'), 'subsidies/jobcoach/#kosten');
  assert.equal(await first(search, 'VÉRGOEDT'), 'subsidies/jobcoach/#kosten');
  assert.ok(urls(await search.search('vácature')).includes('partnerschap/samenwerken/#afspraken'));
  assert.equal(await first(search, 'regio’s'), 'regio/');
  assert.equal(await first(search, "regio's"), 'regio/');
});

test('a plural on -es finds the singular, and the other way round', async () => {
  assert.equal(await first(search, 'subsidies'), 'subsidies/jobcoach/#kosten');
  assert.equal((await search.search('vacature')).length, 2);
  assert.equal((await search.search('vacatures')).length, 2);
});

test('a section with more of the words goes first', async () => {
  assert.equal(await first(search, 'kosten subsidie gemeente'), 'subsidies/jobcoach/#kosten');
  assert.equal(
    await first(search, 'hoe lang duurt een proefplaatsing'),
    'subsidies/proefplaatsing/#duur',
  );
});

test('a word of the page’s introduction counts for its sections', async () => {
  assert.equal(await first(search, 'jobcoach begeleiding kost'), 'subsidies/jobcoach/#kosten');
  assert.equal(
    await first(search, 'proefplaatsing kandidaat twee maanden'),
    'subsidies/proefplaatsing/#duur',
  );
});

test('a slip of the finger is mended, and said', async () => {
  assert.equal(await first(search, 'jobcoahc'), 'subsidies/jobcoach/');
  assert.equal(await first(search, 'prefplaatsing'), 'subsidies/proefplaatsing/');
  assert.deepEqual((await search.find('jobcoahc')).corrected, [
    { from: 'jobcoahc', to: 'jobcoach' },
  ]);
  assert.deepEqual((await search.find('jobcoach')).corrected, []);
  assert.deepEqual(await search.search('xq'), []);
});

test('the start of a word finds it', async () => {
  assert.deepEqual(urls(await search.search('begelei')).sort(), [
    'subsidies/jobcoach/',
    'subsidies/jobcoach/#kosten',
  ]);
  assert.deepEqual(await search.search('be'), []);
});

test('while it is typed, the last word may be unfinished, and only results are given', async () => {
  const [whole, typed] = [await search.find('jobcoach'), await search.find('jobcoac', { typing: true })];
  assert.deepEqual(Object.keys(typed), ['results']);
  assert.equal(typed.results[0].url, whole.results[0].url);
  assert.equal(typed.results[0].excerpt, undefined);
  const keys = ({ results }) => urls(results);
  for (const query of ['jobcoach', 'jobcoahc', 'jobcoahc proef']) {
    assert.deepEqual(keys(await search.find(query, { typing: true })), keys(await search.find(query)), query);
  }
  for (const query of ['', 'p', 'pr', 'qz', 'qzxqzx']) {
    assert.ok(Array.isArray((await search.find(query, { typing: true })).results));
  }
});

test('the glossary leads from any name of a thing to all of it', async () => {
  for (const name of ['WSP', 'wsp', 'werkgeverspunt', 'werkgeversservicepunt']) {
    assert.ok(
      urls(await search.search(name)).includes('subsidies/proefplaatsing/#aanvragen'),
      name,
    );
    assert.ok(urls(await search.search(name)).includes('partnerschap/samenwerken/'), name);
  }
  assert.deepEqual((await search.find('WSP')).also.sort(), [
    'werkcentrum',
    'werkgeverspunt',
    'werkgeversservicepunt',
  ]);
});

test('a name that the site has nothing of is taken apart', async () => {
  const own = await openSearch(base, {
    fetch: serve(makeSite({ glossary: [{ term: 'uitkeringsgemeente' }] }), base),
  });
  const { results, corrected } = await own.find('uitkeringsgemeente');
  assert.ok(results.length > 0);
  assert.deepEqual(corrected, []);
});

test('"zoek ook" leads one way', async () => {
  assert.deepEqual(urls(await search.search('werkcentrum')), ['partnerschap/samenwerken/']);
});

test('names of several words are found as a whole', async () => {
  assert.equal(await first(search, 'onbetaalde proeftijd'), 'subsidies/proefplaatsing/');
  assert.deepEqual((await search.find('onbetaalde proeftijd')).also, ['met behoud van uitkering']);
});

test('the number of results is bounded', async () => {
  assert.equal((await search.search('werkgever')).length, 4);
  assert.equal((await search.search('werkgever', { limit: 2 })).length, 2);
  assert.equal((await search.search('werkgever', { limit: 0 })).length, 0);
  assert.equal((await search.search('werkgever', null)).length, 4);
  assert.equal((await search.find('werkgever', { limit: 1 })).total, 4);
});

test('results can be had by page, each with its best sections', async () => {
  const { results, total, pages } = await search.find('werkgever proefplaatsing', {
    limit: 2,
    perPage: 2,
  });
  assert.equal(total, 6);
  assert.equal(pages, 4);
  const counts = new Map();
  urls(results).forEach((url) =>
    counts.set(url.split('#')[0], (counts.get(url.split('#')[0]) ?? 0) + 1),
  );
  assert.equal(counts.size, 2);
  assert.equal(counts.get('subsidies/proefplaatsing/'), 2);
});

test('an excerpt shows the first match, with its place', async () => {
  const [result] = await search.search('beheert vast');
  assert.equal(result.url, `${base}partnerschap/samenwerken/#afspraken`);
  assert.match(result.excerpt, /^… Leg vast wie de vacature beheert\. .* …$/);
  assert.ok(result.excerpt.length < 210, result.excerpt);
  assert.deepEqual(
    result.marks.map(([start, end]) => result.excerpt.slice(start, end)),
    ['vast', 'beheert'],
  );
});

test('an excerpt of any text is within its bounds', () => {
  const random = randomFrom(2);
  const pieces = [
    'woord',
    ' ',
    ' ',
    '😀',
    '. ',
    'x'.repeat(90),
    '’',
    '-',
    '\u00ad',
    'werkgevers',
    '\n',
  ];
  for (let i = 0; i < 2000; i++) {
    const text = Array.from(
      { length: random() * 120 },
      () => pieces[Math.floor(random() * pieces.length)],
    ).join('');
    const { text: excerpt, marks } = cutExcerpt(
      text,
      findMatches(readText(text), makeMatcher(new Set(['werkgever']))),
      new Map([['werkgever', 1]]),
    );
    assert.ok(excerpt.length <= 206);
    assert.ok(excerpt.isWellFormed?.() ?? true);
    for (const [start, end] of marks) {
      assert.match(excerpt.slice(start, end), /werkgevers/);
    }
  }
});

test('only the files that a question needs are fetched, and once', async () => {
  const asked = [];
  const own = await openSearch(base, { fetch: serve(site, base, asked) });
  assert.deepEqual(asked.sort(), ['zoek/begrippen.json', 'zoek/overzicht.json', 'zoek/zoek.json']);
  asked.length = 0;
  await own.search('duurt', { limit: 1 });
  const first = asked.length;
  assert.ok(first < 8, asked.join(' '));
  assert.equal(new Set(asked).size, first);
  await own.search('duurt', { limit: 1 });
  assert.equal(asked.length, first);
});

test('a region has its own texts, and the national ones at its addresses', async () => {
  const found = urls(await region.search('proefplaatsing'));
  assert.deepEqual(found.sort(), [
    'regio/foodvalley/subsidies/proefplaatsing/',
    'regio/foodvalley/subsidies/proefplaatsing/#aanvragen',
    'regio/foodvalley/subsidies/proefplaatsing/#duur',
  ]);
  const [own] = await region.search('loket Ede');
  assert.equal(own.url, `${base}regio/foodvalley/subsidies/proefplaatsing/#aanvragen`);
  assert.equal(own.region, 'foodvalley');
  assert.equal(own.excerpt, 'In FoodValley vraagt u de proefplaatsing aan bij het loket in Ede.');
  assert.equal(await first(region, 'banenmarkt'), 'regio/foodvalley/agenda/');
  assert.equal(await first(region, 'alle regio’s'), 'regio/');
});

test('a region does not find what it hides or has replaced', async () => {
  assert.deepEqual(urls(await region.search('vergoedt')), []);
  assert.deepEqual(urls(await region.search('werkgeversservicepunt aanvragen')), [
    'regio/foodvalley/subsidies/proefplaatsing/#aanvragen',
    'regio/foodvalley/partnerschap/samenwerken/',
  ]);
});

test('a region’s few texts are not drowned by statistics of their own', async () => {
  const results = await region.search('proefplaatsing aanvragen');
  assert.equal(urls(results)[0], 'regio/foodvalley/subsidies/proefplaatsing/#aanvragen');
});

test('a region without texts of its own has the national ones', async () => {
  const own = await openSearch(base, { region: 'zaanstreek', fetch: serve(site, base) });
  assert.equal(await first(own, 'jobcoach'), 'regio/zaanstreek/subsidies/jobcoach/');
});

test('a region may only hide', async () => {
  const files = makeSite({ regions: { kaal: { name: 'Kaal', shadows: [1] } } });
  const own = await openSearch(base, { region: 'kaal', fetch: serve(files, base) });
  const { results, total } = await own.find('proefplaatsing');
  assert.equal(total, 2);
  assert.ok(results.every(({ region: of }) => of === undefined));
});

test('the national search does not find a region’s texts', async () => {
  assert.deepEqual(await search.search('banenmarkt'), []);
});

test('an address may lack its last slash, be a URL or be relative', async () => {
  const fetch = async (address) => new Response(site.get(address.replace(/^.*?(?=zoek\/)/, '')));
  for (const [address, url] of [
    ['https://x.example/a', 'https://x.example/a/subsidies/jobcoach/'],
    [new URL('https://x.example/a/'), 'https://x.example/a/subsidies/jobcoach/'],
    ['../../', '../../subsidies/jobcoach/'],
    ['', 'subsidies/jobcoach/'],
  ]) {
    const [result] = await (await openSearch(address, { fetch })).search('jobcoach');
    assert.equal(result.url, url);
  }
});

test('whatever is typed gives results or none', async () => {
  const queries = [
    '',
    ' ',
    '*',
    '**',
    'a*b',
    'werk*',
    '-werkgever',
    '+werkgever',
    'title:werkgever',
    'WSP: contact',
    'werkgever~2',
    'werkgever^9',
    '~',
    '^',
    ':',
    '"',
    "'",
    '\\',
    '(',
    '[a-z',
    '\0',
    '\ud800',
    '\udc00x',
    '😀',
    '__proto__',
    'constructor',
    'hasOwnProperty __proto__',
    'toString',
    '_index',
    'title',
    '%00',
    '<script>alert(1)</script>',
    'x'.repeat(100000),
    'x'.repeat(30),
    '-'.repeat(10000),
    'a-'.repeat(5000),
    "'s ".repeat(3000),
    '😀'.repeat(5000),
    'zij-instroom-de-het-een',
    'de het een',
    'hoe wat mag',
    '\u202e\u200f\ufeff\ufffe\uffff',
    'aan op in uit',
    'ge',
    'get',
    'aange',
    'ingen heden heid',
    'werkgever '.repeat(5000),
    `${'ab'.repeat(19)} `.repeat(500),
    '\u0301'.repeat(3000),
    undefined,
    null,
    0,
    NaN,
    {},
    [],
    12n,
  ];
  const random = randomFrom(3);
  for (let i = 0; i < 300; i++) {
    queries.push(
      Buffer.from(Array.from({ length: random() * 40 }, () => random() * 256)).toString(
        i % 2 ? 'utf8' : 'latin1',
      ),
    );
  }
  for (const query of queries) {
    for (const on of [search, region]) {
      assert.ok(Array.isArray(await on.search(query)), String(query));
      assert.ok(Array.isArray(await on.suggest(query)), String(query));
    }
  }
  assert.equal(await first(search, 'jobcoach: wat kost het?'), 'subsidies/jobcoach/#kosten');
  assert.equal(await first(search, '-jobcoach'), 'subsidies/jobcoach/');
});

test('suggestions are titles and terms that start so', async () => {
  assert.deepEqual(await search.suggest('proef'), ['Proefplaatsing', 'onbetaalde proeftijd']);
  assert.deepEqual(await search.suggest('w'), ['werkgeversservicepunt', 'WSP', 'werkgeverspunt']);
  assert.deepEqual(await search.suggest('lang duurt'), ['Hoe lang duurt het?']);
  assert.deepEqual(await search.suggest(''), []);
  assert.deepEqual(await region.suggest('wat kost'), []);
  assert.deepEqual(await region.suggest('agen'), ['Agenda']);
});

test('words that are one on the site are found as one, and the other way round', async () => {
  assert.equal(await first(search, 'proef plaatsing'), 'subsidies/proefplaatsing/');
  assert.equal(await first(search, 'werk plek'), 'subsidies/jobcoach/');
  assert.equal(await first(search, 'uitkeringswerknemer'), 'subsidies/jobcoach/');
  assert.equal(await first(search, 'plek voor werk'), 'subsidies/jobcoach/');
});

test('forms of a verb find one another', async () => {
  assert.equal(await first(search, 'vergoeden'), 'subsidies/jobcoach/#kosten');
  assert.equal(await first(search, 'vergoed'), 'subsidies/jobcoach/#kosten');
  assert.ok(
    urls(await search.search('aangevraagd')).includes('subsidies/proefplaatsing/#aanvragen'),
  );
});

test('facets count pages, and no filter leads to nothing', async () => {
  const { facets, pages, total } = await region.find('werkgever proefplaatsing');
  const counts = facets.types.reduce((sum, { count }) => sum + count, 0);
  assert.equal(counts, pages);
  assert.deepEqual(facets.types.map(({ name, label }) => [name, label]).sort(), [
    ['pagina', 'Pagina'],
    ['wegwijzer', 'Wegwijzer'],
  ]);
  for (const { name, count } of facets.types) {
    const of = await region.find('werkgever proefplaatsing', { type: name, limit: 100 });
    assert.equal(of.pages, count);
    assert.ok(of.results.every(({ type }) => type === name));
    assert.deepEqual(of.facets.types, facets.types);
    const both = await region.find('werkgever proefplaatsing', { type: name, own: true });
    assert.equal(both.pages, of.facets.own);
  }
  const own = await region.find('werkgever proefplaatsing', { own: true, limit: 100 });
  assert.equal(own.pages, facets.own);
  assert.ok(own.total > 0 && own.total < total);
  assert.ok(own.results.every((result) => result.region === 'foodvalley'));
  const none = await search.find('werkgever', { type: 'anders' });
  assert.deepEqual([none.results, none.total, none.nearest], [[], 0, []]);
});

test('a region’s text stands on the page that it belongs to', async () => {
  const { results, pages } = await region.find('proefplaatsing', { perPage: 3 });
  assert.equal(pages, 1);
  assert.equal(results.length, 3);
  assert.ok(results.some(({ region: of }) => of === 'foodvalley'));
});

test('what is not found is said, with what is near', async () => {
  const { results, unmatched, nearest } = await search.find('bxyq');
  assert.deepEqual([results, unmatched], [[], ['bxyq']]);
  assert.ok(nearest.includes('begeleiding'), nearest.join(' '));
  const guessed = await search.find('begx');
  assert.deepEqual([guessed.corrected, guessed.nearest], [[{ from: 'begx', to: 'begeleidt' }], []]);
  assert.ok(guessed.results.length > 0);
  const found = await search.find('jobcoach 12345');
  assert.deepEqual([found.unmatched, found.nearest], [['12345'], []]);
});

test('an explanation adds up', async () => {
  const plain = await search.find('proefplaatsing', { explain: false });
  assert.deepEqual(plain, await search.find('proefplaatsing'));
  const { results, words } = await search.find('jobcoahc kosten', { explain: true });
  assert.deepEqual(
    words.map(({ word }) => word),
    ['jobcoahc', 'kosten'],
  );
  assert.equal(words[0].variants[0].kind, 'typo');
  assert.ok(words[0].variants[0].documents > 0);
  const [{ explanation, factors, score }] = results;
  const single = (await search.find('vergoedt', { explain: true })).results[0];
  assert.deepEqual(
    explanation.map(({ word }) => word),
    ['jobcoahc', 'kosten'],
  );
  assert.ok(factors.coverage <= 1 && factors.coverage > 0 && score > 0);
  assert.equal(single.explanation.length, 1);
  const { title, body, parts, weight } = single.explanation[0];
  assert.ok(Math.abs((title + body + parts) * weight - single.explanation[0].score) < 1e-9);
});

test('a question that is given up ends early', async () => {
  const controller = new AbortController();
  const found = search.find('jobcoach', { signal: controller.signal });
  controller.abort(new Error('newer'));
  await assert.rejects(found, /newer/);
});

test('it works in a worker', async () => {
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     import(workerData.module).then(async ({ openSearch }) => {
       const fetch = async (address) => new Response(workerData.site.get(address));
       const search = await openSearch('', { fetch });
       parentPort.postMessage(await search.search('jobcoach', { limit: 1 }));
     });`,
    { eval: true, workerData: { module: module.href, site } },
  );
  const [message] = await new Promise((resolve, reject) =>
    worker.once('message', resolve).once('error', reject),
  );
  assert.equal(message.url, 'subsidies/jobcoach/');
  await worker.terminate();
});
