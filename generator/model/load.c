/*
 * Reads a site and ties its pages together.
 */
#include "model/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/unicode.h"
#include "base/value.h"
#include "input/history.h"
#include "input/source.h"
#include "input/theme.h"
#include "input/yaml.h"
#include "model/assets.h"
#include "model/journey.h"
#include "model/links.h"
#include "model/relations.h"
#include "model/settings.h"
#include "model/site.h"

#define REGIONS_PATH "content/regios/"
#define PLAYBOOKS_PATH "playbooks/"
#define GLOSSARY_PATH "content/begrippen.yml"
#define GLOSSARY_KEYS 20000
#define SPLITS_PATH "content/samenstellingen.yml"
#define SCENARIOS_PATH "content/scenarios/"

/* Reads a YAML file of the site into its arena; NULL when it is not there or wrong. */
static struct value *load_read_yaml(struct site *site, struct source_reader *reader,
	const struct source_file *file, size_t keys_limit, struct diags *diags)
{
	struct text bytes = {0};
	struct value *root = NULL;

	diag_at(diags, 0, file != NULL ? file->path.data : NULL);
	if (file != NULL && source_read(&bytes, reader, file, diags) == 0 &&
		yaml_parse(&root, &site->arena, text_slice(&bytes), file->path.data, 1, keys_limit,
			diags) != 0)
		root = NULL;
	diag_at(diags, 0, NULL);
	text_free(&bytes);
	return root;
}

static const struct value *load_peek(struct arena *arena, const struct source *source,
	struct source_reader *reader, const char *key)
{
	const struct source_file *file = source_find(source, slice_of("content/site.yml"));
	struct diags *quiet = diag_new();
	struct text bytes = {0};
	struct value *root;
	const struct value *found = NULL;

	if (file != NULL && source_read(&bytes, reader, file, quiet) == 0 &&
		yaml_parse(&root, arena, text_slice(&bytes), file->path.data, 1, 0, quiet) == 0)
		found = value_at(root, key);
	text_free(&bytes);
	diag_free(quiet);
	return found;
}

const char *load_peek_language(const struct source *source, struct source_reader *reader)
{
	struct arena arena = {0};
	const struct value *language = load_peek(&arena, source, reader, "taal");
	const char *found = language != NULL && slice_is(value_text(language), "en") ? "en" : "nl";

	arena_free(&arena);
	return found;
}

struct slice load_peek_theme(
	struct arena *arena, const struct source *source, struct source_reader *reader)
{
	const struct value *theme = load_peek(arena, source, reader, "thema");

	if (theme == NULL || value_text(theme).size == 0)
		return slice_of("standaard");
	return slice_keep(arena, value_text(theme));
}

/* The slug of the region that a file lies in; empty when it lies in none. */
static struct slice load_region_slug(struct slice path)
{
	struct slice rest;
	size_t end;

	if (!slice_starts(path, REGIONS_PATH))
		return (struct slice){0};
	rest = slice_from(path, strlen(REGIONS_PATH));
	end = slice_find(rest, '/');
	return end < rest.size ? (struct slice){rest.data, end} : (struct slice){0};
}

/* Reads the region that `file`, the first of its folder, lies in. */
static void load_read_region(struct site *site, struct source_reader *reader,
	const struct source_file *file, struct slice slug, struct diags *diags)
{
	struct place place = {file->path.data, 0, 0};
	struct text path = {0}, better = {0};
	const struct source_file *own;
	const struct value *root;
	struct region *region;

	text_printf(&path, REGIONS_PATH "%s/regio.yml", slug.data);
	own = source_find(site->source, text_slice(&path));
	if (!links_is_slug(slug)) {
		unicode_slug(&better, slug);
		diag_add(diags, DIAG_REGION_NAME, place, better.size > 0 ? better.data : "regio",
			(char *)NULL);
	} else if (own == NULL) {
		diag_add(diags, DIAG_REGION_MISSING, place, slug.data, path.data, (char *)NULL);
	} else {
		region = &site->regions[site->region_count];
		root = load_read_yaml(site, reader, own, 0, diags);
		if (root != NULL)
			(void)region_read(region, root, slug, own->path, diags);
		else
			*region = (struct region){.slug = slug,
				.name = slug,
				.path = own->path,
				.root = value_new(&site->arena, VALUE_MAP),
				.refused = true};
		site->region_count++;
	}
	text_free(&path);
	text_free(&better);
}

