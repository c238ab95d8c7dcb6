/*
 * A short name is put in two lines where it has a space or a hyphen; of more than one, at the one
 * that makes the longer line shortest. Called by model/region.
 */
#include "model/tile.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/value.h"
#include "model/schema.h"

#define MOST 20		/* rows, and columns */
#define LINE_LETTERS 12 /* of a line in small letters */
#define WIDE_LETTERS 10 /* of a line in large ones */

static size_t tile_letters(struct slice text)
{
	size_t count = 0;

	while (text.size > 0) {
		uint32_t point;

		text = slice_from(text, unicode_next(&point, text));
		count++;
	}
	return count;
}

/* The letters of the longer line, when the second one starts at byte `at`. */
static size_t tile_longest(struct slice name, size_t at)
{
	size_t top = tile_letters(slice_trim((struct slice){name.data, at}));
	size_t bottom = tile_letters(slice_from(name, at));

	return top > bottom ? top : bottom;
}

static void tile_break(struct tile *tile, struct slice name)
{
	size_t best = name.size, least = tile_letters(name);

	for (size_t i = 1; i < name.size; i++) {
		size_t longest;

		if (name.data[i - 1] != ' ' && name.data[i - 1] != '-' && name.data[i - 1] != '/')
			continue;
		longest = tile_longest(name, i);
		if (longest >= least)
			continue;
		best = i;
		least = longest;
	}
	tile->top = slice_trim((struct slice){name.data, best});
	tile->bottom = slice_from(name, best);
	tile->narrow = least > WIDE_LETTERS;
}

/* A row or a column; 0 when it is none, and then there is a message. */
static int tile_number(
	const struct value *map, const char *key, const char *path, struct diags *diags)
{
	const struct value *value = value_at(map, key);
	int number = value != NULL ? slice_number(value_text(value)) : -1;

	if (number >= 1 && number <= MOST)
		return number;
	if (value == NULL)
		diag_add(diags, DIAG_TILE_HALF, schema_place(path, map), key, (char *)NULL);
	else
		diag_add(diags, DIAG_TILE_NUMBER, schema_place(path, value), key,
			value_text(value).size > 0 ? value_text(value).data : "", (char *)NULL);
	return 0;
}

/* False when the map's place is none: the region is left off. */
static bool tile_read_place(
	struct tile *tile, const struct value *map, const char *path, struct diags *diags)
{
	static const char *const keys[] = {"rij", "kolom"};

	if (map == NULL)
		return false;
	if (map->kind != VALUE_MAP) {
		diag_add(diags, DIAG_FIELD_KEYS, schema_place(path, map), "kaart", "rij: 1",
			(char *)NULL);
		return false;
	}
	(void)schema_check_keys(map, keys, ARRAY_LEN(keys), path, diags);
	tile->row = tile_number(map, "rij", path, diags);
	tile->column = tile_number(map, "kolom", path, diags);
	return tile->row > 0 && tile->column > 0;
}

void tile_read(struct tile *out, const struct value *root, struct slice name, const char *path,
	struct diags *diags)
{
	const struct value *map = value_at(root, "kaart");
	const struct value *given = value_at(root, "afkorting");
	struct slice text = slice_trim(given != NULL ? value_text(given) : name);

	*out = (struct tile){0};
	if (given != NULL && (given->kind != VALUE_TEXT || text.size == 0)) {
		diag_add(diags, DIAG_FIELD_TEXT, schema_place(path, given), "afkorting",
			(char *)NULL);
		text = slice_trim(name);
	}
	if (!tile_read_place(out, map, path, diags)) {
		*out = (struct tile){0};
		return;
	}
	tile_break(out, text);
	if (tile_letters(out->top) > LINE_LETTERS || tile_letters(out->bottom) > LINE_LETTERS)
		diag_add(diags, DIAG_TILE_NAME, schema_place(path, given != NULL ? given : map),
			slice_is(text, "") ? "" : text.data, (char *)NULL);
}
