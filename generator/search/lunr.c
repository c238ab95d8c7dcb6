/*
 * lunr.Builder and lunr.Index.toJSON in C. Documents are kept as lunr's vectors will be: for each
 * field of each document its terms, ascending, with how often they come. All else follows from
 * these when the index is written.
 *
 * A large index is a hundred million bytes of small numbers, so those are written through a bare
 * pointer into room that was reserved for the whole vector or posting list.
 */
#include "search/lunr.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "language/dutch.h"
#include "search/logarithm.h"
#include "search/tally.h"
#include "search/vocabulary.h"

/* The constants of BM25 as lunr sets them. */
#define K1 1.2
#define B 0.75

/* The most bytes of "4294967295,99000000.999," and of "\"4294967295\":{},". */
#define ENTRY_SIZE ((size_t)32)
#define POSTING_SIZE ((size_t)16)

/* One field of one document. */
struct vector {
	size_t end;	 /* of its entries in lunr.entries; they start where the one before ends */
	uint32_t length; /* in tokens, stop words left out */
};

struct lunr {
	const struct lunr_field *fields;
	size_t field_count;
	struct vocabulary *vocabulary;
	struct tally tally;
	struct text lower; /* the text of the field that is being added */
	struct tally_entry *entries;
	size_t entry_count;
	size_t entry_capacity;
	struct vector *vectors; /* by document, then by field */
	size_t vector_count;
	size_t vector_capacity;
};

/* Where each term comes: the inverse of the vectors. */
struct postings {
	size_t *starts;	   /* by term, and one more: where its vectors start */
	uint32_t *vectors; /* ascending for each term */
};

int lunr_new(struct lunr **out, const struct lunr_field *fields, size_t count, struct diags *diags)
{
	struct lunr *index = mem_new(1, sizeof(*index));

	assert(count > 0);
	for (size_t i = 0; i < count; i++)
		assert(fields[i].boost > 0 && fields[i].boost <= 1000);
	if (vocabulary_new(&index->vocabulary, diags) < 0) {
		lunr_free(index);
		return -1;
	}
	index->fields = fields;
	index->field_count = count;
	*out = index;
	return 0;
}

void lunr_free(struct lunr *index)
{
	if (index == NULL)
		return;
	vocabulary_free(index->vocabulary);
	tally_free(&index->tally);
	text_free(&index->lower);
	free(index->entries);
	free(index->vectors);
	free(index);
}

size_t lunr_count(const struct lunr *index)
{
	return index->vector_count / index->field_count;
}

/* --- adding ---------------------------------------------------------------------------------- */

/* Counts the terms of a text in the tally, and gives the number of its tokens. */
static uint32_t count_terms(struct lunr *index, struct slice text)
{
	struct slice rest, token;
	size_t length = 0;

	text_clear(&index->lower);
	dutch_lower(&index->lower, text);
	rest = text_slice(&index->lower);
	while (dutch_next_token(&token, &rest)) {
		uint32_t term;

		if (!vocabulary_find(&term, index->vocabulary, token))
			continue;
		tally_add(&index->tally, term);
		length++;
	}
	assert(length <= UINT32_MAX);
	return (uint32_t)length;
}

static void reserve_entries(struct lunr *index, size_t extra)
{
	size_t capacity = index->entry_capacity > 0 ? index->entry_capacity : 1024;

	while (capacity - index->entry_count < extra)
		capacity *= 2;
	if (capacity == index->entry_capacity)
		return;
	index->entries = mem_resize(index->entries, capacity, sizeof(*index->entries));
	index->entry_capacity = capacity;
}

static void add_vector(struct lunr *index, struct slice text)
{
	uint32_t length = count_terms(index, text);
	size_t size = index->tally.size;

	reserve_entries(index, size);
	tally_take(index->entries + index->entry_count, &index->tally);
	index->entry_count += size;
	assert(index->vector_count < UINT32_MAX);
	index->vectors = mem_grow(index->vectors, index->vector_count, &index->vector_capacity,
		sizeof(*index->vectors));
	index->vectors[index->vector_count++] = (struct vector){index->entry_count, length};
}

void lunr_add(struct lunr *index, const struct slice *fields)
{
	for (size_t i = 0; i < index->field_count; i++)
		add_vector(index, fields[i]);
}

