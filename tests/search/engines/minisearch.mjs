/*
 * MiniSearch with prefixes, and one slip in five letters. A title counts as text does: it answers
 * the queries over our own site better so than with the weight that draaiboek's index gives titles.
 */
import MiniSearch from '../peers/node_modules/minisearch/dist/es/index.js';

export const name = 'MiniSearch';

export async function open({ sectionsOf }, region) {
  const sections = sectionsOf(region);
  const index = new MiniSearch({
    fields: ['title', 'text'],
    searchOptions: { prefix: true, fuzzy: 0.2 },
  });
  index.addAll(sections.map(({ title, text }, id) => ({ id, title, text })));
  return async (query) => index.search(query).map(({ id }) => sections[id].key);
}
