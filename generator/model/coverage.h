/*
 * What the regions make of a national page, section by section: which of them they leave alone,
 * add to, replace, hide, fill in or leave open, and where the nation has changed its text since.
 * Reads what model/overlay and model/drift found; asks nothing of the files.
 */
#ifndef DRAAIBOEK_COVERAGE_H
#define DRAAIBOEK_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct adapted;
struct arena;
struct part;
struct site;
struct variant;

enum coverage_state {
	COVERAGE_NATIONAL, /* as the nation has it */
	COVERAGE_OPEN,	   /* regio-vult-in, and not filled in */
	COVERAGE_FILLED,   /* regio-vult-in, and filled in */
	COVERAGE_ADDED,	   /* text of the region before or behind the nation's */
	COVERAGE_OWN,	   /* text of the region in the place of the nation's */
	COVERAGE_HIDDEN,
	COVERAGE_NEW,	/* a section that only the region has */
	COVERAGE_ORPHAN /* a text of the region whose section is gone */
};

/* One section in one region. */
struct coverage_cell {
	enum coverage_state state;
	const struct adapted *by;      /* what the region does to it, or to a heading above it, or
					  that adds it; NULL: nothing */
	const struct adapted *drifted; /* what the region does to it, to another text than the
					  nation has now; or NULL */
};

/* A page in one region. When the region replaces or hides all of it, all sections are that. */
struct coverage {
	const struct variant *variant;
	struct coverage_cell *cells; /* of each national section; the first is the introduction */
	size_t count;
	struct coverage_cell *extra; /* sections of the region alone, then orphans */
	size_t extra_count;
	const struct adapted *page_drifted; /* of a page that is replaced or hidden; or NULL */
};

/* How many regions do what to one national page. */
struct coverage_counts {
	size_t adapted; /* have a file for it */
	size_t own;	/* show something else than the nation */
	size_t open;	/* leave a section open that they are to fill in */
};

/* `variant` is that of a region. All of the result lives in the arena. */
void coverage_find(struct coverage *out, struct arena *arena, const struct variant *variant);

/* National page `number` in all regions. */
void coverage_count(struct coverage_counts *out, const struct site *site, size_t number);

/*
 * The sections of a national page that are worth a column: headings of level 2, and deeper ones
 * that some region works on or is to fill in. Returns how many; `*out` lives in the arena.
 */
size_t coverage_columns(size_t **out, struct arena *arena, const struct site *site, size_t number);

/* True when readers in the region read something else than the nation's text. */
bool coverage_is_own(const struct variant *variant);

/* How many sections the region is still to fill in. */
size_t coverage_open(const struct variant *variant);

/* Where on the region's page the section stands: NULL when the page has no such part. */
const struct part *coverage_part(
	const struct variant *variant, const struct coverage_cell *cell, size_t section);

/* "eigen", "aangevuld", …: the name of a state for themes. */
const char *coverage_name(enum coverage_state state);

#endif
