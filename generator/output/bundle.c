/*
 * A hash covers the bytes as they are served, so what is named goes before what names it: pictures,
 * then scripts, each after those that it imports, then the style sheet.
 */
#include "output/bundle.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/value.h"
#include "input/theme.h"
#include "input/yaml.h"
#include "model/assets.h"
#include "output/region_style.h"
#include "output/style.h"

#define SETTINGS_PATH "thema.yml"

enum script_state { SCRIPT_NEW, SCRIPT_BUSY, SCRIPT_DONE };

struct script {
	const struct theme_file *file;
	struct slice name;  /* "search.js" */
	struct slice bytes; /* as written */
	struct slice address;
	enum script_state state;
	struct script *imported; /* the one that is looked at on its behalf */
};

struct bundler {
	struct arena *arena;
	const struct theme *theme;
	struct source_reader *reader;
	struct diags *diags;
	bool preview;
	struct bundle bundle;
	struct script *scripts;
	size_t script_count;
	struct map pictures; /* "beeld/x.svg" → struct slice, its address in assets/ */
	bool failed;
};

/* A specifier in a script: what stands between the quotes. */
struct import {
	size_t start;
	size_t end;
	bool url; /* in new URL(…): may be an address of something else */
};

static int read_file(struct slice *out, struct bundler *bundler, const struct theme_file *file)
{
	struct text bytes = {0};

	if (theme_read(&bytes, file, bundler->reader, bundler->diags) != 0) {
		text_free(&bytes);
		return -1;
	}
	*out = text_keep(bundler->arena, &bytes);
	return 0;
}

static void fail(
	struct bundler *bundler, enum diag_code code, struct place place, struct slice argument)
{
	char *shown = mem_copy(argument.data, argument.size);

	diag_add(bundler->diags, code, place, shown, (char *)NULL);
	free(shown);
	bundler->failed = true;
}

/* Adds a file to the bundle; returns its address. */
static struct slice add_file(struct bundler *bundler, struct slice name, struct slice bytes)
{
	struct slice address = assets_name(bundler->arena, name, bytes);

	bundler->bundle.files[bundler->bundle.count++] = (struct bundle_file){address, bytes};
	return address;
}

/* Names an address for templates: `prefix`, and the file's name without its kind. */
static const char *name_address(
	struct bundler *bundler, const char *prefix, struct slice file, struct slice address)
{
	struct text name = {0};
	size_t dot = file.size;
	const char *key;

	while (dot > 0 && file.data[dot - 1] != '.')
		dot--;
	text_puts(&name, prefix);
	text_add(&name, (struct slice){file.data, dot > 0 ? dot - 1 : file.size});
	key = text_keep(bundler->arena, &name).data;
	if (value_at(bundler->bundle.names, key) != NULL)
		return NULL;
	value_put_text(bundler->arena, bundler->bundle.names, key, address);
	return key;
}

/* The part of a path behind `folder` when the file stands in it, not deeper; else empty. */
static struct slice name_in(struct slice path, const char *folder)
{
	struct slice name = {0};

	if (slice_starts(path, folder))
		name = slice_from(path, strlen(folder));
	return slice_find(name, '/') == name.size ? name : (struct slice){0};
}

/* "x.0123456789abcdef.js" of "assets/x.0123456789abcdef.js": as of a file beside it. */
static struct slice beside(struct slice address)
{
	return slice_from(address, slice_find(address, '/') + 1);
}

static int add_picture(struct bundler *bundler, const struct theme_file *file, struct slice name)
{
	struct slice *address = arena_new(bundler->arena, 1, sizeof(*address));
	struct text prefixed = {0};
	struct slice bytes;

	if (read_file(&bytes, bundler, file) != 0)
		return -1;
	/* The site may have a picture with the same name and bytes. */
	text_puts(&prefixed, "beeld-");
	text_add(&prefixed, name);
	*address = add_file(bundler, text_slice(&prefixed), bytes);
	text_free(&prefixed);
	if (name_address(bundler, "beeld-", name, *address) == NULL)
		fail(bundler, DIAG_THEME_PICTURES, (struct place){.path = file->full}, name);
	*address = beside(*address);
	map_set(&bundler->pictures, file->path, address);
	return 0;
}

