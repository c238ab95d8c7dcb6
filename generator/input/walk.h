/*
 * The one walk over the commits that gives every path its changes, as `git log -- PATH` has them,
 * and goes on with the path that a file had before it was renamed.
 *
 * What is followed is a *trail*: a path, from some commit on. First there is one for every file of
 * the site; a rename adds one, for the path of before.
 */
#ifndef DRAAIBOEK_WALK_H
#define DRAAIBOEK_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "input/changes.h"
#include "input/commits.h"
#include "input/renames.h"

#define WALK_CHANGED UINT32_MAX
#define WALK_NONE UINT32_MAX

/* What became of a trail at a commit, if it is not that it went on to the first parent. */
struct walk_event {
	uint32_t trail;
	uint32_t commit; /* its place in the list */
	uint32_t parent; /* WALK_CHANGED, or the number (from 1) of the parent that has the same */
	uint32_t source; /* the trail that goes on with the path of before; or WALK_NONE */
	bool added;	 /* no parent had it */
	unsigned char blob[20];	  /* zeroes: there is no file */
	unsigned char before[20]; /* of the first parent that had one, or of what it was */
};

struct walk_trail {
	struct slice path;  /* from the root of the repository */
	uint32_t next;	    /* another one of this path; or WALK_NONE */
	uint32_t first;	    /* of those that go on where this one was renamed; or WALK_NONE */
	uint32_t beside;    /* the next of those; or WALK_NONE */
	unsigned renamings; /* between this one and the file of the site */
};

struct walk {
	struct commits commits;
	struct renames renames;
	struct changes changes;
	struct arena arena;	   /* for the caller's paths */
	struct slice *paths;	   /* sorted, each once */
	uint32_t *path_trails;	   /* by path: its first trail */
	struct walk_trail *trails; /* first those of the caller */
	size_t trail_count;
	size_t trail_capacity;
	size_t prefix;		   /* bytes of a path that come before the site */
	struct walk_event *events; /* by trail, and in it in the order of `git log` */
	size_t event_count;
	size_t event_capacity;
	size_t *starts; /* by trail: where its events start; one more than there are trails */

	/* Of the walk itself. */
	size_t words;		    /* of a set of trails */
	uint64_t **live;	    /* by commit: the set of trails that come by; NULL: none */
	uint64_t *rest;		    /* the trails of a merge that found no parent yet */
	uint64_t *other;	    /* scratch */
	uint32_t *event_of;	    /* by trail: its last event */
	struct addition *additions; /* at one commit */
	size_t addition_count;
	size_t addition_capacity;
};

/* Adds a path to be followed. In order, each once; the path is borrowed. */
void walk_add(struct walk *walk, struct slice path);

/*
 * Walks: `commits`, and what `renames` wants, are set. Returns -1, without a message, when an
 * object cannot be read.
 */
int walk_run(struct walk *walk);
void walk_free(struct walk *walk);

#endif
