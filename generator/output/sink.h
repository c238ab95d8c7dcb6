/*
 * Where the files of a site go, whatever it is: an output folder (output/manifest), or a release.
 * Who makes a file knows only this.
 */
#ifndef DRAAIBOEK_SINK_H
#define DRAAIBOEK_SINK_H

#include "base/text.h"

struct diags;

/* What a place to write to can do; each as the function of its name below. */
struct sink_kind {
	int (*write)(void *to, struct slice path, struct slice bytes, struct diags *diags);
	int (*begin)(void **out, void *to, struct slice path, struct diags *diags);
	int (*append)(void *file, struct slice bytes, struct diags *diags);
	int (*end)(void *file, struct diags *diags);
	void (*abandon)(void *file);
};

struct sink {
	const struct sink_kind *kind;
	void *to;
};

/*
 * Writes a file of the site, at `path` from its root. Several threads may write different paths at
 * once; two writes to one path are a fatal message.
 */
int sink_write(const struct sink *sink, struct slice path, struct slice bytes, struct diags *diags);

/*
 * Writes a file in pieces from its first byte to its last, because it is too large to be in memory
 * as a whole. sink_end() frees the file, whatever it returns; when something failed before it,
 * sink_abandon() does. That takes NULL.
 */
struct sink_file;
int sink_begin(
	struct sink_file **out, const struct sink *sink, struct slice path, struct diags *diags);
int sink_append(struct sink_file *file, struct slice bytes, struct diags *diags);
int sink_end(struct sink_file *file, struct diags *diags);
void sink_abandon(struct sink_file *file);

#endif
