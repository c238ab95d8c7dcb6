/*
 * Only looks: what is left over is removed by the next publishing, which knows what is in use.
 */
#include "jobs/doctor_folder.h"

#include <dirent.h>
#include <errno.h>
#include <libintl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/value.h"
#include "input/repository.h"
#include "jobs/checkup.h"
#include "jobs/hooks.h"

#define _(text) gettext(text)
#define MANIFEST_LIMIT ((uint64_t)64 << 20)
#define STATUS_LIMIT ((uint64_t)1 << 20)
#define PIN_LIMIT ((uint64_t)4096)
#define LEAST_SPACE ((uint64_t)256 << 20) /* bytes */
#define LEAST_FILES ((uint64_t)20000)
#define COMMIT 40

struct look {
	struct checkup *checkup;
	const char *to;
	struct text path; /* of what is looked at */
};

/* The path of a name in the folder; until the next call. */
static const char *at(struct look *look, const char *name)
{
	text_clear(&look->path);
	text_printf(&look->path, "%s/%s", look->to, name);
	return look->path.data;
}

/* Reads a file of the folder; false when it is not there. */
static bool read_in(struct text *out, struct look *look, const char *name, uint64_t limit)
{
	struct diags *quiet = diag_new();
	bool there = fs_read(out, at(look, name), limit, quiet) == 0;

	diag_free(quiet);
	return there;
}

static void look_at_owner(struct look *look, const struct repository *repository)
{
	struct stat folder, hub;
	char *path = realpath(look->to, NULL);

	if (path != NULL && hooks_lies_in(path, repository))
		checkup_wrong(look->checkup,
			_("%s lies in the repository. Mend it: choose another folder with "
			  "draaiboek "
			  "hooks install"),
			look->to);
	if (access(look->to, R_OK | W_OK | X_OK) != 0)
		checkup_wrong(look->checkup,
			_("%s cannot be written by this user. Mend it: make it the folder of the "
			  "user who receives pushes, with chown"),
			look->to);
	else if (stat(look->to, &folder) == 0 && stat(repository_path(repository), &hub) == 0 &&
		 folder.st_uid != hub.st_uid)
		checkup_wrong(look->checkup,
			_("%s and the repository have different owners. Mend it: give both the "
			  "user "
			  "who receives pushes, with chown"),
			look->to);
	else
		checkup_good(look->checkup, _("%s is there and can be written"), look->to);
	free(path);
}

static void look_at_space(struct look *look)
{
	struct statvfs status;
	uint64_t space;

	if (statvfs(look->to, &status) != 0)
		return;
	space = (uint64_t)status.f_bavail * status.f_frsize;
	if (space < LEAST_SPACE)
		checkup_wrong(look->checkup,
			_("the disk of %s has %zu MB left. Mend it: make room, or keep fewer "
			  "releases"),
			look->to, (size_t)(space >> 20));
	else if (status.f_files > 0 && (uint64_t)status.f_favail < LEAST_FILES)
		checkup_wrong(look->checkup,
			_("the disk of %s has room for %zu files more (inodes). Mend it: "
			  "remove files, or keep fewer releases"),
			look->to, (size_t)status.f_favail);
	else
		checkup_good(look->checkup, _("the disk has %zu MB left"), (size_t)(space >> 20));
}

/* Where a symlink of the folder leads, as "releases/ID"; false when it is none. */
static bool read_link(char *out, size_t size, struct look *look, const char *name)
{
	ssize_t length = readlink(at(look, name), out, size - 1);

	out[length > 0 ? length : 0] = '\0';
	return length > 0 && (size_t)length < size - 1 &&
	       slice_starts(slice_of(out), "releases/") && fs_is_safe(slice_of(out));
}

/* The commit that the release in `folder` was made of. False when its MANIFEST does not say. */
static bool read_commit(char *out, struct look *look, const char *folder)
{
	struct text name = {0}, bytes = {0};
	struct slice rest, line;
	bool found = false;

	text_printf(&name, "%s/MANIFEST", folder);
	if (read_in(&bytes, look, name.data, MANIFEST_LIMIT)) {
		rest = text_slice(&bytes);
		if (slice_next_line(&line, &rest) && slice_is(line, "draaiboek-release 1") &&
			slice_next_line(&line, &rest) && slice_starts(line, "commit ") &&
			line.size == strlen("commit ") + COMMIT) {
			memcpy(out, line.data + strlen("commit "), COMMIT);
			out[COMMIT] = '\0';
			found = true;
		}
	}
	text_free(&name);
	text_free(&bytes);
	return found;
}

