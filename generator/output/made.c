/*
 * Each kind is its address, what makes it, and whether search engines are told of it.
 */
#include "output/made.h"

#include "base/mem.h"
#include "base/value.h"
#include "model/links.h"
#include "model/site.h"
#include "output/compare_csv.h"
#include "output/feed.h"
#include "output/view.h"
#include "output/view_compare.h"
#include "output/view_overview.h"

static const struct slice nowhere = {NULL, 0};

static bool in_nation(const struct view *view, const struct view_scope *scope)
{
	(void)view;
	return scope->region == NULL;
}

static bool everywhere(const struct view *view, const struct view_scope *scope)
{
	(void)view;
	(void)scope;
	return true;
}

/* ---- The home page of a site without content/index.md */

static struct slice home_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)view;
	(void)item;
	return view_has_page(scope, slice_of("")) ? nowhere : slice_of("");
}

static struct value *home_page(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	struct view_place place = {
		.view = view, .scope = scope, .address = {"", 0}, .title = view->site->title};
	struct value *page = view_made_page(arena, &place, "thuis");

	(void)item;
	view_add_home(arena, page, view, scope);
	return page;
}

/* ---- The index of a collection without one */

static size_t collection_most(const struct view *view, const struct view_scope *scope)
{
	(void)scope;
	return view->site->collection_count;
}

static struct slice collection_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	struct slice address = links_address(arena, view->site->collections[item].name);

	return view_has_page(scope, address) ? nowhere : address;
}

static struct value *collection_page(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	const struct collection *collection = &view->site->collections[item];
	struct view_place place = {.view = view,
		.scope = scope,
		.address = links_address(arena, collection->name),
		.title = collection->title};
	struct value *page = view_made_page(arena, &place, "verzameling");

	view_add_collection(arena, page, view, scope, item);
	return page;
}

/* ---- What is gathered: a page of each kind that there is, and one that leads to them */

static size_t harvest_most(const struct view *view, const struct view_scope *scope)
{
	(void)view;
	(void)scope;
	return HARVEST_KINDS + 1;
}

static struct slice harvest_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)view;
	if (item < HARVEST_KINDS && scope->harvest[item] == 0)
		return nowhere;
	return view_harvest_address(arena, item);
}

/* ---- The glossary, and search */

static struct slice glossary_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)view;
	(void)scope;
	(void)item;
	return slice_of("begrippen/");
}

static struct value *glossary_page(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)item;
	return view_glossary(arena, view, scope);
}

static bool has_terms(const struct view *view, const struct view_scope *scope)
{
	return view->site->glossary.count > 0 && in_nation(view, scope);
}

static struct slice search_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)view;
	(void)scope;
	(void)item;
	return slice_of("zoek/");
}

static struct value *search_page(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)item;
	return view_search(arena, view, scope);
}

static struct slice opensearch_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)view;
	(void)scope;
	(void)item;
	return slice_of("zoek/opensearch.xml");
}

static void opensearch_write(struct text *out, struct arena *arena, const struct view *view,
	const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)item;
	feed_opensearch(out, view->site, scope->region);
}

/* ---- What changed */

static struct slice atom_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)view;
	(void)scope;
	(void)item;
	return slice_of("atom.xml");
}

static void atom_write(struct text *out, struct arena *arena, const struct view *view,
	const struct view_scope *scope, size_t item)
{
	struct feed_scope feed = {.site = view->site,
		.region = scope->region,
		.variants = scope->variants,
		.count = scope->count,
		.tells_changes = view->tells_changes};

	(void)arena;
	(void)item;
	feed_atom(out, &feed);
}

/* ---- The choice of a region */

static struct slice choice_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)item;
	return in_nation(view, scope) && view->site->region_count > 0 ? slice_of("regio/")
								      : nowhere;
}

static struct value *choice_page(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)scope;
	(void)item;
	return view_region_choice(arena, view);
}

/* The names of the regions, for js/regio.js. */
static struct slice names_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	return choice_address(arena, view, scope, item).size > 0 ? slice_of("regio/regios.json")
								 : nowhere;
}

static void names_write(struct text *out, struct arena *arena, const struct view *view,
	const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)scope;
	(void)item;
	view_region_names(out, view);
}

/* ---- What a reader keeps on his device, when the theme can do that */

static struct slice device_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)scope;
	(void)item;
	return view_can_keep(view) ? slice_of("op-dit-apparaat/") : nowhere;
}

static struct value *device_page(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)item;
	return view_device(arena, view, scope);
}

static struct slice disconnected_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)item;
	return view_can_keep(view) && in_nation(view, scope)
		       ? slice_of("op-dit-apparaat/geen-verbinding/")
		       : nowhere;
}

static struct value *disconnected_page(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)scope;
	(void)item;
	return view_disconnected(arena, view);
}

/* ---- What goes together, and what differs */

static struct slice train_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)view;
	(void)item;
	return scope->train_count > 0 ? slice_of("financieringstrein/") : nowhere;
}

