/*
 * Two processes, which share nothing but the log: the one that builds never writes to the pusher's
 * connection, so nothing that happens to that can stop it. The lock is taken before they part, and
 * goes with the one that builds.
 */
#include "jobs/post_receive.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/disk.h"
#include "input/hub.h"
#include "input/repository.h"
#include "jobs/publishing.h"
#include "output/releases.h"

#define _(text) gettext(text)
#define LOOK_MS 100 /* how often the log is looked at */
#define LOG_LIMIT ((off_t)1 << 20)
#define INPUT_LIMIT ((size_t)16 << 20)

/* ---- What was pushed */

/* All of standard input is read, also when there is too much: git would not like a closed pipe. */
static void read_input(struct text *out)
{
	char buffer[4096];
	ssize_t size;

	do {
		size = read(STDIN_FILENO, buffer, sizeof(buffer));
		if (size > 0 && out->size < INPUT_LIMIT)
			text_add(out, (struct slice){buffer, (size_t)size});
	} while (size > 0 || (size < 0 && errno == EINTR));
}

/* True when one of the lines is of a branch that is published. */
static bool is_published(struct slice lines, const char *published)
{
	struct text name = {0};
	struct slice line;
	bool any = false;

	while (!any && slice_next_line(&line, &lines)) {
		size_t end = slice_find(line, ' ');
		struct slice rest = slice_from(line, end < line.size ? end + 1 : end);

		end = slice_find(rest, ' ');
		text_clear(&name);
		text_add(&name, slice_from(rest, end < rest.size ? end + 1 : end));
		any = strcmp(name.data, published) == 0 ||
		      (slice_starts(text_slice(&name), PUBLISH_CONCEPTS) &&
			      releases_is_concept(name.data + strlen(PUBLISH_CONCEPTS)));
	}
	text_free(&name);
	return any;
}

/* The setting draaiboek.to of the repository at `path`. */
static int find_target(struct text *out, const char *path, struct diags *diags)
{
	struct repository *repository;
	int result = repository_open(&repository, path, false, diags);

	if (result > 0)
		diag_add(diags, DIAG_PUBLISH_REPOSITORY, (struct place){.path = ""}, path,
			(char *)NULL);
	if (result != 0)
		return -1;
	result = hub_setting(out, repository, HUB_TO);
	if (result != 0 || out->data[0] != '/') {
		diag_add(diags, DIAG_PUBLISH_SETTING, (struct place){.path = ""},
			repository_path(repository), (char *)NULL);
		result = -1;
	}
	repository_free(repository);
	return result;
}

/* ---- The two processes */

/* Opens the log to append to; an old one that has grown large starts anew. */
static int open_log(int *out, off_t *end, const struct releases *site, struct diags *diags)
{
	struct stat status;
	int fd = openat(site->root.fd, RELEASES_LOG,
		O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0644);

	if (fd < 0)
		return disk_fail(diags, &site->root, RELEASES_LOG, errno);
	if (fstat(fd, &status) != 0 ||
		(status.st_size > LOG_LIMIT &&
			(ftruncate(fd, 0) != 0 || fstat(fd, &status) != 0))) {
		int error = errno;

		(void)close(fd);
		return disk_fail(diags, &site->root, RELEASES_LOG, error);
	}
	*out = fd;
	*end = status.st_size;
	return 0;
}

/* Shows what the log got behind `*at`. */
static void show_log(int log, off_t *at)
{
	char buffer[4096];
	ssize_t size;

	while ((size = pread(log, buffer, sizeof(buffer), *at)) > 0) {
		*at += size;
		(void)fwrite(buffer, 1, (size_t)size, stderr);
	}
	(void)fflush(stderr);
}

/*
 * Shows the log until all is live, or the builder has ended without that. Returns the exit status.
 */
static int watch_builder(pid_t builder, int end_of_builder, int log, off_t at)
{
	struct pollfd end = {.fd = end_of_builder, .events = POLLIN};
	int status = 0, ready;
	char byte;

	do {
		ready = poll(&end, 1, LOOK_MS);
		show_log(log, &at);
	} while (ready == 0 || (ready < 0 && errno == EINTR));
	if (read(end_of_builder, &byte, 1) == 1) {
		show_log(log, &at);
		return byte;
	}
	while (waitpid(builder, &status, 0) < 0 && errno == EINTR)
		;
	show_log(log, &at);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

/* Cuts the builder loose from the pusher. */
static int detach(int log, struct diags *diags)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(log, STDOUT_FILENO) < 0 ||
		dup2(log, STDERR_FILENO) < 0)
		return diag_io(diags, "/dev/null", errno);
	(void)close(nothing);
	(void)setsid();
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	return 0;
}

/* Parts, and does the work of either. The lock is held, and is not any more. */
static int part(int *status, struct releases *site, struct publishing *publishing,
	const struct publish_place *place, struct diags *diags)
{
	int log, ends[2];
	off_t at;
	pid_t builder;
	int result = 0;

	if (open_log(&log, &at, site, diags) != 0)
		return -1;
	if (pipe(ends) != 0) {
		result = diag_io(diags, "draaiboek hooks post-receive", errno);
		(void)close(log);
		return result;
	}
	(void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	(void)fflush(NULL);
	builder = fork();
	if (builder < 0) {
		result = diag_io(diags, "draaiboek hooks post-receive", errno);
	} else if (builder == 0) {
		(void)close(ends[0]);
		publishing->announce = ends[1];
		result = detach(log, diags);
		if (result == 0)
			*status = publish_rounds(publishing, site, place, true);
		/* The other end sees this one close when the process ends. */
		(void)close(log);
		return result;
	} else {
		(void)close(ends[1]);
		ends[1] = -1;
		releases_hand_over(site);
		*status = watch_builder(builder, ends[0], log, at);
	}
	(void)close(ends[0]);
	if (ends[1] >= 0)
		(void)close(ends[1]);
	(void)close(log);
	return result;
}

/* Asks for a build, and sees to it when nobody else will. */
static int publish_push(int *status, struct releases *site, const struct publish_options *options,
	const struct publish_place *place, struct slice pushed, struct diags *diags)
{
	struct publishing publishing = {.build = options->build,
		.repository = place->repository.data,
		.site = site,
		.keep = options->keep > 0 ? options->keep : RELEASES_KEEP,
		.pushed = pushed,
		.detached = true,
		.verbosity = options->verbosity};
	int busy;

	if (releases_request(site, diags) != 0)
		return -1;
	busy = releases_lock(site, RELEASES_SHORT, true, diags);
	if (busy < 0)
		return -1;
	if (busy == 0)
		return part(status, site, &publishing, place, diags);
	(void)fprintf(stderr, "%s", _("draaiboek: a build is under way, and will include this\n"));
	return 0;
}

int job_post_receive(int *status, const struct publish_options *options, struct diags *diags)
{
	struct publish_options own = *options;
	struct publish_place place = {0};
	struct releases site;
	struct text input = {0}, to = {0};
	int result;

	*status = 0;
	(void)umask(022);
	read_input(&input);
	own.repository = getenv("GIT_DIR");
	if (own.repository == NULL)
		own.repository = ".";
	result = find_target(&to, own.repository, diags);
	own.to = to.data;
	if (result == 0)
		result = publish_find(&place, &own, diags);
	if (result == 0 && is_published(text_slice(&input), place.reference.data)) {
		result = releases_open(&site, own.to, true, diags);
		if (result == 0) {
			result = publish_push(
				status, &site, &own, &place, text_slice(&input), diags);
			releases_close(&site);
		}
	}
	publish_place_free(&place);
	text_free(&input);
	text_free(&to);
	return result;
}
