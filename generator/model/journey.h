/*
 * Journeys: a page with numbered steps, and the pages that say which of these steps they belong to
 * (`onderdeel-van`). Which headings are steps is decided here for all who count them.
 */
#ifndef DRAAIBOEK_JOURNEY_H
#define DRAAIBOEK_JOURNEY_H

#include <stdbool.h>

struct page;
struct part;
struct variant;

/*
 * Reads `onderdeel-van` of the page's front matter into page->journeys, by paths alone: a link
 * whose `page` is empty names no page with a step.
 */
void journey_read(struct page *page);

/*
 * True for a heading of level 2 of a page whose type has numbered steps. What a region hides is no
 * step, nor what has lost its place.
 */
bool journey_is_step(const struct variant *variant, const struct part *part);

/* True when `to` is there for everyone who reads `from`: it is national, or of the same region. */
bool journey_is_in_reach(const struct page *from, const struct page *to);

#endif
