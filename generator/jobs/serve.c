/*
 * One loop: wait for a change, let it come to rest, build into a folder of its own, show what came
 * of it. The server and the watch have threads of their own.
 *
 * Signals that end the program are blocked but while the loop waits, so that they end the wait and
 * interrupt no build; no handler has to reach the loop's state.
 */
#include "jobs/serve.h"

#include <errno.h>
#include <ftw.h>
#include <libintl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "check/report.h"
#include "jobs/http.h"
#include "jobs/preview.h"
#include "jobs/watch.h"

#define _(text) gettext(text)
#define QUIET_TIME 50	 /* milliseconds without an event, after which a save is taken to be over */
#define LONGEST_WAIT 300 /* milliseconds after the first event */
#define TICK 1000
#define MOST_FOLDERS 6

struct serve {
	const struct serve_options *options;
	char *output;		     /* the temporary folder; NULL until it is made */
	char *folders[MOST_FOLDERS]; /* that are watched */
	size_t folder_count;
	uint64_t state; /* of the watched files at the last build */
	struct preview *preview;
	struct http *http;
	struct watch *watch;
	sigset_t waiting;   /* the signals that are blocked while the loop waits */
	bool told;	    /* it was said that files are looked at every second */
	struct text report; /* the messages of the last build */
};

enum wait { WAIT_NOTHING, WAIT_CHANGE, WAIT_END };

/* ---- Signals */

static void ignore_signal(int signal)
{
	(void)signal;
}

/* What a job changes of the program's signals, to be put back. */
struct signals {
	sigset_t mask;
	struct sigaction actions[4];
};

static const int endings[] = {SIGINT, SIGTERM, SIGHUP};

/* Blocks the signals that end the program; `waiting` gets those that stay blocked in a wait. */
static void take_signals(struct signals *before, sigset_t *waiting)
{
	struct sigaction action = {.sa_handler = ignore_signal};
	sigset_t blocked;

	sigemptyset(&blocked);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		sigaddset(&blocked, endings[i]);
		sigaction(endings[i], &action, &before->actions[i]);
	}
	action.sa_handler = SIG_IGN; /* a terminal that is gone is no reason to leave files */
	sigaction(SIGPIPE, &action, &before->actions[ARRAY_LEN(endings)]);
	pthread_sigmask(SIG_BLOCK, &blocked, &before->mask);
	*waiting = before->mask;
	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		sigdelset(waiting, endings[i]);
}

static void put_back_signals(const struct signals *before)
{
	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		sigaction(endings[i], &before->actions[i], NULL);
	sigaction(SIGPIPE, &before->actions[ARRAY_LEN(endings)], NULL);
	pthread_sigmask(SIG_SETMASK, &before->mask, NULL);
}

/* ---- The temporary folder */

