/*
 * A name is on the shelf in whole or not at all: a link is made at once, and a copy, where the file
 * system knows no links, takes its name when it is whole.
 */
#include "output/shelf.h"

#include <string.h>

#include "base/diag.h"
#include "base/disk.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"
#include "output/releases.h"

#define LARGEST ((uint64_t)64 << 20) /* bytes: more than the largest file of a site */

/* Names of files, each once. */
struct names {
	struct map all;
	struct arena arena;
};

static int add_name(void *context, const char *name)
{
	struct names *names = context;

	map_set(&names->all, slice_keep(&names->arena, slice_of(name)), names);
	return 0;
}

static void free_names(struct names *names)
{
	map_free(&names->all);
	arena_free(&names->arena);
}

/* ---- Adding */

struct adding {
	struct disk shelf;
	struct disk assets; /* of the release */
	struct names there;
	struct diags *diags;
};

static int add_file(void *context, const char *name)
{
	struct adding *adding = context;
	struct text bytes = {0};
	struct disk folder;
	uint64_t size;
	int64_t time;
	int result;

	if (map_get(&adding->there.all, slice_of(name)) != NULL)
		return 0;
	result = disk_link(&adding->shelf, name, &adding->assets, name, adding->diags);
	if (result <= 0)
		return result;
	/* Only a folder is passed over: a file that cannot be looked at would be missed. */
	if (disk_look(&size, &time, &adding->assets, name) != 0) {
		result = disk_enter(&folder, &adding->assets, name, false, adding->diags);
		if (result == 0)
			disk_close(&folder);
		return result < 0 ? -1 : 0;
	}
	result = disk_read(&bytes, &adding->assets, name, LARGEST, adding->diags);
	if (result == 0)
		result = disk_replace(&adding->shelf, name, text_slice(&bytes), adding->diags);
	text_free(&bytes);
	return result < 0 ? -1 : 0;
}

/* Opens the assets of a release. Returns 1 when it has none. */
static int open_assets(
	struct disk *out, const struct releases *releases, const char *id, struct diags *diags)
{
	struct disk release;
	int result = disk_enter(&release, &releases->folder, id, false, diags);

	if (result != 0)
		return result;
	result = disk_enter(out, &release, RELEASES_ASSETS, false, diags);
	disk_close(&release);
	return result;
}

int shelf_add(const struct releases *releases, const char *id, struct diags *diags)
{
	struct adding adding = {.assets = {.fd = -1}, .diags = diags};
	int result = disk_enter(&adding.shelf, &releases->root, RELEASES_ASSETS, true, diags);

	if (result != 0)
		return -1;
	result = open_assets(&adding.assets, releases, id, diags);
	if (result == 0)
		result = disk_list(&adding.shelf, add_name, &adding.there, diags);
	if (result == 0)
		result = disk_list(&adding.assets, add_file, &adding, diags);
	if (result >= 0)
		result = disk_sync(&adding.shelf, false, diags);
	if (result == 0)
		result = disk_sync(&releases->root, false, diags);
	disk_close(&adding.assets);
	disk_close(&adding.shelf);
	free_names(&adding.there);
	return result;
}

/* ---- Pruning */

struct pruning {
	const struct releases *releases;
	struct names wanted;
	struct disk shelf;
	struct diags *diags;
};

static int want_release(void *context, const char *id)
{
	struct pruning *pruning = context;
	struct disk assets;
	int result = open_assets(&assets, pruning->releases, id, pruning->diags);

	if (result != 0)
		return result < 0 ? -1 : 0;
	result = disk_list(&assets, add_name, &pruning->wanted, pruning->diags);
	disk_close(&assets);
	return result;
}

/* Removing while the folder is listed could hide names from the list, which the next time finds. */
static int remove_unwanted(void *context, const char *name)
{
	struct pruning *pruning = context;

	if (map_get(&pruning->wanted.all, slice_of(name)) != NULL)
		return 0;
	return disk_remove(&pruning->shelf, name, pruning->diags);
}

int shelf_prune(const struct releases *releases, struct diags *diags)
{
	struct pruning pruning = {.releases = releases, .diags = diags};
	int result = disk_enter(&pruning.shelf, &releases->root, RELEASES_ASSETS, false, diags);

	if (result != 0)
		return result < 0 ? -1 : 0;
	result = releases_list(releases, want_release, &pruning, diags);
	if (result == 0)
		result = disk_list(&pruning.shelf, remove_unwanted, &pruning, diags);
	disk_close(&pruning.shelf);
	free_names(&pruning.wanted);
	return result;
}
