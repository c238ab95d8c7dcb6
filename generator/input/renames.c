/*
 * Most renames keep every byte, and those cost a look-up. Of the others git's own measure is taken
 * (diffcore-delta.c): how many bytes stand in pieces that both have, where a piece ends with a line
 * or after 64 bytes, so that a paragraph on one line may change in part.
 */
#include "input/renames.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "input/repository.h"
#include "input/tree.h"

#define MOST_PAIRS 64	    /* that are compared by content, a commit */
#define LEAST_LIKE 60	    /* percent */
#define MOST_REMOVALS 10000 /* more went: it is no rename that anyone made by hand */
#define MOST_FOLDERS 20000
#define PIECE 64 /* bytes */

/* A file that a commit took away. */
struct removal {
	struct slice path;
	unsigned char id[20];
	bool taken; /* it is the source of an addition */
};

/* ---- What went */

static struct slice last_part(struct slice path)
{
	while (slice_find(path, '/') < path.size)
		path = slice_from(path, slice_find(path, '/') + 1);
	return path;
}

static struct slice extension(struct slice path)
{
	struct slice name = last_part(path);
	size_t dot = name.size;

	for (size_t i = 0; i < name.size; i++)
		if (name.data[i] == '.')
			dot = i;
	return slice_from(name, dot);
}

static void add_removal(
	struct renames *renames, const struct text *folder, const struct tree_entry *entry)
{
	struct text path = {0};
	struct removal *removal;

	renames->list =
		mem_grow(renames->list, renames->count, &renames->capacity, sizeof(*renames->list));
	removal = &renames->list[renames->count++];
	text_add(&path, text_slice(folder));
	text_add(&path, entry->name);
	*removal = (struct removal){.path = text_keep(&renames->arena, &path)};
	memcpy(removal->id, entry->id, sizeof(removal->id));
}

static int compare_trees(struct renames *renames, struct text *folder, const unsigned char *tree,
	const unsigned char *other, unsigned depth);

/* An entry that the parent has: `same` is the commit's of that name and kind, or NULL. */
static int compare_entry(struct renames *renames, struct text *folder,
	const struct tree_entry *entry, const struct tree_entry *same, unsigned depth)
{
	size_t size = folder->size;
	int status;

	if (slice_starts(entry->name, ".") ||
		(same != NULL && memcmp(same->id, entry->id, 20) == 0))
		return 0;
	if ((entry->mode & ENTRY_KIND) == ENTRY_FILE && same == NULL)
		add_removal(renames, folder, entry);
	if ((entry->mode & ENTRY_KIND) != ENTRY_FOLDER)
		return 0;
	text_add(folder, entry->name);
	text_byte(folder, '/');
	status = compare_trees(
		renames, folder, same != NULL ? same->id : NULL, entry->id, depth + 1);
	folder->size = size;
	return status;
}

static bool is_full(const struct renames *renames)
{
	return renames->count > MOST_REMOVALS || renames->folders > MOST_FOLDERS;
}

static int compare_entries(struct renames *renames, struct text *folder, struct slice new,
	struct slice old, unsigned depth)
{
	struct tree_entry entry, same;
	bool has = entry_next(&same, &new);
	int status = 0;

	while (status == 0 && !is_full(renames) && entry_next(&entry, &old)) {
		while (has && entry_compare(&same, &entry) < 0)
			has = entry_next(&same, &new);
		status = compare_entry(renames, folder, &entry,
			has && entry_compare(&same, &entry) == 0 ? &same : NULL, depth);
	}
	return status;
}

/* Lists the files that `other` has and `tree` (NULL: the empty one) has not. */
static int compare_trees(struct renames *renames, struct text *folder, const unsigned char *tree,
	const unsigned char *other, unsigned depth)
{
	struct object new = {0}, old = {0};
	int status = 0;

	renames->folders++;
	if (depth > SOURCE_DEPTH_LIMIT)
		return 0;
	if (tree != NULL)
		status = object_read(
			&new, renames->repository, tree, OBJECT_TREE, OBJECT_TREE_LIMIT);
	if (status == 0)
		status = object_read(
			&old, renames->repository, other, OBJECT_TREE, OBJECT_TREE_LIMIT);
	if (status == 0)
		status = compare_entries(renames, folder, new.bytes, old.bytes, depth);
	object_free(&new);
	object_free(&old);
	return status;
}

