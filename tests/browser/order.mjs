/*
 * A page as it reads without its style sheets: in what order, with which words stuck together, and
 * what only a style sheet says. Each function resolves to the faults, as sentences.
 */
import { eyes } from './eyes.mjs';

/* Puts landmarks and headings in the order in which they have to be read. */
export function readingOrder(page) {
  return page.evaluate(() => {
    const first = (selector) => document.querySelector(selector);
    const order = [
      ['the way past the header', first('body > a[href^="#"]')],
      ['the header', first('body > header')],
      ['the main part', first('main')],
      ['the title', first('main h1')],
      ['the lead', first('main .lead')],
      ['the contact block', first('main .contact')],
      ['the footer', first('body > footer')],
    ].filter(([what, element]) => element || (what !== 'the lead' && what !== 'the contact block'));
    const faults = order.filter(([, element]) => !element).map(([what]) => `${what} is not there`);
    const there = order.filter(([, element]) => element);
    for (let i = 1; i < there.length; i++) {
      const [[before, a], [after, b]] = [there[i - 1], there[i]];
      if (!(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING)) faults.push(`${after} comes before ${before}`);
    }
    const heading = document.querySelector('h1, h2, h3, h4, h5, h6');
    if (heading?.tagName !== 'H1') faults.push(`the first heading is not the title but "${heading?.innerText}"`);
    return faults;
  });
}

/*
 * Words that a style sheet puts in the page: those who do not have it miss them. What counts the schemes that
 * a sheet shows says nothing without it.
 */
export function saidByStyle(page) {
  return page.evaluate(() => {
    const found = new Set();
    for (const element of document.body.querySelectorAll('*')) {
      for (const part of ['::before', '::after']) {
        const { content } = getComputedStyle(element, part);
        const said = /^"((?:[^"\\]|\\.)*)"/.exec(content)?.[1] ?? '';
        if (/[\p{L}\p{N}]/u.test(said) || (/counter/.test(content) && !element.closest('ol, .wijzer-stand'))) {
          found.add(`${element.tagName.toLowerCase()}.${element.className}${part} says ${content}`);
        }
      }
    }
    return [...found];
  });
}

/*
 * Words that stand apart with style sheets and stick together without them: "Voor wieIedereen".
 * Takes the style sheets away.
 */
export async function stuckWords(page) {
  await page.evaluate(eyes);
  return page.evaluate(() => {
    document.querySelectorAll('details').forEach((details) => (details.open = true));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim()) nodes.push(walker.currentNode);
    const range = document.createRange();
    const edge = (node, end) => {
      const at = end ? node.data.trimEnd().length - 1 : node.data.length - node.data.trimStart().length;
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect();
    };
    const touch = (a, b) => {
      const [left, right] = [edge(a, true), edge(b, false)];
      return left.width > 0 && right.width > 0 && right.top < left.bottom && left.top < right.bottom && Math.abs(right.left - left.right) < 1;
    };
    const pairs = nodes.slice(1).map((node, i) => [nodes[i], node]).filter(([a, b]) => a.parentElement !== b.parentElement);
    const words = pairs.filter(
      ([a, b]) => /[\p{L}\p{N}.,;:!?)]$/u.test(a.data) && /^[\p{L}\p{N}(]/u.test(b.data) && !touch(a, b),
    );
    for (const sheet of document.styleSheets) sheet.disabled = true;
    return words
      .filter(([a, b]) => touch(a, b))
      .map(([a, b]) => `"${a.data.trim().slice(-20)}" and "${b.data.trim().slice(0, 20)}" stick together`);
  });
}

/* The text and the links of the main part that can be seen, and what has no use without script. */
export function usable(page) {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    const lines = main.innerText.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
    const links = [...document.querySelectorAll('a[href]')].filter((link) => link.checkVisibility());
    const idle = [...document.querySelectorAll('button')]
      .filter((button) => button.checkVisibility())
      .filter((button) => !(button.form && button.type !== 'button') && !button.popoverTargetElement)
      .map((button) => button.innerText);
    return { lines: lines.filter(Boolean), links: links.map((link) => link.getAttribute('href')), idle };
  });
}
