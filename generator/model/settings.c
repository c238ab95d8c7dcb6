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
#include "model/page_type.h"
#include "model/site.h"

#define SETTINGS_PATH "content/site.yml"
#define TYPES_PATH "content/soorten/"

static const char *const setting_keys[] = {"titel", "omschrijving", "adres", "taal", "thema",
	"menu", "verzamelingen", "beveiliging", "uitgever"};
static const char *const collection_keys[] = {"titel", "samenvatting", "soort"};

/* Pages that the program makes and a menu may name, with their word in the theme's strings. */
static const struct {
	const char *name;
	const char *string;
	const char *address;
} built_in_pages[] = {{"begrippen", "begrippen", "begrippen/"}, {"oogst", "oogst", "oogst/"},
	{"zoek", "zoeken", "zoek/"}, {"regelingenwijzer", "regelingenwijzer", "regelingenwijzer/"}};

/* http: or https:, a host and perhaps a path; nothing behind it. */
static bool settings_is_url(struct slice url)
{
	for (size_t i = 0; i < url.size; i++)
		if ((unsigned char)url.data[i] >= 0x7f || url.data[i] == '?' || url.data[i] == '#')
			return false;
	return schema_is_url(url);
}

/* The address without slashes at its end, and the path in it: "/" or "/draaiboek/". */
static void settings_read_url(struct site *site, struct diags *diags)
{
	const struct value *value = value_at(site->settings, "adres");
	struct slice url = value_text_at(site->settings, "adres");
	struct text path = {0};
	size_t host;

	while (url.size > 0 && url.data[url.size - 1] == '/')
		url.size--;
	if (!settings_is_url(url)) {
		if (value != NULL && value->kind != VALUE_NULL)
			diag_add(diags, DIAG_SITE_URL, schema_place(SETTINGS_PATH, value),
				value->kind == VALUE_TEXT ? value->text.data : "adres",
				(char *)NULL);
		url = slice_of("https://draaiboek.example");
	}
	site->url = slice_keep(&site->arena, url);
	host = slice_starts(url, "https://") ? 8 : 7;
	host += slice_find(slice_from(url, host), '/');
	text_add(&path, slice_from(url, host));
	text_byte(&path, '/');
	site->base_path = text_keep(&site->arena, &path);
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
	struct text meant = {0};

	if (type != NULL)
		return type;
	for (size_t i = 0; i < site->type_count && count < ARRAY_LEN(names); i++)
		names[count++] = site->types[i].name.data;
	schema_suggest(&meant, value_text_at(entry, "soort"), names, count);
	diag_add(diags, DIAG_COLLECTION_TYPE, schema_place(SETTINGS_PATH, named), entry->key.data,
		named->kind == VALUE_TEXT ? named->text.data : "", meant.data, (char *)NULL);
	text_free(&meant);
	return &site->types[0];
}

static bool settings_check_collection(const struct value *entry, struct diags *diags)
{
	struct place place = schema_key_place(SETTINGS_PATH, entry);

	if (!links_is_slug(entry->key) || links_reserved(entry->key) != NULL) {
		diag_add(diags, DIAG_COLLECTION_NAME, place, entry->key.data, (char *)NULL);
		return false;
	}
	if (entry->kind != VALUE_MAP) {
		diag_add(diags, DIAG_COLLECTION_MAP, place, entry->key.data, (char *)NULL);
		return false;
	}
	(void)schema_check_keys(
		entry, collection_keys, ARRAY_LEN(collection_keys), SETTINGS_PATH, diags);
	return true;
}

static void settings_read_collections(struct site *site, struct diags *diags)
{
	const struct value *map = value_at(site->settings, "verzamelingen");

	if (map == NULL || map->kind == VALUE_NULL)
		return;
	if (map->kind != VALUE_MAP) {
		diag_add(diags, DIAG_FIELD_KEYS, schema_place(SETTINGS_PATH, map), "verzamelingen",
			"subsidies: {titel: Regelingen, soort: wegwijzer}", (char *)NULL);
		return;
	}
	site->collections = arena_new(&site->arena, map->count, sizeof(*site->collections));
	for (const struct value *entry = map->first; entry != NULL; entry = entry->next) {
		struct collection *collection = &site->collections[site->collection_count];

		if (!settings_check_collection(entry, diags))
			continue;
		collection->name = entry->key;
		collection->title = value_text_at(entry, "titel");
		if (collection->title.size == 0)
			collection->title = entry->key;
		collection->summary = value_text_at(entry, "samenvatting");
		collection->type = settings_collection_type(site, entry, diags);
		site->collection_count++;
	}
}

