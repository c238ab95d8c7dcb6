/*
 * All work is done in a child process that is watched (jobs/watchdog), and says itself what is
 * wrong; the parent has the last word. It says no unless the child has said yes.
 *
 * Objects of the push are seen through input/repository, which knows git's quarantine. libgit2
 * would write past that quarantine: nothing here, or below, writes.
 */
#include "jobs/receive.h"

#include <errno.h>
#include <libintl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/text.h"
#include "base/unicode.h"
#include "check/report.h"
#include "input/hub.h"
#include "input/repository.h"
#include "jobs/build.h"
#include "jobs/language.h"
#include "jobs/push.h"
#include "jobs/touched.h"
#include "jobs/verdict.h"
#include "jobs/watchdog.h"
#include "model/links.h"

#define _(text) gettext(text)

#define INPUT_LIMIT ((size_t)16 << 20) /* bytes of what git says: some 100,000 names */
#define LINES 50		       /* that an editor reads of one branch */
#define WARNINGS 5		       /* of those, when there is no error */
#define THREADS 8		       /* a push is not the only thing that a server does */
#define SECONDS 30
#define MOST_SECONDS 3600
#define MEMORY ((uint64_t)2 << 30)
#define DIGITS 40
#define PREVIEW_NAME 63 /* letters of a branch behind concept/ */

/* How the child ends. */
enum { ACCEPTED, REFUSED, BROKEN, SPEAKS_ENGLISH = 8 };

/* A line of what git says. */
struct change {
	struct slice name; /* "refs/heads/main" */
	unsigned char old[20];
	unsigned char new[20];
	bool makes;   /* there is no old one */
	bool deletes; /* there is no new one */
};

struct receive {
	const struct receive_options *options;
	const char *path; /* of the repository */
	struct text input;
	struct text published; /* full name */
	struct repository *repository;
	struct diag_watch *watch;
	bool english;
	bool broken; /* the fault is not the editor's */
};

/* ---- What the editor hears */

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void say(const char *format, ...)
{
	va_list arguments;

	(void)fputs("draaiboek: ", stderr);
	va_start(arguments, format);
	(void)vfprintf(stderr, format, arguments);
	va_end(arguments);
	(void)fputc('\n', stderr);
}

static void say_line(const struct diag *diag)
{
	struct text line = {0};

	report_line(&line, diag);
	(void)fwrite(line.data, 1, line.size, stderr);
	text_free(&line);
}

/* Prints the first of the messages; returns how many there were more. */
static size_t say_some(const struct diag *const *list, size_t count, size_t most)
{
	for (size_t i = 0; i < count && i < most; i++)
		say_line(list[i]);
	return count > most ? count - most : 0;
}

/* Prints messages of at least this level, and how many there were more. */
static void say_all(struct diags *diags, enum diag_level least)
{
	size_t count, chosen = 0, more;
	const struct diag *all = diag_sorted(diags, &count);
	const struct diag **list = mem_new(count, sizeof(struct diag *));

	for (size_t i = 0; i < count; i++)
		if (all[i].level >= least)
			list[chosen++] = &all[i];
	more = say_some(list, chosen, LINES);
	if (more > 0)
		say(_("and %zu more"), more);
	free(list);
}

/* "3 errors" */
static const char *count_errors(struct text *out, size_t count)
{
	text_clear(out);
	if (count == 1)
		text_puts(out, _("1 error"));
	else
		text_printf(out, _("%zu errors"), count);
	return out->data;
}

/* ---- One branch */

/* "concept/nieuw 1a2b3c4d5e6f", which are letters that git and draaiboek have judged. */
static void name_commit(struct text *out, const struct change *change)
{
	char digits[DIGITS + 1];
	struct slice name = change->name;

	if (slice_starts(name, "refs/heads/"))
		name = slice_from(name, strlen("refs/heads/"));
	hub_digits(digits, change->new);
	text_add(out, name);
	text_printf(out, " %.12s", digits);
}

/* True when the program, not the editor, has to mend what is wrong. */
static bool is_internal(struct diags *diags)
{
	size_t count;
	const struct diag *all = diag_sorted(diags, &count);

	for (size_t i = 0; i < count; i++)
		if (all[i].level == DIAG_FATAL &&
			(all[i].code == DIAG_IO || all[i].code == DIAG_RECEIVE_LINE ||
				(all[i].code >= DIAG_GIT && all[i].code <= DIAG_TREE_DAMAGED)))
			return true;
	return false;
}

/* Nothing can be told of this revision but why. */
static int refuse_whole(struct receive *receive, struct diags *diags)
{
	say_all(diags, DIAG_ERROR);
	receive->broken = receive->broken || is_internal(diags);
	return REFUSED;
}

