/*
 * The search index of one scope, the nation or a region: made in steps, of which the pieces may be
 * done at once by different threads, and written file by file. The formats are in docs/search.md.
 *
 *   index_open()   what the documents are
 *   index_count()  their words, for each run of each scope
 *                  (then what is akin to the words of all scopes: search/relatives)
 *   index_relate() for each counter: counts that too
 *   index_seal()   statistics; the nation first
 */
#ifndef DRAAIBOEK_INDEX_H
#define DRAAIBOEK_INDEX_H

#include <stddef.h>

#include "base/text.h"
#include "search/documents.h"
#include "search/lunr_shard.h"
#include "search/words.h"

struct lunr;
struct lunr_counter;
struct lunr_part;
struct relatives;

struct index_scope {
	struct documents documents;
	size_t runs;		  /* of documents that are counted together */
	struct lunr_part **parts; /* each run, once counted */
	size_t *chunks;		  /* of each file of documents, and one more: its first page */
	size_t chunk_count;
	/* What follows is there once the index is sealed. */
	struct lunr *lunr;
	struct lunr_shards shards;
	struct words words;
};

/*
 * `variants` are all pages of the scope, in order; `nation` is the nation's, NULL when this is it.
 */
void index_open(struct index_scope *out, const struct site *site, const struct region *region,
	const struct variant *const *variants, size_t count, const struct index_scope *nation);
void index_close(struct index_scope *scope);

/*
 * Counts the words of one run. Different runs may be counted at once, by threads that each have a
 * counter of their own; the counters must outlive the scope.
 */
void index_count(struct index_scope *scope, size_t run, struct lunr_counter *counter);

/*
 * Counts what is akin to the words in the runs, of all scopes, that a counter has counted.
 * Different counters may do so at once.
 */
void index_relate(struct index_scope *scopes, size_t count, struct lunr_counter *counter,
	const struct relatives *relatives);

/* Makes statistics; `nation` is sealed, or NULL when this is it. No counter may be used any more.
 */
void index_seal(struct index_scope *scope, const struct index_scope *nation,
	const struct relatives *relatives);

/* Frees what index_seal() has made: the index has been written. */
void index_unseal(struct index_scope *scope);

/* Writes the whole index in pieces, as lunr_write() does. */
int index_write(const struct index_scope *scope, int (*put)(void *context, struct slice piece),
	void *context);

/* Appends a shard or a second file, below shards.count + shards.split_count. */
void index_write_shard(struct text *out, const struct index_scope *scope, size_t number);

#endif
