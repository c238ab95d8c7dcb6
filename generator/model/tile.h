/*
 * The tile of a region on the schematic map: a place in a grid of hexagons, and a short name in one
 * or two lines. From `kaart` and `afkorting` in regio.yml; the format is in draaiboek-site(5).
 */
#ifndef DRAAIBOEK_TILE_H
#define DRAAIBOEK_TILE_H

#include <stdbool.h>

#include "base/text.h"

struct diags;
struct value;

struct tile {
	int row; /* from 1, from the north; 0: the region is on no map */
	int column;
	struct slice top; /* the only line, when `bottom` is empty */
	struct slice bottom;
	bool narrow; /* a line is so long that it needs smaller letters */
};

/* Reads regio.yml's tree. `name` of the region stands in for a short one that is not given. */
void tile_read(struct tile *out, const struct value *root, struct slice name, const char *path,
	struct diags *diags);

#endif
