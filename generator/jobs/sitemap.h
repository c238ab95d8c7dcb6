/*
 * The sitemap of all canonical addresses: one file, or an index of several.
 */
#ifndef DRAAIBOEK_SITEMAP_H
#define DRAAIBOEK_SITEMAP_H

#include "base/text.h"

struct arena;
struct diags;
struct sink;
struct view;

/* Writes sitemap.xml, and sitemap-N.xml when there are many addresses. `buffer` is scratch. */
int sitemap_write(const struct view *view, struct arena *arena, struct text *buffer,
	const struct sink *sink, struct diags *diags);

#endif
