/*
 * Pages beside each other, from their fields: a page of all that can be compared, and one for each
 * two or three of which the editors say that they are mixed up (`verschil-met`).
 */
#include "output/view.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/unicode.h"
#include "base/value.h"
#include "model/date.h"
#include "model/links.h"
#include "model/relations.h"
#include "model/site.h"

#define BETWEEN_PATH "verschil/"
#define FIELDS_LEAST 3	/* facts that make a type worth a table */
#define COLUMNS_MOST 60 /* of the table of all pages: the theme's rules go so far */

/* ---- What is compared in a scope */

static int view_compare_slugs(const void *a, const void *b)
{
	return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* The slugs from A to Z, so that the order of the pages may change. */
static struct slice view_between_address(
	struct arena *arena, const struct view_comparison *comparison, size_t again)
{
	struct slice slugs[COMPARED_MOST] = {{0}};
	struct text address = {0};

	for (size_t i = 0; i < comparison->count; i++)
		slugs[i] = links_last_part(comparison->variants[i]->page->address);
	qsort(slugs, comparison->count, sizeof(*slugs), view_compare_slugs);
	text_puts(&address, BETWEEN_PATH);
	for (size_t i = 0; i < comparison->count; i++) {
		text_puts(&address, i > 0 ? "-" : "");
		text_add(&address, slugs[i]);
	}
	if (again > 1)
		text_printf(&address, "-%zu", again);
	text_byte(&address, '/');
	return text_keep(arena, &address);
}

/* While the list is made. */
struct comparing {
	struct view_comparison *list;
	size_t count;
	size_t capacity;
	struct map addresses;
};

static void view_add_comparison(
	struct comparing *comparing, struct arena *arena, struct view_comparison comparison)
{
	size_t again = 1;

	do
		comparison.address = view_between_address(arena, &comparison, again++);
	while (map_get(&comparing->addresses, comparison.address) != NULL);
	comparing->list = mem_grow(
		comparing->list, comparing->count, &comparing->capacity, sizeof(*comparing->list));
	comparing->list[comparing->count++] = comparison;
	(void)map_set(&comparing->addresses, comparison.address, comparing);
}

/* The variants behind number `from` that this one differs from, as the editors say. */
static size_t view_find_differing(const struct variant **out, const struct site *site,
	const struct view_scope *scope, size_t from, size_t most)
{
	const struct page *page = scope->variants[from]->page;
	size_t related, count = 0;

	(void)relations_of(&related, site, page, slice_of(RELATION_DIFFERS));
	if (related == 0 || scope->variants[from]->hidden != NULL)
		return 0;
	for (size_t v = from + 1; v < scope->count && count < most; v++)
		if (scope->variants[v]->hidden == NULL &&
			relations_between(site, page, scope->variants[v]->page, RELATION_DIFFERS) !=
				NULL)
			out[count++] = scope->variants[v];
	return count;
}

/* Pairs, and threes of which each pair is one. */
static void view_list_comparisons(
	struct comparing *comparing, struct view *view, const struct view_scope *scope)
{
	const struct site *site = view->site;
	const struct variant **others = mem_new(scope->count + 1, sizeof(*others));

	for (size_t v = 0; v < scope->count; v++) {
		size_t count = view_find_differing(others, site, scope, v, scope->count);

		for (size_t i = 0; i < count; i++) {
			struct view_comparison two = {
				.variants = {scope->variants[v], others[i]}, .count = 2};

			view_add_comparison(comparing, &view->arena, two);
			for (size_t k = i + 1; k < count; k++) {
				struct view_comparison three = two;

				if (relations_between(site, others[i]->page, others[k]->page,
					    RELATION_DIFFERS) == NULL)
					continue;
				three.variants[2] = others[k];
				three.count = 3;
				view_add_comparison(comparing, &view->arena, three);
			}
		}
	}
	free(others);
}

/* True for a type whose pages can be set beside each other: it says so by having the field. */
static bool view_type_compares(const struct page_type *type)
{
	const struct field *field = schema_field(type, RELATION_DIFFERS);
	size_t facts = 0;

	for (size_t i = 0; i < type->count; i++)
		facts += type->fields[i].kind != FIELD_PAGES ? 1 : 0;
	return field != NULL && field->kind == FIELD_PAGES && facts >= FIELDS_LEAST;
}

static bool view_is_column(const struct variant *variant, const struct page_type *type)
{
	return variant->page->type == type && !variant->page->is_index && variant->hidden == NULL;
}

/* How many columns a table of all pages of the type has; 0 when there is no such table. */
static size_t view_count_columns(const struct view_scope *scope, const struct page_type *type)
{
	size_t count = 0;

	if (!view_type_compares(type))
		return 0;
	for (size_t v = 0; v < scope->count; v++)
		count += view_is_column(scope->variants[v], type) ? 1 : 0;
	return count >= 2 && count <= COLUMNS_MOST ? count : 0;
}

void view_open_comparisons(struct view *view, struct view_scope *scope)
{
	struct comparing comparing = {0};
	struct view_comparison *list;

	view_list_comparisons(&comparing, view, scope);
	list = arena_new(&view->arena, comparing.count, sizeof(*list));
	for (size_t i = 0; i < comparing.count; i++)
		list[i] = comparing.list[i];
	scope->comparisons = list;
	scope->comparison_count = comparing.count;
	free(comparing.list);
	map_free(&comparing.addresses);
	scope->compares = scope->comparison_count > 0;
	for (size_t t = 0; t < view->site->type_count && !scope->compares; t++)
		scope->compares = view_count_columns(scope, &view->site->types[t]) > 0;
}

struct slice view_comparison_address(
	const struct view_scope *scope, const struct page *page, const struct page *other)
{
	for (size_t i = 0; i < scope->comparison_count; i++) {
		const struct view_comparison *comparison = &scope->comparisons[i];
		const struct page *first = comparison->variants[0]->page;
		const struct page *second = comparison->variants[1]->page;

		if (comparison->count == 2 &&
			((first == page && second == other) || (first == other && second == page)))
			return comparison->address;
	}
	return (struct slice){"", 0};
}

/* ---- A table */

/* One table: the pages, with the fields of each as data. */
struct table {
	struct arena *arena;
	const struct view *view;
	const struct view_scope *scope;
	const struct variant *const *variants;
	const struct value **fields; /* of each page */
	size_t count;
	bool marks; /* says of each row whether the pages differ in it */
};

/* True when two values say the same. */
static bool view_is_same(const struct value *a, const struct value *b)
{
	const struct value *left, *right;

	if (a == NULL || b == NULL || a->kind != b->kind)
		return a == b;
	if (a->kind != VALUE_LIST && a->kind != VALUE_MAP)
		return slice_equal(value_text(a), value_text(b));
	left = a->first;
	right = b->first;
	for (; left != NULL && right != NULL; left = left->next, right = right->next)
		if (!view_is_same(left, right))
			return false;
	return left == NULL && right == NULL;
}

static void view_put_cells(const struct table *table, struct value *row, struct slice name)
{
	struct arena *arena = table->arena;
	struct value *cells = value_put_list(arena, row, "cellen");
	const struct value *first = view_find_field(table->fields[0], name);
	bool differs = false;

	for (size_t i = 0; i < table->count; i++) {
		const struct value *field = view_find_field(table->fields[i], name);
		struct value *cell = view_put_cell(arena, cells, field);

		differs |= !view_is_same(field, first);
		value_put_text(arena, cell, "kop", table->variants[i]->title);
	}
	if (table->marks) {
		value_put_bool(arena, row, "verschilt", differs);
		value_put_bool(arena, row, "gelijk", !differs);
	}
}

/* A row for each field that one of the pages fills in; in the order of the types. */
static void view_put_rows(const struct table *table, struct value *map)
{
	struct arena *arena = table->arena;
	struct value *rows = value_put_list(arena, map, "rijen");
	struct map known = {0};

	for (size_t i = 0; i < table->count; i++) {
		const struct page_type *type = table->variants[i]->page->type;

		for (size_t f = 0; f < type->count; f++) {
			const struct field *field = &type->fields[f];
			bool filled = false;
			struct value *row;

			if (slice_is(field->name, RELATION_DIFFERS) ||
				map_set(&known, field->name, rows) != NULL)
				continue;
			for (size_t k = 0; k < table->count && !filled; k++)
				filled = view_find_field(table->fields[k], field->name) != NULL;
			if (!filled)
				continue;
			row = value_append_map(arena, rows);
			value_put_text(arena, row, "label", field->label);
			view_put_cells(table, row, field->name);
		}
	}
	map_free(&known);
}

static void view_put_columns(const struct table *table, struct value *map)
{
	struct value *columns = value_put_list(table->arena, map, "kolommen");

	for (size_t i = 0; i < table->count; i++) {
		struct value *column = view_put_page(
			table->arena, columns, table->view, table->scope, table->variants[i]->page);

		if (column != NULL)
			value_put_number(table->arena, column, "nummer", i + 1);
	}
}

static void view_put_table(struct table *table, struct value *map)
{
	table->fields = arena_new(table->arena, table->count, sizeof(*table->fields));
	for (size_t i = 0; i < table->count; i++)
		table->fields[i] = view_fields(
			table->arena, table->view, table->scope, table->variants[i]->page);
	view_put_columns(table, map);
	view_put_rows(table, map);
}

/* ---- The pages */

/* True when the page says with small letters what its title says with a capital. */
static bool view_says(const struct variant *variant, struct slice words)
{
	if (slice_search(variant->summary, words) < variant->summary.size)
		return true;
	for (size_t p = 0; p < variant->count; p++)
		for (size_t b = 0; b < variant->parts[p].count; b++) {
			struct slice text = variant->parts[p].blocks[b].section->text;

			if (slice_search(text, words) < text.size)
				return true;
		}
	return false;
}

struct slice view_title_within(struct arena *arena, const struct variant *variant)
{
	struct text lower = {0};
	struct slice title = variant->title;
	uint32_t first;
	size_t size = unicode_next(&first, title);

	unicode_add(&lower, unicode_lower(first));
	text_add(&lower, slice_from(title, size));
	if (view_says(variant, text_slice(&lower)))
		title = slice_keep(arena, text_slice(&lower));
	text_free(&lower);
	return title;
}

/* "Verschil tussen a, b en c". */
static struct slice view_between_title(
	struct arena *arena, const struct view *view, const struct view_comparison *comparison)
{
	struct text title = {0};

	text_add(&title, value_text_at(view->strings, "verschil-tussen"));
	for (size_t i = 0; i < comparison->count; i++) {
		bool last = i + 1 == comparison->count;

		text_puts(&title, i > 0 && !last ? ", " : " ");
		if (i > 0 && last) {
			text_add(&title, value_text_at(view->strings, "en"));
			text_byte(&title, ' ');
		}
		text_add(&title, view_title_within(arena, comparison->variants[i]));
	}
	return text_keep(arena, &title);
}

/* The first sentence. */
static struct slice view_sentence(struct slice text)
{
	size_t end = slice_search(text, slice_of(". "));

	return end < text.size ? (struct slice){text.data, end + 1} : text;
}

/* The nation's page is the one to be found, when no region has a hand in what is compared. */
void view_use_national(struct arena *arena, struct value *page, const struct view *view,
	struct slice address, bool same, bool exists)
{
	struct value *own = (struct value *)value_at(page, "pagina");
	struct value *way = (struct value *)value_at(page, "landelijk-pad");
	struct text url = {0};

	if (way != NULL && !exists)
		way->text = slice_of("");
	if (!same || !exists)
		return;
	text_add(&url, view->site->url);
	text_byte(&url, '/');
	text_add(&url, address);
	own = (struct value *)value_at(own, "canoniek");
	own->text = text_keep(arena, &url);
}

bool view_is_borrowed(const struct variant *variant)
{
	return variant->adaptation == NULL && variant->page->role == ROLE_NATIONAL;
}

static bool view_nation_compares(const struct view *view, const struct view_comparison *comparison)
{
	const struct view_scope *nation = &view->scopes[0];

	for (size_t i = 0; i < nation->comparison_count; i++)
		if (slice_equal(nation->comparisons[i].address, comparison->address))
			return true;
	return false;
}

struct value *view_between(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item)
{
	const struct view_comparison *comparison = &scope->comparisons[item];
	struct view_place place = {.view = view,
		.scope = scope,
		.address = comparison->address,
		.title = view_between_title(arena, view, comparison),
		.above = slice_of(BETWEEN_PATH),
		.above_title = value_text_at(view->strings, "verschil-alle")};
	struct value *page = view_made_page(arena, &place, "verschil-tussen");
	struct table table = {.arena = arena,
		.view = view,
		.scope = scope,
		.variants = comparison->variants,
		.count = comparison->count,
		.marks = true};
	struct value *answers = value_put_list(arena, page, "antwoorden");
	bool borrowed = true;

	view_put_table(&table, page);
	for (size_t i = 0; i < comparison->count; i++) {
		struct value *answer = value_append_map(arena, answers);

		value_put_text(arena, answer, "titel", comparison->variants[i]->title);
		value_put_text(arena, answer, "pad", comparison->variants[i]->page->address);
		value_put_text(
			arena, answer, "antwoord", view_sentence(comparison->variants[i]->summary));
		value_put_bool(
			arena, answer, "adaptatie", comparison->variants[i]->adaptation != NULL);
		value_put_bool(arena, answer, "alleen-regio",
			comparison->variants[i]->page->role == ROLE_REGIONAL);
		borrowed = borrowed && view_is_borrowed(comparison->variants[i]);
	}
	view_use_national(arena, page, view, comparison->address, borrowed,
		view_nation_compares(view, comparison));
	return page;
}

/* The table of all pages of a type. */
static void view_put_group(struct arena *arena, struct value *groups, const struct view *view,
	const struct view_scope *scope, const struct page_type *type)
{
	size_t count = view_count_columns(scope, type);
	const struct variant **variants;
	struct table table = {.arena = arena, .view = view, .scope = scope};
	struct value *group;

	if (count == 0)
		return;
	variants = arena_new(arena, count, sizeof(*variants));
	for (size_t v = 0; v < scope->count; v++)
		if (view_is_column(scope->variants[v], type))
			variants[table.count++] = scope->variants[v];
	table.variants = variants;
	group = value_append_map(arena, groups);
	value_put_text(arena, group, "titel", type->plural);
	value_put_text(arena, group, "naam", type->name);
	view_put_table(&table, group);
}

struct value *view_comparisons(
	struct arena *arena, const struct view *view, const struct view_scope *scope)
{
	struct view_place place = {.view = view,
		.scope = scope,
		.address = slice_of(BETWEEN_PATH),
		.title = value_text_at(view->strings, "verschil-alle")};
	struct value *page = view_made_page(arena, &place, "verschillen");
	struct value *pairs = value_put_list(arena, page, "vergelijkingen");
	struct value *groups = value_put_list(arena, page, "groepen");
	bool borrowed = true;

	for (size_t i = 0; i < scope->comparison_count; i++) {
		struct value *entry = value_append_map(arena, pairs);

		value_put_text(arena, entry, "titel",
			view_between_title(arena, view, &scope->comparisons[i]));
		value_put_text(arena, entry, "pad", scope->comparisons[i].address);
	}
	for (size_t t = 0; t < view->site->type_count; t++)
		view_put_group(arena, groups, view, scope, &view->site->types[t]);
	value_put_bool(arena, page, "meer-groepen", groups->count > 1);
	for (size_t v = 0; v < scope->count; v++)
		borrowed = borrowed && (view_is_borrowed(scope->variants[v]) ||
					       !view_type_compares(scope->variants[v]->page->type));
	view_use_national(arena, page, view, place.address, borrowed, view->scopes[0].compares);
	return page;
}
