/*
 * Reading files, and the one road by which files are written.
 *
 * A folder that is written to is held open; every path is taken relative to it. A new file costs
 * five system calls, also when it is the first of a new folder; one that has its bytes already
 * four, and one more when its folder was not looked at yet.
 */
#include "base/fs.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/fs_folder.h"
#include "base/mem.h"

#define READ_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_CLOEXEC)
#define LARGEST ((uint64_t)1 << 30) /* bytes of a file that draaiboek wrote itself */
#define PIECE ((size_t)32 * 1024)   /* bytes that are compared at once */

/* A file that is being written. */
struct fs_file {
	struct fs_folder *folder;
	struct fs_path path;
	struct fs_path temporary; /* of `fd` */
	int old;		  /* what stands there, while it is the same so far; or -1 */
	int fd;			  /* what will stand there, from the first difference on; or -1 */
	uint64_t old_size;
	uint64_t size; /* that is the same */
	enum fs_written written;
	bool failed; /* it may only be abandoned */
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

/* Returns -1, with a message, for a path that may not be used. */
static int make_path(
	struct fs_path *out, const struct fs_folder *folder, struct slice path, struct diags *diags)
{
	if (!fs_is_safe(path)) {
		char *name = mem_copy(path.data, path.size);

		diag_add(diags, DIAG_PATH_UNSAFE, (struct place){.path = ""}, name, NULL);
		free(name);
		return -1;
	}
	if (path.size >= sizeof(out->bytes))
		return fs_folder_fail(diags, folder, path, ENAMETOOLONG);
	memcpy(out->bytes, path.data, path.size);
	out->bytes[path.size] = '\0';
	out->size = path.size;
	return 0;
}

/* Reads on in `fd`; true when the next bytes are these. */
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

/* Opens a file that was not there, in the folder of `path`. Returns an errno value, or 0. */
static int open_temporary(
	int *out, struct fs_path *out_path, struct fs_folder *folder, const struct fs_path *path)
{
	size_t start = fs_folder_parent(path);
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

/* Copies the first `size` bytes of a file. Returns an errno value, or 0. */
static int copy_start(int to, int from, uint64_t size)
{
	char piece[PIECE];
	uint64_t done = 0;
	int error = 0;

	while (done < size && error == 0) {
		ssize_t part = pread(from, piece,
			size - done < PIECE ? (size_t)(size - done) : PIECE, (off_t)done);

		if (part < 0 && errno == EINTR)
			continue;
		if (part <= 0)
			return part < 0 ? errno : EIO; /* shorter than it was a moment ago */
		error = write_all(to, (struct slice){piece, (size_t)part});
		done += (uint64_t)part;
	}
	return error;
}

/* Finds out what stands at the path of the file. */
static void open_old(struct fs_file *file)
{
	struct stat status;

	file->written = FS_CHANGED;
	file->old = openat(file->folder->fd, file->path.bytes, READ_FLAGS);
	if (file->old < 0) {
		file->written = errno == ENOENT ? FS_CREATED : FS_CHANGED;
	} else if (fstat(file->old, &status) != 0 || !S_ISREG(status.st_mode)) {
		close(file->old);
		file->old = -1;
	} else {
		file->old_size = (uint64_t)status.st_size;
	}
}

/* Starts a file, in a folder that is made as needed. Returns an errno value, or 0. */
static int start(struct fs_file *file)
{
	bool made;
	int error = fs_folder_find(&made, file->folder, &file->path, true);

	file->old = file->fd = -1;
	file->written = FS_CREATED;
	if (error == 0 && !made)
		open_old(file);
	return error;
}

/* From here on the file is another than the old one. Returns an errno value, or 0. */
static int part_from_old(struct fs_file *file)
{
	int error = open_temporary(&file->fd, &file->temporary, file->folder, &file->path);

	if (error == 0 && file->old >= 0)
		error = copy_start(file->fd, file->old, file->size);
	if (file->old >= 0)
		close(file->old);
	file->old = -1;
	return error;
}

/* Adds the next bytes to the file. Returns an errno value, or 0. */
static int append(struct fs_file *file, struct slice bytes)
{
	int error = 0;

	if (file->old >= 0 && has_bytes(file->old, bytes)) {
		file->size += bytes.size;
		return 0;
	}
	if (file->fd < 0)
		error = part_from_old(file);
	return error != 0 ? error : write_all(file->fd, bytes);
}

/* Puts the file in its place, unless it is the same as the old one. Returns an errno value, or 0.
 */
static int finish(struct fs_file *file)
{
	int error = 0;

	if (file->old >= 0 && file->size == file->old_size) {
		file->written = FS_SAME;
		return 0;
	}
	if (file->fd < 0)
		error = part_from_old(file);
	if (error != 0)
		return error;
	error = close(file->fd) != 0 ? errno : 0;
	file->fd = -1;
	if (error == 0 && renameat(file->folder->fd, file->temporary.bytes, file->folder->fd,
				  file->path.bytes) != 0)
		error = errno;
	if (error != 0)
		unlinkat(file->folder->fd, file->temporary.bytes, 0);
	return error;
}

/* Closes what is open, and removes what is not finished. */
static void drop(struct fs_file *file)
{
	if (file->old >= 0)
		close(file->old);
	if (file->fd < 0)
		return;
	close(file->fd);
	unlinkat(file->folder->fd, file->temporary.bytes, 0);
}

int fs_write(enum fs_written *out, struct fs_folder *folder, struct slice path, struct slice bytes,
	struct diags *diags)
{
	struct fs_file file = {.folder = folder};
	int error;

	if (make_path(&file.path, folder, path, diags) != 0)
		return -1;
	error = start(&file);
	if (error == 0 && file.old >= 0 && file.old_size != bytes.size)
		error = part_from_old(&file);
	if (error == 0)
		error = append(&file, bytes);
	if (error == 0)
		error = finish(&file);
	drop(&file);
	if (error != 0)
		return fs_folder_fail(diags, folder, path, error);
	if (out != NULL)
		*out = file.written;
	return 0;
}

/* Writes the temporary file of a program and renames it. Returns an errno value, or 0. */
static int write_program(struct fs_file *file, struct slice bytes)
{
	int error = open_temporary(&file->fd, &file->temporary, file->folder, &file->path);

	if (error == 0)
		error = write_all(file->fd, bytes);
	if (error == 0 && (fchmod(file->fd, 0755) != 0 || fsync(file->fd) != 0))
		error = errno;
	if (error == 0)
		error = finish(file);
	if (error == 0 && fsync(file->folder->fd) != 0)
		error = errno;
	drop(file);
	return error;
}

int fs_write_program(
	struct fs_folder *folder, const char *name, struct slice bytes, struct diags *diags)
{
	struct fs_file file = {.folder = folder, .old = -1, .fd = -1};
	int error;

	if (make_path(&file.path, folder, slice_of(name), diags) != 0)
		return -1;
	error = write_program(&file, bytes);
	return error != 0 ? fs_folder_fail(diags, folder, slice_of(name), error) : 0;
}

int fs_begin(struct fs_file **out, struct fs_folder *folder, struct slice path, struct diags *diags)
{
	struct fs_file *file = mem_new(1, sizeof(*file));
	int error;

	file->folder = folder;
	if (make_path(&file->path, folder, path, diags) != 0) {
		free(file);
		return -1;
	}
	error = start(file);
	if (error != 0) {
		free(file);
		return fs_folder_fail(diags, folder, path, error);
	}
	*out = file;
	return 0;
}

/* Adds the message. Returns -1. */
static int fail(struct fs_file *file, int error, struct diags *diags)
{
	file->failed = true;
	return fs_folder_fail(
		diags, file->folder, (struct slice){file->path.bytes, file->path.size}, error);
}

int fs_append(struct fs_file *file, struct slice bytes, struct diags *diags)
{
	int error;

	assert(!file->failed);
	error = append(file, bytes);
	return error != 0 ? fail(file, error, diags) : 0;
}

int fs_end(enum fs_written *out, struct fs_file *file, struct diags *diags)
{
	int error, result = 0;

	assert(!file->failed);
	error = finish(file);
	if (error != 0)
		result = fail(file, error, diags);
	else if (out != NULL)
		*out = file->written;
	fs_abandon(file);
	return result;
}

void fs_abandon(struct fs_file *file)
{
	if (file == NULL)
		return;
	drop(file);
	free(file);
}

int fs_read_in(struct text *out, struct fs_folder *folder, struct slice path, struct diags *diags)
{
	struct fs_path full;
	bool made;
	int error, fd;

	if (make_path(&full, folder, path, diags) != 0)
		return -1;
	error = fs_folder_find(&made, folder, &full, false);
	if (error == 0) {
		fd = openat(folder->fd, full.bytes, READ_FLAGS);
		error = fd < 0 ? errno : read_and_close(out, fd, LARGEST);
	}
	if (error == ENOENT || error == ENOTDIR)
		return 1;
	return error != 0 ? fs_folder_fail(diags, folder, path, error) : 0;
}

int fs_remove(struct fs_folder *folder, struct slice path, struct diags *diags)
{
	struct fs_path full;
	bool made;
	int error;

	if (make_path(&full, folder, path, diags) != 0)
		return -1;
	error = fs_folder_find(&made, folder, &full, false);
	if (error == 0 && unlinkat(folder->fd, full.bytes, 0) != 0)
		error = errno;
	if (error == ENOTDIR)
		return 0; /* a file stands where a folder was: what was in it is gone */
	if (error != 0 && error != ENOENT)
		return fs_folder_fail(diags, folder, path, error);
	while ((full.size = fs_folder_parent(&full)) > 0) {
		full.bytes[full.size] = '\0';
		if (unlinkat(folder->fd, full.bytes, AT_REMOVEDIR) != 0 && errno != ENOENT)
			break;
		fs_folder_forget(folder, (struct slice){full.bytes, full.size});
	}
	return 0;
}
