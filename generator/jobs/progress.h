/*
 * How far a job is: a line on the terminal when it takes over a second, or with --verbose how long
 * each of its phases took.
 */
#ifndef DRAAIBOEK_PROGRESS_H
#define DRAAIBOEK_PROGRESS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/* What the job tells of itself; any thread may write. */
struct progress {
	_Atomic(const char *) phase; /* translated: "reading the pages" */
	atomic_size_t done;
	atomic_size_t total; /* 0: not known */
	bool verbose;
	bool lines;	       /* not for a terminal: a line now and then */
	struct timespec began; /* the phase; of the job's own thread */
};

struct progress_line;

/*
 * Starts to show; NULL when standard error is no terminal and lines were not asked for, or the
 * phases are told anyway.
 * `progress` must live until progress_stop().
 */
struct progress_line *progress_start(const struct progress *progress);

/* Wipes the line out. Takes NULL. */
void progress_stop(struct progress_line *line);

/*
 * Ends the phase before and begins this one; NULL: there is none any more. `progress` may be NULL:
 * nobody looks.
 */
void progress_phase(struct progress *progress, const char *phase, size_t total);

/* One more of the phase is done. */
void progress_step(struct progress *progress);

#endif
