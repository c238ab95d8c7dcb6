/*
 * One branch made live: the site itself, or a preview. What is live is compared with the branch,
 * and only when they differ is a release built, switched to, and what is old removed.
 */
#ifndef DRAAIBOEK_PUBLISHING_H
#define DRAAIBOEK_PUBLISHING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "jobs/build.h"

struct diags;
struct releases;

struct publishing {
	struct build_options build; /* of which `site` and `revision` of the reading are set here */
	const char *repository;
	const struct releases *site; /* its lock is held */
	size_t keep;		     /* releases */
	bool by_hand; /* somebody asked for it, and wants to hear why nothing is done */
	struct slice
		pushed; /* lines of git about a push: who pushed these branches wants to, too */
	bool detached;	/* standard error is a file */
	bool force;	/* also when nothing has changed; nothing of the last one is used */
	int verbosity;
	int announce; /* descriptor that gets the exit status in a byte when all is live; or -1 */
};

/*
 * Sees to it that the commit (40 hexadecimal digits) is live: as the preview `concept`, or when
 * that is NULL as the site. Says what it did, on standard error. Returns an exit status: 0 done, or
 * there was nothing to do; 1 the content has errors, and what was live still is; 2 it could not be
 * done.
 */
int publishing_bring(const struct publishing *publishing, const char *concept, const char *commit);

/* Removes the preview of a branch that is gone. Returns an exit status. */
int publishing_take_away(const struct publishing *publishing, const char *concept);

/* Removes releases that need not stay. Returns an exit status. */
int publishing_tidy(const struct publishing *publishing);

/*
 * Prints messages, at most 50, and frees them. Returns the exit status, or the one that they ask
 * for when that is worse.
 */
int publishing_tell(int status, struct diags *diags, int verbosity);

#endif
