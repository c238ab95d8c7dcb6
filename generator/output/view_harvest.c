/*
 * What is gathered: callouts of one kind, or polls, from all pages of a scope, by page; and what
 * one page holds of them.
 */
#include "output/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/value.h"
#include "model/date.h"
#include "model/links.h"
#include "model/site.h"
#include "output/body.h"

#define MOST_CHOICES 8	   /* collections to choose from: more are no choice but a list */
#define EXCERPT_LETTERS 90 /* of a callout, in a list of them */
#define EXCERPT_LEAST 12   /* a point before that ends an abbreviation */

static const char *harvest_slug(size_t kind)
{
	return kind == HARVEST_POLLS ? "peiling" : callout_slug((enum callout_kind)kind);
}

struct slice view_harvest_address(struct arena *arena, size_t kind)
{
	struct text address = {0};

	text_puts(&address, "oogst/");
	if (kind < HARVEST_KINDS)
		text_printf(&address, "%s/", harvest_slug(kind));
	return text_keep(arena, &address);
}

/* A word of the theme that goes with a kind: "oogst-" or "kader-" and the kind's slug. */
static struct slice harvest_word(const struct view *view, const char *start, size_t kind)
{
	struct text name = {0};
	struct slice word;

	text_printf(&name, "%s-%s", start, harvest_slug(kind));
	word = value_text_at(view->strings, name.data);
	text_free(&name);
	return word.size > 0 ? word : slice_of(harvest_slug(kind));
}

/* What a kind is, in a sentence of the theme; or empty. */
static struct slice harvest_explanation(const struct view *view, size_t kind)
{
	struct text name = {0};
	struct slice words;

	text_printf(&name, "oogst-%s-uitleg", harvest_slug(kind));
	words = value_text_at(view->strings, name.data);
	text_free(&name);
	return words;
}

void view_put_harvest_kinds(struct arena *arena, struct value *page, const char *key,
	const struct view *view, const struct view_scope *scope, size_t current)
{
	struct value *list = value_put_list(arena, page, key);

	for (size_t kind = 0; kind < HARVEST_KINDS; kind++) {
		struct value *item;

		if (scope->harvest[kind] == 0)
			continue;
		item = value_append_map(arena, list);
		value_put_text(arena, item, "titel", harvest_word(view, "oogst", kind));
		value_put_text(arena, item, "slug", slice_of(harvest_slug(kind)));
		value_put_text(arena, item, "uitleg", harvest_explanation(view, kind));
		value_put_text(arena, item, "pad", view_harvest_address(arena, kind));
		value_put_number(arena, item, "aantal", scope->harvest[kind]);
		value_put_bool(arena, item, "huidig", kind == current);
	}
}

/* ---- What one page has */

/* Calls `take` for each callout of a kind, or poll, that the page shows, in its order. */
struct taking {
	void (*take)(struct taking *taking, const struct part *part, const struct block *block,
		size_t number);
	size_t kind;
};

static void harvest_take_block(
	struct taking *taking, const struct part *part, const struct block *block)
{
	const struct section *section = block->section;

	if (taking->kind == HARVEST_POLLS) {
		for (size_t i = 0; i < section->count; i++)
			if (section->pieces[i].kind == PIECE_POLL)
				taking->take(taking, part, block, i);
		return;
	}
	for (size_t i = 0; i < section->callout_count; i++)
		if (section->callouts[i].kind == (enum callout_kind)taking->kind)
			taking->take(taking, part, block, i);
}

static void harvest_take(struct taking *taking, const struct variant *variant)
{
	for (size_t p = 0; p < variant->count; p++)
		for (size_t b = 0; b < variant->parts[p].count; b++)
			harvest_take_block(
				taking, &variant->parts[p], &variant->parts[p].blocks[b]);
}

/* The first sentence of a text, or as many whole words as fit. */
static struct slice harvest_excerpt(struct arena *arena, struct slice text)
{
	size_t letters = 0, end = 0, words = 0;
	struct text cut = {0};

	text = slice_trim(text);
	text.size = slice_find(text, '\n');
	while (end < text.size && letters < EXCERPT_LETTERS) {
		size_t size = slice_letter_size(slice_from(text, end));

		if (text.data[end] == ' ' && letters >= EXCERPT_LEAST &&
			strchr(".?!", text.data[end - 1]) != NULL)
			return (struct slice){text.data, end};
		if (text.data[end] == ' ')
			words = end;
		end += size > 0 ? size : 1;
		letters++;
	}
	if (end == text.size)
		return text;
	text_add(&cut, (struct slice){text.data, words > 0 ? words : end});
	text_puts(&cut, " \u2026");
	return text_keep(arena, &cut);
}

