/*
 * Random sites of Dutch-looking pages, for tests that hold two ways of searching against each other.
 */
import { randomFrom } from '../lunr/tool.mjs';

const STEMS =
  'werk gever nemer plaats proef subsidie loon kosten regeling vacature coach begeleiding plan gesprek ' +
  'school opleiding baan markt regio gemeente uitkering scholing instroom traject contact moment ' +
  'kandidaat budget vraag aanvraag team leiding taal rooster uren opvang kinder reis drempel';
const ENDS = ['', '', '', 's', 'en', 'je', 'er', 'ing', 'lijk'];
const SMALL = 'de het een van in op met voor en of niet wat hoe'.split(' ');

export function makeWriter(seed) {
  const random = randomFrom(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const stems = STEMS.split(' ');

  function word() {
    if (random() < 0.3) {
      return pick(SMALL);
    }
    const stem = stems[Math.floor(random() * random() * stems.length)];
    const other = random() < 0.25 ? (random() < 0.2 ? '-' : '') + pick(stems) : '';
    return stem + other + pick(ENDS);
  }

  const text = (most) => Array.from({ length: 1 + random() * most }, word).join(' ');

  /* `count` pages whose addresses start so. */
  const pages = (start, count) =>
    Array.from({ length: count }, (_, n) => ({
      address: `${start}${n}/`,
      title: text(3),
      type: pick(['pagina', 'stappenplan', 'verslag']),
      sections: [
        ['', '', text(30)],
        ...Array.from({ length: random() * 5 }, (_unused, i) => [`s${i}`, text(4), text(60)]),
      ],
    }));

  return { random, pick, text, word, pages };
}