/* True of what is wrong with the tree as a whole, whatever path was one too many. */
static bool is_of_tree(const struct diag *diag)
{
	return diag->code == DIAG_TREE_ENTRIES || diag->code == DIAG_TREE_TOTAL;
}

/* Lists the errors that the push brings: what explains the others goes first. */
static void say_brought(struct diags *diags, const struct verdict *verdict)
{
	size_t count, chosen = 0, more;
	const struct diag *all = diag_sorted(diags, &count);
	const struct diag **list = mem_new(count, sizeof(struct diag *));

	for (size_t pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < count; i++)
			if (all[i].level >= DIAG_ERROR && verdict->shares[i] == VERDICT_BROUGHT &&
				is_of_tree(&all[i]) == (pass == 0))
				list[chosen++] = &all[i];
	more = say_some(list, chosen, LINES);
	if (more > 0)
		say(_("and %zu more errors"), more);
	free(list);
}

/* Lists the first warnings about files that the push changes. */
static void say_warnings(const struct push *push, struct diags *diags)
{
	size_t count, chosen = 0, more;
	const struct diag *all = diag_sorted(diags, &count);
	const struct diag **list = mem_new(count, sizeof(struct diag *));

	for (size_t i = 0; i < count; i++)
		if (all[i].level == DIAG_WARNING && push_changes(push, slice_of(all[i].place.path)))
			list[chosen++] = &all[i];
	more = say_some(list, chosen, WARNINGS);
	if (more > 0)
		say(_("and %zu more warnings in what you pushed; see them with: draaiboek check"),
			more);
	free(list);
}

static void say_found(const struct verdict *verdict, bool will_publish)
{
	struct text errors = {0};

	if (verdict->counts[VERDICT_FOUND] > 0) {
		say(_("%s stood there before, which do not stop this push"),
			count_errors(&errors, verdict->counts[VERDICT_FOUND]));
		if (!will_publish)
			say(_("the site stays as it is until those are mended; see them with: "
			      "draaiboek check"));
	}
	text_free(&errors);
}

/* The errors of the commit that is compared with. */
static struct diags *read_before(const struct receive *receive, const unsigned char *commit,
	const struct build_options *options)
{
	struct diags *diags = diag_new();
	char digits[DIGITS + 1];
	struct build_options before = *options;
	struct build build;

	hub_digits(digits, commit);
	before.reading.revision = digits;
	before.reading.language = receive->english ? "en" : "nl";
	diag_watch(diags, receive->watch);
	if (build_open(&build, &before, diags) == 0)
		build_close(&build);
	return diags;
}

static int decide(struct receive *receive, const struct change *change, const struct push *push,
	struct diags *diags, const struct build_options *options)
{
	struct diags *before = NULL, *notes = diag_new();
	struct verdict verdict;
	struct text name = {0}, errors = {0};
	int status = REFUSED;

	if (push->before != NULL && diag_status(diags) > 0)
		before = read_before(receive, push->before, options);
	verdict_make(&verdict, push, diags, before);
	name_commit(&name, change);
	if (verdict.counts[VERDICT_BROUGHT] > 0) {
		say_brought(diags, &verdict);
		say(_("%s: %s in this push"), name.data,
			count_errors(&errors, verdict.counts[VERDICT_BROUGHT]));
		say_found(&verdict, true);
	} else {
		touched_find(notes, push, diags, &verdict);
		say_all(notes, DIAG_TIP);
		say_warnings(push, diags);
		say(_("%s is right: %zu pages checked"), name.data,
			push->build->reading.site.page_count);
		say_found(&verdict, build_may_write(push->build));
		status = ACCEPTED;
	}
	receive->broken = receive->broken || is_internal(diags);
	verdict_free(&verdict);
	diag_free(before);
	diag_free(notes);
	text_free(&name);
	text_free(&errors);
	return status;
}

/* Reads the revision and judges it. `before` may be NULL. */
static int judge(struct receive *receive, const struct change *change, const unsigned char *before)
{
	char digits[DIGITS + 1];
	size_t threads = pool_default_size();
	struct build_options options = {.tolerant = true,
		.reading = {.site = receive->path,
			.revision = digits,
			.share = receive->options->share,
			.date = receive->options->date,
			.threads = threads < THREADS ? threads : THREADS,
			.without_history = true}};
	struct diags *diags = diag_new();
	struct build build;
	struct push push = {.build = &build, .before = before, .diags = diags};
	struct text name = {0};
	int status;

	hub_digits(digits, change->new);
	diag_watch(diags, receive->watch);
	push.small = before != NULL && hub_is_small(receive->repository, change->new, before);
	if (build_open(&build, &options, diags) != 0) {
		status = refuse_whole(receive, diags);
		name_commit(&name, change);
		say(_("%s cannot be checked any further"), name.data);
	} else {
		receive->english = slice_is(build.reading.site.language, "en");
		status = decide(receive, change, &push, diags, &options);
		build_close(&build);
	}
	text_free(&name);
	diag_free(diags);
	return status;
}

