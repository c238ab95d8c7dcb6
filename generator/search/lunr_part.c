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

struct lunr_counter {
	struct vocabulary *vocabulary;
	struct tally tally;
	struct text lower;	     /* the text that is being counted */
	struct tally_entry *entries; /* of the field that is being counted */
	size_t entry_capacity;
	uint32_t *seen; /* by term: the number of the part that had it last */
	size_t seen_count;
	uint32_t *times; /* by word that the part being counted has: how often, and one */
	size_t times_count;
	uint32_t *met; /* the words of that part, in the order in which they come first */
	size_t met_count;
	size_t met_capacity;
	uint32_t parts; /* that were made */
};

struct lunr_part {
	struct lunr_counter *counter;
	uint32_t number; /* of the counter's parts, from 1 */
	size_t field_count;
	size_t text_count; /* of fields, the first ones, whose words count */
	size_t vector_count;
	unsigned char *bytes; /* the packed counts */
	size_t size;
	size_t capacity;
	uint32_t *terms; /* in the order in which they come first */
	size_t term_count;
	size_t term_capacity;
	uint32_t *related; /* that only relatives have, in no order */
	size_t related_count;
	size_t related_capacity;
	struct lunr_word *words;
	size_t word_count;
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
	free(counter->times);
	free(counter->met);
	free(counter);
}

struct lunr_part *lunr_part_new(struct lunr_counter *counter, size_t field_count, size_t text_count)
{
	struct lunr_part *part = mem_new(1, sizeof(*part));

	assert(field_count > 0 && counter->parts < UINT32_MAX && counter->met_count == 0);
	part->counter = counter;
	part->number = ++counter->parts;
	part->field_count = field_count;
	part->text_count = text_count;
	return part;
}

void lunr_part_free(struct lunr_part *part)
{
	if (part == NULL)
		return;
	free(part->bytes);
	free(part->terms);
	free(part->related);
	free(part->words);
	free(part);
}

/* Makes an array have a place for `number`; places that are new are 0. */
static void make_place(uint32_t **array, size_t *count, uint32_t number)
{
	size_t old = *count;

	if (number < old)
		return;
	*count = old > 0 ? old * 2 : 1024;
	while (number >= *count)
		*count *= 2;
	*array = mem_resize(*array, *count, sizeof(**array));
	memset(*array + old, 0, (*count - old) * sizeof(**array));
}

/* Marks that a part has a term; false when that was marked already. */
static bool mark_term(struct lunr_counter *counter, uint32_t term, uint32_t part)
{
	assert(term <= UINT32_MAX / 2);
	make_place(&counter->seen, &counter->seen_count, term);
	if (counter->seen[term] == part)
		return false;
	counter->seen[term] = part;
	return true;
}

/* Notes a term that the field has for the first time, when it is the first time in the part too. */
static void note_term(struct lunr_part *part, uint32_t term)
{
	if (!mark_term(part->counter, term, part->number))
		return;
	part->terms =
		mem_grow(part->terms, part->term_count, &part->term_capacity, sizeof(*part->terms));
	part->terms[part->term_count++] = term;
}

/* Notes that the part has a word, `times` more often. */
static void note_word(struct lunr_counter *counter, uint32_t word, uint32_t times)
{
	bool is_new;

	make_place(&counter->times, &counter->times_count, word);
	is_new = counter->times[word] == 0;
	counter->times[word] += times + is_new;
	if (!is_new)
		return;
	counter->met = mem_grow(
		counter->met, counter->met_count, &counter->met_capacity, sizeof(*counter->met));
	counter->met[counter->met_count++] = word;
}

/* Counts the terms of a text in the tally, and gives the number of its tokens; words count so
 * often. */
static uint32_t count_terms(struct lunr_part *part, struct slice text, uint32_t word_times)
{
	struct lunr_counter *counter = part->counter;
	struct slice rest, token;
	size_t length = 0;

	text_clear(&counter->lower);
	dutch_lower(&counter->lower, text);
	rest = text_slice(&counter->lower);
	while (dutch_next_token(&token, &rest)) {
		uint32_t word;
		uint32_t term = vocabulary_find(&word, counter->vocabulary, token);

		if (term == VOCABULARY_NO_TERM)
			continue;
		note_word(counter, word, word_times);
		if (tally_add(&counter->tally, term, 1))
			note_term(part, term);
		length++;
	}
	assert(length <= UINT32_MAX);
	return (uint32_t)length;
}

