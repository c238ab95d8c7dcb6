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

void site_make_concept(struct site *site, const char *name)
{
	struct text url = {0}, path = {0};

	text_printf(&url, "%.*s/concept/%s", (int)site->url.size, site->url.data, name);
	text_printf(
		&path, "%.*sconcept/%s/", (int)site->base_path.size, site->base_path.data, name);
	site->concept = slice_keep(&site->arena, slice_of(name));
	site->real_url = site->url;
	site->url = text_keep(&site->arena, &url);
	site->base_path = text_keep(&site->arena, &path);
}

void site_free(struct site *site)
{
	glossary_free(&site->glossary);
	map_free(&site->files);
	arena_free(&site->arena);
	*site = (struct site){0};
}