/* A file with an address that must not change: at the site's root, by its own name. */
static int add_fixed(struct bundler *bundler, const struct theme_file *file, struct slice name)
{
	struct slice bytes;

	if (read_file(&bytes, bundler, file) != 0)
		return -1;
	bundler->bundle.files[bundler->bundle.count++] = (struct bundle_file){name, bytes};
	if (name_address(bundler, "site-", name, name) == NULL)
		fail(bundler, DIAG_THEME_PICTURES, (struct place){.path = file->full}, name);
	return 0;
}

static int read_script(struct bundler *bundler, const struct theme_file *file, struct slice name)
{
	struct script *script = &bundler->scripts[bundler->script_count];

	if (read_file(&script->bytes, bundler, file) != 0)
		return -1;
	script->file = file;
	script->name = name;
	bundler->script_count++;
	return 0;
}

/* The line that byte `at` stands on, up to that byte, without white space around it. */
static struct slice line_before(struct slice bytes, size_t at)
{
	size_t start = at;

	while (start > 0 && bytes.data[start - 1] != '\n')
		start--;
	return slice_trim((struct slice){bytes.data + start, at - start});
}

/* Whether the line ends with the word, and not as the end of a longer one. */
static bool ends_with_word(struct slice line, const char *word)
{
	size_t size = strlen(word);
	char before = line.size > size ? line.data[line.size - size - 1] : ' ';

	return slice_ends(line, word) && strchr(" \t};*", before) != NULL;
}

/*
 * Whether what stands before a quote makes it an import. Not a parser: an import stands at the
 * start of a line or of an expression, as people and formatters write it.
 */
static bool is_import(struct import *out, struct slice line)
{
	out->url = slice_ends(line, "URL(");
	if (slice_starts(line, "//") || slice_starts(line, "*") || slice_starts(line, "/*"))
		return false;
	if (out->url || slice_ends(line, "import("))
		return true;
	return (ends_with_word(line, "from") &&
		       (slice_starts(line, "import") || slice_starts(line, "export") ||
			       slice_starts(line, "}"))) ||
	       slice_is(line, "import");
}

/* Whether the quote at `at` can open an import's specifier: most cannot, and lines may be long. */
static bool may_import(struct slice bytes, size_t at)
{
	while (at > 0 && bytes.data[at - 1] == ' ')
		at--;
	return at > 0 && strchr("mt(", bytes.data[at - 1]) != NULL;
}

/* Finds the next import from byte `from` on. */
static bool next_import(struct import *out, struct slice bytes, size_t from)
{
	for (size_t i = from; i < bytes.size; i++) {
		char quote = bytes.data[i];
		struct slice rest = slice_from(bytes, i + 1);
		size_t end;

		if ((quote != '\'' && quote != '"') || !may_import(bytes, i) ||
			!is_import(out, line_before(bytes, i)))
			continue;
		end = slice_find(rest, quote);
		if (end == rest.size || slice_find(rest, '\n') < end)
			continue;
		out->start = i + 1;
		out->end = i + 1 + end;
		return true;
	}
	return false;
}

static struct script *find_script(struct bundler *bundler, struct slice specifier)
{
	if (!slice_starts(specifier, "./"))
		return NULL;
	for (size_t i = 0; i < bundler->script_count; i++)
		if (slice_equal(bundler->scripts[i].name, slice_from(specifier, 2)))
			return &bundler->scripts[i];
	return NULL;
}

static struct place place_of(const struct script *script, size_t at)
{
	struct place place = {script->file->full, 1, 0};

	for (size_t i = 0; i < at; i++)
		place.line += script->bytes.data[i] == '\n';
	return place;
}

