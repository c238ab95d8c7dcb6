/*
 * Reads content/site.yml and the page types: those of content/soorten/ and the built-in ones that
 * the site does not define itself.
 */
#include "model/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/value.h"
#include "input/source.h"
#include "input/theme.h"
#include "input/yaml.h"
#include "model/links.h"
#include "model/site.h"

#define SETTINGS_PATH "content/site.yml"
#define TYPES_PATH "content/soorten/"

static const char *const setting_keys[] = {"titel", "omschrijving", "adres", "taal", "thema",
	"menu", "verzamelingen", "beveiliging", "uitgever"};
static const char *const collection_keys[] = {"titel", "samenvatting", "soort"};

/* Pages that the program makes and a menu may name: their key in the theme's strings and address.
 */
static const struct {
	const char *name;
	const char *title;
	const char *address;
} built_in_pages[] = {{"begrippen", "Begrippen", "begrippen/"},
	{"oogst", "Tips en vragen", "oogst/"}, {"zoek", "Zoeken", "zoek/"}};

static void settings_check_keys(
	const struct value *map, const char *const *names, size_t count, struct diags *diags)
{
	for (const struct value *entry = map->first; entry != NULL; entry = entry->next) {
		const char *nearest;
		size_t i = 0;

		while (i < count && !slice_is(entry->key, names[i]))
			i++;
		if (i < count)
			continue;
		nearest = diag_nearest(entry->key.data, names, count);
		diag_add(diags, DIAG_KEY_UNKNOWN, schema_key_place(SETTINGS_PATH, entry),
			entry->key.data, nearest != NULL ? nearest : names[0], (char *)NULL);
	}
}

static void settings_read_url(struct site *site, struct diags *diags)
{
	const struct value *value = value_at(site->settings, "adres");
	struct slice url = value_text(value);
	size_t host;
	bool good = slice_starts(url, "https://") || slice_starts(url, "http://");

	while (url.size > 0 && url.data[url.size - 1] == '/')
		url.size--;
	for (size_t i = 0; i < url.size; i++)
		good = good && (unsigned char)url.data[i] > ' ' &&
		       (unsigned char)url.data[i] < 0x7f &&
		       strchr("\"'<>\\?#", url.data[i]) == NULL;
	host = slice_starts(url, "https://") ? 8 : 7;
	if (value == NULL || !good || url.size <= host) {
		if (value != NULL)
			diag_add(diags, DIAG_SITE_URL, schema_place(SETTINGS_PATH, value),
				url.data != NULL ? value->text.data : "", (char *)NULL);
		site->url = slice_of("https://draaiboek.example");
		site->base_path = slice_of("/");
		return;
	}
	site->url = slice_keep(&site->arena, url);
	host += slice_find(slice_from(site->url, host), '/');
	if (host < site->url.size) {
		struct text path = {0};

		text_add(&path, slice_from(site->url, host));
		text_byte(&path, '/');
		site->base_path = text_keep(&site->arena, &path);
	} else {
		site->base_path = slice_of("/");
	}
}

static const struct page_type *settings_type(const struct site *site, struct slice name)
{
	for (size_t i = 0; i < site->type_count; i++)
		if (slice_equal(site->types[i].name, name))
			return &site->types[i];
	return NULL;
}

/* The type of a collection; one that does not exist is an error, and `pagina` takes its place. */
static const struct page_type *settings_collection_type(
	const struct site *site, const struct value *entry, struct diags *diags)
{
	const struct value *named = value_at(entry, "soort");
	const struct page_type *type =
		settings_type(site, named != NULL ? value_text(named) : slice_of("pagina"));
	const char *names[64];
	size_t count = 0;
	const char *nearest;

	if (type != NULL)
		return type;
	for (size_t i = 0; i < site->type_count && count < ARRAY_LEN(names); i++)
		names[count++] = site->types[i].name.data;
	nearest = named != NULL && named->kind == VALUE_TEXT
			  ? diag_nearest(named->text.data, names, count)
			  : NULL;
	diag_add(diags, DIAG_COLLECTION_TYPE,
		named != NULL ? schema_place(SETTINGS_PATH, named)
			      : schema_place(SETTINGS_PATH, entry),
		entry->key.data, named != NULL && named->kind == VALUE_TEXT ? named->text.data : "",
		nearest != NULL ? nearest : "pagina", (char *)NULL);
	return &site->types[0];
}

