/*
 * A national page beside what the regions make of it: its sections by region, and the facts that
 * each region gives. What these pages get is in draaiboek-theme(5), "The pages that compare".
 *
 * Only pages that some region adapted, or is to fill in, have one: of ten thousand that nobody
 * touched there is nothing to tell. Without regions, or with a theme that has no templates for
 * them, there are none.
 */
#ifndef DRAAIBOEK_VIEW_COMPARE_H
#define DRAAIBOEK_VIEW_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct coverage_cell;
struct coverage_counts;
struct region;
struct value;
struct variant;
struct view;
struct view_scope;

#define COMPARE_ADDRESS "vergelijk/"

/* Called once, before any page is made: from here on there are pages that compare. */
void compare_open(struct view *view);

/* How many regions do what to national page `number`. */
const struct coverage_counts *compare_counts(const struct view *view, size_t number);

/* True when national page `number` has a page that compares; and the address of that. */
bool compare_has(const struct view *view, size_t number);
struct slice compare_address(struct arena *arena, const struct view *view, size_t number);

/* The file beside it, by whose name one knows it among one's downloads: "x-per-regio.csv". */
struct slice compare_table_name(struct arena *arena, const struct view *view, size_t number);

/* The page that compares the regions on national page `number`. */
struct value *compare_page(struct arena *arena, const struct view *view,
	const struct view_scope *scope, size_t number);

/* Adds the way to it to a page, of the nation or of a region; nothing when there is none. */
void compare_add_way(struct arena *arena, struct value *page, const struct view *view,
	const struct variant *variant);

/*
 * Appends to `list` what a region does to one section of a page: `section` is its number in the
 * national page; of a section that only the region has it does not count.
 */
void compare_put_cell(struct arena *arena, struct value *list, const struct view *view,
	const struct region *region, const struct variant *variant,
	const struct coverage_cell *cell, size_t section);

/* Appends what a region does to the page as a whole: it replaces or hides it. */
void compare_put_whole_page(struct arena *arena, struct value *list, const struct view *view,
	const struct region *region, const struct variant *variant);

/* The words of the theme with this name, `{aantal}` and `{regios}` in them filled in. */
struct slice compare_say(
	struct arena *arena, const struct view *view, const char *name, size_t count);

/* The same by number: NAME-geen for none, NAME-een for one, NAME-meer for more. */
struct slice compare_count(
	struct arena *arena, const struct view *view, const char *name, size_t count);

/* What the theme calls a state of model/coverage, or "pagina-eigen" and "pagina-weggelaten". */
struct slice compare_state_words(const struct view *view, const char *state);

/* Where a page of a region stands, from the site's root, at the part with this id; "" for none. */
struct slice compare_region_way(struct arena *arena, const struct region *region,
	const struct variant *variant, struct slice id);

#endif
