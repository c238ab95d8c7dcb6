/*
 * A section's pieces as HTML on one page: what was left open by the parser is filled in for the
 * scope and the place of the page.
 */
#ifndef DRAAIBOEK_BODY_H
#define DRAAIBOEK_BODY_H

#include <stddef.h>

#include "base/text.h"

struct piece;
struct region;
struct section;
struct site;
struct value;
struct variant;

struct body {
	const struct site *site;
	const struct region *region; /* NULL: the nation */
	const struct value *contact; /* of this page alone, before the region's; or NULL */
	const struct value *strings; /* of the theme */
	struct slice root;	     /* the way to the site's root: "../../" */
	struct slice home;	     /* the way to the root of the scope */
	unsigned char *explained;    /* a bit for each glossary term that stood on the page */
};

/* Appends the pieces. The first time that a term stands on the page, it gets its explanation. */
void body_draw(struct text *out, const struct body *body, const struct piece *pieces, size_t count);

/* Appends a title, in which no links may stand. */
void body_draw_title(
	struct text *out, const struct body *body, const struct piece *pieces, size_t count);

/*
 * Appends the text that was replaced: sections one behind the other, deeper titles as bold lines.
 * These keep their ids, so that links to them still lead somewhere, unless a part of the variant
 * has taken the id over.
 */
void body_draw_replaced(struct text *out, const struct body *body, const struct variant *variant,
	const struct section *sections, size_t count);

#endif
