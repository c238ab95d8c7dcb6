/*
 * A list of lines, read whole; paths are slices of it.
 */
#include "output/inventory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/disk.h"
#include "base/fs.h"

#define TITLE "draaiboek-release 1"
#define LARGEST ((uint64_t)1 << 30) /* bytes: some million files */

void inventory_start(struct inventory *inventory, const struct inventory_source *source)
{
	struct arena *arena = &inventory->arena;

	inventory->source = (struct inventory_source){slice_keep(arena, source->commit),
		slice_keep(arena, source->version), slice_keep(arena, source->date)};
}

bool inventory_is_of(const struct inventory *inventory, const struct inventory_source *source)
{
	return inventory->source.commit.size > 0 &&
	       slice_equal(inventory->source.commit, source->commit) &&
	       slice_equal(inventory->source.version, source->version) &&
	       slice_equal(inventory->source.date, source->date);
}

bool inventory_may_hold(struct slice path)
{
	for (size_t i = 0; i < path.size; i++)
		if ((unsigned char)path.data[i] < ' ')
			return false;
	return fs_is_safe(path) && !slice_is(path, INVENTORY_NAME);
}

static struct inventory_file *add_file(struct inventory *inventory, struct slice path)
{
	struct inventory_file *file;

	if (map_get(&inventory->paths, path) != NULL)
		return NULL;
	file = arena_new(&inventory->arena, 1, sizeof(*file));
	file->path = path;
	map_set(&inventory->paths, path, file);
	inventory->files = mem_grow(inventory->files, inventory->count, &inventory->capacity,
		sizeof(struct inventory_file *));
	inventory->files[inventory->count++] = file;
	return file;
}

struct inventory_file *inventory_add(struct inventory *inventory, struct slice path)
{
	return add_file(inventory, slice_keep(&inventory->arena, path));
}

const struct inventory_file *inventory_find(const struct inventory *inventory, struct slice path)
{
	return map_get(&inventory->paths, path);
}

static int compare_files(const void *a, const void *b)
{
	return slice_compare((*(struct inventory_file *const *)a)->path,
		(*(struct inventory_file *const *)b)->path);
}

static void write_line(struct text *out, const char *key, struct slice value)
{
	text_printf(out, "%s %.*s\n", key, (int)value.size, value.data);
}

void inventory_write(struct text *out, struct inventory *inventory)
{
	if (inventory->count > 0)
		qsort(inventory->files, inventory->count, sizeof(struct inventory_file *),
			compare_files);
	text_puts(out, TITLE "\n");
	write_line(out, "commit", inventory->source.commit);
	write_line(out, "version", inventory->source.version);
	write_line(out, "date", inventory->source.date);
	for (size_t i = 0; i < inventory->count; i++) {
		const struct inventory_file *file = inventory->files[i];

		text_puts(out, "file ");
		digest_write(out, file->digest);
		text_byte(out, ' ');
		text_number(out, file->size);
		text_byte(out, ' ');
		text_add(out, file->path);
		text_byte(out, '\n');
	}
}

/* ---- Reading */

/* Takes `key` and a space off the line; false when it starts otherwise. */
static bool take_key(struct slice *line, const char *key)
{
	size_t size = strlen(key);

	if (!slice_starts(*line, key) || line->size <= size || line->data[size] != ' ')
		return false;
	*line = slice_from(*line, size + 1);
	return true;
}

static bool take_value(struct slice *out, struct slice *rest, const char *key)
{
	struct slice line;

	if (!slice_next_line(&line, rest) || !take_key(&line, key) || line.size == 0)
		return false;
	*out = line;
	return true;
}

static bool take_size(uint64_t *out, struct slice digits)
{
	uint64_t size = 0;

	for (size_t i = 0; i < digits.size; i++) {
		if (digits.data[i] < '0' || digits.data[i] > '9')
			return false;
		size = size * 10 + (uint64_t)(digits.data[i] - '0');
	}
	*out = size;
	return digits.size > 0 && digits.size < 19;
}

static bool take_file(struct inventory *inventory, struct slice line)
{
	struct inventory_file read = {0}, *file;
	struct slice rest;

	if (!take_key(&line, "file") || line.size < DIGEST_DIGITS + 1 ||
		digest_read(read.digest, (struct slice){line.data, DIGEST_DIGITS}) != 0 ||
		line.data[DIGEST_DIGITS] != ' ')
		return false;
	line = slice_from(line, DIGEST_DIGITS + 1);
	rest = slice_from(line, slice_find(line, ' '));
	if (!take_size(&read.size, (struct slice){line.data, line.size - rest.size}) ||
		rest.size < 2)
		return false;
	read.path = slice_from(rest, 1);
	if (!inventory_may_hold(read.path))
		return false;
	file = add_file(inventory, read.path);
	if (file == NULL)
		return false;
	*file = read;
	return true;
}

/* Every line must be whole, so the last has its end. */
static bool take_lines(struct inventory *inventory, struct slice rest)
{
	struct inventory_source *source = &inventory->source;
	struct slice line;

	if (rest.size == 0 || rest.data[rest.size - 1] != '\n' || !slice_next_line(&line, &rest) ||
		!slice_is(line, TITLE) || !take_value(&source->commit, &rest, "commit") ||
		!take_value(&source->version, &rest, "version") ||
		!take_value(&source->date, &rest, "date") ||
		source->commit.size != INVENTORY_COMMIT)
		return false;
	while (slice_next_line(&line, &rest))
		if (!take_file(inventory, line))
			return false;
	return true;
}

int inventory_read(struct inventory *out, const struct disk *release, struct diags *diags)
{
	struct inventory inventory = {0};
	struct text bytes = {0};
	int result = disk_read(&bytes, release, INVENTORY_NAME, LARGEST, diags);

	if (result != 0) {
		text_free(&bytes);
		return result;
	}
	if (!take_lines(&inventory, text_keep(&inventory.arena, &bytes))) {
		inventory_free(&inventory);
		return 1;
	}
	*out = inventory;
	return 0;
}

/* ---- Verifying */

struct measure {
	struct digest *digest;
	uint64_t size;
};

static int measure_piece(void *context, struct slice piece)
{
	struct measure *measure = context;

	measure->size += piece.size;
	digest_add(measure->digest, piece);
	return 0;
}

int inventory_verify(
	const struct inventory *inventory, const struct disk *release, struct diags *diags)
{
	struct measure measure = {.digest = digest_new()};
	unsigned char digest[DIGEST_SIZE];
	struct text path = {0};
	int result = 0;

	for (size_t i = 0; result == 0 && i < inventory->count; i++) {
		const struct inventory_file *file = inventory->files[i];

		text_clear(&path);
		text_add(&path, file->path);
		measure.size = 0;
		result = disk_pieces(release, path.data, measure_piece, &measure, diags);
		digest_end(digest, measure.digest);
		if (result != 0 || (measure.size == file->size &&
					   memcmp(digest, file->digest, DIGEST_SIZE) == 0))
			continue;
		diag_add(diags, DIAG_RELEASE_DAMAGED, (struct place){.path = ""}, release->path,
			path.data, (char *)NULL);
		result = -1;
	}
	digest_free(measure.digest);
	text_free(&path);
	return result;
}

void inventory_free(struct inventory *inventory)
{
	map_free(&inventory->paths);
	free(inventory->files);
	arena_free(&inventory->arena);
	*inventory = (struct inventory){0};
}
