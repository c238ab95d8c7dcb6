/*
 * The commits that lead to a site's revision: what each followed, for a walk over all of them, and
 * who made it when, for those that a reader gets to see.
 */
#ifndef DRAAIBOEK_COMMITS_H
#define DRAAIBOEK_COMMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct arena;
struct diags;
struct git_mailmap;
struct repository;

/* A commit as a reader sees it. Its slices are NUL-terminated. */
struct history_commit {
	int64_t time;	      /* of the author, seconds since 1970 UTC */
	int offset;	      /* of the author's clock from UTC, minutes */
	struct slice author;  /* the name, as .mailmap gives it; never the address */
	struct slice subject; /* the first line of the message */
	bool wide;	      /* more than texts changed, and the subject may speak of that */
	char id[41];	      /* hexadecimal */
	size_t place;	      /* in the list of commits */
};

/* A commit in the graph. */
struct commit {
	unsigned char id[20];
	unsigned char tree[20];
	int64_t time;	/* of the committer: what `git log` sorts by */
	size_t parents; /* where its parents start in commits.parents */
	size_t parent_count;
};

/* Starts as all zeroes. */
struct commits {
	const struct repository *repository;
	struct git_mailmap *mailmap; /* of the revision's own .mailmap; may be NULL */
	struct commit *list;	     /* none before one that follows it; the first is the newest */
	size_t count;
	size_t capacity;
	size_t *parents; /* places in `list` */
	size_t parents_count;
	size_t parents_capacity;
};

/* Reads the commit `id` (20 bytes) and all before it. */
int commits_read(struct commits *out, const struct repository *repository, const unsigned char *id,
	struct diags *diags);
void commits_free(struct commits *commits);

/* Describes the commit at this place in the list. `prefix`: the site's folder, "" or "docs/site/".
 */
int commits_describe(struct history_commit *out, struct arena *arena, const struct commits *commits,
	size_t at, struct slice prefix, struct diags *diags);

#endif
