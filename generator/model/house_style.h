/*
 * What a region changes in the look of its pages: the map `huisstijl` of regio.yml. Read by
 * model/region, held against contrast by check/house_style, made a style sheet by
 * output/region_style.
 */
#ifndef DRAAIBOEK_HOUSE_STYLE_H
#define DRAAIBOEK_HOUSE_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct diags;
struct value;

/* Those for light grounds first, then those for dark ones in the same order. */
enum house_color {
	HOUSE_ACCENT,
	HOUSE_LINE,
	HOUSE_GROUND,
	HOUSE_ACCENT_DARK,
	HOUSE_LINE_DARK,
	HOUSE_GROUND_DARK,
	HOUSE_COLORS
};

#define HOUSE_SHADES (HOUSE_COLORS / 2) /* for one kind of ground */

struct house_style {
	const struct value *map;	   /* NULL: the region has none */
	struct slice color;		   /* kleur: "#rrggbb", or empty */
	struct slice colors[HOUSE_COLORS]; /* likewise */
	struct slice corners;		   /* hoeken: "recht" or "rond", or empty */
};

/* All keys of the map. */
const char *const *house_style_keys(size_t *count);

/* Reads the map, which may be NULL. A value that cannot be used is a message, and left empty. */
void house_style_read(
	struct house_style *out, const struct value *map, const char *path, struct diags *diags);

/* The key of regio.yml: "accent-donker". */
const char *house_style_key(enum house_color color);

/* Whether there is anything in it. */
bool house_style_is_set(const struct house_style *style);

#endif
