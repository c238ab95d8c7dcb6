/*
 * The tree of a document, written as pieces: section after section, each with its footnotes. The
 * markup and the classes that a theme may count on are listed in html.c.
 */
#ifndef DRAAIBOEK_HTML_H
#define DRAAIBOEK_HTML_H

struct cmark_node;
struct writer;

/*
 * Writes all sections. headings_read() must have come first. Trims the tree on its way. Returns -1,
 * with a message, when it is nested too deeply or the output grows over the writer's limit.
 */
int html_write(struct writer *writer, struct cmark_node *root);

#endif