/* --- statistics ------------------------------------------------------------------------------ */

/* Sorts the entries of all vectors by term. Vectors are walked in order, so their numbers ascend.
 */
static struct postings make_postings(const struct lunr *index)
{
	size_t terms = vocabulary_count(index->vocabulary);
	struct postings postings = {
		.starts = mem_new(terms + 2, sizeof(size_t)),
		.vectors = mem_new(index->entry_count, sizeof(uint32_t)),
	};
	size_t *next =
		postings.starts + 1; /* moves from a term's start to its end, the next's start */

	for (size_t i = 0; i < index->entry_count; i++)
		next[index->entries[i].term + 1]++;
	for (size_t i = 1; i <= terms; i++)
		next[i] += next[i - 1];
	for (size_t vector = 0, i = 0; vector < index->vector_count; vector++) {
		for (; i < index->vectors[vector].end; i++)
			postings.vectors[next[index->entries[i].term]++] = (uint32_t)vector;
	}
	return postings;
}

static void free_postings(struct postings *postings)
{
	free(postings->starts);
	free(postings->vectors);
}

/*
 * The inverse document frequency of each term: lunr.idf. Its count of documents is of postings over
 * all fields, and may exceed the number of documents. The caller frees the array.
 */
static double *make_idf(const struct lunr *index, const struct postings *postings)
{
	size_t terms = vocabulary_count(index->vocabulary);
	double documents = (double)lunr_count(index);
	double *idf = mem_new(terms, sizeof(*idf));

	for (size_t i = 0; i < terms; i++) {
		double with = (double)(postings->starts[i + 1] - postings->starts[i]);

		idf[i] = logarithm(1 + fabs((documents - with + 0.5) / (with + 0.5)));
	}
	return idf;
}

/* The mean number of tokens of each field. The caller frees the array. */
static double *make_averages(const struct lunr *index)
{
	double *averages = mem_new(index->field_count, sizeof(*averages));

	for (size_t i = 0; i < index->vector_count; i++)
		averages[i % index->field_count] += index->vectors[i].length;
	for (size_t i = 0; i < index->field_count && index->vector_count > 0; i++)
		averages[i] /= (double)lunr_count(index);
	return averages;
}

/* --- writing --------------------------------------------------------------------------------- */

