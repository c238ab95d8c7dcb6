/*
 * Threads write different files at once; a lock guards only the list of what was made. A file is
 * found by its name from the release's root: nobody else writes below a folder that was made a
 * moment ago under the publishing folder's lock.
 */
#include "output/release.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/disk.h"
#include "output/compress.h"

struct release {
	const struct release_options *options;
	struct disk folder;
	char *name; /* of the folder: `.new-ID`, later `ID` */
	bool made;  /* it is there */
	bool finished;
	pthread_mutex_t mutex; /* guards the next two */
	struct inventory files;
	struct map folders; /* path → any: those that were made */
	atomic_size_t fresh;
	atomic_size_t kept;
};

/* A file that is written in pieces. */
struct release_file {
	struct release *release;
	struct inventory_file *entry;
	char *path;
	struct digest *digest;
	int fd;
};

/* ---- Names */

/* Adds the path to the list of what was made. Returns NULL, with a message, when it cannot be. */
static struct inventory_file *claim(struct release *release, const char *path, struct diags *diags)
{
	struct inventory_file *entry = NULL;
	enum diag_code code = DIAG_PATH_UNSAFE;

	if (inventory_may_hold(slice_of(path))) {
		code = DIAG_OUTPUT_TWICE;
		(void)pthread_mutex_lock(&release->mutex);
		entry = inventory_add(&release->files, slice_of(path));
		(void)pthread_mutex_unlock(&release->mutex);
	}
	if (entry == NULL)
		diag_add(diags, code, (struct place){.path = ""}, path, (char *)NULL);
	return entry;
}

/* Makes the folders above a path that are not there yet; the mutex is held. */
static int make_folders(struct release *release, char *path, struct diags *diags)
{
	size_t known = strlen(path), size = known;
	int result = 0;

	while (known > 0 && map_get(&release->folders, (struct slice){path, known}) == NULL)
		do
			known--;
		while (known > 0 && path[known] != '/');
	for (size_t end = known + 1; end < size && result == 0; end++) {
		if (path[end] != '/')
			continue;
		path[end] = '\0';
		if (disk_make(&release->folder, path, diags) < 0)
			result = -1;
		else
			map_set(&release->folders,
				slice_keep(&release->files.arena, (struct slice){path, end}),
				release);
		path[end] = '/';
	}
	return result;
}

/* Claims a path and sees to it that a file can be made there. */
static struct inventory_file *make_room(struct release *release, char *path, struct diags *diags)
{
	struct inventory_file *entry = claim(release, path, diags);
	int result;

	if (entry == NULL)
		return NULL;
	(void)pthread_mutex_lock(&release->mutex);
	result = make_folders(release, path, diags);
	(void)pthread_mutex_unlock(&release->mutex);
	return result == 0 ? entry : NULL;
}

/* ---- What is as it was */

/* True when an older release (NULL: none) had this file with these bytes. */
static bool is_same(const struct inventory *older, const struct inventory_file *entry)
{
	const struct inventory_file *old =
		older != NULL ? inventory_find(older, entry->path) : NULL;

	return old != NULL && old->size == entry->size &&
	       memcmp(old->digest, entry->digest, DIGEST_SIZE) == 0;
}

/* Clears the place of a file that is to be made: what the spare had there goes. */
static int clear_place(struct release *release, const char *path, struct diags *diags)
{
	const struct inventory *spare = release->options->spare;

	if (spare == NULL || inventory_find(spare, slice_of(path)) == NULL)
		return 0;
	return disk_remove(&release->folder, path, diags);
}

/*
 * Leaves a file where the spare has it. Returns 1 when it is not as it was; else `time` is when it
 * was made.
 */
static int leave(int64_t *time, const struct release *release, const char *path)
{
	const struct inventory_file *old =
		release->options->spare != NULL
			? inventory_find(release->options->spare, slice_of(path))
			: NULL;
	int64_t made;
	uint64_t size;

	if (old == NULL || disk_look(&size, &made, &release->folder, path) != 0 ||
		size != old->size)
		return 1;
	*time = made;
	return 0;
}

/*
 * Takes over a file of the last release, under the name `as`. Returns 1 when it has to be made
 * after all; else `time` is when the one that was taken over was made.
 */