/* Finds a folder of a tree. Returns 1 when it has none, -1 when a tree cannot be read. */
static int find_folder(unsigned char *out, const struct renames *renames, const unsigned char *tree,
	const struct text *path)
{
	unsigned mode;
	int status = entry_find(
		&mode, out, renames->repository, tree, (struct slice){path->data, path->size - 1});

	return status == 0 && (mode & ENTRY_KIND) != ENTRY_FOLDER ? 1 : status;
}

static int list_removals(
	struct renames *renames, const unsigned char *tree, const unsigned char *other)
{
	static const char *const tops[] = {"content/", "playbooks/"};
	unsigned char new[20], old[20];
	struct text folder = {0};
	int status = 0;

	renames->count = renames->folders = 0;
	for (size_t i = 0; i < ARRAY_LEN(tops) && status == 0; i++) {
		int had, has;

		text_clear(&folder);
		text_add(&folder, renames->prefix);
		text_puts(&folder, tops[i]);
		had = find_folder(old, renames, other, &folder);
		has = find_folder(new, renames, tree, &folder);
		if (had < 0 || has < 0)
			status = -1;
		else if (had == 0 && (has != 0 || memcmp(old, new, 20) != 0))
			status = compare_trees(renames, &folder, has == 0 ? new : NULL, old, 0);
	}
	text_free(&folder);
	return status;
}

/* ---- The same bytes */

static int compare_ids(const void *a, const void *b)
{
	const struct removal *one = a, *two = b;
	int order = memcmp(one->id, two->id, 20);

	return order != 0 ? order : slice_compare(one->path, two->path);
}

static bool is_alike(const struct addition *addition, const struct removal *removal)
{
	return slice_equal(extension(addition->path), extension(removal->path));
}

static bool is_same_name(const struct addition *addition, const struct removal *removal)
{
	return slice_equal(last_part(addition->path), last_part(removal->path));
}

static void take(struct addition *addition, struct removal *removal)
{
	addition->source = removal->path;
	addition->source_id = removal->id;
	removal->taken = true;
}

/* An empty file is like every other: it tells nothing. */
static bool is_empty(const struct renames *renames, const unsigned char *id)
{
	uint64_t size;

	return object_size(&size, renames->repository, id) != 0 || size == 0;
}

/* Of several with the same bytes it is the one with the same name; else the first. */
static void find_same(struct renames *renames, struct addition *addition)
{
	struct removal *best = NULL;
	size_t low = 0, high = renames->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (memcmp(renames->list[middle].id, addition->id, 20) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < renames->count && memcmp(renames->list[low].id, addition->id, 20) == 0;
		low++) {
		struct removal *removal = &renames->list[low];

		if (removal->taken || !is_alike(addition, removal))
			continue;
		if (best == NULL ||
			(is_same_name(addition, removal) && !is_same_name(addition, best)))
			best = removal;
	}
	if (best != NULL && !is_empty(renames, addition->id))
		take(addition, best);
}

/* ---- Most of the same lines */

struct piece_of_text {
	uint64_t hash;
	size_t size;
};

static int compare_pieces(const void *a, const void *b)
{
	const struct piece_of_text *one = a, *two = b;

	if (one->hash != two->hash)
		return one->hash < two->hash ? -1 : 1;
	return one->size < two->size ? -1 : one->size > two->size;
}

static struct piece_of_text *cut(size_t *count, struct slice bytes)
{
	struct piece_of_text *pieces = NULL;
	size_t capacity = 0;

	*count = 0;
	while (bytes.size > 0) {
		size_t end = 0;

		while (end < bytes.size && end < PIECE && (end == 0 || bytes.data[end - 1] != '\n'))
			end++;
		pieces = mem_grow(pieces, *count, &capacity, sizeof(*pieces));
		pieces[(*count)++] =
			(struct piece_of_text){map_hash((struct slice){bytes.data, end}), end};
		bytes = slice_from(bytes, end);
	}
	if (*count > 1)
		qsort(pieces, *count, sizeof(*pieces), compare_pieces);
	return pieces;
}

