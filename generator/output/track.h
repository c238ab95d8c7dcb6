/*
 * Draws a train as SVG: phases beside each other, and for each wagon a bar over its phases.
 */
#ifndef DRAAIBOEK_TRACK_H
#define DRAAIBOEK_TRACK_H

#include <stddef.h>

#include "base/text.h"

struct value;

#define TRACK_WIDTH 800 /* of the drawing, in its own measure; letters are TRACK_LETTER high */
#define TRACK_LETTER 18

struct track_wagon {
	struct slice title;
	size_t first; /* phase, from 0 */
	size_t last;
};

/* How high the drawing is. */
size_t track_height(size_t wagon_count);

/* Appends what stands within <svg>; `phases` is a list of texts, which is not empty. */
void track_draw(struct text *out, const struct value *phases, const struct track_wagon *wagons,
	size_t wagon_count);

#endif
