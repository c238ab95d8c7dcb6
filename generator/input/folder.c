/*
 * Walks a folder, following no link. A folder's entries are judged in the order that git keeps them
 * in, so that of two names that clash the same one stays.
 */
#include "input/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "input/tree.h"

#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
#define FILE_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

struct entry {
	const char *name;
	enum tree_kind kind;
	uint64_t size; /* bytes of a file */
	int error;     /* of looking at it, or 0 */
};

/* What one folder holds. */
struct entries {
	struct arena arena;
	struct entry *list;
	size_t count;
	size_t capacity;
	bool repository; /* it has a .git: it is a repository of its own */
};

static enum tree_kind kind_of(mode_t mode)
{
	if (S_ISREG(mode))
		return TREE_FILE;
	if (S_ISDIR(mode))
		return TREE_FOLDER;
	return S_ISLNK(mode) ? TREE_LINK : TREE_DEVICE;
}

static void look_at(struct entry *out, int folder, const char *name)
{
	struct stat status;

	*out = (struct entry){.name = name};
	if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
		out->error = errno;
		return;
	}
	out->kind = kind_of(status.st_mode);
	out->size = status.st_size > 0 ? (uint64_t)status.st_size : 0;
}

/* As git orders a tree: a folder as if its name had a slash behind it. */
static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	size_t i = 0;
	int x, y;

	while (a->name[i] != '\0' && a->name[i] == b->name[i])
		i++;
	x = (unsigned char)a->name[i];
	y = (unsigned char)b->name[i];
	if (x == '\0' && a->kind == TREE_FOLDER)
		x = '/';
	if (y == '\0' && b->kind == TREE_FOLDER)
		y = '/';
	return x - y;
}

/* Gathers what the folder holds, up to one more than a site may have. Returns an errno or 0. */
static int gather(struct entries *out, DIR *folder)
{
	struct dirent *found;

	while (out->count <= SOURCE_ENTRIES_LIMIT) {
		const char *name;

		errno = 0;
		found = readdir(folder);
		if (found == NULL)
			return errno;
		name = found->d_name;
		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		if (strcmp(name, ".git") == 0)
			out->repository = true;
		out->list = mem_grow(out->list, out->count, &out->capacity, sizeof(*out->list));
		name = arena_copy(&out->arena, name, strlen(name));
		look_at(&out->list[out->count++], dirfd(folder), name);
	}
	return 0;
}

/* A failure at one entry: its message, by its path in the site. */
static void fail(const struct tree *tree, struct slice path, int error)
{
	/* What vanished while we looked, as editors' temporary files do, was not there. */
	if (error != ENOENT)
		diag_io(tree->diags, path.data, error);
}

static void add_file(struct tree *tree, int folder, const struct entry *entry, struct slice path)
{
	struct source_file file = {.path = path, .size = entry->size};
	char first[64];
	ssize_t size = 0;

	if (!tree_fits(tree, path, entry->size))
		return;
	if (tree_is_suspect(entry->size)) {
		int fd = openat(folder, entry->name, FILE_FLAGS);

		size = fd < 0 ? -1 : read(fd, first, sizeof(first));
		if (size < 0) {
			fail(tree, path, errno);
			if (fd >= 0)
				close(fd);
			return;
		}
		close(fd);
	}
	tree_add(tree, &file, (struct slice){first, (size_t)size});
}

static void walk(struct tree *tree, int folder, const char *name, struct slice path);

static void visit(struct tree *tree, int folder, struct slice parent, const struct entry *entry)
{
	struct slice path;

	if (!tree_enter(&path, tree, parent, slice_of(entry->name), entry->kind))
		return;
	if (entry->error != 0)
		fail(tree, path, entry->error);
	else if (entry->kind == TREE_FOLDER)
		walk(tree, folder, entry->name, path);
	else
		add_file(tree, folder, entry, path);
}

/* Visits all that the open folder at `path` holds. */
static void walk_open(struct tree *tree, DIR *folder, struct slice path)
{
	struct entries entries = {0};
	int error = gather(&entries, folder);

	if (error != 0)
		fail(tree, path, error);
	if (entries.repository)
		diag_add(tree->diags, DIAG_TREE_SUBMODULE, (struct place){.path = path.data},
			(char *)NULL);
	else if (entries.count > 0)
		qsort(entries.list, entries.count, sizeof(*entries.list), compare_entries);
	for (size_t i = 0; i < entries.count && !entries.repository && !tree->full; i++)
		visit(tree, dirfd(folder), path, &entries.list[i]);
	free(entries.list);
	arena_free(&entries.arena);
}

static void walk(struct tree *tree, int folder, const char *name, struct slice path)
{
	int fd = openat(folder, name, FOLDER_FLAGS);
	DIR *stream = fd < 0 ? NULL : fdopendir(fd);

	if (stream == NULL) {
		fail(tree, path, errno);
		if (fd >= 0)
			close(fd);
		return;
	}
	walk_open(tree, stream, path);
	closedir(stream);
}

int folder_list(struct tree *tree, const char *path)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder < 0)
		return diag_io(tree->diags, path, errno);
	for (size_t i = 0; i < ARRAY_LEN(tree_tops); i++) {
		struct entry top;

		look_at(&top, folder, tree_tops[i]);
		if (top.error == 0)
			visit(tree, folder, (struct slice){0}, &top);
		else
			fail(tree, slice_of(tree_tops[i]), top.error);
	}
	close(folder);
	return 0;
}
