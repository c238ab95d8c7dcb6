/*
 * Checklists that a reader may keep on his device. Before he asks, ticks are only counted. A point is known
 * by its text, so that a page that is edited, or put in another order, keeps its ticks; a text that comes
 * twice is two points. The words stand in partials/hulp.mustache.
 */
import { pointsOf } from './points.js';
import { forget, read, write } from './keep.js';

function start(bar) {
  const [keepButton, wipeButton] = bar.querySelectorAll('button');
  const [offWords, onWords] = bar.querySelectorAll('p');
  const name = `vinkjes:${bar.dataset.vinkjes}`;
  const points = pointsOf(document);

  function count() {
    for (const place of document.querySelectorAll('[data-vinkjes-stand]')) {
      const boxes = [...points.values()].filter((box) => place.parentElement.contains(box));
      const words = place.dataset.vinkjesStand
        .replace('{gedaan}', boxes.filter((box) => box.checked).length)
        .replace('{alle}', boxes.length);
      if (place.textContent !== words) {
        place.textContent = words;
      }
    }
  }

  /* What is kept of this page: key → 1 or 0, where the reader has it otherwise than the page. */
  function kept() {
    try {
      return Object(JSON.parse(read(name)));
    } catch {
      return {};
    }
  }

  function keep() {
    const ticks = kept();
    for (const [key, box] of points) {
      delete ticks[key];
      if (box.checked !== box.defaultChecked) {
        ticks[key] = Number(box.checked);
      }
    }
    return write(name, JSON.stringify(ticks));
  }

  function show() {
    const ticks = kept();
    const keeping = read(name) !== null;
    for (const [key, box] of keeping ? points : []) {
      box.checked = ticks[key] ?? box.defaultChecked;
    }
    bar.classList.toggle('is-aan', keeping);
    count();
  }

  function tell(element, words) {
    element.textContent = words ?? element.textContent;
    element.focus();
  }

  keepButton.addEventListener('click', () => {
    const done = keep();
    show();
    tell(done ? onWords : offWords, done ? undefined : offWords.dataset.luktNiet);
  });

  wipeButton.addEventListener('click', () => {
    forget(name);
    points.forEach((box) => {
      box.checked = box.defaultChecked;
    });
    show();
    tell(offWords, offWords.dataset.gewist);
  });

  document.addEventListener('change', () => {
    if (read(name) !== null && !keep()) {
      tell(onWords, offWords.dataset.luktNiet);
    }
    count();
  });

  window.addEventListener('storage', show);
  show();
  keepButton.disabled = false;
  for (const place of document.querySelectorAll('.alleen-script')) {
    place.classList.add('met-script');
    if (place.dataset.vinkjesStand) {
      place.ariaLive = 'polite';
    }
  }
}

document.querySelectorAll('[data-vinkjes]').forEach(start);