/* Files are sorted, so those of one region stand together. */
static void load_read_regions(struct site *site, struct source_reader *reader, struct diags *diags)
{
	size_t count;
	const struct source_file *files = source_files(site->source, &count);
	size_t most = 0;
	struct slice last = {0};

	for (size_t i = 0; i < count; i++) {
		struct slice slug = load_region_slug(files[i].path);

		most += slug.size > 0 && !slice_equal(slug, last) ? 1 : 0;
		last = slug;
	}
	site->regions = arena_new(&site->arena, most, sizeof(*site->regions));
	last = (struct slice){0};
	for (size_t i = 0; i < count; i++) {
		struct slice slug = load_region_slug(files[i].path);

		if (slug.size == 0 || slice_equal(slug, last))
			continue;
		last = slug;
		load_read_region(site, reader, &files[i], slice_keep(&site->arena, slug), diags);
	}
}

static const struct region *load_find_region(const struct site *site, struct slice slug)
{
	for (size_t i = 0; i < site->region_count; i++)
		if (slice_equal(site->regions[i].slug, slug))
			return &site->regions[i];
	return NULL;
}

static const struct collection *load_find_collection(const struct site *site, struct slice name)
{
	for (size_t i = 0; i < site->collection_count; i++)
		if (slice_equal(site->collections[i].name, name))
			return &site->collections[i];
	return NULL;
}

/* Says what is wrong with the name of a page's file, and proposes a better one. */
static bool load_check_name(struct slice file, struct slice key, struct diags *diags)
{
	const char *reserved = links_reserved(key);
	struct slice rest = key;
	struct text better = {0};
	bool good = true;

	while (rest.size > 0) {
		size_t end = slice_find(rest, '/');
		struct slice part = {rest.data, end};

		good = good && links_is_slug(part);
		if (better.size > 0)
			text_byte(&better, '/');
		unicode_slug(&better, part);
		rest = slice_from(rest, end < rest.size ? end + 1 : end);
	}
	text_puts(&better, ".md");
	if (!good)
		diag_add(diags, DIAG_PAGE_NAME, (struct place){file.data, 0, 0}, better.data,
			(char *)NULL);
	else if (reserved != NULL)
		diag_add(diags, DIAG_PAGE_RESERVED, (struct place){file.data, 0, 0}, reserved,
			(char *)NULL);
	text_free(&better);
	return good && reserved == NULL;
}

static void load_unknown_collection(
	const struct site *site, const struct page *page, struct slice name, struct diags *diags)
{
	const char *names[128];
	size_t count = 0;
	char *shown = mem_copy(name.data, name.size);
	struct text meant = {0};

	for (size_t i = 0; i < site->collection_count && count < ARRAY_LEN(names); i++)
		names[count++] = site->collections[i].name.data;
	schema_suggest(&meant, name, names, count);
	diag_add(diags, DIAG_COLLECTION_UNKNOWN, (struct place){page->file.data, 0, 0}, shown,
		meant.size > 0 ? meant.data : "-", (char *)NULL);
	text_free(&meant);
	free(shown);
}

/* A plain page may not stand where draaiboek makes the index of a collection. */
static bool load_is_index_of(const struct site *site, const struct page *page, struct diags *diags)
{
	struct slice name = page->address;
	const struct collection *collection;
	struct text folder = {0};

	name.size -= name.size > 0 ? 1 : 0;
	collection = load_find_collection(site, name);
	if (collection == NULL)
		return false;
	text_printf(&folder, "playbooks/%s/", collection->name.data);
	diag_add(diags, DIAG_PAGE_TWICE, (struct place){page->file.data, 0, 0}, folder.data,
		(char *)NULL);
	text_free(&folder);
	return true;
}

