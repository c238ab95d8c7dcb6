/*
 * A push to one branch, as the checks see it: the revision that it brings, read, beside the commit
 * that stood there.
 */
#ifndef DRAAIBOEK_PUSH_H
#define DRAAIBOEK_PUSH_H

#include <stdbool.h>

#include "base/text.h"

struct build;
struct diags;
struct region;

struct push {
	struct build *build;	     /* the new revision, open */
	const unsigned char *before; /* to compare with: 20 bytes; NULL: all is new */
	bool small;		     /* its commits say so: regions need not hear of it */
	struct diags *diags;	     /* of what cannot be read in the old one */
};

/* True when the file at `path` is not what it was: other bytes, new, or not readable. */
bool push_changes(const struct push *push, struct slice path);

/* True when the push leaves the whole folder of the region as it was. */
bool push_spares(const struct push *push, const struct region *region);

/* True when there was a file at `path` before. */
bool push_had(const struct push *push, struct slice path);

#endif
