/*
 * Another program, found on PATH and run without a shell: no word is read as anything but itself.
 * Its standard error is ours.
 */
#ifndef DRAAIBOEK_PROGRAM_H
#define DRAAIBOEK_PROGRAM_H

#include "base/text.h"

struct program {
	const char *const *words; /* ended by NULL; the first is its name */
	struct slice input;	  /* its standard input */
	struct text *output; /* its standard output is added to this; NULL: goes to ours of error */
	int kept;	     /* a descriptor that stays open in it, or -1 */
};

/*
 * Runs it to its end. `status` is its exit status, or 128 and the number of the signal that ended
 * it. Returns 0, or an errno value when it could not be started: ENOENT when there is none.
 */
int program_run(int *status, const struct program *program);

#endif