/* Reports a circle by its way from `first` back to it. */
static void fail_circle(struct bundler *bundler, const struct script *first, struct place place)
{
	struct text way = {0};
	const struct script *script = first;

	do {
		text_add(&way, script->name);
		text_puts(&way, " → ");
		script = script->imported;
	} while (script != first);
	text_add(&way, first->name);
	fail(bundler, DIAG_SCRIPT_CIRCLE, place, text_slice(&way));
	text_free(&way);
}

/* Gives a script its address: that of its bytes with the addresses of what it imports. */
static void add_script(struct bundler *bundler, struct script *script)
{
	struct text bytes = {0};
	struct import import;
	size_t done = 0;

	script->state = SCRIPT_BUSY;
	for (size_t at = 0; next_import(&import, script->bytes, at); at = import.end + 1) {
		struct slice specifier = {
			script->bytes.data + import.start, import.end - import.start};
		struct script *imported = find_script(bundler, specifier);

		if (imported == NULL && import.url && !slice_ends(specifier, ".js"))
			continue;
		script->imported = imported;
		if (imported == NULL) {
			fail(bundler, DIAG_SCRIPT_IMPORT, place_of(script, import.start),
				specifier);
			continue;
		}
		if (imported->state == SCRIPT_BUSY) {
			fail_circle(bundler, imported, place_of(script, import.start));
			continue;
		}
		if (imported->state == SCRIPT_NEW)
			add_script(bundler, imported);
		text_add(&bytes, (struct slice){script->bytes.data + done, import.start - done});
		text_puts(&bytes, "./");
		text_add(&bytes, beside(imported->address));
		done = import.end;
	}
	text_add(&bytes, slice_from(script->bytes, done));
	script->address = add_file(bundler, script->name, text_keep(bundler->arena, &bytes));
	name_address(bundler, "js-", script->name, script->address);
	script->state = SCRIPT_DONE;
}

/* Reads all but the style sheets; the theme lists its files by path. */
static int add_files(struct bundler *bundler)
{
	size_t count;
	const struct theme_file *files = theme_files(bundler->theme, &count);

	bundler->bundle.files = arena_new(bundler->arena, count + 1, sizeof(struct bundle_file));
	bundler->scripts = arena_new(bundler->arena, count, sizeof(struct script));
	for (size_t i = 0; i < count; i++) {
		struct slice script = name_in(files[i].path, "js/");
		struct slice picture = name_in(files[i].path, "beeld/");
		struct slice fixed = name_in(files[i].path, "site/");

		if (bundler->preview && script.size == 0)
			script = name_in(files[i].path, "js/proef/");
		if (slice_ends(script, ".js") && read_script(bundler, &files[i], script) != 0)
			return -1;
		if (picture.size > 0 && add_picture(bundler, &files[i], picture) != 0)
			return -1;
		if (fixed.size > 0 && add_fixed(bundler, &files[i], fixed) != 0)
			return -1;
	}
	for (size_t i = 0; i < bundler->script_count; i++)
		if (bundler->scripts[i].state == SCRIPT_NEW)
			add_script(bundler, &bundler->scripts[i]);
	return 0;
}

/* Reports a style sheet that thema.yml names and the theme does not have. */
static void fail_style(struct bundler *bundler, struct place place, struct slice name)
{
	size_t count, names = 0;
	const struct theme_file *files = theme_files(bundler->theme, &count);
	const char **candidates = mem_new(count, sizeof(*candidates));
	char *shown = mem_copy(name.data, name.size);
	const char *nearest;

	for (size_t i = 0; i < count; i++)
		if (slice_starts(files[i].path, "css/"))
			candidates[names++] = files[i].path.data + strlen("css/");
	nearest = diag_nearest(shown, candidates, names);
	if (nearest == NULL)
		diag_add(bundler->diags, DIAG_THEME_FILE, place, shown, (char *)NULL);
	else
		diag_add(bundler->diags, DIAG_THEME_FILE_NEAR, place, shown, nearest, (char *)NULL);
	bundler->failed = true;
	free(candidates);
	free(shown);
}

