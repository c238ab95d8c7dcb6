/*
 * From bytes to a page: splits off the front matter, holds it against the type, parses the body.
 * What is wrong is said once, here, and the page carries on with what is right.
 */
#include "model/page.h"

#include <limits.h>

#include "base/diag.h"
#include "base/unicode.h"
#include "base/value.h"
#include "input/yaml.h"
#include "model/date.h"

/* The type that front matter names; a name that is unknown is an error. */
static const struct page_type *page_find_type(
	const struct page *page, const struct page_type *types, size_t count, struct diags *diags)
{
	const struct value *named = value_at(page->front, "soort");
	const char *names[64];
	size_t known = 0;
	struct text meant = {0};

	if (named == NULL || named->kind != VALUE_TEXT || page->role == ROLE_ADAPTATION)
		return page->type;
	for (size_t i = 0; i < count; i++)
		if (slice_equal(types[i].name, named->text))
			return &types[i];
	for (size_t i = 0; i < count && known < ARRAY_LEN(names); i++)
		names[known++] = types[i].name.data;
	schema_suggest(&meant, named->text, names, known);
	diag_add(diags, DIAG_TYPE_UNKNOWN, schema_place(page->file.data, named), named->text.data,
		page->type->name.data, meant.data, (char *)NULL);
	text_free(&meant);
	return page->type;
}

static int page_date(const struct value *front, const char *key)
{
	int date = DATE_NONE;

	(void)date_parse(&date, value_text_at(front, key));
	return date;
}

static struct slice page_key(struct page *page)
{
	struct text key = {0};

	unicode_slug(&key, page->title);
	return text_keep(page->arena, &key);
}

static void page_read_front(struct page *page)
{
	const struct value *front = page->front;

	page->title = value_text_at(front, "titel");
	page->title_key = page_key(page);
	page->summary = value_text_at(front, "samenvatting");
	page->owner = value_text_at(front, "eigenaar");
	page->order = slice_number(value_text_at(front, "volgorde"));
	if (page->order < 0)
		page->order = INT_MAX;
	page->checked = page_date(front, "gecontroleerd");
	page->review = page_date(front, "herzien-voor");
	page->valid_until = page_date(front, "geldig-tot");
	page->draft = schema_is_yes(value_text_at(front, "concept"));
}

void page_refuse(struct page *page)
{
	page->refused = true;
	page->front = value_new(page->arena, VALUE_MAP);
	page->order = INT_MAX;
	page->checked = page->review = page->valid_until = DATE_NONE;
	page->title = page->file;
}

/* Sets the front matter; -1 when it cannot be read. */
static int page_parse_front(struct page *page, struct slice bytes, const struct page_type *types,
	size_t type_count, struct diags *diags)
{
	const char *path = page->file.data;
	struct value *front;

	if (yaml_parse(&front, page->arena, bytes, path, 2, 0, diags) != 0 ||
		!schema_check_file(front, "titel", path, diags))
		return -1;
	page->front = front;
	page->type = page_find_type(page, types, type_count, diags);
	(void)schema_check(front, page->type, page->role, path, diags);
	page_read_front(page);
	return 0;
}

void page_parse(struct page *page, struct slice bytes, const struct page_type *types,
	size_t type_count, const struct markdown_site *site, struct diags *diags)
{
	const char *path = page->file.data;
	const char *prefix = page->role == ROLE_ADAPTATION ? "regio-" : "";
	struct slice front, body;
	unsigned body_line;

	if (yaml_split(&front, &body, &body_line, bytes, path, diags) != 0) {
		page_refuse(page);
		return;
	}
	/* What is wrong in the text is to be heard, whatever is wrong above it. */
	if (page_parse_front(page, front, types, type_count, diags) != 0)
		page_refuse(page);
	if (markdown_parse(
		    &page->document, page->arena, body, path, body_line, prefix, site, diags) != 0)
		page->refused = true;
	if ((page->type->checks & TYPE_NEEDS_STEPS) != 0 && page->role != ROLE_ADAPTATION &&
		!page->refused && page->document.count < 2)
		diag_add(diags, DIAG_TYPE_STEPS, (struct place){path, body_line, 0},
			page->type->title.data, (char *)NULL);
}
