/*
 * lunr.Builder in C. The parts have for each field of each document its terms with how often they
 * come; all else follows from these. They are walked twice: to measure the posting lists, and to
 * fill them.
 */
#include "search/lunr.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "search/logarithm.h"
#include "search/lunr_index.h"
#include "search/lunr_terms.h"
#include "search/vocabulary.h"

#define B 0.75			  /* of BM25, as lunr sets it */
#define POSTING_SIZE ((size_t)32) /* the most bytes of "\"4294967295\":{}," and of a label more */

struct lunr *lunr_new(const struct lunr_field *fields, size_t count)
{
	struct lunr *index = mem_new(1, sizeof(*index));

	assert(count > 0);
	for (size_t i = 0; i < count; i++)
		assert(fields[i].boost > 0 && fields[i].boost <= 1000);
	index->fields = fields;
	index->field_count = count;
	index->terms = lunr_terms_new();
	return index;
}

void lunr_free(struct lunr *index)
{
	if (index == NULL)
		return;
	lunr_terms_free(index->terms);
	free(index->parts);
	free(index->averages);
	free(index->norms);
	free(index->counts);
	free(index->starts);
	free(index->postings);
	free(index->idf);
	free(index->sorted);
	free(index->document_labels);
	free(index->term_labels);
	free(index->fractions);
	free(index);
}

void lunr_join(struct lunr *index, const struct lunr_part *part)
{
	size_t count;
	const uint32_t *terms = lunr_part_terms(part, &count);

	assert(lunr_part_field_count(part) == index->field_count && index->idf == NULL);
	lunr_terms_add(index->terms, lunr_part_vocabulary(part), terms, count);
	index->parts = mem_grow(index->parts, index->part_count, &index->part_capacity,
		sizeof(const struct lunr_part *));
	index->parts[index->part_count++] = part;
	index->document_count += lunr_part_count(part);
	assert(index->document_count <= UINT32_MAX / 2 / index->field_count);
}

/* ---- Posting lists */

/* How many bytes a number of seven bits a byte takes. */
static size_t number_size(uint32_t number)
{
	size_t size = 1;

	for (; number >= 0x80; number >>= 7)
		size++;
	return size;
}

/* Where the walk through all parts is. */
struct walk {
	const struct lunr *index;
	size_t part; /* the next */
	struct lunr_walk inner;
	const uint32_t *numbers; /* of the part's terms */
};

/* Goes to the next vector; false at the end. All terms of the one before must have been taken. */
static bool next_vector(struct lunr_vector *out, struct walk *walk)
{
	const struct lunr *index = walk->index;

	while (walk->part == 0 || !lunr_walk_vector(out, &walk->inner)) {
		const struct lunr_part *part;

		if (walk->part == index->part_count)
			return false;
		part = index->parts[walk->part++];
		walk->inner = lunr_walk_new(part);
		walk->numbers = lunr_terms_numbers(index->terms, lunr_part_vocabulary(part));
	}
	return true;
}

/* The step from the document that is in a list last, with a bit that says that a count follows. */
static uint32_t step_to(uint32_t document, uint32_t *last, uint32_t times)
{
	uint32_t step = (document - *last) << 1 | (times > 1);

	*last = document;
	return step;
}

/*
 * Counts tokens and postings, and measures the latter: sets where each list starts. In the place of
 * a vector's norm goes its length.
 */
static void measure(struct lunr *index, uint32_t *last)
{
	size_t fields = index->field_count, lists = index->term_count * fields;
	struct walk walk = {.index = index};
	struct lunr_vector vector;

	for (size_t number = 0; next_vector(&vector, &walk); number++) {
		uint32_t document = (uint32_t)(number / fields);

		index->averages[number % fields] += vector.length;
		index->norms[number] = vector.length;
		for (uint32_t i = 0; i < vector.count; i++) {
			uint32_t term;
			uint32_t times = lunr_walk_term(&term, &walk.inner);
			size_t list = walk.numbers[term] * fields + number % fields;

			index->counts[list]++;
			index->starts[list + 1] +=
				number_size(step_to(document, &last[list], times));
			if (times > 1)
				index->starts[list + 1] += number_size(times);
		}
	}
	for (size_t i = 0; i < fields && index->document_count > 0; i++)
		index->averages[i] /= (double)index->document_count;
	for (size_t i = 0; i < lists; i++)
		index->starts[i + 1] += index->starts[i];
}

