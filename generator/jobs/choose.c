/*
 * Every form is brought back to the address of a page in its scope.
 */
#include "jobs/choose.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "model/links.h"
#include "model/site.h"

/* Adds a fatal message about a word, with the nearest of the names, or else all of them. */
static void say_unknown(enum diag_code code, struct slice word, const char *const *names,
	size_t count, struct diags *diags)
{
	char *shown = mem_copy(word.data, word.size);
	struct text near = {0};

	schema_suggest(&near, word, names, count);
	diag_add(diags, code, (struct place){.path = ""}, shown, near.size > 0 ? near.data : "-",
		(char *)NULL);
	text_free(&near);
	free(shown);
}

const struct region *choose_region(const struct site *site, const char *slug, struct diags *diags)
{
	const char **names = mem_new(site->region_count + 1, sizeof(*names));
	const struct region *found = NULL;

	for (size_t i = 0; i < site->region_count; i++) {
		names[i] = site->regions[i].slug.data;
		if (slice_is(site->regions[i].slug, slug))
			found = &site->regions[i];
	}
	if (found == NULL)
		say_unknown(DIAG_REGION_UNKNOWN, slice_of(slug), names, site->region_count, diags);
	free(names);
	return found;
}

static struct slice without_start(struct slice word, struct slice start)
{
	return word.size >= start.size && slice_equal((struct slice){word.data, start.size}, start)
		       ? slice_from(word, start.size)
		       : word;
}

/* The address that the word stands for, in its scope. */
static struct slice to_address(const struct site *site, struct arena *arena, struct slice word)
{
	struct links_place place;

	word = without_start(word, slice_of("./"));
	if (links_place_of(&place, word))
		return links_address(arena, place.key);
	word = without_start(word, site->url);
	while (slice_starts(word, "/"))
		word = slice_from(word, 1);
	word.size = slice_find(word, '#');
	if (slice_ends(word, "index.html"))
		word.size -= strlen("index.html");
	if (slice_ends(word, ".md"))
		word.size -= strlen(".md");
	while (slice_ends(word, "/"))
		word.size--;
	if (slice_starts(word, "regio/")) {
		word = slice_from(word, strlen("regio/"));
		word = slice_from(word, slice_find(word, '/'));
		word = without_start(word, slice_of("/"));
	}
	return links_address(arena, word);
}

const struct page *choose_page(const struct site *site, const char *word, struct diags *diags)
{
	const char **names = mem_new(2 * site->national_count + 1, sizeof(*names));
	const struct page *found = NULL;
	struct arena arena = {0};
	struct slice address = to_address(site, &arena, slice_of(word));
	const char *near;

	for (size_t i = 0; i < site->national_count; i++) {
		const struct page *page = site->national[i];
		struct slice name = page->address;

		if (slice_equal(name, address))
			found = page;
		names[2 * i] = page->address.data;
		/* Whoever has only the last part in mind. */
		while (slice_find(name, '/') + 1 < name.size)
			name = slice_from(name, slice_find(name, '/') + 1);
		names[2 * i + 1] = name.data;
	}
	near = found == NULL ? diag_nearest(address.data, names, 2 * site->national_count) : NULL;
	for (size_t i = 0; near != NULL && i < 2 * site->national_count; i++)
		if (names[i] == near)
			near = names[i - i % 2];
	if (found == NULL)
		say_unknown(DIAG_PAGE_UNKNOWN, slice_of(word), near != NULL ? &near : names,
			near != NULL ? 1 : 0, diags);
	arena_free(&arena);
	free(names);
	return found;
}
