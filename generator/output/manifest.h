/*
 * The output folder as draaiboek keeps it: what it wrote is named in .draaiboek/manifest, so that a
 * later build removes what is no longer made, and nothing else, ever. A folder that holds files and
 * no manifest is somebody else's: it is refused.
 *
 * A run may be killed at any moment. A file that is new is named in .draaiboek/pending before it is
 * made, so that the next run knows it as draaiboek's own.
 */
#ifndef DRAAIBOEK_MANIFEST_H
#define DRAAIBOEK_MANIFEST_H

#include <stddef.h>

#include "base/text.h"
#include "output/sink.h"

struct diags;

struct manifest;

/*
 * Opens the output folder, made when absent, and takes its lock (.draaiboek/lock), so that two
 * builds never write at once. A folder that is not draaiboek's, or is locked, is a fatal message.
 */
int manifest_open(struct manifest **out, const char *folder, struct diags *diags);

/*
 * Writes a file of the output, by fs_write(). Several threads may write different paths at once.
 * Two writes to one path, and a path where a file stands that draaiboek did not make, are a fatal
 * message that names it.
 */
int manifest_write(
	struct manifest *manifest, struct slice path, struct slice bytes, struct diags *diags);

/*
 * The folder as a place to write a site to: sink_write() is manifest_write(), and a file in pieces
 * goes by fs_begin(). After sink_abandon() the run has failed, and can write nothing more.
 */
struct sink manifest_sink(struct manifest *manifest);

/*
 * Removes the files that the last manifest names and this run did not write, then writes the new
 * manifest: last, so that a run that died is made good by the next. Nothing can be written after
 * it.
 */
int manifest_finish(struct manifest *manifest, struct diags *diags);

/* Counts: files written (changed or created) and removed. */
void manifest_counts(size_t *written, size_t *removed, const struct manifest *manifest);

/* Closes without removing anything: a build that failed leaves the old files. Takes NULL. */
void manifest_close(struct manifest *manifest);

/*
 * The paths that the manifest names, sorted: those of the last run, and after manifest_finish()
 * those of this one. Borrowed.
 */
const struct slice *manifest_paths(const struct manifest *manifest, size_t *count);

#endif
