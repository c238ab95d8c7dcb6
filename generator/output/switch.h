/*
 * What changes a publishing folder, in the order that nothing can break: a reader gets all of one
 * release or all of another, whatever is killed or fails at whatever moment. The lock must be held.
 *
 * The switch of `current` is when a release is live. What a run that was killed has left before it
 * is cleared away by the next; what it had not come to behind it is done.
 */
#ifndef DRAAIBOEK_SWITCH_H
#define DRAAIBOEK_SWITCH_H

#include <stddef.h>

#include "base/text.h"

struct diags;
struct releases;

/* Clears away and completes what a run that was killed has left, in the previews too. */
int switch_recover(const struct releases *site, struct diags *diags);

enum switch_cause { SWITCH_PUBLISH, SWITCH_ROLLBACK };

/*
 * Makes the release live, and writes that down. Returns -1 when the old one still is, or is again;
 * 1, with a message, when the new one is, but not all of it was written down.
 */
int switch_to(const struct releases *releases, const char *id, struct slice commit,
	enum switch_cause cause, struct diags *diags);

/*
 * Removes all releases but the `keep` newest and those that current, previous and pin name.
 */
int switch_prune(const struct releases *releases, size_t keep, struct diags *diags);

#endif
