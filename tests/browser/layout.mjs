/*
 * How a page lies on the screen: what sticks out of it, is cut off, lies over something else, or is
 * too small to hit. Each function resolves to the faults, as sentences.
 */
import { eyes } from './eyes.mjs';

/* Unfolds all that folds, on a screen of this width, of which nothing is scrolled. */
export async function layOut(page, width) {
  await page.setViewportSize({ width, height: 900 });
  await page.evaluate(eyes);
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
  /* A bar that stays in sight is looked at where it belongs: wherever else it lies, a reader scrolls on. */
  await page.evaluate(() => {
    for (const element of document.body.querySelectorAll('.wijzer-stand')) element.style.position = 'static';
  });
  /* What sticks to the edge of a frame, such as the head of a table, lies in its own place then. */
  await page.evaluate(() => {
    for (const element of [document.documentElement, ...document.body.querySelectorAll('*')]) {
      if (element.scrollTop !== 0 || element.scrollLeft !== 0) element.scrollTo({ top: 0, left: 0, behavior: 'instant' });
    }
  });
}

/* Texts beyond the edge of the screen, or of a frame that cuts them off and does not scroll, or in crumbs. */
export function lostTexts(page) {
  return page.evaluate(() => {
    const { framesOf, name, texts } = window.eyes;
    const lost = new Set();
    const width = document.documentElement.clientWidth;
    for (const { words, element, boxes } of texts()) {
      const [left, right, top, bottom] = [
        Math.min(...boxes.map((box) => box.left)),
        Math.max(...boxes.map((box) => box.right)),
        Math.min(...boxes.map((box) => box.top)),
        Math.max(...boxes.map((box) => box.bottom)),
      ];
      if (boxes.length > 4 && words.length / boxes.length < 4) {
        lost.add(`"${words.slice(0, 40)}" stands on ${boxes.length} lines`);
      }
      let edge = { left: 0, right: width };
      let by = 'the screen';
      for (const frame of framesOf(element)) {
        const { overflowX, overflowY } = getComputedStyle(frame);
        const box = frame.getBoundingClientRect();
        const scrolls = (overflow) => overflow === 'auto' || overflow === 'scroll';
        const slack = (bottom - top) * 0.15;
        if (!scrolls(overflowY) && (top < box.top - slack || bottom > box.bottom + slack)) {
          lost.add(`"${words.slice(0, 40)}" is cut off by ${name(frame)}`);
        }
        edge = scrolls(overflowX) ? { left: -Infinity, right: Infinity } : box;
        by = name(frame);
        break;
      }
      if (left < edge.left - 1 || right > edge.right + 1) {
        lost.add(`"${words.slice(0, 40)}" sticks out of ${by}: ${Math.round(left)} to ${Math.round(right)}`);
      }
    }
    if (document.documentElement.scrollWidth > width) {
      lost.add(`the page is ${document.documentElement.scrollWidth} px wide on ${width}`);
    }
    return [...lost];
  });
}

/*
 * Texts that lie over each other: in the same frame, or what a frame shows and what is outside of it.
 * What a frame would have to be scrolled for is not in the way of what is outside.
 */
