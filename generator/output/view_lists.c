/*
 * Pages that list others: home and collections; and the small ones.
 */
#include "output/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/value.h"
#include "model/date.h"
#include "model/links.h"
#include "model/site.h"

#define HOME_PAGES 6  /* of each collection on the home page */
#define HOME_RECENT 5 /* pages that changed last */

/* A page in a list: title, summary, way, and what is special about it. */
static void view_put_entry(struct arena *arena, struct value *list, const struct view *view,
	const struct variant *variant)
{
	struct value *item = value_append_map(arena, list);
	int offset = 0;
	int64_t changed = view_changed(&offset, variant);
	bool expired = date_is_past(variant->page->valid_until, view->site->date);

	value_put_text(arena, item, "titel", variant->title);
	value_put_text(arena, item, "samenvatting", variant->summary);
	value_put_text(arena, item, "pad", variant->page->address);
	value_put_text(arena, item, "soort", variant->page->type->title);
	value_put_bool(arena, item, "adaptatie", variant->adaptation != NULL);
	value_put_bool(arena, item, "alleen-regio", variant->page->role == ROLE_REGIONAL);
	value_put_bool(arena, item, "verlopen", expired);
	if (changed != 0)
		(void)view_put_date(arena, item, "gewijzigd", view, date_of_time(changed, offset));
}

struct value *view_put_page(struct arena *arena, struct value *list, const struct view *view,
	const struct view_scope *scope, const struct page *page)
{
	const struct variant *variant = view_find_page(scope, page);

	if (variant == NULL)
		return NULL;
	view_put_entry(arena, list, view, variant);
	return list->last;
}

/* True for a page that a list of its collection shows. */
static bool view_is_listed(
	const struct site *site, const struct variant *variant, size_t collection)
{
	return variant->page->collection == &site->collections[collection] &&
	       !variant->page->is_index && variant->hidden == NULL;
}

/* ---- Home */

static int view_compare_changed(const void *a, const void *b)
{
	const struct variant *left = *(const struct variant *const *)a;
	const struct variant *right = *(const struct variant *const *)b;
	int offset;
	int64_t left_time = view_changed(&offset, left), right_time = view_changed(&offset, right);

	if (left_time != right_time)
		return left_time > right_time ? -1 : 1;
	return slice_compare(left->page->address, right->page->address);
}

static void view_put_recent(struct arena *arena, struct value *page, const struct view *view,
	const struct view_scope *scope)
{
	const struct variant **changed = mem_new(scope->count, sizeof(*changed));
	struct value *list = value_put_list(arena, page, "recent");
	size_t count = 0;
	int offset;

	for (size_t i = 0; i < scope->count; i++)
		if (scope->variants[i]->hidden == NULL &&
			scope->variants[i]->page->address.size > 0 &&
			view_changed(&offset, scope->variants[i]) != 0)
			changed[count++] = scope->variants[i];
	if (count > 1)
		qsort(changed, count, sizeof(*changed), view_compare_changed);
	for (size_t i = 0; i < count && i < HOME_RECENT; i++)
		view_put_entry(arena, list, view, changed[i]);
	free(changed);
}

/* What the region has made its own: its own pages, then those that it adapted. */
static void view_put_regional(struct arena *arena, struct value *page, const struct view *view,
	const struct view_scope *scope)
{
	struct value *own, *adapted;

	if (scope->region == NULL)
		return;
	own = value_put_list(arena, page, "eigen-paginas");
	adapted = value_put_list(arena, page, "aangepaste-paginas");
	for (size_t i = 0; i < scope->count; i++) {
		const struct variant *variant = scope->variants[i];

		if (variant->hidden != NULL)
			continue;
		if (variant->page->role == ROLE_REGIONAL)
			view_put_entry(arena, own, view, variant);
		else if (variant->adaptation != NULL && variant->page->address.size > 0)
			view_put_entry(arena, adapted, view, variant);
	}
	value_put_bool(arena, page, "heeft-van-regio", own->count + adapted->count > 0);
}

/* The first page of conversation cards; whether there is a tool at all, for what stands around. */
static void view_put_tools(struct arena *arena, struct value *page, const struct view *view,
	const struct view_scope *scope)
{
	static const char *const tools[] = {
		"heeft-wijzer", "heeft-trein", "heeft-verschil", "vergelijk-pad"};
	bool any = false;

	for (size_t i = 0; i < scope->count && !any; i++) {
		const struct variant *variant = scope->variants[i];

		any = variant->hidden == NULL &&
		      slice_is(variant->page->type->template, "gesprekskaarten");
		if (any)
			value_put_text(arena, page, "kaarten-pad", variant->page->address);
	}

	for (size_t i = 0; i < ARRAY_LEN(tools); i++) {
		const struct value *all = value_at(view->common, tools[i]);
		const struct value *own = value_at(scope->values, tools[i]);

		any |= all != NULL && all->kind == VALUE_TRUE;
		any |= own != NULL && own->kind == VALUE_TRUE;
	}
	value_put_bool(arena, page, "heeft-hulpmiddelen", any);
}