static struct slice comparisons_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)view;
	(void)item;
	return scope->compares ? slice_of("verschil/") : nowhere;
}

static size_t between_most(const struct view *view, const struct view_scope *scope)
{
	(void)view;
	return scope->comparison_count;
}

static struct slice between_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)view;
	return scope->comparisons[item].address;
}

/* ---- The regelingenwijzer of a site with questions */

static struct slice wizard_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)scope;
	(void)item;
	return view_has_wizard(view) ? slice_of("regelingenwijzer/") : nowhere;
}

static struct value *wizard_page(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)item;
	return view_wizard(arena, view, scope);
}

/* ---- What the regions make of the pages: each page, all of them, and one region */

static size_t comparison_most(const struct view *view, const struct view_scope *scope)
{
	return in_nation(view, scope) ? view->site->national_count : 0;
}

static struct slice comparison_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)scope;
	return compare_has(view, item) ? compare_address(arena, view, item) : nowhere;
}

static struct slice comparison_csv_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)scope;
	return compare_has(view, item) ? compare_csv_address(arena, view, item) : nowhere;
}

static void comparison_csv_write(struct text *out, struct arena *arena, const struct view *view,
	const struct view_scope *scope, size_t item)
{
	(void)scope;
	compare_csv_page(out, arena, view, item);
}

static struct slice overview_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)item;
	return view->compared != NULL && in_nation(view, scope) ? slice_of(COMPARE_ADDRESS)
								: nowhere;
}

static struct value *overview_page(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)item;
	return view_overview(arena, view, scope);
}

static struct slice regions_csv_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)item;
	return view->compared != NULL && in_nation(view, scope) ? slice_of(REGIONS_CSV) : nowhere;
}

static void regions_csv_write(struct text *out, struct arena *arena, const struct view *view,
	const struct view_scope *scope, size_t item)
{
	(void)scope;
	(void)item;
	compare_csv_regions(out, arena, view);
}

static struct slice region_overview_address(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)arena;
	(void)item;
	return view->compared != NULL && !in_nation(view, scope) ? slice_of(COMPARE_ADDRESS)
								 : nowhere;
}

static struct value *region_overview_page(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	(void)item;
	return view_region_overview(arena, view, scope);
}

/* ---- The table */

static const struct made_kind kinds[] = {
	{.address = home_address,
		.template = "thuis",
		.needed = true,
		.page = home_page,
		.listed = everywhere},
	{.most = collection_most,
		.address = collection_address,
		.template = "verzameling",
		.needed = true,
		.page = collection_page,
		.listed = in_nation},
	{.most = harvest_most,
		.address = harvest_address,
		.template = "oogst",
		.needed = true,
		.page = view_harvest},
	{.address = glossary_address,
		.template = "begrippen",
		.needed = true,
		.page = glossary_page,
		.listed = has_terms},
	{.address = search_address, .template = "zoek", .needed = true, .page = search_page},
	{.address = opensearch_address, .write = opensearch_write},
	{.address = atom_address, .write = atom_write},
	{.address = choice_address,
		.template = "regiokeuze",
		.needed = true,
		.page = choice_page,
		.listed = in_nation},
	{.address = names_address, .write = names_write},
	{.address = train_address,
		.template = "financieringstrein",
		.page = view_trains,
		.listed = in_nation},
	{.address = comparisons_address,
		.template = "verschillen",
		.page = view_comparisons,
		.listed = in_nation},
	{.most = between_most,
		.address = between_address,
		.template = "verschil-tussen",
		.page = view_between,
		.listed = in_nation},
	{.address = wizard_address,
		.template = "regelingenwijzer",
		.page = wizard_page,
		.listed = in_nation},
	{.address = device_address, .template = "op-dit-apparaat", .page = device_page},
	{.address = disconnected_address, .template = "geen-verbinding", .page = disconnected_page},
	{.most = comparison_most,
		.address = comparison_address,
		.template = "vergelijk",
		.page = compare_page,
		.listed = in_nation},
	{.most = comparison_most, .address = comparison_csv_address, .write = comparison_csv_write},
	{.address = overview_address,
		.template = "vergelijk-overzicht",
		.page = overview_page,
		.listed = in_nation},
	{.address = regions_csv_address, .write = regions_csv_write},
	{.address = region_overview_address,
		.template = "vergelijk-regio",
		.page = region_overview_page},
};

const struct made_kind *made_kinds(size_t *count)
{
	*count = ARRAY_LEN(kinds);
	return kinds;
}

size_t made_most(
	const struct made_kind *kind, const struct view *view, const struct view_scope *scope)
{
	return kind->most != NULL ? kind->most(view, scope) : 1;
}

bool made_has(const struct made_kind *kind, struct arena *arena, const struct view *view,
	const struct view_scope *scope, struct slice address)
{
	size_t most = made_most(kind, view, scope);

	for (size_t i = 0; i < most; i++) {
		struct slice other = kind->address(arena, view, scope, i);

		if (other.data != NULL && slice_equal(other, address))
			return true;
	}
	return false;
}