export function overlaps(page) {
  return page.evaluate(() => {
    const { framesOf } = window.eyes;
    /* What of one is seen where the other is: clipped to the frames that only the one is in. */
    const shown = (one, other) => {
      const { left, right, top, bottom } = one;
      return framesOf(one.element)
        .filter((frame) => !frame.contains(other.element))
        .map((frame) => frame.getBoundingClientRect())
        .reduce(
          (box, frame) => ({
            left: Math.max(box.left, frame.left),
            right: Math.min(box.right, frame.right),
            top: Math.max(box.top, frame.top),
            bottom: Math.min(box.bottom, frame.bottom),
          }),
          { left, right, top, bottom },
        );
    };
    const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    // A line of text is less high than its box: letters touch when more than the edges do.
    const lines = window.eyes
      .texts()
      .flatMap(({ words, element, boxes }) =>
        boxes.map(({ left, right, top, bottom, height }) => ({
          words: words.slice(0, 30),
          element,
          left: left + 1,
          right: right - 1,
          top: top + height * 0.2,
          bottom: bottom - height * 0.2,
        })),
      )
      .sort((a, b) => a.top - b.top);
    const found = new Set();
    lines.forEach((line, i) => {
      for (let j = i + 1; j < lines.length && lines[j].top < line.bottom; j++) {
        const other = lines[j];
        if (touch(line, other) && touch(shown(line, other), shown(other, line))) {
          found.add(`"${line.words}" and "${other.words}" lie over each other`);
        }
      }
    });
    return [...found];
  });
}

/* Controls of which the middle is something else's. */
export function covered(page) {
  return page.evaluate(() => {
    const { bring, controls, inFrames, mainBox, name } = window.eyes;
    return controls()
      .map((control) => {
        bring(control);
        const box = mainBox(control);
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        if (!inFrames(control, x, y)) return undefined; // To be scrolled to.
        const top = document.elementFromPoint(x, y);
        const own = control.contains(top) || top?.closest('label')?.control === control;
        return own ? undefined : `${name(control)} "${control.textContent.slice(0, 30)}" lies below ${top && name(top)}`;
      })
      .filter(Boolean);
  });
}

/*
 * Controls that are smaller than `least` px in one direction, as a finger finds them: what is hit at
 * its edges is the control itself. WCAG 2.5.8 lets links in a sentence be and, where 24 px is asked,
 * what has so much room round it that a circle of that size on it touches no other control.
 */
export function smallTargets(page, least) {
  return page.evaluate((size) => {
    const { bring, controls, inFrames, inSentence, mainBox, name } = window.eyes;
    // A label is part of the target of its field.
    const larger = (a, b) => (b.width * b.height > a.width * a.height ? b : a);
    const targetBox = (control) => [control, ...(control.labels ?? [])].map(mainBox).reduce(larger);
    const middle = ({ left, top, width, height }) => [left + width / 2, top + height / 2];

    /* Whether the control is what is hit half the size from its middle, to all sides. */
    const feels = (control) => {
      bring(control);
      const [x, y] = middle(targetBox(control));
      const half = size / 2 - 1;
      if (!inFrames(control, x, y)) return true;
      return [[0, -half], [0, half], [-half, 0], [half, 0]].every(([dx, dy]) => {
        const top = document.elementFromPoint(Math.max(0, Math.min(x + dx, innerWidth - 1)), y + dy);
        return control.contains(top) || top?.closest('label')?.control === control;
      });
    };
    const all = controls().filter((control) => !inSentence(control));
    const small = all.filter((control) => {
      const { width, height } = targetBox(control);
      return (width < size - 0.5 || height < size - 0.5) && !feels(control);
    });
    const roomy = (one) => {
      const [x, y] = middle(targetBox(one));
      return all.every((other) => {
        if (other === one) return true;
        const box = targetBox(other);
        const [ox, oy] = middle(box);
        const gap = Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
        return gap >= 12 && (!small.includes(other) || Math.hypot(ox - x, oy - y) >= 24);
      });
    };
    return small
      .filter((one) => size > 24 || !roomy(one))
      .map((one) => {
        const { width, height } = targetBox(one);
        const part = name(one.parentElement.closest('[class]') ?? document.body);
        const words = (one.innerText ?? '').slice(0, 30);
        return `${part} ${name(one)} "${words}" is ${Math.round(width)} x ${Math.round(height)} px`;
      });
  }, least);
}

/* Each text, and the size of its letters in px. */
export function letterSizes(page) {
  return page.evaluate(() =>
    window.eyes.texts().map(({ words, element }) => [words, parseFloat(getComputedStyle(element).fontSize)]),
  );
}
