/*
 * A region's page from a national page and the region's adaptation of it: draaiboek-site(5),
 * "Regions". A pure function; sections that the region leaves alone are borrowed, not copied.
 */
#ifndef DRAAIBOEK_OVERLAY_H
#define DRAAIBOEK_OVERLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "input/markdown.h"
#include "model/overlay_plan.h" /* enum overlay_verb */

struct arena;
struct diags;
struct history_commit;
struct page;
struct value;

/* A stretch of text below a heading. */
struct block {
	const struct section *section; /* its body */
	bool regional;
	const struct section
		*replaced; /* the national sections in whose place it stands, or NULL */
	size_t replaced_count;
};

/* A heading with its blocks; the first of a variant is the introduction, without heading. */
struct part {
	unsigned level; /* 1: the introduction; 2 to 6 */
	struct slice id;
	struct slice title; /* plain text */
	const struct section
		*heading; /* whose heading it shows with its markup; NULL: plain title */
	const struct section *national; /* the national section it stems from, or NULL: added */
	const struct section *hidden; /* regional: its body says why the part is hidden; or NULL */
	bool orphans;		      /* the heading above texts whose target is gone: the
					 theme has its words */
	bool open_slot;		      /* for a region to fill, and not filled */
	struct block *blocks;
	size_t count;
};

/* Whether the national text is still the one that the region saw; set by model/drift. */
enum drift_state {
	DRIFT_CURRENT, /* actueel */
	DRIFT_CHANGED, /* gewijzigd */
	DRIFT_ORPHAN,  /* wees: what it adapts is gone */
	DRIFT_UNKNOWN  /* onbekend: history does not tell what the region saw */
};

/* What a region does to one national section, or to the whole page, and whether that has drifted.
 */
struct adapted {
	enum overlay_verb verb;
	unsigned line;		   /* in the adaptation's file */
	const struct section *own; /* the region's heading; NULL: the whole page */
	size_t target;		   /* number of the national section; 0: the whole page */
	struct slice title;	   /* of that section; of the page; of an orphan: as it named it */
	enum drift_state state;
	const struct history_commit *commit; /* of DRIFT_CHANGED: the last that changed it */
	unsigned char seen[20]; /* of DRIFT_CHANGED: the blob of the national page that the region
				   saw; zeroes: there was none */
};

/* A page as one scope shows it. */
struct variant {
	const struct page *page;       /* the national page, or the region's own */
	const struct page *adaptation; /* NULL: nothing adapted */
	struct slice title;
	struct slice summary;
	struct slice owner;
	int review;
	bool replaced;		     /* vervangt-pagina: all text is the region's */
	const struct value *hidden;  /* verberg-pagina: why; or NULL. There are no parts then */
	const struct value *contact; /* of this page alone, or NULL */
	struct part *parts;
	size_t count;
	struct adapted *adapted; /* in the order of the file */
	size_t adapted_count;
};

/* The page as it stands: national, or of a region alone. */
void overlay_plain(struct variant *out, struct arena *arena, const struct page *page);

/*
 * Applies an adaptation to a national page. What is wrong in the adaptation is a message, and that
 * heading is left out. Returns the number of errors.
 */
size_t overlay_apply(struct variant *out, struct arena *arena, const struct page *national,
	const struct page *adaptation, struct diags *diags);

/* The part with this id, or NULL. */
const struct part *overlay_find(const struct variant *variant, struct slice id);

#endif
