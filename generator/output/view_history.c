/*
 * What has changed: a few changes on the page itself, and all of them on a page of its own, each
 * with the difference that it made.
 */
#include "output/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/value.h"
#include "input/history.h"
#include "model/chronicle.h"
#include "model/date.h"
#include "model/links.h"
#include "model/site.h"
#include "output/comparison.h"
#include "output/version.h"

#define PAGE_CHANGES 3	      /* on the page itself */
#define MOST_CHANGES 200      /* on the page of changes */
#define MOST_DIFFERENCES 50   /* of them, with the difference */
#define MOST_WORDS 2000	      /* of one difference */
#define MOST_PAGE_WORDS 20000 /* of all differences of a page */

/* What the page of changes is made with. */
struct telling {
	struct arena *arena;
	const struct view *view;
	const struct view_scope *scope;
	const struct variant *variant;
	struct versions versions;
	struct text html;
	size_t words; /* that were drawn */
	size_t differences;
};

bool view_has_history(const struct view *view, const struct variant *variant)
{
	const struct page *pages[] = {variant->page, variant->adaptation};

	if (!view->tells_changes || variant->hidden != NULL || variant->page->refused)
		return false;
	for (size_t p = 0; p < ARRAY_LEN(pages); p++) {
		const struct history_file *file = pages[p] != NULL ? pages[p]->history : NULL;

		for (size_t i = 0; file != NULL && i < file->change_count; i++)
			if (!chronicle_is_small(file->changes[i].commit))
				return true;
	}
	return false;
}

bool view_has_own_history(
	const struct view *view, const struct view_scope *scope, const struct variant *variant)
{
	bool borrowed = scope->region != NULL && variant->adaptation == NULL &&
			variant->page->role == ROLE_NATIONAL;

	return !borrowed && view_has_history(view, variant);
}

/* Who did it, when, and whose it is. */
static struct value *view_put_change(struct arena *arena, struct value *list,
	const struct view *view, const struct chronicle_change *change, bool adapted)
{
	const struct history_commit *commit = change->change->commit;
	struct value *item = value_append_map(arena, list);
	struct text anchor = {0};

	chronicle_anchor(&anchor, change);
	value_put_text(arena, item, "anker", text_keep(arena, &anchor));
	value_put_text(arena, item, "onderwerp",
		chronicle_subject(commit, value_text_at(view->strings, "tekst-aangepast")));
	value_put_text(arena, item, "auteur", commit->author);
	(void)view_put_date(arena, item, "datum", view, date_of_time(commit->time, commit->offset));
	value_put_bool(arena, item, "van-regio", adapted && change->adaptation);
	value_put_bool(arena, item, "van-landelijk", adapted && !change->adaptation);
	return item;
}

void view_add_changes(struct arena *arena, struct value *page, const struct view *view,
	const struct view_scope *scope, const struct variant *variant)
{
	struct chronicle chronicle;
	struct value *list;
	struct text way = {0};

	if (!view_has_history(view, variant))
		return;
	chronicle_make(&chronicle, arena, variant);
	list = value_put_list(arena, page, "wijzigingen");
	for (size_t i = 0; i < chronicle.count && i < PAGE_CHANGES; i++)
		(void)view_put_change(
			arena, list, view, &chronicle.list[i], variant->adaptation != NULL);
	value_put_number(arena, page, "wijzigingen-aantal", chronicle.count);
	if (view_has_own_history(view, scope, variant)) {
		text_puts(&way, "geschiedenis/");
	} else {
		text_add(&way, value_text_at(page, "wortel"));
		text_add(&way, chronicle_address(arena, variant->page->address));
	}
	value_put_text(arena, page, "geschiedenis-weg", text_keep(arena, &way));
}

/* ---- The difference of one change */

/* What the change is compared with; what was a draft then was not on the site. */
static const struct version *find_base(
	struct telling *telling, const struct chronicle_change *change, bool *none)
{
	const unsigned char *blob = chronicle_base(change);
	const struct version *version = NULL;

	while (blob != NULL && (version = version_get(&telling->versions, blob)) != NULL &&
		version->draft)
		blob = chronicle_before(change, blob);
	*none = blob == NULL;
	return blob != NULL ? version : NULL;
}

/* Draws the difference, and says what is left out of it. */
static void put_difference(struct telling *telling, struct value *item,
	const struct version *before, const struct version *after)
{
	struct comparison_options options = {.strings = telling->view->strings,
		.type = telling->variant->page->type,
		.most_words = MOST_WORDS};
	struct comparison_result result;

	text_clear(&telling->html);
	if (comparison_draw_passages(
		    &telling->html, &result, &before->passages, &after->passages, &options) != 0)
		return;
	value_put_bool(telling->arena, item, "gelijk", result.same);
	value_put_text(telling->arena, item, "verschil",
		slice_keep(telling->arena, text_slice(&telling->html)));
	if (result.left_out > 0)
		value_put_number(telling->arena, item, "weggelaten", result.left_out);
	telling->words += result.words;
	telling->differences++;
}

