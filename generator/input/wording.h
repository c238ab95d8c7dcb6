/*
 * What a text says, apart from how its lines are broken: the ground on which two versions of a page
 * are compared. White space of any kind counts as one space, and the end of a paragraph too, since
 * it is only a blank line; comments are left out. All else counts: words, figures, where a link or
 * image leads, emphasis, lists, tables, code, the text of a footnote where it is referred to.
 */
#ifndef DRAAIBOEK_WORDING_H
#define DRAAIBOEK_WORDING_H

struct cmark_node;
struct writer;

enum wording_form {
	WORDING_EXACT, /* to be compared: markup shows as control characters, which no page holds */
	WORDING_PLAIN  /* to be read: a line for each paragraph, item and row, without markup; where
			  links lead stands in the last line of a section, between < and > */
};

/*
 * Sets as `text` of each of the writer's sections what its heading and body say; those of
 * neighbours lie one behind the other.
 */
void wording_read(struct writer *writer, struct cmark_node *root, enum wording_form form);

#endif
