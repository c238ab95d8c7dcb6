/*
 * Files of which it matters when they are on the disk: those of releases, and what says which of
 * them is live. Everything is named relative to a folder that is held open; no symlink is followed
 * to a file; a new file never takes the place of another. base/fs is for the folder of a build.
 *
 * What goes wrong is a message with the whole path; functions return -1 then. Files get mode 0644
 * and folders 0755, within the umask.
 */
#ifndef DRAAIBOEK_DISK_H
#define DRAAIBOEK_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct diags;

/* A folder that is held open. */
struct disk {
	int fd;
	char *path; /* for messages, as the user gave it */
};

/* Opens the folder at a path, made with the ones above it when `make`. */
int disk_open(struct disk *out, const char *path, bool make, struct diags *diags);

/*
 * Opens a folder in a folder, made when `make`; no symlink. Returns 1, without a message, when it
 * is not there.
 */
int disk_enter(struct disk *out, const struct disk *folder, const char *name, bool make,
	struct diags *diags);
void disk_close(struct disk *folder);

/* Adds the message for a name in the folder. Returns -1. */
int disk_fail(struct diags *diags, const struct disk *folder, const char *name, int error);

/* Makes a folder. Returns 1, without a message, when something of that name is there. */
int disk_make(const struct disk *folder, const char *name, struct diags *diags);

/* ---- A new file: never one that is there */

/*
 * Makes a file of these bytes. `time`: of its last change, seconds since 1970; negative: now.
 */
int disk_write(const struct disk *folder, const char *name, struct slice bytes, int64_t time,
	struct diags *diags);

/* The same in pieces; disk_end() closes the file, whatever it returns. */
int disk_begin(int *out_fd, const struct disk *folder, const char *name, struct diags *diags);
int disk_append(int fd, const struct disk *folder, const char *name, struct slice piece,
	struct diags *diags);
int disk_end(
	int fd, const struct disk *folder, const char *name, int64_t time, struct diags *diags);

/*
 * Makes `name` in `folder` a hard link to `from_name` in `from`. Returns 1, without a message, when
 * the file system does not want to, or the other file is not there: then a copy will do.
 */
int disk_link(const struct disk *folder, const char *name, const struct disk *from,
	const char *from_name, struct diags *diags);

/* ---- What is there */

/* Appends a file of at most `limit` bytes. Returns 1, without a message, when it is not there. */
int disk_read(struct text *out, const struct disk *folder, const char *name, uint64_t limit,
	struct diags *diags);

/* Hands all of a file to `piece`, in pieces; its result, when not 0, ends that and is returned. */
int disk_pieces(const struct disk *folder, const char *name,
	int (*piece)(void *context, struct slice bytes), void *context, struct diags *diags);

/* The size of a plain file, and the time of its last change; -1, without a message, for another. */
int disk_look(uint64_t *size, int64_t *time, const struct disk *folder, const char *name);

/* Appends where a symlink leads. Returns 1, without a message, when it is not there. */
int disk_read_link(
	struct text *out, const struct disk *folder, const char *name, struct diags *diags);

/* Calls `each` for every name in the folder, in no order; its result, when not 0, ends that. */
int disk_list(const struct disk *folder, int (*each)(void *context, const char *name),
	void *context, struct diags *diags);

/* Adds up the entries below the folder, at any depth, that are no folders. */
int disk_count(size_t *count, const struct disk *folder, struct diags *diags);

/* ---- Changing what is there; durable when they return 0 */

/* Puts a file of these bytes in the place of `name`, by way of `.name.tmp`. */
int disk_replace(
	const struct disk *folder, const char *name, struct slice bytes, struct diags *diags);

/*
 * The same of a symlink. When the folder could not be synced after the rename, returns 1 with the
 * message: readers see the new one, but whether it will last is not known.
 */
int disk_point(
	const struct disk *folder, const char *name, const char *target, struct diags *diags);

/* Removes a file; one that is not there is no error. */
int disk_remove(const struct disk *folder, const char *name, struct diags *diags);

/* Removes a file, or a folder with all that is in it. No symlink is followed. Is not synced. */
int disk_remove_all(const struct disk *folder, const char *name, struct diags *diags);

/* Removes a folder that is empty. Returns 1, without a message, when it is not, or not there. */
int disk_remove_folder(const struct disk *folder, const char *name, struct diags *diags);

/* Renames within the folder, never over something. Is not synced. */
int disk_rename(const struct disk *folder, const char *from, const char *to, struct diags *diags);

/* Sees to it that the names in the folder are on the disk; all of the file system's with `whole`.
 */
int disk_sync(const struct disk *folder, bool whole, struct diags *diags);

#endif
