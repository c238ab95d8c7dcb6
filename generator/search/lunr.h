/*
 * A search index as lunr 2.3.9 with lunr-languages' Dutch would build and serialise it, byte for
 * byte: tokens, pipeline, statistics, vectors, inverted index. https://lunrjs.com/docs/
 *
 * The caller adds documents, of which the refs are their numbers: "0", "1", …. The index is written
 * as it is made: no tree of the JSON is held.
 */
#ifndef DRAAIBOEK_LUNR_H
#define DRAAIBOEK_LUNR_H

#include <stddef.h>

#include "base/text.h"

struct diags;
struct lunr;

struct lunr_field {
	const char *name;
	double boost; /* more than 0, at most 1000; 1: none */
};

/* `fields` is borrowed. Fails with a message when libstemmer's Dutch is not lunr-languages'. */
int lunr_new(struct lunr **out, const struct lunr_field *fields, size_t count, struct diags *diags);
void lunr_free(struct lunr *index);

/* Adds the next document: the text of each field, in order. */
void lunr_add(struct lunr *index, const struct slice *fields);

size_t lunr_count(const struct lunr *index); /* of documents */

/* Appends the index as JSON. More documents may be added afterwards. */
void lunr_write(struct text *out, const struct lunr *index);

#endif
