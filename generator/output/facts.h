/*
 * What a region says of itself and of a page beside its text: whom to call, since when that is
 * known to be right, a title or an owner of its own. Columns of the pages that compare regions.
 */
#ifndef DRAAIBOEK_FACTS_H
#define DRAAIBOEK_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct region;
struct value;
struct variant;
struct view;

enum fact {
	FACT_DESK,
	FACT_PERSON,
	FACT_PHONE,
	FACT_EMAIL,
	FACT_HOURS,
	FACT_CHECKED,
	FACT_TITLE, /* from here on of the page, before it of the contact */
	FACT_SUMMARY,
	FACT_OWNER,
	FACT_REVIEW,
	FACT_CHANGED,
	FACTS
};

/* The facts that are worth a column. */
struct facts {
	bool shown[FACTS];
	struct slice titles[FACTS]; /* in the theme's words */
};

/* Those of which some region has one for national page `number`; desk and telephone always. */
void facts_find(struct facts *out, struct arena *arena, const struct view *view, size_t number);

/* Their titles, as the list `gegeven-koppen` of the page. */
void facts_put_headings(struct arena *arena, struct value *page, const struct facts *facts);

/* What one region has of them, as the list `gegevens`: a run of its contact that is missing is one
 * cell. */
void facts_put(struct arena *arena, struct value *row, const struct view *view,
	const struct facts *facts, const struct region *region, const struct variant *variant);

/* A value of a contact: of the page alone (`variant` may be NULL) before that of the region. */
struct slice facts_contact(
	const struct region *region, const struct variant *variant, const char *key);

#endif
