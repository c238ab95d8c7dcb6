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

static bool lacks_home(const struct view *view, const struct view_scope *scope)
{
	(void)view;
	return !view_has_page(scope, slice_of(""));
}

static struct value *home_page(
	struct arena *arena, const struct view *view, const struct view_scope *scope)
{
	struct view_place place = {
		.view = view, .scope = scope, .address = {"", 0}, .title = view->site->title};
	struct value *page = view_made_page(arena, &place, "thuis");

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

static bool has_terms(const struct view *view, const struct view_scope *scope)
{
	return view->site->glossary.count > 0 && in_nation(view, scope);
}

static void opensearch_write(struct text *out, struct arena *arena, const struct view *view,
	const struct view_scope *scope)
{
	(void)arena;
	feed_opensearch(out, view->site, scope->region);
}

/* ---- What changed */

static void atom_write(struct text *out, struct arena *arena, const struct view *view,
	const struct view_scope *scope)
{
	struct feed_scope feed = {.site = view->site,
		.region = scope->region,
		.variants = scope->variants,
		.count = scope->count,
		.tells_changes = view->tells_changes,
		.words = value_text_at(view->strings, "tekst-aangepast")};

	(void)arena;
	feed_atom(out, &feed);
}

/* ---- The choice of a region */

static bool has_choice(const struct view *view, const struct view_scope *scope)
{
	return in_nation(view, scope) && view->site->region_count > 0;
}

/* For js/regio.js. */
static void names_write(struct text *out, struct arena *arena, const struct view *view,
	const struct view_scope *scope)
{
	(void)arena;
	(void)scope;
	view_region_names(out, view);
}

/* ---- What a reader keeps on his device */

static bool can_keep(const struct view *view, const struct view_scope *scope)
{
	(void)scope;
	return view_can_keep(view);
}

static bool nation_can_keep(const struct view *view, const struct view_scope *scope)
{
	return view_can_keep(view) && in_nation(view, scope);
}

/* ---- What goes together, and what differs */

static bool has_trains(const struct view *view, const struct view_scope *scope)
{
	(void)view;
	return scope->train_count > 0;
}

static bool has_comparisons(const struct view *view, const struct view_scope *scope)
{
	(void)view;
	return scope->compares;
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

static bool has_wizard(const struct view *view, const struct view_scope *scope)
{
	(void)scope;
	return view_has_wizard(view);
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

static bool nation_compares(const struct view *view, const struct view_scope *scope)
{
	return view->compared != NULL && in_nation(view, scope);
}

static bool region_compares(const struct view *view, const struct view_scope *scope)
{
	return view->compared != NULL && !in_nation(view, scope);
}

static void regions_csv_write(struct text *out, struct arena *arena, const struct view *view,
	const struct view_scope *scope)
{
	(void)scope;
	compare_csv_regions(out, arena, view);
}

/* ---- The table */

static const struct made_kind kinds[] = {
	{.at = "",
		.has = lacks_home,
		.template = "thuis",
		.needed = true,
		.page = home_page,
		.listed = everywhere},
	{.most = collection_most,
		.address = collection_address,
		.template = "verzameling",
		.needed = true,
		.page_of = collection_page,
		.listed = in_nation},
	{.most = harvest_most,
		.address = harvest_address,
		.template = "oogst",
		.needed = true,
		.page_of = view_harvest},
	{.at = "begrippen/",
		.template = "begrippen",
		.needed = true,
		.page = view_glossary,
		.listed = has_terms},
	{.at = "zoek/", .template = "zoek", .needed = true, .page = view_search},
	{.at = "zoek/opensearch.xml", .write = opensearch_write},
	{.at = "atom.xml", .write = atom_write},
	{.at = "regio/",
		.has = has_choice,
		.template = "regiokeuze",
		.needed = true,
		.page = view_region_choice,
		.listed = in_nation},
	{.at = "regio/regios.json", .has = has_choice, .write = names_write},
	{.at = "financieringstrein/",
		.has = has_trains,
		.template = "financieringstrein",
		.page = view_trains,
		.tool = "hulp-trein",
		.listed = in_nation},
	{.at = "verschil/",
		.has = has_comparisons,
		.template = "verschillen",
		.page = view_comparisons,
		.tool = "hulp-verschil",
		.listed = in_nation},
	{.most = between_most,
		.address = between_address,
		.template = "verschil-tussen",
		.page_of = view_between,
		.listed = in_nation},
	{.at = "regelingenwijzer/",
		.has = has_wizard,
		.template = "regelingenwijzer",
		.page = view_wizard,
		.tool = "hulp-wijzer",
		.listed = in_nation},
	{.at = "op-dit-apparaat/",
		.has = can_keep,
		.template = "op-dit-apparaat",
		.page = view_device},
	{.at = "op-dit-apparaat/geen-verbinding/",
		.has = nation_can_keep,
		.template = "geen-verbinding",
		.page = view_disconnected},
	{.most = comparison_most,
		.address = comparison_address,
		.template = "vergelijk",
		.page_of = compare_page,
		.listed = in_nation},
	{.most = comparison_most, .address = comparison_csv_address, .write_of = compare_csv_page},
	{.at = COMPARE_ADDRESS,
		.has = nation_compares,
		.template = "vergelijk-overzicht",
		.page = view_overview,
		.tool = "hulp-vergelijk",
		.listed = in_nation},
	{.at = REGIONS_CSV, .has = nation_compares, .write = regions_csv_write},
	{.at = COMPARE_ADDRESS,
		.has = region_compares,
		.template = "vergelijk-regio",
		.tool = "hulp-vergelijk",
		.page = view_region_overview},
};

const struct made_kind *made_kinds(size_t *count)
{
	*count = ARRAY_LEN(kinds);
	return kinds;
}

size_t made_most(const struct made *made)
{
	return made->kind->most != NULL ? made->kind->most(made->view, made->scope) : 1;
}

struct slice made_address(struct arena *arena, const struct made *made)
{
	const struct made_kind *kind = made->kind;

	if (kind->at == NULL)
		return kind->address(arena, made->view, made->scope, made->item);
	return kind->has == NULL || kind->has(made->view, made->scope) ? slice_of(kind->at)
								       : nowhere;
}

bool made_has(struct arena *arena, const struct made *made, struct slice address)
{
	struct made other = *made;
	size_t most = made_most(made);

	for (other.item = 0; other.item < most; other.item++) {
		struct slice its = made_address(arena, &other);

		if (its.data != NULL && slice_equal(its, address))
			return true;
	}
	return false;
}

struct value *made_page(struct arena *arena, const struct made *made)
{
	const struct made_kind *kind = made->kind;

	if (kind->page != NULL)
		return kind->page(arena, made->view, made->scope);
	return kind->page_of != NULL ? kind->page_of(arena, made->view, made->scope, made->item)
				     : NULL;
}

void made_write(struct text *out, struct arena *arena, const struct made *made)
{
	const struct made_kind *kind = made->kind;

	if (kind->write != NULL)
		kind->write(out, arena, made->view, made->scope);
	else
		kind->write_of(out, arena, made->view, made->item);
}
