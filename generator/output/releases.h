/*
 * The publishing folder: releases, which of them is live, and what tells of it. One is the site's;
 * each preview has its own, in concept/NAME, under the lock of the site's.
 *
 *	lock                 one builder at a time
 *	request              a push came while a build was under way
 *	releases/ID          ID: a number that goes up, a hyphen, 12 digits of the commit
 *	current, previous    symlinks to releases/ID: what is served, and what was before it
 *	pin                  "ID COMMIT": rolled back to ID, while the branch was at COMMIT
 *	log                  a line for each switch: time, publish or rollback, ID, commit
 *	assets/              those of all releases, for a server (output/shelf)
 *	status.json, publish.log, remote/, concept/
 *
 * How it is changed so that nothing can break it is in output/switch.
 */
#ifndef DRAAIBOEK_RELEASES_H
#define DRAAIBOEK_RELEASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/disk.h"
#include "base/text.h"

struct diags;

#define RELEASES_STATUS "status.json"
#define RELEASES_LOG "publish.log"
#define RELEASES_CONCEPTS "concept"
#define RELEASES_ASSETS "assets" /* in a release too */
#define RELEASES_REMOTES "remote"
#define RELEASES_KEEP ((size_t)5)

struct releases {
	struct disk root;
	struct disk folder; /* root/releases */
	int lock;	    /* -1: not taken */
	bool concept;	    /* a preview: what was live before does not stay */
};

/* True for what can be the name of a preview: small letters, figures and hyphens, at most 63. */
bool releases_is_concept(const char *name);

/*
 * Opens the publishing folder, made when `make`. One that holds other things than a publishing
 * folder does is a fatal message: nothing in it may be touched.
 */
int releases_open(struct releases *out, const char *path, bool make, struct diags *diags);

/*
 * That of preview `name`, in the site's. Returns 1, without a message, when it is not there and not
 * to be made.
 */
int releases_open_concept(struct releases *out, const struct releases *site, const char *name,
	bool make, struct diags *diags);
void releases_close(struct releases *releases); /* and unlocks */

/* ---- One at a time */

enum releases_wait {
	RELEASES_TRY,	/* somebody else has it: returns 1 */
	RELEASES_SHORT, /* waits for whoever only switches; returns 1 when it is a builder */
	RELEASES_WAIT	/* waits for anybody */
};

/* Takes the lock; `builds`: the holder heeds requests. */
int releases_lock(
	struct releases *releases, enum releases_wait wait, bool builds, struct diags *diags);
void releases_unlock(struct releases *releases);

/* Leaves the lock to the other process of a fork. */
void releases_hand_over(struct releases *releases);

/* Asks whoever builds to look again; withdraws that; true when it was asked. */
int releases_request(const struct releases *releases, struct diags *diags);
int releases_heed(const struct releases *releases, struct diags *diags);
bool releases_is_requested(const struct releases *releases);

/* ---- With the lock */

/* Appends the ID that `link` (current, previous) names. Returns 1 when there is none. */
#define RELEASES_CURRENT "current"
#define RELEASES_PREVIOUS "previous"
int releases_named(
	struct text *out, const struct releases *releases, const char *link, struct diags *diags);

/*
 * The number of a name that is an ID, or -1. Calls `each` for every release, in no order; its
 * result, when not 0, ends that.
 */
long releases_number(const char *name);
int releases_list(const struct releases *releases, int (*each)(void *context, const char *id),
	void *context, struct diags *diags);

/* Appends the ID for a new release of a commit: higher than all that are there or were live. */
int releases_next(struct text *out, const struct releases *releases, struct slice commit,
	struct diags *diags);

/*
 * Appends the ID that the last line of the log names; `highest` is the highest number in it.
 * Returns 1 when there is none.
 */
int releases_read_log(
	struct text *last, long *highest, const struct releases *releases, struct diags *diags);

/* Adds a line to the log. */
int releases_write_log(const struct releases *releases, struct slice line, struct diags *diags);

/* Takes a release away, and keeps it as the spare, of which there must be none. */
int releases_spare(const struct releases *releases, const char *id, struct diags *diags);

/* Removes a release: first under another name, so that it is never there in part. */
int releases_remove(const struct releases *releases, const char *id, struct diags *diags);

/* Removes the preview `name` with all its releases; one that is not there is no error. */
int releases_remove_concept(const struct releases *releases, const char *name, struct diags *diags);

/* Calls `each` for the name of every preview that is there. */
int releases_concepts(const struct releases *releases, int (*each)(void *context, const char *name),
	void *context, struct diags *diags);

/* What was rolled back, and where the branch was then. */
struct releases_pin {
	struct text id;
	struct text commit;
};

/* Returns 1 when there is no pin. */
int releases_read_pin(
	struct releases_pin *out, const struct releases *releases, struct diags *diags);
int releases_write_pin(
	const struct releases *releases, const struct releases_pin *pin, struct diags *diags);
int releases_remove_pin(const struct releases *releases, struct diags *diags);
void releases_pin_free(struct releases_pin *pin);

#endif
