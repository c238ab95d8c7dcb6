/*
 * A git repository that is read: opened with care, its objects as plain bytes. Nothing is ever
 * written to it, no configuration but its own is read, and nothing in it is executed.
 *
 * Threads must not share a handle: each opens its own with repository_again().
 */
#ifndef DRAAIBOEK_REPOSITORY_H
#define DRAAIBOEK_REPOSITORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct diags;
struct git_odb;
struct git_odb_object;
struct git_repository;

struct repository {
	struct git_repository *git;
	struct git_odb *objects;
};

/*
 * Opens the repository at `path` (bare or not); with `above` the one that `path` lies in. Objects
 * that a push has brought, which git keeps apart until the hook has said yes, are seen too. Returns
 * 1, without a message, when there is none. One that belongs to somebody else, or that libgit2
 * cannot read, is a fatal message.
 */
int repository_open(struct repository **out, const char *path, bool above, struct diags *diags);

/* A second handle on the same repository. */
int repository_again(
	struct repository **out, const struct repository *repository, struct diags *diags);
void repository_free(struct repository *repository);

bool repository_is_shallow(const struct repository *repository);

/* The folder of the checkout, with a slash at the end; NULL of a bare one. Borrowed. */
const char *repository_folder(const struct repository *repository);

/* Where the repository itself is. Borrowed. */
const char *repository_path(const struct repository *repository);

/* The commit (20 bytes) that a revision means, as git rev-parse has it. Fatal when there is none.
 */
int repository_resolve(unsigned char *out, const struct repository *repository,
	const char *revision, struct diags *diags);

/* The commit of HEAD. Returns 1 when there is no commit yet. */
int repository_head(unsigned char *out, const struct repository *repository, struct diags *diags);

/* An id of 40 hexadecimal digits in 20 bytes. Returns -1 when it is none. */
int repository_id(unsigned char *out, const char *hexadecimal);

/* The tree of a commit. Returns -1, without a message, when the repository lacks either. */
int repository_tree(
	unsigned char *out, const struct repository *repository, const unsigned char *commit);

/*
 * Whether every object that is read is hashed, to see that it is the one that was asked for: yes at
 * first. Counts for all handles. For a walk over tens of thousands of trees it is most of the work,
 * and git itself does not do it either; zlib's checksums still find a broken disk.
 */
void repository_check_ids(bool check);

#define OBJECT_TREE_LIMIT ((uint64_t)16 << 20) /* bytes; 50,000 entries with long names fit */

enum object_kind { OBJECT_TREE, OBJECT_BLOB };

/* The bytes of a tree or a blob. Starts as all zeroes. */
struct object {
	struct slice bytes; /* borrowed from `handle` */
	struct git_odb_object *handle;
};

/*
 * Reads an object. `limit`: its size is looked up first, and one of more bytes is not read; 0 for
 * none. Returns -1, without a message, when it is too large, damaged, absent or of another kind.
 */
int object_read(struct object *out, const struct repository *repository, const unsigned char *id,
	enum object_kind kind, uint64_t limit);
void object_free(struct object *object);

/* The size of a blob in bytes, without reading it. -1 as object_read(). */
int object_size(uint64_t *out, const struct repository *repository, const unsigned char *id);

#define ENTRY_KIND 0170000U
#define ENTRY_FOLDER 0040000U
#define ENTRY_FILE 0100000U
#define ENTRY_LINK 0120000U
#define ENTRY_SUBMODULE 0160000U

/* An entry of a tree, borrowed from its bytes. */
struct tree_entry {
	unsigned mode;
	struct slice name;
	const unsigned char *id; /* 20 bytes */
};

/* Takes the next entry off a tree's bytes; false at the end, and where they are no entry. */
bool entry_next(struct tree_entry *out, struct slice *rest);

/* As git orders entries: by the bytes of the name, of a folder with a slash behind it. */
int entry_compare(const struct tree_entry *a, const struct tree_entry *b);

/*
 * Finds `path` in a tree: sets its mode and its id (20 bytes). Returns 1 when it is not there, -1
 * when a tree cannot be read; no message.
 */
int entry_find(unsigned *mode, unsigned char *out, const struct repository *repository,
	const unsigned char *tree, struct slice path);

#endif
