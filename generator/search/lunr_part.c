/*
 * Counts are packed, since a large site has millions: a field is its number of tokens, its number
 * of terms, and each term as the step from the one before, with how often it comes when that is
 * more than once. Two bytes are enough for most terms.
 */
#include "search/lunr_part.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "language/dutch.h"
#include "search/tally.h"
#include "search/vocabulary.h"

#define NUMBER_SIZE ((size_t)5) /* the most bytes of a number of 32 bits */

struct lunr_counter {
	struct vocabulary *vocabulary;
	struct tally tally;
	struct text lower;	     /* the text that is being counted */
	struct tally_entry *entries; /* of the field that is being counted */
	size_t entry_capacity;
	uint32_t *seen; /* by term: the number of the part that had it last */
	size_t seen_count;
	uint32_t parts; /* that were made */
};

struct lunr_part {
	struct lunr_counter *counter;
	uint32_t number; /* of the counter's parts, from 1 */
	size_t field_count;
	size_t vector_count;
	unsigned char *bytes; /* the packed counts */
	size_t size;
	size_t capacity;
	uint32_t *terms; /* in the order in which they come first */
	size_t term_count;
	size_t term_capacity;
};

int lunr_counter_new(struct lunr_counter **out, struct diags *diags)
{
	struct lunr_counter *counter = mem_new(1, sizeof(*counter));

	if (vocabulary_new(&counter->vocabulary, diags) != 0) {
		lunr_counter_free(counter);
		return -1;
	}
	*out = counter;
	return 0;
}

void lunr_counter_free(struct lunr_counter *counter)
{
	if (counter == NULL)
		return;
	vocabulary_free(counter->vocabulary);
	tally_free(&counter->tally);
	text_free(&counter->lower);
	free(counter->entries);
	free(counter->seen);
	free(counter);
}

struct lunr_part *lunr_part_new(struct lunr_counter *counter, size_t field_count)
{
	struct lunr_part *part = mem_new(1, sizeof(*part));

	assert(field_count > 0 && counter->parts < UINT32_MAX);
	part->counter = counter;
	part->number = ++counter->parts;
	part->field_count = field_count;
	return part;
}

void lunr_part_free(struct lunr_part *part)
{
	if (part == NULL)
		return;
	free(part->bytes);
	free(part->terms);
	free(part);
}

/* Notes a term that the field has for the first time, when it is the first time in the part too. */
static void note_term(struct lunr_part *part, uint32_t term)
{
	struct lunr_counter *counter = part->counter;
	size_t old = counter->seen_count;

	assert(term <= UINT32_MAX / 2);
	if (term >= old) {
		counter->seen_count = old > 0 ? old * 2 : 1024;
		while (term >= counter->seen_count)
			counter->seen_count *= 2;
		counter->seen =
			mem_resize(counter->seen, counter->seen_count, sizeof(*counter->seen));
		memset(counter->seen + old, 0,
			(counter->seen_count - old) * sizeof(*counter->seen));
	}
	if (counter->seen[term] == part->number)
		return;
	counter->seen[term] = part->number;
	part->terms =
		mem_grow(part->terms, part->term_count, &part->term_capacity, sizeof(*part->terms));
	part->terms[part->term_count++] = term;
}

/* Counts the terms of a text in the tally, and gives the number of its tokens. */
static uint32_t count_terms(struct lunr_part *part, struct slice text)
{
	struct lunr_counter *counter = part->counter;
	struct slice rest, token;
	size_t length = 0;

	text_clear(&counter->lower);
	dutch_lower(&counter->lower, text);
	rest = text_slice(&counter->lower);
	while (dutch_next_token(&token, &rest)) {
		uint32_t term;

		if (!vocabulary_find(&term, counter->vocabulary, token))
			continue;
		if (tally_add(&counter->tally, term, 1))
			note_term(part, term);
		length++;
	}
	assert(length <= UINT32_MAX);
	return (uint32_t)length;
}

static unsigned char *put_number(unsigned char *at, uint32_t number)
{
	for (; number >= 0x80; number >>= 7)
		*at++ = (unsigned char)(number | 0x80);
	*at++ = (unsigned char)number;
	return at;
}

/* Gives room for the numbers of one field. */
static unsigned char *reserve(struct lunr_part *part, size_t numbers)
{
	size_t need = part->size + numbers * NUMBER_SIZE;
	size_t capacity = part->capacity > 0 ? part->capacity : 4096;

	while (capacity < need)
		capacity *= 2;
	if (capacity > part->capacity) {
		part->bytes = mem_resize(part->bytes, capacity, 1);
		part->capacity = capacity;
	}
	return part->bytes + part->size;
}

static void add_field(struct lunr_part *part, struct slice text)
{
	struct lunr_counter *counter = part->counter;
	uint32_t length = count_terms(part, text);
	size_t count = counter->tally.size;
	uint32_t term = 0;
	unsigned char *at;

	if (count > counter->entry_capacity) {
		counter->entry_capacity = count * 2;
		counter->entries = mem_resize(
			counter->entries, counter->entry_capacity, sizeof(*counter->entries));
	}
	tally_take(counter->entries, &counter->tally);
	at = reserve(part, 2 + 2 * count);
	at = put_number(at, length);
	at = put_number(at, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		const struct tally_entry *entry = &counter->entries[i];

		at = put_number(at, (entry->term - term) << 1 | (entry->count > 1));
		if (entry->count > 1)
			at = put_number(at, entry->count);
		term = entry->term;
	}
	part->size = (size_t)(at - part->bytes);
}

void lunr_part_add(struct lunr_part *part, const struct slice *fields)
{
	assert(part->number == part->counter->parts);
	for (size_t i = 0; i < part->field_count; i++)
		add_field(part, fields[i]);
	part->vector_count += part->field_count;
}

size_t lunr_part_count(const struct lunr_part *part)
{
	return part->vector_count / part->field_count;
}

size_t lunr_part_field_count(const struct lunr_part *part)
{
	return part->field_count;
}

const struct vocabulary *lunr_part_vocabulary(const struct lunr_part *part)
{
	return part->counter->vocabulary;
}

const uint32_t *lunr_part_terms(const struct lunr_part *part, size_t *count)
{
	*count = part->term_count;
	return part->terms;
}

struct lunr_walk lunr_walk_new(const struct lunr_part *part)
{
	const unsigned char *end = part->size > 0 ? part->bytes + part->size : part->bytes;

	return (struct lunr_walk){.at = part->bytes, .end = end};
}

bool lunr_walk_vector(struct lunr_vector *out, struct lunr_walk *walk)
{
	if (walk->at == walk->end)
		return false;
	out->length = lunr_walk_number(walk);
	out->count = lunr_walk_number(walk);
	walk->term = 0;
	return true;
}
