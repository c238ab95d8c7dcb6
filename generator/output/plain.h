/*
 * The text of a page in words alone, with the values of the region in it: for what is no HTML, such
 * as a table for a spreadsheet.
 */
#ifndef DRAAIBOEK_PLAIN_H
#define DRAAIBOEK_PLAIN_H

#include <stdbool.h>

#include "base/text.h"

struct part;
struct region;
struct variant;

struct plain_scope {
	const struct region *region; /* NULL: the nation */
	const struct variant *variant;
	struct slice blank; /* "kies uw regio" */
};

/*
 * Appends the text of a part, its blocks one below the other; before it, with `title`, its heading
 * as a line. `region` is NULL for the nation, where `blank` stands for a region's value.
 */
void plain_part(
	struct text *out, const struct plain_scope *scope, const struct part *part, bool title);

#endif
