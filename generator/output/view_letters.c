/*
 * Pages that are lists from A to Z: regions with their towns, the glossary, and the index of titles
 * and terms on the search page, for who has no script.
 */
#include "output/view.h"

#include <stdlib.h>

#include "base/unicode.h"
#include "base/value.h"
#include "model/links.h"
#include "model/site.h"

#define GLOSSARY_PATH "begrippen/"
#define MOST_TITLES 1000 /* in the index: nobody reads a longer one, and each region has it */

/* A line of a list that is sorted by its name. */
struct named {
	struct slice key; /* the name; folded by sort_named() */
	const void *item;
};

/* A list while it is gathered. */
struct names {
	struct arena *arena;
	struct named *items;
	size_t count;
	const struct value *articles; /* words that do not count at the start; or NULL */
};

static int compare_named(const void *a, const void *b)
{
	const struct named *left = a, *right = b;

	return slice_compare(left->key, right->key);
}

/* The slug without the article that it starts with: "een-baan" is found under B. */
static struct slice without_article(struct slice slug, const struct value *articles)
{
	const struct value *article = articles != NULL ? articles->first : NULL;

	for (; article != NULL; article = article->next) {
		struct slice word = article->text;

		if (word.size > 0 && slug.size > word.size + 1 && slug.data[word.size] == '-' &&
			slice_equal((struct slice){slug.data, word.size}, word))
			return slice_from(slug, word.size + 1);
	}
	return slug;
}

/* Sorts by the slug of the name, so that case, accents and quotes do not count. */
static void sort_named(struct names *names)
{
	struct text folded = {0};

	for (size_t i = 0; i < names->count; i++) {
		struct slice slug;

		text_clear(&folded);
		unicode_slug(&folded, names->items[i].key);
		slug = slice_keep(names->arena, text_slice(&folded));
		names->items[i].key = without_article(slug, names->articles);
	}
	text_free(&folded);
	if (names->count > 1)
		qsort(names->items, names->count, sizeof(*names->items), compare_named);
}

/* The list of the letter that the key starts with: the last one, or a new one. */
static struct value *letter_of(
	struct arena *arena, struct value *letters, struct slice key, const char *list)
{
	char capital = key.size > 0 ? key.data[0] : '#';
	struct value *last = letters->last;
	struct value *letter;

	if (capital >= 'a' && capital <= 'z')
		capital = (char)(capital - 'a' + 'A');
	else
		capital = '#';
	if (last != NULL && value_text_at(last, "letter").data[0] == capital)
		return (struct value *)value_at(last, list);
	letter = value_append_map(arena, letters);
	value_put_text(arena, letter, "letter", slice_keep(arena, (struct slice){&capital, 1}));
	return value_put_list(arena, letter, list);
}

static struct names open_names(struct arena *arena, size_t most)
{
	return (struct names){
		.arena = arena, .items = arena_new(arena, most, sizeof(struct named))};
}

/* A new line of the list, a map, that is found under the name. */
static struct value *add_named(struct names *names, struct slice name)
{
	struct value *item = value_new(names->arena, VALUE_MAP);

	names->items[names->count++] = (struct named){name, item};
	return item;
}

/* Puts the lines in the page as `key`, a list of letters, each with its lines as `list`. */
static void put_letters(struct value *page, struct names *names, const char *key, const char *list)
{
	struct value *letters = value_put_list(names->arena, page, key);

	sort_named(names);
	for (size_t i = 0; i < names->count; i++)
		value_append(letter_of(names->arena, letters, names->items[i].key, list),
			(struct value *)names->items[i].item);
}

/* ---- Regions */

static struct slice region_path(struct arena *arena, const struct region *region)
{
	struct text path = {0};

	region_address(&path, region, slice_of(""));
	return text_keep(arena, &path);
}

/* The municipalities of all regions, by letter, and whether there are any. */
static void put_towns(struct arena *arena, struct value *page, const struct view *view)
{
	const struct site *site = view->site;
	struct names names;
	size_t count = 0;

	for (size_t r = 0; r < site->region_count; r++) {
		const struct value *towns = value_at(site->regions[r].root, "gemeenten");

		count += towns != NULL ? towns->count : 0;
	}
	names = open_names(arena, count);
	for (size_t r = 0; r < site->region_count; r++) {
		const struct value *towns = value_at(site->regions[r].root, "gemeenten");

		for (const struct value *town = towns != NULL ? towns->first : NULL; town != NULL;
			town = town->next) {
			struct value *item = add_named(&names, town->text);

			value_put_text(arena, item, "naam", town->text);
			value_put_text(arena, item, "regio", site->regions[r].name);
			value_put_text(arena, item, "pad", region_path(arena, &site->regions[r]));
		}
	}
	put_letters(page, &names, "gemeente-letters", "gemeenten");
	value_put_number(arena, page, "gemeenten-aantal", names.count);
}

struct value *view_region_choice(
	struct arena *arena, const struct view *view, const struct view_scope *scope)
{
	const struct site *site = view->site;
	struct view_place place = {.view = view,
		.scope = scope,
		.address = slice_of("regio/"),
		.title = value_text_at(view->strings, "kies-uw-regio-titel")};
	struct value *page = view_made_page(arena, &place, "regiokeuze");
	struct names names = open_names(arena, site->region_count);

