/*
 * Says how well draaiboek's search answers the judged sets, beside other searches over the same
 * sections: the table of `make search-quality`.
 *
 *   --only NAME   only this engine: draaiboek, lunr, minisearch or pagefind; may be repeated
 *   --keep        writes draaiboek's figures to floor.json where they are better than what is there
 *   --lower       with --keep: also where they are worse
 *   --worst N     lists the N queries that draaiboek answers worst
 */
import { parseArgs } from 'node:util';
import { randomFrom } from '../lunr/tool.mjs';
import { ask, lost, readFloor, sets, writeFloor } from './judged.mjs';
import { bootstrap, classes, guarded, metrics, raise, summarise } from './metrics.mjs';

const known = ['draaiboek', 'lunr', 'minisearch', 'pagefind'];

function readArguments() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: known },
      keep: { type: 'boolean', default: false },
      lower: { type: 'boolean', default: false },
      worst: { type: 'string', default: '0' },
    },
  });
  const unknown = values.only.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`there is no engine ${unknown}; there are ${known.join(', ')}`);
  }
  return values;
}

function printTable(queries, results) {
  const columns = [...classes, 'all'];
  const row = (label, cellOf) =>
    console.log(label.padEnd(14) + columns.map((name) => cellOf(name).padStart(11)).join(''));
  const count = (name) => queries.filter((query) => [query.class, 'all'].includes(name)).length;
  row('', (name) => name);
  row('queries', (name) => String(count(name)));
  for (const metric of metrics) {
    console.log(metric);
    for (const { name: engine, summary } of results) {
      row(`  ${engine}`, (name) => summary[name]?.[metric].toFixed(3) ?? '–');
    }
  }
}

/* How much better draaiboek is than the best of the others, and how sure that is. */
function printLead([own, ...peers]) {
  const score = ({ summary }) => summary.all['nDCG@10'];
  const [best] = peers.sort((a, b) => score(b) - score(a));
  if (best === undefined) {
    return;
  }
  const differences = own.judged.map((one, i) => one['nDCG@10'] - best.judged[i]['nDCG@10']);
  const [mean, low, high] = bootstrap(differences, randomFrom(1)).map(
    (value) => (value < 0 ? '' : '+') + value.toFixed(3),
  );
  console.log(
    `nDCG@10, ${own.name} less ${best.name}: ${mean}, 95% between ${low} and ${high} (paired bootstrap)`,
  );
}

function printWorst(judged, count) {
  const worst = [...judged].sort((a, b) => a['nDCG@10'] - b['nDCG@10']).slice(0, count);
  for (const { id, query, keys, ...one } of worst) {
    console.log(`${one['nDCG@10'].toFixed(3)}  ${id}  ${one.class}  ${query}`);
    keys.slice(0, 3).forEach((key, i) => console.log(`         ${i + 1}. ${key}`));
  }
}

const { only, keep, lower, worst } = readArguments();
const engines = await Promise.all(
  known
    .filter((name) => only.includes(name))
    .map((name) => import(new URL(`engines/${name}.mjs`, import.meta.url))),
);
const floor = readFloor();

for (const { name, open } of sets) {
  const { site, queries } = open();
  console.log(`${name}: ${site.sectionsOf().length} national sections\n`);
  lost(site, queries).forEach(({ id, key }) =>
    console.log(`query ${id}: the site has no section ${key}`),
  );
  const results = [];
  for (const engine of engines) {
    const judged = await ask(engine, site, queries);
    results.push({ name: engine.name, judged, summary: summarise(judged) });
  }
  printTable(queries, results);
  console.log('');
  const own = results.find((result) => result.name === 'draaiboek');
  if (own !== undefined) {
    printLead(results);
    printWorst(own.judged, Number(worst));
    floor[name] = raise(floor[name] ?? {}, guarded(own.summary), { lower });
    console.log('');
  }
}

if (keep) {
  writeFloor(floor);
}
