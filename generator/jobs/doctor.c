/*
 * Goes from the repository to its settings, its hooks, and the folder of releases.
 */
#include "jobs/doctor.h"

#include <libintl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "input/hub.h"
#include "input/repository.h"
#include "jobs/checkup.h"
#include "jobs/doctor_folder.h"
#include "jobs/hooks.h"

#define _(text) gettext(text)

/* Says each message as something wrong. */
static void say_messages(struct checkup *checkup, struct diags *found)
{
	size_t count;
	const struct diag *all = diag_sorted(found, &count);

	for (size_t i = 0; i < count; i++)
		checkup_wrong(checkup, "%s", all[i].text);
}

/* True when the repository can be looked at. */
static bool open_repository(struct repository **out, struct checkup *checkup, const char *path)
{
	struct diags *found = diag_new();
	int status = repository_open(out, path, false, found);

	if (status == 1)
		diag_add(found, DIAG_GIT_NONE, (struct place){.path = ""}, path, (char *)NULL);
	say_messages(checkup, found);
	diag_free(found);
	return status == 0;
}

static void look_at_repository(struct checkup *checkup, const struct repository *repository)
{
	const char *path = repository_path(repository);
	struct diags *found = diag_new();

	if (!hub_is_bare(repository))
		diag_add(found, DIAG_HUB_NOT_BARE, (struct place){.path = ""}, path, (char *)NULL);
	if (repository_is_shallow(repository))
		diag_add(found, DIAG_GIT_SHALLOW, (struct place){.path = ""}, path, (char *)NULL);
	if (diag_status(found) == 0)
		checkup_good(checkup, _("%s is a bare repository, and whole"), path);
	say_messages(checkup, found);
	diag_free(found);
}

static void look_at_settings(struct checkup *checkup, const struct repository *repository)
{
	for (size_t i = 0; i < hooks_setting_count; i++) {
		const struct hooks_setting *setting = &hooks_settings[i];
		struct text value = {0};

		if (hub_setting(&value, repository, setting->name) != 0)
			text_puts(&value, "");
		if (slice_is(text_slice(&value), setting->value))
			checkup_good(checkup, "%s = %s", setting->name, setting->value);
		else
			checkup_wrong(checkup,
				_("%s is \"%s\" and not %s (%s). Mend it: git config %s %s"),
				setting->name, value.size > 0 ? value.data : "", setting->value,
				_(setting->reason), setting->name, setting->value);
		text_free(&value);
	}
}

/* A kind of damage that git was told to overlook. */
static void look_at_fsck(void *context, const char *name, const char *value)
{
	struct checkup *checkup = context;

	if (strcmp(value, "error") != 0)
		checkup_note(checkup, _("git overlooks something in what is pushed: %s = %s"), name,
			value);
}

static void look_at_publishing(struct checkup *checkup, const struct repository *repository)
{
	struct text value = {0};

	if (hub_setting(&value, repository, "core.hooksPath") == 0)
		checkup_wrong(checkup,
			_("git looks for hooks in %s, not in the repository. Mend it: git config "
			  "--unset core.hooksPath"),
			value.data);
	hub_settings(repository, "receive.fsck.", look_at_fsck, checkup);
	if (hub_is_set(repository, HUB_BACK))
		checkup_note(checkup,
			_("commits may be taken away from what is published: %s = true"), HUB_BACK);
	if (hub_is_set(repository, HUB_BACK) &&
		hub_is_set(repository, "receive.denyNonFastForwards"))
		checkup_note(
			checkup, _("but git refuses that: receive.denyNonFastForwards = true"));
	text_free(&value);
}

static void look_at_hook(struct checkup *checkup, const struct repository *repository,
	const char *name, struct slice program)
{
	switch (hooks_look(repository, name, program)) {
	case HOOKS_GOOD:
		checkup_good(checkup, _("the hook %s calls %.*s"), name, (int)program.size,
			program.data);
		break;
	case HOOKS_ABSENT:
		checkup_wrong(
			checkup, _("there is no hook %s. Mend it: draaiboek hooks install"), name);
		break;
	case HOOKS_FOREIGN:
		checkup_wrong(checkup,
			_("the hook %s is not draaiboek's. Mend it: draaiboek hooks install, which "
			  "keeps it and calls it first"),
			name);
		break;
	case HOOKS_OLD:
		checkup_wrong(checkup,
			_("the hook %s is of another draaiboek, or was changed. Mend it: draaiboek "
			  "hooks install"),
			name);
		break;
	default:
		checkup_wrong(checkup,
			_("the hook %s may not be run. Mend it: draaiboek hooks install"), name);
	}
}

