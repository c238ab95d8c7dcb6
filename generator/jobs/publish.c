/*
 * Who builds holds the lock. Whoever comes meanwhile leaves a request, and the holder looks again
 * at all branches: not at what the request was about, so one look serves any number of pushes.
 */
#include "jobs/publish.h"

#include <errno.h>
#include <libintl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/names.h"
#include "input/hub.h"
#include "input/repository.h"
#include "jobs/hooks.h"
#include "jobs/publishing.h"
#include "jobs/remote.h"
#include "output/releases.h"
#include "output/switch.h"

#define _(text) gettext(text)
#define BRANCHES "refs/heads/"

/* ---- Where */

/* Appends the full path of what may not be there yet: of the part that is, with the rest behind. */
static void add_full_path(struct text *out, const char *path)
{
	char *part = mem_copy(path, strlen(path));
	size_t size = strlen(path);
	char *full = realpath(part, NULL);

	while (full == NULL && size > 0) {
		while (size > 0 && part[size - 1] == '/')
			size--;
		while (size > 0 && part[size - 1] != '/')
			size--;
		part[size] = '\0';
		full = realpath(size > 0 ? part : ".", NULL);
	}
	text_puts(out, full != NULL ? full : "");
	text_byte(out, '/');
	text_puts(out, path + size);
	free(full);
	free(part);
}

static bool lies_in(const char *path, const struct repository *repository)
{
	struct text full = {0};
	bool result;

	add_full_path(&full, path);
	result = hooks_lies_in(full.data, repository);
	text_free(&full);
	return result;
}

static int find_reference(struct text *out, const struct repository *repository,
	const char *reference, struct diags *diags)
{
	if (reference != NULL) {
		text_printf(out, "%s%s", strncmp(reference, "refs/", 5) == 0 ? "" : BRANCHES,
			reference);
		return 0;
	}
	return hub_published(out, repository, diags);
}

int publish_find(
	struct publish_place *out, const struct publish_options *options, struct diags *diags)
{
	struct repository *repository;
	struct publish_place place = {0};
	int result = repository_open(&repository, options->repository, false, diags);

	if (result > 0)
		diag_add(diags, DIAG_PUBLISH_REPOSITORY, (struct place){.path = ""},
			options->repository, (char *)NULL);
	if (result != 0)
		return -1;
	text_puts(&place.repository, repository_path(repository));
	result = find_reference(&place.reference, repository, options->reference, diags);
	if (options->remote != NULL)
		text_puts(&place.remote, options->remote);
	else
		(void)hub_setting(&place.remote, repository, HUB_REMOTE);
	if (result == 0 && lies_in(options->to, repository)) {
		diag_add(diags, DIAG_HOOKS_INSIDE, (struct place){.path = ""}, options->to,
			place.repository.data, (char *)NULL);
		result = -1;
	}
	repository_free(repository);
	if (result != 0)
		publish_place_free(&place);
	else
		*out = place;
	return result;
}

void publish_place_free(struct publish_place *place)
{
	text_free(&place->repository);
	text_free(&place->reference);
	text_free(&place->remote);
}

/* ---- All branches */

static int add_concept(void *context, const char *name)
{
	return releases_is_concept(name) ? names_add(context, name) : 0;
}

static int worst(int one, int other)
{
	return one > other ? one : other;
}

/* Sets the commit that a branch is at; 1 when there is no such branch. */
static int find_commit(
	char out[41], const struct repository *repository, const char *name, struct diags *diags)
{
	unsigned char id[20];
	int result = hub_find(id, repository, name, diags);

	if (result != 0)
		return result;
	if (!hub_is_commit(repository, id)) {
		diag_add(diags, DIAG_REVISION, (struct place){.path = ""}, name,
			repository_path(repository), (char *)NULL);
		return -1;
	}
	hub_digits(out, id);
	return 0;
}

/* Brings a branch that is at the commit: for whoever pushed it as if he had asked by hand. */
static int bring_branch(const struct publishing *publishing, const char *concept,
	const char *reference, const char *commit)
{
	struct publishing own = *publishing;
	struct slice line, lines = publishing->pushed;
	struct text end = {0};

	text_printf(&end, " %s", reference);
	while (slice_next_line(&line, &lines))
		own.by_hand = own.by_hand || slice_ends(line, end.data);
	text_free(&end);
	return publishing_bring(&own, concept, commit);
}

/* Brings the preview in line with its branch. */
static int bring_concept(
	const struct publishing *publishing, const struct repository *repository, const char *name)
{
	struct diags *diags = diag_new();
	struct text reference = {0};
	char commit[41];
	int status, found;

	text_printf(&reference, PUBLISH_CONCEPTS "%s", name);
	found = find_commit(commit, repository, reference.data, diags);
	status = publishing_tell(0, diags, publishing->verbosity);
	if (found == 0)
		status = bring_branch(publishing, name, reference.data, commit);
	else if (found > 0)
		status = publishing_take_away(publishing, name);
	text_free(&reference);
	return status;
}

