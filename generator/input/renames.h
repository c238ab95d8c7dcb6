/*
 * Which file of a commit's parent a new file was before: one that the commit took away, with the
 * same bytes, or else with at least 60 percent of its lines.
 */
#ifndef DRAAIBOEK_RENAMES_H
#define DRAAIBOEK_RENAMES_H

#include <stddef.h>

#include "base/mem.h"
#include "base/text.h"

struct removal;
struct repository;

/* A file that a commit has and its parent has not. */
struct addition {
	struct slice path; /* from the root of the repository */
	const unsigned char *id;
	size_t number;	     /* the caller's own */
	struct slice source; /* what it was before, in the arena of `renames`; or empty */
	const unsigned char *source_id; /* its blob; until the next call */
};

/* Starts as all zeroes, but for what the caller sets. */
struct renames {
	const struct repository *repository; /* set by the caller */
	struct slice prefix;  /* set by the caller: the site's folder, "" or "docs/site/" */
	struct arena arena;   /* holds the sources */
	struct removal *list; /* of one commit */
	size_t count;
	size_t capacity;
	size_t folders; /* that were looked into */
};

/*
 * Sets the source of the additions that `tree` has and `other` has not. What no site publishes (it
 * lies beside content/ and playbooks/, or is hidden) is no source: its history is nobody's. Each
 * file that went is the source of one. Returns -1, without a message, when a tree cannot be read.
 */
int renames_find(struct renames *renames, struct addition *additions, size_t count,
	const unsigned char *tree, const unsigned char *other);
void renames_free(struct renames *renames);

#endif
