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

/*
 * Appends the text of a part, its blocks one below the other; before it, with `title`, its heading
 * as a line. `region` is NULL for the nation, where the names of its values stand: "{{loket.naam}}".
 */
void plain_part(struct text *out, const struct region *region, const struct variant *variant,
	const struct part *part, bool title);

#endif
