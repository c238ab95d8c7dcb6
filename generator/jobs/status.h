/*
 * `draaiboek status`: what there is to keep up, by region and owner. Reads only.
 */
#ifndef DRAAIBOEK_STATUS_H
#define DRAAIBOEK_STATUS_H

#include <stdbool.h>

#include "base/text.h"
#include "jobs/reading.h"

struct diags;

struct status_options {
	struct reading_options reading;
	const char *region; /* slug: that region alone; NULL: the whole site */
	bool json;
};

/*
 * Appends the report. Faults in the content are in `diags`, and do not keep it from being made; -1
 * when it could not be.
 */
int job_status(struct text *out, const struct status_options *options, struct diags *diags);

#endif
