/*
 * Merges the sorted entries of two trees. The paths are no tree here: since they are sorted, the
 * ones below a folder are a run of neighbours, and a folder's name narrows the run.
 *
 * (libgit2's own git_diff_tree_to_tree() goes into folders that are the same in both, which takes
 * it a hundred times as long.)
 */
#include "input/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "input/repository.h"

/* The paths from `first` up to `end`, which agree in their first `offset` bytes: a folder. */
struct run {
	size_t first;
	size_t end;
	size_t offset;
};

static int merge(struct changes *changes, struct run run, const unsigned char *tree,
	const unsigned char *other);

/* Compares what follows `offset` in a path with `name` and, unless it is NUL, the byte `tail`. */
static int compare_path(struct slice path, size_t offset, struct slice name, char tail)
{
	struct slice rest = slice_from(path, offset);
	size_t shared = rest.size < name.size ? rest.size : name.size;
	int order = shared > 0 ? memcmp(rest.data, name.data, shared) : 0;

	if (order != 0)
		return order;
	if (rest.size <= name.size)
		return rest.size < name.size || tail != '\0' ? -1 : 0;
	if (tail == '\0')
		return 1;
	order = (unsigned char)rest.data[name.size] - (unsigned char)tail;
	return order != 0 ? order : rest.size > name.size + 1;
}

/* The first path of the run that does not sort before `name` with `tail`. */
static size_t find_first(
	const struct changes *changes, struct run run, struct slice name, char tail)
{
	size_t low = run.first, high = run.end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_path(changes->paths[middle], run.offset, name, tail) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void set_id(unsigned char *out, const struct tree_entry *entry)
{
	if (entry != NULL && (entry->mode & ENTRY_KIND) == ENTRY_FILE)
		memcpy(out, entry->id, 20);
}

/* Of a path that is a file in one tree and a folder in the other, both come by, one by one. */
static void add(struct changes *changes, size_t path, const struct tree_entry *entry,
	const struct tree_entry *other)
{
	struct change *change;

	if (changes->seen[path] == changes->round) {
		for (size_t i = changes->count; i-- > 0;)
			if (changes->list[i].path == path) {
				set_id(changes->list[i].id, entry);
				set_id(changes->list[i].other, other);
				return;
			}
	}
	changes->seen[path] = changes->round;
	changes->list =
		mem_grow(changes->list, changes->count, &changes->capacity, sizeof(*changes->list));
	change = &changes->list[changes->count++];
	*change = (struct change){.path = (uint32_t)path};
	set_id(change->id, entry);
	set_id(change->other, other);
}

static const unsigned char *folder_id(const struct tree_entry *entry)
{
	return entry != NULL && (entry->mode & ENTRY_KIND) == ENTRY_FOLDER ? entry->id : NULL;
}

/* Of a file git only minds whether it may be executed. */
static unsigned plain_mode(unsigned mode)
{
	unsigned kind = mode & ENTRY_KIND;

	return kind == ENTRY_FILE ? kind | (mode & 0100U) : kind;
}

/* An entry that differs: `a` is of the first tree, `b` of the other; one may be NULL. */
static int differ(struct changes *changes, struct run run, const struct tree_entry *a,
	const struct tree_entry *b)
{
	struct slice name = a != NULL ? a->name : b->name;
	const unsigned char *tree = folder_id(a), *other = folder_id(b);
	size_t path = find_first(changes, run, name, '\0');
	struct run below;

	if (a != NULL && b != NULL && plain_mode(a->mode) == plain_mode(b->mode) &&
		memcmp(a->id, b->id, 20) == 0)
		return 0;
	if (path < run.end && compare_path(changes->paths[path], run.offset, name, '\0') == 0)
		add(changes, path, a, b);
	if (tree == NULL && other == NULL)
		return 0;
	below.first = find_first(changes, run, name, '/');
	below.end = find_first(changes, run, name, '/' + 1);
	below.offset = run.offset + name.size + 1;
	return below.first < below.end ? merge(changes, below, tree, other) : 0;
}

/* Skips the entries that both trees have: most of them, and byte for byte the same. */
static void skip_shared(struct slice *a, struct slice *b)
{
	while (a->size > 0 && b->size > 0) {
		size_t size = slice_find(*a, '\0') + 1 + 20;

		if (size > a->size || size > b->size || memcmp(a->data, b->data, size) != 0)
			return;
		*a = slice_from(*a, size);
		*b = slice_from(*b, size);
	}
}

static int merge_entries(struct changes *changes, struct run run, struct slice a, struct slice b)
{
	while (true) {
		struct tree_entry left, right;
		struct slice after_a, after_b;
		int order, status;

		skip_shared(&a, &b);
		if (a.size == 0 && b.size == 0)
			return 0;
		after_a = a;
		after_b = b;
		if ((a.size > 0 && !entry_next(&left, &after_a)) ||
			(b.size > 0 && !entry_next(&right, &after_b)))
			return -1;
		if (a.size == 0 || b.size == 0)
			order = a.size == 0 ? 1 : -1;
		else
			order = entry_compare(&left, &right);
		status =
			differ(changes, run, order <= 0 ? &left : NULL, order >= 0 ? &right : NULL);
		if (status != 0)
			return status;
		if (order <= 0)
			a = after_a;
		if (order >= 0)
			b = after_b;
	}
}

static int merge(struct changes *changes, struct run run, const unsigned char *tree,
	const unsigned char *other)
{
	struct object a = {0}, b = {0};
	int status = 0;

	if (tree != NULL)
		status = object_read(&a, changes->repository, tree, OBJECT_TREE, OBJECT_TREE_LIMIT);
	if (other != NULL && status == 0)
		status =
			object_read(&b, changes->repository, other, OBJECT_TREE, OBJECT_TREE_LIMIT);
	if (status == 0)
		status = merge_entries(changes, run, a.bytes, b.bytes);
	object_free(&a);
	object_free(&b);
	return status;
}

int changes_find(struct changes *changes, const unsigned char *tree, const unsigned char *other)
{
	struct run all = {0, changes->path_count, 0};

	if (changes->seen_count < changes->path_count) {
		free(changes->seen);
		changes->seen_count = changes->path_count;
		changes->seen = mem_new(changes->seen_count, sizeof(*changes->seen));
	}
	changes->round++;
	changes->count = 0;
	if (tree != NULL && other != NULL && memcmp(tree, other, 20) == 0)
		return 0;
	return merge(changes, all, tree, other);
}

void changes_free(struct changes *changes)
{
	free(changes->seen);
	free(changes->list);
	*changes = (struct changes){0};
}
