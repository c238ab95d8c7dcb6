/*
 * The files that search in the browser reads: for the nation and for each region an index, the
 * documents that its numbers stand for, and their texts in chunks; the glossary; and the manifest
 * that names them all. A document is a section: a page's introduction, or a heading of level 2 or 3
 * with what stands below it. A region has documents only for what differs from the nation.
 *
 * The formats are in docs/search.md.
 */
#ifndef DRAAIBOEK_INDEX_H
#define DRAAIBOEK_INDEX_H

#include <stddef.h>

#include "base/text.h"

struct lunr_counter;
struct lunr_part;
struct region;
struct site;
struct variant;

#define INDEX_CHUNK 64 /* sections in one file of texts */

/* One scope, once read from the site. */
struct index_scope {
	const struct region *region; /* NULL: the nation */
	size_t documents;
	size_t chunks;	 /* of texts */
	size_t runs;	 /* of documents that are counted together */
	size_t *shadows; /* numbers of national documents that the region does not show */
	size_t shadow_count;
	const struct site *site;
	struct index_document *list; /* private, as what follows */
	struct lunr_part **parts;    /* the runs, once counted */
	size_t list_capacity;
	size_t shadow_capacity;
};

/*
 * Gathers the documents of a scope. `variants` are all its pages, in order; `nation` is the
 * nation's scope, NULL when this is it.
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
 * Writes the index of lunr in pieces, as lunr_write() does, when all runs are counted: no thread
 * may still count, for any scope.
 */
int index_write(const struct index_scope *scope, int (*put)(void *context, struct slice piece),
	void *context);

/* Append one file each. */
void index_write_documents(struct text *out, const struct index_scope *scope);
void index_write_chunk(struct text *out, const struct index_scope *scope, size_t chunk);
void index_write_glossary(struct text *out, const struct site *site);

/* `scopes`: the nation and the regions; `module`: the address of the search module. */
void index_write_manifest(
	struct text *out, const struct index_scope *scopes, size_t count, struct slice module);

/*
 * Appends the address of a scope's file: "index.json", "documenten.json" in zoek/ or
 * regio/SLUG/zoek/.
 */
void index_address(struct text *out, const struct index_scope *scope, const char *name);

#endif
