/*
 * What `onderdeel-van` names is looked for as the nation shows it, or for a page of one region as
 * that region does. A region that hides a step for itself breaks nothing.
 */
#include "check/check.h"

#include <stdlib.h>

#include "base/diag.h"
#include "model/journey.h"
#include "model/links.h"
#include "model/site.h"

static struct place journeys_place(const struct page *from, const struct link *link)
{
	return (struct place){from->file.data, link->line, link->column};
}

/* Says which page with steps may be meant: the nearest by its path, or else all. */
static void journeys_report_page(const struct site *site, const struct page *from,
	const struct link *link, struct diags *diags)
{
	struct arena arena = {0};
	const char **names = arena_new(&arena, site->page_count, sizeof(*names));
	struct slice written = {link->target.data, slice_find(link->target, '#')};
	struct text meant = {0};
	size_t count = 0;

	for (size_t i = 0; i < site->page_count; i++) {
		const struct page *page = &site->pages[i];
		struct text way = {0};

		if (page == from || page->refused || page->draft || !page->type->numbered ||
			!journey_is_in_reach(from, page))
			continue;
		links_relative(&way, from->file, page->file);
		names[count++] = text_keep(&arena, &way).data;
	}
	schema_suggest(&meant, written, names, count);
	diag_add(diags, DIAG_JOURNEY_PAGE, journeys_place(from, link),
		slice_keep(&arena, written).data, meant.size > 0 ? meant.data : "-", (char *)NULL);
	text_free(&meant);
	arena_free(&arena);
}

static void journeys_report_step(const struct page *from, const struct link *link,
	const struct variant *variant, struct diags *diags)
{
	const char **ids = mem_new(variant->count + 1, sizeof(*ids));
	struct text meant = {0};
	size_t count = 0;

	for (size_t p = 0; p < variant->count; p++)
		if (journey_is_step(variant, &variant->parts[p]))
			ids[count++] = variant->parts[p].id.data;
	schema_suggest(&meant, link->fragment, ids, count);
	diag_add(diags, DIAG_JOURNEY_STEP, journeys_place(from, link), link->fragment.data,
		variant->page->file.data, meant.size > 0 ? meant.data : "-", (char *)NULL);
	text_free(&meant);
	free(ids);
}

static void journeys_check_step(const struct site *site, const struct page *from,
	const struct link *link, const struct page *to, struct diags *diags)
{
	struct arena arena = {0};
	struct variant own;
	const struct variant *variant = &own;
	const struct part *part;

	if (to->role == ROLE_NATIONAL)
		variant = site_variant(site, NULL, to->number);
	else
		overlay_plain(&own, &arena, to);
	part = overlay_find(variant, link->fragment);
	if (part == NULL || !journey_is_step(variant, part))
		journeys_report_step(from, link, variant, diags);
	arena_free(&arena);
}

static void journeys_check(
	const struct site *site, const struct page *from, size_t number, struct diags *diags)
{
	const struct link *link = &from->journeys[number];
	const struct page *to = map_get(&site->files, link->page);
	struct place place = journeys_place(from, link);
	size_t twin = 0;

	if (link->page.size == 0 || to == from) {
		diag_add(diags, DIAG_JOURNEY_FORM, place, link->target.data, (char *)NULL);
		return;
	}
	if (to == NULL) {
		journeys_report_page(site, from, link, diags);
		return;
	}
	while (!slice_equal(from->journeys[twin].page, link->page))
		twin++;
	if (to->refused)
		return;
	if (twin < number)
		diag_add(diags, DIAG_JOURNEY_TWICE, place, to->file.data, (char *)NULL);
	else if (!journey_is_in_reach(from, to))
		diag_add(diags, DIAG_JOURNEY_SCOPE, place, to->file.data, (char *)NULL);
	else if (to->draft && !from->draft)
		diag_add(diags, DIAG_LINK_DRAFT, place, to->file.data, (char *)NULL);
	else if (!to->type->numbered)
		diag_add(diags, DIAG_JOURNEY_STEPS, place, to->file.data, (char *)NULL);
	else if (!to->draft)
		journeys_check_step(site, from, link, to, diags);
}

void check_journeys(const struct site *site, struct diags *diags)
{
	for (size_t i = 0; i < site->page_count; i++)
		for (size_t j = 0; j < site->pages[i].journey_count; j++)
			journeys_check(site, &site->pages[i], j, diags);
}
