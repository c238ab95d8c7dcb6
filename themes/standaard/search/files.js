/*
 * The files that the search works on, fetched and looked over: what is missing or broken is an
 * error that names the file, not a fault somewhere later. docs/search.md has their form.
 */
const MANIFEST_ADDRESS = 'zoek/zoek.json';
const VERSION = 2;

/*
 * Whether a value is as an example of it. '' is any text, a number any whole one from there on, [x] a list of
 * such as x, [x, y] one of just these, and an object has what its example has; a function judges for itself.
 */
export function isLike(value, example) {
  if (typeof example === 'function') {
    return example(value);
  }
  if (Array.isArray(example)) {
    const { length } = example;
    return (
      Array.isArray(value) &&
      (length === 1 || value.length === length) &&
      value.every((item, i) => isLike(item, example[i % length]))
    );
  }
  if (typeof example === 'object') {
    return (
      typeof value === 'object' &&
      value !== null &&
      Object.entries(example).every(([key, part]) => isLike(value[key], part))
    );
  }
  return typeof example === 'number'
    ? Number.isSafeInteger(value) && value >= example
    : typeof value === 'string';
}

const missingOr = (example) => (value) => value === undefined || isLike(value, example);
const version = (value) => value === VERSION;

const SCOPE = { outline: '', index: '', shards: '', words: '', documents: '' };

const isRegion = (value) =>
  isLike(value, {}) && (value.outline === undefined || isLike(value, SCOPE));

const MANIFEST = {
  version,
  national: SCOPE,
  regions: missingOr((regions) => isLike(regions, {}) && Object.values(regions).every(isRegion)),
  glossary: missingOr(''),
};

const OUTLINE = {
  version,
  sections: 0,
  types: [['', '']],
  pages: [[0, 0]],
  chunks: [0],
  terms: [''],
  words: [''],
  split: missingOr([[0, 0, 0]]),
  shadows: missingOr([0]),
  own: missingOr([-1]),
};

const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

/* The numbers in it must agree with one another, for all that follows counts on them. */
const isOutline = (value) =>
  isLike(value, OUTLINE) &&
  total(value.chunks) === value.pages.length &&
  total(value.pages.map(([, count]) => count)) === value.sections &&
  (value.own ?? value.pages).length === value.pages.length;

const GLOSSARY = {
  version: (number) => number === 1 || number === VERSION,
  terms: [
    {
      term: '',
      meaning: missingOr(''),
      abbreviations: missingOr(['']),
      synonyms: missingOr(['']),
      also: missingOr(['']),
    },
  ],
};

export const WORDS = { version, words: '', weights: '' };

export const DOCUMENTS = {
  version,
  pages: [{ address: '', title: '', path: missingOr(''), sections: [['', '', '']] }],
};

export function join(base, address) {
  return base === '' || base.endsWith('/') ? base + address : `${base}/${address}`;
}

export function fail(address, why, cause) {
  throw new Error(`search: ${address} ${why}`, { cause });
}

/* A part of the script that is fetched only now, from what import() of it gives. */
export const partOf = (loading) =>
  loading.catch((cause) => fail('the script', `could not be fetched: ${cause.message}`, cause));

/* Makes a promise for each key only once, or again after a failure. */
export function keep(make) {
  const known = new Map();
  return (key, ...rest) => {
    if (!known.has(key)) {
      const made = make(key, ...rest);
      known.set(key, made);
      made.catch(() => known.delete(key));
    }
    return known.get(key);
  };
}

/*
 * The reader of a site's files: `read(address, make)` resolves to what `make` makes of the file's
 * JSON, which is asked for once, or again after a failure.
 */
export function makeReader(base, fetch) {
  async function fetchJson(address, make) {
    let fault = 'could not be fetched: ';
    try {
      const response = await fetch(join(base, address));
      if (response.ok === false) {
        throw new Error(`status ${response.status}`);
      }
      const text = await response.text();
      fault = 'is not JSON: ';
      const value = JSON.parse(text);
      fault = '';
      return make(value);
    } catch (cause) {
      fail(address, fault + (cause?.message ?? cause), cause);
    }
  }

  return keep(fetchJson);
}

/* A `make` for makeReader: the value itself, when it is as the example, or as a function has it. */
export const shaped = (example) => (value) => {
  if (!isLike(value, example)) {
    throw new Error('is not as this version of the search knows it');
  }
  return value;
};

/*
 * What is read at opening: { national, own, glossary }, both scopes as { files, outline }; `own` is
 * the region's and undefined when the region has no texts of its own.
 */
export async function readFiles(read, region) {
  const manifest = await read(MANIFEST_ADDRESS, shaped(MANIFEST));
  const regions = new Map(Object.entries(manifest.regions ?? {}));
  if (region !== undefined && !regions.has(region)) {
    fail(MANIFEST_ADDRESS, `has no region "${region}"`);
  }
  const readScope = async (files) =>
    files?.outline && { files, outline: await read(files.outline, shaped(isOutline)) };
  const [national, own, glossary] = await Promise.all([
    readScope(manifest.national),
    readScope(regions.get(region)),
    manifest.glossary === undefined ? { terms: [] } : read(manifest.glossary, shaped(GLOSSARY)),
  ]);
  const { shadows = [], own: variants = [] } = own?.outline ?? {};
  if (
    shadows.some((section) => section >= national.outline.sections) ||
    variants.some((page) => page >= national.outline.pages.length)
  ) {
    fail(own.files.outline, 'is of another build than the national one');
  }
  return { national, own, glossary: glossary.terms };
}