struct listing {
	struct taking taking;
	struct arena *arena;
	struct value *list;
};

static void listing_take(
	struct taking *taking, const struct part *part, const struct block *block, size_t number)
{
	struct listing *listing = (struct listing *)taking;
	const struct section *section = block->section;
	struct value *item = value_append_map(listing->arena, listing->list);

	if (taking->kind == HARVEST_POLLS) {
		value_put_text(listing->arena, item, "id", part->id);
		value_put_text(listing->arena, item, "tekst",
			value_text_at(section->pieces[number].data, "vraag"));
		return;
	}
	value_put_text(listing->arena, item, "id", section->callouts[number].id);
	value_put_text(listing->arena, item, "tekst",
		harvest_excerpt(listing->arena, section->callouts[number].text));
}

void view_put_harvest_of(struct arena *arena, struct value *page, const struct view *view,
	const struct variant *variant)
{
	struct value *list = value_put_list(arena, page, "kaders");

	for (size_t kind = 0; kind < HARVEST_KINDS; kind++) {
		struct value *found = value_new(arena, VALUE_LIST);
		struct listing listing = {{listing_take, kind}, arena, found};
		struct value *item;

		harvest_take(&listing.taking, variant);
		if (found->count == 0)
			continue;
		item = value_append_map(arena, list);
		value_put_text(arena, item, "titel",
			harvest_word(view, found->count == 1 ? "kader" : "oogst", kind));
		value_put_text(arena, item, "slug", slice_of(harvest_slug(kind)));
		value_put_number(arena, item, "aantal", found->count);
		value_put(item, slice_of("onder"), found);
	}
}

/* ---- The page of one kind */

/* A page that has something of the kind. */
struct group {
	const struct variant *variant;
	size_t place; /* in the scope */
	size_t items;
	int date;    /* of the session; DATE_NONE when the page has none */
	size_t part; /* number of its collection among those that have something, from 1 */
};

struct gathering {
	struct taking taking;
	struct arena *arena;
	const struct view *view;
	const struct view_scope *scope;
	struct value *page;
	struct body body;
	struct text buffer;
	struct group *groups;
	size_t count;
	size_t found;
	const struct group *group; /* whose callouts are drawn */
	struct value *flat;	   /* all of them, */
	struct value *list;	   /* and those of the group */
};

static void finding_take(
	struct taking *taking, const struct part *part, const struct block *block, size_t number)
{
	(void)part;
	(void)block;
	(void)number;
	((struct gathering *)taking)->found++;
}

/* How much the page has of the kind. */
static size_t gathering_count(struct gathering *gathering, const struct variant *variant)
{
	gathering->taking.take = finding_take;
	gathering->found = 0;
	harvest_take(&gathering->taking, variant);
	return gathering->found;
}

static int group_compare(const void *a, const void *b)
{
	const struct group *left = a, *right = b;

	if (left->date != right->date && left->date == DATE_NONE)
		return 1;
	if (left->date != right->date && right->date == DATE_NONE)
		return -1;
	if (left->date != right->date)
		return left->date > right->date ? -1 : 1;
	return left->place < right->place ? -1 : 1;
}

/* The pages, those with a date first, newest first; the rest in the order of the site. */
static void gathering_find(struct gathering *gathering)
{
	const struct view_scope *scope = gathering->scope;

	gathering->groups = mem_new(scope->count, sizeof(*gathering->groups));
	for (size_t v = 0; v < scope->count; v++) {
		struct group *group = &gathering->groups[gathering->count];
		size_t items = gathering_count(gathering, scope->variants[v]);

		if (items == 0)
			continue;
		*group = (struct group){scope->variants[v], v, items, DATE_NONE, 0};
		(void)date_parse(&group->date, value_text_at(group->variant->page->front, "datum"));
		gathering->count++;
	}
	if (gathering->count > 1)
		qsort(gathering->groups, gathering->count, sizeof(*gathering->groups),
			group_compare);
}