static void look_at_hooks(struct checkup *checkup, const struct repository *repository)
{
	struct diags *found = diag_new();
	struct text program = {0};

	if (hooks_program(&program, found) == 0) {
		for (size_t i = 0; i < ARRAY_LEN(hooks_names); i++)
			look_at_hook(checkup, repository, hooks_names[i], text_slice(&program));
		if (access(program.data, X_OK) != 0)
			checkup_wrong(checkup,
				_("%s, which the hooks call, is not there any more. Mend it: "
				  "draaiboek "
				  "hooks install, with the program that is"),
				program.data);
	}
	say_messages(checkup, found);
	diag_free(found);
	text_free(&program);
}

/* The commit that is to be live; "" when there is none. */
static void look_at_reference(
	char commit[41], struct checkup *checkup, const struct repository *repository)
{
	struct diags *found = diag_new();
	struct text name = {0};
	unsigned char id[20];
	int there;

	commit[0] = '\0';
	there = hub_published(&name, repository, found);
	if (there == 0)
		there = hub_find(id, repository, name.data, found);
	if (there < 0) {
		say_messages(checkup, found);
	} else if (there > 0) {
		checkup_note(checkup, _("%s is to be published, and has no commit yet"), name.data);
	} else if (!hub_is_commit(repository, id)) {
		checkup_wrong(checkup,
			_("%s is to be published, but is no commit. Mend it: name a branch with "
			  "draaiboek hooks install --ref"),
			name.data);
	} else {
		hub_digits(commit, id);
		checkup_good(checkup, _("%s is published, at %.12s"), name.data, commit);
	}
	diag_free(found);
	text_free(&name);
}

/* True when the two paths lead to the same. */
static bool same_folder(const char *a, const char *b)
{
	char *left = realpath(a, NULL), *right = realpath(b, NULL);
	bool same = left != NULL && right != NULL && strcmp(left, right) == 0;

	free(left);
	free(right);
	return same;
}

static void look_at_target(struct checkup *checkup, const struct repository *repository,
	const char *asked, const char *commit)
{
	struct text to = {0};
	bool named = hub_setting(&to, repository, HUB_TO) == 0;

	if (!named)
		checkup_wrong(checkup,
			_("%s is not set, so a push publishes nothing. Mend it: draaiboek hooks "
			  "install"),
			HUB_TO);
	else if (asked != NULL && !same_folder(asked, to.data))
		checkup_wrong(checkup,
			_("a push is published in %s, and not in %s. Mend it: draaiboek hooks "
			  "install"),
			to.data, asked);
	if (asked != NULL)
		doctor_look_at_folder(checkup, repository, asked, commit);
	else if (named)
		doctor_look_at_folder(checkup, repository, to.data, commit);
	text_free(&to);
}

int job_doctor(const struct doctor_options *options, struct diags *diags)
{
	struct checkup checkup = {0};
	struct repository *repository;
	struct text count = {0};
	char commit[41];

	if (options->repository == NULL) {
		diag_add(diags, DIAG_OPTION_LACKING, (struct place){.path = ""}, "--repo", "doctor",
			(char *)NULL);
		return -1;
	}
	if (open_repository(&repository, &checkup, options->repository)) {
		look_at_repository(&checkup, repository);
		look_at_settings(&checkup, repository);
		look_at_publishing(&checkup, repository);
		look_at_hooks(&checkup, repository);
		look_at_reference(commit, &checkup, repository);
		look_at_target(&checkup, repository, options->to, commit);
		repository_free(repository);
	}
	if (checkup.wrong == 0)
		return 0;
	if (checkup.wrong == 1)
		text_puts(&count, _("1 thing is"));
	else
		text_printf(&count, _("%zu things are"), checkup.wrong);
	diag_add(diags, DIAG_DOCTOR_MEND, (struct place){.path = ""}, count.data, (char *)NULL);
	text_free(&count);
	return -1;
}
