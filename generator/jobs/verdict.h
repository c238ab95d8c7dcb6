/*
 * Who pays: whether an error comes from the push, was there before it, or is one in a region's text
 * that a national edit has put in error without touching it.
 */
#ifndef DRAAIBOEK_VERDICT_H
#define DRAAIBOEK_VERDICT_H

#include <stddef.h>

struct diags;
struct push;

enum verdict_share {
	VERDICT_BROUGHT, /* by this push, which is refused for it */
	VERDICT_FOUND,	 /* it was there before */
	VERDICT_REGIONAL /* in a region's file that the push leaves alone: the region is told */
};

#define VERDICT_SHARES 3

struct verdict {
	enum verdict_share *shares; /* one for each of diag_sorted(), in its order; of errors */
	size_t counts[VERDICT_SHARES];
};

/*
 * Judges the errors of `diags`, of the new revision, by those of `before`, of the old one (NULL:
 * there is none). Two are the same when path, code and text are, but for numbers in the text; in a
 * file that has not changed, when they stand in the same place. Fatal ones are always brought.
 */
void verdict_make(
	struct verdict *out, const struct push *push, struct diags *diags, struct diags *before);
void verdict_free(struct verdict *verdict);

#endif
