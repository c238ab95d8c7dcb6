/*
 * Titles: a reader who sees one title twice in a list cannot tell the pages apart.
 */
#include "check/check.h"

#include "base/diag.h"
#include "base/value.h"
#include "model/site.h"

void check_titles(const struct site *site, struct diags *diags)
{
	struct arena arena = {0};
	struct map titles = {0};

	for (size_t i = 0; i < site->national_count; i++) {
		struct page *page = site->national[i];
		const struct value *title = value_at(page->front, "titel");
		struct text text = {0};
		const struct page *twin;
		struct slice key;

		if (page->collection == NULL || page->title_key.size == 0 || title == NULL)
			continue;
		text_printf(&text, "%s:%s", page->collection->name.data, page->title_key.data);
		key = text_keep(&arena, &text);
		twin = map_get(&titles, key);
		if (twin == NULL)
			(void)map_set(&titles, key, page);
		else
			diag_add(diags, DIAG_TITLE_TWICE, schema_place(page->file.data, title),
				page->title.data, twin->file.data, (char *)NULL);
	}
	map_free(&titles);
	arena_free(&arena);
}