static void settings_read_collections(struct site *site, struct diags *diags)
{
	const struct value *map = value_at(site->settings, "verzamelingen");

	if (map == NULL || map->kind != VALUE_MAP)
		return;
	site->collections = arena_new(&site->arena, map->count, sizeof(*site->collections));
	for (const struct value *entry = map->first; entry != NULL; entry = entry->next) {
		struct collection *collection = &site->collections[site->collection_count];

		if (entry->kind != VALUE_MAP) {
			diag_add(diags, DIAG_COLLECTION_MAP, schema_key_place(SETTINGS_PATH, entry),
				entry->key.data, (char *)NULL);
			continue;
		}
		settings_check_keys(entry, collection_keys, ARRAY_LEN(collection_keys), diags);
		collection->name = entry->key;
		collection->title = value_text_at(entry, "titel");
		if (collection->title.size == 0)
			collection->title = entry->key;
		collection->summary = value_text_at(entry, "samenvatting");
		collection->type = settings_collection_type(site, entry, diags);
		site->collection_count++;
	}
}

/* Reads one file of a type. `path` and what is read live in the arena. */
static int settings_read_type(struct site *site, const struct text *bytes, struct slice name,
	const char *path, struct diags *diags)
{
	struct value *root;

	if (settings_type(site, name) != NULL ||
		yaml_parse(&root, &site->arena, text_slice(bytes), path, 1, 0, diags) != 0)
		return -1;
	(void)schema_read_type(
		&site->types[site->type_count], &site->arena, root, path, name, diags);
	site->type_count++;
	return 0;
}

static struct slice settings_type_name(struct site *site, struct slice file)
{
	struct slice name = {file.data, file.size - 4};

	return slice_keep(&site->arena, name);
}

/* `pagina` is always there, and always first: it is what a page is when nothing else is said. */
static int settings_read_types(struct site *site, struct source_reader *reader, struct diags *diags)
{
	size_t own_count, built_in_count;
	const struct source_file *own = source_files(site->source, &own_count);
	const struct theme_file *built_in = theme_types(site->theme, &built_in_count);
	struct text bytes = {0};
	int result = -1;

	site->types = arena_new(&site->arena, own_count + built_in_count + 1, sizeof(*site->types));
	site->types[site->type_count++] = (struct page_type){.name = slice_of("pagina"),
		.title = slice_of("Pagina"),
		.plural = slice_of("Pagina's"),
		.template = slice_of("pagina"),
		.path = ""};
	for (size_t i = 0; i < own_count; i++) {
		struct slice path = own[i].path, name;

		if (!slice_starts(path, TYPES_PATH) || !slice_ends(path, ".yml"))
			continue;
		name = settings_type_name(site, slice_from(path, strlen(TYPES_PATH)));
		if (source_read(&bytes, reader, &own[i], diags) != 0)
			goto out;
		(void)settings_read_type(site, &bytes, name, path.data, diags);
	}
	for (size_t i = 0; i < built_in_count; i++) {
		if (!slice_ends(built_in[i].path, ".yml"))
			continue;
		if (theme_read(&bytes, &built_in[i], reader, diags) != 0)
			goto out;
		(void)settings_read_type(site, &bytes, settings_type_name(site, built_in[i].path),
			built_in[i].full, diags);
	}
	result = 0;
out:
	text_free(&bytes);
	return result;
}

