/*
 * An index and its documents to JSON.
 */
#include "search/catalogue.h"

#include "base/mem.h"
#include "base/value.h"
#include "model/date.h"
#include "model/site.h"
#include "search/index.h"

#define VERSION "{\"version\":2"

/* ---- Addresses */

void catalogue_address(
	struct text *out, const struct index_scope *scope, const char *name, size_t number)
{
	struct slice pattern = slice_of(name);
	size_t at = slice_search(pattern, slice_of("{n}"));

	region_address(out, scope->documents.region, slice_of(""));
	text_puts(out, "zoek/");
	if (number == CATALOGUE_PATTERN || at == pattern.size) {
		text_add(out, pattern);
		return;
	}
	text_add(out, (struct slice){pattern.data, at});
	text_number(out, number);
	text_add(out, slice_from(pattern, at + 3));
}

bool catalogue_has_files(const struct index_scope *scope)
{
	const struct documents *documents = &scope->documents;

	return documents->region == NULL || documents->count > 0 || documents->shadow_count > 0;
}

/* ---- The outline */

static size_t type_number(const struct site *site, const struct page_type *type)
{
	return (size_t)(type - site->types);
}

static const struct variant *variant_of(const struct documents *documents, size_t page)
{
	return documents->list[documents->pages[page]].variant;
}

static void write_types(struct text *out, const struct site *site)
{
	text_puts(out, ",\n\"types\":[");
	for (size_t i = 0; i < site->type_count; i++) {
		text_puts(out, i > 0 ? ",[" : "[");
		text_json(out, site->types[i].name);
		text_byte(out, ',');
		text_json(out, site->types[i].title);
		text_byte(out, ']');
	}
	text_byte(out, ']');
}

static void write_pages(struct text *out, const struct documents *documents)
{
	text_puts(out, ",\n\"pages\":[");
	for (size_t i = 0; i < documents->page_count; i++) {
		text_puts(out, i > 0 ? ",[" : "[");
		text_number(
			out, type_number(documents->site, variant_of(documents, i)->page->type));
		text_byte(out, ',');
		text_number(out, documents->pages[i + 1] - documents->pages[i]);
		text_byte(out, ']');
	}
	text_byte(out, ']');
}

static void write_numbers(struct text *out, const char *key, const size_t *numbers, size_t count)
{
	text_printf(out, ",\n\"%s\":[", key);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			text_byte(out, ',');
		text_number(out, numbers[i]);
	}
	text_byte(out, ']');
}

/* How many pages each file of documents has. */
static void write_chunks(struct text *out, const struct index_scope *scope)
{
	text_puts(out, ",\n\"chunks\":[");
	for (size_t i = 0; i < scope->chunk_count; i++) {
		if (i > 0)
			text_byte(out, ',');
		text_number(out, scope->chunks[i + 1] - scope->chunks[i]);
	}
	text_byte(out, ']');
}

/* Of the shards that have a second file: their number, that of the second, and all postings. */
static void write_split(struct text *out, const struct index_scope *scope)
{
	const struct lunr_shards *shards = &scope->shards;

	if (shards->split_count == 0)
		return;
	text_puts(out, ",\n\"split\":[");
	for (size_t i = 0; i < shards->split_count; i++) {
		text_puts(out, i > 0 ? ",[" : "[");
		text_number(out, shards->split[i]);
		text_byte(out, ',');
		text_number(out, shards->count + i);
		text_byte(out, ',');
		text_number(out, lunr_shard_postings(shards, scope->lunr, shards->split[i]));
		text_byte(out, ']');
	}
	text_byte(out, ']');
}

/* Where each shard and each file of words starts. */
static void write_starts(struct text *out, const struct index_scope *scope)
{
	text_puts(out, ",\n\"terms\":[");
	for (size_t i = 0; i < scope->shards.count; i++) {
		if (i > 0)
			text_byte(out, ',');
		text_json(out, lunr_shard_start(&scope->shards, scope->lunr, i));
	}
	text_byte(out, ']');
	write_split(out, scope);
	text_puts(out, ",\n\"words\":[");
	for (size_t i = 0; i < scope->words.file_count; i++) {
		if (i > 0)
			text_byte(out, ',');
		text_json(out,
			i > 0 ? scope->words.list[scope->words.starts[i]].word : (struct slice){0});
	}
	text_byte(out, ']');
}

/* Of which national pages the region's are. */
static void write_own(struct text *out, const struct documents *documents)
{
	text_puts(out, ",\n\"own\":[");
	for (size_t i = 0; i < documents->page_count; i++) {
		const struct page *page = variant_of(documents, i)->page;

		if (i > 0)
			text_byte(out, ',');
		if (page->role == ROLE_NATIONAL)
			text_number(out, page->number);
		else
			text_puts(out, "-1");
	}
	text_byte(out, ']');
}

void catalogue_write_outline(struct text *out, const struct index_scope *scope)
{
	const struct documents *documents = &scope->documents;

	text_puts(out, VERSION ",\"sections\":");
	text_number(out, documents->count);
	write_types(out, documents->site);
	write_pages(out, documents);
	write_chunks(out, scope);
	write_starts(out, scope);
	if (documents->region != NULL) {
		write_numbers(out, "shadows", documents->shadows, documents->shadow_count);
		write_own(out, documents);
	}
	text_puts(out, "}\n");
}

/* ---- Documents */

/* A text that is shown is one line. */
static void join_lines(struct text *text)
{
	struct slice rest = text_slice(text);

	while ((rest = slice_from(rest, slice_find(rest, '\n'))).size > 0)
		text->data[text->size - rest.size] = ' ';
}

