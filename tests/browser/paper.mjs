/*
 * Pages on paper: the PDF that Chromium makes of a page, how many sides of which size it has, which
 * of them are blank, and what of the page would not be on it. It knows the form of Chromium's PDF:
 * objects that are not packed together, each page with a box and one stream.
 */
import { inflateSync } from 'node:zlib';

import { eyes } from './eyes.mjs';

const pointsPerMm = 72 / 25.4;
const pixelsPerMm = 96 / 25.4;

/* The objects of a PDF by number: { dictionary, stream? }. */
function objectsOf(pdf) {
  const text = pdf.toString('latin1');
  const objects = new Map();
  for (const found of text.matchAll(/(?:^|\n)(\d+) 0 obj\s([^]*?)(?:\sendobj|\bstream\r?\n)/g)) {
    const [whole, number, dictionary] = found;
    const start = found.index + whole.length;
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0);
    const stream = whole.endsWith('endobj') ? undefined : pdf.subarray(start, start + length);
    objects.set(Number(number), { dictionary, stream });
  }
  return objects;
}

/* Whether there is text or a picture on it. */
function isBlank({ dictionary, stream }) {
  const drawn = dictionary.includes('/FlateDecode') ? inflateSync(stream) : stream;
  return !/\b(?:Tj|TJ|Do)\b/.test(drawn.toString('latin1'));
}

/* The sides of a PDF by Chromium: [{ width, height, blank }], in whole millimetres. */
export function sidesOf(pdf) {
  const objects = objectsOf(pdf);
  return [...objects.values()]
    .filter(({ dictionary }) => /\/Type\s*\/Page\b/.test(dictionary))
    .map(({ dictionary }) => {
      const [, left, bottom, right, top] =
        /\/MediaBox\s*\[\s*([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)\s*\]/.exec(dictionary);
      const contents = Number(/\/Contents (\d+) 0 R/.exec(dictionary)[1]);
      return {
        width: Math.round((right - left) / pointsPerMm),
        height: Math.round((top - bottom) / pointsPerMm),
        blank: isBlank(objects.get(contents)),
      };
    });
}

/*
 * Prints the page as a reader would, on A4 where its style names no paper. Resolves to the PDF. CSS
 * knows A5, A4, A3 by name; smaller paper has to be given in mm.
 */
export function print(page) {
  return page.pdf({ format: 'A4', preferCSSPageSize: true });
}

/* Prints the page. Resolves to its sides: see sidesOf. */
export async function printedSides(page) {
  return sidesOf(await print(page));
}

/* What the page's rule for all paper (`@page` without a name) says of margins, in millimetres. */
function marginsOf(page) {
  return page.evaluate(() => {
    const rules = (list) => [...list].flatMap((rule) => [rule, ...(rule.cssRules ? rules(rule.cssRules) : [])]);
    const all = [...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules));
    const style = all.filter((rule) => rule instanceof CSSPageRule && !rule.selectorText).pop()?.style;
    const probe = document.createElement('div');
    document.body.append(probe);
    const mm = (value) => {
      probe.style.setProperty('width', value || '10mm');
      return (probe.getBoundingClientRect().width * 25.4) / 96;
    };
    const margins = { left: mm(style?.marginLeft), right: mm(style?.marginRight) };
    probe.remove();
    return margins;
  });
}

/*
 * What would be cut off, or make the browser print the page smaller, on paper of this width in mm:
 * texts outside the page, texts in a frame that has to be scrolled. Leaves the page in print.
 */
export async function cutOnPaper(page, width = 210) {
  await page.emulateMedia({ media: 'print' });
  const { left, right } = await marginsOf(page);
  const inside = Math.floor((width - left - right) * pixelsPerMm);
  await page.setViewportSize({ width: inside, height: 1000 });
  await page.evaluate(eyes);
  return page.evaluate((edge) => {
    const cut = new Set();
    for (const { words, element, boxes } of window.eyes.texts()) {
      const left = Math.min(...boxes.map((box) => box.left));
      const right = Math.max(...boxes.map((box) => box.right));
      const frame = window.eyes.framesOf(element).find((at) => right > at.getBoundingClientRect().right + 1);
      if (frame) cut.add(`"${words.slice(0, 40)}" beyond ${window.eyes.name(frame)}`);
      else if (right > edge + 1 || left < -1) {
        cut.add(`"${words.slice(0, 40)}" from ${Math.round(left)} to ${Math.round(right)} of ${edge} px`);
      }
    }
    return [...cut];
  }, inside);
}
