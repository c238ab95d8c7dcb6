/*
 * Reads what is live, decides, builds, switches. What fails before the switch leaves the old
 * release as it is, and says so in status.json.
 */
#include "jobs/publishing.h"

#include <libintl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/diag.h"
#include "base/disk.h"
#include "check/report.h"
#include "jobs/outcome.h"
#include "jobs/progress.h"
#include "model/date.h"
#include "output/inventory.h"
#include "output/release.h"
#include "output/releases.h"
#include "output/switch.h"

#define _(text) gettext(text)
#define MESSAGES ((size_t)50) /* that are printed of one build */
#define CONCEPT_KEEP ((size_t)1)
#define AHEAD ((int64_t)24 * 3600) /* seconds; a time that is further off was of a wrong clock */

/* What is live. */
struct live {
	struct text id; /* empty: nothing is */
	struct disk folder;
	struct inventory files;
	bool whole; /* its MANIFEST was read */
};

/* One branch that is being brought. */
struct bringing {
	const struct publishing *publishing;
	const char *concept; /* or NULL */
	const char *commit;
	const struct releases *releases;
	struct inventory_source source;
	struct text date;
	struct live live;
	struct outcome outcome;
	struct progress progress;
	struct timespec began;
	struct text news; /* what is said when it is live, below the messages */
	bool live_now;
	struct diags *diags;
};

int publishing_tell(int status, struct diags *diags, int verbosity)
{
	struct text report = {0};
	struct slice rest, line;
	size_t count = 0;

	report_text(&report, diags, verbosity > 0 ? DIAG_TIP : DIAG_ERROR);
	rest = text_slice(&report);
	while (slice_next_line(&line, &rest))
		if (count++ < MESSAGES)
			(void)fprintf(stderr, "%.*s\n", (int)line.size, line.data);
	if (count > MESSAGES)
		(void)fprintf(stderr, _("draaiboek: and %zu more\n"), count - MESSAGES);
	if (diag_status(diags) > status)
		status = diag_status(diags);
	text_free(&report);
	diag_free(diags);
	return status;
}

/* ---- What is live, and whether that will do */

/* Of a release that is damaged nothing can be used: it counts as none. */
static int read_live(struct live *live, const struct releases *releases, struct diags *diags)
{
	int result = releases_named(&live->id, releases, RELEASES_CURRENT, diags);

	if (result == 0)
		result = disk_enter(&live->folder, &releases->folder, live->id.data, false, diags);
	if (result == 0) {
		result = inventory_read(&live->files, &live->folder, diags);
		live->whole = result == 0;
	}
	return result < 0 ? -1 : 0;
}

static void close_live(struct live *live)
{
	inventory_free(&live->files);
	disk_close(&live->folder);
	text_free(&live->id);
}

static bool is_try_of(const struct outcome_try *attempt, const struct inventory_source *source)
{
	return slice_equal(attempt->commit, source->commit) &&
	       slice_equal(attempt->version, source->version) &&
	       slice_equal(attempt->date, source->date) &&
	       slice_is(attempt->reason, OUTCOME_CONTENT);
}

/* True when the site was rolled back, and the branch is where it was then. */
static int is_pinned(bool *out, const struct bringing *bringing)
{
	struct releases_pin pin = {0};
	int result = releases_read_pin(&pin, bringing->releases, bringing->diags);

	*out = result == 0 && bringing->live.id.size > 0 &&
	       slice_is(text_slice(&pin.id), bringing->live.id.data) &&
	       slice_is(text_slice(&pin.commit), bringing->commit);
	releases_pin_free(&pin);
	return result < 0 ? -1 : 0;
}

/* What is said in any case when it is done by hand, else only with --verbose. */
static void say_idle(const struct bringing *bringing, const char *format)
{
	const struct publishing *publishing = bringing->publishing;

	if (publishing->verbosity > 0 || (publishing->by_hand && publishing->verbosity == 0))
		(void)fprintf(stderr, format, bringing->commit);
}