/* ---- The rules on names and commits */

/* Says one thing and refuses. */
static int refuse(
	struct receive *receive, enum diag_code code, struct slice what, const char *other)
{
	struct diags *diags = diag_new();
	char *shown = mem_copy(what.data, what.size);
	int status;

	diag_add(diags, code, (struct place){.path = ""}, shown, other, (char *)NULL);
	status = refuse_whole(receive, diags);
	free(shown);
	diag_free(diags);
	return status;
}

static void say_kept(struct slice name)
{
	struct diags *diags = diag_new();
	char *shown = mem_copy(name.data, name.size);

	diag_add(diags, DIAG_RECEIVE_KEPT, (struct place){.path = ""}, shown, (char *)NULL);
	say_all(diags, DIAG_TIP);
	free(shown);
	diag_free(diags);
}

static bool is_preview_name(struct slice name)
{
	return name.size > 0 && name.size <= PREVIEW_NAME && links_is_slug(name);
}

static int refuse_name(struct receive *receive, struct slice name)
{
	struct text better = {0};
	int status;

	unicode_slug(&better, name);
	if (better.size > PREVIEW_NAME)
		better.size = PREVIEW_NAME;
	if (better.size == 0)
		text_puts(&better, "voorstel");
	better.data[better.size] = '\0';
	status = refuse(receive, DIAG_RECEIVE_NAME, name, better.data);
	text_free(&better);
	return status;
}

/* The rules for what is published alone. */
static int check_published(struct receive *receive, const struct change *change)
{
	int follows;

	if (change->deletes)
		return refuse(receive, DIAG_RECEIVE_DELETE, change->name, "");
	if (change->makes || hub_is_set(receive->repository, HUB_BACK))
		return ACCEPTED;
	follows = hub_follows(receive->repository, change->new, change->old);
	if (follows < 0)
		return refuse(receive, DIAG_HISTORY_DAMAGED, slice_of(receive->path), "");
	return follows == 1 ? ACCEPTED : refuse(receive, DIAG_RECEIVE_FORCED, change->name, "");
}

/* What a preview's new revision is compared with: the branch itself, or what is published. */
static const unsigned char *find_base(
	unsigned char *room, const struct receive *receive, const struct change *change)
{
	if (!change->makes)
		memcpy(room, change->old, 20);
	else if (hub_find(room, receive->repository, receive->published.data, NULL) != 0)
		return NULL;
	return hub_is_commit(receive->repository, room) ? room : NULL;
}

static int take(struct receive *receive, const struct change *change)
{
	bool published = slice_equal(change->name, text_slice(&receive->published));
	unsigned char base[20];
	struct slice preview;

	if (!published && !slice_starts(change->name, RECEIVE_PREVIEWS)) {
		say_kept(change->name);
		return ACCEPTED;
	}
	if (published) {
		int status = change->deletes || hub_is_commit(receive->repository, change->new)
				     ? check_published(receive, change)
				     : ACCEPTED;

		if (status != ACCEPTED)
			return status;
	} else {
		preview = slice_from(change->name, strlen(RECEIVE_PREVIEWS));
		if (change->deletes)
			return ACCEPTED;
		if (!is_preview_name(preview))
			return refuse_name(receive, preview);
	}
	if (!hub_is_commit(receive->repository, change->new))
		return refuse(receive, DIAG_RECEIVE_KIND, change->name, "");
	return judge(receive, change, find_base(base, receive, change));
}

/* ---- What git says */

static int read_id(unsigned char *out, bool *none, struct slice *line)
{
	char digits[DIGITS + 1] = {0};

	if (line->size <= DIGITS || line->data[DIGITS] != ' ')
		return -1;
	memcpy(digits, line->data, DIGITS);
	*line = slice_from(*line, DIGITS + 1);
	*none = strspn(digits, "0") == DIGITS;
	return repository_id(out, digits);
}

static int read_change(struct change *out, struct slice line)
{
	struct change change = {0};

	if (read_id(change.old, &change.makes, &line) != 0 ||
		read_id(change.new, &change.deletes, &line) != 0 || line.size == 0)
		return -1;
	change.name = line;
	*out = change;
	return 0;
}

