/*
 * A shard of the index: lunr's JSON, turned from vectors by section into postings by term. A score
 * of lunr for a single term is the sum over fields of what the vectors have for it.
 */
const LUNR = '2.3.9';
const FIELDS = ['title', 'body', 'parts'];

/*
 * The postings of a shard's terms, a Map: { sections, values, count }, where `sections` are numbers in
 * order, `values` three for each of them (title, body, parts), and `count` is lunr's for its idf: in how
 * many fields of sections the term is.
 */
export function readShard({ version, fieldVectors, invertedIndex }, most) {
  if (version !== LUNR) {
    throw new Error(`is not an index of lunr ${LUNR}`);
  }
  const byNumber = new Map();
  for (const [term, { _index }] of invertedIndex) {
    byNumber.set(_index, { term, sections: [], values: [], count: 0 });
  }
  /* Fields come one after another for each section, so a term's last section is the one to add to. */
  let last = 0;
  for (const [name, vector] of fieldVectors) {
    const slash = name.indexOf('/');
    const field = FIELDS.indexOf(name.slice(0, slash));
    const section = Number(name.slice(slash + 1));
    if (field < 0 || !(section < most) || section < last) {
      throw new Error('is of another build than the outline');
    }
    last = section;
    for (let i = 0; i < vector.length; i += 2) {
      const { sections, values } = byNumber.get(vector[i]);
      if (sections.at(-1) !== section) {
        sections.push(section);
        values.push(0, 0, 0);
      }
      /* What is rounded to nothing is a posting all the same. */
      values[values.length - FIELDS.length + field] = vector[i + 1] || Number.MIN_VALUE;
      byNumber.get(vector[i]).count++;
    }
  }
  const postings = new Map();
  for (const { term, sections, values, count } of byNumber.values()) {
    postings.set(term, {
      sections: Uint32Array.from(sections),
      values: Float64Array.from(values),
      count,
    });
  }
  return postings;
}