void view_add_home(struct arena *arena, struct value *page, const struct view *view,
	const struct view_scope *scope)
{
	const struct site *site = view->site;
	struct value *list = value_put_list(arena, page, "verzamelingen");

	for (size_t c = 0; c < site->collection_count; c++) {
		struct value *item = value_append_map(arena, list);
		struct value *pages = value_put_list(arena, item, "paginas");
		size_t count = 0;

		for (size_t i = 0; i < scope->count; i++)
			if (view_is_listed(site, scope->variants[i], c) && count++ < HOME_PAGES)
				view_put_entry(arena, pages, view, scope->variants[i]);
		value_put_text(arena, item, "naam", site->collections[c].name);
		value_put_text(arena, item, "titel", site->collections[c].title);
		value_put_text(arena, item, "samenvatting", site->collections[c].summary);
		value_put_text(arena, item, "pad", links_address(arena, site->collections[c].name));
		value_put_number(arena, item, "aantal", count);
		value_put_bool(arena, item, "meer", count > HOME_PAGES);
	}
	view_put_regional(arena, page, view, scope);
	view_put_tools(arena, page, view, scope);
	view_put_recent(arena, page, view, scope);
	view_put_harvest_kinds(arena, page, "oogst", view, scope, HARVEST_KINDS);
}

/* ---- Collections */

void view_add_collection(struct arena *arena, struct value *page, const struct view *view,
	const struct view_scope *scope, size_t collection)
{
	const struct collection *shown = &view->site->collections[collection];
	bool in_wizard = false;
	struct value *list;
	struct value *map;

	if (value_at(page, "verzameling") == NULL) {
		map = value_put_map(arena, page, "verzameling");
		value_put_text(arena, map, "naam", shown->name);
		value_put_text(arena, map, "titel", shown->title);
		value_put_text(arena, map, "samenvatting", shown->summary);
		value_put_text(arena, map, "pad", links_address(arena, shown->name));
	}
	list = value_put_list(arena, page, "kinderen");
	for (size_t i = 0; i < scope->count; i++) {
		if (!view_is_listed(view->site, scope->variants[i], collection))
			continue;
		view_put_entry(arena, list, view, scope->variants[i]);
		in_wizard = in_wizard || view_in_wizard(view, scope->variants[i]);
	}
	value_put_bool(arena, page, "leeg", list->count == 0);
	value_put_bool(arena, page, "kinderen-in-wijzer", in_wizard);
}

struct value *view_made_page(
	struct arena *arena, const struct view_place *place, const char *template)
{
	struct value *page = view_page(arena, place, template);
	struct value *own = (struct value *)value_at(page, "pagina");

	value_put_text(arena, own, "canoniek", value_text_at(own, "adres"));
	return page;
}

/* ---- Small pages */

struct value *view_missing(struct arena *arena, const struct view *view)
{
	struct view_place place = {.view = view,
		.scope = &view->scopes[0],
		.title = value_text_at(view->strings, "niet-gevonden"),
		.standing = true};
	struct value *page = view_page(arena, &place, "404");

	value_put_bool(arena, (struct value *)value_at(page, "pagina"), "noindex", true);
	return page;
}

struct value *view_redirect(struct arena *arena, const struct view *view,
	const struct view_scope *scope, struct slice from, const struct variant *to)
{
	struct view_place place = {
		.view = view, .scope = scope, .address = from, .title = to->title};
	struct value *page = view_page(arena, &place, "doorverwijzing");
	struct value *own = (struct value *)value_at(page, "pagina");
	struct text way = {0}, full = {0};

	links_relative(&way, from, to->page->address);
	text_add(&full, view->site->url);
	text_byte(&full, '/');
	text_add(&full, view_address(arena, scope, to->page->address));
	own = (struct value *)value_at(page, "landelijk-pad");
	if (own != NULL)
		own->text = to->page->role == ROLE_REGIONAL ? slice_of("") : to->page->address;
	own = (struct value *)value_at(page, "pagina");
	value_put_text(arena, page, "doel", text_keep(arena, &way));
	value_put_text(arena, page, "doel-adres", text_keep(arena, &full));
	value_put_text(arena, own, "canoniek", value_text_at(page, "doel-adres"));
	value_put_bool(arena, own, "noindex", true);
	return page;
}
