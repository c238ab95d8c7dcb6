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

  /*
   * What no scrolling brings into sight, as the skip link without the focus: it is fixed beyond an edge
   * of the screen, or above or to the left of the whole page.
   */
  const beyond = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const { position } = getComputedStyle(at);
      const { left, right, top, bottom } = at.getBoundingClientRect();
      if (position === 'fixed') return right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight;
      if (position === 'absolute' && framesOf(at).length === 0) {
        if (right + scrollX <= 0 || bottom + scrollY <= 0) return true;
      }
    }
    return false;
  };

  const visible = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !onlyHeard(element) && !beyond(element);

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

  /* Scrolls to it where it is not on the screen, and in its frames as far as the focus would. */
  const bring = (element) => {
    const { top, bottom } = mainBox(element);
    const block = top < 0 || bottom > innerHeight ? 'center' : 'nearest';
    element.scrollIntoView({ block, inline: 'nearest', behavior: 'instant' });
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
      const box = frame.getBoundingClientRect();
      // Its bars to scroll with are not what it shows.
      const [left, top] = [box.left + frame.clientLeft, box.top + frame.clientTop];
      return x >= left && x <= left + frame.clientWidth && y >= top && y <= top + frame.clientHeight;
    });

  const name = (element) =>
    element.tagName.toLowerCase() + [...element.classList].map((part) => `.${part}`).join('');

  window.eyes = { bring, controls, framesOf, inFrames, inSentence, mainBox, name, onlyHeard, texts, visible };
}
