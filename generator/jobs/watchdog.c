/*
 * The child says that it has done its work by a word in memory that is shared, not by its exit
 * status alone: a library that calls exit(0) is not taken for a yes.
 *
 * Its memory is limited by RLIMIT_DATA, which Linux counts over all that is private and can be
 * written to. RLIMIT_AS would count the packs that libgit2 maps too, and what the allocator only
 * reserves for its threads: the size of a repository says nothing of what the checks need.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "jobs/watchdog.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"

#define LAST_STATUS 99
#define PROCESSORS 8 /* that the work may keep busy all the time */
#define GRACE 5	     /* seconds; then the child ends itself, should the parent be gone */

/* Memory of which the sanitizers reserve terabytes cannot be limited. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITHOUT_LIMIT
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define WITHOUT_LIMIT
#endif

struct shared {
	struct diag_watch watch;
	int done; /* 1 + the status, once the work has returned */
};

/* Lowers a limit of this process; one that is lower already stays. */
static void limit(int resource, uint64_t value)
{
	struct rlimit now;

	if (getrlimit(resource, &now) != 0)
		return;
	if (now.rlim_max == RLIM_INFINITY || now.rlim_max > value)
		now.rlim_max = (rlim_t)value;
	if (now.rlim_cur == RLIM_INFINITY || now.rlim_cur > now.rlim_max)
		now.rlim_cur = now.rlim_max;
	(void)setrlimit(resource, &now);
}

static void set_limits(const struct watchdog_limits *limits)
{
	/* A file of memory beside the message would be of no use to an editor. */
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, (uint64_t)limits->seconds * PROCESSORS);
#ifndef WITHOUT_LIMIT
	limit(RLIMIT_DATA, limits->memory);
#endif
	(void)alarm(limits->seconds + GRACE);
}

/* Waits for the child until the time is up; true when it has ended, with its status. */
static bool wait_for(int *status, pid_t child, const sigset_t *signals, unsigned seconds)
{
	struct timespec now, end, left;

	(void)clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += (time_t)seconds;
	while (true) {
		if (waitpid(child, status, WNOHANG) == child)
			return true;
		(void)clock_gettime(CLOCK_MONOTONIC, &now);
		left.tv_sec = end.tv_sec - now.tv_sec;
		left.tv_nsec = end.tv_nsec - now.tv_nsec;
		if (left.tv_nsec < 0) {
			left.tv_sec--;
			left.tv_nsec += 1000000000;
		}
		if (left.tv_sec < 0)
			return false;
		(void)sigtimedwait(signals, NULL, &left);
	}
}

static void find_file(struct watchdog_report *out, const struct diag_watch *watch)
{
	for (size_t i = 0; i < DIAG_THREADS; i++) {
		if (watch->paths[i][0] == '\0')
			continue;
		out->several = out->file[0] != '\0';
		if (!out->several)
			(void)snprintf(out->file, sizeof(out->file), "%s", watch->paths[i]);
	}
}

static void watch_child(struct watchdog_report *out, pid_t child, const struct shared *shared,
	const struct watchdog_limits *limits, const sigset_t *signals)
{
	int status = 0;
	struct watchdog_report report = {.end = WATCHDOG_DEAD};

	if (!wait_for(&status, child, signals, limits->seconds)) {
		report.end = WATCHDOG_LATE;
		(void)kill(child, SIGKILL);
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
	} else if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && shared->done > 0) {
		report.end = WATCHDOG_DONE;
		report.status = shared->done - 1;
	}
	if (report.end != WATCHDOG_DONE)
		find_file(&report, &shared->watch);
	*out = report;
}

int watchdog_run(struct watchdog_report *out, const struct watchdog_limits *limits,
	int (*work)(void *context, struct diag_watch *watch), void *context)
{
	struct shared *shared = mmap(
		NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	sigset_t signals, before;
	pid_t child;
	int error;

	if (shared == MAP_FAILED)
		return -1;
	(void)signal(SIGCHLD, SIG_DFL); /* one that is ignored would leave nothing to wait for */
	(void)sigemptyset(&signals);
	(void)sigaddset(&signals, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &signals, &before);
	(void)fflush(NULL);
	child = fork();
	error = errno;
	if (child == 0) {
		(void)sigprocmask(SIG_SETMASK, &before, NULL);
		set_limits(limits);
		shared->done = 1 + work(context, &shared->watch);
		exit(shared->done <= 1 + LAST_STATUS ? 0 : 1);
	}
	if (child > 0)
		watch_child(out, child, shared, limits, &signals);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	(void)munmap(shared, sizeof(*shared));
	errno = error;
	return child > 0 ? 0 : -1;
}
