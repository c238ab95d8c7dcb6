/*
 * Both pages go by collection, in the order in which readers know the pages.
 */
#include "output/view_overview.h"

#include "base/mem.h"
#include "base/value.h"
#include "model/coverage.h"
#include "model/links.h"
#include "model/site.h"
#include "output/view.h"
#include "output/view_compare.h"

void overview_count(
	struct overview_counts *out, const struct site *site, const struct region *region)
{
	*out = (struct overview_counts){0};
	for (size_t i = 0; i < site->national_count; i++) {
		const struct variant *variant = site_variant(site, region, i);

		out->adapted += coverage_is_own(variant) ? 1 : 0;
		out->open += coverage_open(variant);
	}
	for (size_t i = 0; i < region->count; i++)
		out->pages += region->pages[i]->role == ROLE_REGIONAL ? 1 : 0;
}

/* The list `paginas` of the group for this page's collection: the last of them, or a new one. */
static struct value *group_of(
	struct arena *arena, struct value *groups, const struct view *view, const struct page *page)
{
	struct slice title = page->collection != NULL
				     ? page->collection->title
				     : value_text_at(view->strings, "vergelijk-losse-paginas");
	struct value *group = groups->last;

	if (group == NULL || !slice_equal(value_text_at(group, "titel"), title)) {
		group = value_append_map(arena, groups);
		value_put_text(arena, group, "titel", title);
		(void)value_put_list(arena, group, "paginas");
	}
	return (struct value *)value_at(group, "paginas");
}

/* ---- All regions */

static void put_compared(
	struct arena *arena, struct value *groups, const struct view *view, size_t number)
{
	const struct page *page = view->site->national[number];
	const struct coverage_counts *counts = compare_counts(view, number);
	struct value *item = value_append_map(arena, group_of(arena, groups, view, page));

	value_put_text(arena, item, "titel", page->title);
	value_put_text(arena, item, "naar", compare_address(arena, view, number));
	value_put_text(
		arena, item, "zin-eigen", compare_count(arena, view, "regios-eigen", counts->own));
	value_put_text(
		arena, item, "zin-open", compare_count(arena, view, "regios-open", counts->open));
}

static void put_region(struct arena *arena, struct value *list, const struct view *view,
	const struct region *region)
{
	struct value *item = value_append_map(arena, list);
	struct overview_counts counts;
	struct text way = {0};

	overview_count(&counts, view->site, region);
	region_address(&way, region, slice_of(COMPARE_ADDRESS));
	value_put_text(arena, item, "naam", region->name);
	value_put_text(arena, item, "naar", text_keep(arena, &way));
	value_put_number(arena, item, "aangepast", counts.adapted);
	value_put_number(arena, item, "eigen", counts.pages);
	value_put_number(arena, item, "open", counts.open);
	value_put_bool(arena, item, "heeft-eigen", counts.adapted + counts.pages > 0);
	value_put_bool(arena, item, "heeft-contact", value_at(region->root, "contact") != NULL);
}

struct value *view_overview(
	struct arena *arena, const struct view *view, const struct view_scope *scope)
{
	struct view_place place = {.view = view,
		.scope = scope,
		.address = slice_of(COMPARE_ADDRESS),
		.title = value_text_at(view->strings, "vergelijk")};
	struct value *page = view_made_page(arena, &place, "vergelijk-overzicht");
	struct value *groups = value_put_list(arena, page, "groepen");
	struct value *regions;
	size_t own = 0, same = 0;

	for (size_t i = 0; i < view->site->national_count; i++) {
		if (compare_has(view, i))
			put_compared(arena, groups, view, i);
		else
			same++;
		own += compare_counts(view, i)->own > 0 ? 1 : 0;
	}
	value_put_text(arena, page, "zin-eigen", compare_count(arena, view, "paginas", own));
	value_put_text(arena, page, "zin-gelijk", compare_count(arena, view, "gelijk", same));
	regions = value_put_list(arena, page, "regios");
	for (size_t r = 0; r < view->site->region_count; r++)
		put_region(arena, regions, view, &view->site->regions[r]);
	return page;
}

/* ---- One region */

/* A line for an own title or summary, which is no section. */
static void put_override(struct arena *arena, struct value *list, const struct view *view,
	const char *state, struct slice text)
{
	struct value *item = value_append_map(arena, list);

	value_put_text(arena, item, "woord", compare_state_words(view, state));
	value_put_text(arena, item, "staat", slice_of(state));
	value_put_text(arena, item, "naar", (struct slice){"", 0});
	value_put_text(arena, item, "onderdeel", text);
	value_put_bool(arena, item, "waarom", false);
	value_put_bool(arena, item, "veranderd", false);
}

