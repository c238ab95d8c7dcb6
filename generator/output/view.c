/*
 * What is the same for all kinds of pages: the shared values, the ways, the crumbs, the menu.
 */
#include "output/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/value.h"
#include "check/upkeep.h"
#include "input/history.h"
#include "model/date.h"
#include "model/links.h"
#include "model/site.h"

/* ---- What all pages share */

static void view_open_common(struct view *view, const struct value *assets, bool preview)
{
	struct arena *arena = &view->arena;
	const struct site *site = view->site;
	struct value *common = value_new(arena, VALUE_MAP);
	struct value *map;

	value_put_text(arena, common, "taal", site->language);
	value_put_bool(arena, common, "proef", preview);
	value_put_copy(arena, common, "tekst", view->strings);
	value_put_copy(arena, common, "assets", assets);
	map = value_put_map(arena, common, "site");
	value_put_text(arena, map, "titel", site->title);
	value_put_text(arena, map, "omschrijving", site->description);
	value_put_text(arena, map, "adres", site->url);
	if (site->concept.size > 0) {
		map = value_put_map(arena, common, "voorbeeld");
		value_put_text(arena, map, "naam", site->concept);
		value_put_text(arena, map, "adres", site->real_url);
	}
	map = value_put_map(arena, common, "generator");
	value_put_text(arena, map, "naam", slice_of("draaiboek"));
	value_put_text(arena, map, "versie", slice_of(DRAAIBOEK_VERSION));
	value_put_text(arena, common, "zoek-pad", slice_of("zoek/"));
	value_put_text(arena, common, "opensearch-pad", slice_of("zoek/opensearch.xml"));
	value_put_text(arena, common, "atom-pad", slice_of("atom.xml"));
	value_put_text(arena, common, "regio-keuze-pad", slice_of("regio/"));
	value_put_text(arena, common, "trein-pad", slice_of("financieringstrein/"));
	value_put_text(arena, common, "verschil-pad", slice_of("verschil/"));
	value_put_bool(arena, common, "heeft-regios", site->region_count > 0);
	value_put_bool(arena, common, "heeft-begrippen", site->glossary.count > 0);
	value_put_number(arena, common, "regios-aantal", site->region_count);
	value_put_bool(arena, common, "heeft-wijzer", value_at(assets, "wijzer") != NULL);
	value_put_text(arena, common, "wijzer-pad", slice_of("regelingenwijzer/"));
	view->common = common;
}

static void view_open_scope_values(struct view *view, struct view_scope *scope)
{
	static const char *const shared[] = {"loket", "katalysator", "gemeenten"};
	struct arena *arena = &view->arena;
	struct value *values = value_new(arena, VALUE_MAP);
	const struct region *region = scope->region;
	struct value *map;

	scope->values = values;
	if (region == NULL)
		return;
	map = value_put_map(arena, values, "regio");
	value_put_text(arena, map, "naam", region->name);
	value_put_text(arena, map, "slug", region->slug);
	for (size_t i = 0; i < ARRAY_LEN(shared); i++) {
		const struct value *value = value_at(region->root, shared[i]);

		if (value != NULL)
			value_put_copy(arena, map, shared[i], value);
	}
	if (value_at(region->root, "contact") != NULL)
		view_put_contact(arena, value_put_map(arena, map, "contact"), view,
			value_at(region->root, "contact"));
	value_put_bool(
		arena, map, "heeft-contact", view_has_contact(value_at(region->root, "contact")));
	if (region->style.color.size > 0)
		value_put_text(arena, map, "kleur", region->style.color);
}

/* The collection's number, plain pages behind all. */
static size_t view_rank(const struct site *site, const struct page *page)
{
	const struct collection *collection = page->collection;

	return collection != NULL ? (size_t)(collection - site->collections)
				  : site->collection_count;
}

