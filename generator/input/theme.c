/*
 * Two lists, one of the site's files and one of the installed ones, merged by path.
 */
#include "input/theme.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/fs.h"
#include "base/mem.h"
#include "input/source.h"

#define THEME_DEPTH_LIMIT 8

struct theme_list {
	struct theme_file *files;
	size_t count;
	size_t capacity;
};

struct theme {
	struct arena arena;
	struct theme_list files;
	struct theme_list types;
};

static void theme_add(struct theme *theme, struct theme_list *list, const char *path,
	const char *full, const struct source_file *own)
{
	struct slice kept = slice_keep(&theme->arena, slice_of(path));

	list->files = mem_grow(list->files, list->count, &list->capacity, sizeof(*list->files));
	list->files[list->count++] = (struct theme_file){
		.path = kept, .full = arena_copy(&theme->arena, full, strlen(full)), .own = own};
}

static bool theme_has(const struct theme_list *list, const char *path)
{
	for (size_t i = 0; i < list->count; i++)
		if (slice_is(list->files[i].path, path))
			return true;
	return false;
}

/* Adds what an installed folder holds, but for the files that the site has itself. */
static int theme_walk(struct theme *theme, struct theme_list *list, const char *folder,
	const char *below, unsigned depth, struct diags *diags)
{
	DIR *stream = opendir(folder);
	struct dirent *entry;
	struct text full = {0}, path = {0};
	int result = -1;

	if (stream == NULL)
		return errno == ENOENT ? 0 : diag_io(diags, folder, errno);
	while ((entry = readdir(stream)) != NULL) {
		struct stat status;

		if (entry->d_name[0] == '.')
			continue;
		text_clear(&full);
		text_clear(&path);
		text_printf(&full, "%s/%s", folder, entry->d_name);
		text_printf(&path, "%s%s", below, entry->d_name);
		if (lstat(full.data, &status) != 0) {
			(void)diag_io(diags, full.data, errno);
			goto out;
		}
		if (S_ISDIR(status.st_mode) && depth < THEME_DEPTH_LIMIT) {
			text_byte(&path, '/');
			if (theme_walk(theme, list, full.data, path.data, depth + 1, diags) != 0)
				goto out;
		} else if (S_ISREG(status.st_mode) && !theme_has(list, path.data)) {
			theme_add(theme, list, path.data, full.data, NULL);
		}
	}
	result = 0;
out:
	(void)closedir(stream);
	text_free(&full);
	text_free(&path);
	return result;
}

static void theme_add_own(struct theme *theme, const struct source *source, struct slice name)
{
	struct text prefix = {0};
	const struct source_file *files;
	size_t count;

	text_printf(&prefix, "themes/%.*s/", (int)name.size, name.data);
	files = source_files(source, &count);
	for (size_t i = 0; i < count; i++)
		if (slice_starts(files[i].path, prefix.data))
			theme_add(theme, &theme->files, files[i].path.data + prefix.size,
				files[i].path.data, &files[i]);
	text_free(&prefix);
}

static int theme_compare(const void *a, const void *b)
{
	const struct theme_file *left = a, *right = b;

	return slice_compare(left->path, right->path);
}

static void theme_sort(struct theme_list *list)
{
	if (list->count > 1)
		qsort(list->files, list->count, sizeof(*list->files), theme_compare);
}

/* A theme is one folder: its name leads nowhere else. */
static bool theme_is_name(struct slice name)
{
	return fs_is_safe(name) && name.data[0] != '.' && slice_find(name, '/') == name.size;
}

int theme_open(struct theme **out, const struct source *source, const char *share,
	struct slice name, struct diags *diags)
{
	struct theme *theme = mem_new(1, sizeof(*theme));
	struct text folder = {0};
	int result = -1;

	text_printf(&folder, "%s/themes/%.*s", share, (int)name.size, name.data);
	if (theme_is_name(name)) {
		theme_add_own(theme, source, name);
		if (theme_walk(theme, &theme->files, folder.data, "", 0, diags) != 0)
			goto out;
	}
	if (theme->files.count == 0) {
		char *shown = mem_copy(name.data, name.size);

		diag_add(diags, DIAG_THEME_UNKNOWN, (struct place){"content/site.yml", 0, 0}, shown,
			share, (char *)NULL);
		free(shown);
		goto out;
	}
	text_clear(&folder);
	text_printf(&folder, "%s/soorten", share);
	if (theme_walk(theme, &theme->types, folder.data, "", 0, diags) != 0)
		goto out;
	theme_sort(&theme->files);
	theme_sort(&theme->types);
	*out = theme;
	result = 0;
out:
	text_free(&folder);
	if (result != 0)
		theme_free(theme);
	return result;
}

void theme_free(struct theme *theme)
{
	if (theme == NULL)
		return;
	free(theme->files.files);
	free(theme->types.files);
	arena_free(&theme->arena);
	free(theme);
}

const struct theme_file *theme_files(const struct theme *theme, size_t *count)
{
	*count = theme->files.count;
	return theme->files.files;
}

const struct theme_file *theme_types(const struct theme *theme, size_t *count)
{
	*count = theme->types.count;
	return theme->types.files;
}

const struct theme_file *theme_find(const struct theme *theme, struct slice path)
{
	struct theme_file key = {.path = path};

	if (theme->files.count == 0)
		return NULL;
	return bsearch(&key, theme->files.files, theme->files.count, sizeof(key), theme_compare);
}

int theme_read(struct text *out, const struct theme_file *file, struct source_reader *reader,
	struct diags *diags)
{
	if (file->own != NULL)
		return source_read(out, reader, file->own, diags);
	text_clear(out);
	return fs_read(out, file->full, SOURCE_ASSET_LIMIT, diags);
}
