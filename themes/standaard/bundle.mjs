/*
 * Makes one small ES module of the search's modules, for all that a reader waits for counts: the
 * script is fetched before the first answer.
 *
 *   node bundle.mjs IN.js OUT.js
 */
import { build } from 'esbuild';

const [entry, outfile] = process.argv.slice(2);

await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022' /* Node 18, and the browsers of its time */,
  charset: 'ascii',
  banner: { js: '/* draaiboek, EUPL-1.2 */' },
  logLevel: 'warning',
});
