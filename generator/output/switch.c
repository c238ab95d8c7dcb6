/*
 * The log is written last, so its last line is what was live before: that tells the next run what
 * it has to complete. Releases with a higher number than any that was live were never seen.
 */
#include "output/switch.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/diag.h"
#include "base/disk.h"
#include "base/mem.h"
#include "base/names.h"
#include "model/date.h"
#include "output/inventory.h"
#include "output/release.h"
#include "output/releases.h"
#include "output/shelf.h"

/* ---- The switch */

static int log_switch(const struct releases *releases, const char *id, struct slice commit,
	enum switch_cause cause, struct diags *diags)
{
	struct text line = {0};
	int result;

	date_moment(&line, (int64_t)time(NULL));
	text_printf(&line, " %s %s %.*s", cause == SWITCH_PUBLISH ? "publish" : "rollback", id,
		(int)commit.size, commit.data);
	result = releases_write_log(releases, text_slice(&line), diags);
	text_free(&line);
	return result;
}

/* Has a link name the release. As disk_point(). */
static int point(
	const struct releases *releases, const char *link, const char *id, struct diags *diags)
{
	struct text target = {0};
	int result;

	text_printf(&target, "releases/%s", id);
	result = disk_point(&releases->root, link, target.data, diags);
	text_free(&target);
	return result;
}

/* What there is to do behind the switch, again if need be. `old` may be NULL. */
static int write_down(const struct releases *releases, const char *old, const char *id,
	struct slice commit, enum switch_cause cause, struct diags *diags)
{
	if (old != NULL && !releases->concept && strcmp(old, id) != 0 &&
		point(releases, RELEASES_PREVIOUS, old, diags) != 0)
		return -1;
	return log_switch(releases, id, commit, cause, diags);
}

int switch_to(const struct releases *releases, const char *id, struct slice commit,
	enum switch_cause cause, struct diags *diags)
{
	struct text old = {0};
	int result = releases_named(&old, releases, RELEASES_CURRENT, diags);
	bool first = result > 0;

	if (result >= 0 && shelf_add(releases, id, diags) != 0)
		result = -1;
	if (result < 0) {
		text_free(&old);
		return -1;
	}
	result = point(releases, RELEASES_CURRENT, id, diags);
	if (result > 0) {
		/* The disk would not promise to keep it: then the old one is the better one. */
		result = first ? disk_remove(&releases->root, RELEASES_CURRENT, diags)
			       : point(releases, RELEASES_CURRENT, old.data, diags);
		result = -1;
	} else if (result == 0 &&
		   write_down(releases, first ? NULL : old.data, id, commit, cause, diags) != 0) {
		diag_add(diags, DIAG_RELEASE_UNFINISHED, (struct place){.path = ""}, id,
			(char *)NULL);
		result = 1;
	}
	text_free(&old);
	return result;
}

/* ---- After a kill */

static int is_leftover(void *context, const char *name)
{
	bool left = strncmp(name, RELEASE_NEW, strlen(RELEASE_NEW)) == 0 ||
		    strncmp(name, RELEASE_TRASH, strlen(RELEASE_TRASH)) == 0 ||
		    (name[0] == '.' && slice_ends(slice_of(name), ".tmp"));

	return left ? names_add(context, name) : 0;
}

/* Removes what was being made or removed in a folder. */
static int clear_folder(const struct disk *folder, struct diags *diags)
{
	struct names names = {0};
	int result = disk_list(folder, is_leftover, &names, diags);

	for (size_t i = 0; result == 0 && i < names.count; i++)
		result = disk_remove_all(folder, names.all[i], diags);
	names_free(&names);
	return result;
}

/* The commit of a release, as its MANIFEST has it; zeroes when that cannot be read. */
static int find_commit(
	struct text *out, const struct releases *releases, const char *id, struct diags *diags)
{
	struct inventory inventory = {0};
	struct disk release;
	int result = disk_enter(&release, &releases->folder, id, false, diags);

	if (result == 0) {
		result = inventory_read(&inventory, &release, diags);
		disk_close(&release);
	}
	if (result == 0)
		text_add(out, inventory.source.commit);
	else if (result > 0)
		text_printf(out, "%040d", 0);
	inventory_free(&inventory);
	return result < 0 ? -1 : 0;
}

/* Writes down a switch after which the run was killed. */
static int complete_switch(
	const struct releases *releases, const char *id, const char *logged, struct diags *diags)
{
	struct releases_pin pin = {0};
	struct text commit = {0};
	struct disk old;
	int result = find_commit(&commit, releases, id, diags);

	if (result == 0 && logged != NULL) {
		int there = disk_enter(&old, &releases->folder, logged, false, diags);

		if (there == 0)
			disk_close(&old);
		else
			logged = NULL;
		result = there < 0 ? -1 : 0;
	}
	if (result == 0)
		result = releases_read_pin(&pin, releases, diags);
	if (result >= 0)
		result = write_down(releases, logged, id, text_slice(&commit),
			result == 0 && strcmp(pin.id.data, id) == 0 ? SWITCH_ROLLBACK
								    : SWITCH_PUBLISH,
			diags);
	releases_pin_free(&pin);
	text_free(&commit);
	return result;
}

