/*
 * The regions as a map and as a list for scripts. The map is schematic: hexagons in rows, of which
 * each even one lies half a hexagon to the right. They are 100 wide; see tile_x() and tile_y().
 */
#include "output/view.h"

#include <stdlib.h>

#include "base/value.h"
#include "model/site.h"

#define TILE_WIDTH 100
#define TILE_HEIGHT 116 /* from point to point */
#define TILE_ROW 87	/* a row lies in the one above: three quarters of the height */

/* The corner of the map, so that it starts where its first region lies. */
struct corner {
	int x, y;
};

/* The middle of the tile. */
static int tile_x(const struct tile *tile)
{
	return tile->column * TILE_WIDTH + (tile->row % 2 == 0 ? TILE_WIDTH / 2 : 0);
}

static int tile_y(const struct tile *tile)
{
	return tile->row * TILE_ROW;
}

/* From north to south, and from west to east: the order in which the keyboard goes through them. */
static int compare_tiles(const void *a, const void *b)
{
	const struct region *left = *(const struct region *const *)a;
	const struct region *right = *(const struct region *const *)b;

	if (left->tile.row != right->tile.row)
		return left->tile.row - right->tile.row;
	if (left->tile.column != right->tile.column)
		return left->tile.column - right->tile.column;
	return slice_compare(left->slug, right->slug);
}

/* Whether the name was broken at a space, which stands in neither line. */
static bool has_space(const struct tile *tile)
{
	return tile->bottom.size > 0 && !slice_ends(tile->top, "-") && !slice_ends(tile->top, "/");
}

/* What a tile is called to who does not see it: with what stands in it, since that may be said. */
static struct slice spoken_name(struct arena *arena, const struct region *region)
{
	struct text name = {0};

	text_add(&name, region->tile.top);
	if (has_space(&region->tile))
		text_byte(&name, ' ');
	text_add(&name, region->tile.bottom);
	if (slice_search(region->name, text_slice(&name)) < region->name.size) {
		text_free(&name);
		return region->name;
	}
	text_puts(&name, ": ");
	text_add(&name, region->name);
	return text_keep(arena, &name);
}

static void put_tile(struct arena *arena, struct value *list, const struct region *region,
	const struct corner *corner)
{
	struct value *item = value_append_map(arena, list);
	struct text path = {0};

	region_address(&path, region, slice_of(""));
	value_put_text(arena, item, "pad", text_keep(arena, &path));
	value_put_text(arena, item, "naam", spoken_name(arena, region));
	value_put_number(arena, item, "x", (size_t)(tile_x(&region->tile) - corner->x));
	value_put_number(arena, item, "y", (size_t)(tile_y(&region->tile) - corner->y));
	value_put_text(arena, item, "boven", region->tile.top);
	value_put_text(arena, item, "onder", region->tile.bottom);
	value_put_bool(arena, item, "los", has_space(&region->tile));
	value_put_bool(arena, item, "krap", region->tile.narrow);
}

void view_put_map(struct arena *arena, struct value *page, const struct view *view)
{
	const struct site *site = view->site;
	const struct region **placed = arena_new(arena, site->region_count, sizeof(*placed));
	struct corner first = {0, 0}, last = {0, 0};
	struct value *map, *list;
	size_t count = 0;

	for (size_t r = 0; r < site->region_count; r++) {
		const struct tile *tile = &site->regions[r].tile;
		int x = tile_x(tile), y = tile_y(tile);

		if (tile->row == 0)
			continue;
		if (count == 0)
			first = last = (struct corner){x, y};
		first = (struct corner){x < first.x ? x : first.x, y < first.y ? y : first.y};
		last = (struct corner){x > last.x ? x : last.x, y > last.y ? y : last.y};
		placed[count++] = &site->regions[r];
	}
	if (count == 0)
		return;
	qsort(placed, count, sizeof(*placed), compare_tiles);
	first.x -= TILE_WIDTH / 2;
	first.y -= TILE_HEIGHT / 2;
	map = value_put_map(arena, page, "kaart");
	value_put_number(arena, map, "breed", (size_t)(last.x + TILE_WIDTH / 2 - first.x));
	value_put_number(arena, map, "hoog", (size_t)(last.y + TILE_HEIGHT / 2 - first.y));
	value_put_bool(arena, map, "onvolledig", count < site->region_count);
	list = value_put_list(arena, map, "tegels");
	for (size_t i = 0; i < count; i++)
		put_tile(arena, list, placed[i], &first);
}

void view_region_names(struct text *out, const struct view *view)
{
	const struct site *site = view->site;

	text_byte(out, '{');
	for (size_t r = 0; r < site->region_count; r++) {
		text_puts(out, r > 0 ? ",\n" : "\n");
		text_json(out, site->regions[r].slug);
		text_byte(out, ':');
		text_json(out, site->regions[r].name);
	}
	text_puts(out, "\n}\n");
}
