/*
 * A page's source as a reader takes it in: headings, paragraphs, items, each as a row of words,
 * without the signs of Markdown. For a comparison of two versions, so nothing that may differ is
 * lost: what is not understood stays as it was typed. Comments are no text, and left out.
 */
#ifndef DRAAIBOEK_PASSAGE_H
#define DRAAIBOEK_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct value;

enum passage_kind {
	PASSAGE_TEXT,
	PASSAGE_HEADING, /* also the name of a callout */
	PASSAGE_ITEM,	 /* of a list */
	PASSAGE_ROW,	 /* of a table */
	PASSAGE_CODE,	 /* a line of a code block */
	PASSAGE_FIELD	 /* of the front matter */
};

struct passage {
	enum passage_kind kind;
	bool quoted;
	struct slice name;   /* of a field; of others empty */
	size_t start, count; /* of its words */
};

enum word_mark {
	WORD_SPACED = 1, /* there is white space before it */
	WORD_TARGET = 2	 /* where a link leads to, in its brackets: not to be read */
};

/* Starts as all zeroes. The words are borrowed from what was read; none has a line feed. */
struct passages {
	struct passage *list;
	size_t count;
	size_t capacity;
	struct slice *words;
	unsigned char *marks; /* of each word: enum word_mark */
	size_t word_count;
	size_t word_capacity;
	size_t mark_capacity;
};

/* Adds the passages of Markdown, without front matter. */
void passages_add_markdown(struct passages *passages, struct slice markdown);

/* Adds a passage for each entry of the front matter but those that no page shows. */
void passages_add_fields(struct passages *passages, const struct value *front);

/* Takes all passages out; memory is kept. */
void passages_clear(struct passages *passages);
void passages_free(struct passages *passages);

#endif
