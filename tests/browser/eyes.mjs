/*
 * What a reader sees of a page, as functions for the tests: `page.evaluate(eyes)` puts them in the
 * page as `window.eyes`.
 */
export function eyes() {
  const clips = (element) => /hidden|clip|auto|scroll/.test(getComputedStyle(element).overflow);

  /* Text for screen readers alone stands in a box of a pixel. */
  const onlyHeard = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const { width, height } = at.getBoundingClientRect();
      if ((width <= 1 || height <= 1) && clips(at)) return true;
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

  const name = (element) =>
    element.tagName.toLowerCase() + [...element.classList].map((part) => `.${part}`).join('');

  window.eyes = { framesOf, name, onlyHeard, texts, visible };
}
