/*
 * Reading files, and the one road by which files are written.
 *
 * A folder that is written to is held open; every path is taken relative to it. The folders below
 * it are looked at once, and remembered: each part must be a folder itself, no symlink to one. What
 * another program does to them in the meantime is not guarded against: who may do that may write
 * the files too. A new file costs five system calls, also when it is the first of a new folder; one
 * that has its bytes already four, and one more when its folder was not looked at yet.
 */
#include "base/fs.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"

#define READ_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_CLOEXEC)
#define LARGEST ((uint64_t)1 << 30) /* bytes of a file that draaiboek wrote itself */
#define PIECE ((size_t)32 * 1024)   /* bytes that are compared at once */

/* A path below the folder, as the system wants it. */
struct path {
	char bytes[PATH_MAX];
	size_t size;
};

/* What is remembered of a folder below the open one. */
struct known {
	bool there;
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

bool fs_is_safe(struct slice path)
{
	while (true) {
		size_t end = slice_find(path, '/');
		struct slice part = {path.data, end};

		if (part.size == 0 || slice_is(part, ".") || slice_is(part, "..") ||
			slice_find(part, '\0') < part.size || slice_find(part, '\\') < part.size)
			return false;
		if (end == path.size)
			return true;
		path = slice_from(path, end + 1);
	}
}

int fs_join(struct text *out, const char *folder, struct slice path)
{
	if (!fs_is_safe(path))
		return -1;
	text_puts(out, folder);
	if (folder[0] != '\0' && !slice_ends(slice_of(folder), "/"))
		text_byte(out, '/');
	text_add(out, path);
	return 0;
}

/* Adds the message for a path below the folder. Returns -1. */
static int fail_in(
	struct diags *diags, const struct fs_folder *folder, struct slice path, int error)
{
	struct text name = {0};

