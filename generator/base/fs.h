/*
 * The road to the disk. All that draaiboek writes goes through here, below one folder that was
 * opened first; a path that would lead out of it does not exist.
 */
#ifndef DRAAIBOEK_FS_H
#define DRAAIBOEK_FS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct diags;

/* True for a relative path of plain parts: no empty part, no `.` or `..`, no NUL, no backslash. */
bool fs_is_safe(struct slice path);

/* Appends `folder`, a slash, and `path`. Returns -1, and appends nothing, when `path` is not safe.
 */
int fs_join(struct text *out, const char *folder, struct slice path);

/*
 * Appends a whole file of at most `limit` bytes. A symlink, a device or a larger file is an error.
 * What path leads to it, the caller answers for.
 */
int fs_read(struct text *out, const char *path, uint64_t limit, struct diags *diags);

/* A folder that is written to. */
struct fs_folder;

enum fs_written { FS_SAME, FS_CHANGED, FS_CREATED };

/* Opens the folder, made with its parents when absent. */
int fs_open(struct fs_folder **out, const char *path, struct diags *diags);
void fs_close(struct fs_folder *folder);

/* True when the folder holds nothing at all. */
bool fs_is_empty(const struct fs_folder *folder);

/*
 * Makes the file at `path` (safe, relative to the folder) hold the bytes: a file that has them
 * already is not touched; else they go to a temporary file beside it, which is renamed over it.
 * Folders are made as needed; symlinks on the way are not followed. Several threads may write
 * different files at once. `out` may be NULL.
 */
int fs_write(enum fs_written *out, struct fs_folder *folder, struct slice path, struct slice bytes,
	struct diags *diags);

/*
 * The same of a program, mode 0755, in the folder itself: it is on the disk, and may be run, before
 * it gets its name.
 */
int fs_write_program(
	struct fs_folder *folder, const char *name, struct slice bytes, struct diags *diags);

/* A file that is written in pieces, because it is too large to be in memory as a whole. */
struct fs_file;

/*
 * Writes a file as fs_write() does, in pieces from its first byte to its last: fs_begin(), any
 * number of fs_append(), fs_end(). While it has the bytes of the file that stands there, nothing is
 * written; from the first difference on a temporary file is, which fs_end() puts in its place.
 * Each says itself what went wrong. fs_end() frees the file, whatever it returns; when something
 * failed before it, fs_abandon() leaves all as it was and frees it. That takes NULL.
 */
int fs_begin(
	struct fs_file **out, struct fs_folder *folder, struct slice path, struct diags *diags);
int fs_append(struct fs_file *file, struct slice bytes, struct diags *diags);
int fs_end(enum fs_written *out, struct fs_file *file, struct diags *diags);
void fs_abandon(struct fs_file *file);

/* Appends a file of the folder. Returns 1, without a message, when it is not there. */
int fs_read_in(struct text *out, struct fs_folder *folder, struct slice path, struct diags *diags);

/*
 * Removes a file, and the folders above it that are empty then. One that is gone is no error.
 * Not while another thread writes to the folder.
 */
int fs_remove(struct fs_folder *folder, struct slice path, struct diags *diags);

#endif
