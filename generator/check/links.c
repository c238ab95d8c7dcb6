/*
 * Links: the parser has found the file of each; here it is held against what is published. Links to
 * other sites are not followed: a build depends on nothing outside.
 */
#include "check/check.h"

#include <stdlib.h>

#include "base/diag.h"
#include "model/site.h"

/* How a page stands where it is linked from: a region's own text sees the region's pages. */
static const struct variant *links_variant(struct variant *own, struct arena *arena,
	const struct site *site, const struct page *page, const struct region *region)
{
	if (page->role == ROLE_NATIONAL)
		return site_variant(site, region, page->number);
	if (page->role == ROLE_ADAPTATION) {
		for (size_t i = 0; i < site->national_count; i++)
			if (page->region->variants[i] != NULL &&
				page->region->variants[i]->adaptation == page)
				return page->region->variants[i];
		return NULL;
	}
	overlay_plain(own, arena, page);
	return own;
}

/* True for the id of a heading, of a callout, or of a heading whose text a region replaced. */
static bool links_has_id(const struct variant *variant, struct slice id)
{
	if (overlay_find(variant, id) != NULL)
		return true;
	for (size_t p = 0; p < variant->count; p++)
		for (size_t b = 0; b < variant->parts[p].count; b++) {
			const struct block *block = &variant->parts[p].blocks[b];

			for (size_t c = 0; c < block->section->callout_count; c++)
				if (slice_equal(block->section->callouts[c].id, id))
					return true;
			for (size_t r = 1; r < block->replaced_count; r++)
				if (slice_equal(block->replaced[r].id, id))
					return true;
		}
	return false;
}

/* Says which heading may be meant: the nearest, or else all. */
static void links_report_anchor(const struct variant *variant, const struct link *link,
	struct place place, struct diags *diags)
{
	const char **ids = mem_new(variant->count + 1, sizeof(*ids));
	char *shown = mem_copy(link->target.data, link->target.size);
	struct text meant = {0};
	size_t count = 0;

	for (size_t p = 0; p < variant->count; p++)
		if (variant->parts[p].id.size > 0)
			ids[count++] = variant->parts[p].id.data;
	schema_suggest(&meant, link->fragment, ids, count);
	diag_add(diags, DIAG_LINK_ANCHOR, place, shown, variant->page->file.data,
		meant.size > 0 ? meant.data : "-", (char *)NULL);
	text_free(&meant);
	free(shown);
	free(ids);
}

static void links_check(const struct site *site, const struct page *from, const struct link *link,
	struct diags *diags)
{
	struct place place = {from->file.data, link->line, link->column};
	const struct page *to = from;
	struct arena arena = {0};
	struct variant own;
	const struct variant *variant;

	if (link->page.size > 0)
		to = map_get(&site->files, link->page);
	else if (link->fragment.size == 0)
		return;
	if (to == NULL || to->refused || from->draft)
		return;
	if (to->draft) {
		diag_add(diags, DIAG_LINK_DRAFT, place, to->file.data, (char *)NULL);
		return;
	}
	if (link->fragment.size == 0)
		return;
	variant = links_variant(&own, &arena, site, to, from->region);
	if (variant != NULL && variant->hidden == NULL && !links_has_id(variant, link->fragment))
		links_report_anchor(variant, link, place, diags);
	arena_free(&arena);
}

void check_links(const struct site *site, struct diags *diags)
{
	for (size_t i = 0; i < site->page_count; i++) {
		const struct page *page = &site->pages[i];

		for (size_t s = 0; s < page->document.count; s++) {
			const struct section *section = &page->document.sections[s];

			for (size_t l = 0; l < section->link_count; l++)
				links_check(site, page, &section->links[l], diags);
		}
	}
}
