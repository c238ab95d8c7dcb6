/*
 * The judged sets: queries with grades for the sections that answer them, one set over this
 * repository's own site and one over a site of which neither the search nor its word lists were
 * made. A set is `vragen.json`; `floor.json` holds the figures that draaiboek's search has reached.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classes, judge } from './metrics.mjs';
import { buildSite, readSite, top } from './site.mjs';

const here = process.env.DRAAIBOEK_QUERIES ?? dirname(fileURLToPath(import.meta.url));
const floorFile = join(here, 'floor.json');

function fail(why) {
  throw new Error(`judged set: ${why}`);
}

function check(file, site, { version, queries }) {
  if (version !== 1 || !Array.isArray(queries) || queries.length === 0) {
    fail(`${file} is not of version 1, or has no queries`);
  }
  const ids = new Set();
  for (const { id, query, class: name, region, grades } of queries) {
    const where = `${file}, ${id} ("${query}")`;
    if (typeof id !== 'string' || typeof query !== 'string' || ids.has(id)) {
      fail(`${where} has no id of its own, or no query`);
    }
    ids.add(id);
    if (!classes.includes(name)) {
      fail(`${where} has class "${name}"; there are ${classes.join(', ')}`);
    }
    if (region !== undefined && !site.regions.includes(region)) {
      fail(`${where} is of region "${region}", which the site does not have`);
    }
    const values = Object.values(grades ?? {});
    if (!values.every((grade) => [0, 1, 2, 3].includes(grade)) || !values.some(Boolean)) {
      fail(`${where} needs grades from 0 to 3, one at least above 0`);
    }
  }
}

/* With keys as `site.keyOf` gives them for results. */
const withKeys = (site, query) => ({
  ...query,
  grades: Object.fromEntries(
    Object.entries(query.grades).map(([key, grade]) => [site.keyOf(key), grade]),
  ),
});

function readSet(file, site) {
  if (!existsSync(file)) {
    fail(`${file} is missing`);
  }
  const set = JSON.parse(readFileSync(file, 'utf8'));
  check(file, site, set);
  return set.queries.map((query) => withKeys(site, query));
}

/* Both sets, in turn, each with its site built: [{ name, site, queries }]. */
export const sets = [
  {
    name: 'own site',
    open() {
      const site = readSite(process.env.DRAAIBOEK_SITE ?? buildSite(top));
      return { site, queries: readSet(join(here, 'vragen.json'), site) };
    },
  },
  {
    name: 'other site',
    open() {
      const site = readSite(buildSite(join(here, 'anders/site')));
      return { site, queries: readSet(join(here, 'anders/vragen.json'), site) };
    },
  },
];

/* Judgements of sections that a reader of the query's region cannot find: [{ id, key }]. */
export function lost(site, queries) {
  const keys = new Map();
  return queries.flatMap(({ id, region, grades }) => {
    if (!keys.has(region)) {
      keys.set(region, new Set(site.sectionsOf(region).map(({ key }) => key)));
    }
    return Object.keys(grades)
      .filter((key) => !keys.get(region).has(key))
      .map((key) => ({ id, key }));
  });
}

/* Asks an engine all queries: [{ id, query, class, keys, ...metrics }]. */
export async function ask(engine, site, queries) {
  const opened = new Map();
  const judged = [];
  for (const { id, query, class: name, region, grades } of queries) {
    if (!opened.has(region)) {
      opened.set(region, await engine.open(site, region));
    }
    const keys = await opened.get(region)(query);
    judged.push({ id, query, class: name, keys, ...judge(keys, grades) });
  }
  return judged;
}

/* { name of the set: { figure: number } } */
export const readFloor = () =>
  existsSync(floorFile) ? JSON.parse(readFileSync(floorFile, 'utf8')) : {};

export const writeFloor = (floor) =>
  writeFileSync(floorFile, `${JSON.stringify(floor, null, 2)}\n`);
