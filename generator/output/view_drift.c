/*
 * What a reader of a region's page is told of drift: at each section whose national text was
 * changed after the region saw it a note with the day, and behind it a page with the difference.
 */
#include "output/view.h"

#include "base/value.h"
#include "input/contrast.h"
#include "input/history.h"
#include "model/chronicle.h"
#include "model/date.h"
#include "model/site.h"
#include "model/versions.h"

#define DIFFERENCE "verschil/"

/* True when the part shows what the region wrote here, or why it hides the part. */
static bool view_shows(const struct part *part, const struct adapted *adapted)
{
	if (adapted->own == NULL)
		return false;
	if (part->hidden == adapted->own)
		return true;
	for (size_t i = 0; i < part->count; i++)
		if (part->blocks[i].section == adapted->own)
			return true;
	return false;
}

/* The drift of what the part shows, or NULL; what an earlier part has told is not told again. */
static const struct adapted *view_drift_of(const struct variant *variant, const struct part *part)
{
	for (size_t i = 0; i < variant->adapted_count; i++) {
		const struct adapted *adapted = &variant->adapted[i];
		bool told = false;

		if (adapted->state != DRIFT_CHANGED || !view_shows(part, adapted))
			continue;
		for (const struct part *earlier = variant->parts; earlier < part && !told;
			earlier++)
			for (size_t other = 0; other < variant->adapted_count; other++)
				told |= variant->adapted[other].target == adapted->target &&
					view_shows(earlier, &variant->adapted[other]);
		if (!told)
			return adapted;
	}
	return NULL;
}

/* The id of what was adapted, on the page with the differences. */
static struct slice view_drift_id(const struct variant *variant, const struct adapted *adapted)
{
	return variant->page->document.sections[adapted->target].id;
}

/* Where the difference of one page stands, in its scope. */
static struct slice view_difference_address(struct arena *arena, const struct variant *variant)
{
	struct text address = {0};

	text_add(&address, variant->page->address);
	text_puts(&address, DIFFERENCE);
	return text_keep(arena, &address);
}

struct slice view_difference_way(
	struct arena *arena, const struct variant *variant, const struct adapted *adapted)
{
	struct text way = {0};

	text_add(&way, view_difference_address(arena, variant));
	if (adapted->target > 0) {
		text_byte(&way, '#');
		text_add(&way, view_drift_id(variant, adapted));
	}
	return text_keep(arena, &way);
}

static void view_put_drift_date(struct arena *arena, struct value *map, const struct view *view,
	const struct adapted *adapted)
{
	(void)view_put_date(arena, map, "datum", view,
		date_of_time(adapted->commit->time, adapted->commit->offset));
}

static void view_put_drift(struct arena *arena, struct value *map, const struct view *view,
	const struct variant *variant, const struct adapted *adapted)
{
	struct value *drift = value_put_map(arena, map, "landelijk-gewijzigd");

	view_put_drift_date(arena, drift, view, adapted);
	value_put_text(arena, drift, "pad", view_difference_way(arena, variant, adapted));
}

void view_put_part_drift(struct arena *arena, struct value *item, const struct view *view,
	const struct variant *variant, const struct part *part)
{
	const struct adapted *adapted = view_drift_of(variant, part);

	if (adapted != NULL)
		view_put_drift(arena, item, view, variant, adapted);
	else
		value_put_bool(arena, item, "landelijk-gewijzigd", false);
	value_put_bool(arena, item, "verweesd", part->orphans);
}

void view_put_page_drift(struct arena *arena, struct value *page, const struct view *view,
	const struct variant *variant)
{
	for (size_t i = 0; i < variant->adapted_count; i++)
		if (variant->adapted[i].own == NULL && variant->adapted[i].state == DRIFT_CHANGED)
			view_put_drift(arena, page, view, variant, &variant->adapted[i]);
}

bool view_has_difference(const struct variant *variant)
{
	if (variant->hidden != NULL)
		return false;
	for (size_t i = 0; i < variant->adapted_count; i++)
		if (variant->adapted[i].state == DRIFT_CHANGED)
			return true;
	return false;
}

/* ---- The page with the difference */

/* Data of one page with differences. */
struct differing {
	struct arena *arena;
	const struct view *view;
	const struct variant *variant;
	struct versions versions;
	struct value *list;
};

