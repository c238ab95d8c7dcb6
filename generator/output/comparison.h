/*
 * Two versions of a text as one: what was left out in <del>, what came in <ins>, word by word, and
 * what stayed folded away but for a little around it. Words between are said to those who do not
 * see colours or strokes. What is compared is the text as it is read: a line that is broken
 * elsewhere, or a word that became bold, is no difference.
 */
#ifndef DRAAIBOEK_COMPARISON_H
#define DRAAIBOEK_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "output/passage.h"

struct page_type;
struct value;

struct comparison_options {
	const struct value *strings;  /* of the theme: see draaiboek-theme(5) */
	const struct page_type *type; /* has the labels of fields; or NULL */
	size_t most_words;	      /* that are drawn; 0: all */
};

/* What came of it. */
struct comparison_result {
	bool same;	 /* nothing that is read differs: nothing was drawn */
	size_t words;	 /* drawn */
	size_t left_out; /* passages that differ, and were not drawn */
};

/*
 * Appends the difference between two texts as HTML: elements of class `verschil-…`, to stand in a
 * block of the page. Returns -1, with nothing appended, when they cannot be compared.
 */
int comparison_draw(struct text *out, struct comparison_result *result, struct slice old,
	struct slice new, const struct comparison_options *options);

/* The same of passages that were read already, such as those of whole files. */
int comparison_draw_passages(struct text *out, struct comparison_result *result,
	const struct passages *old, const struct passages *new,
	const struct comparison_options *options);

#endif
