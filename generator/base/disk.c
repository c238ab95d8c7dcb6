/*
 * The system's calls, each checked. Linux and glibc are needed for renameat2() and syncfs(): the
 * first refuses to overwrite, the second makes a release of thousands of files durable at once.
 */
#define _GNU_SOURCE
#include "base/disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"

#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_CLOEXEC)
#define NEW_FLAGS (O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)
#define READ_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
#define FOLDER_MODE 0755
#define FILE_MODE 0644
#define PIECE ((size_t)256 * 1024)

int disk_fail(struct diags *diags, const struct disk *folder, const char *name, int error)
{
	struct text path = {0};

	text_puts(&path, folder->path);
	if (name[0] != '\0')
		text_printf(&path, "/%s", name);
	diag_io(diags, path.data, error);
	text_free(&path);
	return -1;
}

/* ---- Folders */

/* Makes the folder and the ones above it. Returns an errno value, or 0. */
static int make_path(const char *path)
{
	char *part = mem_copy(path, strlen(path));
	int error = 0;

	for (size_t i = 1; error == 0 && part[i - 1] != '\0'; i++) {
		char byte = part[i];

		if ((byte != '/' && byte != '\0') || part[i - 1] == '/')
			continue;
		part[i] = '\0';
		if (mkdir(part, FOLDER_MODE) != 0 && errno != EEXIST)
			error = errno;
		/* A file system that is read only says so of folders that are there too. */
		if (error != 0 && access(part, F_OK) == 0)
			error = 0;
		part[i] = byte;
	}
	free(part);
	return error;
}

int disk_open(struct disk *out, const char *path, bool make, struct diags *diags)
{
	int fd = open(path, FOLDER_FLAGS);

	if (fd < 0 && errno == ENOENT && make && path[0] != '\0') {
		int error = make_path(path);

		if (error != 0)
			return diag_io(diags, path, error);
		fd = open(path, FOLDER_FLAGS);
	}
	if (fd < 0)
		return diag_io(diags, path, errno);
	*out = (struct disk){fd, mem_copy(path, strlen(path))};
	return 0;
}

int disk_enter(struct disk *out, const struct disk *folder, const char *name, bool make,
	struct diags *diags)
{
	struct text path = {0};
	int fd;

	if (make && disk_make(folder, name, diags) < 0)
		return -1;
	fd = openat(folder->fd, name, FOLDER_FLAGS | O_NOFOLLOW);
	if (fd < 0 && errno == ENOENT && !make)
		return 1;
	if (fd < 0)
		return disk_fail(diags, folder, name, errno);
	text_printf(&path, "%s/%s", folder->path, name);
	*out = (struct disk){fd, path.data};
	return 0;
}

void disk_close(struct disk *folder)
{
	if (folder->path == NULL)
		return;
	(void)close(folder->fd);
	free(folder->path);
	*folder = (struct disk){.fd = -1};
}

int disk_make(const struct disk *folder, const char *name, struct diags *diags)
{
	if (mkdirat(folder->fd, name, FOLDER_MODE) == 0)
		return 0;
	return errno == EEXIST ? 1 : disk_fail(diags, folder, name, errno);
}

/* ---- A new file */

int disk_begin(int *out_fd, const struct disk *folder, const char *name, struct diags *diags)
{
	int fd = openat(folder->fd, name, NEW_FLAGS, FILE_MODE);

	if (fd < 0)
		return disk_fail(diags, folder, name, errno);
	*out_fd = fd;
	return 0;
}

int disk_append(int fd, const struct disk *folder, const char *name, struct slice piece,
	struct diags *diags)
{
	while (piece.size > 0) {
		ssize_t size = write(fd, piece.data, piece.size);

		if (size < 0 && errno == EINTR)
			continue;
		if (size <= 0)
			return disk_fail(diags, folder, name, size < 0 ? errno : ENOSPC);
		piece = slice_from(piece, (size_t)size);
	}
	return 0;
}

int disk_end(int fd, const struct disk *folder, const char *name, int64_t time, struct diags *diags)
{
	int error = 0;

	if (time >= 0) {
		const struct timespec times[] = {
			{.tv_sec = (time_t)time}, {.tv_sec = (time_t)time}};

		if (futimens(fd, times) != 0)
			error = errno;
	}
	if (close(fd) != 0 && error == 0)
		error = errno;
	return error != 0 ? disk_fail(diags, folder, name, error) : 0;
}

int disk_write(const struct disk *folder, const char *name, struct slice bytes, int64_t time,
	struct diags *diags)
{
	int fd;

