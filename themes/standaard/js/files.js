/*
 * The files that the search works on, fetched and looked over: what is missing or broken is an
 * error that names the file, not a fault somewhere later. The manifest names them all, from the
 * site's root.
 */
import lunr from './lunr.js';

const MANIFEST = 'zoek/zoek.json';

function fail(address, why) {
  throw new Error(`search: ${address} ${why}`);
}

const isText = (value) => typeof value === 'string';
const isNumber = (value) => Number.isSafeInteger(value) && value >= 0;
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOf = (is) => (value) => Array.isArray(value) && value.every(is);
const isMissingOr = (is) => (value) => value === undefined || is(value);

function hasShape(value, shape) {
  return isObject(value) && Object.entries(shape).every(([key, is]) => is(value[key]));
}

const isTexts = (value) =>
  hasShape(value, {
    size: isNumber,
    pattern: isMissingOr(isText),
    files: isMissingOr(isListOf(isText)),
  }) &&
  value.size > 0 &&
  (value.files !== undefined || value.pattern !== undefined);

const isScope = (value) =>
  hasShape(value, {
    index: isMissingOr(isText),
    documents: isMissingOr(isText),
    texts: isMissingOr(isTexts),
    shadows: isMissingOr(isListOf(isNumber)),
  }) && (value.index === undefined) === (value.documents === undefined);

const isManifest = (value) =>
  hasShape(value, {
    version: (version) => version === 1,
    national: (scope) => isScope(scope) && isText(scope.index),
    regions: isMissingOr((regions) => isObject(regions) && Object.values(regions).every(isScope)),
    glossary: isMissingOr(isText),
  });

const isPage = (value) =>
  hasShape(value, {
    address: isText,
    title: isText,
    path: isMissingOr(isText),
    type: isMissingOr(isText),
  });

const isDocuments = (value) =>
  hasShape(value, { pages: isListOf(isPage), sections: Array.isArray }) &&
  value.sections.every(
    (section) =>
      Array.isArray(section) &&
      isNumber(section[0]) &&
      section[0] < value.pages.length &&
      isText(section[1]) &&
      isText(section[2]),
  );

const isGlossary = (value) =>
  hasShape(value, {
    terms: isListOf((term) =>
      hasShape(term, {
        term: isText,
        abbreviations: isMissingOr(isListOf(isText)),
        synonyms: isMissingOr(isListOf(isText)),
        also: isMissingOr(isListOf(isText)),
      }),
    ),
  });

export function join(base, address) {
  return base === '' || base.endsWith('/') ? base + address : `${base}/${address}`;
}

async function readJson({ base, fetch }, address) {
  let response;
  let text;
  try {
    response = await fetch(join(base, address));
    text = response.ok === false ? '' : await response.text();
  } catch (cause) {
    throw new Error(`search: ${address} could not be fetched: ${cause?.message ?? cause}`, {
      cause,
    });
  }
  if (response.ok === false) {
    fail(address, `could not be fetched: status ${response.status}`);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`search: ${address} is not JSON: ${cause.message}`, { cause });
  }
}

async function readShaped(site, address, is) {
  const value = await readJson(site, address);
  if (!is(value)) {
    fail(address, 'is not as this version of the search knows it');
  }
  return value;
}

function loadIndex(address, json, count) {
  if (json?.version !== lunr.version) {
    fail(address, `is not an index of lunr ${lunr.version}`);
  }
  let index;
  try {
    index = lunr.Index.load(json);
  } catch (cause) {
    throw new Error(`search: ${address} cannot be loaded: ${cause?.message ?? cause}`, { cause });
  }
  if (Object.keys(index.fieldVectors).length !== count * index.fields.length) {
    fail(address, 'is of another build than its documents');
  }
  return index;
}

/*
 * An index with its documents: { index, documents, textOf }; undefined when there are no files.
 * `textOf(number)` resolves to the text of a section, '' when it is not to be had: a result without its
 * excerpt is better than none.
 */
async function readScope(site, { index: indexAddress, documents: documentsAddress, texts }) {
  if (indexAddress === undefined) {
    return undefined;
  }
  const [documents, indexJson] = await Promise.all([
    readShaped(site, documentsAddress, isDocuments),
    readJson(site, indexAddress),
  ]);
  return {
    documents,
    index: loadIndex(indexAddress, indexJson, documents.sections.length),
    textOf: textReader(site, texts),
  };
}

function textReader(site, texts) {
  const chunks = new Map();
  if (texts === undefined) {
    return async () => '';
  }
  return async (number) => {
    const n = Math.floor(number / texts.size);
    const address = texts.files === undefined ? texts.pattern.replaceAll('{n}', n) : texts.files[n];
    if (!chunks.has(n)) {
      const chunk = readShaped(site, address, isListOf(isText));
      chunks.set(n, chunk);
      chunk.catch(() => chunks.delete(n));
    }
    return (await chunks.get(n).catch(() => []))[number % texts.size] ?? '';
  };
}

/* All that a search needs: { national, own, shadows, glossary }; `own` is the region's, if any. */
export async function readFiles(site, region) {
  const manifest = await readShaped(site, MANIFEST, isManifest);
  const regions = new Map(Object.entries(manifest.regions ?? {}));
  if (region !== undefined && !regions.has(region)) {
    fail(MANIFEST, `has no region ${JSON.stringify(region)}`);
  }
  const regional = regions.get(region) ?? {};
  const [national, own, glossary] = await Promise.all([
    readScope(site, manifest.national),
    readScope(site, regional),
    manifest.glossary === undefined
      ? { terms: [] }
      : readShaped(site, manifest.glossary, isGlossary),
  ]);
  return { national, own, shadows: new Set(regional.shadows), glossary: glossary.terms };
}
