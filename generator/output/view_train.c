/*
 * The trains of a scope: what goes together, by phase.
 */
#include "output/view.h"

#include <stdlib.h>

#include "base/value.h"
#include "model/date.h"
#include "model/site.h"
#include "model/trains.h"
#include "output/track.h"

#define TRAIN_PATH "financieringstrein/"
#define TRAINS_MOST 40 /* that a page shows */
#define TOLD_LEAST 3   /* wagons that a page leads to when it is about trains */

/* Pages that the scope shows and that have not expired. */
void view_open_trains(struct view *view, struct view_scope *scope)
{
	const struct page **pages = mem_new(scope->count + 1, sizeof(*pages));
	size_t count = 0;

	for (size_t v = 0; v < scope->count; v++)
		if (scope->variants[v]->hidden == NULL &&
			!date_is_past(scope->variants[v]->page->valid_until, view->site->date))
			pages[count++] = scope->variants[v]->page;
	scope->trains = trains_find(
		&scope->train_count, &view->arena, view->site, pages, count, TRAINS_MOST + 1);
	free(pages);
}

/* Facts of a wagon that have a column when one of the train's wagons has them. */
static const char *const train_columns[] = {
	"vanaf", "voor-wie", "bedrag", "hoe-lang", "uitvoerder"};

struct hitching {
	struct arena *arena;
	const struct view *view;
	const struct view_scope *scope;
	const struct train *train;
	const struct value **fields; /* of each wagon: `velden` */
};

/* The label of a column; empty when no wagon has that fact. */
static struct slice view_column_label(const struct hitching *hitching, const char *name)
{
	for (size_t w = 0; w < hitching->train->count; w++) {
		const struct value *field = view_find_field(hitching->fields[w], slice_of(name));

		if (field != NULL)
			return value_text_at(field, "label");
	}
	return (struct slice){"", 0};
}

static void view_put_wagon(const struct hitching *hitching, struct value *wagons, size_t number)
{
	struct arena *arena = hitching->arena;
	const struct page *page = hitching->train->wagons[number];
	const struct value *phases = value_at(page->front, TRAIN_PHASE);
	struct value *wagon = view_put_page(arena, wagons, hitching->view, hitching->scope, page);
	struct value *list, *cells;

	value_put_number(arena, wagon, "nummer", number + 1);
	list = value_put_list(arena, wagon, "fasen");
	for (const struct value *phase = trains_phases(page)->choices->first; phase != NULL;
		phase = phase->next)
		if (schema_chooses(phases, phase->text))
			value_append_text(arena, list, phase->text);
	cells = value_put_list(arena, wagon, "cellen");
	for (size_t i = 0; i < ARRAY_LEN(train_columns); i++) {
		struct slice label = view_column_label(hitching, train_columns[i]);
		const struct value *field =
			view_find_field(hitching->fields[number], slice_of(train_columns[i]));

		if (label.size == 0)
			continue;
		value_put_text(arena, view_put_cell(arena, cells, field), "label", label);
	}
}

/* "A + B + C", from the titles. */
static struct slice view_train_name(const struct hitching *hitching)
{
	struct text name = {0};

	for (size_t w = 0; w < hitching->train->count; w++) {
		text_puts(&name, w > 0 ? " + " : "");
		text_add(&name, view_find_page(hitching->scope, hitching->train->wagons[w])->title);
	}
	return text_keep(hitching->arena, &name);
}

static void view_put_drawing(const struct hitching *hitching, struct value *item)
{
	const struct train *train = hitching->train;
	struct track_wagon *wagons = mem_new(train->count, sizeof(*wagons));
	struct text drawing = {0};

	for (size_t w = 0; w < train->count; w++) {
		wagons[w].title = view_find_page(hitching->scope, train->wagons[w])->title;
		(void)trains_span(&wagons[w].first, &wagons[w].last, train->wagons[w]);
	}
	track_draw(&drawing, trains_phases(train->wagons[0])->choices, wagons, train->count);
	value_put_text(hitching->arena, item, "tekening", text_keep(hitching->arena, &drawing));
	value_put_number(hitching->arena, item, "hoogte", track_height(train->count));
	free(wagons);
}