/* Removes releases that never were live: of a run that was killed, or failed, before its switch. */
static int remove_unseen(const struct releases *releases, long highest, struct diags *diags)
{
	struct names names = {0};
	int result = releases_list(releases, names_add, &names, diags);

	for (size_t i = 0; result == 0 && i < names.count; i++)
		if (releases_number(names.all[i]) > highest)
			result = releases_remove(releases, names.all[i], diags);
	names_free(&names);
	return result;
}

static int recover_one(const struct releases *releases, struct diags *diags)
{
	struct text current = {0}, logged = {0};
	long highest = 0;
	int live, log, result = -1;

	if (clear_folder(&releases->root, diags) != 0 ||
		clear_folder(&releases->folder, diags) != 0)
		goto out;
	live = releases_named(&current, releases, RELEASES_CURRENT, diags);
	log = releases_read_log(&logged, &highest, releases, diags);
	if (live < 0 || log < 0)
		goto out;
	if (live == 0 && releases_number(current.data) > highest)
		highest = releases_number(current.data);
	if (live == 0 && (log > 0 || strcmp(current.data, logged.data) != 0) &&
		complete_switch(releases, current.data, log == 0 ? logged.data : NULL, diags) != 0)
		goto out;
	result = 0;
	/* Without a log nobody knows what was live, unless nothing is. */
	if (live > 0 || log == 0)
		result = remove_unseen(releases, highest, diags);
	if (result == 0)
		result = shelf_prune(releases, diags);
out:
	text_free(&current);
	text_free(&logged);
	return result;
}

int switch_recover(const struct releases *site, struct diags *diags)
{
	struct names names = {0};
	struct disk concepts;
	int result = recover_one(site, diags), there = 1;

	if (result == 0)
		there = disk_enter(&concepts, &site->root, RELEASES_CONCEPTS, false, diags);
	if (there == 0) {
		result = clear_folder(&concepts, diags);
		disk_close(&concepts);
	}
	if (result == 0 && there >= 0)
		result = releases_concepts(site, names_add, &names, diags);
	for (size_t i = 0; result == 0 && i < names.count; i++) {
		struct releases concept;

		/* Killed when only its folder was there: there is nothing to recover. */
		result = releases_open_concept(&concept, site, names.all[i], true, diags);
		if (result == 0) {
			result = recover_one(&concept, diags);
			releases_close(&concept);
		}
	}
	names_free(&names);
	return result == 0 && there >= 0 ? 0 : -1;
}

/* ---- Pruning */

static int compare_newest(const void *a, const void *b)
{
	long left = releases_number(*(char *const *)a), right = releases_number(*(char *const *)b);

	return left > right ? -1 : left < right;
}

/* Appends the names that must stay: what the links and the pin name. */
static int find_named(struct names *names, const struct releases *releases, struct diags *diags)
{
	static const char *const links[] = {RELEASES_CURRENT, RELEASES_PREVIOUS};
	struct releases_pin pin = {0};
	int result = 0;

	for (size_t i = 0; result >= 0 && i < ARRAY_LEN(links); i++) {
		struct text id = {0};

		result = releases_named(&id, releases, links[i], diags);
		if (result == 0)
			(void)names_add(names, id.data);
		text_free(&id);
	}
	if (result >= 0)
		result = releases_read_pin(&pin, releases, diags);
	if (result == 0)
		(void)names_add(names, pin.id.data);
	releases_pin_free(&pin);
	return result < 0 ? -1 : 0;
}

/*
 * Whether a release that goes can be the spare: there is none yet, and in it is what its MANIFEST
 * says, nothing more.
 */
static int may_be_spare(
	bool *out, const struct releases *releases, const char *id, struct diags *diags)
{
	struct inventory inventory = {0};
	struct disk folder;
	size_t count = 0;
	int result = disk_enter(&folder, &releases->folder, RELEASE_SPARE, false, diags);

	*out = false;
	if (result == 0)
		disk_close(&folder);
	if (result <= 0 || releases->concept)
		return result < 0 ? -1 : 0;
	result = disk_enter(&folder, &releases->folder, id, false, diags);
	if (result != 0)
		return result < 0 ? -1 : 0;
	result = inventory_read(&inventory, &folder, diags);
	if (result == 0)
		result = disk_count(&count, &folder, diags);
	*out = result == 0 && count == inventory.count + 1;
	inventory_free(&inventory);
	disk_close(&folder);
	return result < 0 ? -1 : 0;
}

static int remove_release(const struct releases *releases, const char *id, struct diags *diags)
{
	bool spare;

	if (may_be_spare(&spare, releases, id, diags) != 0)
		return -1;
	return spare ? releases_spare(releases, id, diags) : releases_remove(releases, id, diags);
}

int switch_prune(const struct releases *releases, size_t keep, struct diags *diags)
{
	struct names all = {0}, named = {0};
	int result = find_named(&named, releases, diags);

	if (result == 0)
		result = releases_list(releases, names_add, &all, diags);
	if (all.count > 0)
		qsort(all.all, all.count, sizeof(char *), compare_newest);
	for (size_t i = keep; result == 0 && i < all.count; i++)
		if (!names_has(&named, all.all[i]))
			result = remove_release(releases, all.all[i], diags);
	if (result == 0)
		result = shelf_prune(releases, diags);
	names_free(&all);
	names_free(&named);
	return result;
}
