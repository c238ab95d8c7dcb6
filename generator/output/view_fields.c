/*
 * The fields of a page's type as data: what each kind of field is to a template.
 */
#include "output/view.h"

#include "base/value.h"
#include "model/date.h"
#include "model/relations.h"
#include "model/site.h"

#define ALTERNATIVES_MOST 3

/* What the fields of one page are put in. */
struct fields {
	struct arena *arena;
	const struct view *view;
	const struct view_scope *scope;
	const struct page *page;
	struct value *list;   /* in the order of the type */
	struct value *direct; /* by name */
};

static struct value *view_new_field(struct fields *fields, const struct field *field)
{
	struct value *item = value_append_map(fields->arena, fields->list);

	value_put_text(fields->arena, item, "naam", field->name);
	value_put_text(fields->arena, item, "label", field->label);
	value_put_bool(fields->arena, item, "is-verwijzing", field->kind == FIELD_PAGES);
	return item;
}

/* Choices, in the order of the type. A single one is a text to read. */
static void view_put_choices(struct fields *fields, struct value *item, const struct field *field,
	const struct value *value)
{
	struct arena *arena = fields->arena;
	struct value *list = value_put_list(arena, fields->direct, field->name.data);

	for (const struct value *choice = field->choices->first; choice != NULL;
		choice = choice->next)
		if (schema_chooses(value, choice->text))
			value_append_text(arena, list, choice->text);
	if (list->count == 1) {
		value_put_text(arena, item, "tekst", list->first->text);
	} else {
		value_put_bool(arena, item, "tekst", false);
		value_put_copy(arena, item, "lijst", list);
	}
}

/* The pages that a field names, and in a mutual one those that name this page. */
static void view_put_relations(struct fields *fields, const struct field *field)
{
	struct arena *arena = fields->arena;
	size_t count;
	const struct relation *relations =
		relations_of(&count, fields->view->site, fields->page, field->name);
	struct value *named = value_new(arena, VALUE_LIST), *item;

	for (size_t i = 0; i < count; i++) {
		item = view_put_page(arena, named, fields->view, fields->scope, relations[i].other);
		if (item != NULL && slice_is(field->name, RELATION_DIFFERS))
			value_put_text(arena, item, "naar-verschil",
				view_comparison_address(
					fields->scope, fields->page, relations[i].other));
	}
	if (named->count == 0)
		return;
	item = view_new_field(fields, field);
	value_put_bool(arena, item, "tekst", false);
	value_put_copy(arena, item, "paginas", named);
	value_put_copy(arena, fields->direct, field->name.data, named);
}

/* One field. Its `tekst` is there at any rate, since the page has words of that name too. */
static void view_put_field(
	struct fields *fields, const struct field *field, const struct value *value)
{
	struct arena *arena = fields->arena;
	struct value *item = view_new_field(fields, field);
	int date;

	if (field->kind == FIELD_DATE && date_parse(&date, value->text) == 0) {
		value_put_bool(arena, item, "tekst", false);
		(void)view_put_date(arena, item, "datum", fields->view, date);
		(void)view_put_date(arena, fields->direct, field->name.data, fields->view, date);
		return;
	}
	if (field->kind == FIELD_CHOICES) {
		view_put_choices(fields, item, field, value);
		return;
	}
	value_put_copy(arena, fields->direct, field->name.data, value);
	if (field->kind == FIELD_LIST || field->kind == FIELD_URL) {
		value_put_bool(arena, item, "tekst", false);
		value_put_copy(arena, item, field->kind == FIELD_LIST ? "lijst" : "url", value);
	} else {
		value_put_copy(arena, item, "tekst", value);
	}
}

