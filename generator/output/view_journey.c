/*
 * The steps of the journeys that a page belongs to, as the scope shows them: for step navigation.
 */
#include "output/view.h"

#include "base/value.h"
#include "model/journey.h"
#include "model/site.h"

/* What drawing one journey needs. */
struct journey {
	struct arena *arena;
	const struct view_scope *scope;
	const struct variant *whole; /* the page with the steps */
	const struct page *page;     /* the one that belongs to a step */
};

/* The page as this scope shows it; NULL when it does not. */
static const struct variant *journey_find(const struct view_scope *scope, struct slice file)
{
	for (size_t v = 0; v < scope->count; v++)
		if (slice_equal(scope->variants[v]->page->file, file))
			return scope->variants[v]->hidden == NULL ? scope->variants[v] : NULL;
	return NULL;
}

/* The pages that belong to the step. */
static void journey_put_pages(const struct journey *journey, struct value *item, struct slice id)
{
	struct value *list = value_put_list(journey->arena, item, "paginas");

	for (size_t v = 0; v < journey->scope->count; v++) {
		const struct variant *variant = journey->scope->variants[v];
		const struct page *page = variant->page;

		for (size_t j = 0; j < page->journey_count && variant->hidden == NULL; j++) {
			struct value *entry;

			if (!slice_equal(page->journeys[j].fragment, id) ||
				!slice_equal(page->journeys[j].page, journey->whole->page->file))
				continue;
			entry = value_append_map(journey->arena, list);
			value_put_text(journey->arena, entry, "titel", variant->title);
			value_put_text(journey->arena, entry, "pad", page->address);
			value_put_bool(journey->arena, entry, "huidig", page == journey->page);
		}
	}
	value_put_bool(journey->arena, item, "heeft-paginas", list->count > 0);
}

static void journey_name_step(
	const struct journey *journey, struct value *map, const struct part *part, size_t number)
{
	value_put_number(journey->arena, map, "nummer", number);
	value_put_text(journey->arena, map, "id", part->id);
	value_put_text(journey->arena, map, "titel", part->title);
	value_put_text(journey->arena, map, "pad", journey->whole->page->address);
}

/* The step before (-1) or behind (1) the one at `at`; false when there is none. */
static void journey_put_neighbour(
	const struct journey *journey, struct value *map, size_t at, int step, size_t number)
{
	const struct variant *whole = journey->whole;
	const char *key = step < 0 ? "stap-terug" : "stap-verder";

	while (step < 0 ? at > 0 : at + 1 < whole->count) {
		at = step < 0 ? at - 1 : at + 1;
		if (!journey_is_step(whole, &whole->parts[at]))
			continue;
		journey_name_step(journey, value_put_map(journey->arena, map, key),
			&whole->parts[at], number);
		return;
	}
	value_put_bool(journey->arena, map, key, false);
}

static void journey_put(const struct journey *journey, struct value *list, size_t at)
{
	const struct variant *whole = journey->whole;
	struct value *map = value_append_map(journey->arena, list);
	struct value *steps = value_put_list(journey->arena, map, "stappen");
	size_t number = 0, current = 0;

	for (size_t p = 0; p < whole->count; p++) {
		const struct part *part = &whole->parts[p];
		struct value *item;

		if (!journey_is_step(whole, part))
			continue;
		item = value_append_map(journey->arena, steps);
		journey_name_step(journey, item, part, ++number);
		value_put_bool(journey->arena, item, "huidig", p == at);
		journey_put_pages(journey, item, part->id);
		current = p == at ? number : current;
	}
	value_put_text(journey->arena, map, "titel", whole->title);
	value_put_text(journey->arena, map, "pad", whole->page->address);
	value_put_number(journey->arena, map, "stap", current);
	value_put_number(journey->arena, map, "stappen-aantal", number);
	value_put_number(journey->arena, map, "volgnummer", list->count);
	value_put_bool(journey->arena, map, "meer-stappen", number > 1);
	journey_put_neighbour(journey, map, at, -1, current - 1);
	journey_put_neighbour(journey, map, at, 1, current + 1);
}

void view_put_journeys(struct arena *arena, struct value *page, const struct view_scope *scope,
	const struct variant *variant)
{
	struct value *list = value_put_list(arena, page, "onderdeel-van");

	for (size_t j = 0; j < variant->page->journey_count; j++) {
		const struct link *link = &variant->page->journeys[j];
		struct journey journey = {.arena = arena,
			.scope = scope,
			.whole = journey_find(scope, link->page),
			.page = variant->page};
		const struct part *part =
			journey.whole != NULL ? overlay_find(journey.whole, link->fragment) : NULL;

		if (part != NULL && journey_is_step(journey.whole, part))
			journey_put(&journey, list, (size_t)(part - journey.whole->parts));
	}
}
