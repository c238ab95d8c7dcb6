/*
 * Sections to documents, and documents to JSON.
 */
#include "search/index.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/value.h"
#include "model/site.h"
#include "search/lunr.h"
#include "search/lunr_part.h"
#include "search/normalise.h"

#define INDEX_RUN ((size_t)256) /* documents that are counted together */

static const struct lunr_field index_fields[] = {{"title", 3}, {"body", 1}};

/* A run of parts of a page: the first has the title, the others stand below it. */
struct index_document {
	const struct variant *variant;
	size_t first;
	size_t count;
};

/* The number behind the last part that belongs to the document which starts at `at`. */
static size_t index_end(const struct variant *variant, size_t at)
{
	size_t end = at + 1;

	while (end < variant->count && variant->parts[end].level > 3)
		end++;
	return end;
}

/* A part that the region hides is none; every introduction is one, since it has the page's title.
 */
static bool index_is_document(const struct variant *variant, size_t at)
{
	return variant->parts[at].hidden == NULL;
}

/* True when a region shows these parts just as the nation does. */
static bool index_is_national(
	const struct variant *variant, const struct variant *plain, size_t first, size_t end)
{
	const struct section *before = NULL;

	if (variant->replaced || !slice_equal(variant->title, plain->title) ||
		(variant->parts[first].level == 1 &&
			!slice_equal(variant->summary, plain->summary)))
		return false;
	for (size_t p = first; p < end; p++) {
		const struct part *part = &variant->parts[p];

		if (part->national == NULL || part->hidden != NULL || part->count != 1 ||
			part->blocks[0].section != part->national ||
			(before != NULL && part->national != before + 1))
			return false;
		before = part->national;
	}
	/* The nation's document must end here too. */
	return before + 1 == plain->page->document.sections + plain->page->document.count ||
	       before[1].level <= 3;
}

static void index_add(
	struct index_scope *scope, const struct variant *variant, size_t first, size_t end)
{
	scope->list = mem_grow(
		scope->list, scope->documents, &scope->list_capacity, sizeof(*scope->list));
	scope->list[scope->documents++] = (struct index_document){variant, first, end - first};
}

/* The region's documents of a page that it adapts; `kept` marks sections shown as they are. */
static void index_add_adapted(
	struct index_scope *scope, const struct variant *variant, unsigned char *kept)
{
	const struct variant *plain = &scope->site->plain[variant->page->number];

	for (size_t at = 0, end; at < variant->count; at = end) {
		end = index_end(variant, at);
		if (variant->parts[at].hidden != NULL)
			continue;
		if (index_is_national(variant, plain, at, end))
			kept[variant->parts[at].national - variant->page->document.sections] = 1;
		else if (index_is_document(variant, at))
			index_add(scope, variant, at, end);
	}
}

/* Shadows the nation's documents of a page but for those that are kept. */
static void index_add_shadows(struct index_scope *scope, const struct index_scope *nation,
	size_t *next, const struct variant *variant)
{
	const struct variant *plain = &scope->site->plain[variant->page->number];
	unsigned char *kept = mem_new(plain->count, 1);

	index_add_adapted(scope, variant, kept);
	while (*next < nation->documents && nation->list[*next].variant != plain)
		(*next)++;
	for (; *next < nation->documents && nation->list[*next].variant == plain; (*next)++) {
		if (kept[nation->list[*next].first])
			continue;
		scope->shadows = mem_grow(scope->shadows, scope->shadow_count,
			&scope->shadow_capacity, sizeof(*scope->shadows));
		scope->shadows[scope->shadow_count++] = *next;
	}
	free(kept);
}

void index_open(struct index_scope *out, const struct site *site, const struct region *region,
	const struct variant *const *variants, size_t count, const struct index_scope *nation)
{
	struct index_scope scope = {.region = region, .site = site};
	size_t next = 0;

	for (size_t v = 0; v < count; v++) {
		const struct variant *variant = variants[v];

		if (nation != NULL && variant->page->role == ROLE_NATIONAL) {
			if (variant->adaptation != NULL)
				index_add_shadows(&scope, nation, &next, variant);
			continue;
		}
		for (size_t at = 0, end; at < variant->count; at = end) {
			end = index_end(variant, at);
			if (index_is_document(variant, at))
				index_add(&scope, variant, at, end);
		}
	}
	scope.chunks = (scope.documents + INDEX_CHUNK - 1) / INDEX_CHUNK;
	scope.runs = (scope.documents + INDEX_RUN - 1) / INDEX_RUN;
	scope.parts = mem_new(scope.runs, sizeof(struct lunr_part *));
	*out = scope;
}