static void note_good(struct bringing *bringing, const struct text *id)
{
	struct outcome_try *good = &bringing->outcome.good;

	*good = (struct outcome_try){.commit = bringing->source.commit,
		.release = text_slice(id),
		.version = bringing->source.version,
		.date = bringing->source.date};
	outcome_note(&bringing->outcome, good, bringing->diags);
}

/*
 * The branch is live already. A run that was killed behind the switch had not told that yet, nor
 * ended what an earlier rollback has pinned.
 */
static void make_good(struct bringing *bringing)
{
	if (bringing->concept == NULL)
		(void)releases_remove_pin(bringing->releases, bringing->diags);
	if (!slice_equal(bringing->outcome.good.release, text_slice(&bringing->live.id))) {
		note_good(bringing, &bringing->live.id);
		(void)outcome_write(&bringing->outcome, bringing->releases, bringing->diags);
	}
}

/* Decides. Returns 1 when there is nothing to do, with the exit status for that. */
static int is_idle(int *status, struct bringing *bringing)
{
	bool pinned;

	if (bringing->publishing->force)
		return 0;
	if (is_pinned(&pinned, bringing) != 0)
		return -1;
	*status = 0;
	if (pinned) {
		say_idle(bringing, _("draaiboek: the site was rolled back, and the branch is still "
				     "at %.12s: nothing is done; --force publishes it again\n"));
		return 1;
	}
	if (inventory_is_of(&bringing->live.files, &bringing->source)) {
		make_good(bringing);
		say_idle(bringing, bringing->concept != NULL
					   ? _("draaiboek: the preview of %.12s is there already\n")
					   : _("draaiboek: %.12s is live already\n"));
		return 1;
	}
	if (!bringing->publishing->by_hand &&
		is_try_of(&bringing->outcome.failed, &bringing->source)) {
		*status = 1;
		if (bringing->concept == NULL)
			say_idle(bringing, _("draaiboek: %.12s has errors, as status.json says; "
					     "the site stays as it is\n"));
		return 1;
	}
	return 0;
}

/* ---- Building */

/* What the releases that there are say of the time. */
struct latest {
	const struct releases *releases;
	int64_t now;
	int64_t time; /* later than that of any */
	struct diags *diags;
};

static int look_at_time(void *context, const char *id)
{
	struct latest *latest = context;
	struct disk release;
	uint64_t size;
	int64_t time;
	int result = disk_enter(&release, &latest->releases->folder, id, false, latest->diags);

	if (result != 0)
		return result < 0 ? -1 : 0;
	if (disk_look(&size, &time, &release, INVENTORY_NAME) == 0 && time >= latest->time &&
		time - latest->now < AHEAD)
		latest->time = time + 1;
	disk_close(&release);
	return 0;
}

/*
 * The time of new files: later than those of every release, not only the one that is live, which
 * may be an old one again. A server tells two files of a size apart by their time in seconds.
 */
static int time_of_files(int64_t *out, const struct bringing *bringing)
{
	struct latest latest = {.releases = bringing->releases, .diags = bringing->diags};

	latest.now = (int64_t)time(NULL);
	latest.time = latest.now;
	if (releases_list(latest.releases, look_at_time, &latest, bringing->diags) != 0)
		return -1;
	*out = latest.time;
	return 0;
}

/*
 * Reads what is in the spare, when there is one and it may be used; else `*out` is NULL. One that
 * is damaged is removed.
 */
static int read_spare(
	const struct inventory **out, struct inventory *files, const struct bringing *bringing)
{
	const struct disk *folder = &bringing->releases->folder;
	struct disk spare;
	int result = 1;

	*out = NULL;
	if (bringing->concept == NULL && !bringing->publishing->force)
		result = disk_enter(&spare, folder, RELEASE_SPARE, false, bringing->diags);
	if (result != 0)
		return result < 0 ? -1 : 0;
	result = inventory_read(files, &spare, bringing->diags);
	disk_close(&spare);
	if (result == 0)
		*out = files;
	return result > 0 ? disk_remove_all(folder, RELEASE_SPARE, bringing->diags) : result;
}

/* Writes the site into a new release and makes it live. `id` and `counts` for what is said of it.
 */