/* Appends one style sheet of the list at `path`, thema.yml. */
static int add_style(
	struct text *out, struct bundler *bundler, const char *path, const struct value *item)
{
	struct place place = {path, item->line, item->column};
	const struct theme_file *file;
	struct text name = {0};
	struct slice bytes;

	text_puts(&name, "css/");
	text_add(&name, value_text(item));
	file = theme_find(bundler->theme, text_slice(&name));
	text_free(&name);
	if (file == NULL) {
		fail_style(bundler, place, value_text(item));
		return 0;
	}
	if (read_file(&bytes, bundler, file) != 0)
		return -1;
	if (style_add(out, bytes, file->full, &bundler->pictures, bundler->diags) != 0)
		bundler->failed = true;
	text_byte(out, '\n');
	return 0;
}

/* Makes the one style sheet of those that thema.yml names. */
static int add_styles(struct bundler *bundler)
{
	const struct theme_file *file = theme_find(bundler->theme, slice_of(SETTINGS_PATH));
	const struct value *list;
	struct value *settings;
	struct slice bytes, address;
	struct text style = {0};

	if (file == NULL) {
		fail(bundler, DIAG_THEME_FILE, (struct place){.path = ""}, slice_of(SETTINGS_PATH));
		return 0;
	}
	if (read_file(&bytes, bundler, file) != 0 ||
		yaml_parse(&settings, bundler->arena, bytes, file->full, 1, 0, bundler->diags) != 0)
		return -1;
	list = value_at(settings, "stijl");
	if (list == NULL || list->kind != VALUE_LIST) {
		fail(bundler, DIAG_THEME_STYLES,
			(struct place){file->full, list != NULL ? list->line : 1, 0},
			(struct slice){0});
		return 0;
	}
	for (const struct value *item = list->first; item != NULL; item = item->next)
		if (add_style(&style, bundler, file->full, item) != 0) {
			text_free(&style);
			return -1;
		}
	address = add_file(bundler, slice_of("stijl.css"), text_keep(bundler->arena, &style));
	value_put_text(bundler->arena, bundler->bundle.names, "style", address);
	return 0;
}

static int compare_files(const void *a, const void *b)
{
	const struct bundle_file *one = a, *two = b;

	return slice_compare(one->address, two->address);
}

int bundle_make(struct bundle *out, struct arena *arena, const struct bundle_source *source,
	struct diags *diags)
{
	struct bundler bundler = {.arena = arena,
		.theme = source->theme,
		.reader = source->reader,
		.preview = source->preview,
		.diags = diags};
	int result = -1;

	bundler.bundle.names = value_new(arena, VALUE_MAP);
	if (add_files(&bundler) == 0 && add_styles(&bundler) == 0 && !bundler.failed) {
		qsort(bundler.bundle.files, bundler.bundle.count, sizeof(struct bundle_file),
			compare_files);
		*out = bundler.bundle;
		result = 0;
	}
	map_free(&bundler.pictures);
	return result;
}

void bundle_add_style(struct bundle *bundle, struct arena *arena, struct slice key,
	struct slice name, struct slice bytes)
{
	struct slice address = assets_name(arena, name, bytes);
	struct bundle_file *files;
	size_t same = 0;

	value_put_text(arena, bundle->names, key.data, address);
	while (same < bundle->count && !slice_equal(bundle->files[same].address, address))
		same++;
	if (same < bundle->count)
		return;
	files = arena_new(arena, bundle->count + 1, sizeof(*files));
	memcpy(files, bundle->files, bundle->count * sizeof(*files));
	files[bundle->count++] = (struct bundle_file){address, bytes};
	bundle->files = files;
}

void bundle_add_region(struct bundle *bundle, struct arena *arena, struct slice slug,
	const struct house_style *house)
{
	struct text key = {0}, name = {0}, style = {0};

	text_puts(&key, "regio-");
	text_add(&key, slug);
	text_add(&name, text_slice(&key));
	text_puts(&name, ".css");
	region_style_write(&style, house);
	bundle_add_style(
		bundle, arena, text_keep(arena, &key), text_slice(&name), text_keep(arena, &style));
	text_free(&name);
}
