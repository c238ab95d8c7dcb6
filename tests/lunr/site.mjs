/*
 * A site in memory: what the theme's search module reads of one, with the indexes that the
 * generator writes.
 */
import assert from 'node:assert/strict';
import { change, indexFromC } from './tool.mjs';

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
    { path: 'Regelingen', type: 'wegwijzer' },
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

function scopeFiles(prefix, pages) {
  const documents = { version: 1, pages: [], sections: [] };
  const texts = [];
  const indexed = [];
  pages.forEach(([address, title, sections, more], page) => {
    documents.pages.push({ address, title, path: '', type: 'pagina', ...more });
    for (const [anchor, heading, text] of sections) {
      documents.sections.push([page, anchor, heading]);
      indexed.push(change('normalise', [heading || title, text]));
      texts.push(text);
    }
  });
  const files = {
    [`${prefix}index.json`]: indexFromC(indexed),
    [`${prefix}documenten.json`]: JSON.stringify(documents),
  };
  for (let n = 0; n * 2 < texts.length; n++) {
    files[`${prefix}teksten/${n}.json`] = JSON.stringify(texts.slice(n * 2, n * 2 + 2));
  }
  const scope = {
    index: `${prefix}index.json`,
    documents: `${prefix}documenten.json`,
    texts: { size: 2, pattern: `${prefix}teksten/{n}.json` },
  };
  return { files, scope };
}

export function makeSite() {
  const whole = scopeFiles('zoek/', national);
  const own = scopeFiles('regio/foodvalley/zoek/', regional);
  const sections = national.flatMap(([address, , list]) =>
    list.map(([anchor]) => `${address}#${anchor}`),
  );
  const manifest = {
    version: 1,
    module: 'assets/search.js',
    national: whole.scope,
    regions: {
      foodvalley: {
        name: 'FoodValley',
        ...own.scope,
        shadows: [
          sections.indexOf('subsidies/proefplaatsing/#aanvragen'),
          sections.indexOf('subsidies/jobcoach/#kosten'),
        ],
      },
      zaanstreek: { name: 'Zaanstreek/Waterland' },
    },
    glossary: 'zoek/begrippen.json',
  };
  return new Map(
    Object.entries({
      ...whole.files,
      ...own.files,
      'zoek/zoek.json': JSON.stringify(manifest),
      'zoek/begrippen.json': JSON.stringify({ version: 1, terms: glossary }),
    }),
  );
}

/* A fetch over the site that notes what is asked for. */
export function serve(site, asked = []) {
  return async (address) => {
    assert.equal(typeof address, 'string');
    assert.ok(address.startsWith(base), address);
    const name = address.slice(base.length);
    asked.push(name);
    return site.has(name) ? new Response(site.get(name)) : new Response('', { status: 404 });
  };
}
