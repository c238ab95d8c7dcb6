/*
 * Fields that name pages: each link in them must lead to a page that readers of this one have.
 */
#include "check/check.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/value.h"
#include "model/links.h"
#include "model/relations.h"
#include "model/site.h"

#define PAGES_SHOWN 3

/* Appends the ways to pages of which the file has the name that was meant. */
static void pages_add_namesakes(struct text *out, char *const *ways, size_t count, const char *word)
{
	struct slice meant = slice_of(word);
	size_t shown = 0;

	for (size_t at = slice_find(meant, '/'); at < meant.size; at = slice_find(meant, '/'))
		meant = slice_from(meant, at + 1);
	for (size_t i = 0; i < count && shown < PAGES_SHOWN; i++) {
		struct slice way = slice_of(ways[i]);

		if (meant.size == 0 || !slice_ends(way, meant.data) ||
			(way.size > meant.size && way.data[way.size - meant.size - 1] != '/'))
			continue;
		text_puts(out, shown++ > 0 ? ", " : "");
		text_puts(out, ways[i]);
	}
}

/* The pages that may be meant: one whose way is nearly that, those of that name, or an example. */
static void pages_suggest(
	struct text *out, const struct site *site, const struct page *from, const char *word)
{
	char **ways = mem_new(site->national_count + 1, sizeof(*ways));
	size_t count = 0;
	const char *nearest;

	for (size_t i = 0; i < site->national_count; i++) {
		struct text way = {0};

		if (site->national[i] == from)
			continue;
		links_relative(&way, from->file, site->national[i]->file);
		ways[count++] = way.data;
	}
	nearest = diag_nearest(word, (const char *const *)ways, count);
	if (nearest != NULL)
		text_puts(out, nearest);
	else
		pages_add_namesakes(out, ways, count, word);
	if (out->size == 0)
		text_puts(out, count > 0 ? ways[0] : "-");
	for (size_t i = 0; i < count; i++)
		free(ways[i]);
	free(ways);
}

static void pages_check(const struct site *site, const struct page *page, const struct value *list,
	const struct value *item, struct diags *diags)
{
	struct place place = schema_place(page->file.data, item);
	const struct page *other;
	enum relation_fault fault = relations_follow(&other, site, page, value_text(item));
	struct text meant = {0};

	if (fault == RELATION_DRAFT && !page->draft) {
		diag_add(diags, DIAG_LINK_DRAFT, place, other->file.data, (char *)NULL);
	} else if (fault == RELATION_SELF) {
		diag_add(diags, DIAG_PAGES_SELF, place, list->key.data, (char *)NULL);
	} else if (fault == RELATION_REGION) {
		diag_add(diags, DIAG_PAGES_REGION, place, item->text.data, (char *)NULL);
	} else if (fault == RELATION_NONE) {
		pages_suggest(&meant, site, page, item->text.data);
		diag_add(diags, DIAG_PAGES_NONE, place, item->text.data, meant.data, (char *)NULL);
	}
	text_free(&meant);
}

void check_pages(const struct site *site, struct diags *diags)
{
	for (size_t i = 0; i < site->page_count; i++) {
		const struct page *page = &site->pages[i];

		if (page->refused || page->role == ROLE_ADAPTATION)
			continue;
		for (size_t f = 0; f < page->type->count; f++) {
			const struct field *field = &page->type->fields[f];
			const struct value *list = value_get(page->front, field->name);

			if (field->kind != FIELD_PAGES || list == NULL || list->kind != VALUE_LIST)
				continue;
			for (const struct value *item = list->first; item != NULL;
				item = item->next)
				if (item->kind == VALUE_TEXT)
					pages_check(site, page, list, item, diags);
		}
	}
}