/* Writes the posting lists. Documents are walked in order, so their numbers ascend in each. */
static void fill(struct lunr *index, uint32_t *last)
{
	size_t fields = index->field_count, lists = index->term_count * fields;
	size_t *ends = mem_new(lists, sizeof(*ends)); /* of each list, so far */
	struct walk walk = {.index = index};
	struct lunr_vector vector;

	memcpy(ends, index->starts, lists * sizeof(*ends));
	for (size_t number = 0; next_vector(&vector, &walk); number++) {
		for (uint32_t i = 0; i < vector.count; i++) {
			uint32_t term;
			uint32_t times = lunr_walk_term(&term, &walk.inner);
			size_t list = walk.numbers[term] * fields + number % fields;
			unsigned char *at = index->postings + ends[list];

			at = lunr_pack_number(
				at, step_to((uint32_t)(number / fields), &last[list], times));
			if (times > 1)
				at = lunr_pack_number(at, times);
			ends[list] = (size_t)(at - index->postings);
		}
	}
	free(ends);
}

static void make_postings(struct lunr *index)
{
	size_t lists = index->term_count * index->field_count;
	uint32_t *last = mem_new(lists, sizeof(*last)); /* the document that is in a list last */

	index->averages = mem_new(index->field_count, sizeof(*index->averages));
	index->norms = mem_new(index->document_count * index->field_count, sizeof(*index->norms));
	index->counts = mem_new(lists, sizeof(*index->counts));
	index->starts = mem_new(lists + 1, sizeof(*index->starts));
	measure(index, last);
	index->postings = mem_new(index->starts[lists], 1);
	memset(last, 0, lists * sizeof(*last));
	fill(index, last);
	free(last);
}

/* ---- Related terms */

