/*
 * What there is to keep up: texts that have drifted, days that have passed, places that are still
 * to be filled. A list for `draaiboek status`; none of it keeps a site from being made.
 */
#ifndef DRAAIBOEK_UPKEEP_H
#define DRAAIBOEK_UPKEEP_H

#include <stddef.h>

#include "base/text.h"

struct adapted;
struct history_commit;
struct page;
struct region;
struct section;
struct site;

enum upkeep_kind {
	UPKEEP_DRIFT,	/* the national text was changed since */
	UPKEEP_UNKNOWN, /* whether it was cannot be told */
	UPKEEP_ORPHAN,	/* what the text adapts is gone */
	UPKEEP_EXPIRED, /* geldig-tot has passed */
	UPKEEP_REVIEW,	/* herzien-voor has come */
	UPKEEP_CONTACT, /* a contact that nobody checked for a year, or ever */
	UPKEEP_OPEN,	/* regio-vult-in, and not filled */
	UPKEEP_KINDS
};

#define UPKEEP_CONTACT_DAYS 365

/* Borrowed from the site. */
struct upkeep_item {
	enum upkeep_kind kind;
	const struct region *region; /* NULL: national */
	struct slice owner;	     /* eigenaar; empty: nobody */
	struct slice path;	     /* where it is to be done */
	unsigned line;
	const struct page *page;       /* the national page, or the region's own; NULL: regio.yml */
	const struct adapted *adapted; /* of the first three kinds; else NULL */
	const struct section *section; /* of UPKEEP_OPEN: the national one; else NULL */
	int date; /* of the change; that has passed; of the last check; or DATE_NONE */
};

struct upkeep {
	struct upkeep_item *items; /* by region (the nation first), owner (nobody last), kind, place
				    */
	size_t count;
	size_t capacity;
};

/* Lists it for the whole site, or with `region` for that one alone. */
void upkeep_list(struct upkeep *out, const struct site *site, const struct region *region);
void upkeep_free(struct upkeep *upkeep);

/* "drift", "unknown", "orphan", "expired", "review", "contact", "open". */
const char *upkeep_name(enum upkeep_kind kind);

#endif