/* Judges every line; a branch that is refused does not keep the others from being read. */
static int take_all(struct receive *receive)
{
	struct slice rest = text_slice(&receive->input), line;
	int status = ACCEPTED;

	while (slice_next_line(&line, &rest)) {
		struct change change;
		int one;

		if (read_change(&change, line) != 0)
			one = refuse(receive, DIAG_RECEIVE_LINE, line, "");
		else
			one = take(receive, &change);
		status = one != ACCEPTED ? one : status;
	}
	return status;
}

/* The child. */
static int work(void *context, struct diag_watch *watch)
{
	struct receive *receive = context;
	struct diags *diags = diag_new();
	int status = BROKEN;

	receive->watch = watch;
	if (repository_open(&receive->repository, receive->path, false, diags) == 0 &&
		hub_published(&receive->published, receive->repository, diags) == 0)
		status = repository_is_shallow(receive->repository)
				 ? refuse(receive, DIAG_GIT_SHALLOW, slice_of(receive->path), "")
				 : take_all(receive);
	say_all(diags, DIAG_ERROR);
	if (receive->broken)
		status = BROKEN;
	repository_free(receive->repository);
	text_free(&receive->published);
	diag_free(diags);
	return status | (receive->english ? SPEAKS_ENGLISH : 0);
}

/* ---- The parent */

/* Reads standard input to its end, also when there is too much of it: git waits for that. */
static int read_input(struct text *out, struct diags *diags)
{
	char piece[8192];
	bool fits = true;
	ssize_t size;

	while ((size = read(STDIN_FILENO, piece, sizeof(piece))) != 0) {
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return diag_io(diags, "stdin", errno);
		fits = fits && out->size + (size_t)size <= INPUT_LIMIT;
		if (fits)
			text_add(out, (struct slice){piece, (size_t)size});
	}
	return fits ? 0 : diag_io(diags, "stdin", EFBIG);
}

/* How long the checks may take, by the repository's settings. */
static int find_limits(
	struct watchdog_limits *out, const struct receive *receive, struct diags *diags)
{
	struct repository *repository;
	struct text setting = {0};
	int seconds = SECONDS;
	int status = repository_open(&repository, receive->path, false, diags);

	if (status != 0) {
		if (status == 1)
			diag_add(diags, DIAG_GIT_NONE, (struct place){.path = ""}, receive->path,
				(char *)NULL);
		return -1;
	}
	if (hub_setting(&setting, repository, HUB_SECONDS) == 0)
		seconds = slice_number(text_slice(&setting));
	if (seconds < 1 || seconds > MOST_SECONDS)
		seconds = SECONDS;
	*out = (struct watchdog_limits){.seconds = (unsigned)seconds, .memory = MEMORY};
	text_free(&setting);
	repository_free(repository);
	return 0;
}

/* The last word, when the child has not said yes. */
static void conclude(const struct watchdog_report *report, const struct watchdog_limits *limits,
	struct diags *diags)
{
	struct place nowhere = {.path = ""};
	struct text seconds = {0};

	text_number(&seconds, limits->seconds);
	if (report->end == WATCHDOG_DONE) {
		language_use((report->status & SPEAKS_ENGLISH) != 0 ? "en" : "nl");
		if ((report->status & ~SPEAKS_ENGLISH) == REFUSED)
			diag_add(diags, DIAG_RECEIVE_REFUSED, nowhere, (char *)NULL);
		else if ((report->status & ~SPEAKS_ENGLISH) != ACCEPTED)
			diag_add(diags, DIAG_RECEIVE_BROKEN, nowhere, (char *)NULL);
	} else {
		struct place place = {.path = report->several ? "" : report->file};

		diag_add(diags,
			report->end == WATCHDOG_LATE ? DIAG_RECEIVE_LATE : DIAG_RECEIVE_DEAD, place,
			seconds.data, (char *)NULL);
	}
	text_free(&seconds);
}

int job_receive(const struct receive_options *options, struct diags *diags)
{
	const char *folder = getenv("GIT_DIR");
	char *path = realpath(folder != NULL ? folder : ".", NULL);
	struct receive receive = {.options = options, .path = path};
	struct watchdog_limits limits;
	struct watchdog_report report;

	if (read_input(&receive.input, diags) == 0 && path == NULL)
		diag_io(diags, folder != NULL ? folder : ".", errno);
	if (diag_status(diags) == 0 && find_limits(&limits, &receive, diags) == 0) {
		if (watchdog_run(&report, &limits, work, &receive) != 0)
			diag_io(diags, "fork", errno);
		else
			conclude(&report, &limits, diags);
	}
	if (diag_status(diags) == 2 && diag_count(diags, DIAG_ERROR) == 0)
		diag_add(diags, DIAG_RECEIVE_BROKEN, (struct place){.path = ""}, (char *)NULL);
	text_free(&receive.input);
	free(path);
	return diag_status(diags) == 0 ? 0 : -1;
}
