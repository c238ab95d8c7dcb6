/*
 * A search index as lunr 2.3.9 with lunr-languages' Dutch would build and serialise it, byte for
 * byte: tokens, pipeline, statistics, vectors, inverted index. https://lunrjs.com/docs/
 *
 * The documents come in parts, which were counted before; their refs are their numbers: "0", "1",
 * …. The index is written as it is made: neither it nor a tree of its JSON is held.
 */
#ifndef DRAAIBOEK_LUNR_H
#define DRAAIBOEK_LUNR_H

#include <stddef.h>

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

size_t lunr_count(const struct lunr *index); /* of documents */

/*
 * Writes the index as JSON: calls put() with one piece after the other, each some hundreds of KiB.
 * A piece that is not taken (not 0) ends the writing, and is the result.
 */
int lunr_write(
	const struct lunr *index, int (*put)(void *context, struct slice piece), void *context);

#endif
