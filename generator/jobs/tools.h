/*
 * The site's tools as the search finds them: pages that draaiboek makes, by which a reader does
 * something, such as compare.
 */
#ifndef DRAAIBOEK_TOOLS_H
#define DRAAIBOEK_TOOLS_H

#include <stddef.h>

struct arena;
struct catalogue_tool;
struct templates;
struct view;

/*
 * Finds the tools that the nation and all regions have, in the arena: the search has one list of
 * them for all. Gives their number.
 */
size_t tools_find(struct catalogue_tool **out, struct arena *arena, const struct view *view,
	const struct templates *templates);

#endif
