/*
 * A repository with a branch `uitgave-N` for each of a number of editions of one small site: in each,
 * every page has another text, and the picture and the style of the region another name.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const program = process.env.DRAAIBOEK_RELEASE ?? join(top, 'build/draaiboek');

/* What every page of an edition says, and its picture too. */
export const mark = (number) => `uitgave-nummer-${number}.`;
export const markOf = (text) => Number(/uitgave-nummer-(\d+)\./.exec(text)?.[1]);

function files(number) {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>${mark(number)}</title></svg>\n`;
  const page = (title) =>
    `---\ntitel: ${title}\nsamenvatting: Dit is ${mark(number)}\n---\n\n` +
    `${'Woorden om samen te persen. '.repeat(40)}\n\n![Merk](../../content/afbeeldingen/merk.svg)\n\n${mark(number)}\n`;
  return {
    'content/site.yml':
      'titel: Proef\nadres: https://draaiboek.example\nverzamelingen: {subsidies: {titel: Regelingen}}\n',
    'content/index.md': page('Proef').replace('../../content/', ''),
    'content/afbeeldingen/merk.svg': picture,
    'content/regios/twente/regio.yml': `naam: Twente\nhuisstijl: {kleur: "#${(0x111111 + number).toString(16)}"}\n`,
    'playbooks/subsidies/een.md': page('Een'),
    'playbooks/subsidies/twee.md': page('Twee'),
  };
}

/* The pages that every edition has. */
export const pages = [
  '',
  'subsidies/een/',
  'subsidies/twee/',
  'regio/twente/',
  'regio/twente/subsidies/een/',
  'regio/twente/subsidies/twee/',
];

/* Makes the bare repository. */
export function makeEditions(count) {
  const repository = mkdtempSync(join(tmpdir(), 'draaiboek-editions-'));
  const stream = [];
  for (let number = 1; number <= count; number++) {
    stream.push(`commit refs/heads/uitgave-${number}\ncommitter Anna <anna@example.org> ${1767614400 + number} +0000\n`);
    stream.push(`data <<EINDE\nuitgave ${number}\nEINDE\n`);
    for (const [path, text] of Object.entries(files(number))) {
      stream.push(`M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
    }
  }
  execFileSync('git', ['init', '-q', '--bare', repository]);
  execFileSync('git', ['-C', repository, 'fast-import', '--quiet'], { input: stream.join('') });
  return repository;
}

/* Addresses of the assets that a page names, from the root of the host. */
export function assetsOf(html) {
  return [...new Set([...html.matchAll(/(?:href|src)="((?:\.\.\/)*|\/)(assets\/[^"]+)"/g)].map(([, , asset]) => asset))];
}
