/*
 * The files that the search works on, fetched and looked over: what is missing or broken is an
 * error that names the file, not a fault somewhere later. docs/search.md has their form.
 */
const MANIFEST = 'zoek/zoek.json';
const VERSION = 2;

const isText = (value) => typeof value === 'string';
const isNumber = (value) => Number.isSafeInteger(value) && value >= 0;
const isListOf = (is) => (value) => Array.isArray(value) && value.every(is);
const isTexts = isListOf(isText);
const isMissingOr = (is) => (value) => value === undefined || is(value);
const isVersion = (value) => value === VERSION;
const isTuple = (length, is) => (value) =>
  Array.isArray(value) && value.length === length && value.every(is);

function hasShape(value, shape) {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(shape).every(([key, is]) => is(value[key]))
  );
}

const scopeFiles = {
  outline: isText,
  index: isText,
  shards: isText,
  words: isText,
  documents: isText,
};

const isRegion = (value) =>
  hasShape(value, {}) && (value.outline === undefined || hasShape(value, scopeFiles));

const isManifest = (value) =>
  hasShape(value, {
    version: isVersion,
    national: (scope) => hasShape(scope, scopeFiles),
    regions: isMissingOr(
      (regions) => hasShape(regions, {}) && Object.values(regions).every(isRegion),
    ),
    glossary: isMissingOr(isText),
  });

const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

/* The numbers in it must agree with one another, for all that follows counts on them. */
const isOutline = (value) =>
  hasShape(value, {
    version: isVersion,
    sections: isNumber,
    types: isListOf(isTuple(2, isText)),
    pages: isListOf(isTuple(2, isNumber)),
    chunks: isListOf(isNumber),
    terms: isTexts,
    words: isTexts,
    split: isMissingOr(isListOf(isTuple(3, isNumber))),
    shadows: isMissingOr(isListOf(isNumber)),
    own: isMissingOr(isListOf(Number.isSafeInteger)),
  }) &&
  total(value.chunks) === value.pages.length &&
  total(value.pages.map(([, count]) => count)) === value.sections &&
  (value.own ?? value.pages).length === value.pages.length;

const isGlossary = (value) =>
  hasShape(value, {
    version: (version) => version === 1 || version === VERSION,
    terms: isListOf((term) =>
      hasShape(term, {
        term: isText,
        meaning: isMissingOr(isText),
        abbreviations: isMissingOr(isTexts),
        synonyms: isMissingOr(isTexts),
        also: isMissingOr(isTexts),
      }),
    ),
  });

export const isWords = (value) =>
  hasShape(value, { version: isVersion, words: isText, weights: isText });

export const isDocuments = (value) =>
  hasShape(value, {
    version: isVersion,
    pages: isListOf((page) =>
      hasShape(page, {
        address: isText,
        title: isText,
        path: isMissingOr(isText),
        sections: isListOf((section) => section?.length === 3 && isTexts(section)),
      }),
    ),
  });

export function join(base, address) {
  return base === '' || base.endsWith('/') ? base + address : `${base}/${address}`;
}

export function fail(address, why, cause) {
  throw new Error(`search: ${address} ${why}`, { cause });
}

/*
 * The reader of a site's files: `read(address, make)` resolves to what `make` makes of the file's
 * JSON, which is asked for once, or again after a failure.
 */
export function makeReader(base, fetch) {
  const known = new Map();

  async function fetchJson(address, make) {
    let response;
    let text;
    let value;
    try {
      response = await fetch(join(base, address));
      text = response.ok === false ? '' : await response.text();
    } catch (cause) {
      fail(address, `could not be fetched: ${cause?.message ?? cause}`, cause);
    }
    if (response.ok === false) {
      fail(address, `could not be fetched: status ${response.status}`);
    }
    try {
      value = JSON.parse(text);
    } catch (cause) {
      fail(address, `is not JSON: ${cause.message}`, cause);
    }
    try {
      return make(value);
    } catch (cause) {
      fail(address, cause.message, cause);
    }
  }

  return (address, make) => {
    if (!known.has(address)) {
      const made = fetchJson(address, make);
      known.set(address, made);
      made.catch(() => known.delete(address));
    }
    return known.get(address);
  };
}

/* A `make` for makeReader: the value itself, when it has the form. */
export const shaped = (is) => (value) => {
  if (!is(value)) {
    throw new Error('is not as this version of the search knows it');
  }
  return value;
};

/*
 * What is read at opening: { national, own, glossary }, both scopes as { files, outline }; `own` is
 * the region's and undefined when the region has no texts of its own.
 */
export async function readFiles(read, region) {
  const manifest = await read(MANIFEST, shaped(isManifest));
  const regions = new Map(Object.entries(manifest.regions ?? {}));
  if (region !== undefined && !regions.has(region)) {
    fail(MANIFEST, `has no region ${JSON.stringify(region)}`);
  }
  const readScope = async (files) =>
    files?.outline && { files, outline: await read(files.outline, shaped(isOutline)) };
  const [national, own, glossary] = await Promise.all([
    readScope(manifest.national),
    readScope(regions.get(region)),
    manifest.glossary === undefined ? { terms: [] } : read(manifest.glossary, shaped(isGlossary)),
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
