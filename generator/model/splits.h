/*
 * The exceptions of content/samenstellingen.yml: how the editors say that a compound is split, or
 * that a word is none.
 */
#ifndef DRAAIBOEK_SPLITS_H
#define DRAAIBOEK_SPLITS_H

#include <stddef.h>

#include "base/text.h"

struct arena;
struct compounds;
struct diags;
struct value;

/* One word's; all in lower case. */
struct split {
	struct slice word;
	const struct slice *parts;
	size_t count; /* 0: the word is never split */
};

/* Starts as all zeroes: no exceptions. */
struct splits {
	struct split *items; /* in the order of the file */
	size_t count;
};

/*
 * Reads the map of `path`; what is wrong in it is said and left out. All is in the arena. A file
 * with nothing in it is none.
 */
void splits_read(struct splits *out, struct arena *arena, const struct value *root,
	const char *path, struct diags *diags);

/* Adds the exceptions to what the splitter knows. */
void splits_apply(struct compounds *compounds, const struct splits *splits);

#endif