static int take_over(int64_t *time, struct release *release, const char *as, const char *path,
	struct diags *diags)
{
	const struct disk *last = release->options->last;
	const struct inventory_file *old =
		last != NULL ? inventory_find(release->options->last_files, slice_of(path)) : NULL;
	int64_t made;
	uint64_t size;
	int result;

	if (old == NULL || disk_look(&size, &made, last, path) != 0 || size != old->size)
		return 1;
	result = disk_link(&release->folder, as, last, path, diags);
	if (result == 0)
		*time = made;
	return result;
}

/* ---- Twins */

/* A file on its way through a compressor. */
struct feed {
	struct text *out;
	struct compress *compress;
};

static int feed_piece(void *context, struct slice piece)
{
	const struct feed *feed = context;

	compress_add(feed->out, feed->compress, piece, false);
	return 0;
}

/* The file whose twins are made. */
struct original {
	const char *path;
	const struct inventory_file *entry;
	struct slice bytes;
	bool on_disk; /* `bytes` does not hold it */
	int64_t time;
	const struct inventory *kept; /* of the release that it was kept of; NULL: it is new */
};

static int compress_file(struct text *out, enum compress_format format,
	const struct release *release, const struct original *original, struct diags *diags)
{
	struct compress *compress =
		compress_new(format, slice_of(original->path), original->entry->size);
	struct feed feed = {out, compress};
	struct slice rest = original->bytes;
	int result = 0;

	if (original->on_disk) {
		result = disk_pieces(&release->folder, original->path, feed_piece, &feed, diags);
		rest = (struct slice){"", 0};
	}
	if (result == 0)
		compress_add(out, compress, rest, true);
	compress_free(compress);
	return result;
}

static int make_twin(struct release *release, enum compress_format format,
	const struct original *original, struct diags *diags)
{
	struct text bytes = {0}, path = {0};
	struct inventory_file *entry;
	int result = compress_file(&bytes, format, release, original, diags);

	if (result == 0 && bytes.size < original->entry->size) {
		text_printf(&path, "%s%s", original->path, compress_suffixes[format]);
		entry = claim(release, path.data, diags);
		result = -1;
		if (entry != NULL) {
			entry->size = bytes.size;
			digest_of(entry->digest, text_slice(&bytes));
			result = clear_place(release, path.data, diags);
		}
		if (result == 0)
			result = disk_write(&release->folder, path.data, text_slice(&bytes),
				original->time, diags);
	}
	text_free(&bytes);
	text_free(&path);
	return result;
}

/* Keeps a twin of a file that was kept. Returns 1 when it has to be made. */
static int keep_twin(struct release *release, enum compress_format format,
	const struct original *original, struct diags *diags)
{
	const bool left = original->kept == release->options->spare;
	const struct inventory_file *old;
	struct inventory_file *entry;
	struct text path = {0};
	int64_t time = 0;
	int result;

	text_printf(&path, "%s%s", original->path, compress_suffixes[format]);
	result = left ? 0 : clear_place(release, path.data, diags);
	if (result == 0)
		result = left ? leave(&time, release, path.data)
			      : take_over(&time, release, path.data, path.data, diags);
	/* Somebody has touched one of the two: the server would tell them apart. */
	if (result == 0 && time != original->time)
		result = disk_remove(&release->folder, path.data, diags) != 0 ? -1 : 1;
	if (result == 0) {
		entry = claim(release, path.data, diags);
		old = inventory_find(original->kept, text_slice(&path));
		result = entry != NULL ? 0 : -1;
		if (entry != NULL) {
			entry->size = old->size;
			memcpy(entry->digest, old->digest, DIGEST_SIZE);
		}
	}
	text_free(&path);
	return result;
}

static int make_twins(struct release *release, const struct original *original, struct diags *diags)
{
	int result = 0;

	if (release->options->plain ||
		!compress_is_worth(slice_of(original->path), original->entry->size))
		return 0;
	for (int format = 0; result == 0 && format < COMPRESS_FORMATS; format++) {
		result = original->kept != NULL
				 ? keep_twin(release, (enum compress_format)format, original, diags)
				 : 1;
		if (result > 0)
			result = make_twin(release, (enum compress_format)format, original, diags);
	}
	return result;
}

