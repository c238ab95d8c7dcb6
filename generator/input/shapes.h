/*
 * Blocks that mean more than Markdown says: a quote that is a callout, a list that is a row of
 * facts or a checklist, a paragraph that is a picture, HTML that is a comment. They are recognised
 * here on the tree, which is trimmed and marked for input/html to write.
 */
#ifndef DRAAIBOEK_SHAPES_H
#define DRAAIBOEK_SHAPES_H

#include <stdbool.h>

#include "input/document.h"

struct cmark_node;
struct writer;

/* What a node was found to be; kept in the tree. */
enum shape {
	SHAPE_PLAIN,
	SHAPE_CALLOUT,	 /* a quote */
	SHAPE_FACTS,	 /* a list, */
	SHAPE_FACT,	 /* an item in it, and its paragraph, */
	SHAPE_LABEL,	 /* and the strong text in that */
	SHAPE_TASKS,	 /* a list with at least one box, */
	SHAPE_TASK,	 /* an item with a box, */
	SHAPE_DONE,	 /* or with one that is ticked, */
	SHAPE_TASK_TEXT, /* and its paragraph */
	SHAPE_PICTURE,	 /* a paragraph, */
	SHAPE_PICTURED,	 /* and the image in it */
	SHAPE_LINKED	 /* a link that was written */
};

enum shape shape_of(struct cmark_node *node);
void shape_set(struct cmark_node *node, enum shape shape);

/*
 * True for a quote that is a callout; its first line is taken off the tree, so an iterator must be
 * set to the quote again. A kind that does not exist is a message.
 */
bool shape_callout(enum callout_kind *out, struct writer *writer, struct cmark_node *quote);

/*
 * Marks a list and its items when it is a row of facts or a checklist, and takes the colons and the
 * boxes off the tree. Not left to the library, which sees no boxes inside a quote, and takes a box
 * for ticked when "[x]" stands anywhere on its line.
 */
void shape_list(struct cmark_node *list);

/* Marks a paragraph that holds only an image. */
void shape_paragraph(struct cmark_node *paragraph);

/* Adds a message for HTML, in a block or a line, that is not just closed comments. */
void shape_html(struct writer *writer, struct cmark_node *node);

#endif
