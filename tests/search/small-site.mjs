/*
 * A small site in memory: what the theme's search module reads of one.
 */
import { makeFiles } from './reference.mjs';

export const module = new URL('../../build/share/themes/standaard/js/search.js', import.meta.url);

export const base = 'https://draaiboek.example/';

/* [address, title, sections [anchor, title, text]], and what else the page has. */
const national = [
  [
    '',
    'Draaiboek partnerschap',
    [['', '', 'Welkom. Hier leest u hoe u samenwerkt met werkgevers.']],
  ],
  [
    'subsidies/proefplaatsing/',
    'Proefplaatsing',
    [
      ['', '', 'Een kandidaat werkt op proef, met behoud van uitkering.'],
      [
        'duur',
        'Hoe lang duurt het?',
        'Een proefplaatsing duurt twee maanden. De uitkering loopt door.',
      ],
      [
        'aanvragen',
        'Aanvragen',
        'De werkgever vraagt de proefplaatsing aan bij het werkgeversservicepunt.',
      ],
    ],
    { path: 'Regelingen', type: 'wegwijzer' },
  ],
  [
    'subsidies/jobcoach/',
    'Jobcoach',
    [
      ['', '', 'Een jobcoach begeleidt de werknemer op de werkplek.'],
      [
        'kosten',
        'Wat kost het?',
        'De begeleiding kost de werkgever niets. De gemeente vergoedt de subsidie.',
      ],
    ],
    { path: 'Regelingen', type: 'wegwijzer' },
  ],
  [
    'partnerschap/samenwerken/',
    'Samenwerken',
    [
      ['', '', 'Werkgevers en gemeenten maken samen vacatures. Dat heet een werkcentrum.'],
      [
        'afspraken',
        'Afspraken maken',
        `${'Lange aanloop zonder treffer. '.repeat(30)}Leg vast wie de vacature beheert. Daarna volgt nog veel meer tekst. ${'En zo verder. '.repeat(30)}`,
      ],
    ],
  ],
  ['regio/', 'Kies uw regio', [['', '', 'Alle regio’s van A tot Z.']], { fixed: true }],
];

const regional = [
  [
    'regio/foodvalley/subsidies/proefplaatsing/',
    'Proefplaatsing',
    [
      [
        'aanvragen',
        'Aanvragen',
        'In FoodValley vraagt u de proefplaatsing aan bij het loket in Ede.',
      ],
    ],
    { path: 'Regelingen', type: 'wegwijzer', variantOf: 1 },
  ],
  ['regio/foodvalley/agenda/', 'Agenda', [['', '', 'Banenmarkt in Wageningen, met werkgevers.']]],
];

const glossary = [
  {
    term: 'werkgeversservicepunt',
    abbreviations: ['WSP'],
    synonyms: ['werkgeverspunt'],
    also: ['werkcentrum'],
  },
  { term: 'met behoud van uitkering', synonyms: ['onbetaalde proeftijd'] },
  { term: '…' },
];

const pagesOf = (list) =>
  list.map(([address, title, sections, more]) => ({
    address,
    title,
    sections,
    path: '',
    type: 'pagina',
    ...more,
  }));

/* What the reference writer makes of it; in `shape` more of what makeFiles() takes. */
export function makeSite(shape) {
  const sections = national.flatMap(([address, , list]) =>
    list.map(([anchor]) => `${address}#${anchor}`),
  );
  return makeFiles({
    pages: pagesOf(national),
    types: [
      ['wegwijzer', 'Wegwijzer'],
      ['pagina', 'Pagina'],
    ],
    regions: {
      foodvalley: {
        name: 'FoodValley',
        pages: pagesOf(regional),
        shadows: [
          sections.indexOf('subsidies/proefplaatsing/#aanvragen'),
          sections.indexOf('subsidies/jobcoach/#kosten'),
        ],
      },
      zaanstreek: { name: 'Zaanstreek/Waterland' },
    },
    glossary,
    sizes: { postings: 12, words: 9, sections: 3 },
    ...shape,
  });
}