	if (disk_begin(&fd, folder, name, diags) != 0)
		return -1;
	if (disk_append(fd, folder, name, bytes, diags) != 0) {
		(void)close(fd);
		return -1;
	}
	return disk_end(fd, folder, name, time, diags);
}

int disk_link(const struct disk *folder, const char *name, const struct disk *from,
	const char *from_name, struct diags *diags)
{
	if (linkat(from->fd, from_name, folder->fd, name, 0) == 0)
		return 0;
	switch (errno) {
	case ENOENT:
	case EMLINK:
	case EPERM: /* a file of somebody else, or a file system without links */
	case EXDEV:
	case EOPNOTSUPP:
		return 1;
	default:
		return disk_fail(diags, folder, name, errno);
	}
}

/* ---- What is there */

/* Opens a plain file. Returns 1 when there is none. */
static int open_file(int *out, const struct disk *folder, const char *name, struct diags *diags)
{
	struct stat status;
	int fd = openat(folder->fd, name, READ_FLAGS);
	int error = 0;

	if (fd < 0)
		return errno == ENOENT ? 1 : disk_fail(diags, folder, name, errno);
	if (fstat(fd, &status) != 0)
		error = errno;
	else if (!S_ISREG(status.st_mode))
		error = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
	if (error != 0) {
		(void)close(fd);
		return disk_fail(diags, folder, name, error);
	}
	*out = fd;
	return 0;
}

int disk_pieces(const struct disk *folder, const char *name,
	int (*piece)(void *context, struct slice bytes), void *context, struct diags *diags)
{
	char *buffer;
	ssize_t size;
	int fd, result = open_file(&fd, folder, name, diags);

	if (result != 0)
		return result > 0 ? disk_fail(diags, folder, name, ENOENT) : -1;
	buffer = mem_new(1, PIECE);
	do {
		size = read(fd, buffer, PIECE);
		if (size > 0)
			result = piece(context, (struct slice){buffer, (size_t)size});
		else if (size < 0 && errno != EINTR)
			result = disk_fail(diags, folder, name, errno);
	} while (result == 0 && size != 0);
	free(buffer);
	(void)close(fd);
	return result;
}

int disk_read(struct text *out, const struct disk *folder, const char *name, uint64_t limit,
	struct diags *diags)
{
	struct text bytes = {0};
	ssize_t size;
	int fd, result = open_file(&fd, folder, name, diags);

	if (result != 0)
		return result;
	do {
		text_reserve(&bytes, PIECE);
		size = read(fd, bytes.data + bytes.size, PIECE);
		if (size > 0)
			bytes.size += (size_t)size;
		if (bytes.size > limit || (size < 0 && errno != EINTR))
			result = disk_fail(diags, folder, name, size < 0 ? errno : EFBIG);
	} while (result == 0 && size != 0);
	(void)close(fd);
	if (result == 0)
		text_add(out, text_slice(&bytes));
	text_free(&bytes);
	return result;
}

