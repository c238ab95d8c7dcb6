/*
 * What a command line says: the table of all options, and the reading of those that a command
 * takes.
 */
#ifndef DRAAIBOEK_ARGUMENTS_H
#define DRAAIBOEK_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "check/report.h"
#include "jobs/build.h"
#include "jobs/template.h"

struct diags;

/* The values of all options, whatever command takes them; borrowed from the command line. */
struct arguments {
	struct build_options build;
	struct template_options template;
	enum report_format format;
	unsigned port;
	const char *repository; /* bare */
	const char *to;		/* folder of releases */
	const char *reference;	/* branch that is published */
	const char *region;	/* slug */
	const char *remote;	/* of rclone: NAME:PATH */
	size_t keep;		/* releases; 0: not said */
	bool reconcile;
	bool force;
	int status;	     /* exit status of a job that prints its own messages */
	int verbosity;	     /* -1 quiet, 0, 1 verbose */
	const char *operand; /* the word that is no option, or NULL */
};

/* What a command takes. */
struct arguments_allowed {
	const char *command; /* for messages */
	const char *options; /* a letter for each: the short one, or that of the table */
	bool operand;	     /* a word that is no option */
};

/*
 * Reads `words`, of which the first is the command, over the values that `out` has. Returns -1,
 * with a message, when something is not allowed or not understood.
 */
int arguments_read(struct arguments *out, const struct arguments_allowed *allowed, int count,
	char **words, struct diags *diags);

#endif