static int remove_visited(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

/* Makes a folder that only this user can enter. */
static int make_output(struct serve *serve, struct diags *diags)
{
	const char *parent = getenv("TMPDIR");
	struct text path = {0};

	text_printf(&path, "%s/draaiboek-XXXXXX",
		parent != NULL && parent[0] != '\0' ? parent : "/tmp");
	if (mkdtemp(path.data) == NULL) {
		diag_io(diags, path.data, errno);
		text_free(&path);
		return -1;
	}
	serve->output = path.data;
	return 0;
}

static void remove_output(struct serve *serve)
{
	if (serve->output == NULL)
		return;
	(void)nftw(serve->output, remove_visited, 32, FTW_DEPTH | FTW_PHYS);
	free(serve->output);
	serve->output = NULL;
}

/* ---- What is watched */

static void add_folder(struct serve *serve, const char *parent, const char *name)
{
	struct text path = {0};

	text_printf(&path, "%s/%s", parent, name);
	serve->folders[serve->folder_count++] = path.data;
}

/* What a site is read from; the log of git too, since pages show when they were changed. */
static void list_folders(struct serve *serve)
{
	const struct build_options *build = &serve->options->build;

	add_folder(serve, build->reading.site, "content");
	add_folder(serve, build->reading.site, "playbooks");
	add_folder(serve, build->reading.site, "themes");
	add_folder(serve, build->reading.site, ".git/logs");
	add_folder(serve, build->reading.share, "themes");
	add_folder(serve, build->reading.share, "soorten");
}

static uint64_t current_state(const struct serve *serve)
{
	return watch_state((const char *const *)serve->folders, serve->folder_count);
}

/* ---- Building and telling */

static double seconds_now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Prints the messages, unless they are the ones that were printed last. */
static void print_messages(struct serve *serve, struct diags *messages)
{
	struct text report = {0};

	report_text(&report, messages, serve->options->quiet ? DIAG_ERROR : DIAG_TIP);
	if (report.size > 0 && !slice_equal(text_slice(&report), text_slice(&serve->report)))
		(void)fwrite(report.data, 1, report.size, stderr);
	text_free(&serve->report);
	serve->report = report;
}

static void print_result(struct serve *serve, const struct build_result *result,
	struct diags *messages, double seconds)
{
	time_t moment = time(NULL);
	struct tm local = {0};
	char clock[16] = "";

	print_messages(serve, messages);
	localtime_r(&moment, &local);
	(void)strftime(clock, sizeof(clock), "%H:%M:%S", &local);
	if (!result->built)
		(void)fprintf(stderr,
			_("%s  not made because of errors (%zu); the last good site stays\n"),
			clock, diag_count(messages, DIAG_ERROR) + diag_count(messages, DIAG_FATAL));
	else if (!serve->options->quiet)
		(void)printf(_("%s  made in %.2f s: %zu pages, %zu files changed, %zu removed\n"),
			clock, seconds, result->pages, result->written, result->removed);
	(void)fflush(stdout);
}

/* Builds the site as it stands, and shows what comes of it. */
static void rebuild(struct serve *serve)
{
	struct build_options options = serve->options->build;
	struct build_result result = {0};
	struct preview_site site = {.messages = diag_new()};
	double start = seconds_now();

	options.output = serve->output;
	options.tolerant = true;
	options.preview = true;
	/* Before the build: what changes during it is built after it. */
	serve->state = current_state(serve);
	(void)job_build(&result, &options, site.messages);
	site.built = result.built;
	site.changed = result.written + result.removed > 0;
	if (preview_show(serve->preview, &site))
		http_announce(serve->http, preview_version(serve->preview));
	print_result(serve, &result, site.messages, seconds_now() - start);
	diag_free(site.messages);
}

/* ---- The loop */

/* Waits for a signal that ends the program, a change, or so many milliseconds. */
static enum wait wait_for(const struct serve *serve, long patience)
{
	struct timespec time = {patience / 1000, patience % 1000 * 1000000};
	int descriptor = watch_descriptor(serve->watch);
	fd_set readable;
	int count;

	FD_ZERO(&readable);
	FD_SET(descriptor, &readable);
	count = pselect(descriptor + 1, &readable, NULL, NULL, &time, &serve->waiting);
	if (count < 0)
		return WAIT_END;
	return count > 0 ? WAIT_CHANGE : WAIT_NOTHING;
}

/* Takes the events that come shortly after each other. */
static enum wait let_settle(const struct serve *serve)
{
	double start = seconds_now();
	enum wait wait;

	do {
		watch_clear(serve->watch);
		wait = wait_for(serve, QUIET_TIME);
	} while (wait == WAIT_CHANGE && (seconds_now() - start) * 1000 < LONGEST_WAIT);
	return wait;
}

/* Says, once, when files are looked at every second. */
static void say_polling(struct serve *serve)
{
	if (serve->told || !watch_is_polling(serve->watch))
		return;
	serve->told = true;
	(void)fprintf(stderr, "draaiboek: %s\n",
		_("the system cannot watch these folders; they are looked at every second"));
}

static void loop(struct serve *serve)
{
	enum wait wait;

	while ((wait = wait_for(serve, TICK)) != WAIT_END) {
		http_tick(serve->http);
		say_polling(serve);
		if (wait != WAIT_CHANGE)
			continue;
		if (let_settle(serve) == WAIT_END)
			break;
		if (current_state(serve) != serve->state)
			rebuild(serve);
	}
}

/* ---- Start and end */

/* Is there a site at all? If not, the build says so best. */
static int find_site(const struct serve *serve, struct diags *diags)
{
	struct build_options options = serve->options->build;
	struct text path = {0};
	struct stat status;
	bool there;

	text_printf(&path, "%s/content/site.yml", options.reading.site);
	there = stat(path.data, &status) == 0;
	text_free(&path);
	if (there)
		return 0;
	options.output = NULL;
	(void)job_build(NULL, &options, diags);
	return diag_status(diags) == 2 ? -1 : 0;
}

static int open_all(struct serve *serve, struct diags *diags)
{
	struct http_options options = {.port = serve->options->port, .answer = preview_answer};

	if (find_site(serve, diags) != 0 || make_output(serve, diags) != 0 ||
		preview_open(&serve->preview, serve->output, diags) != 0)
		return -1;
	options.context = serve->preview;
	list_folders(serve);
	return http_open(&serve->http, &options, diags) == 0 &&
			       watch_open(&serve->watch, (const char *const *)serve->folders,
				       serve->folder_count, diags) == 0
		       ? 0
		       : -1;
}

static void close_all(struct serve *serve)
{
	watch_close(serve->watch);
	http_close(serve->http);
	preview_free(serve->preview);
	remove_output(serve);
	text_free(&serve->report);
	for (size_t i = 0; i < serve->folder_count; i++)
		free(serve->folders[i]);
}

int job_serve(const struct serve_options *options, struct diags *diags)
{
	struct serve serve = {.options = options};
	struct signals before;
	int result = -1;

	take_signals(&before, &serve.waiting);
	if (open_all(&serve, diags) != 0)
		goto out;
	rebuild(&serve);
	/* Even when quiet: nobody could find a port that was chosen here. */
	(void)printf(_("draaiboek: the site is at http://localhost:%u/ (Ctrl-C stops)\n"),
		http_port(serve.http));
	(void)fflush(stdout);
	loop(&serve);
	result = 0;
out:
	close_all(&serve);
	put_back_signals(&before);
	return result;
}
