/*
 * Only the whole index is too large to be held: it is written in pieces.
 */
#include "jobs/search_files.h"

#include "base/diag.h"
#include "output/sink.h"
#include "search/catalogue.h"
#include "search/index.h"

/* Writes the scratch text as a file of the scope. */
static int write_text(const struct search_files *files, const struct index_scope *scope,
	const char *name, size_t number)
{
	struct text path = {0};
	int result;

	catalogue_address(&path, scope, name, number);
	result = sink_write(files->sink, text_slice(&path), text_slice(files->text), files->diags);
	text_free(&path);
	return result;
}

/* A file that is written in pieces. */
struct pieces {
	struct sink_file *file;
	struct diags *diags;
};

static int put(void *context, struct slice piece)
{
	const struct pieces *pieces = context;

	return sink_append(pieces->file, piece, pieces->diags);
}

int search_files_index(const struct search_files *files, const struct index_scope *scope)
{
	struct pieces pieces = {.diags = files->diags};
	struct text path = {0};
	int result;

	catalogue_address(&path, scope, CATALOGUE_INDEX, 0);
	result = sink_begin(&pieces.file, files->sink, text_slice(&path), files->diags);
	text_free(&path);
	if (result != 0)
		return -1;
	if (index_write(scope, put, &pieces) != 0) {
		sink_abandon(pieces.file);
		return -1;
	}
	return sink_end(pieces.file, files->diags);
}

int search_files_shard(
	const struct search_files *files, const struct index_scope *scope, size_t number)
{
	text_clear(files->text);
	index_write_shard(files->text, scope, number);
	return write_text(files, scope, CATALOGUE_SHARDS, number);
}

int search_files_words(
	const struct search_files *files, const struct index_scope *scope, size_t number)
{
	text_clear(files->text);
	words_write(files->text, &scope->words, number);
	return write_text(files, scope, CATALOGUE_WORDS, number);
}

int search_files_documents(
	const struct search_files *files, const struct index_scope *scope, size_t number)
{
	text_clear(files->text);
	catalogue_write_documents(files->text, scope, number);
	return write_text(files, scope, CATALOGUE_DOCUMENTS, number);
}

int search_files_outline(const struct search_files *files, const struct index_scope *scope)
{
	text_clear(files->text);
	catalogue_write_outline(files->text, scope);
	return write_text(files, scope, CATALOGUE_OUTLINE, 0);
}

int search_files_region(const struct search_files *files, struct index_scope *scope,
	const struct index_scope *nation, const struct relatives *relatives)
{
	int result;

	index_seal(scope, nation, relatives);
	result = search_files_index(files, scope);
	for (size_t i = 0; result == 0 && i < scope->shards.count + scope->shards.split_count; i++)
		result = search_files_shard(files, scope, i);
	for (size_t i = 0; result == 0 && i < scope->words.file_count; i++)
		result = search_files_words(files, scope, i);
	if (result == 0)
		result = search_files_outline(files, scope);
	index_unseal(scope);
	return result;
}

int search_files_glossary(const struct search_files *files, const struct index_scope *nation,
	const struct catalogue_tool *tools, size_t count)
{
	text_clear(files->text);
	catalogue_write_glossary(files->text, nation->documents.site, tools, count);
	return write_text(files, nation, CATALOGUE_GLOSSARY, 0);
}

int search_files_manifest(const struct search_files *files, const struct index_scope *scopes,
	size_t count, struct slice module, bool has_glossary)
{
	text_clear(files->text);
	catalogue_write_manifest(files->text, scopes, count, module, has_glossary);
	return write_text(files, &scopes[0], CATALOGUE_MANIFEST, 0);
}
