/*
 * Blocks as HTML: paragraphs, lists, tables, code, quotes, and what those may turn out to be. The
 * walk over the tree is input/html's; it calls these where it enters a block and where it leaves.
 */
#ifndef DRAAIBOEK_BLOCKS_H
#define DRAAIBOEK_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cmark_iter;
struct cmark_node;
struct writer;

struct walk {
	struct writer *writer;
	struct cmark_iter *iter;
	unsigned depth;		   /* of what can be nested */
	const uint8_t *alignments; /* of the table that is open; borrowed from the tree */
	unsigned columns, column;
	bool in_header;
	struct cmark_node *note; /* the footnote that is written, or NULL */
	size_t note_number;	 /* from 0 */
};

void blocks_enter(struct walk *walk, struct cmark_node *node);
void blocks_leave(struct walk *walk, struct cmark_node *node);

#endif
