/*
 * The live release on an object store, or whatever else rclone can write to: for a site that has
 * outgrown one server. The order is what keeps a reader there from a page without its assets:
 *
 *	1. the assets, of every release that is kept
 *	2. the pages, and all else
 *	3. what the site no longer has is removed; of the assets, what no release that is kept has
 *
 * So between two releases a reader may meet pages of either, and each is whole. MANIFEST and the
 * compressed files stay here: what serves an object store compresses by itself. Nor do previews go
 * there: they are closed to search engines by a header that it does not send.
 *
 * What is there is known from remote/ of the publishing folder: a list like MANIFEST, of what was
 * surely uploaded. For a store that knows neither times nor hashes, nothing else would do.
 */
#ifndef DRAAIBOEK_REMOTE_H
#define DRAAIBOEK_REMOTE_H

#include <stdbool.h>

struct diags;
struct releases;

struct remote_options {
	const char *remote; /* NAME:PATH, as rclone has it */
	bool force;	    /* all files again; and take over a remote that is not known */
	int verbosity;
};

/*
 * Brings the remote in line with the release that is live; waits for another that does. The lock of
 * the site need not be held. Returns -1, with a message, when that failed: the next time goes on
 * where this ended.
 */
int remote_follow(
	const struct remote_options *options, const struct releases *site, struct diags *diags);

#endif
