/*
 * Every kind of page without style sheets, in an order that can be read, and without script, with all
 * that it has with it: script only adds.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openEverywhere } from './everywhere.mjs';
import { readingOrder, saidByStyle, stuckWords, usable } from './order.mjs';

let all;

before(async () => {
  all = await openEverywhere();
});

after(() => all?.close());

test('a page reads in order without its style sheets', () =>
  all.each({}, async (page) => [
    ...(await readingOrder(page)),
    ...(await saidByStyle(page)),
    ...(await stuckWords(page)),
  ]));

/*
 * All but completion, saving and files made in the browser is there without script: no line and no
 * link is missing, and no button waits for a script that does not come.
 */
test('a page says and links to the same without script', async () => {
  const without = new Map();
  await all.each({ javaScriptEnabled: false }, async (page) => {
    const found = await usable(page);
    without.set(page.url(), found);
    return found.idle.map((text) => `"${text}" does nothing`);
  });
  await all.each({}, async (page) => {
    await page.waitForLoadState('load');
    /* What keeps, completes or makes a file: those three. */
    await page.evaluate(() =>
      document.querySelectorAll('.alleen-script, [data-alleen-script]').forEach((part) => part.remove()),
    );
    const { lines, links } = await usable(page);
    const here = without.get(page.url());
    return [
      ...lines.filter((line) => !here.lines.includes(line)).map((line) => `only with script: "${line.slice(0, 60)}"`),
      ...links.filter((link) => !here.links.includes(link)).map((link) => `only with script: ${link}`),
    ];
  });
});

test('a wrong order, stuck words and words of a style sheet are seen', async () => {
  const page = await all.browser.newPage();
  await page.setContent(`<!doctype html><style>
      b { float: left; margin-right: 1em } i::before { content: "Let op" } u::before { content: "\\2013" }
    </style>
    <a href="#x">x</a><header><h2>Menu</h2></header><main><p class="lead">Lead</p><h1>Title</h1>
    <p><b>Voor wie</b><span>Iedereen</span> <u>een</u><i>twee</i></p><p>proef<em>plaatsing</em></p></main>`);
  assert.deepEqual(await readingOrder(page), [
    'the footer is not there',
    'the lead comes before the title',
    'the first heading is not the title but "Menu"',
  ]);
  assert.deepEqual(await saidByStyle(page), ['i.::before says "Let op"']);
  const stuck = await stuckWords(page);
  assert.ok(stuck.includes('"Voor wie" and "Iedereen" stick together'), stuck.join());
  assert.ok(!stuck.join().includes('proef'));
  await page.close();
});