/* National pages in their order, and the region's own behind those of their collection. */
static void view_open_variants(struct view *view, struct view_scope *scope)
{
	const struct site *site = view->site;
	const struct region *region = scope->region;
	size_t own_count = region != NULL ? region->count : 0;
	struct variant *own = arena_new(&view->arena, own_count, sizeof(*own));
	size_t next_own = 0, number = 0;

	scope->variants =
		arena_new(&view->arena, site->national_count + own_count, sizeof(struct variant *));
	for (size_t rank = 0; rank <= site->collection_count; rank++) {
		for (; number < site->national_count &&
			view_rank(site, site->national[number]) == rank;
			number++)
			scope->variants[scope->count++] = site_variant(site, region, number);
		for (size_t i = 0; i < own_count; i++) {
			if (region->pages[i]->role == ROLE_ADAPTATION ||
				view_rank(site, region->pages[i]) != rank)
				continue;
			overlay_plain(&own[next_own], &view->arena, region->pages[i]);
			scope->variants[scope->count++] = &own[next_own++];
		}
	}
}

/* Plain national pages that the menu does not have; a region's own stand on its home page. */
static void view_open_footer(struct view *view, struct view_scope *scope)
{
	struct menu_item *items = arena_new(&view->arena, scope->count, sizeof(*items));

	for (size_t i = 0; i < scope->count; i++) {
		const struct variant *variant = scope->variants[i];
		bool elsewhere = variant->page->collection != NULL ||
				 variant->page->address.size == 0 ||
				 variant->page->role != ROLE_NATIONAL;

		for (size_t m = 0; !elsewhere && m < view->site->menu_count; m++)
			elsewhere =
				slice_equal(view->site->menu[m].address, variant->page->address);
		if (!elsewhere)
			items[scope->footer_count++] = (struct menu_item){
				.title = variant->title, .address = variant->page->address};
	}
	scope->footer = items;
}

static void view_count_harvest(struct view_scope *scope, const struct section *section)
{
	for (size_t c = 0; c < section->callout_count; c++)
		scope->harvest[section->callouts[c].kind]++;
	for (size_t i = 0; i < section->count; i++)
		scope->harvest[HARVEST_POLLS] += section->pieces[i].kind == PIECE_POLL;
}

static void view_open_harvest(struct view_scope *scope)
{
	for (size_t v = 0; v < scope->count; v++) {
		const struct variant *variant = scope->variants[v];

		for (size_t p = 0; p < variant->count; p++)
			for (size_t b = 0; b < variant->parts[p].count; b++)
				view_count_harvest(scope, variant->parts[p].blocks[b].section);
	}
}

/* Which tools the scope has, for the ways to them. */
static void view_open_tools(struct view *view, const struct view_scope *scope)
{
	struct value *values = (struct value *)scope->values;

	value_put_bool(&view->arena, values, "heeft-trein", scope->train_count > 0);
	value_put_bool(&view->arena, values, "heeft-verschil", scope->compares);
}

void view_open(struct view *out, const struct site *site, const struct value *strings,
	const struct value *assets, bool preview)
{
	*out = (struct view){.site = site, .strings = strings};
	view_open_common(out, assets, preview);
	out->scope_count = site->region_count + 1;
	out->scopes = mem_new(out->scope_count, sizeof(*out->scopes));
	for (size_t i = 0; i < out->scope_count; i++) {
		struct view_scope *scope = &out->scopes[i];

		scope->region = i > 0 ? &site->regions[i - 1] : NULL;
		view_open_scope_values(out, scope);
		view_open_variants(out, scope);
		view_open_footer(out, scope);
		view_open_harvest(scope);
		view_open_comparisons(out, scope);
		view_open_trains(out, scope);
		view_open_tools(out, scope);
	}
}

void view_close(struct view *view)
{
	free(view->scopes);
	arena_free(&view->arena);
}

/* ---- Ways and dates */

bool view_has_page(const struct view_scope *scope, struct slice address)
{
	for (size_t v = 0; v < scope->count; v++)
		if (slice_equal(scope->variants[v]->page->address, address))
			return true;
	return false;
}

const struct variant *view_find_page(const struct view_scope *scope, const struct page *page)
{
	for (size_t v = 0; v < scope->count; v++)
		if (scope->variants[v]->page == page)
			return scope->variants[v]->hidden == NULL ? scope->variants[v] : NULL;
	return NULL;
}

struct slice view_address(struct arena *arena, const struct view_scope *scope, struct slice address)
{
	struct text full = {0};

	if (scope->region == NULL)
		return address;
	region_address(&full, scope->region, address);
	return text_keep(arena, &full);
}

static struct slice view_url(struct arena *arena, const struct view *view, struct slice address)
{
	struct text url = {0};

	text_add(&url, view->site->url);
	text_byte(&url, '/');
	text_add(&url, address);
	return text_keep(arena, &url);
}

