/*
 * The rules on names, kinds and sizes. A name is refused when it could not be published or linked
 * to, when it would mean something else to git or to a file system than to draaiboek, or when a
 * colleague could not check it out. Hidden files and the copies that editors leave behind
 * (`.name`, `name~`) are no part of a site: they are passed over.
 */
#include "input/tree.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/unicode.h"

/* Sizes between which Git LFS's specification keeps a pointer. */
#define POINTER_LEAST 40
#define POINTER_MOST 1024

const char *const tree_tops[3] = {"content", "playbooks", "themes"};

static bool refuse(const struct tree *tree, const char *path, enum diag_code code)
{
	diag_add(tree->diags, code, (struct place){.path = path}, (char *)NULL);
	return false;
}

static bool is_hidden(struct slice name)
{
	return slice_starts(name, ".") || slice_ends(name, "~");
}

static bool equal_caseless(struct slice name, const char *lower)
{
	if (name.size != strlen(lower))
		return false;
	for (size_t i = 0; i < name.size; i++)
		if (unicode_lower((unsigned char)name.data[i]) != (unsigned char)lower[i])
			return false;
	return true;
}

static bool has_control(struct slice name)
{
	while (name.size > 0) {
		uint32_t point;

		name = slice_from(name, unicode_next(&point, name));
		if (unicode_is_control(point))
			return true;
	}
	return false;
}

/* Names of devices, with whatever stands behind a dot, and what Windows does not allow in a name:
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
static bool is_windows(struct slice name)
{
	static const char *const devices[] = {"con", "prn", "aux", "nul", "conin$", "conout$"};
	struct slice stem = slice_trim((struct slice){name.data, slice_find(name, '.')});
	struct slice port = {stem.data, stem.size > 3 ? 3 : 0};

	for (size_t i = 0; i < name.size; i++)
		if (strchr("<>:\"|?*", name.data[i]) != NULL)
			return true;
	if (slice_ends(name, ".") || slice_ends(name, " "))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(devices); i++)
		if (equal_caseless(stem, devices[i]))
			return true;
	return stem.size == 4 && stem.data[3] >= '0' && stem.data[3] <= '9' &&
	       (equal_caseless(port, "com") || equal_caseless(port, "lpt"));
}

/* What is wrong with a name, or DIAG_CODES. The order matters: the worst meaning is named first. */
static enum diag_code judge_name(struct slice name)
{
	if (name.size == 0 || slice_is(name, ".") || slice_is(name, ".."))
		return DIAG_NAME_DOTS;
	if (equal_caseless(name, ".git") || equal_caseless(name, "git~1"))
		return DIAG_NAME_GIT;
	if (slice_find(name, '/') < name.size)
		return DIAG_NAME_SLASH;
	if (is_hidden(name))
		return DIAG_CODES;
	if (name.size > SOURCE_NAME_LIMIT)
		return DIAG_NAME_LONG;
	if (!unicode_valid(name))
		return DIAG_NAME_ENCODING;
	if (has_control(name))
		return DIAG_NAME_CONTROL;
	if (slice_find(name, '\\') < name.size)
		return DIAG_NAME_BACKSLASH;
	return is_windows(name) ? DIAG_NAME_WINDOWS : DIAG_CODES;
}

static enum diag_code judge_kind(enum tree_kind kind)
{
	switch (kind) {
	case TREE_LINK:
		return DIAG_TREE_LINK;
	case TREE_SUBMODULE:
		return DIAG_TREE_SUBMODULE;
	case TREE_DEVICE:
		return DIAG_TREE_DEVICE;
	default:
		return DIAG_CODES;
	}
}

static size_t depth_of(struct slice path)
{
	size_t depth = 1;

	for (size_t i = 0; i < path.size; i++)
		depth += path.data[i] == '/';
	return depth;
}

static bool is_plain(struct slice path)
{
	for (size_t i = 0; i < path.size; i++) {
		unsigned char byte = (unsigned char)path.data[i];

		if (byte >= 0x80 || (byte >= 'A' && byte <= 'Z'))
			return false;
	}
	return true;
}

