/*
 * Tables that a spreadsheet opens with a double click: RFC 4180 (https://www.rfc-editor.org/rfc/
 * rfc4180) but for the separator. That is the semicolon, which Excel wants where the comma stands
 * for the decimal point, as in the Netherlands; with commas all of a line would land in one cell.
 * A line `sep=;` would help other Excels, but makes it read UTF-8 as something else, and stands as
 * a row in every other program. UTF-8 with a byte order mark, by which Excel knows it.
 *
 * No text becomes a formula: what starts as one gets an apostrophe in front
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
#ifndef DRAAIBOEK_CSV_H
#define DRAAIBOEK_CSV_H

#include <stdbool.h>

#include "base/text.h"

/* A table while it is written. */
struct csv {
	struct text *out; /* borrowed */
	bool in_row;
};

/* Starts a table: puts the byte order mark. */
void csv_open(struct csv *csv, struct text *out);

/* The next cell of the row. Line ends in the text stay, as LF; other control characters go. */
void csv_cell(struct csv *csv, struct slice text);

/* Ends the row. */
void csv_end_row(struct csv *csv);

#endif