/* "20 november 2026" in the theme's words; the ISO form when it names no months. */
static struct slice view_date_words(struct arena *arena, const struct view *view, int date)
{
	const struct value *months = value_at(view->strings, "maanden");
	const struct value *name = months != NULL ? months->first : NULL;
	struct text words = {0};
	int year, month, day;

	date_split(&year, &month, &day, date);
	for (int i = 1; i < month && name != NULL; i++)
		name = name->next;
	if (name == NULL)
		date_iso(&words, date);
	else
		text_printf(&words, "%d %.*s %d", day, (int)name->text.size, name->text.data, year);
	return text_keep(arena, &words);
}

struct value *view_put_date(
	struct arena *arena, struct value *map, const char *key, const struct view *view, int date)
{
	struct value *entry;
	struct text iso = {0};

	if (date == DATE_NONE)
		return NULL;
	entry = value_put_map(arena, map, key);
	date_iso(&iso, date);
	value_put_text(arena, entry, "iso", text_keep(arena, &iso));
	value_put_text(arena, entry, "tekst", view_date_words(arena, view, date));
	return entry;
}

static int64_t view_last_change(int *offset, const struct page *page)
{
	if (page == NULL || page->history == NULL)
		return 0;
	*offset = page->history->commits[0]->offset;
	return page->history->commits[0]->time;
}

int64_t view_changed(int *offset, const struct variant *variant)
{
	int own_offset = 0;
	int64_t changed = view_last_change(offset, variant->page);
	int64_t own = view_last_change(&own_offset, variant->adaptation);

	if (own > changed) {
		*offset = own_offset;
		return own;
	}
	return changed;
}

void view_put_contact(struct arena *arena, struct value *contact, const struct view *view,
	const struct value *from)
{
	for (const struct value *entry = from->first; entry != NULL; entry = entry->next) {
		int date;

		if (value_get(contact, entry->key) != NULL)
			continue;
		if (slice_is(entry->key, "gecontroleerd") && date_parse(&date, entry->text) == 0) {
			value_put_bool(arena,
				view_put_date(arena, contact, "gecontroleerd", view, date), "oud",
				date < view->site->date - UPKEEP_CONTACT_DAYS);
			continue;
		}
		value_put_copy(arena, contact, entry->key.data, entry);
		if (slice_is(entry->key, "telefoon")) {
			struct text figures = {0};

			region_dial(&figures, entry->text);
			value_put_text(
				arena, contact, "telefoon-kiezen", text_keep(arena, &figures));
		}
	}
}

bool view_has_contact(const struct value *contact)
{
	static const char *const ways[] = {"naam", "telefoon", "email", "url", "adres"};

	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		if (value_at(contact, ways[i]) != NULL)
			return true;
	return false;
}

/* ---- What every page has */

void view_mark_lists(struct arena *arena, struct value *page)
{
	struct text name = {0};

	for (const struct value *entry = page->first; entry != NULL; entry = entry->next) {
		if (entry->kind != VALUE_LIST)
			continue;
		text_clear(&name);
		text_puts(&name, "heeft-");
		text_add(&name, entry->key);
		if (value_get(page, text_slice(&name)) == NULL)
			value_put_bool(arena, page, slice_keep(arena, text_slice(&name)).data,
				entry->count > 0);
	}
	text_free(&name);
}

static void view_put_ways(struct arena *arena, struct value *page, const struct view_place *place)
{
	struct text root = {0}, home = {0};

	if (place->standing) {
		text_add(&root, place->view->site->base_path);
		text_add(&home, place->view->site->base_path);
	} else {
		links_root(&home, place->address);
		if (place->scope->region != NULL) {
			if (place->address.size == 0)
				text_clear(&home);
			text_puts(&root, "../../");
			text_add(&root, text_slice(&home));
			if (place->address.size == 0)
				text_puts(&home, "./");
		} else {
			text_add(&root, text_slice(&home));
		}
	}
	value_put_text(arena, page, "wortel", text_keep(arena, &root));
	value_put_text(arena, page, "thuis", text_keep(arena, &home));
}

static void view_put_link(struct arena *arena, struct value *list, struct slice title,
	struct slice address, const char *flag, bool yes)
{
	struct value *item = value_append_map(arena, list);

