/*
 * The sections that a reader searches, of the nation and of the region as if they were one index:
 * national ones are numbered as in their files, the region's come after them, and so with pages. What
 * the region shadows is not there.
 */
import { DOCUMENTS, isLike, keep, partOf, shaped } from './files.js';
import { readShard } from './shard.js';

export const FIELDS = 3;

/* The number of the last start that is not behind the name. */
export function runOf(starts, name) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= name) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return Math.max(0, low - 1);
}

export const fileOf = (pattern, n) => pattern.replaceAll('{n}', n);

/* lunr's, and by the contract the same in the generator. */
export function idf(documents, postings) {
  return Math.log(1 + Math.abs((documents - postings + 0.5) / (postings + 0.5)));
}

/* The numbers at which runs of these sizes start, and the end. */
function offsets(sizes) {
  const list = [0];
  sizes.forEach((size) => list.push(list.at(-1) + size));
  return list;
}

/* One scope's part: its files by what is asked of them. */
function makeScope(read, { files, outline }, whole) {
  const firstSections = offsets(outline.pages.map(([, count]) => count));
  const firstPages = offsets(outline.chunks);

  const isChunk = (n) => (value) =>
    isLike(value, DOCUMENTS) &&
    value.pages.length === outline.chunks[n] &&
    value.pages.every(({ sections }, i) => sections.length === outline.pages[firstPages[n] + i][1]);

  const readTerm = async (address, term) =>
    (await read(address, (json) => readShard(json, outline.sections))).get(term);

  return {
    outline,
    firstSections,

    /* Those of a very common term are in two files; `isPart` does with the first, the best ones. */
    async postingsOf(term, isPart) {
      if (outline.sections === 0) {
        return undefined; /* a region that only hides */
      }
      const shard = runOf(outline.terms, term);
      const [, second, count] = outline.split?.find(([first]) => first === shard) ?? [];
      const first = await readTerm(whole ? files.index : fileOf(files.shards, shard), term);
      if (first === undefined || second === undefined || (whole && !isPart)) {
        return first;
      }
      if (isPart && !whole) {
        return { ...first, count, isPart };
      }
      const { bestPostings, joinPostings } = await partOf(import('./search-common.js'));
      return whole
        ? { ...bestPostings(first), isPart }
        : joinPostings(first, await readTerm(fileOf(files.shards, second), term));
    },

    /* The page with this number, with its sections. */
    async pageOf(number) {
      const n = runOf(firstPages.slice(0, -1), number);
      const { pages } = await read(fileOf(files.documents, n), shaped(isChunk(n)));
      return pages[number - firstPages[n]];
    },
  };
}

export function makeIndex(read, { national: nationalFiles, own: ownFiles }, whole) {
  const national = makeScope(read, nationalFiles, whole);
  const own = ownFiles && makeScope(read, ownFiles, whole);
  const { sections: nationalCount, pages: nationalPages } = national.outline;
  const count = nationalCount + (own?.outline.sections ?? 0);
  const shadows = new Set(own?.outline.shadows);
  const pageOf = new Uint32Array(count);
  const typeIn = ({ outline }, type) => outline.types[type] ?? ['', ''];
  const types = nationalPages.map(([type]) => typeIn(national, type));
  const introductions = national.firstSections.slice(0, -1);

  const fillPage = (scope, number, start, page) =>
    pageOf.fill(page, start + scope.firstSections[number], start + scope.firstSections[number + 1]);
  nationalPages.forEach((page, number) => fillPage(national, number, 0, number));
  own?.outline.pages.forEach(([type], number) => {
    const variantOf = own.outline.own?.[number] ?? -1;
    const page = variantOf < 0 ? types.length : variantOf;
    const first = nationalCount + own.firstSections[number];
    fillPage(own, number, nationalCount, page);
    if (variantOf < 0) {
      types.push(typeIn(own, type));
    }
    /* A page's first section is its introduction, also when the region has its own for it. */
    if (variantOf < 0 || shadows.has(introductions[page])) {
      introductions[page] = first;
    }
  });

  /* National values have the idf of the nation; what they are multiplied by is that of both. */
  function merge(ours, theirs) {
    const visible = [];
    let hidden = 0;
    ours?.sections.forEach((section, i) => {
      if (!shadows.has(section)) {
        visible.push(i);
      } else {
        hidden += ours.values.subarray(i * FIELDS, (i + 1) * FIELDS).filter(Boolean).length;
      }
    });
    const postings = (ours?.count ?? 0) - hidden + (theirs?.count ?? 0);
    const together = idf(count - shadows.size, postings);
    const factor = ours ? together / idf(nationalCount, ours.count) : 1;
    const size = visible.length;
    const sections = new Uint32Array(size + (theirs?.sections.length ?? 0));
    const values = new Float64Array(sections.length * FIELDS);
    visible.forEach((from, to) => {
      sections[to] = ours.sections[from];
      for (let field = 0; field < FIELDS; field++) {
        values[to * FIELDS + field] = ours.values[from * FIELDS + field] * factor;
      }
    });
    theirs?.sections.forEach((section, i) => {
      sections[size + i] = nationalCount + section;
    });
    values.set(theirs?.values ?? [], size * FIELDS);
    return { sections, values, idf: together, isPart: ours?.isPart };
  }

  const load = (isPart) => async (term) => {
    const [ours, theirs] = await Promise.all([
      national.postingsOf(term, isPart),
      own?.postingsOf(term),
    ]);
    const merged = merge(ours, theirs);
    return merged.sections.length > 0 ? merged : undefined;
  };
  const allOf = keep(load(false));
  const someOf = keep(load(true));

  return {
    count,
    pageOf,
    introductions,
    types,
    typeOf: (section) => types[pageOf[section]],
    isHidden: (section) => shadows.has(section),
    isOwn: (section) => section >= nationalCount,

    /*
     * { sections, values, idf, isPart } of a term, or undefined when no section has it. With `isPart` only
     * the best of a term that is in a large part of all sections.
     */
    postingsOf: (term, isPart) => (isPart ? someOf : allOf)(term),

    /* A section with its page: { page, anchor, title, text }. */
    async documentOf(section) {
      const [scope, local] =
        section < nationalCount ? [national, section] : [own, section - nationalCount];
      const number = runOf(scope.firstSections.slice(0, -1), local);
      const page = await scope.pageOf(number);
      const [anchor, title, text] = page.sections[local - scope.firstSections[number]];
      return { page, anchor, title: title === '' ? page.title : title, text };
    },
  };
}
