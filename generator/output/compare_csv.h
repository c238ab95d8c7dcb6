/*
 * What the pages that compare regions show, as tables for a spreadsheet.
 */
#ifndef DRAAIBOEK_COMPARE_CSV_H
#define DRAAIBOEK_COMPARE_CSV_H

#include <stddef.h>

#include "base/text.h"

struct arena;
struct view;

#define REGIONS_CSV "vergelijk/regios.csv"

/* "vergelijk/subsidies/x/x-per-regio.csv" */
struct slice compare_csv_address(struct arena *arena, const struct view *view, size_t number);

/*
 * One national page: a row for each of its sections as the nation has it, then one for each region
 * and section. A section that the region leaves as it is has no text there, since that stands
 * above.
 */
void compare_csv_page(
	struct text *out, struct arena *arena, const struct view *view, size_t number);

/* All regions with whom to call, and how much each has made its own. */
void compare_csv_regions(struct text *out, struct arena *arena, const struct view *view);

#endif
