/*
 * lunr with the Dutch of lunr-languages, and its own search(): any of the words. What its query
 * language would trip over or take for an order is taken out, as whoever builds it in with care
 * would do. The title counts three times, as in draaiboek's index.
 */
import { lunr } from '../../lunr/tool.mjs';

export const name = 'lunr nl';

export async function open({ sectionsOf }, region) {
  const sections = sectionsOf(region);
  const index = lunr(function () {
    this.use(lunr.nl);
    this.ref('number');
    this.field('title', { boost: 3 });
    this.field('text');
    sections.forEach(({ title, text }, number) => this.add({ number, title, text }));
  });
  return async (query) =>
    index.search(query.replace(/[:~^*+\\-]/g, ' ')).map(({ ref }) => sections[ref].key);
}
