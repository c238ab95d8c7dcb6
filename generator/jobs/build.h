/*
 * The whole road: source → site → checks → pages, indexes, feeds → output folder.
 */
#ifndef DRAAIBOEK_BUILD_H
#define DRAAIBOEK_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "jobs/reading.h"
#include "output/bundle.h"

struct diags;
struct sink;
struct templates;

struct build_options {
	struct reading_options reading;
	const char *output; /* folder; NULL: check only, nothing is written */
	bool tolerant; /* errors in a region's own pages stop nothing: these show what is right */
	bool preview;  /* with what only an editor is to see: not to be published */
	const char *concept; /* name of the preview that is published, at an address of its own; or
				NULL */
};

/* What a build did. */
struct build_result {
	size_t pages;	/* HTML files */
	size_t written; /* files created or changed */
	size_t removed;
	bool built; /* false: errors stopped it before a byte changed */
};

/*
 * Builds, or checks. All that is wrong is in `diags`; the exit status is diag_status(). Returns -1
 * when it could not run. `out` may be NULL.
 */
int job_build(struct build_result *out, const struct build_options *options, struct diags *diags);

/* ---- The same in steps, for jobs that look at the site first, or write it elsewhere. */

struct build {
	const struct build_options *options;
	struct reading reading;
	struct bundle bundle;
	struct templates *templates;
};

/*
 * Reads the site and its theme, and checks both. Returns -1 when it could not, with `out` closed.
 * `options` must live as long as `out`.
 */
int build_open(struct build *out, const struct build_options *options, struct diags *diags);
void build_close(struct build *build);

/* True when what was read may be written. */
bool build_may_write(struct build *build);

/* Makes all files and hands them to the sink; `pages` counts those of HTML. */
int build_write(size_t *pages, struct build *build, const struct sink *sink, struct diags *diags);

#endif
