/*
 * Why a page is found, or is not: for an editor, on the search page of draaiboek serve. The words stand in
 * partials/zoek-uitleg.mustache.
 */
const part = (name) => document.querySelector(`[data-uitleg-${name}]`);
const format = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
const number = (value) => format.format(value);
const words = (kind) => part('soorten').querySelector(`[data-soort="${kind}"]`)?.textContent ?? kind;

/* A row: texts, and at its end numbers. */
function row(texts, numbers) {
  const made = document.createElement('tr');
  for (const text of texts) {
    made.insertCell().append(text);
  }
  for (const value of numbers) {
    const cell = made.insertCell();
    cell.className = 'rechts';
    cell.append(number(value));
  }
  return made;
}

const termsOf = ({ terms }) => terms.join(' + ');

/* The rows of a query's word: how it was looked for, and in how many sections that is. */
function wordRows({ word, variants }) {
  if (variants.every(({ documents }) => documents === 0)) {
    const made = row([word, words('none')], []);
    made.cells[1].colSpan = 4;
    return [made];
  }
  return variants.map((variant, i) =>
    row(
      [i === 0 ? word : '', words(variant.kind), termsOf(variant)],
      [variant.weight, variant.documents],
    ),
  );
}

/* Where in a section a word is, and what it is worth there. */
function placesOf(line) {
  const places = ['title', 'body', 'parts'].filter((field) => line[field] > 0);
  const values = places.map((field) => `${words(field)} ${number(line[field])}`);
  return [...values, ...(line.lent ? [words('lent')] : [])].join(', ');
}

function sectionPart({ title, explanation, factors, score }) {
  const made = part('sectie').content.firstElementChild.cloneNode(true);
  made.querySelector('[data-sectie]').append(title);
  made.querySelector('[data-rijen]').append(
    ...explanation.map((line) =>
      row(
        [line.word, `${words(line.kind)}: ${termsOf(line)}`, placesOf(line)],
        [line.weight, line.score],
      ),
    ),
  );
  const place = made.querySelector('[data-factoren]');
  place.textContent = place.textContent.replace(/\{(\w+)\}/g, (name, key) =>
    number(key === 'score' ? score : factors[key]),
  );
  return made;
}

/* Of a page: all that made its score, folded. */
function pagePart(results) {
  const made = part('resultaat').content.firstElementChild.cloneNode(true);
  made.querySelector('[data-som]').append(number(results[0].score));
  made.append(...results.map(sectionPart));
  return made;
}

function showSkipped(skipped) {
  const place = part('overgeslagen');
  place.dataset.woorden ??= place.textContent;
  place.textContent = place.dataset.woorden.replace('{woorden}', skipped.join(', '));
  place.hidden = skipped.length === 0;
}

/*
 * Explains what was found, or only gives the way to an explanation, `address`. `shown` are the pages:
 * [{ item, results }], the element of each with its results.
 */
export function showExplanation(address, found, shown) {
  part('link').firstElementChild.href = address;
  part('link').hidden = Boolean(found);
  part('vak').hidden = !found;
  if (found) {
    part('woorden').replaceChildren(...found.words.flatMap(wordRows));
    showSkipped(found.skipped);
    shown.forEach(({ item, results }) => item.append(pagePart(results)));
  }
}