/* Fills in what a page's path says of it. False when it cannot be a page. */
static bool load_place_page(
	struct site *site, struct page *page, const struct links_place *place, struct diags *diags)
{
	if (!load_check_name(page->file, place->key, diags))
		return false;
	page->address = links_address(&site->arena, place->key);
	page->is_index = slice_is(place->key, "index") || slice_ends(place->key, "/index");
	page->type = &site->types[0];
	if (place->region.size > 0) {
		page->region = load_find_region(site, place->region);
		page->role = ROLE_REGIONAL;
		if (page->region == NULL)
			return false;
	}
	if (place->collection.size == 0)
		return !load_is_index_of(site, page, diags);
	page->collection = load_find_collection(site, place->collection);
	if (page->collection != NULL && !page->is_index)
		page->type = page->collection->type;
	else if (page->collection == NULL && page->region == NULL)
		load_unknown_collection(site, page, place->collection, diags);
	return true;
}

/* The page of this address and region (NULL: national) among the first `count`. */
static struct page *load_find_address(const struct map *addresses, const struct page *page)
{
	struct text key = {0};
	struct page *found;

	if (page->region != NULL)
		text_add(&key, page->region->slug);
	text_byte(&key, ':');
	text_add(&key, page->address);
	found = map_get(addresses, text_slice(&key));
	text_free(&key);
	return found;
}

static void load_add_address(struct site *site, struct map *addresses, struct page *page)
{
	struct text key = {0};

	if (page->region != NULL)
		text_add(&key, page->region->slug);
	text_byte(&key, ':');
	text_add(&key, page->address);
	(void)map_set(addresses, text_keep(&site->arena, &key), page);
}

/* A page in content/regios/ itself would be no region's, and no page of the nation either. */
static bool load_is_astray(const struct site *site, struct slice path, struct diags *diags)
{
	if (!slice_starts(path, REGIONS_PATH) || load_region_slug(path).size > 0 ||
		!slice_ends(path, ".md"))
		return false;
	diag_add(diags, DIAG_REGION_PLACE, (struct place){path.data, 0, 0},
		site->region_count > 0 ? site->regions[0].slug.data : "foodvalley", (char *)NULL);
	return true;
}

/* README.md files are for those who read the repository, not for the site. */
static bool load_is_readme(struct slice path)
{
	return slice_ends(path, "/README.md");
}

/* Tells the adaptations of national pages from the pages that only a region has. */
static void load_find_roles(struct site *site, const struct map *addresses)
{
	for (size_t i = 0; i < site->page_count; i++) {
		struct page *page = &site->pages[i];
		struct page national = {.address = page->address};
		const struct page *counterpart;

		if (page->region == NULL)
			continue;
		counterpart = load_find_address(addresses, &national);
		if (counterpart == NULL)
			continue;
		page->role = ROLE_ADAPTATION;
		page->type = counterpart->type;
	}
}

static void load_list_pages(struct site *site, struct diags *diags)
{
	size_t count;
	const struct source_file *files = source_files(site->source, &count);
	struct map addresses = {0};

	site->pages = arena_new(&site->arena, count, sizeof(*site->pages));
	for (size_t i = 0; i < count; i++) {
		struct page *page = &site->pages[site->page_count];
		struct links_place place;
		const struct page *twin;

		*page = (struct page){.file = files[i].path};
		if (load_is_readme(files[i].path) || load_is_astray(site, files[i].path, diags) ||
			!links_place_of(&place, files[i].path) ||
			!load_place_page(site, page, &place, diags))
			continue;
		twin = load_find_address(&addresses, page);
		if (twin != NULL) {
			diag_add(diags, DIAG_PAGE_TWICE, (struct place){page->file.data, 0, 0},
				twin->file.data, (char *)NULL);
			continue;
		}
		load_add_address(site, &addresses, page);
		(void)map_set(&site->files, page->file, page);
		site->page_count++;
	}
	load_find_roles(site, &addresses);
	map_free(&addresses);
}

static void load_read_scenarios(
	struct site *site, struct source_reader *reader, struct diags *diags)
{
	size_t count;
	const struct source_file *files = source_files(site->source, &count);
	size_t most = 0;

	for (size_t i = 0; i < count; i++)
		most += slice_starts(files[i].path, SCENARIOS_PATH) ? 1 : 0;
	site->scenarios = arena_new(&site->arena, most, sizeof(*site->scenarios));
	for (size_t i = 0; i < count; i++) {
		const struct value *root;

		if (!slice_starts(files[i].path, SCENARIOS_PATH) ||
			!slice_ends(files[i].path, ".yml"))
			continue;
		root = load_read_yaml(site, reader, &files[i], 0, diags);
		if (root != NULL)
			site->scenarios[site->scenario_count++] =
				(struct scenario){files[i].path, root};
	}
}