static int write_release(
	struct text *id, size_t counts[2], struct bringing *bringing, struct build *build)
{
	const bool use_last = bringing->live.whole && !bringing->publishing->force;
	struct release_options options = {
		.releases = &bringing->releases->folder,
		.source = bringing->source,
		.last = use_last ? &bringing->live.folder : NULL,
		.last_files = &bringing->live.files,
		.plain = bringing->concept != NULL, /* few look at it, and somebody waits for it */
	};
	struct diags *diags = bringing->diags;
	struct inventory spare = {0};
	struct release *release = NULL;
	struct sink sink;
	size_t pages;
	int result = releases_next(id, bringing->releases, bringing->source.commit, diags);

	options.id = id->data;
	if (result == 0)
		result = read_spare(&options.spare, &spare, bringing);
	if (result == 0)
		result = time_of_files(&options.time, bringing);
	if (result == 0)
		result = release_open(&release, &options, diags);
	if (result != 0) {
		inventory_free(&spare);
		return -1;
	}
	sink = release_sink(release);
	result = build_write(&pages, build, &sink, diags);
	if (result == 0) {
		progress_phase(&bringing->progress, _("saving"), 0);
		result = release_finish(release, diags);
	}
	release_counts(&counts[0], &counts[1], release);
	release_close(release, diags);
	inventory_free(&spare);
	if (result != 0)
		return -1;
	result = switch_to(
		bringing->releases, id->data, bringing->source.commit, SWITCH_PUBLISH, diags);
	if (result < 0)
		(void)releases_remove(bringing->releases, id->data, diags);
	return result < 0 ? -1 : 0;
}

static double seconds_since(const struct timespec *began)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - began->tv_sec) + (double)(now.tv_nsec - began->tv_nsec) / 1e9;
}

static void note_news(struct bringing *bringing, const struct build *build, const size_t counts[2])
{
	const struct slice url = build->reading.site.url;
	struct text address = {0};

	text_add(&address, url);
	text_printf(&bringing->news,
		_("draaiboek: %zu files are new, %zu are as they were (%.1f s)\n"), counts[0],
		counts[1], seconds_since(&bringing->began));
	text_printf(&bringing->news,
		bringing->concept != NULL ? _("draaiboek: the preview is at %s/\n")
					  : _("draaiboek: live at %s/\n"),
		address.data);
	text_free(&address);
}

/* Returns 0 when it is live, 1 when the content has errors, -1 when it could not be done. */
static int build_and_switch(struct text *id, struct bringing *bringing)
{
	const struct publishing *publishing = bringing->publishing;
	struct build_options options = publishing->build;
	struct build build;
	size_t counts[2];
	int result;

	options.reading.site = publishing->repository;
	options.reading.revision = bringing->commit;
	options.reading.progress = &bringing->progress;
	options.concept = bringing->concept;
	options.tolerant = true;
	if (build_open(&build, &options, bringing->diags) != 0)
		return -1;
	if (!build_may_write(&build))
		result = diag_status(bringing->diags) < 2 ? 1 : -1;
	else
		result = write_release(id, counts, bringing, &build);
	if (result == 0)
		note_news(bringing, &build, counts);
	build_close(&build);
	return result;
}

/* ---- Afterwards */

static void note_failed(struct bringing *bringing, const char *reason)
{
	struct outcome_try *failed = &bringing->outcome.failed;

	*failed = (struct outcome_try){.commit = bringing->source.commit,
		.reason = slice_of(reason),
		.version = bringing->source.version,
		.date = bringing->source.date};
	outcome_note(&bringing->outcome, failed, bringing->diags);
}

static int build_shown(struct text *id, struct bringing *bringing)
{
	const struct publishing *publishing = bringing->publishing;
	struct progress_line *line;
	int result;

	bringing->progress = (struct progress){
		.verbose = publishing->verbosity > 0, .lines = publishing->detached};
	line = publishing->verbosity >= 0 ? progress_start(&bringing->progress) : NULL;
	result = build_and_switch(id, bringing);
	progress_phase(&bringing->progress, NULL, 0);
	progress_stop(line);
	return result;
}

