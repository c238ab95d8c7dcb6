/*
 * Who changed which file when: one walk of the commits from the site's revision gives the changes
 * of every file, as `git log -- FILE` has them (the default simplification of history: a merge
 * follows the first parent that has the same file), and besides those that it had before it was
 * renamed. Covers content/ and playbooks/.
 */
#ifndef DRAAIBOEK_HISTORY_H
#define DRAAIBOEK_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "input/commits.h" /* struct history_commit */

struct diags;
struct source;

/* A change of a file, at whatever path it had. */
struct history_change {
	const struct history_commit *commit;
	struct slice path;   /* relative to the site, then; NUL-terminated */
	struct slice former; /* the path before, when this commit renamed it; else empty */
	const unsigned char
		*before; /* its blob before the change, 20 bytes; NULL: it was not there */
	const unsigned char *after; /* behind it; NULL: the commit removed it */
};

/* One file's changes, in the order of `git log`: newest first, at least one. */
struct history_file {
	struct slice path; /* relative to the site */
	const struct history_commit *const *commits;
	const unsigned char (*blobs)[20]; /* the file after each; zeroes: that commit removed it */
	size_t count;

	/*
	 * Its changes when renames are followed. Where the file came from another path that ends
	 * what had this one earlier, and those of the other path go on.
	 */
	const struct history_change *changes;
	size_t change_count;
};

struct history;

/*
 * Walks the log. A site that no repository holds, or none with a commit, gives a history without
 * files; a shallow clone is a fatal message, since its dates would be wrong. Independent of the
 * source once made.
 */
int history_read(struct history **out, const struct source *source, struct diags *diags);
void history_free(struct history *history);

/* All commits that lead to the site's revision; none when no repository holds it. */
const struct commits *history_commits(const struct history *history);

/* The changes of a file, or NULL when no commit holds it. */
const struct history_file *history_find(const struct history *history, struct slice path);

#endif