static void view_put_train(struct hitching *hitching, struct value *list, size_t number)
{
	struct arena *arena = hitching->arena;
	const struct train *train = hitching->train;
	struct value *item = value_append_map(arena, list);
	struct value *columns, *wagons;

	hitching->fields = arena_new(arena, train->count, sizeof(*hitching->fields));
	for (size_t w = 0; w < train->count; w++)
		hitching->fields[w] =
			view_fields(arena, hitching->view, hitching->scope, train->wagons[w]);
	value_put_number(arena, item, "nummer", number);
	value_put_text(arena, item, "titel", view_train_name(hitching));
	view_put_drawing(hitching, item);
	columns = value_put_list(arena, item, "kolommen");
	for (size_t i = 0; i < ARRAY_LEN(train_columns); i++)
		if (view_column_label(hitching, train_columns[i]).size > 0)
			value_append_text(
				arena, columns, view_column_label(hitching, train_columns[i]));
	wagons = value_put_list(arena, item, "wagons");
	for (size_t w = 0; w < train->count; w++)
		view_put_wagon(hitching, wagons, w);
}

/* True when the nation has the very same trains, of pages that the region leaves as they are. */
static bool view_trains_are_national(const struct view *view, const struct view_scope *scope)
{
	const struct view_scope *nation = &view->scopes[0];

	if (scope->train_count != nation->train_count)
		return false;
	for (size_t t = 0; t < scope->train_count; t++) {
		const struct train *train = &scope->trains[t];

		if (train->count != nation->trains[t].count)
			return false;
		for (size_t w = 0; w < train->count; w++)
			if (train->wagons[w] != nation->trains[t].wagons[w] ||
				!view_is_borrowed(view_find_page(scope, train->wagons[w])))
				return false;
	}
	return true;
}

struct value *view_trains(
	struct arena *arena, const struct view *view, const struct view_scope *scope)
{
	struct view_place place = {.view = view,
		.scope = scope,
		.address = slice_of(TRAIN_PATH),
		.title = value_text_at(view->strings, "financieringstrein")};
	struct value *page = view_made_page(arena, &place, "financieringstrein");
	struct value *list = value_put_list(arena, page, "treinen"), *told;

	for (size_t t = 0; t < scope->train_count && t < TRAINS_MOST; t++) {
		struct hitching hitching = {
			.arena = arena, .view = view, .scope = scope, .train = &scope->trains[t]};

		view_put_train(&hitching, list, t + 1);
	}
	told = value_put_list(arena, page, "uitleg-paginas");
	for (size_t v = 0; v < scope->count; v++)
		if (view_tells_trains(view, scope, scope->variants[v]))
			(void)view_put_page(arena, told, view, scope, scope->variants[v]->page);
	value_put_bool(arena, page, "treinen-meer", scope->train_count > TRAINS_MOST);
	view_use_national(arena, page, view, place.address, view_trains_are_national(view, scope),
		view->scopes[0].train_count > 0);
	return page;
}

/* Counts the link when it leads to a wagon that none before it led to. */
static size_t view_count_wagon(const struct view *view, const struct view_scope *scope,
	const struct page **told, size_t count, const struct link *link)
{
	const struct page *to =
		link->page.size > 0 ? map_get(&view->site->files, link->page) : NULL;

	for (size_t i = 0; i < count; i++)
		if (told[i] == to)
			return count;
	if (to != NULL && view_has_train(scope, to))
		told[count++] = to;
	return count;
}

bool view_tells_trains(
	const struct view *view, const struct view_scope *scope, const struct variant *variant)
{
	const struct page *told[TOLD_LEAST];
	size_t count = 0;

	if (scope->train_count == 0 || view_has_train(scope, variant->page))
		return false;
	for (size_t p = 0; p < variant->count; p++)
		for (size_t b = 0; b < variant->parts[p].count; b++) {
			const struct section *section = variant->parts[p].blocks[b].section;

			for (size_t l = 0; l < section->link_count && count < TOLD_LEAST; l++)
				count = view_count_wagon(
					view, scope, told, count, &section->links[l]);
		}
	return count == TOLD_LEAST;
}

bool view_has_train(const struct view_scope *scope, const struct page *page)
{
	for (size_t t = 0; t < scope->train_count; t++)
		for (size_t w = 0; w < scope->trains[t].count; w++)
			if (scope->trains[t].wagons[w] == page)
				return true;
	return false;
}
