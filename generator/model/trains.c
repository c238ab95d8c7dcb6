/*
 * The pages are the points of a graph, what goes together its lines, and the trains its maximal
 * cliques. Sets are rows of flags: there are few points.
 */
#include "model/trains.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/value.h"
#include "model/page.h"
#include "model/relations.h"

struct search {
	struct arena *arena;
	const struct page **points;
	size_t count;
	bool *lines; /* count × count */
	bool *chosen;
	size_t chosen_count;
	struct train *trains;
	size_t train_count;
	size_t capacity;
	size_t most;
};

const struct field *trains_phases(const struct page *page)
{
	const struct field *field = schema_field(page->type, TRAIN_PHASE);

	return field != NULL && (field->kind == FIELD_CHOICE || field->kind == FIELD_CHOICES)
		       ? field
		       : NULL;
}

bool trains_share_phases(const struct page *page, const struct page *other)
{
	const struct field *const fields[] = {trains_phases(page), trains_phases(other)};
	const struct value *left, *right;

	if (fields[0] == NULL || fields[1] == NULL)
		return false;
	left = fields[0]->choices->first;
	right = fields[1]->choices->first;
	while (left != NULL && right != NULL && slice_equal(left->text, right->text)) {
		left = left->next;
		right = right->next;
	}
	return left == NULL && right == NULL;
}

bool trains_span(size_t *first, size_t *last, const struct page *page)
{
	const struct field *field = trains_phases(page);
	const struct value *value = field != NULL ? value_get(page->front, field->name) : NULL;
	size_t number = 0;
	bool found = false;

	if (value == NULL)
		return false;
	for (const struct value *phase = field->choices->first; phase != NULL;
		phase = phase->next, number++) {
		if (!schema_chooses(value, phase->text))
			continue;
		if (!found)
			*first = number;
		*last = number;
		found = true;
	}
	return found;
}

static bool *trains_row(const struct search *search, size_t point)
{
	return search->lines + point * search->count;
}

/* True when the first of two pages has its place behind the second. */
static bool trains_comes_after(const struct page *page, const struct page *other)
{
	size_t first = 0, last = 0, other_first = 0, other_last = 0;

	(void)trains_span(&first, &last, page);
	(void)trains_span(&other_first, &other_last, other);
	return first != other_first ? first > other_first : last > other_last;
}

/* Keeps what was chosen, each in its place; those of one place in the order of the pages. */
static void trains_keep(struct search *search)
{
	struct train train = {0};

	train.wagons = arena_new(search->arena, search->chosen_count, sizeof(*train.wagons));
	for (size_t i = 0; i < search->count; i++) {
		const struct page *page = search->points[i];
		size_t at = train.count;

		if (!search->chosen[i])
			continue;
		for (; at > 0 && trains_comes_after(train.wagons[at - 1], page); at--)
			train.wagons[at] = train.wagons[at - 1];
		train.wagons[at] = page;
		train.count++;
	}
	search->trains = mem_grow(
		search->trains, search->train_count, &search->capacity, sizeof(*search->trains));
	search->trains[search->train_count++] = train;
}

static size_t trains_common(const struct search *search, const bool *set, size_t point)
{
	const bool *row = trains_row(search, point);
	size_t common = 0;

	for (size_t i = 0; i < search->count; i++)
		common += set[i] && row[i] ? 1 : 0;
	return common;
}

/* The point, possible or done, with lines to the most of those that are possible. */
static size_t trains_pivot(const struct search *search, const bool *possible, const bool *done)
{
	size_t best = search->count, most = 0;

	for (size_t i = 0; i < search->count; i++) {
		size_t common;

		if (!possible[i] && !done[i])
			continue;
		common = trains_common(search, possible, i);
		if (best == search->count || common > most) {
			best = i;
			most = common;
		}
	}
	return best;
}

/* `chosen` with each further choice from `possible`; a set with one of `done` was found before. */
static void trains_extend(struct search *search, bool *possible, bool *done)
{
	size_t pivot = trains_pivot(search, possible, done);
	bool *sets = mem_new(search->count, 2 * sizeof(*sets));

	if (pivot == search->count && search->chosen_count > 1)
		trains_keep(search);
	for (size_t i = 0; pivot < search->count && i < search->count; i++) {
		const bool *row = trains_row(search, i);

		if (!possible[i] || trains_row(search, pivot)[i] ||
			search->train_count == search->most)
			continue;
		for (size_t k = 0; k < search->count; k++) {
			sets[k] = possible[k] && row[k];
			sets[search->count + k] = done[k] && row[k];
		}
		search->chosen[i] = true;
		search->chosen_count++;
		trains_extend(search, sets, sets + search->count);
		search->chosen_count--;
		search->chosen[i] = false;
		possible[i] = false;
		done[i] = true;
	}
	free(sets);
}

static bool trains_go_together(
	const struct site *site, const struct page *page, const struct page *other)
{
	return relations_between(site, page, other, RELATION_COMBINES) != NULL &&
	       relations_between(site, page, other, RELATION_EXCLUDES) == NULL &&
	       trains_share_phases(page, other);
}

/* The pages that have a phase and name another, or are named; and the lines between them. */
static void trains_open(struct search *search, const struct site *site,
	const struct page *const *pages, size_t page_count)
{
	search->points = mem_new(page_count + 1, sizeof(*search->points));
	for (size_t i = 0; i < page_count; i++) {
		size_t first, last, count;

		(void)relations_of(&count, site, pages[i], slice_of(RELATION_COMBINES));
		if (count > 0 && trains_span(&first, &last, pages[i]))
			search->points[search->count++] = pages[i];
	}
	search->lines = mem_new(search->count * search->count + 1, sizeof(*search->lines));
	search->chosen = mem_new(search->count + 1, sizeof(*search->chosen));
	for (size_t i = 0; i < search->count; i++)
		for (size_t k = 0; k < search->count; k++)
			trains_row(search, i)[k] =
				i != k &&
				trains_go_together(site, search->points[i], search->points[k]);
}

/* The longest first; those of one length as they were found. */
static void trains_sort(struct search *search)
{
	for (size_t i = 1; i < search->train_count; i++) {
		struct train train = search->trains[i];
		size_t at = i;

		for (; at > 0 && search->trains[at - 1].count < train.count; at--)
			search->trains[at] = search->trains[at - 1];
		search->trains[at] = train;
	}
}

const struct train *trains_find(size_t *count, struct arena *arena, const struct site *site,
	const struct page *const *pages, size_t page_count, size_t most)
{
	struct search search = {.arena = arena, .most = most};
	struct train *trains;
	bool *possible, *done;

	trains_open(&search, site, pages, page_count);
	possible = mem_new(search.count + 1, sizeof(*possible));
	done = mem_new(search.count + 1, sizeof(*done));
	for (size_t i = 0; i < search.count; i++)
		possible[i] = true;
	trains_extend(&search, possible, done);
	trains_sort(&search);
	trains = arena_new(arena, search.train_count, sizeof(*trains));
	for (size_t i = 0; i < search.train_count; i++)
		trains[i] = search.trains[i];
	*count = search.train_count;
	free(possible);
	free(done);
	free(search.trains);
	free(search.points);
	free(search.lines);
	free(search.chosen);
	return trains;
}