static char *put_number(char *at, uint32_t number)
{
	char digits[10];
	size_t start = sizeof(digits);

	do {
		digits[--start] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	memcpy(at, digits + start, sizeof(digits) - start);
	return at + sizeof(digits) - start;
}

/*
 * A score as lunr rounds and JavaScript prints it: thousandths, without zeros at the end.
 * Math.round takes a half upwards.
 */
static char *put_score(char *at, double score)
{
	double thousands = score * 1000;
	uint32_t whole = (uint32_t)thousands;
	uint32_t rest;

	if (thousands - whole >= 0.5)
		whole++;
	rest = whole % 1000;
	at = put_number(at, whole / 1000);
	if (rest == 0)
		return at;
	at[0] = '.';
	at[1] = (char)('0' + rest / 100);
	at[2] = (char)('0' + rest / 10 % 10);
	at[3] = (char)('0' + rest % 10);
	return at + (rest % 10 > 0 ? 4 : rest % 100 > 0 ? 3 : 2);
}

static void end_writing(struct text *out, char *at)
{
	*at = '\0';
	out->size = (size_t)(at - out->data);
}

/* Appends a string as JSON.stringify() does, which escapes no more than it must. */
static void add_string(struct text *out, struct slice string)
{
	static const char named[] = {[8] = 'b', [9] = 't', [10] = 'n', [12] = 'f', [13] = 'r'};

	text_byte(out, '"');
	for (size_t i = 0; i < string.size; i++) {
		unsigned char byte = (unsigned char)string.data[i];

		if (byte == '"' || byte == '\\') {
			text_byte(out, '\\');
			text_byte(out, (char)byte);
		} else if (byte >= 0x20) {
			text_byte(out, (char)byte);
		} else if (byte < sizeof(named) && named[byte] != '\0') {
			text_byte(out, '\\');
			text_byte(out, named[byte]);
		} else {
			text_printf(out, "\\u%04x", (unsigned)byte);
		}
	}
	text_byte(out, '"');
}

static void write_fields(struct text *out, const struct lunr *index)
{
	text_puts(out, "{\"version\":\"2.3.9\",\"fields\":[");
	for (size_t i = 0; i < index->field_count; i++) {
		if (i > 0)
			text_byte(out, ',');
		add_string(out, slice_of(index->fields[i].name));
	}
	text_byte(out, ']');
}

/* Okapi BM25, in the order of operations of lunr.Builder.createFieldVectors. */
static void write_vector(struct text *out, const struct tally_entry *entries, size_t count,
	const double *idf, double norm, double boost)
{
	char *at;

	text_reserve(out, count * ENTRY_SIZE);
	at = out->data + out->size;
	for (size_t i = 0; i < count; i++) {
		double tf = entries[i].count;
		double score = idf[entries[i].term] * ((K1 + 1) * tf) / (norm + tf);

		if (i > 0)
			*at++ = ',';
		at = put_number(at, entries[i].term);
		*at++ = ',';
		at = put_score(at, score * boost);
	}
	end_writing(out, at);
}

static void write_vectors(struct text *out, const struct lunr *index, const double *idf)
{
	double *averages = make_averages(index);
	size_t start = 0;

	text_puts(out, ",\"fieldVectors\":[");
	for (size_t i = 0; i < index->vector_count; i++) {
		const struct vector *vector = &index->vectors[i];
		size_t field = i % index->field_count;
		double norm = K1 * (1 - B + B * (vector->length / averages[field]));

		text_puts(out, i > 0 ? ",[\"" : "[\"");
		text_puts(out, index->fields[field].name);
		text_byte(out, '/');
		text_number(out, i / index->field_count);
		text_puts(out, "\",[");
		write_vector(out, index->entries + start, vector->end - start, idf, norm,
			index->fields[field].boost);
		text_puts(out, "]]");
		start = vector->end;
	}
	text_byte(out, ']');
	free(averages);
}

/* The documents that have the term in this field, out of all vectors that have it. */
static void write_posting(struct text *out, const uint32_t *vectors, size_t count, uint32_t field,
	uint32_t field_count)
{
	char *start, *at;

	text_reserve(out, count * POSTING_SIZE);
	start = at = out->data + out->size;
	for (size_t i = 0; i < count; i++) {
		uint32_t document = vectors[i] / field_count;

		if (vectors[i] - document * field_count != field)
			continue;
		if (at > start)
			*at++ = ',';
		*at++ = '"';
		at = put_number(at, document);
		memcpy(at, "\":{}", 4);
		at += 4;
	}
	end_writing(out, at);
}

static void write_inverted(
	struct text *out, const struct lunr *index, const struct postings *postings)
{
	size_t terms = vocabulary_count(index->vocabulary);
	uint32_t *sorted = vocabulary_sorted(index->vocabulary);

	text_puts(out, ",\"invertedIndex\":[");
	for (size_t i = 0; i < terms; i++) {
		uint32_t term = sorted[i];
		const size_t *starts = postings->starts + term;

		text_puts(out, i > 0 ? ",[" : "[");
		add_string(out, vocabulary_stem(index->vocabulary, term));
		text_puts(out, ",{\"_index\":");
		text_number(out, term);
		for (size_t field = 0; field < index->field_count; field++) {
			text_puts(out, ",");
			add_string(out, slice_of(index->fields[field].name));
			text_puts(out, ":{");
			write_posting(out, postings->vectors + starts[0], starts[1] - starts[0],
				(uint32_t)field, (uint32_t)index->field_count);
			text_byte(out, '}');
		}
		text_puts(out, "}]");
	}
	text_byte(out, ']');
	free(sorted);
}

void lunr_write(struct text *out, const struct lunr *index)
{
	struct postings postings = make_postings(index);
	double *idf = make_idf(index, &postings);

	write_fields(out, index);
	write_vectors(out, index, idf);
	write_inverted(out, index, &postings);
	text_puts(out, ",\"pipeline\":[\"trimmer-nl\",\"stemmer-nl\"]}");
	free(idf);
	free_postings(&postings);
}
