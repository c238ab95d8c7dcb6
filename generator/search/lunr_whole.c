/*
 * lunr.Index.toJSON in C: the parts are walked once more for the vectors, document by document.
 */
#include "search/lunr_whole.h"

#include <stdlib.h>

#include "base/mem.h"
#include "search/lunr.h"
#include "search/lunr_index.h"
#include "search/lunr_terms.h"
#include "search/tally.h"

#define PIECE_SIZE ((size_t)256 * 1024) /* bytes that are gathered before they are put */

/* What was written and not put yet. */
struct output {
	struct text text;
	int (*put)(void *context, struct slice piece);
	void *context;
	int result; /* of put() */
};

/* Hands on what was written, when it is enough or all. */
static void flush(struct output *output, size_t least)
{
	if (output->text.size < least || output->text.size == 0)
		return;
	if (output->result == 0)
		output->result = output->put(output->context, text_slice(&output->text));
	text_clear(&output->text);
}

/* What is kept from vector to vector. */
struct vectors {
	const struct lunr *index;
	struct tally tally;
	struct tally_entry *entries; /* of one vector */
	size_t count;		     /* of vectors, so far */
};

static void add_vector(struct text *out, struct vectors *vectors)
{
	const struct lunr *index = vectors->index;
	size_t vector = vectors->count++, count = vectors->tally.size;
	double boost = index->fields[vector % index->field_count].boost;
	char *at;

	tally_take(vectors->entries, &vectors->tally);
	if (vector > 0)
		text_byte(out, ',');
	lunr_add_vector(out, index, vector);
	text_reserve(out, count * LUNR_ENTRY_SIZE);
	at = out->data + out->size;
	for (size_t i = 0; i < count; i++) {
		const struct tally_entry *entry = &vectors->entries[i];
		double score = lunr_score(index, vector, entry->term, entry->count, boost);

		if (i > 0)
			*at++ = ',';
		at = lunr_put_label(at, &index->term_labels[entry->term]);
		at = lunr_put_score(at, score, index->fractions);
	}
	lunr_end(out, at);
	text_puts(out, "]]");
}

/* Writes the vectors of one part. */
static void write_part(struct output *output, struct vectors *vectors, const struct lunr_part *part)
{
	const uint32_t *numbers =
		lunr_terms_numbers(vectors->index->terms, lunr_part_vocabulary(part));
	struct lunr_walk walk = lunr_walk_new(part);
	struct lunr_vector vector;

	while (output->result == 0 && lunr_walk_vector(&vector, &walk)) {
		for (uint32_t i = 0; i < vector.count; i++) {
			uint32_t term;
			uint32_t times = lunr_walk_term(&term, &walk);

			tally_add(&vectors->tally, numbers[term], times);
		}
		add_vector(&output->text, vectors);
		flush(output, PIECE_SIZE);
	}
}

int lunr_write(
	const struct lunr *index, int (*put)(void *context, struct slice piece), void *context)
{
	struct output output = {.put = put, .context = context};
	struct vectors vectors = {
		.index = index, .entries = mem_new(index->term_count, sizeof(*vectors.entries))};

	lunr_add_start(&output.text, index);
	for (size_t i = 0; i < index->part_count; i++)
		write_part(&output, &vectors, index->parts[i]);
	text_puts(&output.text, "],\"invertedIndex\":[");
	for (size_t i = 0; i < index->term_count && output.result == 0; i++) {
		if (i > 0)
			text_byte(&output.text, ',');
		lunr_add_term(&output.text, index, index->sorted[i], NULL);
		flush(&output, PIECE_SIZE);
	}
	text_puts(&output.text, "]" LUNR_END);
	flush(&output, 0);
	tally_free(&vectors.tally);
	free(vectors.entries);
	text_free(&output.text);
	return output.result;
}