static void publish(struct bringing *bringing)
{
	const struct publishing *publishing = bringing->publishing;
	struct text id = {0};
	int result, rest = 0;

	if (publishing->verbosity >= 0)
		(void)fprintf(stderr,
			bringing->concept != NULL ? _("draaiboek: building the preview of %.12s\n")
						  : _("draaiboek: building %.12s\n"),
			bringing->commit);
	result = build_shown(&id, bringing);
	bringing->live_now = result == 0;
	if (result == 0) {
		note_good(bringing, &id);
		if (bringing->concept == NULL)
			rest = releases_remove_pin(bringing->releases, bringing->diags);
	} else {
		note_failed(bringing, result > 0 ? OUTCOME_CONTENT : OUTCOME_MACHINE);
	}
	if (outcome_write(&bringing->outcome, bringing->releases, bringing->diags) != 0)
		rest = -1;
	if (rest != 0 && result == 0)
		diag_add(bringing->diags, DIAG_RELEASE_UNFINISHED, (struct place){.path = ""},
			id.data, (char *)NULL);
	text_free(&id);
}

int publishing_bring(const struct publishing *publishing, const char *concept, const char *commit)
{
	struct bringing bringing = {.publishing = publishing,
		.concept = concept,
		.commit = commit,
		.releases = publishing->site,
		.diags = diag_new()};
	struct releases own = {.lock = -1};
	int idle = 0, status = 0;

	(void)clock_gettime(CLOCK_MONOTONIC, &bringing.began);
	date_iso(&bringing.date, publishing->build.reading.date);
	bringing.source = (struct inventory_source){
		slice_of(commit), slice_of(DRAAIBOEK_VERSION), text_slice(&bringing.date)};
	if (concept != NULL) {
		idle = releases_open_concept(&own, publishing->site, concept, true, bringing.diags);
		bringing.releases = &own;
	}
	if (idle == 0) {
		outcome_read(&bringing.outcome, bringing.releases);
		idle = read_live(&bringing.live, bringing.releases, bringing.diags);
	}
	if (idle == 0)
		idle = is_idle(&status, &bringing);
	if (idle == 0)
		publish(&bringing);
	status = publishing_tell(status, bringing.diags, publishing->verbosity);
	/* Of errors in a region's own pages that it went live with, the messages have told. */
	if (bringing.live_now && status == 1)
		status = 0;
	if (bringing.news.size > 0 && publishing->verbosity >= 0)
		(void)fputs(bringing.news.data, stderr);
	releases_close(&own);
	close_live(&bringing.live);
	outcome_free(&bringing.outcome);
	text_free(&bringing.date);
	text_free(&bringing.news);
	return status;
}

/* What pruning a preview needs. */
struct tidying {
	const struct publishing *publishing;
	struct diags *diags;
};

static int tidy_concept(void *context, const char *name)
{
	const struct tidying *tidying = context;
	struct releases concept;
	int result = releases_open_concept(
		&concept, tidying->publishing->site, name, false, tidying->diags);

	if (result == 0) {
		result = switch_prune(&concept, CONCEPT_KEEP, tidying->diags);
		releases_close(&concept);
	}
	return result < 0 ? -1 : 0;
}

int publishing_tidy(const struct publishing *publishing)
{
	struct tidying tidying = {publishing, diag_new()};

	if (switch_prune(publishing->site, publishing->keep, tidying.diags) == 0)
		(void)releases_concepts(publishing->site, tidy_concept, &tidying, tidying.diags);
	return publishing_tell(0, tidying.diags, publishing->verbosity);
}

int publishing_take_away(const struct publishing *publishing, const char *concept)
{
	struct diags *diags = diag_new();

	if (releases_remove_concept(publishing->site, concept, diags) == 0 &&
		publishing->verbosity >= 0)
		(void)fprintf(
			stderr, _("draaiboek: the preview %s is gone, with its branch\n"), concept);
	return publishing_tell(0, diags, publishing->verbosity);
}
