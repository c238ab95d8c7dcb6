/*
 * The files of a site that is a revision of a git repository, from its object store.
 */
#ifndef DRAAIBOEK_REVISION_H
#define DRAAIBOEK_REVISION_H

#include "base/text.h"

struct repository;
struct tree;

/*
 * Adds what the commit (20 bytes) holds below the tops of a site to the tree. `prefix`: the site's
 * folder in the commit, with a slash at the end, or empty. What cannot be read in it is a message.
 * Returns 1 when that folder is not there, -1 when the commit itself cannot be read.
 */
int revision_list(struct tree *tree, const struct repository *repository,
	const unsigned char *commit, struct slice prefix);

#endif
