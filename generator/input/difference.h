/*
 * Where two lists of words differ: the shortest way from one to the other that git itself would
 * find, which compares lines. Each word is a line to it, as `git diff --word-diff` does.
 */
#ifndef DRAAIBOEK_DIFFERENCE_H
#define DRAAIBOEK_DIFFERENCE_H

#include <stddef.h>

#include "base/text.h"

/* A stretch that differs: of one of the two it may be empty. What lies between two is the same. */
struct difference_stretch {
	size_t old_start, old_count;
	size_t new_start, new_count;
};

/* Starts as all zeroes. */
struct difference {
	struct difference_stretch *list; /* in order; no two touch */
	size_t count;
	size_t capacity;
};

/*
 * Finds where the lists differ. No word may hold a line feed. Returns -1, with nothing found, when
 * git cannot compare them: they are over 512 MB.
 */
int difference_find(struct difference *out, const struct slice *old, size_t old_count,
	const struct slice *new, size_t new_count);
void difference_free(struct difference *difference);

#endif
