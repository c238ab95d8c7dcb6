/*
 * `draaiboek serve`: builds, serves on loopback, builds anew on every save and reloads the browser.
 */
#ifndef DRAAIBOEK_SERVE_H
#define DRAAIBOEK_SERVE_H

#include "jobs/build.h"

struct diags;

#define SERVE_DEFAULT_PORT 8000

struct serve_options {
	struct build_options build; /* `output` and `tolerant` are serve's own */
	unsigned port;		    /* 0: any free port */
	bool quiet;		    /* say nothing but errors */
};

/* Returns when the program is asked to stop (SIGINT, SIGTERM), or cannot start: -1. */
int job_serve(const struct serve_options *options, struct diags *diags);

#endif
