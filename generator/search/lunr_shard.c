/*
 * The postings of a shard's terms are put in the order of the vectors that they belong to.
 */
#include "search/lunr_shard.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "search/lunr.h"
#include "search/lunr_index.h"
#include "search/lunr_terms.h"

/* What a posting adds to a file, about, and what a file should have at least, in bytes. */
#define POSTING_BYTES ((size_t)36)
#define TERM_BYTES ((size_t)64)
#define SHARD_BYTES ((size_t)96 * 1024)

#define DIGIT_BITS 9
#define DIGITS (1u << DIGIT_BITS)

/* A value of a vector. */
struct entry {
	uint32_t vector;
	uint32_t term;
	uint32_t times;
};

static size_t term_bytes(const struct lunr *index, uint32_t term)
{
	size_t bytes = TERM_BYTES;

	for (size_t field = 0; field < index->field_count; field++)
		bytes += index->counts[term * index->field_count + field] * POSTING_BYTES;
	return bytes;
}

void lunr_cut(struct lunr_shards *out, const struct lunr *index)
{
	struct lunr_shards shards = {0};
	size_t capacity = 0, bytes = SHARD_BYTES;

	for (size_t i = 0; i < index->term_count; i++) {
		size_t more = term_bytes(index, index->sorted[i]);

		/* A term that fills a file by itself does not make its neighbours' larger. */
		if (bytes >= SHARD_BYTES || (bytes > 0 && more >= SHARD_BYTES)) {
			shards.starts = mem_grow(
				shards.starts, shards.count, &capacity, sizeof(*shards.starts));
			shards.starts[shards.count++] = i;
			bytes = 0;
		}
		bytes += more;
	}
	if (shards.count == 0) {
		shards.starts = mem_grow(NULL, 0, &capacity, sizeof(*shards.starts));
		shards.starts[shards.count++] = 0;
	}
	shards.starts = mem_grow(shards.starts, shards.count, &capacity, sizeof(*shards.starts));
	shards.starts[shards.count] = index->term_count;
	*out = shards;
}

void lunr_shards_free(struct lunr_shards *shards)
{
	free(shards->starts);
	*shards = (struct lunr_shards){0};
}

struct slice lunr_shard_start(
	const struct lunr_shards *shards, const struct lunr *index, size_t number)
{
	if (number == 0)
		return (struct slice){"", 0};
	return lunr_terms_stem(index->terms, index->sorted[shards->starts[number]]);
}

static int compare_numbers(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

/* The postings of terms, which ascend. The caller frees the array. */
static struct entry *gather(
	size_t *out, const struct lunr *index, const uint32_t *terms, size_t count)
{
	struct entry *entries;
	size_t total = 0, fields = index->field_count;

	for (size_t i = 0; i < count; i++)
		for (size_t field = 0; field < fields; field++)
			total += index->counts[terms[i] * fields + field];
	entries = mem_resize(NULL, total, sizeof(*entries));
	total = 0;
	for (size_t i = 0; i < count; i++) {
		for (size_t field = 0; field < fields; field++) {
			size_t list = terms[i] * fields + field;
			struct lunr_posting posting = lunr_postings(index, list);

			for (uint32_t p = 0; p < index->counts[list]; p++) {
				lunr_next_posting(&posting);
				entries[total++] = (struct entry){
					(uint32_t)(posting.document * fields + field), terms[i],
					posting.times};
			}
		}
	}
	*out = total;
	return entries;
}

/* Sorts by vector, digit by digit, so that the terms of a vector stay as they are: ascending. */
static struct entry *sort(struct entry *entries, size_t count, size_t vectors)
{
	struct entry *other = mem_resize(NULL, count, sizeof(*other));

	for (unsigned shift = 0; shift < 32 && vectors >> shift > 0; shift += DIGIT_BITS) {
		size_t ends[DIGITS + 1] = {0};
		struct entry *sorted = other;

		for (size_t i = 0; i < count; i++)
			ends[(entries[i].vector >> shift) % DIGITS + 1]++;
		for (size_t digit = 0; digit < DIGITS; digit++)
			ends[digit + 1] += ends[digit];
		for (size_t i = 0; i < count; i++)
			sorted[ends[(entries[i].vector >> shift) % DIGITS]++] = entries[i];
		other = entries;
		entries = sorted;
	}
	free(other);
	return entries;
}

/* Appends the vector that starts at `at`, and gives where the next does. */
static size_t add_vector(struct text *out, const struct lunr *index, const struct entry *entries,
	size_t count, size_t at)
{
	uint32_t vector = entries[at].vector;
	double boost = index->fields[vector % index->field_count].boost;
	size_t end = at;
	char *text;

	while (end < count && entries[end].vector == vector)
		end++;
	lunr_add_vector(out, index, vector);
	text_reserve(out, (end - at) * LUNR_ENTRY_SIZE);
	text = out->data + out->size;
	for (size_t i = at; i < end; i++) {
		double score = lunr_score(index, vector, entries[i].term, entries[i].times, boost);

		if (i > at)
			*text++ = ',';
		text = lunr_put_label(text, &index->term_labels[entries[i].term]);
		text = lunr_put_score(text, score, index->fractions);
	}
	lunr_end(out, text);
	text_puts(out, "]]");
	return end;
}

void lunr_shard_write(
	struct text *out, const struct lunr_shards *shards, const struct lunr *index, size_t number)
{
	const uint32_t *sorted = index->sorted + shards->starts[number];
	size_t terms = shards->starts[number + 1] - shards->starts[number], count;
	uint32_t *ascending = mem_resize(NULL, terms, sizeof(*ascending));
	struct entry *entries;

	if (terms > 0) {
		memcpy(ascending, sorted, terms * sizeof(*ascending));
		qsort(ascending, terms, sizeof(*ascending), compare_numbers);
	}
	entries = gather(&count, index, ascending, terms);
	entries = sort(entries, count, index->document_count * index->field_count);
	lunr_add_start(out, index);
	for (size_t at = 0; at < count;) {
		if (at > 0)
			text_byte(out, ',');
		at = add_vector(out, index, entries, count, at);
	}
	text_puts(out, "],\"invertedIndex\":[");
	for (size_t i = 0; i < terms; i++) {
		if (i > 0)
			text_byte(out, ',');
		lunr_add_term(out, index, sorted[i]);
	}
	text_puts(out, "]" LUNR_END);
	free(entries);
	free(ascending);
}
