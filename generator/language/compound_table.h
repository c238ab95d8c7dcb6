/*
 * The file that tells the splitter of compounds which forms there are: small, and the same bytes
 * everywhere. tools/compounds writes it when draaiboek is built; language/compound_forms reads it.
 *
 * The format, version 1; numbers have their lowest byte first:
 *
 *   8 bytes  "dbkwoord"
 *   4 bytes  the version
 *   4 bytes  how many forms there are
 *   4 bytes  how many bytes follow
 *   then of each form, in the order of their bytes:
 *   1 byte   how many bytes it begins with that are those of the form before it; the two highest
 *            bits are the two lowest of its kinds
 *   1 byte   how many bytes of its own follow; the two highest bits are the other two of its kinds
 *   the bytes themselves
 */
#ifndef DRAAIBOEK_COMPOUND_TABLE_H
#define DRAAIBOEK_COMPOUND_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#define COMPOUND_LONGEST 63 /* bytes of a form */

/* What a form can be; one can be several. */
enum compound_kind {
	COMPOUND_BEGIN = 1,    /* the left part of a compound, its linking letter with it */
	COMPOUND_END = 2,      /* the right part */
	COMPOUND_WORD = 4,     /* an entry of the dictionary, as it stands there */
	COMPOUND_INFLECTED = 8 /* a form of an entry, such as a plural */
};

struct compound_form {
	struct slice word;
	unsigned kinds;
	size_t shared; /* bytes that it begins with as the form before it does; for reading only */
};

/*
 * Appends the file. The forms are in the order of slice_compare(), each once, and have 1 to
 * COMPOUND_LONGEST bytes.
 */
void compound_table_write(struct text *out, const struct compound_form *forms, size_t count);

/* Where the reading of a file is. */
struct compound_table {
	struct slice rest;
	size_t left; /* forms that are still to come, as the file has it */
	char word[COMPOUND_LONGEST];
	size_t size; /* of the newest form */
};

/*
 * Starts reading the bytes, which must outlive that; false when they are no file of this version,
 * or not all of one.
 */
bool compound_table_open(struct compound_table *out, struct slice bytes);

/*
 * Takes the next form, which is borrowed until the next call. Returns 1, or 0 at the end of the
 * file, or -1 when it is damaged.
 */
int compound_table_next(struct compound_form *out, struct compound_table *table);

#endif
