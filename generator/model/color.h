/*
 * Colours as people see them: how well one reads on another, by WCAG 2.2, and which shade of a
 * colour would read well enough. Knows nothing of regions or themes; called by check/house_style.
 */
#ifndef DRAAIBOEK_COLOR_H
#define DRAAIBOEK_COLOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* What text needs at level AA (success criterion 1.4.3), and edges and lines (1.4.11). */
#define CONTRAST_TEXT 4.5
#define CONTRAST_LINE 3.0

#define COLOR_SIZE 8 /* "#rrggbb" and its NUL */

/* In sRGB, each from 0 to 1. */
struct color {
	double red, green, blue;
};

/* Another colour, and the contrast that is asked with it. */
struct color_need {
	struct color other;
	double contrast;
};

/* Reads "#rrggbb"; -1 when the text is something else. */
int color_parse(struct color *out, struct slice text);

/*
 * The contrast ratio of two colours, from 1 to 21, whichever is in front:
 * (L1 + 0.05) / (L2 + 0.05), with L1 the relative luminance of the lighter one and
 * L = 0.2126 R + 0.7152 G + 0.0722 B, where R = r / 12.92 when r <= 0.04045, else
 * ((r + 0.055) / 1.055) ^ 2.4, and G and B likewise.
 * See https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio and #dfn-relative-luminance.
 */
double color_contrast(const struct color *one, const struct color *other);

/*
 * Writes the nearest shade of `color` that has what it needs: the same hue and chroma in OKLCH
 * (https://www.w3.org/TR/css-color-4/#ok-lab, cut off where sRGB ends) with another lightness, the
 * least that will do. -1 when no shade will.
 */
int color_nearest(char out[COLOR_SIZE], const struct color *color, const struct color_need *needs,
	size_t count);

#endif