void view_put_fields(struct arena *arena, struct value *map, const struct view *view,
	const struct view_scope *scope, const struct page *page)
{
	struct fields fields = {.arena = arena,
		.view = view,
		.scope = scope,
		.page = page,
		.list = value_put_list(arena, map, "velden"),
		.direct = value_put_map(arena, map, "veld")};

	for (size_t i = 0; i < page->type->count; i++) {
		const struct field *field = &page->type->fields[i];
		const struct value *value = value_get(page->front, field->name);

		if (field->kind == FIELD_PAGES)
			view_put_relations(&fields, field);
		else if (value != NULL && value->kind != VALUE_NULL && field->kind != FIELD_ANSWERS)
			view_put_field(&fields, field, value);
	}
}

const struct value *view_fields(struct arena *arena, const struct view *view,
	const struct view_scope *scope, const struct page *page)
{
	struct value *map = value_new(arena, VALUE_MAP);

	view_put_fields(arena, map, view, scope, page);
	return value_at(map, "velden");
}

const struct value *view_find_field(const struct value *fields, struct slice name)
{
	for (const struct value *field = fields->first; field != NULL; field = field->next)
		if (slice_equal(value_text_at(field, "naam"), name))
			return field;
	return NULL;
}

struct value *view_put_cell(struct arena *arena, struct value *cells, const struct value *field)
{
	struct value *cell = value_append_map(arena, cells);

	value_put_bool(arena, cell, "leeg", field == NULL);
	for (const struct value *entry = field != NULL ? field->first : NULL; entry != NULL;
		entry = entry->next)
		if (!slice_is(entry->key, "label") && !slice_is(entry->key, "naam"))
			value_put_copy(arena, cell, entry->key.data, entry);
	return cell;
}

/* How many texts of two lists, or of one text, are the same. */
static size_t view_count_common(const struct value *a, const struct value *b)
{
	size_t common = 0;

	for (const struct value *item = a != NULL ? a->first : NULL; item != NULL;
		item = item->next)
		common += item->kind == VALUE_TEXT && schema_chooses(b, item->text) ? 1 : 0;
	if (a != NULL && a->kind == VALUE_TEXT)
		common += schema_chooses(b, a->text) ? 1 : 0;
	return common;
}

/* How much two pages are alike: by their subjects, and by what may be chosen in their fields. */
static size_t view_likeness(const struct page *page, const struct page *other)
{
	size_t likeness = 2 * view_count_common(value_at(page->front, "onderwerpen"),
				      value_at(other->front, "onderwerpen"));

	for (size_t i = 0; i < page->type->count; i++) {
		const struct field *field = &page->type->fields[i];

		if (field->kind == FIELD_CHOICE || field->kind == FIELD_CHOICES)
			likeness += view_count_common(value_get(page->front, field->name),
				value_get(other->front, field->name));
	}
	return likeness;
}

void view_put_alternatives(struct arena *arena, struct value *map, const struct view *view,
	const struct view_scope *scope, const struct page *page)
{
	struct value *list = value_put_list(arena, map, "alternatieven");
	const struct page *best[ALTERNATIVES_MOST];
	size_t likeness[ALTERNATIVES_MOST];
	size_t count = 0;

	for (size_t v = 0; v < scope->count; v++) {
		const struct page *other = scope->variants[v]->page;
		size_t alike = view_likeness(page, other);
		size_t at = count;

		if (other == page || other->type != page->type || other->is_index ||
			scope->variants[v]->hidden != NULL || alike == 0 ||
			date_is_past(other->valid_until, view->site->date))
			continue;
		while (at > 0 && likeness[at - 1] < alike)
			at--;
		if (at == ALTERNATIVES_MOST)
			continue;
		if (count < ALTERNATIVES_MOST)
			count++;
		for (size_t i = count - 1; i > at; i--) {
			best[i] = best[i - 1];
			likeness[i] = likeness[i - 1];
		}
		best[at] = other;
		likeness[at] = alike;
	}
	for (size_t i = 0; i < count; i++)
		(void)view_put_page(arena, list, view, scope, best[i]);
}