static int compare_stems(const void *left, const void *right)
{
	return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

/*
 * Numbers the terms that only relatives have, behind those of texts and by their stems: the order
 * in which threads met them must not be seen.
 */
static void add_related(struct lunr *index)
{
	struct slice *stems = NULL;
	size_t total = 0, capacity = 0, count;

	for (size_t p = 0; p < index->part_count; p++) {
		const struct lunr_part *part = index->parts[p];
		const uint32_t *related = lunr_part_related(part, &count);

		for (size_t i = 0; i < count; i++) {
			struct slice stem = vocabulary_stem(lunr_part_vocabulary(part), related[i]);
			uint32_t number;

			if (lunr_terms_find(&number, index->terms, stem))
				continue;
			stems = mem_grow(stems, total, &capacity, sizeof(*stems));
			stems[total++] = stem;
		}
	}
	if (total > 0)
		qsort(stems, total, sizeof(*stems), compare_stems);
	for (size_t i = 0; i < total; i++)
		lunr_terms_number(index->terms, stems[i]);
	free(stems);
	for (size_t p = 0; p < index->part_count; p++) {
		const uint32_t *related = lunr_part_related(index->parts[p], &count);

		lunr_terms_add(index->terms, lunr_part_vocabulary(index->parts[p]), related, count);
	}
}

/* ---- Statistics */

/* The power of the square root of 2 that is nearest to an average, by ratio. */
static double steady(double average)
{
	const double step = 1.4142135623730951, half = 1.189207115002721;
	double power = 1;

	if (average <= 0)
		return average;
	while (average > power * half)
		power *= step;
	while (average < power / half)
		power /= step;
	return power;
}

/* Makes norms of lengths: the part of BM25 that all terms of a vector share. */
static void make_norms(struct lunr *index)
{
	for (size_t i = 0; i < index->document_count * index->field_count; i++) {
		double relative = index->norms[i] / index->averages[i % index->field_count];

		index->norms[i] = LUNR_K1 * (1 - B + B * relative);
	}
}

/* How many of a term's postings are of documents that are not hidden. */
static size_t count_shown(const struct lunr *index, uint32_t term, const bool *hidden)
{
	size_t count = 0;

	for (size_t field = 0; field < index->field_count; field++) {
		size_t list = term * index->field_count + field;
		struct lunr_posting posting = lunr_postings(index, list);

		for (uint32_t i = 0; i < index->counts[list]; i++) {
			lunr_next_posting(&posting);
			count += !hidden[posting.document];
		}
	}
	return count;
}

/* The inverse document frequency of each term: lunr.idf. */
static void make_idf(struct lunr *index, const struct lunr_statistics *how)
{
	const struct lunr *under = how->under;
	bool *hidden = mem_new(under != NULL ? under->document_count : 0, sizeof(*hidden));
	size_t documents = index->document_count;

	if (under != NULL)
		documents += under->document_count - how->hidden_count;
	for (size_t i = 0; i < how->hidden_count; i++)
		hidden[how->hidden[i]] = true;
	index->idf = mem_new(index->term_count, sizeof(*index->idf));
	for (uint32_t term = 0; term < index->term_count; term++) {
		size_t count = lunr_count_postings(index, term);
		double with;
		uint32_t number;

		if (under != NULL &&
			lunr_terms_find(&number, under->terms, lunr_terms_stem(index->terms, term)))
			count += count_shown(under, number, hidden);
		with = (double)count;
		index->idf[term] =
			logarithm(1 + fabs(((double)documents - with + 0.5) / (with + 0.5)));
	}
	free(hidden);
}

void lunr_seal(struct lunr *index, const struct lunr_statistics *how)
{
	static const struct lunr_statistics as_lunr = {0};

	if (how == NULL)
		how = &as_lunr;
	add_related(index);
	index->term_count = lunr_terms_count(index->terms);
	make_postings(index);
	for (size_t i = 0; i < index->field_count; i++) {
		if (how->under != NULL && how->under->averages[i] > 0)
			index->averages[i] = how->under->averages[i];
		else if (how->steady || how->under != NULL)
			index->averages[i] = steady(index->averages[i]);
	}
	make_norms(index);
	make_idf(index, how);
	index->sorted = lunr_terms_sorted(index->terms);
	index->document_labels = lunr_labels("\"", index->document_count, "\":{}");
	index->term_labels = lunr_labels("", index->term_count, ",");
	index->fractions = lunr_fractions();
}

/* ---- Entries */

void lunr_add_start(struct text *out, const struct lunr *index)
{
	text_puts(out, "{\"version\":\"2.3.9\",\"fields\":[");
	for (size_t i = 0; i < index->field_count; i++) {
		if (i > 0)
			text_byte(out, ',');
		lunr_add_string(out, slice_of(index->fields[i].name));
	}
	text_puts(out, "],\"fieldVectors\":[");
}

void lunr_add_vector(struct text *out, const struct lunr *index, size_t vector)
{
	text_puts(out, "[\"");
	text_puts(out, index->fields[vector % index->field_count].name);
	text_byte(out, '/');
	text_number(out, vector / index->field_count);
	text_puts(out, "\",[");
}

static void add_postings(
	struct text *out, const struct lunr *index, size_t list, const bool *skipped)
{
	struct lunr_posting posting = lunr_postings(index, list);
	char *at, *start;

	text_reserve(out, index->counts[list] * POSTING_SIZE);
	at = start = out->data + out->size;
	for (uint32_t i = 0; i < index->counts[list]; i++) {
		lunr_next_posting(&posting);
		if (skipped != NULL && skipped[posting.document])
			continue;
		if (at > start)
			*at++ = ',';
		at = lunr_put_label(at, &index->document_labels[posting.document]);
	}
	lunr_end(out, at);
}

void lunr_add_term(struct text *out, const struct lunr *index, uint32_t term, const bool *skipped)
{
	text_byte(out, '[');
	lunr_add_string(out, lunr_terms_stem(index->terms, term));
	text_puts(out, ",{\"_index\":");
	text_number(out, term);
	for (size_t field = 0; field < index->field_count; field++) {
		text_byte(out, ',');
		lunr_add_string(out, slice_of(index->fields[field].name));
		text_puts(out, ":{");
		add_postings(out, index, term * index->field_count + field, skipped);
		text_byte(out, '}');
	}
	text_puts(out, "}]");
}