void index_close(struct index_scope *scope)
{
	for (size_t i = 0; i < scope->runs; i++)
		lunr_part_free(scope->parts[i]);
	free(scope->parts);
	free(scope->list);
	free(scope->shadows);
	*scope = (struct index_scope){0};
}

/* Appends an editor's words, with single spaces for all white space. */
static void index_add_words(struct text *out, struct slice words)
{
	bool space = false;

	words = slice_trim(words);
	for (size_t i = 0; i < words.size; i++) {
		bool was_space = space;
		char c = words.data[i];

		space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
		if (!space)
			text_byte(out, c);
		else if (!was_space)
			text_byte(out, ' ');
	}
}

/*
 * The plain text of a document, with the page's summary or the titles of deeper headings: lines
 * that have single spaces for white space.
 */
static void index_text(struct text *out, const struct index_document *document)
{
	const struct variant *variant = document->variant;

	if (variant->parts[document->first].level == 1)
		index_add_words(out, variant->summary);

	for (size_t p = document->first; p < document->first + document->count; p++) {
		const struct part *part = &variant->parts[p];

		if (p > document->first && out->size > 0)
			text_byte(out, '\n');
		if (p > document->first)
			index_add_words(out, part->title);
		for (size_t b = 0; b < part->count; b++) {
			if (part->blocks[b].section->text.size == 0)
				continue;
			if (out->size > 0)
				text_byte(out, '\n');
			text_add(out, part->blocks[b].section->text);
		}
	}
}

static struct slice index_title(const struct index_document *document)
{
	const struct part *part = &document->variant->parts[document->first];

	return part->level == 1 ? document->variant->title : part->title;
}

void index_count(struct index_scope *scope, size_t run, struct lunr_counter *counter)
{
	struct lunr_part *part = lunr_part_new(counter, ARRAY_LEN(index_fields));
	size_t first = run * INDEX_RUN;
	size_t rest = scope->documents - first;
	struct text title = {0}, plain = {0}, body = {0};

	for (size_t i = first; i < first + (rest < INDEX_RUN ? rest : INDEX_RUN); i++) {
		const struct index_document *document = &scope->list[i];
		struct slice texts[ARRAY_LEN(index_fields)];

		text_clear(&title);
		text_clear(&plain);
		text_clear(&body);
		normalise_text(&title, index_title(document));
		index_text(&plain, document);
		normalise_text(&body, text_slice(&plain));
		texts[0] = text_slice(&title);
		texts[1] = text_slice(&body);
		lunr_part_add(part, texts);
	}
	scope->parts[run] = part;
	text_free(&title);
	text_free(&plain);
	text_free(&body);
}

int index_write(const struct index_scope *scope, int (*put)(void *context, struct slice piece),
	void *context)
{
	struct lunr *index = lunr_new(index_fields, ARRAY_LEN(index_fields));
	int result;

	for (size_t i = 0; i < scope->runs; i++)
		lunr_join(index, scope->parts[i]);
	result = lunr_write(index, put, context);
	lunr_free(index);
	return result;
}

/* The address of a page from the site's root. */
static void index_page_address(
	struct text *out, const struct index_scope *scope, const struct page *page)
{
	if (scope->region != NULL)
		text_printf(out, "regio/%s/", scope->region->slug.data);
	text_add(out, page->address);
}

static void index_write_page(
	struct text *out, const struct index_scope *scope, const struct variant *variant)
{
	const struct page *page = variant->page;
	struct text address = {0};

	index_page_address(&address, scope, page);
	text_puts(out, "{\"address\":");
	text_json(out, text_slice(&address));
	text_puts(out, ",\"title\":");
	text_json(out, variant->title);
	text_puts(out, ",\"path\":");
	text_json(out, page->collection != NULL && !page->is_index ? page->collection->title
								   : (struct slice){0});
	text_puts(out, ",\"type\":");
	text_json(out, page->type->name);
	text_byte(out, '}');
	text_free(&address);
}

void index_write_documents(struct text *out, const struct index_scope *scope)
{
	size_t page = 0;

	text_puts(out, "{\"version\":1,\"pages\":[");
	for (size_t i = 0; i < scope->documents; i++) {
		if (i > 0 && scope->list[i].variant == scope->list[i - 1].variant)
			continue;
		text_puts(out, i > 0 ? ",\n" : "\n");
		index_write_page(out, scope, scope->list[i].variant);
	}
	text_puts(out, "\n],\"sections\":[");
	for (size_t i = 0; i < scope->documents; i++) {
		const struct index_document *document = &scope->list[i];
		const struct part *part = &document->variant->parts[document->first];

		if (i > 0 && document->variant != scope->list[i - 1].variant)
			page++;
		text_puts(out, i > 0 ? ",\n[" : "\n[");
		text_number(out, page);
		text_byte(out, ',');
		text_json(out, part->level == 1 ? (struct slice){0} : part->id);
		text_byte(out, ',');
		text_json(out, part->level == 1 ? (struct slice){0} : part->title);
		text_byte(out, ']');
	}
	text_puts(out, "\n]}\n");
}

