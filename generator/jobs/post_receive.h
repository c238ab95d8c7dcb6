/*
 * The hook that publishes a push: git runs it in the repository after the branches have moved.
 */
#ifndef DRAAIBOEK_POST_RECEIVE_H
#define DRAAIBOEK_POST_RECEIVE_H

#include "jobs/publish.h"

struct diags;

/*
 * Reads "old new reference" lines from standard input, and publishes when one is of a branch that
 * is. The repository is that of GIT_DIR, and where it is published stands in its settings:
 * draaiboek.to, draaiboek.ref. When another builder is at it, that one will include this push.
 *
 * The build goes on when the pusher hangs up: it is another process, in a session of its own, that
 * writes to publish.log; this one shows what is written there. Both return from here, with
 * `status` as the exit status. -1 with a message when it did not come to that.
 */
int job_post_receive(int *status, const struct publish_options *options, struct diags *diags);

#endif
