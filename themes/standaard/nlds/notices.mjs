/*
 * Whose work a site is sent out with, and under which licence. Ends with an error at a package that is
 * not under one of those below, whether it goes to the site or only makes it; and at one of which the
 * text of the licence is another than its package.json says, as of house styles in the same trade.
 *
 *   node nlds/notices.mjs OUT.txt LICENSE COMPOUNDS.licence
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const theme = dirname(dirname(fileURLToPath(import.meta.url)));

/* What the text of each licence has in it. */
const allowed = new Map([
  ['EUPL-1.2', /EUROPEAN UNION PUBLIC LICENCE v\. 1\.2/],
  ['MIT', /Permission is hereby granted, free of charge/],
  ['ISC', /Permission to use, copy, modify, and(\/or)? distribute this software/],
  ['BSD-2-Clause', /Redistribution and use in source and binary forms/],
  ['BSD-3-Clause', /Redistribution and use in source and binary forms/],
]);

/* The packages of a lock file: `ships` is false for those that only make the site. */
export function packages(lock) {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license, dev }]) => ({
      path,
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      ships: !dev,
    }));
}

export function faults(list, read) {
  return list.flatMap((item) => {
    if (!allowed.has(item.licence)) {
      return [`${item.name}: the licence ${item.licence} is not one that this theme may have`];
    }
    if (!item.ships) {
      return [];
    }
    const { licence, text } = read(item.path);
    return [
      ...(licence === item.licence ? [] : [`${item.name}: the lock file says ${item.licence}, it ${licence}`]),
      ...(allowed.get(item.licence).test(text) ? [] : [`${item.name}: its text is not ${item.licence}`]),
    ];
  });
}

/* Who says in a style sheet that it is theirs: those lines go with the site, the comments do not. */
function holders(folder) {
  const sheets = existsSync(join(folder, 'dist'))
    ? readdirSync(join(folder, 'dist')).filter((name) => name.endsWith('.css'))
    : [];
  const lines = sheets.flatMap((name) =>
    [...readFileSync(join(folder, 'dist', name), 'utf8').matchAll(/Copyright.*/g)].map(([line]) => line.trim()),
  );
  return [...new Set(lines)];
}

function readPackage(path) {
  const folder = join(theme, path);
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return {
    licence: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).license,
    text: file ? readFileSync(join(folder, file), 'utf8') : '',
    holders: holders(folder),
  };
}

/* One text for all packages with the same one, under their names. */
function byText(list, read) {
  const found = new Map();
  for (const item of list.filter(({ ships }) => ships)) {
    const { text, holders } = read(item.path);
    const title = [`${item.name} ${item.version}`, ...holders.map((line) => `  ${line}`)].join('\n');
    found.set(text.trim(), [...(found.get(text.trim()) ?? []), title]);
  }
  return found;
}

const rule = `\n${'='.repeat(78)}\n\n`;

export function notices(list, read, own, compounds) {
  const texts = byText(list, read);
  const names = ['draaiboek: de opmaak en de scripts van deze site', ...(texts.get(own.trim()) ?? [])];
  texts.delete(own.trim());
  return [
    'Licenties van wat met deze site wordt meegestuurd. De teksten van de site zelf vallen hier niet onder.\n',
    `${names.map((name) => `- ${name}`).join('\n')}\n\n${own.trim()}\n`,
    ...[...texts].map(([text, titles]) => `${titles.map((name) => `- ${name}`).join('\n')}\n\n${text}\n`),
    `- de tabel van samenstellingen, waarmee de zoekindex is gemaakt\n\n${compounds.trim()}\n`,
  ].join(rule);
}

function main([out, licence, compounds]) {
  const list = packages(JSON.parse(readFileSync(join(theme, 'package-lock.json'), 'utf8')));
  const wrong = faults(list, readPackage);
  if (wrong.length > 0) {
    console.error(wrong.join('\n'));
    process.exit(1);
  }
  mkdirSync(dirname(out), { recursive: true });
  /* Where a server does not say that it is UTF-8, the mark at the start does. */
  writeFileSync(
    out,
    `\ufeff${notices(list, readPackage, readFileSync(licence, 'utf8'), readFileSync(compounds, 'utf8'))}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2));
}
