/*
 * Publishing a repository: its published branch, and a preview for each branch concept/NAME.
 */
#ifndef DRAAIBOEK_PUBLISH_H
#define DRAAIBOEK_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "jobs/build.h"

struct diags;
struct publishing;
struct releases;

#define PUBLISH_CONCEPTS "refs/heads/concept/"

struct publish_options {
	struct build_options build;
	const char *repository; /* its folder */
	const char *to;		/* the publishing folder */
	const char *reference;	/* what is published, in full or a branch; NULL: as is set */
	const char *remote;	/* of rclone, where it goes too; NULL: as is set */
	size_t keep;		/* releases; 0: as is usual */
	bool reconcile;		/* from a timer: brings previews in line too, and never waits */
	bool force;
	int verbosity;
};

/*
 * Publishes. Messages of a build are printed here, and `status` is the exit status that they ask
 * for; -1 and a message in `diags` when it did not come to that.
 */
int job_publish(int *status, const struct publish_options *options, struct diags *diags);

/* ---- For the hook */

/* A repository and where it is published, both found and looked at. */
struct publish_place {
	struct text repository; /* its full path */
	struct text reference;	/* in full */
	struct text remote;	/* empty: none */
};

/* Fails when the publishing folder would lie in the repository. */
int publish_find(
	struct publish_place *out, const struct publish_options *options, struct diags *diags);
void publish_place_free(struct publish_place *place);

/*
 * Publishes what the branches are at, again and again while there are requests; unlocks. Then has
 * the remote follow, if there is one. The first time only the published branch when not `all`.
 * Returns an exit status.
 */
int publish_rounds(const struct publishing *publishing, struct releases *site,
	const struct publish_place *place, bool all);

#endif