/* ---- Files */

/* Keeps the file, if it is as it was. Returns 1 when it has to be made, with its place clear. */
static int keep_file(struct release *release, struct original *original, struct diags *diags)
{
	const struct release_options *options = release->options;
	int result;

	if (is_same(options->spare, original->entry) &&
		leave(&original->time, release, original->path) == 0) {
		original->kept = options->spare;
		return 0;
	}
	if (clear_place(release, original->path, diags) != 0)
		return -1;
	if (options->last == NULL || !is_same(options->last_files, original->entry))
		return 1;
	result = take_over(&original->time, release, original->path, original->path, diags);
	if (result == 0)
		original->kept = options->last_files;
	return result;
}

/*
 * The same for a file that stands there already, since only its last piece has shown that it is the
 * same. It stays when the other cannot be had.
 */
static int keep_instead(struct release *release, struct original *original, struct diags *diags)
{
	const struct release_options *options = release->options;
	struct text name = {0};
	int result = 1;

	if (options->last != NULL && is_same(options->last_files, original->entry)) {
		text_printf(&name, "%s.last", original->path);
		result = take_over(&original->time, release, name.data, original->path, diags);
		if (result == 0 && (disk_remove(&release->folder, original->path, diags) != 0 ||
					   disk_rename(&release->folder, name.data, original->path,
						   diags) != 0))
			result = -1;
		if (result == 0)
			original->kept = options->last_files;
	}
	text_free(&name);
	return result;
}

/* The file stands there, kept or made: counts it, and sees to its twins. */
static int complete_file(
	struct release *release, const struct original *original, struct diags *diags)
{
	atomic_fetch_add(original->kept != NULL ? &release->kept : &release->fresh, 1);
	return make_twins(release, original, diags);
}

static int write_file(void *to, struct slice path, struct slice bytes, struct diags *diags)
{
	struct release *release = to;
	char *name = mem_copy(path.data, path.size);
	struct inventory_file *entry = make_room(release, name, diags);
	struct original original = {
		.path = name, .entry = entry, .bytes = bytes, .time = release->options->time};
	int kept = -1, result = -1;

	if (entry != NULL) {
		entry->size = bytes.size;
		digest_of(entry->digest, bytes);
		kept = keep_file(release, &original, diags);
	}
	if (kept > 0 && disk_write(&release->folder, name, bytes, original.time, diags) != 0)
		kept = -1;
	if (kept >= 0)
		result = complete_file(release, &original, diags);
	free(name);
	return result;
}

static void free_file(struct release_file *file)
{
	if (file->fd >= 0)
		(void)close(file->fd);
	digest_free(file->digest);
	free(file->path);
	free(file);
}

static int begin_file(void **out, void *to, struct slice path, struct diags *diags)
{
	struct release_file *file = mem_new(1, sizeof(*file));

	*file = (struct release_file){.release = to,
		.path = mem_copy(path.data, path.size),
		.digest = digest_new(),
		.fd = -1};
	file->entry = make_room(file->release, file->path, diags);
	if (file->entry == NULL || clear_place(file->release, file->path, diags) != 0 ||
		disk_begin(&file->fd, &file->release->folder, file->path, diags) != 0) {
		free_file(file);
		return -1;
	}
	*out = file;
	return 0;
}

static int append_file(void *to, struct slice bytes, struct diags *diags)
{
	struct release_file *file = to;

	digest_add(file->digest, bytes);
	file->entry->size += bytes.size;
	return disk_append(file->fd, &file->release->folder, file->path, bytes, diags);
}

static int end_file(void *to, struct diags *diags)
{
	struct release_file *file = to;
	struct release *release = file->release;
	struct original original = {.path = file->path,
		.entry = file->entry,
		.on_disk = true,
		.time = release->options->time};
	int kept = -1,
	    result = disk_end(file->fd, &release->folder, file->path, original.time, diags);

	file->fd = -1;
	digest_end(file->entry->digest, file->digest);
	if (result == 0)
		kept = keep_instead(release, &original, diags);
	result = kept >= 0 ? complete_file(release, &original, diags) : -1;
	free_file(file);
	return result;
}

