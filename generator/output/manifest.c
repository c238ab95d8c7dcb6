/*
 * Two lists of paths, one a line: the manifest of the last run, and what a run that is under way
 * (or died) made beside it. Together they are all that draaiboek may remove.
 *
 * The order is what makes it safe: a new name goes to `pending` before its file or folder is made;
 * at the end the files that are no longer made are removed, then the manifest is replaced, then
 * `pending` goes. Killed between any two of these, the next run finds every file in a list.
 */
#include "output/manifest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/mem.h"

#define OWN_FOLDER ".draaiboek"
#define MANIFEST_PATH OWN_FOLDER "/manifest"
#define PENDING_PATH OWN_FOLDER "/pending"
#define LOCK_PATH OWN_FOLDER "/lock"
#define TITLE "draaiboek 1" /* the first line of both lists */
#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* What is known of a path. */
struct entry {
	struct slice path;
	bool old;     /* an earlier run made it, or may have */
	bool written; /* this run makes it */
};

struct manifest {
	struct fs_folder *folder;
	char *name; /* of the folder, as the user gave it */
	int fd;	    /* the folder */
	int lock;
	int pending;	       /* -1: no file was made yet */
	size_t pending_size;   /* of what the last run left of it; 0: it came to its end */
	bool fresh;	       /* nothing stood in the folder */
	pthread_mutex_t mutex; /* guards what is below */
	bool failed;	       /* nothing more is written */
	struct arena arena;
	struct map entries; /* path → struct entry */
	struct entry **all;
	size_t all_count;
	size_t all_capacity;
	struct slice *paths; /* sorted */
	size_t count;
	atomic_size_t written;
	size_t removed;
};

/* A file that is written in pieces. */
struct manifest_file {
	struct manifest *manifest;
	struct fs_file *file;
};

/* A message about the folder as a whole. Returns -1. */
static int refuse(const struct manifest *manifest, enum diag_code code, struct diags *diags)
{
	diag_add(diags, code, (struct place){.path = ""}, manifest->name, (char *)NULL);
	return -1;
}

/* A message about a path of the folder. Returns -1. */
static int refuse_path(enum diag_code code, struct slice path, struct diags *diags)
{
	char *name = mem_copy(path.data, path.size);

	diag_add(diags, code, (struct place){.path = ""}, name, (char *)NULL);
	free(name);
	return -1;
}

/* What the system said of a path of the folder. Returns -1. */
static int fail(const struct manifest *manifest, const char *path, int error, struct diags *diags)
{
	struct text name = {0};

	text_printf(&name, "%s/%s", manifest->name, path);
	diag_io(diags, name.data, error);
	text_free(&name);
	return -1;
}

/*
 * Is something of this name in the folder, and how large is it? -1, with a message, when that
 * cannot be known: then nothing may be done as if it were not there. `out_size` may be NULL.
 */
static int look(bool *out_there, off_t *out_size, const struct manifest *manifest, const char *path,
	struct diags *diags)
{
	struct stat status = {0};
	bool there = fstatat(manifest->fd, path, &status, AT_SYMLINK_NOFOLLOW) == 0;

	if (!there && errno != ENOENT && errno != ENOTDIR)
		return fail(manifest, path, errno, diags);
	*out_there = there;
	if (out_size != NULL)
		*out_size = there ? status.st_size : 0;
	return 0;
}

/* The path of a file of the site: such a one may be written and removed, and fits on a line. */
static bool is_path(struct slice path)
{
	for (size_t i = 0; i < path.size; i++)
		if ((unsigned char)path.data[i] < ' ')
			return false;
	return fs_is_safe(path) && !slice_is(path, OWN_FOLDER) &&
	       !slice_starts(path, OWN_FOLDER "/");
}

/* The entry of a path, made when there is none; the mutex is held, or there is one thread. */
static struct entry *find_entry(struct manifest *manifest, struct slice path)
{
	struct entry *entry = map_get(&manifest->entries, path);