/* The collections that have something, numbered: readers may choose one. */
static void gathering_put_choices(struct gathering *gathering)
{
	const struct site *site = gathering->view->site;
	struct arena *arena = gathering->arena;
	struct value *list = value_put_list(arena, gathering->page, "oogst-delen");

	for (size_t c = 0; c <= site->collection_count; c++) {
		const struct collection *collection =
			c < site->collection_count ? &site->collections[c] : NULL;
		size_t count = 0;
		struct value *item;

		for (size_t g = 0; g < gathering->count; g++)
			if (gathering->groups[g].variant->page->collection == collection) {
				gathering->groups[g].part = list->count + 1;
				count += gathering->groups[g].items;
			}
		if (count == 0)
			continue;
		item = value_append_map(arena, list);
		value_put_number(arena, item, "nummer", list->count);
		value_put_text(arena, item, "titel",
			collection != NULL ? collection->title
					   : value_text_at(gathering->view->strings, "paginas"));
		value_put_number(arena, item, "aantal", count);
	}
	value_put_bool(arena, gathering->page, "heeft-keuze",
		list->count > 1 && list->count <= MOST_CHOICES);
}

static void gathering_put(struct gathering *gathering, struct value *list, const struct part *part,
	const struct block *block, struct slice html, struct slice id)
{
	struct arena *arena = gathering->arena;
	struct value *item = value_append_map(arena, list);

	value_put_text(arena, item, "inhoud", html);
	value_put_text(arena, item, "pagina-titel", gathering->group->variant->title);
	value_put_text(arena, item, "sectie-titel", part->title);
	value_put_text(arena, item, "pad", gathering->group->variant->page->address);
	value_put_text(arena, item, "id", id);
	value_put_bool(arena, item, "van-regio", block->regional);
}

static void gathering_take(
	struct taking *taking, const struct part *part, const struct block *block, size_t number)
{
	struct gathering *gathering = (struct gathering *)taking;
	const struct section *section = block->section;
	bool poll = taking->kind == HARVEST_POLLS;
	const struct callout *callout = poll ? NULL : &section->callouts[number];
	struct slice html;

	text_clear(&gathering->buffer);
	body_draw(&gathering->buffer, &gathering->body,
		section->pieces + (poll ? number : callout->first), poll ? 1 : callout->count);
	html = slice_keep(gathering->arena, text_slice(&gathering->buffer));
	gathering_put(gathering, gathering->list, part, block, html, poll ? part->id : callout->id);
	gathering_put(gathering, gathering->flat, part, block, html, poll ? part->id : callout->id);
}

/* The topics of a page, of the nation and of the region, one behind the other. */
static void group_put_topics(struct arena *arena, struct value *list, const struct variant *variant)
{
	const struct page *pages[] = {variant->page, variant->adaptation};

	for (size_t p = 0; p < ARRAY_LEN(pages); p++) {
		const struct value *own =
			pages[p] != NULL ? value_at(pages[p]->front, "onderwerpen") : NULL;

		if (own == NULL || own->kind != VALUE_LIST)
			continue;
		for (const struct value *topic = own->first; topic != NULL; topic = topic->next)
			value_append_text(arena, list, topic->text);
	}
}

static void gathering_put_groups(struct gathering *gathering)
{
	struct arena *arena = gathering->arena;
	struct value *list = value_put_list(arena, gathering->page, "oogst-groepen");

	gathering->flat = value_put_list(arena, gathering->page, "oogst-items");
	gathering->taking.take = gathering_take;
	for (size_t g = 0; g < gathering->count; g++) {
		const struct group *group = &gathering->groups[g];
		const struct page *page = group->variant->page;
		struct value *item = value_append_map(arena, list);

		gathering->group = group;
		value_put_number(arena, item, "nummer", g + 1);
		value_put_number(arena, item, "deel", group->part);
		value_put_text(arena, item, "pagina-titel", group->variant->title);
		value_put_text(arena, item, "pad", page->address);
		value_put_text(arena, item, "deel-titel",
			page->collection != NULL ? page->collection->title : slice_of(""));
		value_put_bool(arena, item, "alleen-regio", page->role == ROLE_REGIONAL);
		(void)view_put_date(arena, item, "datum", gathering->view, group->date);
		group_put_topics(arena, value_put_list(arena, item, "onderwerpen"), group->variant);
		gathering->list = value_put_list(arena, item, "onder");
		harvest_take(&gathering->taking, group->variant);
		value_put_number(arena, item, "aantal", gathering->list->count);
		view_mark_lists(arena, item);
	}
}

