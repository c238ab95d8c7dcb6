/*
 * `draaiboek diff`: what a region makes of a national page, and what was changed there since the
 * region saw it, in words. Reads only.
 */
#ifndef DRAAIBOEK_DIFF_H
#define DRAAIBOEK_DIFF_H

#include <stdbool.h>

#include "base/text.h"
#include "jobs/reading.h"

struct diags;

struct diff_options {
	struct reading_options reading;
	const char *page;   /* its file or address: see jobs/choose.h */
	const char *region; /* slug */
	bool colored; /* by the terminal's colours; else by [-…-] and {+…+}, as git does */
};

/*
 * Appends what there is to show. Faults in the content are in `diags`, and do not keep it from
 * being made; -1 when it could not be.
 */
int job_diff(struct text *out, const struct diff_options *options, struct diags *diags);

#endif