	if (entry == NULL) {
		entry = arena_new(&manifest->arena, 1, sizeof(*entry));
		entry->path = slice_keep(&manifest->arena, path);
		map_set(&manifest->entries, entry->path, entry);
		manifest->all = mem_grow(manifest->all, manifest->all_count,
			&manifest->all_capacity, sizeof(struct entry *));
		manifest->all[manifest->all_count++] = entry;
	}
	return entry;
}

/*
 * Looks whether the folder is one that draaiboek made. Not: the root of the system, a site's
 * source, a folder with files and without a list. A first run that was killed early left the folder
 * of its own, and nothing beside it.
 */
static int check_folder(struct manifest *manifest, struct diags *diags)
{
	struct stat folder, root;
	const struct dirent *entry;
	bool there[2];
	off_t size;
	DIR *stream;
	int fd, error;

	if (fstat(manifest->fd, &folder) != 0)
		return diag_io(diags, manifest->name, errno);
	if (stat("/", &root) == 0 && folder.st_dev == root.st_dev && folder.st_ino == root.st_ino)
		return refuse(manifest, DIAG_OUTPUT_FOREIGN, diags);
	if (look(&there[0], NULL, manifest, "content/site.yml", diags) != 0 ||
		look(&there[1], NULL, manifest, ".git", diags) != 0)
		return -1;
	if (there[0] || there[1])
		return refuse(manifest, DIAG_OUTPUT_SOURCE, diags);
	if (look(&there[0], NULL, manifest, MANIFEST_PATH, diags) != 0 ||
		look(&there[1], &size, manifest, PENDING_PATH, diags) != 0)
		return -1;
	if (there[0] || size > 0)
		return 0;
	fd = openat(manifest->fd, ".", FOLDER_FLAGS);
	stream = fd >= 0 ? fdopendir(fd) : NULL;
	if (stream == NULL) {
		if (fd >= 0)
			close(fd);
		return diag_io(diags, manifest->name, errno);
	}
	manifest->fresh = true;
	errno = 0;
	while (manifest->fresh && (entry = readdir(stream)) != NULL)
		manifest->fresh = strcmp(entry->d_name, ".") == 0 ||
				  strcmp(entry->d_name, "..") == 0 ||
				  strcmp(entry->d_name, OWN_FOLDER) == 0;
	error = errno;
	closedir(stream);
	if (error != 0)
		return diag_io(diags, manifest->name, error);
	return manifest->fresh ? 0 : refuse(manifest, DIAG_OUTPUT_FOREIGN, diags);
}

