/*
 * The folder that is written to, for base/fs alone: the paths below it, and which folders on the
 * way are known to be there.
 */
#ifndef DRAAIBOEK_FS_FOLDER_H
#define DRAAIBOEK_FS_FOLDER_H

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"

struct diags;

/* A path below the folder, as the system wants it. */
struct fs_path {
	char bytes[PATH_MAX];
	size_t size;
};

struct fs_folder {
	int fd;
	char *path;
	long process;
	atomic_uint temporaries; /* how many temporary files were made */
	atomic_bool old;	 /* the last folder that was looked for was there already */
	pthread_mutex_t lock;	 /* guards what is below */
	struct arena arena;
	struct map known; /* path → struct known */
};

/* Adds the message for a path below the folder. Returns -1. */
int fs_folder_fail(
	struct diags *diags, const struct fs_folder *folder, struct slice path, int error);

/* The size of the path of the folder that a path stands in; 0 when that is the open one. */
size_t fs_folder_parent(const struct fs_path *path);

/*
 * Sees to it that the folders above a path are there, and are no symlinks; makes them when asked.
 * `out_made`: the nearest one was made just now, so that nothing is in it. Returns an errno value.
 */
int fs_folder_find(bool *out_made, struct fs_folder *folder, struct fs_path *path, bool make);

/* Takes it that the folder of this path is not there any more. */
void fs_folder_forget(struct fs_folder *folder, struct slice path);

#endif
