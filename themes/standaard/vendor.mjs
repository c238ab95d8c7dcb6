/*
 * Makes the ES module js/lunr.js of lunr and its Dutch stemmer, as npm delivers them.
 *
 * Both are written for CommonJS or for a global variable. Here each is run as a CommonJS module
 * inside one ES module, so that nothing global is set and a strict Content-Security-Policy holds.
 *
 *   node vendor.mjs node_modules OUT.js
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [modules, out] = process.argv.slice(2);

const read = (name) => readFileSync(join(modules, name), 'utf8').trim();
const version = (name) => JSON.parse(read(`${name}/package.json`)).version;

/* lunr looks for `console` in the global `this`, which a module does not have. */
function withoutThis(source) {
  const parts = source.split('}}(this)');
  if (parts.length !== 2) {
    throw new Error('lunr.min.js is not as vendor.mjs knows it');
  }
  return parts.join('}}(globalThis)');
}

const asModule = (source) => `load(function (module, exports, define) {
${source}
})`;

const text = `/*
 * lunr ${version('lunr')} (MIT, see below) and the Dutch stemmer of
 * lunr-languages ${version('lunr-languages')} (MPL 1.1, https://www.mozilla.org/MPL/1.1/;
 * source: https://github.com/MihaiValentin/lunr-languages), unchanged but for their wrapping.
 */
function load(define) {
  const module = { exports: {} };
  define(module, module.exports);
  return module.exports;
}

const lunr = ${asModule(withoutThis(read('lunr/lunr.min.js')))};

/* Copyright 2014, Mihai Valentin; based on the Snowball JavaScript Library, 2010, Oleg Mazko. */
${asModule(read('lunr-languages/min/lunr.stemmer.support.min.js'))}(lunr);

${asModule(read('lunr-languages/min/lunr.nl.min.js'))}(lunr);

export default lunr;
`;

mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, text);
