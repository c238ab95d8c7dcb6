/*
 * The compressed twins of a file, made once when a site is published, so that the server only has
 * to send them. The same bytes give the same twin, whenever and wherever. Hides zlib and brotli.
 */
#ifndef DRAAIBOEK_COMPRESS_H
#define DRAAIBOEK_COMPRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum compress_format {
	COMPRESS_GZIP,	 /* RFC 1952, without name or time */
	COMPRESS_BROTLI, /* RFC 7932 */
	COMPRESS_FORMATS
};

/* What stands behind the name of a twin: ".gz", ".br". */
extern const char *const compress_suffixes[COMPRESS_FORMATS];

/* True for a file of which a twin can be expected to be smaller: text, and not very short. */
bool compress_is_worth(struct slice path, uint64_t size);

/*
 * A file that is being compressed, in pieces. How hard it is tried depends on the path's type and
 * on the size, which must be that of all pieces together. compress_free() takes NULL.
 */
struct compress;
struct compress *compress_new(enum compress_format format, struct slice path, uint64_t size);

/* Appends to `out` what comes of the piece; of the `last` one, all that is left. */
void compress_add(struct text *out, struct compress *compress, struct slice piece, bool last);
void compress_free(struct compress *compress);

#endif
