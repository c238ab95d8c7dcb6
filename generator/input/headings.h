/*
 * The headings of a file, before anything is written: they cut it into sections, and what an author
 * says in the comment behind one (`<!-- #id vast -->`) counts for the whole file.
 */
#ifndef DRAAIBOEK_HEADINGS_H
#define DRAAIBOEK_HEADINGS_H

struct cmark_node;
struct writer;

/*
 * Fills the writer's sections and ids from the tree of a document: levels, titles, marks, unique
 * ids. Returns -1, with a message, when there are too many.
 */
int headings_read(struct writer *writer, struct cmark_node *root);

#endif
