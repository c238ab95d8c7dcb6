/*
 * The folders below the open one are looked at once, and remembered: each part must be a folder
 * itself, no symlink to one. What another program does to them in the meantime is not guarded
 * against: who may do that may write the files too.
 */
#include "base/fs_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"

/* What is remembered of a folder below the open one. */
struct known {
	bool there;
};

int fs_folder_fail(
	struct diags *diags, const struct fs_folder *folder, struct slice path, int error)
{
	struct text name = {0};

	text_printf(&name, "%s/", folder->path);
	text_add(&name, path);
	diag_io(diags, name.data, error);
	text_free(&name);
	return -1;
}

static bool is_known(struct fs_folder *folder, struct slice path)
{
	const struct known *known;
	bool there;

	pthread_mutex_lock(&folder->lock);
	known = map_get(&folder->known, path);
	there = known != NULL && known->there;
	pthread_mutex_unlock(&folder->lock);
	return there;
}

static void remember(struct fs_folder *folder, struct slice path, bool there)
{
	struct known *known;

	pthread_mutex_lock(&folder->lock);
	known = map_get(&folder->known, path);
	if (known == NULL && there) {
		known = arena_new(&folder->arena, 1, sizeof(*known));
		map_set(&folder->known, slice_keep(&folder->arena, path), known);
	}
	if (known != NULL)
		known->there = there;
	pthread_mutex_unlock(&folder->lock);
}

static size_t parent_size(const char *path, size_t size)
{
	while (size > 0 && path[size - 1] != '/')
		size--;
	return size > 0 ? size - 1 : 0;
}

/*
 * Sees to it that one folder is there, whose parents are. In a new site most folders are new, in
 * one that is made again most are there: what the last one was is tried first. Returns an errno
 * value.
 */
static int find_folder(bool *out_made, struct fs_folder *folder, const char *path, bool make)
{
	struct stat status;
	int error = ENOENT;
	bool there = atomic_load(&folder->old) &&
		     fstatat(folder->fd, path, &status, AT_SYMLINK_NOFOLLOW) == 0;

	*out_made = !there && make && mkdirat(folder->fd, path, 0777) == 0;
	if (!there && make) {
		atomic_store(&folder->old, !*out_made);
		error = errno;
	}
	if (*out_made)
		return 0;
	if (!there && fstatat(folder->fd, path, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT ? error : errno;
	if (S_ISLNK(status.st_mode))
		return ELOOP;
	return S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
}

int fs_folder_find(bool *out_made, struct fs_folder *folder, struct fs_path *path, bool make)
{
	size_t whole = parent_size(path->bytes, path->size);
	size_t end = whole;

	*out_made = false;
	while (end > 0 && !is_known(folder, (struct slice){path->bytes, end}))
		end = parent_size(path->bytes, end);
	while (end < whole) {
		int error;

		end += end > 0;
		while (path->bytes[end] != '/')
			end++;
		path->bytes[end] = '\0';
		error = find_folder(out_made, folder, path->bytes, make);
		path->bytes[end] = '/';
		if (error != 0)
			return error;
		remember(folder, (struct slice){path->bytes, end}, true);
	}
	return 0;
}

size_t fs_folder_parent(const struct fs_path *path)
{
	return parent_size(path->bytes, path->size);
}

void fs_folder_forget(struct fs_folder *folder, struct slice path)
{
	remember(folder, path, false);
}
