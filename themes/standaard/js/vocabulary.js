/*
 * All terms that can be found, of one or more indexes: which exist, which start with some letters,
 * which are a slip of the finger away.
 */

/* Whether two words are at most `most` letters added, dropped, changed or swapped apart. */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) {
    return most + 1;
  }
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(changed, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) {
      return most + 1;
    }
    before = last;
    last = row;
  }
  return last[b.length];
}

export function makeVocabulary(indexes) {
  const terms = [...new Set(indexes.flatMap((index) => Object.keys(index.invertedIndex)))].sort();

  function firstFrom(prefix) {
    let low = 0;
    let high = terms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (terms[middle] < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  return {
    has: (term) => terms[firstFrom(term)] === term,

    /* The shortest terms that start with the prefix and are longer. */
    startingWith(prefix, most) {
      const found = [];
      for (let i = firstFrom(prefix); i < terms.length && terms[i].startsWith(prefix); i++) {
        if (terms[i].length > prefix.length) {
          found.push(terms[i]);
        }
      }
      return found.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, most);
    },

    /* The nearest terms, all equally near: { distance, terms }. */
    near(word, reach, most) {
      let nearest = reach;
      let found = [];
      for (const term of terms) {
        const apart = distance(word, term, nearest);
        if (apart < nearest) {
          nearest = apart;
          found = [term];
        } else if (apart === nearest) {
          found.push(term);
        }
      }
      return { distance: nearest, terms: found.slice(0, most) };
    },
  };
}
