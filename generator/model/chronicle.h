/*
 * The changes of a page that readers are told of: those of its file and, in a region, of the
 * adaptation, in one line, without the small ones.
 */
#ifndef DRAAIBOEK_CHRONICLE_H
#define DRAAIBOEK_CHRONICLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct history_change;
struct history_commit;
struct history_file;
struct variant;

struct chronicle_change {
	const struct history_change *change;
	const struct history_file *file;
	size_t number;	 /* of the change in the file's changes */
	bool adaptation; /* of the region's adaptation, not of the page itself */
};

struct chronicle {
	struct chronicle_change *list; /* newest first */
	size_t count;
};

/*
 * What readers hear of a commit: its subject; or `words`, unless these are empty, when it changed
 * more than texts, as developers do, and may speak of that.
 */
struct slice chronicle_subject(const struct history_commit *commit, struct slice words);

/* True for a commit that readers are not told of: its subject starts with `klein:`. */
bool chronicle_is_small(const struct history_commit *commit);

/* The changes of a page as a scope shows it. In the arena; without any when no commit has it. */
void chronicle_make(struct chronicle *out, struct arena *arena, const struct variant *variant);

/*
 * The blob (20 bytes; NULL: none) that a change is compared with: what was there before it, and
 * before the small changes that led up to it. So what those did shows in the one after them.
 */
const unsigned char *chronicle_base(const struct chronicle_change *change);

/* What was there before the change that made `blob`, which is a base of `change`; or NULL. */
const unsigned char *chronicle_before(
	const struct chronicle_change *change, const unsigned char *blob);

/* Appends the name of the change on a page: "w-0123456789", or "w-0123456789-regio". */
void chronicle_anchor(struct text *out, const struct chronicle_change *change);

/* The address in its scope of the page of changes: "subsidies/x/geschiedenis/". */
struct slice chronicle_address(struct arena *arena, struct slice page);

#endif
