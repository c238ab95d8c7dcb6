/*
 * Where a site's bytes come from: a folder, or a revision of a git repository (bare too), read
 * from the object store without a checkout. Both give the same list of files, sorted by path.
 *
 * What the tree may hold is checked while it is listed, by names and sizes, before a file is read:
 * links, submodules, names that cannot be published, names that some file system takes for one,
 * files and trees over the limits (see input/tree.h). A refused file is a message and is not in the
 * list.
 */
#ifndef DRAAIBOEK_SOURCE_H
#define DRAAIBOEK_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "input/tree.h" /* struct source_file, and the limits */

struct diags;
struct repository;

struct source;

/*
 * Opens the site at `path`: a folder (`revision` NULL), or a git repository, or a folder in one, at
 * `revision`. A bare repository without a revision is read at its HEAD. Lists what stands below
 * content/, playbooks/ and themes/; hidden files (.name) and editors' copies (name~) are passed
 * over. A site without content/site.yml and a revision that is not found are fatal messages.
 *
 * In a pre-receive hook, what the push brought is seen: git says by GIT_QUARANTINE_PATH where it
 * keeps that.
 */
int source_open(struct source **out, const char *path, const char *revision, struct diags *diags);
void source_free(struct source *source);

/* All files, sorted by path (bytes). Borrowed. */
const struct source_file *source_files(const struct source *source, size_t *count);

/* The file at this path, or NULL. */
const struct source_file *source_find(const struct source *source, struct slice path);

/* One thread's handle for reading. Threads must not share one. */
struct source_reader;
int source_reader_open(
	struct source_reader **out, const struct source *source, struct diags *diags);
void source_reader_free(struct source_reader *reader);

/* Reads a file into `out`, which is emptied first. */
int source_read(struct text *out, struct source_reader *reader, const struct source_file *file,
	struct diags *diags);

/*
 * Reads the file at `path` (relative to the site) as it stood at a commit, 40 hexadecimal digits.
 * Returns 1, without a message, when there was none, or when the repository does not have that
 * commit.
 */
int source_read_at(struct text *out, struct source_reader *reader, const char *commit,
	struct slice path, struct diags *diags);

/*
 * The id (20 bytes) of the file or folder at `path` (relative to the site) at a commit (20 bytes).
 * Returns 1, without a message, when there is none; -1 when a tree cannot be read.
 */
int source_id_at(unsigned char *out, struct source_reader *reader, const unsigned char *commit,
	struct slice path, struct diags *diags);

/* Reads a version of a page by the id of its blob (20 bytes), as input/history has it. */
int source_read_blob(struct text *out, struct source_reader *reader, const unsigned char *id,
	struct diags *diags);

/*
 * The repository that the site lies in, and the commit it is read at: of a folder, HEAD. Gives
 * NULL when there is none (no repository, no commit yet). Borrowed. For input/history.
 */
const struct repository *source_repository(const struct source *source);

/* The commit's id in 20 bytes, and the site's folder in the tree ("" or "docs/site/"). */
const unsigned char *source_commit(const struct source *source);
struct slice source_prefix(const struct source *source);

#endif