int settings_read(struct site *site, struct source_reader *reader, struct diags *diags)
{
	const struct source_file *file = source_find(site->source, slice_of(SETTINGS_PATH));
	struct text bytes = {0};
	struct value *root;
	int result = -1;

	if (file == NULL || source_read(&bytes, reader, file, diags) != 0)
		goto out;
	if (yaml_parse(&root, &site->arena, text_slice(&bytes), SETTINGS_PATH, 1, 0, diags) != 0 ||
		root->kind != VALUE_MAP) {
		diag_add(diags, DIAG_SITE_SETTINGS, (struct place){SETTINGS_PATH, 0, 0},
			(char *)NULL);
		goto out;
	}
	site->settings = root;
	settings_check_keys(root, setting_keys, ARRAY_LEN(setting_keys), diags);
	for (size_t i = 0; i < 3; i += 2)
		if (value_text_at(root, setting_keys[i]).size == 0)
			diag_add(diags, DIAG_FIELD_REQUIRED, (struct place){SETTINGS_PATH, 1, 0},
				setting_keys[i], (char *)NULL);
	site->title = value_text_at(root, "titel");
	site->description = value_text_at(root, "omschrijving");
	site->language = value_text_at(root, "taal");
	if (site->language.size == 0)
		site->language = slice_of("nl");
	if (!slice_is(site->language, "nl") && !slice_is(site->language, "en")) {
		diag_add(diags, DIAG_SITE_LANGUAGE,
			schema_place(SETTINGS_PATH, value_at(root, "taal")), site->language.data,
			(char *)NULL);
		site->language = slice_of("nl");
	}
	settings_read_url(site, diags);
	if (settings_read_types(site, reader, diags) != 0)
		goto out;
	settings_read_collections(site, diags);
	result = 0;
out:
	text_free(&bytes);
	return result;
}

/* Finds what a name in the menu stands for. */
static bool settings_find_item(struct menu_item *out, const struct site *site, struct slice name)
{
	for (size_t i = 0; i < site->collection_count; i++) {
		if (!slice_equal(site->collections[i].name, name))
			continue;
		*out = (struct menu_item){site->collections[i].title, site->collections[i].name};
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(built_in_pages); i++) {
		if (!slice_is(name, built_in_pages[i].name))
			continue;
		*out = (struct menu_item){
			slice_of(built_in_pages[i].title), slice_of(built_in_pages[i].address)};
		return true;
	}
	for (size_t i = 0; i < site->national_count; i++) {
		struct slice address = site->national[i]->address;

		if (address.size == 0)
			continue;
		address.size--;
		if (!slice_equal(address, name))
			continue;
		*out = (struct menu_item){site->national[i]->title, site->national[i]->address};
		return true;
	}
	return false;
}

static void settings_unknown_item(
	const struct site *site, const struct value *item, struct diags *diags)
{
	const char *names[128];
	size_t count = 0;
	const char *nearest;

	for (size_t i = 0; i < site->collection_count && count < ARRAY_LEN(names); i++)
		names[count++] = site->collections[i].name.data;
	for (size_t i = 0; i < ARRAY_LEN(built_in_pages) && count < ARRAY_LEN(names); i++)
		names[count++] = built_in_pages[i].name;
	for (size_t i = 0; i < site->national_count && count < ARRAY_LEN(names); i++)
		names[count++] = site->national[i]->address.data;
	nearest = item->kind == VALUE_TEXT ? diag_nearest(item->text.data, names, count) : NULL;
	diag_add(diags, DIAG_SITE_MENU, schema_place(SETTINGS_PATH, item),
		item->kind == VALUE_TEXT ? item->text.data : "?",
		nearest != NULL ? nearest : "begrippen", (char *)NULL);
}

void settings_read_menu(struct site *site, struct diags *diags)
{
	const struct value *menu = value_at(site->settings, "menu");
	size_t most = menu != NULL ? menu->count : site->collection_count + 1;

	site->menu = arena_new(&site->arena, most, sizeof(*site->menu));
	if (menu == NULL) {
		for (size_t i = 0; i < site->collection_count; i++)
			site->menu[site->menu_count++] = (struct menu_item){
				site->collections[i].title, site->collections[i].name};
		if (site->glossary.count > 0)
			site->menu[site->menu_count++] =
				(struct menu_item){slice_of(built_in_pages[0].title),
					slice_of(built_in_pages[0].address)};
	}
	for (const struct value *item = menu != NULL ? menu->first : NULL; item != NULL;
		item = item->next) {
		struct menu_item found;

		if (item->kind == VALUE_TEXT && settings_find_item(&found, site, item->text))
			site->menu[site->menu_count++] = found;
		else
			settings_unknown_item(site, item, diags);
	}
	for (size_t i = 0; i < site->menu_count; i++) {
		struct slice *address = &site->menu[i].address;

		if (address->size > 0 && address->data[address->size - 1] != '/')
			*address = links_address(&site->arena, *address);
	}
}