/* An excerpt is one line. */
static void index_join_lines(struct text *text)
{
	struct slice rest = text_slice(text);

	while ((rest = slice_from(rest, slice_find(rest, '\n'))).size > 0)
		text->data[text->size - rest.size] = ' ';
}

void index_write_chunk(struct text *out, const struct index_scope *scope, size_t chunk)
{
	size_t first = chunk * INDEX_CHUNK;
	struct text plain = {0};

	text_byte(out, '[');
	for (size_t i = first; i < scope->documents && i < first + INDEX_CHUNK; i++) {
		text_clear(&plain);
		index_text(&plain, &scope->list[i]);
		index_join_lines(&plain);
		text_puts(out, i > first ? ",\n" : "\n");
		text_json(out, text_slice(&plain));
	}
	text_puts(out, "\n]\n");
	text_free(&plain);
}

static void index_write_list(struct text *out, const char *key, const struct value *list)
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

void index_write_glossary(struct text *out, const struct site *site)
{
	text_puts(out, "{\"version\":1,\"terms\":[");
	for (size_t i = 0; i < site->glossary.count; i++) {
		const struct glossary_entry *entry = &site->glossary.entries[i];
		struct text address = {0};

		text_puts(&address, "begrippen/#");
		text_add(&address, entry->id);
		text_puts(out, i > 0 ? ",\n{\"term\":" : "\n{\"term\":");
		text_json(out, entry->term);
		text_puts(out, ",\"meaning\":");
		text_json(out, entry->meaning);
		text_puts(out, ",\"address\":");
		text_json(out, text_slice(&address));
		index_write_list(out, "abbreviations", entry->abbreviations);
		index_write_list(out, "synonyms", entry->synonyms);
		index_write_list(out, "also", entry->see_also);
		text_byte(out, '}');
		text_free(&address);
	}
	text_puts(out, "\n]}\n");
}

void index_address(struct text *out, const struct index_scope *scope, const char *name)
{
	if (scope->region != NULL)
		text_printf(out, "regio/%s/", scope->region->slug.data);
	text_puts(out, "zoek/");
	text_puts(out, name);
}

static void index_write_files(struct text *out, const struct index_scope *scope)
{
	static const struct {
		const char *key;
		const char *name;
	} files[] = {{"index", "index.json"}, {"documents", "documenten.json"}};
	struct text address = {0};

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		text_clear(&address);
		index_address(&address, scope, files[i].name);
		text_printf(out, "%s\"%s\":", i > 0 ? "," : "", files[i].key);
		text_json(out, text_slice(&address));
	}
	text_clear(&address);
	index_address(&address, scope, "teksten/{n}.json");
	text_printf(out, ",\"texts\":{\"size\":%d,\"pattern\":", INDEX_CHUNK);
	text_json(out, text_slice(&address));
	text_byte(out, '}');
	text_free(&address);
}

static void index_write_region(struct text *out, const struct index_scope *scope)
{
	text_json(out, scope->region->slug);
	text_puts(out, ":{\"name\":");
	text_json(out, scope->region->name);
	if (scope->documents > 0) {
		text_byte(out, ',');
		index_write_files(out, scope);
	}
	if (scope->shadow_count > 0) {
		text_puts(out, ",\"shadows\":[");
		for (size_t i = 0; i < scope->shadow_count; i++) {
			if (i > 0)
				text_byte(out, ',');
			text_number(out, scope->shadows[i]);
		}
		text_byte(out, ']');
	}
	text_byte(out, '}');
}

void index_write_manifest(
	struct text *out, const struct index_scope *scopes, size_t count, struct slice module)
{
	text_puts(out, "{\"version\":1,\"module\":");
	text_json(out, module);
	text_puts(out, ",\n\"national\":{");
	index_write_files(out, &scopes[0]);
	text_puts(out, "},\n\"regions\":{");
	for (size_t i = 1; i < count; i++) {
		text_puts(out, i > 1 ? ",\n" : "\n");
		index_write_region(out, &scopes[i]);
	}
	text_puts(out, "\n}");
	if (scopes[0].site->glossary.count > 0)
		text_puts(out, ",\n\"glossary\":\"zoek/begrippen.json\"");
	text_puts(out, "}\n");
}
