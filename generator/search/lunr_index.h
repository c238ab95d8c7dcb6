/*
 * What the writers of an index read of it: see search/lunr for how it is made. Nothing changes once
 * it is sealed, so several threads may write pieces of it at once.
 */
#ifndef DRAAIBOEK_LUNR_INDEX_H
#define DRAAIBOEK_LUNR_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "search/lunr_json.h"
#include "search/lunr_part.h"

#define LUNR_K1 1.2 /* of BM25, as lunr sets it */

struct lunr {
	const struct lunr_field *fields;
	size_t field_count;
	struct lunr_terms *terms;
	const struct lunr_part **parts;
	size_t part_count;
	size_t part_capacity;
	size_t document_count;
	/* What follows is there once the index is sealed. */
	size_t term_count;
	double *averages; /* of each field: the mean number of tokens */
	double *norms; /* of each vector (field f of document d is d * fields + f): what its length
			  does to the scores of all its terms */
	uint32_t *counts;	 /* of each posting list: of documents */
	size_t *starts;		 /* of each, and one more: where it starts, in bytes */
	unsigned char *postings; /* of all lists: term t has for field f list t * fields + f */
	double *idf;		 /* of each term */
	uint32_t *sorted;	 /* the terms in the order of UTF-16 code units */
	struct lunr_label *document_labels; /* "\"12\":{}" */
	struct lunr_label *term_labels;	    /* "12," */
	struct lunr_label *fractions;
};

/* How many postings a term has, over all fields: it may be more than there are documents. */
static inline size_t lunr_count_postings(const struct lunr *index, uint32_t term)
{
	size_t count = 0;

	for (size_t field = 0; field < index->field_count; field++)
		count += index->counts[term * index->field_count + field];
	return count;
}

/* A posting list, as it is read. */
struct lunr_posting {
	const unsigned char *at;
	uint32_t document;
	uint32_t times; /* that the document has the term */
};

static inline struct lunr_posting lunr_postings(const struct lunr *index, size_t list)
{
	return (struct lunr_posting){.at = index->postings + index->starts[list]};
}

/* Takes the next posting; the list still has one. The bytes are as in a part: see lunr_walk. */
static inline void lunr_next_posting(struct lunr_posting *posting)
{
	struct lunr_walk walk = {.at = posting->at};
	uint32_t step = lunr_walk_number(&walk);

	posting->document += step >> 1;
	posting->times = (step & 1) != 0 ? lunr_walk_number(&walk) : 1;
	posting->at = walk.at;
}

/* Okapi BM25, in the order of operations of lunr.Builder.createFieldVectors. */
static inline double lunr_score(
	const struct lunr *index, size_t vector, uint32_t term, uint32_t times, double boost)
{
	double tf = times;

	return index->idf[term] * ((LUNR_K1 + 1) * tf) / (index->norms[vector] + tf) * boost;
}

/* Appends what every file of an index starts with. */
void lunr_add_start(struct text *out, const struct lunr *index);

/* Appends an entry of the inverted index; without the documents that `skipped` (may be NULL) marks.
 */
void lunr_add_term(struct text *out, const struct lunr *index, uint32_t term, const bool *skipped);

/* Appends the opening of a vector's entry. */
void lunr_add_vector(struct text *out, const struct lunr *index, size_t vector);

/* What every file ends with. */
#define LUNR_END ",\"pipeline\":[\"trimmer-nl\",\"stemmer-nl\"]}"

/* The most bytes of "4294967295,99000000.999," and of a label more. */
#define LUNR_ENTRY_SIZE ((size_t)48)

#endif