static void write_section(struct text *out, const struct indexed *document, struct text *plain)
{
	const struct part *part = &document->variant->parts[document->first];
	bool introduction = documents_is_introduction(document);

	text_clear(plain);
	documents_text(plain, document);
	join_lines(plain);
	text_byte(out, '[');
	text_json(out, introduction ? (struct slice){0} : part->id);
	text_byte(out, ',');
	text_json(out, introduction ? (struct slice){0} : part->title);
	text_byte(out, ',');
	text_json(out, text_slice(plain));
	text_byte(out, ']');
}

static void write_page(
	struct text *out, const struct documents *documents, size_t number, struct text *plain)
{
	const struct variant *variant = variant_of(documents, number);
	const struct page *page = variant->page;
	struct text address = {0};

	region_address(&address, documents->region, page->address);
	text_puts(out, "{\"address\":");
	text_json(out, text_slice(&address));
	text_puts(out, ",\"title\":");
	text_json(out, variant->title);
	text_puts(out, ",\"path\":");
	text_json(out, page->collection != NULL && !page->is_index ? page->collection->title
								   : (struct slice){0});
	if (date_is_past(page->valid_until, documents->site->date))
		text_puts(out, ",\"expired\":true");
	text_puts(out, ",\"sections\":[");
	for (size_t i = documents->pages[number]; i < documents->pages[number + 1]; i++) {
		text_puts(out, i > documents->pages[number] ? ",\n" : "\n");
		write_section(out, &documents->list[i], plain);
	}
	text_puts(out, "]}");
	text_free(&address);
}

void catalogue_write_documents(struct text *out, const struct index_scope *scope, size_t chunk)
{
	struct text plain = {0};

	text_puts(out, VERSION ",\"pages\":[");
	for (size_t page = scope->chunks[chunk]; page < scope->chunks[chunk + 1]; page++) {
		text_puts(out, page > scope->chunks[chunk] ? ",\n" : "\n");
		write_page(out, &scope->documents, page, &plain);
	}
	text_puts(out, "\n]}\n");
	text_free(&plain);
}

/* ---- The glossary */

static void write_list(struct text *out, const char *key, const struct value *list)
{
	if (list == NULL || list->kind != VALUE_LIST)
		return;
	text_printf(out, ",\"%s\":[", key);
	for (const struct value *item = list->first; item != NULL; item = item->next) {
		if (item != list->first)
			text_byte(out, ',');
		text_json(out, value_text(item));
	}
	text_byte(out, ']');
}

static void write_name(struct text *out, struct slice name, struct slice meaning)
{
	text_puts(out, "{\"term\":");
	text_json(out, name);
	text_puts(out, ",\"meaning\":");
	text_json(out, meaning);
	text_puts(out, ",\"address\":");
}

static void write_term(struct text *out, const struct glossary_entry *entry)
{
	struct text address = {0};

	text_puts(&address, "begrippen/#");
	text_add(&address, entry->id);
	write_name(out, entry->term, entry->meaning);
	text_json(out, text_slice(&address));
	write_list(out, "abbreviations", entry->abbreviations);
	write_list(out, "synonyms", entry->synonyms);
	write_list(out, "also", entry->see_also);
	text_byte(out, '}');
	text_free(&address);
}

static void write_tool(struct text *out, const struct catalogue_tool *tool)
{
	write_name(out, tool->name, tool->meaning);
	text_json(out, tool->address);
	write_list(out, "synonyms", tool->others);
	text_puts(out, ",\"tool\":true}");
}

void catalogue_write_glossary(
	struct text *out, const struct site *site, const struct catalogue_tool *tools, size_t count)
{
	const char *separator = "\n";

	text_puts(out, VERSION ",\"terms\":[");
	for (size_t i = 0; i < site->glossary.count; i++, separator = ",\n") {
		text_puts(out, separator);
		write_term(out, &site->glossary.entries[i]);
	}
	for (size_t i = 0; i < count; i++, separator = ",\n") {
		text_puts(out, separator);
		write_tool(out, &tools[i]);
	}
	text_puts(out, "\n]}\n");
}

/* ---- The manifest */

static void write_files(struct text *out, const struct index_scope *scope)
{
	static const struct {
		const char *key;
		const char *name;
	} files[] = {{"outline", CATALOGUE_OUTLINE}, {"index", CATALOGUE_INDEX},
		{"shards", CATALOGUE_SHARDS}, {"words", CATALOGUE_WORDS},
		{"documents", CATALOGUE_DOCUMENTS}};
	struct text address = {0};

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		text_clear(&address);
		catalogue_address(&address, scope, files[i].name, CATALOGUE_PATTERN);
		text_printf(out, "%s\"%s\":", i > 0 ? "," : "", files[i].key);
		text_json(out, text_slice(&address));
	}
	text_free(&address);
}

static void write_region(struct text *out, const struct index_scope *scope)
{
	const struct documents *documents = &scope->documents;

	text_json(out, documents->region->slug);
	text_puts(out, ":{\"name\":");
	text_json(out, documents->region->name);
	if (catalogue_has_files(scope)) {
		text_byte(out, ',');
		write_files(out, scope);
	}
	text_byte(out, '}');
}

void catalogue_write_manifest(struct text *out, const struct index_scope *scopes, size_t count,
	struct slice module, bool has_glossary)
{
	text_puts(out, VERSION ",\"module\":");
	text_json(out, module);
	text_puts(out, ",\n\"national\":{");
	write_files(out, &scopes[0]);
	text_puts(out, "},\n\"regions\":{");
	for (size_t i = 1; i < count; i++) {
		text_puts(out, i > 1 ? ",\n" : "\n");
		write_region(out, &scopes[i]);
	}
	text_puts(out, "\n}");
	if (has_glossary)
		text_puts(out, ",\n\"glossary\":\"zoek/" CATALOGUE_GLOSSARY "\"");
	text_puts(out, "}\n");
}
