/*
 * How the last publishing went, for who asks later: status.json in the publishing folder.
 *
 *	{"good": {"commit", "time", "release", "messages", "first"}, "failed": {… "reason"}}
 *
 * `messages` counts them, `first` has the first ones as people read them: errors, when there are.
 *Either is null when there was none.
 */
#ifndef DRAAIBOEK_OUTCOME_H
#define DRAAIBOEK_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "base/text.h"

struct diags;
struct releases;

#define OUTCOME_CONTENT "content" /* the reason: the content has errors */
#define OUTCOME_MACHINE "machine" /* or it could not run */

/* One time that it was tried; an empty commit: never. Texts live in the arena of the outcome. */
struct outcome_try {
	struct slice commit;
	struct slice time;    /* "2026-11-20T10:00:00Z" */
	struct slice release; /* of a good one */
	struct slice reason;  /* of a failed one */
	struct slice version; /* of draaiboek, and the date of the build: what it was tried with */
	struct slice date;
	size_t messages;
	struct slice *first;
	size_t first_count;
};

/* Starts as all zeroes. */
struct outcome {
	struct outcome_try good;
	struct outcome_try failed;
	struct arena arena;
};

/* Reads what was written; nothing of it counts when it cannot be read. */
void outcome_read(struct outcome *out, const struct releases *releases);

/* Sets time and messages of a try, from all of `messages`. */
void outcome_note(struct outcome *outcome, struct outcome_try *attempt, struct diags *messages);

int outcome_write(
	const struct outcome *outcome, const struct releases *releases, struct diags *diags);
void outcome_free(struct outcome *outcome);

#endif
