/*
 * Documents to counts, counts to an index.
 */
#include "search/index.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/site.h"
#include "search/lunr.h"
#include "search/lunr_part.h"
#include "search/lunr_whole.h"
#include "search/normalise.h"
#include "search/relatives.h"

#define RUN ((size_t)512) /* documents that are counted together */

/* Of text, that a file of documents has at least; more in a large site, which would have many. */
#define CHUNK_BYTES ((size_t)4 * 1024)
#define MANY_CHUNKS ((size_t)4096)

enum { TITLE, BODY, PARTS, FIELDS };

static const struct lunr_field fields[FIELDS] = {{"title", 3}, {"body", 1}, {"parts", 0.6}};

/* About how much text some documents are. */
static size_t measure(const struct documents *documents, size_t first, size_t end)
{
	size_t bytes = 0;

	for (size_t i = first; i < end; i++) {
		const struct indexed *document = &documents->list[i];

		for (size_t p = document->first; p < document->first + document->count; p++) {
			const struct part *part = &document->variant->parts[p];

			for (size_t b = 0; b < part->count; b++)
				bytes += part->blocks[b].section->text.size;
		}
	}
	return bytes;
}

/* Cuts the pages into files: a reader fetches those of the few pages that he sees results of. */
static void cut_chunks(struct index_scope *scope)
{
	const struct documents *documents = &scope->documents;
	size_t least = measure(documents, 0, documents->count) / MANY_CHUNKS;
	size_t capacity = 0, bytes;

	if (least < CHUNK_BYTES)
		least = CHUNK_BYTES;
	bytes = least;
	for (size_t page = 0; page < documents->page_count; page++) {
		if (bytes >= least) {
			scope->chunks = mem_grow(scope->chunks, scope->chunk_count, &capacity,
				sizeof(*scope->chunks));
			scope->chunks[scope->chunk_count++] = page;
			bytes = 0;
		}
		bytes += measure(documents, documents->pages[page], documents->pages[page + 1]);
	}
	scope->chunks =
		mem_grow(scope->chunks, scope->chunk_count, &capacity, sizeof(*scope->chunks));
	scope->chunks[scope->chunk_count] = documents->page_count;
}

void index_open(struct index_scope *out, const struct site *site, const struct region *region,
	const struct variant *const *variants, size_t count, const struct index_scope *nation)
{
	struct index_scope scope = {0};

	documents_open(&scope.documents, site, region, variants, count,
		nation != NULL ? &nation->documents : NULL);
	scope.runs = (scope.documents.count + RUN - 1) / RUN;
	scope.parts = mem_new(scope.runs, sizeof(struct lunr_part *));
	cut_chunks(&scope);
	*out = scope;
}

void index_unseal(struct index_scope *scope)
{
	lunr_free(scope->lunr);
	scope->lunr = NULL;
	lunr_shards_free(&scope->shards);
	words_close(&scope->words);
}

void index_close(struct index_scope *scope)
{
	index_unseal(scope);
	for (size_t i = 0; i < scope->runs; i++)
		lunr_part_free(scope->parts[i]);
	free(scope->parts);
	free(scope->chunks);
	documents_close(&scope->documents);
	*scope = (struct index_scope){0};
}

/* ---- Counting */

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\n';
}

/* Appends the words of a normalised text that have hyphens in them, without these. */
static void add_joined(struct text *out, struct slice text)
{
	size_t at = 0;

	while ((at += slice_find(slice_from(text, at), '-')) < text.size) {
		size_t start = at, end = at;

		while (start > 0 && !is_space(text.data[start - 1]))
			start--;
		while (end < text.size && !is_space(text.data[end]))
			end++;
		if (start < at && at + 1 < end) {
			for (size_t i = start; i < end; i++)
				if (text.data[i] != '-')
					text_byte(out, text.data[i]);
			text_byte(out, ' ');
		}
		at = end;
	}
}

void index_count(struct index_scope *scope, size_t run, struct lunr_counter *counter)
{
	struct lunr_part *part = lunr_part_new(counter, FIELDS, PARTS);
	size_t first = run * RUN, rest = scope->documents.count - first;
	struct text texts[FIELDS] = {{0}}, plain = {0};

	for (size_t i = first; i < first + (rest < RUN ? rest : RUN); i++) {
		const struct indexed *document = &scope->documents.list[i];
		struct slice slices[FIELDS];

		text_clear(&plain);
		for (size_t f = 0; f < FIELDS; f++)
			text_clear(&texts[f]);
		documents_text(&plain, document);
		normalise_text(&texts[TITLE], documents_title(document));
		normalise_text(&texts[BODY], text_slice(&plain));
		text_clear(&plain);
		documents_subjects(&plain, document);
		normalise_text(&texts[PARTS], text_slice(&plain));
		add_joined(&texts[PARTS], text_slice(&texts[TITLE]));
		add_joined(&texts[PARTS], text_slice(&texts[BODY]));
		for (size_t f = 0; f < FIELDS; f++)
			slices[f] = text_slice(&texts[f]);
		lunr_part_add(part, slices);
	}
	lunr_part_end(part);
	scope->parts[run] = part;
	for (size_t f = 0; f < FIELDS; f++)
		text_free(&texts[f]);
	text_free(&plain);
}

void index_relate(struct index_scope *scopes, size_t count, struct lunr_counter *counter,
	const struct relatives *relatives)
{
	struct vocabulary *vocabulary = lunr_counter_vocabulary(counter);
	struct lunr_relatives table;

	relatives_table(&table, relatives, vocabulary);
	for (size_t s = 0; s < count; s++)
		for (size_t run = 0; run < scopes[s].runs; run++)
			if (lunr_part_vocabulary(scopes[s].parts[run]) == vocabulary)
				lunr_part_relate(scopes[s].parts[run], &table);
	free(table.starts);
	free(table.terms);
}

/* ---- The index */

void index_seal(struct index_scope *scope, const struct index_scope *nation,
	const struct relatives *relatives)
{
	struct lunr_statistics how = {.steady = true,
		.under = nation != NULL ? nation->lunr : NULL,
		.hidden = scope->documents.shadows,
		.hidden_count = scope->documents.shadow_count};

	scope->lunr = lunr_new(fields, FIELDS);
	for (size_t i = 0; i < scope->runs; i++)
		lunr_join(scope->lunr, scope->parts[i]);
	lunr_seal(scope->lunr, &how);
	lunr_cut(&scope->shards, scope->lunr);
	words_open(&scope->words, scope->parts, scope->runs, relatives,
		nation != NULL ? &nation->words : NULL);
}

int index_write(const struct index_scope *scope, int (*put)(void *context, struct slice piece),
	void *context)
{
	return lunr_write(scope->lunr, put, context);
}

void index_write_shard(struct text *out, const struct index_scope *scope, size_t number)
{
	lunr_shard_write(out, &scope->shards, scope->lunr, number);
}
