/*
 * What a reader sees of a page, as functions for the tests: `page.evaluate(eyes)` puts them in the
 * page as `window.eyes`.
 */
export function eyes() {
  const clips = (element) => /hidden|clip|auto|scroll/.test(getComputedStyle(element).overflow);

  /* Text for screen readers alone stands in a box of a pixel, or is clipped to nothing. */
  const onlyHeard = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const { width, height } = at.getBoundingClientRect();
      if ((width <= 1 || height <= 1) && clips(at)) return true;
      if (getComputedStyle(at).clipPath === 'inset(50%)') return true;
    }
    return false;
  };

  const visible = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !onlyHeard(element);

  /* Each text that is seen: { words, element, boxes }, with a box for each of its lines. */
  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const found = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const words = walker.currentNode.data.trim().replace(/\s+/g, ' ');
      if (words && visible(element)) {
        range.selectNodeContents(walker.currentNode);
        const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
        if (boxes.length > 0) found.push({ words, element, boxes });
      }
    }
    return found;
  };

  /* The frames that cut off what is outside them, from the inside out. */
  const framesOf = (element) => {
    const frames = [];
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (clips(at)) frames.push(at);
    }
    return frames;
  };

  /* What a reader can work with. */
  const controls = () =>
    [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(
      (element) => visible(element) && element.getClientRects().length > 0,
    );

  /* The largest of an element's boxes: that of a line that was broken. */
  const mainBox = (element) =>
    [...element.getClientRects()].reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));

  /* Scrolls to it where it is not on the screen. */
  const bring = (element) => {
    const { top, bottom } = mainBox(element);
    if (top < 0 || bottom > innerHeight) element.scrollIntoView({ block: 'center', behavior: 'instant' });
  };

  /*
   * A link in running text: there is other text on its line, or in its row of a table; or it is an
   * item, a paragraph or a cell of what an editor wrote, which no style can tell from a sentence.
   */
  const inSentence = (element) => {
    if (getComputedStyle(element).display !== 'inline' || element instanceof SVGElement) return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    if (block.matches('td, th')) block = block.parentElement;
    if (!block.className && block.closest('.tekst .sectie, .inleiding')) return true;
    return block.innerText.trim().length > element.innerText.trim().length;
  };

  /* Whether the point is within all frames that cut off, or scroll, what is outside them. */
  const inFrames = (element, x, y) =>
    framesOf(element).every((frame) => {
      const { left, right, top, bottom } = frame.getBoundingClientRect();
      return x >= left && x <= right && y >= top && y <= bottom;
    });

  const name = (element) =>
    element.tagName.toLowerCase() + [...element.classList].map((part) => `.${part}`).join('');

  window.eyes = { bring, controls, framesOf, inFrames, inSentence, mainBox, name, onlyHeard, texts, visible };
}
