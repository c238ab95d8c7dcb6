/*
 * Cuts an index into shards by runs of terms, so that a reader loads only what holds the terms of a
 * query. Each shard is an index that lunr loads by itself: it has all postings and vector entries
 * of its terms, under the numbers that they have in the whole. A score of lunr needs only the
 * entries of the query's own terms, so a query for one term scores in its shard as it does in the
 * whole.
 *
 * A term that a large part of all documents have would make a file that nobody wants to wait for.
 * Its shard has the documents that it scores best in, and a second file all the others.
 */
#ifndef DRAAIBOEK_LUNR_SHARD_H
#define DRAAIBOEK_LUNR_SHARD_H

#include <stddef.h>

#include "base/text.h"

struct lunr;

struct lunr_shards {
	size_t *starts; /* of each, and one more: its first term, in the order of UTF-16 code units
			 */
	size_t count;	/* at least 1 */
	size_t *split;	/* numbers of the shards that have a second file, ascending */
	size_t split_count;
};

/* How many documents of a term its shard has, when there is a second file. */
#define LUNR_BEST ((size_t)4000)

/* Cuts a sealed index. */
void lunr_cut(struct lunr_shards *out, const struct lunr *index);
void lunr_shards_free(struct lunr_shards *shards);

/* The first term of a shard; of the first it is "", so that each term has a shard. Borrowed. */
struct slice lunr_shard_start(
	const struct lunr_shards *shards, const struct lunr *index, size_t number);

/* How many postings the term of a split shard has, over all fields and both files. */
size_t lunr_shard_postings(
	const struct lunr_shards *shards, const struct lunr *index, size_t number);

/*
 * Appends a shard as JSON; from `count` on, the second files of the split ones, in order. Several
 * threads may write shards of one index at once.
 */
void lunr_shard_write(struct text *out, const struct lunr_shards *shards, const struct lunr *index,
	size_t number);

#endif
