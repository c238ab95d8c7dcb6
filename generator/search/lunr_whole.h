/*
 * Writes an index in one file, byte for byte as JSON.stringify() writes one of lunr 2.3.9 that has
 * the same statistics.
 */
#ifndef DRAAIBOEK_LUNR_WHOLE_H
#define DRAAIBOEK_LUNR_WHOLE_H

#include "base/text.h"

struct lunr;

/*
 * Writes a sealed index as JSON: calls put() with one piece after the other, each some hundreds of
 * KiB, since neither the file nor a tree of it should be held. A piece that is not taken (not 0)
 * ends the writing, and is the result.
 */
int lunr_write(
	const struct lunr *index, int (*put)(void *context, struct slice piece), void *context);

#endif
