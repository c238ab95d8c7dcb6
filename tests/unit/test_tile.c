/* Where a region lies on the map, and what stands in its tile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "input/yaml.h"
#include "model/tile.h"

#define PATH "content/regios/twente/regio.yml"

/* Reads the tile of a region with this name; the texts in it live in the arena. */
static size_t read_tile(
	struct tile *out, struct arena *arena, const char *name, const char *rest, const char *says)
{
	struct diags *diags = diag_new();
	const struct diag *diag;
	struct value *root;
	size_t count;

	assert_int_equal(
		yaml_parse(&root, arena, slice_keep(arena, slice_of(rest)), PATH, 1, 0, diags), 0);
	tile_read(out, root, slice_of(name), PATH, diags);
	diag = diag_sorted(diags, &count);
	if (says != NULL) {
		assert_int_equal(count, 1);
		assert_string_equal(diag_name(diag->code), says);
	} else {
		assert_int_equal(count, 0);
	}
	diag_free(diags);
	return count;
}

static void assert_lines(const char *name, const char *top, const char *bottom, bool narrow)
{
	struct arena arena = {0};
	struct tile tile;

	read_tile(&tile, &arena, name, "kaart: {rij: 2, kolom: 3}\n", NULL);
	assert_int_equal(tile.row, 2);
	assert_int_equal(tile.column, 3);
	if (!slice_is(tile.top, top) || !slice_is(tile.bottom, bottom))
		fail_msg("%s: \"%.*s\" and \"%.*s\"", name, (int)tile.top.size, tile.top.data,
			(int)tile.bottom.size, tile.bottom.data);
	assert_int_equal(tile.narrow, narrow);
	arena_free(&arena);
}

static void breaks_a_name_where_it_is_shortest(void **state)
{
	(void)state;
	assert_lines("Twente", "Twente", "", false);
	assert_lines("Amersfoort", "Amersfoort", "", false);
	assert_lines("Drechtsteden", "Drechtsteden", "", true);
	assert_lines("Noord-Limburg", "Noord-", "Limburg", false);
	assert_lines("Helmond-De Peel", "Helmond-", "De Peel", false);
	assert_lines("Rijk van Nijmegen", "Rijk van", "Nijmegen", false);
	assert_lines("Zaanstreek/Waterland", "Zaanstreek/", "Waterland", true);
	assert_lines("S\u00fadwest-Frysl\u00e2n", "S\u00fadwest-", "Frysl\u00e2n", false);
	assert_lines("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9",
		"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9", "", false);
}

static void takes_a_short_name_before_the_name(void **state)
{
	struct arena arena = {0};
	struct tile tile;

	(void)state;
	read_tile(&tile, &arena, "Zuid-Kennemerland en IJmond",
		"afkorting: IJmond\nkaart: {rij: 1, kolom: 20}\n", NULL);
	assert_true(slice_is(tile.top, "IJmond"));
	assert_int_equal(tile.column, 20);
	arena_free(&arena);
}

static void leaves_a_region_off_the_map(void **state)
{
	static const struct {
		const char *yaml, *says;
	} cases[] = {
		{"naam: x\n", NULL},
		{"afkorting: T\n", NULL},
		{"kaart: {rij: 1}\n", "tile-half"},
		{"kaart: {kolom: 1}\n", "tile-half"},
		{"kaart: {rij: 0, kolom: 1}\n", "tile-number"},
		{"kaart: {rij: 1, kolom: 21}\n", "tile-number"},
		{"kaart: {rij: -1, kolom: 1}\n", "tile-number"},
		{"kaart: {rij: [1], kolom: 1}\n", "tile-number"},
		{"kaart: {rij: 1.5, kolom: 1}\n", "tile-number"},
		{"kaart: noord\n", "field-keys"},
		{"kaart: [1, 2]\n", "field-keys"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena arena = {0};
		struct tile tile = {.row = 7};

		read_tile(&tile, &arena, "Twente", cases[i].yaml, cases[i].says);
		assert_int_equal(tile.row, 0);
		arena_free(&arena);
	}
}

static void says_what_does_not_fit_and_shows_it(void **state)
{
	struct arena arena = {0};
	struct tile tile;

	(void)state;
	read_tile(&tile, &arena, "Noordoosterlijk", "kaart: {rij: 1, kolom: 1}\n", "tile-name");
	assert_int_equal(tile.row, 1);
	read_tile(&tile, &arena, "T",
		"afkorting: Een twee drie vier vijf zes\nkaart: {rij: 1, kolom: 1}\n", "tile-name");
	assert_int_equal(tile.row, 1);
	read_tile(&tile, &arena, "T", "afkorting: [T]\nkaart: {rij: 1, kolom: 1}\n", "field-text");
	assert_true(slice_is(tile.top, "T"));
	read_tile(&tile, &arena, "T", "kaart: {rij: 1, kolom: 1, laag: 1}\n", "key-unknown");
	assert_int_equal(tile.row, 1);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(breaks_a_name_where_it_is_shortest),
		cmocka_unit_test(takes_a_short_name_before_the_name),
		cmocka_unit_test(leaves_a_region_off_the_map),
		cmocka_unit_test(says_what_does_not_fit_and_shows_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
