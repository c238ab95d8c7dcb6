/*
 * Finds the tags in a template's text: delimiters, the sign that says what a tag is, its name.
 * Knows nothing of what tags mean together.
 */
#ifndef DRAAIBOEK_TEMPLATE_SCAN_H
#define DRAAIBOEK_TEMPLATE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* `source` is the caller's to fill in, the rest starts as all zeroes. */
struct template_scanner {
	struct slice source;
	size_t position; /* where the next tag is looked for */
	struct slice open;
	struct slice close;
};

enum template_fault {
	TEMPLATE_SOUND,
	TEMPLATE_NOT_CLOSED,
	TEMPLATE_BAD_NAME,
	TEMPLATE_BAD_DELIMITERS
};

struct template_tag {
	enum template_fault fault;
	char sign; /* of # ^ / > < $ ! = & and, for a value, a space; { comes as & */
	struct slice name;
	size_t start; /* of the tag in the source */
	size_t end;
};

/*
 * The next tag; false when there is none. The scanner then stands behind it, and has the delimiters
 * that it sets.
 */
bool template_scan(struct template_tag *out, struct template_scanner *scanner);

#endif