/* Names the section that a line is about, when it does not say so itself. */
static void name_section(struct value *list, const struct section *section)
{
	struct value *title = (struct value *)value_at(list->last, "onderdeel");

	if (title->kind == VALUE_TEXT)
		return;
	title->kind = VALUE_TEXT;
	title->text = section->title;
}

/* What the region did to each section, in the order of the page. */
static void put_changes(struct arena *arena, struct value *list, const struct view *view,
	const struct region *region, const struct variant *variant)
{
	const struct document *document = &variant->page->document;
	struct coverage coverage;

	if (!slice_equal(variant->title, variant->page->title))
		put_override(arena, list, view, "titel", variant->page->title);
	if (!slice_equal(variant->summary, variant->page->summary))
		put_override(arena, list, view, "samenvatting", (struct slice){"", 0});
	if (variant->hidden != NULL || variant->replaced) {
		compare_put_whole_page(arena, list, view, region, variant);
		return;
	}
	coverage_find(&coverage, arena, variant);
	for (size_t i = 1; i < coverage.count; i++) {
		const struct coverage_cell *cell = &coverage.cells[i];

		if (cell->by == NULL || cell->by->target != i)
			continue;
		compare_put_cell(arena, list, view, region, variant, cell, i);
		name_section(list, &document->sections[i]);
	}
	for (size_t i = 0; i < coverage.extra_count; i++)
		compare_put_cell(arena, list, view, region, variant, &coverage.extra[i], 0);
}

/* The page in a list of the region: title, way, and the page that compares it, if there is one. */
static struct value *put_page(struct arena *arena, struct value *groups, const struct view *view,
	const struct region *region, const struct variant *variant)
{
	const struct page *page = variant->page;
	struct value *item = value_append_map(arena, group_of(arena, groups, view, page));
	bool compared = page->role == ROLE_NATIONAL && compare_has(view, page->number);

	value_put_text(arena, item, "titel", variant->title);
	value_put_text(
		arena, item, "naar", compare_region_way(arena, region, variant, (struct slice){0}));
	value_put_text(arena, item, "vergelijk",
		compared ? compare_address(arena, view, page->number) : (struct slice){"", 0});
	return item;
}

static void put_open(struct arena *arena, struct value *list, const struct region *region,
	const struct variant *variant)
{
	for (size_t p = 0; p < variant->count; p++) {
		struct value *item;

		if (!variant->parts[p].open_slot)
			continue;
		item = value_append_map(arena, list);
		value_put_text(arena, item, "onderdeel", variant->parts[p].title);
		value_put_text(arena, item, "naar",
			compare_region_way(arena, region, variant, variant->parts[p].id));
	}
}

struct value *view_region_overview(
	struct arena *arena, const struct view *view, const struct view_scope *scope)
{
	const struct region *region = scope->region;
	struct view_place place = {.view = view,
		.scope = scope,
		.address = slice_of(COMPARE_ADDRESS),
		.title = value_text_at(view->strings, "vergelijk-regio")};
	struct value *page = view_made_page(arena, &place, "vergelijk-regio");
	struct value *own = value_put_list(arena, page, "eigen-paginas");
	struct value *adapted = value_put_list(arena, page, "aangepast");
	struct value *open = value_put_list(arena, page, "open");
	struct overview_counts counts;

	overview_count(&counts, view->site, region);
	value_put_text(arena, page, "zin-aangepast",
		compare_count(arena, view, "aangepast", counts.adapted));
	value_put_text(
		arena, page, "zin-open", compare_count(arena, view, "regio-open", counts.open));
	for (size_t i = 0; i < scope->count; i++) {
		const struct variant *variant = scope->variants[i];
		struct value *item;

		if (variant->page->role == ROLE_REGIONAL) {
			item = value_append_map(arena, own);
			value_put_text(arena, item, "titel", variant->title);
			value_put_text(arena, item, "naar",
				compare_region_way(arena, region, variant, (struct slice){0}));
			continue;
		}
		if (coverage_is_own(variant)) {
			item = put_page(arena, adapted, view, region, variant);
			put_changes(
				arena, value_put_list(arena, item, "delen"), view, region, variant);
		}
		if (coverage_open(variant) > 0) {
			item = put_page(arena, open, view, region, variant);
			put_open(arena, value_put_list(arena, item, "delen"), region, variant);
		}
	}
	return page;
}
