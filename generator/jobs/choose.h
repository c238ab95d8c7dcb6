/*
 * What a word on the command line means in a site: a region by its slug, a page by its file or
 * address.
 */
#ifndef DRAAIBOEK_CHOOSE_H
#define DRAAIBOEK_CHOOSE_H

#include "base/text.h"

struct diags;
struct page;
struct region;
struct site;

/* The region with this slug; NULL, and a fatal message with the nearest, when there is none. */
const struct region *choose_region(const struct site *site, const char *slug, struct diags *diags);

/*
 * The national page of this file or address, in whatever form somebody has it at hand: the file of
 * the page or of a region's adaptation, its address in any scope, with or without the site's own in
 * front. NULL, and a fatal message with the nearest, when there is none.
 */
const struct page *choose_page(const struct site *site, const char *word, struct diags *diags);

#endif
