/*
 * What an editor did wrong in YAML, in plain words: from the place where the parser gave up, its
 * technical reason, and a look at the lines there.
 */
#ifndef DRAAIBOEK_MISTAKE_H
#define DRAAIBOEK_MISTAKE_H

#include <stddef.h>

#include "base/diag.h"
#include "base/text.h"

/* A place in the text: lines and columns from 0, columns in code points. */
struct mistake_mark {
	size_t line;
	size_t column;
};

/* What the parser says. */
struct mistake {
	const char *problem;	  /* libyaml's words */
	const char *context;	  /* "while scanning …", or "" */
	struct mistake_mark at;	  /* of the problem */
	struct mistake_mark from; /* of the context; that of the problem when there is none */
	struct mistake_mark open; /* the innermost [ or { that is not closed yet, if any */
};

/* Adds the message. `bytes`: the text, of which the first line is line `first_line` of `path`. */
void mistake_add(const struct mistake *mistake, struct slice bytes, const char *path,
	unsigned first_line, struct diags *diags);

#endif