static void put_text_change(
	struct telling *telling, struct value *item, const struct chronicle_change *change)
{
	const unsigned char *blob = change->change->after;
	const struct version *after, *before;
	bool added = false, full;

	if (blob == NULL) {
		value_put_bool(telling->arena, item, "weg", true);
		return;
	}
	full = telling->differences >= MOST_DIFFERENCES || telling->words >= MOST_PAGE_WORDS;
	after = full ? NULL : version_get(&telling->versions, blob);
	if (after != NULL && after->draft) {
		value_put_bool(telling->arena, item, "concept", true);
		return;
	}
	before = after != NULL ? find_base(telling, change, &added) : NULL;
	added = added || (full && chronicle_base(change) == NULL);
	value_put_bool(telling->arena, item, "nieuw", added);
	if (before != NULL)
		put_difference(telling, item, before, after);
	if (!added && value_at(item, "gelijk") == NULL)
		value_put_bool(telling->arena, item, "zonder-verschil", true);
}

/* The address at which a file of before made a page; empty when it made none. */
static struct slice former_address(struct arena *arena, struct slice file)
{
	struct links_place place;
	struct text address = {0};

	if (file.size == 0 || !links_place_of(&place, file))
		return (struct slice){0};
	if (place.region.size > 0) {
		text_puts(&address, "regio/");
		text_add(&address, place.region);
		text_byte(&address, '/');
	}
	text_add(&address, links_address(arena, place.key));
	return text_keep(arena, &address);
}

/* True when another change before it has the same anchor: the commit came by two ways. */
static bool is_told(const struct chronicle *chronicle, size_t number)
{
	for (size_t i = 0; i < number; i++)
		if (chronicle->list[i].change->commit == chronicle->list[number].change->commit &&
			chronicle->list[i].adaptation == chronicle->list[number].adaptation)
			return true;
	return false;
}

static void put_all(struct telling *telling, struct value *page)
{
	/* In an item a name that is absent would be looked for in the page. */
	static const char *const flags[] = {
		"weg", "concept", "nieuw", "zonder-verschil", "gelijk", "weggelaten", "verhuisd"};
	struct value *list = value_put_list(telling->arena, page, "veranderingen");
	struct chronicle chronicle;

	chronicle_make(&chronicle, telling->arena, telling->variant);
	for (size_t i = 0; i < chronicle.count && i < MOST_CHANGES; i++) {
		const struct chronicle_change *change = &chronicle.list[i];
		struct slice former = former_address(telling->arena, change->change->former);
		struct value *item;

		if (is_told(&chronicle, i))
			continue;
		item = view_put_change(telling->arena, list, telling->view, change,
			telling->variant->adaptation != NULL);
		if (former.size > 0)
			value_put_text(telling->arena, item, "verhuisd", former);
		put_text_change(telling, item, change);
		for (size_t f = 0; f < ARRAY_LEN(flags); f++)
			if (value_at(item, flags[f]) == NULL)
				value_put_bool(telling->arena, item, flags[f], false);
	}
	if (chronicle.count > MOST_CHANGES)
		value_put_number(
			telling->arena, page, "oudere-aantal", chronicle.count - MOST_CHANGES);
}

struct value *view_history(struct arena *arena, const struct view *view,
	const struct view_scope *scope, size_t number, struct source_reader *reader)
{
	const struct variant *variant = scope->variants[number];
	const struct page *source = variant->page;
	bool is_top = source->address.size == 0 || (source->is_index && source->collection != NULL);
	struct view_place place = {.view = view,
		.scope = scope,
		.address = chronicle_address(arena, source->address),
		.title = value_text_at(view->strings, "veranderd"),
		.about = variant->title,
		.above = source->address,
		.above_title = is_top ? (struct slice){0} : variant->title};
	struct value *page = view_page(arena, &place, "geschiedenis");
	struct telling telling = {.arena = arena,
		.view = view,
		.scope = scope,
		.variant = variant,
		.versions = {.reader = reader}};
	struct value *own = (struct value *)value_at(page, "in-regio-pad");

	/* A region has such a page only of what it adapted. */
	if (own != NULL)
		own->text = source->address;
	own = (struct value *)value_at(page, "landelijk-pad");

	if (own != NULL && source->role == ROLE_REGIONAL)
		own->text = slice_of("");
	else if (own != NULL &&
		 !view_has_history(view, site_variant(view->site, NULL, source->number)))
		own->text = source->address;
	value_put_bool(arena, page, "alleen-regio", source->role == ROLE_REGIONAL);
	value_put_bool(arena, page, "adaptatie", variant->adaptation != NULL);
	value_put_text(arena, page, "over-titel", variant->title);
	value_put_text(arena, page, "over-pad", source->address);
	value_put_bool(arena, (struct value *)value_at(page, "pagina"), "noindex", true);
	put_all(&telling, page);
	versions_free(&telling.versions);
	text_free(&telling.html);
	return page;
}
