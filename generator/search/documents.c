/*
 * Variants to documents; what a region's differ in.
 */
#include "search/documents.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/value.h"
#include "model/schema.h"
#include "model/site.h"

/* The number behind the last part that belongs to the document which starts at `at`. */
static size_t find_end(const struct variant *variant, size_t at)
{
	size_t end = at + 1;

	while (end < variant->count && variant->parts[end].level > 3)
		end++;
	return end;
}

/* True when a region shows these parts just as the nation does. */
static bool is_national(
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

static void add(
	struct documents *documents, const struct variant *variant, size_t first, size_t end)
{
	documents->list = mem_grow(
		documents->list, documents->count, &documents->capacity, sizeof(*documents->list));
	documents->list[documents->count++] = (struct indexed){variant, first, end - first};
}

/* The region's documents of a page that it adapts; `kept` marks sections shown as they are. */
static void add_adapted(
	struct documents *documents, const struct variant *variant, unsigned char *kept)
{
	const struct variant *plain = &documents->site->plain[variant->page->number];

	for (size_t at = 0, end; at < variant->count; at = end) {
		end = find_end(variant, at);
		if (variant->parts[at].hidden != NULL)
			continue;
		if (is_national(variant, plain, at, end))
			kept[variant->parts[at].national - variant->page->document.sections] = 1;
		else
			add(documents, variant, at, end);
	}
}

/* Shadows the nation's documents of a page but for those that are kept. */
static void add_shadows(struct documents *documents, const struct documents *nation, size_t *next,
	const struct variant *variant)
{
	const struct variant *plain = &documents->site->plain[variant->page->number];
	unsigned char *kept = mem_new(plain->count, 1);

	add_adapted(documents, variant, kept);
	while (*next < nation->count && nation->list[*next].variant != plain)
		(*next)++;
	for (; *next < nation->count && nation->list[*next].variant == plain; (*next)++) {
		if (kept[nation->list[*next].first])
			continue;
		documents->shadows = mem_grow(documents->shadows, documents->shadow_count,
			&documents->shadow_capacity, sizeof(*documents->shadows));
		documents->shadows[documents->shadow_count++] = *next;
	}
	free(kept);
}

static void find_pages(struct documents *documents)
{
	documents->pages = mem_new(documents->count + 1, sizeof(*documents->pages));
	for (size_t i = 0; i < documents->count; i++)
		if (i == 0 || documents->list[i].variant != documents->list[i - 1].variant)
			documents->pages[documents->page_count++] = i;
	documents->pages[documents->page_count] = documents->count;
}

void documents_open(struct documents *out, const struct site *site, const struct region *region,
	const struct variant *const *variants, size_t count, const struct documents *nation)
{
	struct documents documents = {.region = region, .site = site};
	size_t next = 0;

	for (size_t v = 0; v < count; v++) {
		const struct variant *variant = variants[v];

		if (nation != NULL && variant->page->role == ROLE_NATIONAL) {
			if (variant->adaptation != NULL)
				add_shadows(&documents, nation, &next, variant);
			continue;
		}
		for (size_t at = 0, end; at < variant->count; at = end) {
			end = find_end(variant, at);
			if (variant->parts[at].hidden == NULL)
				add(&documents, variant, at, end);
		}
	}
	find_pages(&documents);
	*out = documents;
}

void documents_close(struct documents *documents)
{
	free(documents->list);
	free(documents->pages);
	free(documents->shadows);
	*documents = (struct documents){0};
}

/* Appends an editor's words, with single spaces for all white space. */
static void add_words(struct text *out, struct slice words)
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

/* Ends a text with a sign, unless it ends as a sentence does. */
static void add_sign(struct text *out, char sign)
{
	if (out->size > 0 && strchr(".!?", out->data[out->size - 1]) == NULL)
		text_byte(out, sign);
}

/* Appends the facts that the front matter has by the fields of its type, a line each. */
static void add_facts(struct text *out, const struct page *page)
{
	for (size_t i = 0; i < page->type->count; i++) {
		const struct field *field = &page->type->fields[i];
		const struct value *value = value_get(page->front, field->name);

		if (value == NULL || field->kind == FIELD_URL || field->kind == FIELD_BOOL ||
			field->kind == FIELD_PAGES)
			continue;
		if (value->kind != VALUE_LIST && value_text(value).size == 0)
			continue;
		if (out->size > 0)
			text_byte(out, '\n');
		text_add(out, field->label);
		text_puts(out, ": ");
		if (value->kind != VALUE_LIST)
			add_words(out, value_text(value));
		for (const struct value *item = value->first; item != NULL; item = item->next) {
			if (item != value->first) {
				add_sign(out, ';');
				text_byte(out, ' ');
			}
			add_words(out, value_text(item));
		}
		add_sign(out, '.');
	}
}

static void add_part(struct text *out, const struct part *part)
{
	for (size_t b = 0; b < part->count; b++) {
		if (part->blocks[b].section->text.size == 0)
			continue;
		if (out->size > 0)
			text_byte(out, '\n');
		text_add(out, part->blocks[b].section->text);
	}
}

bool documents_is_introduction(const struct indexed *document)
{
	return document->variant->parts[document->first].level == 1;
}

struct slice documents_title(const struct indexed *document)
{
	return documents_is_introduction(document)
		       ? document->variant->title
		       : document->variant->parts[document->first].title;
}

void documents_text(struct text *out, const struct indexed *document)
{
	const struct variant *variant = document->variant;

	if (documents_is_introduction(document)) {
		add_words(out, variant->summary);
		add_facts(out, variant->page);
	}
	for (size_t p = document->first; p < document->first + document->count; p++) {
		if (p > document->first && out->size > 0)
			text_byte(out, '\n');
		if (p > document->first)
			add_words(out, variant->parts[p].title);
		add_part(out, &variant->parts[p]);
	}
}

void documents_subjects(struct text *out, const struct indexed *document)
{
	const struct variant *variant = document->variant;
	const struct value *const fronts[] = {variant->page->front,
		variant->adaptation != NULL ? variant->adaptation->front : NULL};

	if (!documents_is_introduction(document))
		return;
	for (size_t i = 0; i < ARRAY_LEN(fronts); i++) {
		const struct value *list = value_at(fronts[i], "onderwerpen");

		for (const struct value *item = list != NULL ? list->first : NULL; item != NULL;
			item = item->next) {
			add_words(out, value_text(item));
			text_byte(out, ' ');
		}
	}
}
