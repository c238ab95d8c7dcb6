/*
 * The scripts only call this program, by its absolute path: what a hook does is in the program, and
 * changes with it.
 */
#include "jobs/hooks.h"

#include <errno.h>
#include <libintl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/fs.h"
#include "base/mem.h"
#include "input/hub.h"
#include "input/repository.h"

#define _(text) gettext(text)
#define N_(text) text
#define MARK "# Written by draaiboek hooks install"
#define OWN ".eigen"
#define HOOK_LIMIT ((uint64_t)1 << 20)

const struct hooks_setting hooks_settings[] = {
	{"receive.fsckObjects", "true", N_("git looks for damage in what is pushed")},
	{"receive.unpackLimit", "1",
		N_("a push stays one file, which is whole and on the disk, or not there")},
	{"core.fsync", "all", N_("what is pushed survives a power cut")},
	{"receive.maxInputSize", "256m", N_("no push fills the disk")},
	{"receive.denyDeletes", "false",
		N_("a preview goes with its branch; the hook guards what is published")},
	{"core.logAllRefUpdates", "true", N_("what a branch was can be looked up")}};

const size_t hooks_setting_count = ARRAY_LEN(hooks_settings);

const char *const hooks_names[2] = {"pre-receive", "post-receive"};

int hooks_program(struct text *out, struct diags *diags)
{
	char path[4096];
	ssize_t size = readlink("/proc/self/exe", path, sizeof(path));

	if (size <= 0 || (size_t)size == sizeof(path)) {
		diag_add(diags, DIAG_HOOKS_PROGRAM, (struct place){.path = ""},
			size < 0 ? strerror(errno) : "", (char *)NULL);
		return -1;
	}
	text_add(out, (struct slice){path, (size_t)size});
	return 0;
}

/* As a word of the shell. */
static void write_quoted(struct text *out, struct slice word)
{
	text_byte(out, '\'');
	for (size_t i = 0; i < word.size; i++) {
		if (word.data[i] == '\'')
			text_puts(out, "'\\''");
		else
			text_byte(out, word.data[i]);
	}
	text_byte(out, '\'');
}

/*
 * A hook of one's own can refuse a push; once it is taken, nothing that such a hook says keeps the
 * site from being made.
 */
static void write_script(struct text *out, const char *name, struct slice program)
{
	bool refuses = strcmp(name, hooks_names[0]) == 0;

	text_printf(out,
		"#!/bin/sh\n" MARK ", which does so again whenever it is run.\n"
		"# A hook of your own goes into %s" OWN " beside this file: it is called first,\n"
		"# with the same input and arguments%s.\n",
		name, refuses ? ", and may refuse the push" : "");
	text_printf(out,
		"own=$0" OWN "\n"
		"if [ -x \"$own\" ]; then\n"
		"\trefs=$(cat)\n"
		"\tprintf '%%s\\n' \"$refs\" | \"$own\" \"$@\"%s\n"
		"\tprintf '%%s\\n' \"$refs\" | ",
		refuses ? " || exit" : "");
	write_quoted(out, program);
	text_printf(out, " hooks %s\n\texit\nfi\nexec ", name);
	write_quoted(out, program);
	text_printf(out, " hooks %s\n", name);
}

static void write_path(struct text *out, const struct repository *repository, const char *name)
{
	text_printf(
		out, "%shooks%s%s", repository_path(repository), name[0] != '\0' ? "/" : "", name);
}

enum hooks_state hooks_look(
	const struct repository *repository, const char *name, struct slice program)
{
	struct text path = {0}, bytes = {0}, wanted = {0};
	struct diags *quiet = diag_new();
	enum hooks_state state = HOOKS_FOREIGN;
	struct stat status;

	write_path(&path, repository, name);
	write_script(&wanted, name, program);
	if (lstat(path.data, &status) != 0)
		state = HOOKS_ABSENT;
	else if (fs_read(&bytes, path.data, HOOK_LIMIT, quiet) == 0 &&
		 slice_search(text_slice(&bytes), slice_of(MARK)) < bytes.size)
		state = !slice_equal(text_slice(&bytes), text_slice(&wanted)) ? HOOKS_OLD
			: access(path.data, X_OK) != 0			      ? HOOKS_NOT_PROGRAM
									      : HOOKS_GOOD;
	diag_free(quiet);
	text_free(&path);
	text_free(&bytes);
	text_free(&wanted);
	return state;
}

/* Puts `.eigen` behind the name of somebody else's hook. */
static int keep_own(const char *path, struct diags *diags)
{
	struct text kept = {0};
	struct stat status;
	int result = 0;

	text_printf(&kept, "%s" OWN, path);
	if (lstat(kept.data, &status) == 0) {
		diag_add(diags, DIAG_HOOKS_BOTH, (struct place){.path = ""}, path, (char *)NULL);
		result = -1;
	} else if (rename(path, kept.data) != 0) {
		result = diag_io(diags, path, errno);
	}
	text_free(&kept);
	return result;
}