static void abandon_file(void *to)
{
	free_file(to);
}

struct sink release_sink(struct release *release)
{
	static const struct sink_kind kind = {
		write_file, begin_file, append_file, end_file, abandon_file};

	return (struct sink){&kind, release};
}

/* ---- The whole */

int release_open(struct release **out, const struct release_options *options, struct diags *diags)
{
	struct release *release = mem_new(1, sizeof(*release));
	struct text name = {0};
	int result;

	text_printf(&name, RELEASE_NEW "%s", options->id);
	*release = (struct release){.options = options, .name = name.data};
	atomic_init(&release->fresh, 0);
	atomic_init(&release->kept, 0);
	(void)pthread_mutex_init(&release->mutex, NULL);
	inventory_start(&release->files, &options->source);
	if (options->spare != NULL)
		result = disk_rename(options->releases, RELEASE_SPARE, name.data, diags);
	else
		result = disk_make(options->releases, name.data, diags);
	release->made = result == 0;
	if (result > 0)
		result = disk_fail(diags, options->releases, name.data, EEXIST);
	if (result == 0)
		result = disk_enter(&release->folder, options->releases, name.data, false, diags);
	/* It must not be under its old name any more when it is not whole. */
	if (result == 0 && options->spare != NULL)
		result = disk_sync(options->releases, false, diags);
	if (result == 0 && options->spare != NULL)
		result = disk_remove(&release->folder, INVENTORY_NAME, diags);
	if (result != 0) {
		release_close(release, diags);
		return -1;
	}
	*out = release;
	return 0;
}

void release_counts(size_t *made, size_t *kept, const struct release *release)
{
	*made = atomic_load(&release->fresh);
	*kept = atomic_load(&release->kept);
}

/* Removes a file that only the spare had, and the folders above it that are empty then. */
static int remove_old(const struct release *release, struct slice path, struct diags *diags)
{
	char *name = mem_copy(path.data, path.size);
	int result = disk_remove(&release->folder, name, diags);

	for (size_t end = path.size; result == 0 && end > 0; end--)
		if (name[end] == '/') {
			name[end] = '\0';
			result = disk_remove_folder(&release->folder, name, diags);
		}
	free(name);
	return result < 0 ? -1 : 0;
}

static int remove_rest(const struct release *release, struct diags *diags)
{
	const struct inventory *spare = release->options->spare;
	int result = 0;

	for (size_t i = 0; spare != NULL && result == 0 && i < spare->count; i++)
		if (inventory_find(&release->files, spare->files[i]->path) == NULL)
			result = remove_old(release, spare->files[i]->path, diags);
	return result;
}

int release_finish(struct release *release, struct diags *diags)
{
	const struct release_options *options = release->options;
	struct text list = {0};
	int result;

	if (remove_rest(release, diags) != 0)
		return -1;
	inventory_write(&list, &release->files);
	result = disk_write(
		&release->folder, INVENTORY_NAME, text_slice(&list), options->time, diags);
	text_free(&list);
	if (result != 0 || disk_sync(options->releases, true, diags) != 0 ||
		disk_rename(options->releases, release->name, options->id, diags) != 0)
		return -1;
	free(release->name);
	release->name = mem_copy(options->id, strlen(options->id));
	if (disk_sync(options->releases, false, diags) != 0)
		return -1;
	release->finished = true;
	return 0;
}

/* Removes what was made of a release that does not come to be. */
static void discard(struct release *release, struct diags *diags)
{
	const struct disk *releases = release->options->releases;
	struct text trash = {0};

	text_printf(&trash, RELEASE_TRASH "%s", release->options->id);
	if (disk_rename(releases, release->name, trash.data, diags) == 0)
		(void)disk_remove_all(releases, trash.data, diags);
	text_free(&trash);
}

void release_close(struct release *release, struct diags *diags)
{
	if (release == NULL)
		return;
	if (release->made && !release->finished)
		discard(release, diags);
	disk_close(&release->folder);
	(void)pthread_mutex_destroy(&release->mutex);
	map_free(&release->folders);
	inventory_free(&release->files);
	free(release->name);
	free(release);
}