/* Sees to it that draaiboek's own folder is there. A link in its place would lead elsewhere. */
static int open_own(struct manifest *manifest, struct diags *diags)
{
	struct stat status;

	if (mkdirat(manifest->fd, OWN_FOLDER, 0777) != 0 && errno != EEXIST)
		return fail(manifest, OWN_FOLDER, errno, diags);
	if (fstatat(manifest->fd, OWN_FOLDER, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return fail(manifest, OWN_FOLDER, errno, diags);
	if (!S_ISDIR(status.st_mode))
		return fail(manifest, OWN_FOLDER, S_ISLNK(status.st_mode) ? ELOOP : ENOTDIR, diags);
	return 0;
}

static int take_lock(struct manifest *manifest, struct diags *diags)
{
	int result;

	manifest->lock = openat(manifest->fd, LOCK_PATH,
		O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0666);
	if (manifest->lock < 0)
		return fail(manifest, LOCK_PATH, errno, diags);
	do
		result = flock(manifest->lock, LOCK_EX | LOCK_NB);
	while (result != 0 && errno == EINTR);
	if (result != 0 && errno == EWOULDBLOCK)
		return refuse(manifest, DIAG_OUTPUT_LOCKED, diags);
	return result != 0 ? fail(manifest, LOCK_PATH, errno, diags) : 0;
}

/* Notes the paths of a list. False for one that draaiboek cannot have written. */
static bool take_list(struct manifest *manifest, struct slice list)
{
	struct slice line;

	if (!slice_next_line(&line, &list) || !slice_is(line, TITLE))
		return false;
	while (slice_next_line(&line, &list)) {
		if (!is_path(line))
			return false;
		find_entry(manifest, line)->old = true;
	}
	return true;
}

/*
 * Reads a list, if it is there, and sets its size up to the last whole line: what is behind that
 * was never acted upon. A list that is not draaiboek's is refused: who knows what it names.
 */
static int read_list(
	size_t *out_size, struct manifest *manifest, const char *path, struct diags *diags)
{
	struct text bytes = {0};
	int result = fs_read_in(&bytes, manifest->folder, slice_of(path), diags);

	*out_size = 0;
	if (result == 0) {
		struct slice list = text_slice(&bytes);

		while (list.size > 0 && list.data[list.size - 1] != '\n')
			list.size--;
		*out_size = list.size;
		if ((list.size > 0 || strcmp(path, MANIFEST_PATH) == 0) &&
			!take_list(manifest, list)) {
			struct text name = {0};

			text_printf(&name, "%s/%s", manifest->name, path);
			result = refuse_path(DIAG_OUTPUT_DAMAGED, text_slice(&name), diags);
			text_free(&name);
		}
	}
	text_free(&bytes);
	return result < 0 ? -1 : 0;
}

static int compare_paths(const void *a, const void *b)
{
	return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* Makes the sorted list of what is there: made by this run when it is done, or before it. */
static void sort_paths(struct manifest *manifest, bool done)
{
	manifest->count = 0;
	manifest->paths =
		mem_resize(manifest->paths, manifest->all_count + 1, sizeof(*manifest->paths));
	for (size_t i = 0; i < manifest->all_count; i++) {
		const struct entry *entry = manifest->all[i];

		if (done ? entry->written : entry->old)
			manifest->paths[manifest->count++] = entry->path;
	}
	qsort(manifest->paths, manifest->count, sizeof(*manifest->paths), compare_paths);
}

/* The name that fs_write() gives to a file that it has not finished. */
static bool is_temporary(const char *name)
{
	struct slice rest = slice_of(name);
	size_t dash;

	if (!slice_starts(rest, ".draaiboek-"))
		return false;
	rest = slice_from(rest, strlen(".draaiboek-"));
	dash = slice_find(rest, '-');
	return slice_number((struct slice){rest.data, dash}) >= 0 &&
	       slice_number(slice_from(rest, dash + 1)) >= 0;
}

/*
 * Removes what a run that was killed had not finished, from the folder `fd` (which is closed) and
 * those below it that are known to be draaiboek's. `path` is the folder's, with a slash behind it.
 */
static void sweep(const struct map *folders, int fd, struct text *path)
{
	DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry;
	size_t size = path->size;

	if (stream == NULL) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(stream)) != NULL) {
		if (is_temporary(entry->d_name)) {
			unlinkat(fd, entry->d_name, 0);
			continue;
		}
		text_puts(path, entry->d_name);
		if (map_get(folders, text_slice(path)) != NULL) {
			int below = openat(fd, entry->d_name, FOLDER_FLAGS);

			text_byte(path, '/');
			sweep(folders, below, path);
		}
		path->size = size;
	}
	closedir(stream);
}

/* Cleans up after a run that was killed. The files that it made are removed at the end, or kept. */
static void clean_up(struct manifest *manifest)
{
	struct map folders = {0};
	struct text path = {0};

	map_set(&folders, slice_of(OWN_FOLDER), manifest);
	for (size_t i = 0; i < manifest->all_count; i++) {
		struct slice folder = manifest->all[i]->path;

		while (folder.size > 0) {
			folder.size--;
			if (folder.data[folder.size] != '/')
				continue;
			if (map_set(&folders, folder, manifest) != NULL)
				break;
		}
	}
	sweep(&folders, openat(manifest->fd, ".", FOLDER_FLAGS), &path);
	map_free(&folders);
	text_free(&path);
}

static int open_lists(struct manifest *manifest, struct diags *diags)
{
	size_t size;
	bool there;

	if (read_list(&size, manifest, MANIFEST_PATH, diags) != 0 ||
		read_list(&manifest->pending_size, manifest, PENDING_PATH, diags) != 0)
		return -1;
	/* Another run may have come and gone while this one waited for nothing. */
	if (size > 0 || manifest->pending_size > 0)
		manifest->fresh = false;
	if (look(&there, NULL, manifest, PENDING_PATH, diags) != 0)
		return -1;
	if (there)
		clean_up(manifest);
	sort_paths(manifest, false);
	return 0;
}

int manifest_open(struct manifest **out, const char *folder, struct diags *diags)
{
	struct manifest *manifest = mem_new(1, sizeof(*manifest));

	manifest->name = mem_copy(folder, strlen(folder));
	manifest->fd = manifest->lock = manifest->pending = -1;
	atomic_init(&manifest->written, 0);
	pthread_mutex_init(&manifest->mutex, NULL);
	if (fs_open(&manifest->folder, folder, diags) != 0)
		goto out;
	manifest->fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (manifest->fd < 0) {
		diag_io(diags, folder, errno);
		goto out;
	}
	if (check_folder(manifest, diags) != 0 || open_own(manifest, diags) != 0 ||
		take_lock(manifest, diags) != 0 || open_lists(manifest, diags) != 0)
		goto out;
	*out = manifest;
	return 0;
out:
	manifest_close(manifest);
	return -1;
}

/* Appends to `pending`: one write, so that a line is whole or has no end. */
static int note(struct manifest *manifest, struct slice path, struct diags *diags)
{
	struct text line = {0};
	ssize_t size;
	int error = 0;

	text_add(&line, path);
	text_byte(&line, '\n');
	do
		size = write(manifest->pending, line.data, line.size);
	while (size < 0 && errno == EINTR);
	if (size < 0)
		error = errno;
	else if ((size_t)size < line.size)
		error = ENOSPC;
	text_free(&line);
	return error != 0 ? fail(manifest, PENDING_PATH, error, diags) : 0;
}

/* Starts to write: from here until the end the folder says that a run is under way. */
static int open_pending(struct manifest *manifest, struct diags *diags)
{
	manifest->pending = openat(manifest->fd, PENDING_PATH,
		O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
		0666);
	if (manifest->pending < 0 ||
		ftruncate(manifest->pending, (off_t)manifest->pending_size) != 0)
		return fail(manifest, PENDING_PATH, errno, diags);
	return manifest->pending_size == 0 ? note(manifest, slice_of(TITLE), diags) : 0;
}

/* Sees to it that the path is known as draaiboek's before it is written. The mutex is held. */
static int announce(struct manifest *manifest, struct slice path, struct diags *diags)
{
	struct entry *entry;
	bool there = false;

	if (manifest->failed)
		return -1;
	if (manifest->pending < 0 && open_pending(manifest, diags) != 0)
		return -1;
	entry = find_entry(manifest, path);
	if (entry->written)
		return refuse_path(DIAG_OUTPUT_TWICE, path, diags);
	if (!entry->old && !manifest->fresh &&
		look(&there, NULL, manifest, entry->path.data, diags) != 0)
		return -1;
	if (there)
		return refuse_path(DIAG_OUTPUT_TAKEN, path, diags);
	if (!entry->old && note(manifest, path, diags) != 0)
		return -1;
	entry->written = true;
	return 0;
}

/* From here on nothing more is written. Returns -1. */
static int stop(struct manifest *manifest)
{
	pthread_mutex_lock(&manifest->mutex);
	manifest->failed = true;
	pthread_mutex_unlock(&manifest->mutex);
	return -1;
}

/* Sees to it that the path may be written now. */
static int claim(struct manifest *manifest, struct slice path, struct diags *diags)
{
	int result;

	if (!is_path(path))
		return refuse_path(DIAG_PATH_UNSAFE, path, diags);
	pthread_mutex_lock(&manifest->mutex);
	result = announce(manifest, path, diags);
	manifest->failed = manifest->failed || result != 0;
	pthread_mutex_unlock(&manifest->mutex);
	return result;
}

static void count_written(struct manifest *manifest, enum fs_written how)
{
	if (how != FS_SAME)
		atomic_fetch_add(&manifest->written, 1);
}

int manifest_write(
	struct manifest *manifest, struct slice path, struct slice bytes, struct diags *diags)
{
	enum fs_written how;

	if (claim(manifest, path, diags) != 0)
		return -1;
	if (fs_write(&how, manifest->folder, path, bytes, diags) != 0)
		return stop(manifest);
	count_written(manifest, how);
	return 0;
}

/* ---- As a sink */

static int write_file(void *to, struct slice path, struct slice bytes, struct diags *diags)
{
	return manifest_write(to, path, bytes, diags);
}

static int begin_file(void **out, void *to, struct slice path, struct diags *diags)
{
	struct manifest *manifest = to;
	struct manifest_file *begun;
	struct fs_file *file;

	if (claim(manifest, path, diags) != 0)
		return -1;
	if (fs_begin(&file, manifest->folder, path, diags) != 0)
		return stop(manifest);
	begun = mem_new(1, sizeof(*begun));
	*begun = (struct manifest_file){manifest, file};
	*out = begun;
	return 0;
}

static int append_file(void *file, struct slice bytes, struct diags *diags)
{
	struct manifest_file *begun = file;

	return fs_append(begun->file, bytes, diags);
}

static int end_file(void *file, struct diags *diags)
{
	struct manifest_file *begun = file;
	struct manifest *manifest = begun->manifest;
	enum fs_written how;
	int result = fs_end(&how, begun->file, diags);

	free(begun);
	if (result != 0)
		return stop(manifest);
	count_written(manifest, how);
	return 0;
}

static void abandon_file(void *file)
{
	struct manifest_file *begun = file;

	stop(begun->manifest);
	fs_abandon(begun->file);
	free(begun);
}

struct sink manifest_sink(struct manifest *manifest)
{
	static const struct sink_kind kind = {
		write_file, begin_file, append_file, end_file, abandon_file};

	return (struct sink){&kind, manifest};
}

/* ---- The end */

/* Removes a file that is no longer made. A folder in its place is somebody else's. */
static int remove_old(struct manifest *manifest, struct slice path, struct diags *diags)
{
	struct stat status;
	bool there = fstatat(manifest->fd, path.data, &status, AT_SYMLINK_NOFOLLOW) == 0;

	if (there && S_ISDIR(status.st_mode))
		return 0;
	manifest->removed += there;
	return fs_remove(manifest->folder, path, diags);
}

int manifest_finish(struct manifest *manifest, struct diags *diags)
{
	struct text list = {0};
	int result = -1;

	if (manifest->failed)
		return -1;
	manifest->failed = true; /* until all is done, and nothing is written after that */
	for (size_t i = 0; i < manifest->all_count; i++) {
		const struct entry *entry = manifest->all[i];

		if (entry->old && !entry->written && remove_old(manifest, entry->path, diags) != 0)
			goto out;
	}
	sort_paths(manifest, true);
	text_puts(&list, TITLE "\n");
	for (size_t i = 0; i < manifest->count; i++) {
		text_add(&list, manifest->paths[i]);
		text_byte(&list, '\n');
	}
	if (fs_write(NULL, manifest->folder, slice_of(MANIFEST_PATH), text_slice(&list), diags) !=
		0)
		goto out;
	if (unlinkat(manifest->fd, PENDING_PATH, 0) != 0 && errno != ENOENT) {
		fail(manifest, PENDING_PATH, errno, diags);
		goto out;
	}
	result = 0;
out:
	text_free(&list);
	return result;
}

void manifest_counts(size_t *written, size_t *removed, const struct manifest *manifest)
{
	*written = atomic_load(&manifest->written);
	*removed = manifest->removed;
}

void manifest_close(struct manifest *manifest)
{
	if (manifest == NULL)
		return;
	if (manifest->pending >= 0)
		close(manifest->pending);
	if (manifest->lock >= 0)
		close(manifest->lock);
	if (manifest->fd >= 0)
		close(manifest->fd);
	fs_close(manifest->folder);
	pthread_mutex_destroy(&manifest->mutex);
	map_free(&manifest->entries);
	arena_free(&manifest->arena);
	free(manifest->all);
	free(manifest->paths);
	free(manifest->name);
	free(manifest);
}

const struct slice *manifest_paths(const struct manifest *manifest, size_t *count)
{
	*count = manifest->count;
	return manifest->paths;
}
