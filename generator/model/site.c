/*
 * What is asked of a frozen site.
 */
#include "model/site.h"

const struct variant *site_variant(
	const struct site *site, const struct region *region, size_t number)
{
	if (region != NULL && region->variants[number] != NULL)
		return region->variants[number];
	return &site->plain[number];
}

void site_free(struct site *site)
{
	glossary_free(&site->glossary);
	map_free(&site->files);
	arena_free(&site->arena);
	*site = (struct site){0};
}