/* The bytes in pieces that both have, in percent of the longer one. */
static unsigned measure_bytes(struct slice a, struct slice b)
{
	size_t a_count, b_count, i = 0, j = 0, shared = 0, most = a.size > b.size ? a.size : b.size;
	struct piece_of_text *a_pieces = cut(&a_count, a), *b_pieces = cut(&b_count, b);

	while (i < a_count && j < b_count) {
		int order = compare_pieces(&a_pieces[i], &b_pieces[j]);

		if (order == 0)
			shared += a_pieces[i].size;
		i += order <= 0;
		j += order >= 0;
	}
	free(a_pieces);
	free(b_pieces);
	return most > 0 ? (unsigned)(shared * 100 / most) : 0;
}

/* What cannot be read, or is too large for a page, is like nothing. */
static unsigned measure(
	const struct renames *renames, const unsigned char *a, const unsigned char *b)
{
	struct object left = {0}, right = {0};
	uint64_t a_size, b_size;
	unsigned like = 0;

	if (object_size(&a_size, renames->repository, a) != 0 ||
		object_size(&b_size, renames->repository, b) != 0 ||
		a_size > SOURCE_MARKDOWN_LIMIT || b_size > SOURCE_MARKDOWN_LIMIT ||
		(a_size < b_size ? a_size : b_size) * 100 <
			(a_size < b_size ? b_size : a_size) * LEAST_LIKE)
		return 0;
	if (object_read(&left, renames->repository, a, OBJECT_BLOB, 0) == 0 &&
		object_read(&right, renames->repository, b, OBJECT_BLOB, 0) == 0)
		like = measure_bytes(left.bytes, right.bytes);
	object_free(&left);
	object_free(&right);
	return like;
}

/* An addition and a removal that are alike. */
struct likeness {
	unsigned like;
	size_t addition, removal;
};

static int compare_likeness(const void *a, const void *b)
{
	const struct likeness *one = a, *two = b;

	if (one->like != two->like)
		return one->like > two->like ? -1 : 1;
	if (one->addition != two->addition)
		return one->addition < two->addition ? -1 : 1;
	return one->removal < two->removal ? -1 : one->removal > two->removal;
}

static bool has_text(struct slice path)
{
	return slice_ends(path, ".md") || slice_ends(path, ".yml");
}

/* Compares pairs, of which both have the same name or neither, until there were enough. */
static size_t measure_pairs(struct likeness *out, const struct renames *renames,
	const struct addition *additions, size_t count, bool same_name, size_t *left)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j<renames->count && * left> 0; j++) {
			const struct removal *removal = &renames->list[j];

			if (additions[i].source.size > 0 || removal->taken ||
				!has_text(removal->path) || !is_alike(&additions[i], removal) ||
				is_same_name(&additions[i], removal) != same_name)
				continue;
			(*left)--;
			out[found] = (struct likeness){
				measure(renames, additions[i].id, removal->id), i, j};
			found += out[found].like >= LEAST_LIKE;
		}
	return found;
}

static void find_like(struct renames *renames, struct addition *additions, size_t count)
{
	struct likeness all[MOST_PAIRS + 1];
	size_t left = MOST_PAIRS, found;

	found = measure_pairs(all, renames, additions, count, true, &left);
	found += measure_pairs(all + found, renames, additions, count, false, &left);
	qsort(all, found, sizeof(*all), compare_likeness);
	for (size_t i = 0; i < found; i++)
		if (additions[all[i].addition].source.size == 0 &&
			!renames->list[all[i].removal].taken)
			take(&additions[all[i].addition], &renames->list[all[i].removal]);
}

int renames_find(struct renames *renames, struct addition *additions, size_t count,
	const unsigned char *tree, const unsigned char *other)
{
	if (list_removals(renames, tree, other) != 0)
		return -1;
	if (renames->count == 0 || is_full(renames))
		return 0;
	qsort(renames->list, renames->count, sizeof(*renames->list), compare_ids);
	for (size_t i = 0; i < count; i++)
		find_same(renames, &additions[i]);
	find_like(renames, additions, count);
	return 0;
}

void renames_free(struct renames *renames)
{
	arena_free(&renames->arena);
	free(renames->list);
	*renames = (struct renames){0};
}