/* The words of one kind, in the line that is open; a line's end opens another. */
static void view_put_words(struct arena *arena, struct value *lines, struct value **line,
	const struct contrast_part *part)
{
	struct slice rest = part->text;

	while (rest.size > 0) {
		size_t end = slice_find(rest, '\n');
		struct value *item;

		if (*line == NULL)
			*line = value_put_list(arena, value_append_map(arena, lines), "delen");
		if (end > 0) {
			item = value_append_map(arena, *line);
			value_put_bool(arena, item, "weg", part->kind == CONTRAST_REMOVED);
			value_put_bool(arena, item, "nieuw", part->kind == CONTRAST_ADDED);
			value_put_bool(arena, item, "gebleven", part->kind == CONTRAST_SAME);
			value_put_text(arena, item, "woorden", (struct slice){rest.data, end});
		}
		if (end < rest.size)
			*line = NULL;
		rest = slice_from(rest, end < rest.size ? end + 1 : end);
	}
}

static void view_put_difference(struct differing *differing, const struct adapted *adapted)
{
	struct arena *arena = differing->arena;
	struct versions *versions = &differing->versions;
	const struct page *page = differing->variant->page;
	const struct section *section = &page->document.sections[adapted->target];
	const struct document *then =
		versions_parse(versions, versions_blob(versions, adapted->seen));
	const struct document *now = versions_parse(versions, versions_now(versions, page));
	struct slice before = then != NULL ? versions_section(then, section) : (struct slice){0};
	struct slice after = now != NULL ? versions_section(now, section) : (struct slice){0};
	struct value *item = value_append_map(arena, differing->list), *lines, *line = NULL;
	struct contrast contrast;

	value_put_text(arena, item, "id", view_drift_id(differing->variant, adapted));
	value_put_text(arena, item, "titel", adapted->title);
	value_put_text(arena, item, "onderwerp",
		chronicle_subject(adapted->commit,
			value_text_at(differing->view->strings, "tekst-aangepast")));
	view_put_drift_date(arena, item, differing->view, adapted);
	value_put_bool(arena, item, "alleen-opmaak", slice_equal(before, after));
	if (adapted->target > 0)
		versions_trim(&before, &after, arena);
	lines = value_put_list(arena, item, "regels");
	contrast_find(&contrast, arena, slice_keep(arena, before), slice_keep(arena, after));
	for (size_t i = 0; i < contrast.count; i++)
		view_put_words(arena, lines, &line, &contrast.parts[i]);
}

/* True when an earlier heading of the adaptation works on the same section. */
static bool view_is_again(const struct variant *variant, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (variant->adapted[i].state == DRIFT_CHANGED &&
			variant->adapted[i].target == variant->adapted[at].target)
			return true;
	return false;
}

/* The page itself goes before the last crumb, and is what the national page is that of. */
static void view_place_difference(
	struct arena *arena, struct value *page, const struct variant *variant)
{
	struct value *crumbs = (struct value *)value_at(page, "kruimels");
	struct value *national = (struct value *)value_at(page, "landelijk-pad");
	struct value *last = crumbs->last, *before = crumbs->first, *item;

	while (before->next != last)
		before = before->next;
	before->next = NULL;
	crumbs->last = before;
	crumbs->count--;
	if (variant->page->address.size > 0) {
		item = value_append_map(arena, crumbs);
		value_put_text(arena, item, "titel", variant->title);
		value_put_text(arena, item, "pad", variant->page->address);
		value_put_bool(arena, item, "laatste", false);
	}
	value_append(crumbs, last);
	if (national != NULL)
		national->text = variant->page->address;
	value_put_text(arena, page, "terug-pad", variant->page->address);
	value_put_text(arena, page, "terug-titel", variant->title);
}

struct value *view_difference(struct arena *arena, const struct view *view,
	const struct view_scope *scope, size_t number, struct source_reader *reader)
{
	const struct variant *variant = scope->variants[number];
	struct view_place place = {.view = view,
		.scope = scope,
		.address = view_difference_address(arena, variant),
		.title = value_text_at(view->strings, "verschil-titel")};
	struct differing differing = {.arena = arena, .view = view, .variant = variant};
	struct value *page = view_made_page(arena, &place, "verschil");

	view_place_difference(arena, page, variant);
	value_put_bool(arena, (struct value *)value_at(page, "pagina"), "noindex", true);
	versions_open(&differing.versions, view->site, reader, WORDING_PLAIN);
	differing.list = value_put_list(arena, page, "verschillen");
	for (size_t i = 0; i < variant->adapted_count; i++)
		if (variant->adapted[i].state == DRIFT_CHANGED && !view_is_again(variant, i))
			view_put_difference(&differing, &variant->adapted[i]);
	versions_close(&differing.versions);
	return page;
}
