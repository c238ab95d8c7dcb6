/*
 * What regions have made their own, page by page: over all regions, and in one of them. What these
 * pages get is in draaiboek-theme(5), "The pages that compare".
 */
#ifndef DRAAIBOEK_VIEW_OVERVIEW_H
#define DRAAIBOEK_VIEW_OVERVIEW_H

#include <stddef.h>

struct arena;
struct region;
struct site;
struct value;
struct view;
struct view_scope;

/* How much of a site a region has made its own. */
struct overview_counts {
	size_t adapted; /* national pages that it shows otherwise */
	size_t pages;	/* of its own */
	size_t open;	/* sections that it is still to fill in */
};

void overview_count(
	struct overview_counts *out, const struct site *site, const struct region *region);

/* All national pages with how many regions made them their own, and the regions: vergelijk/. */
struct value *view_overview(
	struct arena *arena, const struct view *view, const struct view_scope *scope);

/* What a region has made its own, and what it leaves open: regio/SLUG/vergelijk/. */
struct value *view_region_overview(
	struct arena *arena, const struct view *view, const struct view_scope *scope);

#endif
