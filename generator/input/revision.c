/*
 * Walks the tree of a commit. What git would never write, but a pushed pack may hold, is refused
 * here: entries out of order, of an odd mode, or of another kind than their object. Sizes come from
 * the objects' headers, so that a file over its limit is never inflated.
 */
#include "input/revision.h"

#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "input/repository.h"
#include "input/tree.h"

struct walk {
	struct tree *tree;
	const struct repository *repository;
};

static enum tree_kind kind_of(unsigned mode)
{
	switch (mode & ENTRY_KIND) {
	case ENTRY_FILE:
		return TREE_FILE;
	case ENTRY_FOLDER:
		return TREE_FOLDER;
	case ENTRY_LINK:
		return TREE_LINK;
	case ENTRY_SUBMODULE:
		return TREE_SUBMODULE;
	default:
		return TREE_DEVICE;
	}
}

static void refuse(const struct walk *walk, const char *path, enum diag_code code)
{
	diag_add(walk->tree->diags, code, (struct place){.path = path}, (char *)NULL);
}

static void add_file(const struct walk *walk, const struct tree_entry *entry, struct slice path)
{
	struct source_file file = {.path = path};
	struct object object = {0};

	diag_at(walk->tree->diags, 0, path.data);
	if (object_size(&file.size, walk->repository, entry->id) != 0) {
		refuse(walk, path.data, DIAG_TREE_DAMAGED);
		return;
	}
	if (!tree_fits(walk->tree, path, file.size))
		return;
	memcpy(file.id, entry->id, sizeof(file.id));
	if (tree_is_suspect(file.size) &&
		object_read(&object, walk->repository, entry->id, OBJECT_BLOB, 0) != 0)
		refuse(walk, path.data, DIAG_TREE_DAMAGED);
	else
		tree_add(walk->tree, &file, object.bytes);
	object_free(&object);
}

static void list(const struct walk *walk, const unsigned char *id, struct slice path);

/* `before`: the entry before this one in its tree; its id is NULL when there is none. */
static void visit(const struct walk *walk, const struct tree_entry *entry,
	const struct tree_entry *before, struct slice parent)
{
	enum tree_kind kind = kind_of(entry->mode);
	struct slice path;

	if (!tree_enter(&path, walk->tree, parent, entry->name, kind))
		return;
	if (before->id != NULL && entry_compare(before, entry) > 0)
		refuse(walk, path.data, DIAG_TREE_UNSORTED);
	else if (kind == TREE_FOLDER)
		list(walk, entry->id, path);
	else
		add_file(walk, entry, path);
}

/* Visits all entries of the tree `id`, the folder `path`. */
static void list(const struct walk *walk, const unsigned char *id, struct slice path)
{
	struct object object = {0};
	struct tree_entry entry, before = {0};
	struct slice rest;

	diag_at(walk->tree->diags, 0, path.data);
	if (object_read(&object, walk->repository, id, OBJECT_TREE, OBJECT_TREE_LIMIT) != 0) {
		refuse(walk, path.data, DIAG_TREE_DAMAGED);
		return;
	}
	rest = object.bytes;
	while (!walk->tree->full && entry_next(&entry, &rest)) {
		visit(walk, &entry, &before, path);
		if (before.id == NULL || entry_compare(&before, &entry) <= 0)
			before = entry;
	}
	if (rest.size > 0 && !walk->tree->full)
		refuse(walk, path.data, DIAG_TREE_DAMAGED);
	object_free(&object);
}

/* Finds the site's folder in the tree `root`. Returns 1 when it is not there, -1 for damage. */
static int find_folder(unsigned char *out, const struct repository *repository,
	const unsigned char *root, struct slice prefix)
{
	unsigned mode = ENTRY_FOLDER;
	int status = 0;

	if (prefix.size > 0)
		status = entry_find(
			&mode, out, repository, root, (struct slice){prefix.data, prefix.size - 1});
	else
		memcpy(out, root, 20);
	return status == 0 && (mode & ENTRY_KIND) != ENTRY_FOLDER ? 1 : status;
}

int revision_list(struct tree *tree, const struct repository *repository,
	const unsigned char *commit, struct slice prefix)
{
	struct walk walk = {tree, repository};
	unsigned char root[20], folder[20], id[20];
	int status = repository_tree(root, repository, commit);

	if (status == 0)
		status = find_folder(folder, repository, root, prefix);
	if (status < 0)
		refuse(&walk, prefix.size > 0 ? prefix.data : "", DIAG_TREE_DAMAGED);
	for (size_t i = 0; i < ARRAY_LEN(tree_tops) && status == 0; i++) {
		struct tree_entry top = {.name = slice_of(tree_tops[i]), .id = id};
		int found = entry_find(&top.mode, id, repository, folder, top.name);

		if (found == 0)
			visit(&walk, &top, &(struct tree_entry){0}, (struct slice){0});
		else if (found < 0)
			refuse(&walk, tree_tops[i], DIAG_TREE_DAMAGED);
	}
	diag_at(tree->diags, 0, NULL);
	return status;
}
