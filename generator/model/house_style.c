/*
 * The keys of `huisstijl`. A value that cannot be used is a message, and then as if it were not
 * there; that a value is text is for model/region to say.
 */
#include "model/house_style.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "model/color.h"
#include "model/schema.h"

/* A colour for each enum house_color, behind the first. */
static const char *const keys[] = {
	"kleur", "accent", "lijn", "vlak", "accent-donker", "lijn-donker", "vlak-donker", "hoeken"};

const char *const *house_style_keys(size_t *count)
{
	*count = ARRAY_LEN(keys);
	return keys;
}

const char *house_style_key(enum house_color color)
{
	return keys[1 + color];
}

static struct slice read_color(
	const struct value *map, const char *key, const char *path, struct diags *diags)
{
	const struct value *value = value_at(map, key);
	struct color color;

	if (value == NULL || value->kind != VALUE_TEXT || value->text.size == 0)
		return (struct slice){0};
	if (color_parse(&color, value->text) == 0)
		return value->text;
	diag_add(diags, DIAG_REGION_COLOR, schema_place(path, value), value->text.data,
		(char *)NULL);
	return (struct slice){0};
}

void house_style_read(
	struct house_style *out, const struct value *map, const char *path, struct diags *diags)
{
	const struct value *corners = value_at(map, "hoeken");

	*out = (struct house_style){.map = map};
	if (map == NULL || map->kind != VALUE_MAP)
		return;
	out->color = read_color(map, "kleur", path, diags);
	for (size_t i = 0; i < HOUSE_COLORS; i++)
		out->colors[i] = read_color(map, house_style_key((enum house_color)i), path, diags);
	if (corners == NULL || corners->kind != VALUE_TEXT)
		return;
	if (slice_is(corners->text, "recht") || slice_is(corners->text, "rond"))
		out->corners = corners->text;
	else
		diag_add(diags, DIAG_REGION_CORNERS, schema_place(path, corners),
			corners->text.data, (char *)NULL);
}

bool house_style_is_set(const struct house_style *style)
{
	for (size_t i = 0; i < HOUSE_COLORS; i++)
		if (style->colors[i].size > 0)
			return true;
	return style->color.size > 0 || style->corners.size > 0;
}
