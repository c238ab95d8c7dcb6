/*
 * Writes the files of search, each through the sink: see docs/search.md for what is in them.
 */
#ifndef DRAAIBOEK_SEARCH_FILES_H
#define DRAAIBOEK_SEARCH_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct catalogue_tool;
struct diags;
struct index_scope;
struct sink;
struct relatives;
struct site;

/* What a thread writes with. */
struct search_files {
	const struct sink *sink;
	struct text *text; /* scratch; what was in it is lost */
	struct diags *diags;
};

/* One file of a scope; all but documents want it sealed. -1 when it could not be written. */
int search_files_index(const struct search_files *files, const struct index_scope *scope);
int search_files_shard(
	const struct search_files *files, const struct index_scope *scope, size_t number);
int search_files_words(
	const struct search_files *files, const struct index_scope *scope, size_t number);
int search_files_documents(
	const struct search_files *files, const struct index_scope *scope, size_t number);
int search_files_outline(const struct search_files *files, const struct index_scope *scope);

/*
 * Seals a region's index and writes all its files but the documents. None of it is kept: there are
 * many regions, and their indexes are small. `nation` is sealed.
 */
int search_files_region(const struct search_files *files, struct index_scope *scope,
	const struct index_scope *nation, const struct relatives *relatives);

/* These two as catalogue_write_glossary() and catalogue_write_manifest() have it. */
int search_files_glossary(const struct search_files *files, const struct index_scope *nation,
	const struct catalogue_tool *tools, size_t count);
int search_files_manifest(const struct search_files *files, const struct index_scope *scopes,
	size_t count, struct slice module, bool has_glossary);

#endif