/* Gives room for the numbers of one field. */
static unsigned char *reserve(struct lunr_part *part, size_t numbers)
{
	size_t need = part->size + numbers * LUNR_PACKED_SIZE;
	size_t capacity = part->capacity > 0 ? part->capacity : 4096;

	while (capacity < need)
		capacity *= 2;
	if (capacity > part->capacity) {
		part->bytes = mem_resize(part->bytes, capacity, 1);
		part->capacity = capacity;
	}
	return part->bytes + part->size;
}

/* Adds a field of this many tokens, which has what the tally has, and empties the tally. */
static void add_field(struct lunr_part *part, uint32_t length)
{
	struct lunr_counter *counter = part->counter;
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
	at = lunr_pack_number(at, length);
	at = lunr_pack_number(at, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		const struct tally_entry *entry = &counter->entries[i];

		at = lunr_pack_number(at, (entry->term - term) << 1 | (entry->count > 1));
		if (entry->count > 1)
			at = lunr_pack_number(at, entry->count);
		term = entry->term;
	}
	part->size = (size_t)(at - part->bytes);
	part->vector_count++;
}

void lunr_part_add(struct lunr_part *part, const struct slice *fields)
{
	assert(part->number == part->counter->parts);
	for (size_t i = 0; i < part->field_count; i++)
		add_field(part, count_terms(part, fields[i], i < part->text_count));
}

void lunr_part_end(struct lunr_part *part)
{
	struct lunr_counter *counter = part->counter;

	assert(part->number == counter->parts && part->words == NULL);
	part->words = mem_new(counter->met_count, sizeof(*part->words));
	part->word_count = counter->met_count;
	for (size_t i = 0; i < counter->met_count; i++) {
		uint32_t word = counter->met[i];

		part->words[i] = (struct lunr_word){word, counter->times[word] - 1};
		counter->times[word] = 0;
	}
	counter->met_count = 0;
}

/* ---- Relatives */

/* Counts a term's relatives in the tally, and gives how many tokens they are. */
static uint32_t count_relatives(struct lunr_part *part, const struct lunr_relatives *relatives,
	uint32_t term, uint32_t times)
{
	uint32_t first = relatives->starts[term], end = relatives->starts[term + 1];

	for (uint32_t i = first; i < end; i++) {
		uint32_t relative = relatives->terms[i];

		if (!tally_add(&part->counter->tally, relative, times) ||
			!mark_term(part->counter, relative, part->number))
			continue;
		part->related = mem_grow(part->related, part->related_count,
			&part->related_capacity, sizeof(*part->related));
		part->related[part->related_count++] = relative;
	}
	return (end - first) * times;
}

/* Moves a document's fields from `walk` to the part, and adds their relatives to the last. */
static void relate_document(
	struct lunr_part *part, struct lunr_walk *walk, const struct lunr_relatives *relatives)
{
	uint32_t length = 0;

	for (size_t field = 0; field < part->field_count; field++) {
		bool last = field + 1 == part->field_count;
		const unsigned char *start = walk->at;
		struct lunr_vector vector = {0};
		unsigned char *at;
		size_t size;

		(void)lunr_walk_vector(&vector, walk);
		for (uint32_t i = 0; i < vector.count; i++) {
			uint32_t term;
			uint32_t times = lunr_walk_term(&term, walk);

			if (last)
				tally_add(&part->counter->tally, term, times);
			else
				length += count_relatives(part, relatives, term, times);
		}
		if (last) {
			add_field(part, length + vector.length);
			break;
		}
		size = (size_t)(walk->at - start);
		at = reserve(part, size / LUNR_PACKED_SIZE + 1);
		memcpy(at, start, size);
		part->size += size;
		part->vector_count++;
	}
}

void lunr_part_relate(struct lunr_part *part, const struct lunr_relatives *relatives)
{
	struct lunr_walk walk = lunr_walk_new(part);
	unsigned char *old = part->bytes;
	size_t documents = lunr_part_count(part);

	/* The terms that it has are marked anew: the counter has made other parts since. */
	part->number = ++part->counter->parts;
	for (size_t i = 0; i < part->term_count; i++)
		mark_term(part->counter, part->terms[i], part->number);
	part->bytes = NULL;
	part->size = part->capacity = part->vector_count = 0;
	for (size_t i = 0; i < documents; i++)
		relate_document(part, &walk, relatives);
	free(old);
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

struct vocabulary *lunr_counter_vocabulary(const struct lunr_counter *counter)
{
	return counter->vocabulary;
}

const struct lunr_word *lunr_part_words(const struct lunr_part *part, size_t *count)
{
	*count = part->word_count;
	return part->words;
}

const uint32_t *lunr_part_terms(const struct lunr_part *part, size_t *count)
{
	*count = part->term_count;
	return part->terms;
}

const uint32_t *lunr_part_related(const struct lunr_part *part, size_t *count)
{
	*count = part->related_count;
	return part->related;
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