	text_printf(&name, "%s/", folder->path);
	text_add(&name, path);
	diag_io(diags, name.data, error);
	text_free(&name);
	return -1;
}

/* Reads an open file to its end. Returns an errno value, or 0. */
static int read_open(struct text *out, int fd, uint64_t limit)
{
	struct stat status;
	size_t start = out->size;
	ssize_t size;

	if (fstat(fd, &status) != 0)
		return errno;
	if (!S_ISREG(status.st_mode))
		return S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
	if ((uint64_t)status.st_size > limit)
		return EFBIG;
	text_reserve(out, (size_t)status.st_size + 1);
	do {
		text_reserve(out, 1);
		size = read(fd, out->data + out->size, out->capacity - out->size - 1);
		if (size > 0)
			out->size += (size_t)size;
	} while (size > 0 ? out->size - start <= limit : size < 0 && errno == EINTR);
	out->data[out->size] = '\0';
	if (size < 0)
		return errno;
	return out->size - start > limit ? EFBIG : 0;
}

/* Reads all of `fd`, which is closed. On failure `out` is as it was. Returns an errno value, or 0.
 */
static int read_and_close(struct text *out, int fd, uint64_t limit)
{
	size_t start = out->size;
	int error = read_open(out, fd, limit);

	close(fd);
	if (error != 0 && out->data != NULL) {
		out->size = start;
		out->data[start] = '\0';
	}
	return error;
}

int fs_read(struct text *out, const char *path, uint64_t limit, struct diags *diags)
{
	int fd = open(path, READ_FLAGS);
	int error = fd < 0 ? errno : read_and_close(out, fd, limit);

	return error != 0 ? diag_io(diags, path, error) : 0;
}

/* Makes the folder and the ones above it that are absent. Returns an errno value, or 0. */
static int make_parents(const char *path)
{
	char *part = mem_copy(path, strlen(path));
	int error = 0;

	for (size_t i = 1; part[i - 1] != '\0' && error == 0; i++) {
		char byte = part[i];

		if ((byte != '/' && byte != '\0') || part[i - 1] == '/')
			continue;
		part[i] = '\0';
		if (mkdir(part, 0777) != 0 && errno != EEXIST)
			error = errno;
		/* A file system that can only be read says so of folders that are there too. */
		if (error != 0 && access(part, F_OK) == 0)
			error = 0;
		part[i] = byte;
	}
	free(part);
	return error;
}

int fs_open(struct fs_folder **out, const char *path, struct diags *diags)
{
	struct fs_folder *folder;
	int fd = open(path, FOLDER_FLAGS);

	if (fd < 0 && errno == ENOENT && path[0] != '\0') {
		int error = make_parents(path);

		if (error != 0)
			return diag_io(diags, path, error);
		fd = open(path, FOLDER_FLAGS);
	}
	if (fd < 0)
		return diag_io(diags, path, errno);
	folder = mem_new(1, sizeof(*folder));
	folder->fd = fd;
	folder->path = mem_copy(path, strlen(path));
	folder->process = (long)getpid();
	atomic_init(&folder->temporaries, 0);
	atomic_init(&folder->old, false);
	pthread_mutex_init(&folder->lock, NULL);
	*out = folder;
	return 0;
}

void fs_close(struct fs_folder *folder)
{
	if (folder == NULL)
		return;
	close(folder->fd);
	pthread_mutex_destroy(&folder->lock);
	map_free(&folder->known);
	arena_free(&folder->arena);
	free(folder->path);
	free(folder);
}

bool fs_is_empty(const struct fs_folder *folder)
{
	int fd = openat(folder->fd, ".", FOLDER_FLAGS);
	DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry;
	bool empty = true;

	if (stream == NULL) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	while (empty && (entry = readdir(stream)) != NULL)
		empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
	closedir(stream);
	return empty;
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

/* The size of the path of the folder that a path stands in; 0 when that is the open one. */
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

/*
 * Sees to it that the folders above a path are there, and are no symlinks; makes them when asked.
 * `out_made`: the nearest one was made just now, so that nothing is in it. Returns an errno value.
 */
static int find_parents(bool *out_made, struct fs_folder *folder, struct path *path, bool make)
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

/* Returns -1, with a message, for a path that may not be used. */
static int check_path(
	struct path *out, const struct fs_folder *folder, struct slice path, struct diags *diags)
{
	if (!fs_is_safe(path)) {
		char *name = mem_copy(path.data, path.size);

		diag_add(diags, DIAG_PATH_UNSAFE, (struct place){.path = ""}, name, NULL);
		free(name);
		return -1;
	}
	if (path.size >= sizeof(out->bytes))
		return fail_in(diags, folder, path, ENAMETOOLONG);
	memcpy(out->bytes, path.data, path.size);
	out->bytes[path.size] = '\0';
	out->size = path.size;
	return 0;
}

static bool has_bytes(int fd, struct slice bytes)
{
	char piece[PIECE];

	while (bytes.size > 0) {
		ssize_t size = read(fd, piece, bytes.size < PIECE ? bytes.size : PIECE);

		if (size < 0 && errno == EINTR)
			continue;
		if (size <= 0 || memcmp(piece, bytes.data, (size_t)size) != 0)
			return false;
		bytes = slice_from(bytes, (size_t)size);
	}
	return true;
}

/* How writing the bytes would change the file. One that cannot be compared is a changed one. */
static enum fs_written compare(int folder, const char *path, struct slice bytes)
{
	enum fs_written written = FS_CHANGED;
	struct stat status;
	int fd = openat(folder, path, READ_FLAGS);

	if (fd < 0)
		return errno == ENOENT ? FS_CREATED : FS_CHANGED;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
		(uint64_t)status.st_size == bytes.size && has_bytes(fd, bytes))
		written = FS_SAME;
	close(fd);
	return written;
}

/* Opens a file that was not there, in the folder of `path`. Returns an errno value, or 0. */
static int open_temporary(
	int *out, struct path *out_path, struct fs_folder *folder, const struct path *path)
{
	size_t start = parent_size(path->bytes, path->size);
	int fd;

	start += start > 0;
	memcpy(out_path->bytes, path->bytes, start);
	do {
		/* One that was left behind may have the same number as this process: take the next.
		 */
		int size = snprintf(out_path->bytes + start, sizeof(out_path->bytes) - start,
			".draaiboek-%ld-%u", folder->process,
			atomic_fetch_add(&folder->temporaries, 1));

		if (size < 0 || (size_t)size >= sizeof(out_path->bytes) - start)
			return ENAMETOOLONG;
		fd = openat(folder->fd, out_path->bytes,
			O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	} while (fd < 0 && errno == EEXIST);
	if (fd < 0)
		return errno;
	*out = fd;
	return 0;
}

static int write_all(int fd, struct slice bytes)
{
	while (bytes.size > 0) {
		ssize_t size = write(fd, bytes.data, bytes.size);

		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return errno;
		bytes = slice_from(bytes, (size_t)size);
	}
	return 0;
}

/* Puts a file with the bytes in the place of the one at `path`. Returns an errno value, or 0. */
static int replace(struct fs_folder *folder, const struct path *path, struct slice bytes)
{
	struct path temporary;
	int fd = -1, error;

	error = open_temporary(&fd, &temporary, folder, path);
	if (error != 0)
		return error;
	error = write_all(fd, bytes);
	if (close(fd) != 0 && error == 0)
		error = errno;
	if (error == 0 && renameat(folder->fd, temporary.bytes, folder->fd, path->bytes) != 0)
		error = errno;
	if (error != 0)
		unlinkat(folder->fd, temporary.bytes, 0);
	return error;
}

int fs_write(enum fs_written *out, struct fs_folder *folder, struct slice path, struct slice bytes,
	struct diags *diags)
{
	enum fs_written written = FS_CREATED;
	struct path full;
	bool made;
	int error;

	if (check_path(&full, folder, path, diags) != 0)
		return -1;
	error = find_parents(&made, folder, &full, true);
	if (error == 0 && !made)
		written = compare(folder->fd, full.bytes, bytes);
	if (error == 0 && written != FS_SAME)
		error = replace(folder, &full, bytes);
	if (error != 0)
		return fail_in(diags, folder, path, error);
	if (out != NULL)
		*out = written;
	return 0;
}

int fs_read_in(struct text *out, struct fs_folder *folder, struct slice path, struct diags *diags)
{
	struct path full;
	bool made;
	int error, fd;

	if (check_path(&full, folder, path, diags) != 0)
		return -1;
	error = find_parents(&made, folder, &full, false);
	if (error == 0) {
		fd = openat(folder->fd, full.bytes, READ_FLAGS);
		error = fd < 0 ? errno : read_and_close(out, fd, LARGEST);
	}
	if (error == ENOENT || error == ENOTDIR)
		return 1;
	return error != 0 ? fail_in(diags, folder, path, error) : 0;
}

int fs_remove(struct fs_folder *folder, struct slice path, struct diags *diags)
{
	struct path full;
	bool made;
	int error;

	if (check_path(&full, folder, path, diags) != 0)
		return -1;
	error = find_parents(&made, folder, &full, false);
	if (error == 0 && unlinkat(folder->fd, full.bytes, 0) != 0)
		error = errno;
	if (error == ENOTDIR)
		return 0; /* a file stands where a folder was: what was in it is gone */
	if (error != 0 && error != ENOENT)
		return fail_in(diags, folder, path, error);
	while ((full.size = parent_size(full.bytes, full.size)) > 0) {
		full.bytes[full.size] = '\0';
		if (unlinkat(folder->fd, full.bytes, AT_REMOVEDIR) != 0 && errno != ENOENT)
			break;
		remember(folder, (struct slice){full.bytes, full.size}, false);
	}
	return 0;
}
