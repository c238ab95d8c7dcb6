/*
 * The whole road: source → site → checks → pages, indexes, feeds → output folder.
 */
#ifndef DRAAIBOEK_BUILD_H
#define DRAAIBOEK_BUILD_H

#include <stdbool.h>
#include <stddef.h>

struct diags;
struct progress;

struct build_options {
	const char *site;     /* folder or repository */
	const char *output;   /* folder; NULL: check only, nothing is written */
	const char *revision; /* NULL: the folder as it stands */
	const char *share;    /* folder of themes/, soorten/, locale/ */
	const char *language; /* of the messages; NULL: the site's */
	int date;	      /* of the build, days since 1970 */
	size_t threads;	      /* 0: as many as there are processors */
	bool tolerant; /* errors in a region's own pages stop nothing: these show what is right */
	bool preview;  /* with what only an editor is to see: not to be published */
	struct progress *progress; /* told how far it is; or NULL */
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

#endif
