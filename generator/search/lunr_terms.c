/*
 * A map from stem to number, asked once for each term of each vocabulary; a table for each
 * vocabulary has the answers.
 */
#include "search/lunr_terms.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "search/vocabulary.h"

#define UNKNOWN UINT32_MAX

/* The numbers of one vocabulary's terms. */
struct table {
	const struct vocabulary *vocabulary;
	uint32_t *numbers; /* UNKNOWN for a term that was not taken up */
	size_t count;
};

struct term {
	uint32_t number;
	struct slice stem; /* the vocabulary's */
};

struct lunr_terms {
	struct table *tables; /* a few: one a thread */
	size_t table_count;
	size_t table_capacity;
	struct map stems; /* stem → struct term */
	struct term **terms;
	size_t count;
	size_t capacity;
	struct arena arena;
};

struct lunr_terms *lunr_terms_new(void)
{
	return mem_new(1, sizeof(struct lunr_terms));
}

void lunr_terms_free(struct lunr_terms *terms)
{
	if (terms == NULL)
		return;
	for (size_t i = 0; i < terms->table_count; i++)
		free(terms->tables[i].numbers);
	free(terms->tables);
	free(terms->terms);
	map_free(&terms->stems);
	arena_free(&terms->arena);
	free(terms);
}

static struct table *find_table(const struct lunr_terms *terms, const struct vocabulary *vocabulary)
{
	for (size_t i = 0; i < terms->table_count; i++)
		if (terms->tables[i].vocabulary == vocabulary)
			return &terms->tables[i];
	return NULL;
}

/* The vocabulary's table, in which all its terms have a place by now. */
static struct table *make_table(struct lunr_terms *terms, const struct vocabulary *vocabulary)
{
	struct table *table = find_table(terms, vocabulary);
	size_t count = vocabulary_count(vocabulary);

	if (table == NULL) {
		terms->tables = mem_grow(terms->tables, terms->table_count, &terms->table_capacity,
			sizeof(*terms->tables));
		table = &terms->tables[terms->table_count++];
		*table = (struct table){.vocabulary = vocabulary};
	}
	if (count > table->count) {
		table->numbers = mem_resize(table->numbers, count, sizeof(*table->numbers));
		for (; table->count < count; table->count++)
			table->numbers[table->count] = UNKNOWN;
	}
	return table;
}

uint32_t lunr_terms_number(struct lunr_terms *terms, struct slice stem)
{
	struct term *term = map_get(&terms->stems, stem);

	if (term != NULL)
		return term->number;
	assert(terms->count < UNKNOWN);
	term = arena_new(&terms->arena, 1, sizeof(*term));
	*term = (struct term){(uint32_t)terms->count, stem};
	map_set(&terms->stems, stem, term);
	terms->terms =
		mem_grow(terms->terms, terms->count, &terms->capacity, sizeof(struct term *));
	terms->terms[terms->count++] = term;
	return term->number;
}

void lunr_terms_add(struct lunr_terms *terms, const struct vocabulary *vocabulary,
	const uint32_t *added, size_t count)
{
	struct table *table = make_table(terms, vocabulary);

	for (size_t i = 0; i < count; i++) {
		uint32_t *number = &table->numbers[added[i]];

		if (*number == UNKNOWN)
			*number = lunr_terms_number(terms, vocabulary_stem(vocabulary, added[i]));
	}
}

const uint32_t *lunr_terms_numbers(
	const struct lunr_terms *terms, const struct vocabulary *vocabulary)
{
	const struct table *table = find_table(terms, vocabulary);

	return table != NULL ? table->numbers : NULL;
}

bool lunr_terms_find(uint32_t *out, const struct lunr_terms *terms, struct slice stem)
{
	const struct term *term = map_get(&terms->stems, stem);

	if (term == NULL)
		return false;
	*out = term->number;
	return true;
}

size_t lunr_terms_count(const struct lunr_terms *terms)
{
	return terms->count;
}

struct slice lunr_terms_stem(const struct lunr_terms *terms, uint32_t number)
{
	assert(number < terms->count);
	return terms->terms[number]->stem;
}

static int compare_terms(const void *left, const void *right)
{
	return unicode_compare_utf16(
		(*(struct term *const *)left)->stem, (*(struct term *const *)right)->stem);
}

uint32_t *lunr_terms_sorted(const struct lunr_terms *terms)
{
	size_t count = terms->count;
	struct term **list = mem_new(count, sizeof(struct term *));
	uint32_t *sorted = mem_new(count, sizeof(*sorted));

	if (count > 0) {
		memcpy(list, terms->terms, count * sizeof(struct term *));
		qsort(list, count, sizeof(struct term *), compare_terms);
	}
	for (size_t i = 0; i < count; i++)
		sorted[i] = list[i]->number;
	free(list);
	return sorted;
}
