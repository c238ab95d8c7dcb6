/*
 * The site's own search, as the site has it.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { base, fetchFrom } from '../site.mjs';

export const name = 'draaiboek';

export async function open({ folder, module, keyOf }, region) {
  const { openSearch } = await import(pathToFileURL(join(folder, module)));
  const { search } = await openSearch(base, { region, fetch: fetchFrom(folder) });
  return async (query) => (await search(query, { limit: 10 })).map(({ url }) => keyOf(url));
}
