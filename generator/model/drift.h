/*
 * Whether a region still adapts the national text that it saw: draaiboek-site(5), "Drift".
 */
#ifndef DRAAIBOEK_DRIFT_H
#define DRAAIBOEK_DRIFT_H

#include <stdbool.h>

#include "base/text.h"

struct history;
struct history_commit;
struct site;
struct source_reader;

/*
 * Sets the state of every adapted section of the site. The last step before the site is frozen; for
 * one thread. What no repository holds has not drifted.
 */
void drift_find(struct site *site, const struct history *history, struct source_reader *reader);

/* True for a commit that its author calls small: the subject starts with "klein:". */
bool drift_is_small(const struct history_commit *commit);

#endif
