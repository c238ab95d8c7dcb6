/*
 * Does work in a process of its own, and ends that when it takes too long: what hangs, crashes or
 * eats all memory there ends there, and the caller can still say so.
 */
#ifndef DRAAIBOEK_WATCHDOG_H
#define DRAAIBOEK_WATCHDOG_H

#include <stdbool.h>
#include <stdint.h>

struct diag_watch;

enum watchdog_end {
	WATCHDOG_DONE, /* the work has returned; `status` is what */
	WATCHDOG_LATE, /* it took too long */
	WATCHDOG_DEAD  /* it crashed, or ran out of memory or processor time */
};

struct watchdog_limits {
	unsigned seconds; /* by the clock; and by the processor, times the threads */
	uint64_t memory;  /* bytes that can be written to; not watched under the sanitizers */
};

struct watchdog_report {
	enum watchdog_end end;
	int status;	/* of the work: 0 to 99 */
	char file[512]; /* "": none; what it was at, when it did not return by itself */
	bool several;	/* it was at more than one: the first is named */
};

/*
 * Runs work(context, watch) in a child process, which inherits all but its memory's future: what
 * the work has to say it prints. It tells `watch` where it is, and returns 0 to 99. Call while one
 * thread runs. Returns -1, with errno set, when there can be no child.
 */
int watchdog_run(struct watchdog_report *out, const struct watchdog_limits *limits,
	int (*work)(void *context, struct diag_watch *watch), void *context);

#endif
