/*
 * What is in a release, as its file MANIFEST says: of which commit it is, made by which version of
 * draaiboek, for which day, and of each file its size and its SHA-256. Written last, so that a
 * folder with it in is complete; a rollback holds every file against it.
 *
 *	draaiboek-release 1
 *	commit 0123456789abcdef0123456789abcdef01234567
 *	version 0.1.0
 *	date 2026-11-20
 *	file <64 hexadecimal digits> <size> <path>
 *
 * with a line for each file, twins too, sorted by path.
 */
#ifndef DRAAIBOEK_INVENTORY_H
#define DRAAIBOEK_INVENTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"

struct diags;
struct disk;

#define INVENTORY_NAME "MANIFEST"
#define INVENTORY_COMMIT ((size_t)40) /* hexadecimal digits */

struct inventory_file {
	struct slice path;
	uint64_t size;
	unsigned char digest[DIGEST_SIZE];
};

/* What a release is made of; two that have the same have the same files. */
struct inventory_source {
	struct slice commit; /* 40 hexadecimal digits */
	struct slice version;
	struct slice date; /* "2026-11-20" */
};

/* Starts as all zeroes: a release of nothing, without files. */
struct inventory {
	struct inventory_source source;
	struct inventory_file **files;
	size_t count;
	size_t capacity;
	struct map paths; /* path → struct inventory_file */
	struct arena arena;
};

/* Sets the source; copies it. */
void inventory_start(struct inventory *inventory, const struct inventory_source *source);
bool inventory_is_of(const struct inventory *inventory, const struct inventory_source *source);

/* True for a path that can stand in it: a safe one, without control characters, and not its own. */
bool inventory_may_hold(struct slice path);

/* Adds a file, of which size and digest may be filled in later. NULL: the path is there already. */
struct inventory_file *inventory_add(struct inventory *inventory, struct slice path);
const struct inventory_file *inventory_find(const struct inventory *inventory, struct slice path);

/* Appends it as the file has it; sorts it first. */
void inventory_write(struct text *out, struct inventory *inventory);

/*
 * Reads that of a release. Returns 1, without a message, when the file is not there, or is not as
 * draaiboek writes it. The caller frees it with inventory_free().
 */
int inventory_read(struct inventory *out, const struct disk *release, struct diags *diags);

/*
 * Holds every file of a release against it: that it is a plain file of this size and digest. -1,
 * with a message, at the first that is not.
 */
int inventory_verify(
	const struct inventory *inventory, const struct disk *release, struct diags *diags);
void inventory_free(struct inventory *inventory);

#endif