static int install_hook(struct fs_folder *folder, const struct repository *repository,
	const char *name, struct slice program, struct diags *diags)
{
	enum hooks_state state = hooks_look(repository, name, program);
	struct text path = {0}, script = {0};
	int result = 0;

	write_path(&path, repository, name);
	write_script(&script, name, program);
	if (state == HOOKS_FOREIGN)
		result = keep_own(path.data, diags);
	if (result == 0 && state != HOOKS_GOOD)
		result = fs_write_program(folder, name, text_slice(&script), diags);
	text_free(&path);
	text_free(&script);
	return result;
}

static int install_hooks(const struct repository *repository, struct diags *diags)
{
	struct text program = {0}, path = {0};
	struct fs_folder *folder = NULL;
	int result = hooks_program(&program, diags);

	write_path(&path, repository, "");
	if (result == 0)
		result = fs_open(&folder, path.data, diags);
	for (size_t i = 0; i < ARRAY_LEN(hooks_names) && result == 0; i++)
		result = install_hook(
			folder, repository, hooks_names[i], text_slice(&program), diags);
	fs_close(folder);
	text_free(&program);
	text_free(&path);
	return result;
}

bool hooks_lies_in(const char *path, const struct repository *repository)
{
	char *folder = realpath(repository_path(repository), NULL);
	size_t size = folder != NULL ? strlen(folder) : 0;
	bool lies = size > 0 && strncmp(path, folder, size) == 0 &&
		    (path[size] == '/' || path[size] == '\0');

	free(folder);
	return lies;
}

/* The absolute path of the nearest folder above `path` that is there, or of itself. */
static char *find_existing(const char *path)
{
	char *part = mem_copy(path, strlen(path));
	size_t size = strlen(part);
	char *found = realpath(part, NULL);

	while (found == NULL && size > 0) {
		while (size > 0 && part[size - 1] == '/')
			size--;
		while (size > 0 && part[size - 1] != '/')
			size--;
		part[size] = '\0';
		found = realpath(size > 0 ? part : ".", NULL);
	}
	free(part);
	return found;
}

/* The absolute path of the folder of releases, which is made; it has to be writable. */
static int open_target(
	char **out, const char *to, const struct repository *repository, struct diags *diags)
{
	char *existing = find_existing(to);
	struct fs_folder *made = NULL;
	char *path = NULL;
	int result = -1;

	if (existing != NULL && hooks_lies_in(existing, repository))
		diag_add(diags, DIAG_HOOKS_INSIDE, (struct place){.path = ""}, to,
			repository_path(repository), (char *)NULL);
	else
		result = fs_open(&made, to, diags);
	if (result == 0) {
		path = realpath(to, NULL);
		if (path == NULL || access(path, R_OK | W_OK | X_OK) != 0)
			result = diag_io(diags, to, errno);
	}
	if (result == 0)
		*out = path;
	else
		free(path);
	fs_close(made);
	free(existing);
	return result;
}

static int install_settings(const struct repository *repository, const char *to,
	const char *reference, struct diags *diags)
{
	for (size_t i = 0; i < hooks_setting_count; i++)
		if (hub_set(repository, hooks_settings[i].name, hooks_settings[i].value, diags) !=
			0)
			return -1;
	if (hub_set(repository, HUB_TO, to, diags) != 0)
		return -1;
	return hub_set(repository, HUB_REFERENCE, reference, diags);
}

/* What is published from now on: as asked, as it was, or by HEAD. */
static int find_reference(struct text *out, const struct repository *repository, const char *asked,
	struct diags *diags)
{
	if (asked == NULL)
		return hub_published(out, repository, diags);
	if (!slice_starts(slice_of(asked), "refs/") || slice_ends(slice_of(asked), "/")) {
		diag_add(diags, DIAG_HOOKS_REFERENCE, (struct place){.path = ""}, asked,
			(char *)NULL);
		return -1;
	}
	text_puts(out, asked);
	return 0;
}

static int lacks(const char *option, struct diags *diags)
{
	diag_add(diags, DIAG_OPTION_LACKING, (struct place){.path = ""}, option, "hooks",
		(char *)NULL);
	return -1;
}

static int open_hub(struct repository **out, const char *path, struct diags *diags)
{
	struct repository *repository;
	int status = repository_open(&repository, path, false, diags);

	if (status == 1)
		diag_add(diags, DIAG_GIT_NONE, (struct place){.path = ""}, path, (char *)NULL);
	if (status != 0)
		return -1;
	if (!hub_is_bare(repository)) {
		diag_add(diags, DIAG_HUB_NOT_BARE, (struct place){.path = ""}, path, (char *)NULL);
		repository_free(repository);
		return -1;
	}
	*out = repository;
	return 0;
}

int job_hooks(const struct hooks_options *options, struct diags *diags)
{
	struct repository *repository = NULL;
	struct text reference = {0};
	char *to = NULL;
	int result = 0;

	if (options->repository == NULL)
		result = lacks("--repo", diags);
	if (options->to == NULL)
		result = lacks("--to", diags);
	if (result == 0)
		result = open_hub(&repository, options->repository, diags);
	if (result == 0)
		result = find_reference(&reference, repository, options->reference, diags);
	if (result == 0)
		result = open_target(&to, options->to, repository, diags);
	if (result == 0)
		result = install_settings(repository, to, reference.data, diags);
	if (result == 0)
		result = install_hooks(repository, diags);
	free(to);
	text_free(&reference);
	repository_free(repository);
	return result;
}