	value_put_text(arena, item, "titel", title);
	value_put_text(arena, item, "pad", address);
	value_put_bool(arena, item, flag, yes);
}

static void view_put_menu(struct arena *arena, struct value *page, const struct view_place *place)
{
	const struct site *site = place->view->site;
	struct value *menu = value_put_list(arena, page, "menu");
	struct value *footer = value_put_list(arena, page, "voetmenu");

	for (size_t i = 0; i < site->menu_count; i++) {
		const struct menu_item *item = &site->menu[i];

		view_put_link(arena, menu,
			item->string != NULL ? value_text_at(place->view->strings, item->string)
					     : item->title,
			item->address, "huidig",
			!place->standing && slice_starts(place->address, item->address.data));
	}
	for (size_t i = 0; i < place->scope->footer_count; i++) {
		const struct menu_item *item = &place->scope->footer[i];

		view_put_link(arena, footer, item->title, item->address, "huidig",
			!place->standing && slice_equal(place->address, item->address));
	}
}

/* Home, the collection when the page lies in one, the page. */
static void view_put_crumbs(struct arena *arena, struct value *page, const struct view_place *place)
{
	const struct site *site = place->view->site;
	struct value *crumbs;

	if (place->address.size == 0 && !place->standing)
		return;
	crumbs = value_put_list(arena, page, "kruimels");
	view_put_link(arena, crumbs, value_text_at(place->view->strings, "home"),
		(struct slice){"", 0}, "laatste", false);
	for (size_t i = 0; i < site->collection_count; i++) {
		struct slice name = site->collections[i].name;

		if (slice_starts(place->address, name.data) &&
			place->address.size > name.size + 1 &&
			place->address.data[name.size] == '/')
			view_put_link(arena, crumbs, site->collections[i].title,
				links_address(arena, name), "laatste", false);
	}
	if (slice_starts(place->address, "oogst/") && place->address.size > 6)
		view_put_link(arena, crumbs, value_text_at(place->view->strings, "oogst"),
			slice_of("oogst/"), "laatste", false);
	if (place->above_title.size > 0)
		view_put_link(arena, crumbs, place->above_title, place->above, "laatste", false);
	view_put_link(arena, crumbs, place->title, place->address, "laatste", true);
}

/* "Werkervaringsplaats · FoodValley · Draaiboek": what tells tabs apart comes first. */
static struct slice view_head_title(struct arena *arena, const struct view_place *place)
{
	struct text title = {0};

	if (place->address.size > 0 || place->standing) {
		if (place->expired) {
			text_add(&title, value_text_at(place->view->strings, "vervallen"));
			text_puts(&title, ": ");
		}
		text_add(&title, place->title);
		text_puts(&title, " \u00b7 ");
	}
	if (place->about.size > 0) {
		text_add(&title, place->about);
		text_puts(&title, " \u00b7 ");
	}
	if (place->scope->region != NULL) {
		text_add(&title, place->scope->region->name);
		text_puts(&title, " \u00b7 ");
	}
	text_add(&title, place->view->site->title);
	return text_keep(arena, &title);
}

struct value *view_page(struct arena *arena, const struct view_place *place, const char *template)
{
	struct value *page = value_new(arena, VALUE_MAP);
	struct slice address = view_address(arena, place->scope, place->address);
	struct text flag = {0}, style = {0};
	struct value *own;

	view_put_ways(arena, page, place);
	value_put_text(arena, page, "kop-titel", view_head_title(arena, place));
	own = value_put_map(arena, page, "pagina");
	value_put_text(arena, own, "titel", place->title);
	value_put_text(arena, own, "pad", place->address);
	value_put_text(arena, own, "adres", view_url(arena, place->view, address));
	text_printf(&flag, "is-%s", template);
	value_put_bool(arena, page, text_keep(arena, &flag).data, true);
	value_put_text(arena, page, place->scope->region != NULL ? "landelijk-pad" : "in-regio-pad",
		place->standing ? slice_of("") : place->address);
	if (place->scope->region != NULL && house_style_is_set(&place->scope->region->style)) {
		text_printf(&style, "regio-%s", place->scope->region->slug.data);
		value_put_text(arena, page, "regio-stijl",
			value_text_at(value_at(place->view->common, "assets"), style.data));
		text_free(&style);
	}
	view_put_crumbs(arena, page, place);
	view_put_menu(arena, page, place);
	return page;
}