/* True when a rollback holds the site; says so. */
static bool look_at_pin(struct look *look, const char *commit)
{
	struct text bytes = {0};
	struct slice rest, line = {0};
	bool holds = false;

	if (read_in(&bytes, look, "pin", PIN_LIMIT)) {
		rest = text_slice(&bytes);
		(void)slice_next_line(&line, &rest);
		holds = slice_ends(line, commit);
		if (holds)
			checkup_note(look->checkup,
				_("the site was rolled back to %.*s, and stays there until "
				  "something "
				  "is published"),
				(int)slice_find(line, ' '), line.data);
	}
	text_free(&bytes);
	return holds;
}

static void look_at_current(struct look *look, const char *commit)
{
	char target[256], live[COMMIT + 1];
	struct stat status;

	if (lstat(at(look, "current"), &status) != 0) {
		if (commit[0] == '\0')
			checkup_note(look->checkup, _("nothing has been published yet"));
		else
			checkup_wrong(look->checkup,
				_("nothing is live, while %.12s is to be. Mend it: draaiboek "
				  "publish "
				  "--reconcile"),
				commit);
		return;
	}
	if (!read_link(target, sizeof(target), look, "current")) {
		checkup_wrong(look->checkup,
			_("%s/current does not lead to a release. Mend it: remove it, then "
			  "draaiboek "
			  "publish --force"),
			look->to);
		return;
	}
	if (!read_commit(live, look, target)) {
		checkup_wrong(look->checkup,
			_("%s, which is live, has no MANIFEST that can be read. Mend it: draaiboek "
			  "publish --force"),
			target);
		return;
	}
	if (strcmp(live, commit) == 0)
		checkup_good(look->checkup, _("%s is live, of the last commit"), target);
	else if (!look_at_pin(look, commit))
		checkup_wrong(look->checkup,
			_("%s is live, of %.12s, and not of %.12s. Mend it: draaiboek publish "
			  "--reconcile"),
			target, live, commit[0] != '\0' ? commit : "-");
}

static bool is_left_over(const char *name)
{
	return strncmp(name, ".new-", 5) == 0 || strncmp(name, ".trash-", 7) == 0 ||
	       strcmp(name, ".current.tmp") == 0;
}

static size_t count_left_over(const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	size_t count = 0;

	while (folder != NULL && (entry = readdir(folder)) != NULL)
		count += is_left_over(entry->d_name) ? 1 : 0;
	if (folder != NULL)
		(void)closedir(folder);
	return count;
}

static void look_at_left_over(struct look *look)
{
	size_t count = count_left_over(at(look, "releases"));

	count += count_left_over(look->to);
	if (count > 0)
		checkup_note(look->checkup,
			_("%zu things are half made or half removed: a publishing is under way, or "
			  "was cut off; the next one removes them"),
			count);
}

/* The last time that publishing failed, when nothing has gone well since. */
static void look_at_status(struct look *look)
{
	struct text bytes = {0};
	struct arena arena = {0};
	struct diags *quiet = diag_new();
	struct value *root = NULL;
	const struct value *failed, *good;

	if (read_in(&bytes, look, "status.json", STATUS_LIMIT) &&
		json_parse(&root, &arena, text_slice(&bytes), "status.json", quiet) == 0) {
		failed = value_at(root, "failed");
		good = value_at(root, "good");
		if (failed != NULL && failed->kind == VALUE_MAP &&
			slice_compare(value_text_at(failed, "time"), value_text_at(good, "time")) >
				0)
			checkup_wrong(look->checkup,
				_("the last publishing, of %.12s, failed at %s. Mend it: see "
				  "%s/publish.log, then draaiboek publish"),
				value_text_at(failed, "commit").size > 0
					? value_text_at(failed, "commit").data
					: "?",
				value_text_at(failed, "time").data, look->to);
	}
	diag_free(quiet);
	arena_free(&arena);
	text_free(&bytes);
}

void doctor_look_at_folder(struct checkup *checkup, const struct repository *repository,
	const char *to, const char *commit)
{
	struct look look = {.checkup = checkup, .to = to};
	struct stat status;

	if (stat(to, &status) != 0 || !S_ISDIR(status.st_mode)) {
		checkup_wrong(checkup,
			_("%s is no folder. Mend it: draaiboek hooks install makes it"), to);
		return;
	}
	look_at_owner(&look, repository);
	look_at_space(&look);
	look_at_current(&look, commit);
	look_at_left_over(&look);
	look_at_status(&look);
	text_free(&look.path);
}
