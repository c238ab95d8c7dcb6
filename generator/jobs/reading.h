/*
 * A site as every job starts from it: read, its pages tied together, checked. Nothing is written.
 */
#ifndef DRAAIBOEK_READING_H
#define DRAAIBOEK_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "model/site.h"

struct diags;
struct history;
struct progress;
struct source;
struct source_reader;
struct theme;
struct value;

struct reading_options {
	const char *site;	   /* folder or repository */
	const char *revision;	   /* NULL: the folder as it stands */
	const char *share;	   /* folder of themes/, soorten/, locale/ */
	const char *language;	   /* of the messages; NULL: the site's */
	int date;		   /* of the build, days since 1970 */
	size_t threads;		   /* 0: as many as there are processors */
	bool without_history;	   /* who changed what when is not asked for */
	struct progress *progress; /* told how far it is; or NULL */
};

/* What was read, in the order in which it was opened. */
struct reading {
	const struct reading_options *options;
	struct diags *diags;
	size_t threads;
	struct arena arena;
	struct source *source;
	struct source_reader **readers; /* one a thread */
	struct arena *arenas;		/* of the pages: one a thread */
	struct theme *theme;
	struct site site;
	struct history *history; /* may be NULL */
	struct value *strings;	 /* of the theme, in the site's language; NULL when it has none */
	bool failed;		 /* the log could not be read */
};

/*
 * Reads and checks a site. All that is wrong with the content is in `diags`. Returns -1 when there
 * can be no site, with `out` closed. `options` must live as long as `out`.
 */
int reading_open(struct reading *out, const struct reading_options *options, struct diags *diags);
void reading_close(struct reading *reading);

/*
 * True when what was read may be written: nothing is wrong, or `tolerant` and every error stands in
 * a region's own pages, which then show what is right in them.
 */
bool reading_is_fit(struct reading *reading, bool tolerant);

#endif
