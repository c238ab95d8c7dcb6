/*
 * Versions of pages out of the object store, as passages. A few are kept, since what a change is
 * compared with is mostly what the change before it made.
 */
#ifndef DRAAIBOEK_VERSION_H
#define DRAAIBOEK_VERSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "base/text.h"
#include "output/passage.h"

#define VERSIONS_KEPT 4

struct source_reader;

struct version {
	unsigned char id[20];
	bool draft; /* it was not published */
	struct passages passages;
	struct text bytes;
	struct arena front;
};

/* Starts as all zeroes, but for the reader. */
struct versions {
	struct source_reader *reader;
	struct version kept[VERSIONS_KEPT];
	size_t next; /* to be overwritten */
};

/*
 * The version with this blob (20 bytes), until three others were asked for. NULL when it cannot be
 * had: it is larger than a page may be, or damaged.
 */
const struct version *version_get(struct versions *versions, const unsigned char *blob);
void versions_free(struct versions *versions);

#endif