/* Each preview that is there, and each that should be. */
static int bring_concepts(const struct publishing *publishing, const struct repository *repository)
{
	struct diags *diags = diag_new();
	struct names names = {0};
	int status = 0;

	if (releases_concepts(publishing->site, add_concept, &names, diags) == 0 &&
		hub_list(repository, PUBLISH_CONCEPTS, add_concept, &names, diags) == 0)
		for (size_t i = 0; i < names.count; i++) {
			bool done = false;

			for (size_t k = 0; k < i; k++)
				done = done || strcmp(names.all[k], names.all[i]) == 0;
			if (!done)
				status = worst(status,
					bring_concept(publishing, repository, names.all[i]));
		}
	names_free(&names);
	return publishing_tell(status, diags, publishing->verbosity);
}

/* Looks once at the published branch, and at the previews when `all`. */
static int bring(const struct publishing *publishing, const struct publish_place *place, bool all)
{
	struct diags *diags = diag_new();
	struct repository *repository = NULL;
	char commit[41];
	int status = 0, found;

	if (repository_open(&repository, place->repository.data, false, diags) != 0) {
		if (diag_status(diags) == 0)
			diag_add(diags, DIAG_PUBLISH_REPOSITORY, (struct place){.path = ""},
				place->repository.data, (char *)NULL);
		return publishing_tell(0, diags, publishing->verbosity);
	}
	found = find_commit(commit, repository, place->reference.data, diags);
	if (found == 0)
		status = bring_branch(publishing, NULL, place->reference.data, commit);
	else if (found > 0 && publishing->by_hand)
		diag_add(diags, DIAG_REVISION, (struct place){.path = ""}, place->reference.data,
			place->repository.data, (char *)NULL);
	if (all)
		status = worst(status, bring_concepts(publishing, repository));
	repository_free(repository);
	return publishing_tell(status, diags, publishing->verbosity);
}

/* Who waits for the site to be live need not wait for what is cleared away after it. */
static void announce(const struct publishing *publishing, int status)
{
	const char byte = (char)status;

	if (publishing->announce >= 0 && write(publishing->announce, &byte, 1) < 0)
		return; /* nobody waits any more */
}

/* The lock is not held: publishing need not wait for an upload. */
static int follow(
	const struct publishing *publishing, const struct publish_place *place, int status)
{
	const struct remote_options options = {
		place->remote.data, publishing->force, publishing->verbosity};
	struct diags *diags = diag_new();

	if (place->remote.size > 0)
		(void)remote_follow(&options, publishing->site, diags);
	return publishing_tell(status, diags, publishing->verbosity);
}

int publish_rounds(const struct publishing *publishing, struct releases *site,
	const struct publish_place *place, bool all)
{
	struct publishing round = *publishing;
	struct diags *diags = diag_new();
	bool again = true, requested = false;
	int status = 0;

	while (again) {
		if (switch_recover(site, diags) != 0)
			break;
		do {
			if ((all || requested) && releases_heed(site, diags) != 0)
				break;
			status = worst(status, bring(&round, place, all || requested));
			round.force = false;
			requested = releases_is_requested(site);
		} while (requested);
		announce(publishing, status);
		status = worst(status, publishing_tidy(publishing));
		releases_unlock(site);
		/* One may have come between the last look and this. */
		requested = releases_is_requested(site);
		again = requested && diag_status(diags) == 0 &&
			releases_lock(site, RELEASES_SHORT, true, diags) == 0;
	}
	releases_unlock(site);
	status = publishing_tell(status, diags, publishing->verbosity);
	return follow(publishing, place, status);
}

/* ---- By hand, or from a timer */

/* Takes the lock. Returns 1 when another builder has it, and will do the work. */
static int take_turn(
	struct releases *site, const struct publish_options *options, struct diags *diags)
{
	int busy;

	if (options->reconcile && releases_request(site, diags) != 0)
		return -1;
	busy = releases_lock(site, options->reconcile ? RELEASES_SHORT : RELEASES_TRY, true, diags);
	if (busy <= 0)
		return busy;
	if (options->verbosity >= 0)
		(void)fprintf(stderr, "%s",
			options->reconcile
				? _("draaiboek: a build is under way, and will include "
				    "this\n")
				: _("draaiboek: a build is under way; this one waits for "
				    "it\n"));
	return options->reconcile ? 1 : releases_lock(site, RELEASES_WAIT, true, diags);
}

int job_publish(int *status, const struct publish_options *options, struct diags *diags)
{
	struct publish_place place;
	struct releases site;
	int result;

	(void)umask(022); /* the web server must be able to read what is made */
	if (publish_find(&place, options, diags) != 0)
		return -1;
	result = releases_open(&site, options->to, true, diags);
	if (result == 0) {
		const struct publishing publishing = {.build = options->build,
			.repository = place.repository.data,
			.site = &site,
			.keep = options->keep > 0 ? options->keep : RELEASES_KEEP,
			.by_hand = !options->reconcile,
			.force = options->force,
			.verbosity = options->verbosity,
			.announce = -1};

		result = take_turn(&site, options, diags);
		*status = result == 0
				  ? publish_rounds(&publishing, &site, &place, options->reconcile)
				  : 0;
		releases_close(&site);
	}
	publish_place_free(&place);
	return result < 0 ? -1 : 0;
}
