/*
 * Running text: what stands between the marks of Markdown. Finds in it the values of the region,
 * web addresses and glossary terms, and what looks like a slip of the pen.
 */
#ifndef DRAAIBOEK_PROSE_H
#define DRAAIBOEK_PROSE_H

#include "base/text.h"

struct writer;

/* Writes the text; `line` and `column` (bytes) are where the tree says that it starts. */
void prose_write(struct writer *writer, struct slice text, int line, int column);

/*
 * Appends text where only characters can stand: a title, an alternative text, the plain text of a
 * heading. Values of the region are left out there, with a message unless `quiet`.
 */
void prose_plain(struct text *out, struct writer *writer, struct slice text, int line, int column,
	bool quiet);

#endif
