/*
 * A release that is being made: a folder of the site's files, their compressed twins and a
 * MANIFEST, under the name `.new-ID` until all of it is on the disk. What has not changed since the
 * release before is a hard link to the file there, and is not compressed again; so a release costs
 * what has changed. Files are never changed once made.
 *
 * Making and removing ten thousand folders for each release would be most of the work. So a release
 * that need not stay is kept as a spare, and made into the next one: what is to be in that is left
 * as it is, the rest is removed. Nobody reads it, and it has its MANIFEST no more.
 */
#ifndef DRAAIBOEK_RELEASE_H
#define DRAAIBOEK_RELEASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "output/inventory.h"
#include "output/sink.h"

struct diags;
struct disk;

#define RELEASE_NEW ".new-" /* before the name of one that is being made */
#define RELEASE_TRASH ".trash-"
#define RELEASE_SPARE ".spare" /* one that was removed, of which the folders are used again */

struct release_options {
	const struct disk *releases; /* the folder of releases */
	const char *id;
	struct inventory_source source;
	const struct disk *last;	    /* the release to take files from, or NULL */
	const struct inventory *last_files; /* its MANIFEST */
	const struct inventory
		*spare; /* MANIFEST of the folder RELEASE_SPARE, when that is to be used */
	bool plain;	/* without compressed twins */
	int64_t time;	/* of the last change of files that are new: seconds since 1970 */
};

struct release;

/* Makes the folder. What `options` points to must live as long as the release. */
int release_open(struct release **out, const struct release_options *options, struct diags *diags);

/* As a place to write a site to. */
struct sink release_sink(struct release *release);

/*
 * Writes MANIFEST, waits until all is on the disk, and gives the folder its name. After a failure
 * there is nothing to be tried again: the release can only be closed.
 */
int release_finish(struct release *release, struct diags *diags);

/* How many files of the site are new, and how many are as they were; twins are not counted. */
void release_counts(size_t *made, size_t *kept, const struct release *release);

/* Frees it; one that was not finished is removed. Takes NULL. */
void release_close(struct release *release, struct diags *diags);

#endif
