/*
 * A search index as lunr 2.3.9 with lunr-languages' Dutch would build it: tokens, pipeline,
 * statistics. https://lunrjs.com/docs/
 *
 * The documents come in parts, which were counted before; their refs are their numbers: "0", "1",
 * …. A sealed index is written whole by search/lunr_whole, in pieces by search/lunr_shard.
 */
#ifndef DRAAIBOEK_LUNR_H
#define DRAAIBOEK_LUNR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct lunr;
struct lunr_part;

struct lunr_field {
	const char *name;
	double boost; /* more than 0, at most 1000; 1: none */
};

/* `fields` is borrowed. */
struct lunr *lunr_new(const struct lunr_field *fields, size_t count);
void lunr_free(struct lunr *index);

/*
 * Adds the documents of a part behind those that the index has. The part is borrowed, and no
 * counter of the index may count from here on.
 */
void lunr_join(struct lunr *index, const struct lunr_part *part);

/*
 * How statistics are made, when not as lunr does. An index over another is of documents that stand
 * beside those of the other but for the hidden ones: its terms are as rare as in both together.
 */
struct lunr_statistics {
	bool steady; /* a field's average is rounded, so that a few documents do not change scores
		      */
	const struct lunr *under; /* NULL, or sealed; it gives the averages of fields that it has */
	const size_t *hidden;	  /* numbers of documents there, ascending */
	size_t hidden_count;
};

/* Makes the statistics; no part may be added from here on. `how` may be NULL: all as lunr does. */
void lunr_seal(struct lunr *index, const struct lunr_statistics *how);

#endif
