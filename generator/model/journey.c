/*
 * Links of front matter, and one rule of what is a step.
 */
#include "model/journey.h"

#include "base/mem.h"
#include "base/value.h"
#include "model/links.h"
#include "model/overlay.h"
#include "model/page.h"

/* One entry: "../partnerschap/plan.md#stap". */
static void journey_read_link(struct link *out, const struct page *page, const struct value *entry)
{
	struct slice written = slice_keep(page->arena, slice_trim(value_text(entry)));
	size_t hash = slice_find(written, '#');
	struct slice target = {written.data, hash};
	struct text file = {0};

	*out = (struct link){.target = written, .line = entry->line, .column = entry->column};
	if (hash + 1 >= written.size || !slice_ends(target, ".md") ||
		links_follow(&file, page->file, target) != 0)
		return;
	out->page = text_keep(page->arena, &file);
	out->fragment = slice_from(written, hash + 1);
}

void journey_read(struct page *page)
{
	const struct value *list = value_at(page->front, "onderdeel-van");

	if (list == NULL || list->kind != VALUE_LIST || page->role == ROLE_ADAPTATION)
		return;
	page->journeys = arena_new(page->arena, list->count, sizeof(*page->journeys));
	for (const struct value *entry = list->first; entry != NULL; entry = entry->next)
		if (entry->kind == VALUE_TEXT)
			journey_read_link(&page->journeys[page->journey_count++], page, entry);
}

bool journey_is_step(const struct variant *variant, const struct part *part)
{
	return variant->page->type->numbered && part->level == 2 && part->hidden == NULL &&
	       !part->orphans;
}

bool journey_is_in_reach(const struct page *from, const struct page *to)
{
	return to->role == ROLE_NATIONAL ||
	       (to->role == ROLE_REGIONAL && to->region == from->region);
}
