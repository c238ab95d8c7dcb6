/*
 * Conditions are read anew from front matter whenever a list is made: it is short, and a page does
 * not know the questions.
 */
#include "model/fit.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/value.h"
#include "model/date.h"
#include "model/questions.h"
#include "model/site.h"

/* Where a phase stands among those that the types know; SIZE_MAX: nowhere. */
static size_t phase_rank(const struct site *site, struct slice phase)
{
	size_t rank = 0;

	for (size_t t = 0; phase.size > 0 && t < site->type_count; t++)
		for (size_t f = 0; f < site->types[t].count; f++) {
			const struct field *field = &site->types[t].fields[f];

			if (!slice_is(field->name, "fase") || field->choices == NULL)
				continue;
			for (const struct value *item = field->choices->first; item != NULL;
				item = item->next, rank++)
				if (slice_equal(value_text(item), phase))
					return rank;
		}
	return SIZE_MAX;
}

static struct slice page_phase(const struct site *site, const struct page *page)
{
	const struct value *phase = value_at(page->front, "fase");

	if (phase != NULL && phase->kind == VALUE_LIST)
		phase = phase->first;
	if (phase == NULL || phase_rank(site, value_text(phase)) == SIZE_MAX)
		return (struct slice){0};
	return value_text(phase);
}

/* The next field of the page that holds conditions, from the type's field `*at` on; or NULL. */
static const struct value *next_field(size_t *at, const struct page *page)
{
	for (; *at < page->type->count; (*at)++) {
		const struct field *field = &page->type->fields[*at];
		const struct value *value = value_get(page->front, field->name);

		if (field->kind == FIELD_ANSWERS && value != NULL && value->kind == VALUE_MAP) {
			(*at)++;
			return value;
		}
	}
	return NULL;
}

enum fit_state fit_state(const struct site *site, const struct page *page)
{
	size_t at = 0;

	if (page->refused)
		return FIT_REFUSED;
	if (page->role == ROLE_ADAPTATION || next_field(&at, page) == NULL)
		return FIT_NONE;
	if (page->draft)
		return FIT_DRAFT;
	return date_is_past(page->valid_until, site->date) ? FIT_EXPIRED : FIT_LISTED;
}

void fit_visit(const struct page *page,
	void (*visit)(void *context, const struct page *page, const struct value *entry),
	void *context)
{
	const struct value *map;
	size_t at = 0;

	while (!page->refused && page->role != ROLE_ADAPTATION &&
		(map = next_field(&at, page)) != NULL)
		for (const struct value *entry = map->first; entry != NULL; entry = entry->next)
			visit(context, page, entry);
}

/* What collects the conditions of one page. */
struct collecting {
	const struct questions *questions;
	struct condition *conditions;
	size_t count;
	size_t capacity;
};

static void collect(void *context, const struct page *page, const struct value *entry)
{
	struct collecting *collecting = context;
	size_t number = questions_find(collecting->questions, entry->key);
	struct condition condition = {.question = number, .entry = entry};
	const struct question *question;

	(void)page;
	if (number == collecting->questions->count)
		return;
	question = &collecting->questions->items[number];
	for (const struct value *item = entry->kind == VALUE_LIST ? entry->first : entry;
		item != NULL; item = entry->kind == VALUE_LIST ? item->next : NULL) {
		size_t answer = question_answer(question, value_text(item));

		if (answer < question->count)
			condition.accepted |= UINT64_C(1) << answer;
	}
	if (condition.accepted == 0)
		return;
	collecting->conditions = mem_grow(collecting->conditions, collecting->count,
		&collecting->capacity, sizeof(condition));
	collecting->conditions[collecting->count++] = condition;
}

const struct condition *fit_conditions(size_t *count, struct arena *arena,
	const struct questions *questions, const struct page *page)
{
	struct collecting collecting = {.questions = questions};
	struct condition *kept;

	fit_visit(page, collect, &collecting);
	kept = arena_new(arena, collecting.count, sizeof(*kept));
	for (size_t i = 0; i < collecting.count; i++)
		kept[i] = collecting.conditions[i];
	free(collecting.conditions);
	*count = collecting.count;
	return kept;
}

static void add(struct scheme *schemes, size_t *count, struct arena *arena, const struct site *site,
	const struct page *page)
{
	struct scheme *scheme = &schemes[*count];

	if (fit_state(site, page) != FIT_LISTED)
		return;
	*scheme = (struct scheme){.page = page,
		.title = page->title,
		.summary = page->summary,
		.phase = page_phase(site, page)};
	scheme->conditions = fit_conditions(&scheme->count, arena, &site->questions, page);
	(*count)++;
}

/* Brings each phase's schemes together, in the order of the phases; what is in order stays so. */
static void sort_by_phase(struct scheme *schemes, size_t count, const struct site *site)
{
	size_t *ranks = mem_new(count, sizeof(*ranks));

	for (size_t i = 0; i < count; i++) {
		struct scheme scheme = schemes[i];
		size_t rank = phase_rank(site, scheme.phase), at = i;

		for (; at > 0 && ranks[at - 1] > rank; at--) {
			schemes[at] = schemes[at - 1];
			ranks[at] = ranks[at - 1];
		}
		schemes[at] = scheme;
		ranks[at] = rank;
	}
	free(ranks);
}

struct scheme *fit_list(
	size_t *count, struct arena *arena, const struct site *site, const struct region *region)
{
	size_t most = site->national_count + (region != NULL ? region->count : 0);
	struct scheme *schemes = arena_new(arena, most, sizeof(*schemes));

	*count = 0;
	for (size_t i = 0; i < site->national_count; i++) {
		const struct variant *variant = site_variant(site, region, i);
		size_t before = *count;

		if (variant->hidden != NULL)
			continue;
		add(schemes, count, arena, site, site->national[i]);
		if (*count > before) {
			schemes[before].title = variant->title;
			schemes[before].summary = variant->summary;
		}
	}
	for (size_t i = 0; region != NULL && i < region->count; i++)
		if (region->pages[i]->role == ROLE_REGIONAL)
			add(schemes, count, arena, site, region->pages[i]);
	sort_by_phase(schemes, *count, site);
	return schemes;
}

size_t fit_phase_end(const struct scheme *schemes, size_t count, size_t first)
{
	size_t end = first + 1;

	while (end < count && slice_equal(schemes[end].phase, schemes[first].phase))
		end++;
	return end;
}

const struct condition *fit_excludes(const struct scheme *scheme, const int *answers)
{
	for (size_t i = 0; i < scheme->count; i++) {
		int answer = answers[scheme->conditions[i].question];

		if (answer != ANSWER_OPEN && (scheme->conditions[i].accepted >> answer & 1) == 0)
			return &scheme->conditions[i];
	}
	return NULL;
}
