/*
 * All files of the output as a list of independent tasks, and the running of them by threads. Each
 * task makes a file, and hands it to the sink.
 */
#ifndef DRAAIBOEK_TASKS_H
#define DRAAIBOEK_TASKS_H

#include <stdbool.h>
#include <stddef.h>

struct bundle;
struct compounds;
struct diags;
struct sink;
struct progress;
struct site;
struct source_reader;
struct templates;
struct value;

struct tasks_options {
	const struct site *site;
	const struct templates *templates;
	const struct bundle *bundle;
	const struct value *strings; /* of the theme, in the site's language */
	struct compounds *compounds; /* gets the site's words */
	const struct sink *sink;
	struct source_reader *const *readers; /* one a thread */
	size_t threads;
	bool preview;		   /* see struct build_options */
	struct progress *progress; /* or NULL */
};

/* Makes and writes everything; `pages` counts the HTML files. -1 when something failed. */
int tasks_run(size_t *pages, const struct tasks_options *options, struct diags *diags);

#endif
