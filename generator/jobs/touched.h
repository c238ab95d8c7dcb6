/*
 * Which regions a national edit touches: their text has lost its heading, or stands in the place of
 * a text that is another now. That never blocks a push; who edits the national page hears it.
 */
#ifndef DRAAIBOEK_TOUCHED_H
#define DRAAIBOEK_TOUCHED_H

struct diags;
struct push;
struct verdict;

/*
 * Adds to `notes` a warning for each heading, page or kind of error by which the push puts texts of
 * regions in error, and a tip for each section that regions have adapted and that it changes,
 * unless its commits are small. Each names the regions. `diags` and `verdict` are of the new
 * revision. Nothing when there is no commit to compare with.
 */
void touched_find(struct diags *notes, const struct push *push, struct diags *diags,
	const struct verdict *verdict);

#endif
