/*
 * Makes one small ES module of modules, for all that a reader waits for counts. What a script fetches only
 * when it is wanted stays a file of its own: search-*.js (but search-start.js) and page-NAME-*.js are such, and
 * are imported so.
 *
 *   node bundle.mjs IN.js OUT.js
 */
import { writeFile } from 'node:fs/promises';

import { build } from 'esbuild';
import { minify } from 'terser';

/*
 * Names that the search's modules have among themselves, and that become short ones, the same in each
 * script. None of them may be a name in a file, in what the search gives, or of the browser's.
 */
const own =
  'addEntries addForms apart byUse coverages documentOf entriesOf filesWith firstSections forms ' +
  'formsOf given glued idf importance introductions isHidden isKnown isNamed isOwn isPart joined ' +
  'known lexicon makeUnit pageOf passed postings postingsOf scopes scores startingWith stem stemOf ' +
  'stems stop strengths titled tokens tokensOf typeOf unit units weightOf';
const short = Object.fromEntries(own.split(' ').map((name, i) => [name, `$${i.toString(36)}`]));

const [entry, outfile] = process.argv.slice(2);

const { outputFiles } = await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  external: ['box', 'combobox', 'worker', 'common', 'found', 'guess', 'phrase', 'why']
    .map((part) => `./search-${part}.js`)
    .concat('./momenten-*.js', './regio-*.js', './apparaat-*.js'),
  mangleProps: new RegExp(`^(${Object.keys(short).join('|')})$`),
  mangleCache: short,
  minifySyntax: true,
  format: 'esm',
  target: 'es2022' /* Node 18, and the browsers of its time */,
  write: false,
  logLevel: 'warning',
});
const { code } = await minify(outputFiles[0].text, { module: true, format: { ascii_only: true } });
await writeFile(outfile, code);
