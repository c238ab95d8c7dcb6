/*
 * One sorted list of who names whom, so that a page's part of it is found by halving. The other
 * direction of a mutual field stands in it too.
 */
#include "model/relations.h"

#include <stdlib.h>

#include "base/value.h"
#include "model/links.h"
#include "model/site.h"

enum relation_fault relations_follow(const struct page **out, const struct site *site,
	const struct page *from, struct slice target)
{
	struct text file = {0};
	const struct page *to = NULL;
	enum relation_fault fault = RELATION_GOOD;

	if (links_follow(&file, from->file, target) == 0)
		to = map_get(&site->files, text_slice(&file));
	text_free(&file);
	*out = to;
	if (to == NULL)
		fault = RELATION_NONE;
	else if (to == from)
		fault = RELATION_SELF;
	else if (to->role == ROLE_ADAPTATION ||
		 (to->role == ROLE_REGIONAL && to->region != from->region))
		fault = RELATION_REGION;
	else if (to->draft)
		fault = RELATION_DRAFT;
	return fault;
}

static bool relations_is_mutual(struct slice field)
{
	return slice_is(field, RELATION_COMBINES) || slice_is(field, RELATION_EXCLUDES) ||
	       slice_is(field, RELATION_DIFFERS);
}

/* While the list is made. */
struct listing {
	struct relation *relations;
	size_t count;
	size_t capacity;
};

static void relations_add(struct listing *listing, struct relation relation)
{
	for (size_t i = listing->count; i > 0 && listing->relations[i - 1].by == relation.by; i--)
		if (listing->relations[i - 1].page == relation.page &&
			listing->relations[i - 1].other == relation.other &&
			slice_equal(listing->relations[i - 1].field, relation.field))
			return;
	listing->relations = mem_grow(listing->relations, listing->count, &listing->capacity,
		sizeof(*listing->relations));
	listing->relations[listing->count++] = relation;
}

static void relations_read_field(struct listing *listing, const struct site *site,
	const struct page *page, const struct field *field)
{
	const struct value *list = value_get(page->front, field->name);

	if (list == NULL || list->kind != VALUE_LIST)
		return;
	for (const struct value *item = list->first; item != NULL; item = item->next) {
		struct relation relation = {.page = page, .field = field->name, .named = item};
		const struct page *other;

		relation.by = page;
		if (relations_follow(&other, site, page, value_text(item)) != RELATION_GOOD ||
			other->refused)
			continue;
		relation.other = other;
		relations_add(listing, relation);
		if (!relations_is_mutual(field->name))
			continue;
		relation.page = other;
		relation.other = page;
		relations_add(listing, relation);
	}
}

/* By page and field; what the page names itself comes first, in the order of its file. */
static int relations_compare(const void *a, const void *b)
{
	const struct relation *left = a, *right = b;
	int order;

	if (left->page != right->page)
		return left->page < right->page ? -1 : 1;
	order = slice_compare(left->field, right->field);
	if (order != 0)
		return order;
	if ((left->by == left->page) != (right->by == right->page))
		return left->by == left->page ? -1 : 1;
	if (left->other != right->other && left->by != left->page)
		return left->other < right->other ? -1 : 1;
	if (left->named->line != right->named->line)
		return left->named->line < right->named->line ? -1 : 1;
	return left->named->column < right->named->column
		       ? -1
		       : left->named->column > right->named->column;
}

/* Of two pages that name each other, each has the other once. */
static void relations_drop_twins(struct listing *listing)
{
	size_t kept = 0;

	for (size_t i = 0; i < listing->count; i++) {
		const struct relation *relation = &listing->relations[i];
		bool twin = false;

		for (size_t k = kept; k > 0 && !twin; k--) {
			const struct relation *before = &listing->relations[k - 1];

			if (before->page != relation->page ||
				!slice_equal(before->field, relation->field))
				break;
			twin = before->other == relation->other;
		}
		if (!twin)
			listing->relations[kept++] = *relation;
	}
	listing->count = kept;
}

void relations_read(struct site *site)
{
	struct listing listing = {0};
	struct relation *relations;

	for (size_t i = 0; i < site->page_count; i++) {
		const struct page *page = &site->pages[i];

		if (page->draft || page->refused || page->role == ROLE_ADAPTATION)
			continue;
		for (size_t f = 0; f < page->type->count; f++)
			if (page->type->fields[f].kind == FIELD_PAGES)
				relations_read_field(&listing, site, page, &page->type->fields[f]);
	}
	if (listing.count > 1)
		qsort(listing.relations, listing.count, sizeof(*listing.relations),
			relations_compare);
	relations_drop_twins(&listing);
	relations = arena_new(&site->arena, listing.count, sizeof(*relations));
	for (size_t i = 0; i < listing.count; i++)
		relations[i] = listing.relations[i];
	site->relations = relations;
	site->relation_count = listing.count;
	free(listing.relations);
}

static bool relations_is_before(
	const struct relation *relation, const struct page *page, struct slice field)
{
	if (relation->page != page)
		return relation->page < page;
	return slice_compare(relation->field, field) < 0;
}

const struct relation *relations_of(
	size_t *count, const struct site *site, const struct page *page, struct slice field)
{
	size_t low = 0, high = site->relation_count;
	const struct relation *first;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (relations_is_before(&site->relations[middle], page, field))
			low = middle + 1;
		else
			high = middle;
	}
	first = site->relations + low;
	*count = 0;
	while (low + *count < site->relation_count && first[*count].page == page &&
		slice_equal(first[*count].field, field))
		(*count)++;
	return first;
}

const struct relation *relations_between(const struct site *site, const struct page *page,
	const struct page *other, const char *field)
{
	size_t count;
	const struct relation *relations = relations_of(&count, site, page, slice_of(field));

	for (size_t i = 0; i < count; i++)
		if (relations[i].other == other)
			return &relations[i];
	return NULL;
}