/* ---- By topic */

struct topic {
	struct slice name;
	const struct value *group;
	size_t place;
};

static int topic_compare(const void *a, const void *b)
{
	const struct topic *left = a, *right = b;
	int order = slice_compare(left->name, right->name);

	return order != 0 ? order : left->place < right->place ? -1 : 1;
}

/* Each topic with the groups that are about it. */
static void gathering_put_topics(struct gathering *gathering)
{
	const struct value *groups = value_at(gathering->page, "oogst-groepen");
	struct value *list = value_put_list(gathering->arena, gathering->page, "oogst-onderwerpen");
	struct topic *topics = NULL;
	size_t count = 0, capacity = 0;
	struct value *below = NULL;

	for (const struct value *group = groups->first; group != NULL; group = group->next)
		for (const struct value *topic = value_at(group, "onderwerpen")->first;
			topic != NULL; topic = topic->next) {
			topics = mem_grow(topics, count, &capacity, sizeof(*topics));
			topics[count] = (struct topic){topic->text, group, count};
			count++;
		}
	if (count > 1)
		qsort(topics, count, sizeof(*topics), topic_compare);
	for (size_t i = 0; i < count; i++) {
		struct value *item;

		if (i == 0 || !slice_equal(topics[i].name, topics[i - 1].name)) {
			item = value_append_map(gathering->arena, list);
			value_put_text(gathering->arena, item, "titel", topics[i].name);
			below = value_put_list(gathering->arena, item, "onder");
		} else if (topics[i].group == topics[i - 1].group) {
			continue;
		}
		item = value_append_map(gathering->arena, below);
		value_put_copy(
			gathering->arena, item, "titel", value_at(topics[i].group, "pagina-titel"));
		value_put_copy(
			gathering->arena, item, "nummer", value_at(topics[i].group, "nummer"));
	}
	free(topics);
}

/* True when the region shows just what the nation does. */
static bool gathering_is_national(const struct gathering *gathering)
{
	size_t kind = gathering->taking.kind;

	if (gathering->scope->harvest[kind] != gathering->view->scopes[0].harvest[kind])
		return false;
	for (size_t g = 0; g < gathering->count; g++)
		if (!view_is_borrowed(gathering->groups[g].variant))
			return false;
	return true;
}

/* Where the nation's page is. It may hold none of this kind, and then it has no such page. */
static void gathering_put_national(struct gathering *gathering, struct slice address)
{
	struct value *national = (struct value *)value_at(gathering->page, "landelijk-pad");
	bool exists = gathering->view->scopes[0].harvest[gathering->taking.kind] > 0;

	if (national == NULL)
		return;
	view_use_national(gathering->arena, gathering->page, gathering->view, address,
		gathering_is_national(gathering), exists);
	if (!exists)
		national->text = slice_of("oogst/");
}

struct value *view_harvest(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t kind)
{
	struct view_place place = {.view = view,
		.scope = scope,
		.title = kind < HARVEST_KINDS ? harvest_word(view, "oogst", kind)
					      : value_text_at(view->strings, "oogst"),
		.address = view_harvest_address(arena, kind)};
	struct value *page = view_made_page(arena, &place, "oogst");
	struct gathering gathering = {.taking = {.kind = kind},
		.arena = arena,
		.view = view,
		.scope = scope,
		.page = page,
		.body = {.site = view->site,
			.region = scope->region,
			.strings = view->strings,
			.root = value_text_at(page, "wortel"),
			.home = value_text_at(page, "thuis")}};
	struct value *own;

	view_put_harvest_kinds(arena, page, "oogst-soorten", view, scope, kind);
	if (kind == HARVEST_KINDS)
		return page;
	own = value_put_map(arena, page, "soort-oogst");
	value_put_text(arena, own, "titel", place.title);
	value_put_text(arena, own, "slug", slice_of(harvest_slug(kind)));
	value_put_bool(arena, own, "is-kader", kind != HARVEST_POLLS);
	gathering.body.explained = arena_new(arena, view->site->glossary.count / 8 + 1, 1);
	gathering_find(&gathering);
	gathering_put_national(&gathering, place.address);
	gathering_put_choices(&gathering);
	gathering_put_groups(&gathering);
	gathering_put_topics(&gathering);
	value_put_bool(arena, page, "heeft-items", gathering.count > 0);
	free(gathering.groups);
	text_free(&gathering.buffer);
	return page;
}