int load_open(struct site *out, const struct source *source, const struct theme *theme,
	struct source_reader *reader, int date, struct diags *diags)
{
	const struct value *terms, *words, *questions;

	*out = (struct site){.source = source, .theme = theme, .date = date};
	if (settings_read(out, reader, diags) != 0)
		return -1;
	terms = load_read_yaml(
		out, reader, source_find(source, slice_of(GLOSSARY_PATH)), GLOSSARY_KEYS, diags);
	if (terms != NULL)
		glossary_read(&out->glossary, &out->arena, terms, GLOSSARY_PATH, diags);
	words = load_read_yaml(
		out, reader, source_find(source, slice_of(SPLITS_PATH)), GLOSSARY_KEYS, diags);
	if (words != NULL)
		splits_read(&out->splits, &out->arena, words, SPLITS_PATH, diags);
	questions = load_read_yaml(
		out, reader, source_find(source, slice_of(QUESTIONS_PATH)), QUESTIONS_KEYS, diags);
	if (questions != NULL)
		questions_read(&out->questions, &out->arena, questions, diags);
	load_read_scenarios(out, reader, diags);
	load_read_regions(out, reader, diags);
	assets_list(out, reader, diags);
	load_list_pages(out, diags);
	return 0;
}

/* The address, in a scope, of what is a page but has no file of its own; false when it is none. */
static bool load_made_page(
	struct slice *out, const struct site *site, struct arena *arena, struct slice file)
{
	struct slice name = slice_from(file, strlen(PLAYBOOKS_PATH));

	if (slice_is(file, GLOSSARY_PATH) && source_find(site->source, file) != NULL) {
		*out = slice_of("begrippen/");
		return true;
	}
	if (slice_is(file, QUESTIONS_PATH) && site->questions.count > 0) {
		*out = slice_of("regelingenwijzer/");
		return true;
	}
	if (!slice_starts(file, PLAYBOOKS_PATH) || load_find_collection(site, name) == NULL)
		return false;
	*out = links_address(arena, name);
	return true;
}

static void load_use_word(const char **word, const struct value *strings, const char *name)
{
	struct slice found = value_text_at(strings, name);

	if (found.size > 0)
		*word = found.data;
}

void load_use_words(struct site *site, const struct value *strings)
{
	struct text name = {0};

	site->words = *markdown_dutch();
	load_use_word(&site->words.table, strings, "tabel");
	load_use_word(&site->words.notes, strings, "noten");
	load_use_word(&site->words.note, strings, "noot");
	load_use_word(&site->words.back, strings, "terug-naar-noot");
	for (size_t kind = 0; kind < CALLOUT_KINDS; kind++) {
		text_clear(&name);
		text_printf(&name, "kader-%s", callout_slug((enum callout_kind)kind));
		load_use_word(&site->words.callouts[kind], strings, name.data);
	}
	text_free(&name);
}

/* Resolves a link: see struct markdown_site. A page without a file goes by the path as written. */
static int load_resolve(struct slice *page, struct slice *href, const void *context,
	struct arena *arena, const char *path, struct slice target)
{
	const struct site *site = context;
	const struct page *from = map_get(&site->files, slice_of(path)), *to;
	struct text file = {0}, way = {0};
	struct slice address;
	int result = -1;

	if (from == NULL || links_follow(&file, slice_of(path), target) != 0)
		goto out;
	to = map_get(&site->files, text_slice(&file));
	result = 0;
	*page = to != NULL ? to->file : slice_keep(arena, text_slice(&file));
	if (to != NULL && to->region != NULL && to->region != from->region) {
		text_printf(&way, "/regio/%s/%s", to->region->slug.data, to->address.data);
	} else if (to != NULL) {
		links_relative(&way, from->address, to->address);
	} else if (load_made_page(&address, site, arena, text_slice(&file))) {
		links_relative(&way, from->address, address);
	} else {
		address = assets_use(site, text_slice(&file), !from->draft);
		*page = (struct slice){0};
		text_add(&way, address);
		result = address.size > 0 ? 0 : -1;
	}
	if (result == 0)
		*href = text_keep(arena, &way);
out:
	text_free(&file);
	text_free(&way);
	return result;
}