/*
 * Reads one file of a type. `path` and what is read live in the arena. The first file of a name
 * wins, but for `pagina`, of which there is a plain one from the start.
 */
static void settings_read_type(struct site *site, const struct text *bytes, struct slice name,
	const char *path, struct diags *diags)
{
	struct page_type *type = (struct page_type *)settings_type(site, name);
	struct value *root;

	if (type != NULL && type->path[0] != '\0')
		return;
	if (yaml_parse(&root, &site->arena, text_slice(bytes), path, 1, 0, diags) != 0)
		return;
	if (type == NULL)
		type = &site->types[site->type_count++];
	(void)page_type_read(type, &site->arena, root, path, name, diags);
}

static struct slice settings_type_name(struct site *site, struct slice file)
{
	struct slice name = {file.data, file.size - 4};

	return slice_keep(&site->arena, name);
}

/* Of content/soorten/; a file that cannot be read is said, and spoils nothing else. */
static void settings_read_own_types(
	struct site *site, struct source_reader *reader, struct diags *diags)
{
	size_t count;
	const struct source_file *files = source_files(site->source, &count);
	struct text bytes = {0};

	for (size_t i = 0; i < count; i++) {
		struct slice path = files[i].path;

		if (slice_starts(path, TYPES_PATH) && slice_ends(path, ".yml") &&
			source_read(&bytes, reader, &files[i], diags) == 0)
			settings_read_type(site, &bytes,
				settings_type_name(site, slice_from(path, strlen(TYPES_PATH))),
				path.data, diags);
	}
	text_free(&bytes);
}

/* `pagina` is always there, and always first: it is what a page is when nothing else is said. */
static void settings_read_types(
	struct site *site, struct source_reader *reader, struct diags *diags)
{
	size_t own_count, count;
	const struct theme_file *files = theme_types(site->theme, &count);
	struct text bytes = {0};

	(void)source_files(site->source, &own_count);
	site->types = arena_new(&site->arena, own_count + count + 1, sizeof(*site->types));
	site->types[site->type_count++] = (struct page_type){.name = slice_of("pagina"),
		.title = slice_of("Pagina"),
		.plural = slice_of("Pagina's"),
		.template = slice_of("pagina"),
		.path = ""};
	settings_read_own_types(site, reader, diags);
	for (size_t i = 0; i < count; i++)
		if (slice_ends(files[i].path, ".yml") &&
			theme_read(&bytes, &files[i], reader, diags) == 0)
			settings_read_type(site, &bytes, settings_type_name(site, files[i].path),
				files[i].full, diags);
	text_free(&bytes);
}

static void settings_read_language(struct site *site, struct diags *diags)
{
	const struct value *language = value_at(site->settings, "taal");
	struct slice name = value_text_at(site->settings, "taal");

	site->language = slice_of("nl");
	if (language == NULL || language->kind == VALUE_NULL || slice_is(name, "nl"))
		return;
	if (slice_is(name, "en"))
		site->language = name;
	else
		diag_add(diags, DIAG_SITE_LANGUAGE, schema_place(SETTINGS_PATH, language),
			name.size > 0 ? name.data : "taal", (char *)NULL);
}

/* Reads site.yml itself. -1, with a message, when it is no map of keys. */
static int settings_read_file(struct site *site, struct source_reader *reader, struct diags *diags)
{
	const struct source_file *file = source_find(site->source, slice_of(SETTINGS_PATH));
	struct text bytes = {0};
	struct value *root;
	int result = -1;

	if (file != NULL && source_read(&bytes, reader, file, diags) == 0 &&
		yaml_parse(&root, &site->arena, text_slice(&bytes), SETTINGS_PATH, 1, 0, diags) ==
			0 &&
		schema_check_file(root, "titel", SETTINGS_PATH, diags)) {
		site->settings = root;
		result = 0;
	} else {
		diag_add(diags, DIAG_SITE_SETTINGS, (struct place){SETTINGS_PATH, 0, 0},
			(char *)NULL);
	}
	text_free(&bytes);
	return result;
}

static void settings_check_texts(const struct value *settings, struct diags *diags)
{
	static const char *const texts[] = {
		"titel", "adres", "omschrijving", "uitgever", "taal", "thema"};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const struct value *value = value_at(settings, texts[i]);

		if (value != NULL && value->kind != VALUE_NULL && value->kind != VALUE_TEXT)
			diag_add(diags, DIAG_FIELD_TEXT, schema_place(SETTINGS_PATH, value),
				texts[i], (char *)NULL);
	}
}

