/*
 * A line on the terminal that says how far a long job is; nothing for a job of less than a second,
 * and nothing when standard error is no terminal.
 */
#ifndef DRAAIBOEK_PROGRESS_H
#define DRAAIBOEK_PROGRESS_H

#include <stdatomic.h>
#include <stddef.h>

/* What the job tells of itself; any thread may write. */
struct progress {
	_Atomic(const char *) phase; /* translated: "reading the pages" */
	atomic_size_t done;
	atomic_size_t total; /* 0: not known */
};

struct progress_line;

/* Starts to show; NULL when there is no terminal. `progress` must live until progress_stop(). */
struct progress_line *progress_start(const struct progress *progress);

/* Wipes the line out. Takes NULL. */
void progress_stop(struct progress_line *line);

/* Begins a phase. `progress` may be NULL: nobody looks. */
void progress_phase(struct progress *progress, const char *phase, size_t total);

/* One more of the phase is done. */
void progress_step(struct progress *progress);

#endif
