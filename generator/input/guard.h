/*
 * Keeps away from libcmark-gfm what makes it slow or ends it: Debian's version has the known
 * quadratic cases. One linear look at the text counts what those cases are made of. Clearly
 * harmless text passes; text over a limit is refused with a message; what is neither is first
 * parsed in a child process that may take GUARD_SECONDS and GUARD_MEMORY, and refused when that
 * dies of it.
 */
#ifndef DRAAIBOEK_GUARD_H
#define DRAAIBOEK_GUARD_H

#include "base/text.h"

struct diags;

#define GUARD_LINE_LIMIT ((size_t)64 * 1024)
#define GUARD_NESTING_LIMIT 64 /* of lists and quotes */
#define GUARD_COLUMNS_LIMIT 64 /* of a table */
#define GUARD_COUNT_LIMIT 2000 /* of headings, footnotes, and link references each */
#define GUARD_SECONDS 1	       /* of the processor; the caller parses once more */
#define GUARD_MEMORY ((size_t)512 << 20)

/*
 * Returns 0 when `body` may be parsed; else adds a message and returns -1. `parse` does the risky
 * work in the child; it must take no lock, and not print or write. Also refuses control characters
 * and bytes that are not UTF-8. Of the limits, headings and nesting are for the caller to hold
 * against the tree: a look at the text cannot tell them from code.
 */
int guard_check(struct slice body, const char *path, unsigned first_line,
	void (*parse)(struct slice body), struct diags *diags);

#endif