int settings_read(struct site *site, struct source_reader *reader, struct diags *diags)
{
	static const char *const required[] = {"titel", "adres", "verzamelingen"};

	if (settings_read_file(site, reader, diags) != 0)
		return -1;
	(void)schema_check_keys(
		site->settings, setting_keys, ARRAY_LEN(setting_keys), SETTINGS_PATH, diags);
	for (size_t i = 0; i < ARRAY_LEN(required); i++) {
		const struct value *value = value_at(site->settings, required[i]);

		if (value == NULL || value->kind == VALUE_NULL)
			diag_add(diags, DIAG_FIELD_REQUIRED, (struct place){SETTINGS_PATH, 1, 0},
				required[i], (char *)NULL);
	}
	settings_check_texts(site->settings, diags);
	site->title = value_text_at(site->settings, "titel");
	site->description = value_text_at(site->settings, "omschrijving");
	settings_read_language(site, diags);
	settings_read_url(site, diags);
	settings_read_types(site, reader, diags);
	settings_read_collections(site, diags);
	return 0;
}

/* True when the site has this page of the program's. */
static bool settings_has(const struct site *site, size_t page)
{
	return strcmp(built_in_pages[page].name, "regelingenwijzer") != 0 ||
	       site->questions.count > 0;
}

/* Finds what a name in the menu stands for. */
static bool settings_find_item(struct menu_item *out, const struct site *site, struct slice name)
{
	for (size_t i = 0; i < site->collection_count; i++) {
		const struct collection *collection = &site->collections[i];

		if (!slice_equal(collection->name, name))
			continue;
		*out = (struct menu_item){.title = collection->title, .address = collection->name};
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(built_in_pages); i++) {
		if (!slice_is(name, built_in_pages[i].name) || !settings_has(site, i))
			continue;
		*out = (struct menu_item){.string = built_in_pages[i].string,
			.address = slice_of(built_in_pages[i].address)};
		return true;
	}
	for (size_t i = 0; i < site->national_count; i++) {
		const struct page *page = site->national[i];
		struct slice address = page->address;

		if (address.size == 0)
			continue;
		address.size--;
		if (!slice_equal(address, name))
			continue;
		*out = (struct menu_item){.title = page->title, .address = page->address};
		return true;
	}
	return false;
}

/* Pages are too many to name them all, so only one that is near is named. */
static void settings_unknown_item(
	const struct site *site, const struct value *item, struct diags *diags)
{
	const char *names[128];
	size_t count = 0, short_count;
	struct text address = {0}, meant = {0};
	const char *nearest;

	for (size_t i = 0; i < site->collection_count && count < ARRAY_LEN(names); i++)
		names[count++] = site->collections[i].name.data;
	for (size_t i = 0; i < ARRAY_LEN(built_in_pages) && count < ARRAY_LEN(names); i++)
		if (settings_has(site, i))
			names[count++] = built_in_pages[i].name;
	short_count = count;
	for (size_t i = 0; i < site->national_count && count < ARRAY_LEN(names); i++)
		if (site->national[i]->address.size > 0)
			names[count++] = site->national[i]->address.data;
	text_printf(&address, "%s/", item->text.data);
	nearest = diag_nearest(address.data, names + short_count, count - short_count);
	if (nearest != NULL)
		text_add(&meant, (struct slice){nearest, strlen(nearest) - 1});
	else
		schema_suggest(&meant, item->text, names, short_count);
	diag_add(diags, DIAG_SITE_MENU, schema_place(SETTINGS_PATH, item), item->text.data,
		meant.data, (char *)NULL);
	text_free(&address);
	text_free(&meant);
}

static void settings_add_item(struct site *site, struct menu_item item)
{
	if (item.address.data[item.address.size - 1] != '/')
		item.address = links_address(&site->arena, item.address);
	site->menu[site->menu_count++] = item;
}

void settings_read_menu(struct site *site, struct diags *diags)
{
	const struct value *menu = value_at(site->settings, "menu");
	struct menu_item found;

	if (menu != NULL && !schema_check_list(menu, SETTINGS_PATH, diags))
		return;
	site->menu = arena_new(&site->arena,
		menu != NULL ? menu->count : site->collection_count + 1, sizeof(*site->menu));
	site->menu_count = 0;
	for (const struct value *item = menu != NULL ? menu->first : NULL; item != NULL;
		item = item->next) {
		if (settings_find_item(&found, site, item->text))
			settings_add_item(site, found);
		else
			settings_unknown_item(site, item, diags);
	}
	if (menu != NULL)
		return;
	for (size_t i = 0; i < site->collection_count; i++)
		if (settings_find_item(&found, site, site->collections[i].name))
			settings_add_item(site, found);
	if (site->glossary.count > 0 && settings_find_item(&found, site, slice_of("begrippen")))
		settings_add_item(site, found);
}
