/*
 * Makes one small ES module of modules, for all that a reader waits for counts. What a script fetches only
 * when it is wanted stays a file of its own: interface/search-box.js, search-worker.js and page-NAME-*.js are
 * such, and are imported so.
 *
 *   node bundle.mjs IN.js OUT.js
 */
import { build } from 'esbuild';

const [entry, outfile] = process.argv.slice(2);

await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  external: ['./search-box.js', './search-worker.js', './momenten-*.js', './regio-*.js', './apparaat-*.js'],
  minify: true,
  format: 'esm',
  target: 'es2022' /* Node 18, and the browsers of its time */,
  charset: 'ascii',
  banner: { js: '/* draaiboek, EUPL-1.2 */' },
  logLevel: 'warning',
});