/* Takes the name; false when another path took it, or one that only looks different. */
static bool take_name(struct tree *tree, struct slice path)
{
	struct slice key = path;
	struct text folded = {0};
	const char *other;

	if (!is_plain(path)) {
		unicode_fold(&folded, path);
		key = text_keep(&tree->arena, &folded);
	}
	other = map_get(&tree->names, key);
	if (other == NULL) {
		map_set(&tree->names, key, (char *)path.data);
		return true;
	}
	if (slice_is(path, other))
		return refuse(tree, path.data, DIAG_TREE_DUPLICATE);
	diag_add(tree->diags, DIAG_NAME_CLASH, (struct place){.path = path.data}, other,
		(char *)NULL);
	return false;
}

/* Counts the entry; false when it is one too many. */
static bool count_entry(struct tree *tree, const char *path)
{
	if (tree->full)
		return false;
	if (tree->entries < SOURCE_ENTRIES_LIMIT) {
		tree->entries++;
		return true;
	}
	tree->full = true;
	return refuse(tree, path, DIAG_TREE_ENTRIES);
}

bool tree_enter(struct slice *out, struct tree *tree, struct slice parent, struct slice name,
	enum tree_kind kind)
{
	enum diag_code code = judge_name(name);
	struct text *joined = &tree->path;
	struct slice path;

	text_clear(joined);
	text_add(joined, parent);
	if (parent.size > 0)
		text_byte(joined, '/');
	text_add(joined, name);
	path = text_slice(joined);

	if (!count_entry(tree, joined->data) || (code == DIAG_CODES && is_hidden(name)))
		return false;
	if (code == DIAG_CODES)
		code = judge_kind(kind);
	if (code == DIAG_CODES && path.size > SOURCE_PATH_LIMIT)
		code = DIAG_PATH_LONG;
	if (code == DIAG_CODES && kind == TREE_FOLDER && depth_of(path) > SOURCE_DEPTH_LIMIT)
		code = DIAG_TREE_DEPTH;
	if (code != DIAG_CODES)
		return refuse(tree, joined->data, code);
	path = slice_keep(&tree->arena, path);
	if (!take_name(tree, path))
		return false;
	*out = path;
	return true;
}

uint64_t tree_limit(struct slice path)
{
	return slice_ends(path, ".md") || slice_ends(path, ".yml") ? SOURCE_MARKDOWN_LIMIT
								   : SOURCE_ASSET_LIMIT;
}

bool tree_fits(struct tree *tree, struct slice path, uint64_t size)
{
	uint64_t limit = tree_limit(path);
	struct text is = {0}, most = {0};

	if (tree->full)
		return false;
	if (size > limit) {
		text_number(&is, size / 1024);
		text_number(&most, limit / 1024);
		diag_add(tree->diags, DIAG_FILE_SIZE, (struct place){.path = path.data}, is.data,
			most.data, (char *)NULL);
		text_free(&is);
		text_free(&most);
		return false;
	}
	if (size > SOURCE_TOTAL_LIMIT - tree->total) {
		tree->full = true;
		return refuse(tree, path.data, DIAG_TREE_TOTAL);
	}
	return true;
}

bool tree_is_suspect(uint64_t size)
{
	return size >= POINTER_LEAST && size <= POINTER_MOST;
}

void tree_add(struct tree *tree, const struct source_file *file, struct slice bytes)
{
	assert(file->size <= SOURCE_TOTAL_LIMIT - tree->total);
	if (slice_starts(bytes, "version https://git-lfs.github.com/spec/")) {
		refuse(tree, file->path.data, DIAG_FILE_LFS);
		return;
	}
	tree->files = mem_grow(tree->files, tree->count, &tree->capacity, sizeof(*tree->files));
	tree->files[tree->count++] = *file;
	tree->total += file->size;
}

static int compare_files(const void *left, const void *right)
{
	const struct source_file *a = left, *b = right;

	return slice_compare(a->path, b->path);
}

void tree_sort(struct tree *tree)
{
	if (tree->count > 0)
		qsort(tree->files, tree->count, sizeof(*tree->files), compare_files);
}

void tree_free(struct tree *tree)
{
	arena_free(&tree->arena);
	text_free(&tree->path);
	map_free(&tree->names);
	free(tree->files);
	*tree = (struct tree){0};
}