static bool load_find_term(size_t *start, size_t *length, size_t *term, const void *context,
	struct slice text, size_t from)
{
	const struct site *site = context;

	return glossary_find(start, length, term, &site->glossary, text, from);
}

int load_page(struct site *site, size_t i, struct arena *arena, struct source_reader *reader,
	struct diags *diags)
{
	struct page *page = &site->pages[i];
	struct markdown_site markdown = {.context = site,
		.words = &site->words,
		.resolve = load_resolve,
		.find_term = site->glossary.count > 0 ? load_find_term : NULL};
	struct text bytes = {0};
	int result = source_read(&bytes, reader, source_find(site->source, page->file), diags);

	page->arena = arena;
	if (result == 0) {
		page_parse(
			page, text_slice(&bytes), site->types, site->type_count, &markdown, diags);
		journey_read(page);
	} else {
		page_refuse(page);
	}
	text_free(&bytes);
	return result;
}

/* By collection, plain pages last; the index of each first; then volgorde, title, address. */
static int load_compare_pages(const void *a, const void *b)
{
	const struct page *left = *(struct page *const *)a;
	const struct page *right = *(struct page *const *)b;
	int order;

	if (left->collection != right->collection) {
		if (left->collection == NULL || right->collection == NULL)
			return left->collection == NULL ? 1 : -1;
		return left->collection < right->collection ? -1 : 1;
	}
	if (left->is_index != right->is_index)
		return left->is_index ? -1 : 1;
	if (left->order != right->order)
		return left->order < right->order ? -1 : 1;
	order = slice_compare(left->title_key, right->title_key);
	return order != 0 ? order : slice_compare(left->address, right->address);
}

/* A region's list of pages; then its variants of the national ones. */
static void load_region(
	struct site *site, struct region *region, const struct map *addresses, struct diags *diags)
{
	region->variants = arena_new(&site->arena, site->national_count, sizeof(struct variant *));
	for (size_t i = 0; i < site->page_count; i++) {
		struct page *page = &site->pages[i];
		const struct page *national;
		struct variant *variant;

		if (page->region != region || page->refused)
			continue;
		if (page->role == ROLE_ADAPTATION) {
			national = map_get(addresses, page->address);
			if (national == NULL)
				continue;
			variant = arena_new(&site->arena, 1, sizeof(*variant));
			region_check_contact(
				value_at(page->front, "contact"), page->file.data, diags);
			(void)overlay_apply(variant, &site->arena, national, page, diags);
			if (!page->draft)
				region->variants[national->number] = variant;
		}
		if (!page->draft)
			region->pages[region->count++] = page;
	}
	if (region->count > 1)
		qsort(region->pages, region->count, sizeof(struct page *), load_compare_pages);
}

void load_freeze(struct site *site, const struct history *history, struct diags *diags)
{
	struct map addresses = {0};

	site->national = arena_new(&site->arena, site->page_count, sizeof(struct page *));
	for (size_t i = 0; i < site->page_count; i++) {
		struct page *page = &site->pages[i];

		page->history = history != NULL ? history_find(history, page->file) : NULL;
		if (page->region == NULL && !page->draft && !page->refused)
			site->national[site->national_count++] = page;
	}
	if (site->national_count > 1)
		qsort(site->national, site->national_count, sizeof(struct page *),
			load_compare_pages);
	site->plain = arena_new(&site->arena, site->national_count, sizeof(*site->plain));
	for (size_t i = 0; i < site->national_count; i++) {
		site->national[i]->number = i;
		(void)map_set(&addresses, site->national[i]->address, site->national[i]);
		overlay_plain(&site->plain[i], &site->arena, site->national[i]);
	}
	for (size_t r = 0; r < site->region_count; r++) {
		size_t most = 0;

		for (size_t i = 0; i < site->page_count; i++)
			most += site->pages[i].region == &site->regions[r] ? 1 : 0;
		site->regions[r].pages = arena_new(&site->arena, most, sizeof(struct page *));
		load_region(site, &site->regions[r], &addresses, diags);
	}
	map_free(&addresses);
	relations_read(site);
	settings_read_menu(site, diags);
}
