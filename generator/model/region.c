/*
 * The keys of regio.yml, and the values that texts take from them.
 */
#include "model/region.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "model/schema.h"

static const char *const region_keys[] = {
	"naam", "gemeenten", "loket", "contact", "katalysator", "huisstijl"};
static const char *const contact_keys[] = {
	"naam", "telefoon", "email", "url", "adres", "bereikbaar", "gecontroleerd"};
static const char *const desk_keys[] = {"naam", "url", "adres"};
static const char *const style_keys[] = {"kleur"};

static void region_check_keys(const struct value *map, const char *const *names, size_t count,
	const char *path, struct diags *diags)
{
	for (const struct value *entry = map->first; entry != NULL; entry = entry->next) {
		size_t i = 0;
		const char *nearest;

		while (i < count && !slice_is(entry->key, names[i]))
			i++;
		if (i < count)
			continue;
		nearest = diag_nearest(entry->key.data, names, count);
		diag_add(diags, DIAG_KEY_UNKNOWN, schema_key_place(path, entry), entry->key.data,
			nearest != NULL ? nearest : names[0], (char *)NULL);
	}
}

/* A map of texts: contact, loket, huisstijl. */
static void region_check_map(const struct value *map, const char *const *names, size_t count,
	const char *path, struct diags *diags)
{
	if (map == NULL)
		return;
	if (map->kind != VALUE_MAP) {
		diag_add(diags, DIAG_REGION_MAP, schema_place(path, map), map->key.data, names[0],
			(char *)NULL);
		return;
	}
	region_check_keys(map, names, count, path, diags);
	for (const struct value *entry = map->first; entry != NULL; entry = entry->next)
		if (entry->kind != VALUE_TEXT)
			diag_add(diags, DIAG_FIELD_TEXT, schema_place(path, entry), entry->key.data,
				(char *)NULL);
}

void region_check_contact(const struct value *contact, const char *path, struct diags *diags)
{
	region_check_map(contact, contact_keys, ARRAY_LEN(contact_keys), path, diags);
}

static bool region_is_color(struct slice text)
{
	if (text.size != 7 || text.data[0] != '#')
		return false;
	for (size_t i = 1; i < text.size; i++) {
		char c = text.data[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
			return false;
	}
	return true;
}

int region_read(struct region *out, const struct value *root, struct slice slug, struct slice path,
	struct diags *diags)
{
	const struct value *towns = value_at(root, "gemeenten");
	const struct value *style = value_at(root, "huisstijl");
	int result = 0;

	*out = (struct region){.slug = slug, .path = path, .root = root};
	region_check_keys(root, region_keys, ARRAY_LEN(region_keys), path.data, diags);
	region_check_contact(value_at(root, "contact"), path.data, diags);
	region_check_map(
		value_at(root, "loket"), desk_keys, ARRAY_LEN(desk_keys), path.data, diags);
	region_check_map(style, style_keys, ARRAY_LEN(style_keys), path.data, diags);
	if (towns != NULL && towns->kind != VALUE_LIST)
		diag_add(diags, DIAG_FIELD_LIST, schema_place(path.data, towns), "gemeenten",
			(char *)NULL);
	out->color = value_text_at(style, "kleur");
	if (out->color.size > 0 && !region_is_color(out->color)) {
		diag_add(diags, DIAG_REGION_COLOR,
			schema_place(path.data, value_at(style, "kleur")), out->color.data,
			(char *)NULL);
		out->color = (struct slice){0};
	}
	out->name = value_text_at(root, "naam");
	if (out->name.size == 0) {
		diag_add(diags, DIAG_FIELD_REQUIRED, (struct place){path.data, 1, 0}, "naam",
			(char *)NULL);
		out->name = slug;
		result = -1;
	}
	return result;
}

const struct value *region_value(const struct region *region, struct slice name)
{
	const struct value *at = region->root;

	while (at != NULL && name.size > 0) {
		size_t dot = slice_find(name, '.');

		at = value_get(at, (struct slice){name.data, dot});
		name = slice_from(name, dot < name.size ? dot + 1 : dot);
	}
	return at != NULL && at->kind == VALUE_TEXT ? at : NULL;
}

static bool region_is_one_of(struct slice name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slice_is(name, names[i]))
			return true;
	return false;
}

bool region_knows_variable(struct slice name)
{
	if (slice_starts(name, "contact."))
		return region_is_one_of(slice_from(name, 8), contact_keys, ARRAY_LEN(contact_keys));
	if (slice_starts(name, "loket."))
		return region_is_one_of(slice_from(name, 6), desk_keys, ARRAY_LEN(desk_keys));
	return slice_is(name, "naam") || slice_is(name, "katalysator");
}