int disk_look(uint64_t *size, int64_t *time, const struct disk *folder, const char *name)
{
	struct stat status;

	if (fstatat(folder->fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
		!S_ISREG(status.st_mode))
		return -1;
	*size = (uint64_t)status.st_size;
	*time = (int64_t)status.st_mtim.tv_sec;
	return 0;
}

int disk_read_link(
	struct text *out, const struct disk *folder, const char *name, struct diags *diags)
{
	char target[PATH_MAX];
	ssize_t size = readlinkat(folder->fd, name, target, sizeof(target));

	if (size < 0)
		return errno == ENOENT ? 1 : disk_fail(diags, folder, name, errno);
	text_add(out, (struct slice){target, (size_t)size});
	return 0;
}

int disk_list(const struct disk *folder, int (*each)(void *context, const char *name),
	void *context, struct diags *diags)
{
	const struct dirent *entry;
	int fd = openat(folder->fd, ".", FOLDER_FLAGS), result = 0;
	DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;

	if (stream == NULL) {
		int error = errno;

		if (fd >= 0)
			(void)close(fd);
		return disk_fail(diags, folder, "", error);
	}
	while (result == 0) {
		errno = 0;
		entry = readdir(stream);
		if (entry == NULL) {
			if (errno != 0)
				result = disk_fail(diags, folder, "", errno);
			break;
		}
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			result = each(context, entry->d_name);
	}
	(void)closedir(stream);
	return result;
}

/* What disk_list() needs to count. */
struct counting {
	size_t *count;
	const struct disk *folder;
	struct diags *diags;
};

static int count_entry(void *context, const char *name)
{
	const struct counting *counting = context;
	struct disk inside;
	struct stat status;
	int result;

	if (fstatat(counting->folder->fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return disk_fail(counting->diags, counting->folder, name, errno);
	if (!S_ISDIR(status.st_mode)) {
		(*counting->count)++;
		return 0;
	}
	result = disk_enter(&inside, counting->folder, name, false, counting->diags);
	if (result == 0) {
		result = disk_count(counting->count, &inside, counting->diags);
		disk_close(&inside);
	}
	return result < 0 ? -1 : 0;
}

int disk_count(size_t *count, const struct disk *folder, struct diags *diags)
{
	struct counting counting = {count, folder, diags};

	return disk_list(folder, count_entry, &counting, diags);
}

/* ---- Changing what is there */

int disk_sync(const struct disk *folder, bool whole, struct diags *diags)
{
	int result = whole ? syncfs(folder->fd) : fsync(folder->fd);

	return result != 0 ? disk_fail(diags, folder, "", errno) : 0;
}

static void name_temporary(struct text *out, const char *name)
{
	text_printf(out, ".%s.tmp", name);
}

int disk_replace(
	const struct disk *folder, const char *name, struct slice bytes, struct diags *diags)
{
	struct text temporary = {0};
	int fd, result = -1;

	name_temporary(&temporary, name);
	if (disk_remove(folder, temporary.data, diags) != 0 ||
		disk_begin(&fd, folder, temporary.data, diags) != 0)
		goto out;
	result = disk_append(fd, folder, temporary.data, bytes, diags);
	if (result == 0 && fsync(fd) != 0)
		result = disk_fail(diags, folder, temporary.data, errno);
	if (result == 0)
		result = disk_end(fd, folder, temporary.data, -1, diags);
	else
		(void)close(fd);
	if (result == 0 && renameat(folder->fd, temporary.data, folder->fd, name) != 0)
		result = disk_fail(diags, folder, name, errno);
	if (result != 0)
		(void)unlinkat(folder->fd, temporary.data, 0);
	else
		result = disk_sync(folder, false, diags);
out:
	text_free(&temporary);
	return result;
}

int disk_point(const struct disk *folder, const char *name, const char *target, struct diags *diags)
{
	struct text temporary = {0};
	int result = -1;

	name_temporary(&temporary, name);
	if (disk_remove(folder, temporary.data, diags) != 0)
		goto out;
	if (symlinkat(target, folder->fd, temporary.data) != 0) {
		disk_fail(diags, folder, temporary.data, errno);
		goto out;
	}
	if (renameat(folder->fd, temporary.data, folder->fd, name) != 0) {
		disk_fail(diags, folder, name, errno);
		(void)unlinkat(folder->fd, temporary.data, 0);
		goto out;
	}
	result = disk_sync(folder, false, diags) != 0 ? 1 : 0;
out:
	text_free(&temporary);
	return result;
}

int disk_remove(const struct disk *folder, const char *name, struct diags *diags)
{
	if (unlinkat(folder->fd, name, 0) != 0 && errno != ENOENT)
		return disk_fail(diags, folder, name, errno);
	return 0;
}

/* What disk_list() needs to remove what is in a folder. */
struct removal {
	const struct disk *folder;
	struct diags *diags;
};

static int remove_entry(void *context, const char *name)
{
	const struct removal *removal = context;

	return disk_remove_all(removal->folder, name, removal->diags);
}

int disk_remove_all(const struct disk *folder, const char *name, struct diags *diags)
{
	struct disk inside;
	struct removal removal = {&inside, diags};
	int result;

	if (unlinkat(folder->fd, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return disk_fail(diags, folder, name, errno);
	result = disk_enter(&inside, folder, name, false, diags);
	if (result != 0)
		return result > 0 ? 0 : -1;
	result = disk_list(&inside, remove_entry, &removal, diags);
	disk_close(&inside);
	if (result == 0 && unlinkat(folder->fd, name, AT_REMOVEDIR) != 0 && errno != ENOENT)
		result = disk_fail(diags, folder, name, errno);
	return result;
}

int disk_remove_folder(const struct disk *folder, const char *name, struct diags *diags)
{
	if (unlinkat(folder->fd, name, AT_REMOVEDIR) == 0)
		return 0;
	if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOENT)
		return 1;
	return disk_fail(diags, folder, name, errno);
}

int disk_rename(const struct disk *folder, const char *from, const char *to, struct diags *diags)
{
	if (renameat2(folder->fd, from, folder->fd, to, RENAME_NOREPLACE) == 0)
		return 0;
	return disk_fail(diags, folder, to, errno);
}
