/*
 * What a site's tree may hold. Every entry that a folder or a revision turns out to have is judged
 * here, by its name, its kind and its size, before it is read or walked: so both give the same
 * list, and the same messages. A refused entry is a message and nothing more; the walk goes on.
 */
#ifndef DRAAIBOEK_TREE_H
#define DRAAIBOEK_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"

struct diags;

#define SOURCE_MARKDOWN_LIMIT ((uint64_t)256 * 1024)	/* bytes of a .md or .yml file */
#define SOURCE_ASSET_LIMIT ((uint64_t)50 * 1024 * 1024) /* bytes of any other file */
#define SOURCE_TOTAL_LIMIT ((uint64_t)2 << 30)		/* bytes of all files together */
#define SOURCE_ENTRIES_LIMIT 50000			/* files and folders */
#define SOURCE_DEPTH_LIMIT 32				/* folders below the site */
#define SOURCE_PATH_LIMIT 1024				/* bytes of a path */
#define SOURCE_NAME_LIMIT 200				/* bytes of one part of it */

struct source_file {
	struct slice path;    /* relative to the site, `/` between parts; NUL-terminated */
	uint64_t size;	      /* bytes */
	unsigned char id[20]; /* of the blob; zeroes in a folder */
};

enum tree_kind {
	TREE_FILE,
	TREE_FOLDER,
	TREE_LINK,
	TREE_SUBMODULE,
	TREE_DEVICE, /* or a pipe, a socket, a mode that git does not write */
};

struct tree {
	struct diags *diags;
	struct arena arena; /* holds the paths */
	struct source_file *files;
	size_t count;
	size_t capacity;
	struct text path; /* of the entry that is judged */
	struct map names; /* path, as a careless file system may take it → path as it is */
	size_t entries;
	uint64_t total; /* bytes */
	bool full;	/* a limit of the whole tree is reached: the walk is to stop */
};

/* The folders of a site that are walked. */
extern const char *const tree_tops[3];

/*
 * Judges the entry `name` of the folder `parent` (a path, or "" for the site itself). True when it
 * may be used, with its path in `out`: a folder may be walked then, a file may be measured.
 */
bool tree_enter(struct slice *out, struct tree *tree, struct slice parent, struct slice name,
	enum tree_kind kind);

/* How many bytes a file may have that has this path. */
uint64_t tree_limit(struct slice path);

/* True when a file of this size may be read. */
bool tree_fits(struct tree *tree, struct slice path, uint64_t size);

/* True when a file of this size may be a Git LFS pointer, so that tree_add() has to see it. */
bool tree_is_suspect(uint64_t size);

/* Adds a file that fits. `bytes`: its first ones when it is a suspect; else empty. */
void tree_add(struct tree *tree, const struct source_file *file, struct slice bytes);

/* Sorts the files by path. */
void tree_sort(struct tree *tree);

void tree_free(struct tree *tree);

#endif
