/*
 * Back to a release that was live before. It is held against its MANIFEST first, every file; then
 * it is switched to, and pinned, so that publishing leaves it alone until the branch moves.
 */
#ifndef DRAAIBOEK_ROLLBACK_H
#define DRAAIBOEK_ROLLBACK_H

struct diags;

/*
 * Rolls the publishing folder back to the release `id`; NULL: to what was live before. Returns -1
 * with a message when it could not: then all is as it was.
 */
int job_rollback(const char *to, const char *id, int verbosity, struct diags *diags);

#endif