	for (size_t i = 0; i < site->region_count; i++) {
		const struct region *region = &site->regions[i];
		struct value *item = add_named(&names, region->name);

		value_put_text(arena, item, "naam", region->name);
		value_put_text(arena, item, "slug", region->slug);
		value_put_text(arena, item, "pad", region_path(arena, region));
	}
	put_letters(page, &names, "letters", "regios");
	put_towns(arena, page, view);
	view_put_map(arena, page, view);
	return page;
}

/* ---- Terms */

static size_t count_others(const struct glossary *glossary)
{
	size_t count = 0;

	for (size_t i = 0; i < glossary->count; i++) {
		const struct glossary_entry *entry = &glossary->entries[i];

		count += entry->abbreviations != NULL ? entry->abbreviations->count : 0;
		count += entry->synonyms != NULL ? entry->synonyms->count : 0;
	}
	return count;
}

/* Lines that lead from each of the other names to the term; `key` is what a line's own name is in.
 */
static void add_others(struct names *names, const struct glossary_entry *entry,
	const struct value *others, const char *key)
{
	const struct value *other = others != NULL ? others->first : NULL;

	for (; other != NULL; other = other->next) {
		struct value *item = add_named(names, other->text);
		struct value *term = value_put_map(names->arena, item, "zie");

		value_put_text(names->arena, item, key, other->text);
		value_put_text(names->arena, term, "term", entry->term);
		value_put_text(names->arena, term, "pad", slice_of(GLOSSARY_PATH));
		value_put_text(names->arena, term, "id", entry->id);
	}
}

struct value *view_glossary(
	struct arena *arena, const struct view *view, const struct view_scope *scope)
{
	const struct glossary *glossary = &view->site->glossary;
	struct view_place place = {.view = view,
		.scope = scope,
		.address = slice_of(GLOSSARY_PATH),
		.title = value_text_at(view->strings, "begrippen")};
	struct value *page = view_made_page(arena, &place, "begrippen");
	struct names names = open_names(arena, glossary->count + count_others(glossary));

	for (size_t i = 0; i < glossary->count; i++) {
		const struct glossary_entry *entry = &glossary->entries[i];
		struct value *item = add_named(&names, entry->term);

		value_put_text(arena, item, "term", entry->term);
		value_put_text(arena, item, "id", entry->id);
		value_put_text(arena, item, "betekenis", entry->meaning);
		if (entry->abbreviations != NULL)
			value_put_copy(arena, item, "afkortingen", entry->abbreviations);
		if (entry->synonyms != NULL)
			value_put_copy(arena, item, "synoniemen", entry->synonyms);
		value_put_bool(arena, item, "heeft-anders",
			entry->abbreviations != NULL || entry->synonyms != NULL);
		add_others(&names, entry, entry->abbreviations, "naam");
		add_others(&names, entry, entry->synonyms, "naam");
	}
	put_letters(page, &names, "letters", "begrippen");
	return page;
}

/* ---- Search */

static void add_title(struct names *names, struct slice title, struct slice address)
{
	struct value *item = add_named(names, title);

	value_put_text(names->arena, item, "titel", title);
	value_put_text(names->arena, item, "pad", address);
}

/* The pages that the scope shows, and the collections that no file stands for. */
static void add_titles(struct names *names, const struct site *site, const struct view_scope *scope)
{
	for (size_t i = 0; i < scope->count && scope->count <= MOST_TITLES; i++) {
		const struct variant *variant = scope->variants[i];

		if (variant->hidden == NULL && variant->page->address.size > 0)
			add_title(names, variant->title, variant->page->address);
	}
	for (size_t c = 0; c < site->collection_count; c++) {
		struct slice address = links_address(names->arena, site->collections[c].name);

		if (scope->count > MOST_TITLES || !view_has_page(scope, address))
			add_title(names, site->collections[c].title, address);
	}
}

static void add_terms(struct names *names, const struct glossary *glossary)
{
	for (size_t i = 0; i < glossary->count; i++) {
		const struct glossary_entry *entry = &glossary->entries[i];
		struct value *item = add_named(names, entry->term);

		value_put_text(names->arena, item, "titel", entry->term);
		value_put_text(names->arena, item, "pad", slice_of(GLOSSARY_PATH));
		value_put_text(names->arena, item, "id", entry->id);
		add_others(names, entry, entry->abbreviations, "titel");
		add_others(names, entry, entry->synonyms, "titel");
	}
}

struct value *view_search(
	struct arena *arena, const struct view *view, const struct view_scope *scope)
{
	const struct site *site = view->site;
	struct view_place place = {.view = view,
		.scope = scope,
		.address = slice_of("zoek/"),
		.title = value_text_at(view->strings, "zoeken")};
	struct value *page = view_made_page(arena, &place, "zoek");
	struct names names =
		open_names(arena, scope->count + site->collection_count + site->glossary.count +
					  count_others(&site->glossary));

	names.articles = value_at(view->strings, "lidwoorden");
	add_titles(&names, site, scope);
	add_terms(&names, &site->glossary);
	put_letters(page, &names, "letters", "ingangen");
	value_put_bool(arena, (struct value *)value_at(page, "pagina"), "noindex", true);
	return page;
}
