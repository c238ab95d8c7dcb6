/*
 * What regions have together: each municipality is in one of them, and each place on the map is of
 * one. Both sides are told, since either may have it wrong.
 */
#include "check/check.h"

#include "base/diag.h"
#include "base/unicode.h"
#include "base/value.h"
#include "model/site.h"

/* Where a municipality stood first. */
struct town {
	const struct region *region;
	const struct value *value;
	bool told; /* of another place where it stands */
};

static void tell_town(const struct region *region, const struct value *value,
	const struct region *other, unsigned line, struct diags *diags)
{
	struct text place = {0};

	text_printf(&place, "%s:%u", other->path.data, line);
	diag_add(diags, DIAG_REGION_TOWN, schema_place(region->path.data, value), value->text.data,
		place.data, (char *)NULL);
	text_free(&place);
}

static void check_town(struct map *towns, struct arena *arena, const struct region *region,
	const struct value *value, struct diags *diags)
{
	struct text name = {0};
	struct town *town, *first;

	unicode_slug(&name, value->text);
	town = arena_new(arena, 1, sizeof(*town));
	*town = (struct town){.region = region, .value = value};
	first = map_get(towns, text_slice(&name));
	if (first == NULL) {
		(void)map_set(towns, text_keep(arena, &name), town);
		return;
	}
	text_free(&name);
	tell_town(region, value, first->region, first->value->line, diags);
	if (!first->told)
		tell_town(first->region, first->value, region, value->line, diags);
	first->told = true;
}

static void check_towns(const struct site *site, struct diags *diags)
{
	struct arena arena = {0};
	struct map towns = {0};

	for (size_t r = 0; r < site->region_count; r++) {
		const struct value *list = value_at(site->regions[r].root, "gemeenten");
		const struct value *value =
			list != NULL && list->kind == VALUE_LIST ? list->first : NULL;

		for (; value != NULL; value = value->next)
			if (value->kind == VALUE_TEXT)
				check_town(&towns, &arena, &site->regions[r], value, diags);
	}
	map_free(&towns);
	arena_free(&arena);
}

static void tell_tile(const struct region *region, const struct region *other, struct diags *diags)
{
	diag_add(diags, DIAG_TILE_TAKEN,
		schema_place(region->path.data, value_at(region->root, "kaart")), other->path.data,
		(char *)NULL);
}

static void check_tiles(const struct site *site, struct diags *diags)
{
	for (size_t a = 0; a < site->region_count; a++)
		for (size_t b = a + 1; b < site->region_count; b++) {
			const struct region *left = &site->regions[a], *right = &site->regions[b];

			if (left->tile.row == 0 || left->tile.row != right->tile.row ||
				left->tile.column != right->tile.column)
				continue;
			tell_tile(left, right, diags);
			tell_tile(right, left, diags);
		}
}

void check_regions(const struct site *site, struct diags *diags)
{
	check_towns(site, diags);
	check_tiles(site, diags);
}
