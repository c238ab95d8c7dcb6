/*
 * Makes the ES module js/dutch.js of the Dutch trimmer, stop words and stemmer of lunr-languages, as
 * npm delivers them.
 *
 * They are written for CommonJS, and hang themselves on lunr. Here each is run as a CommonJS module
 * inside one ES module, with a stand-in for the little of lunr that they touch, so that nothing
 * global is set and a strict Content-Security-Policy holds.
 *
 *   node vendor.mjs node_modules OUT.js
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [modules, out] = process.argv.slice(2);

const read = (name) => readFileSync(join(modules, 'lunr-languages', name), 'utf8').trim();
const { version } = JSON.parse(read('package.json'));

const asModule = (source) => `load(function (module, exports, define) {
${source}
})`;

const text = `/*
 * The Dutch trimmer, stop words and stemmer of lunr-languages ${version} (MPL 1.1,
 * https://www.mozilla.org/MPL/1.1/; source: https://github.com/MihaiValentin/lunr-languages),
 * unchanged but for their wrapping.
 */
function load(define) {
  const module = { exports: {} };
  define(module, module.exports);
  return module.exports;
}

const lunr = {
  Pipeline: { registerFunction() {} },
  generateStopWordFilter: (words) => new Set(words),
};

/* Copyright 2014, Mihai Valentin; based on the Snowball JavaScript Library, 2010, Oleg Mazko. */
${asModule(read('min/lunr.stemmer.support.min.js'))}(lunr);

${asModule(read('min/lunr.nl.min.js'))}(lunr);

/* Each takes a word in lower case; the empty word is a stop word too. */
export const { trimmer: trim, stemmer: stem } = lunr.nl;
export const isStopWord = (word) => lunr.nl.stopWordFilter.has(word);
`;

mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, text);
