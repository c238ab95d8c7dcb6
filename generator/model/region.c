/*
 * The keys of regio.yml, and the values that texts take from them.
 */
#include "model/region.h"

#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "model/date.h"
#include "model/house_style.h"
#include "model/schema.h"

static const char *const region_keys[] = {
	"naam", "afkorting", "gemeenten", "loket", "contact", "katalysator", "huisstijl", "kaart"};
static const char *const contact_keys[] = {
	"naam", "telefoon", "email", "url", "adres", "bereikbaar", "gecontroleerd"};
static const char *const desk_keys[] = {"naam", "url", "adres"};

/* A map of texts: contact, loket, huisstijl. */
static void region_check_map(const struct value *map, const char *const *names, size_t count,
	const char *path, struct diags *diags)
{
	if (map == NULL)
		return;
	if (map->kind != VALUE_MAP) {
		struct text example = {0};

		text_printf(&example, "%s: …", names[0]);
		diag_add(diags, DIAG_FIELD_KEYS, schema_place(path, map), map->key.data,
			example.data, (char *)NULL);
		text_free(&example);
		return;
	}
	(void)schema_check_keys(map, names, count, path, diags);
	for (const struct value *entry = map->first; entry != NULL; entry = entry->next)
		if (entry->kind != VALUE_TEXT)
			diag_add(diags, DIAG_FIELD_TEXT, schema_place(path, entry), entry->key.data,
				(char *)NULL);
}

/* "naam@gemeente.example": enough to tell a slip of the pen; a letter tells if it arrives. */
static bool region_is_email(struct slice text)
{
	size_t at = slice_find(text, '@');
	struct slice host = slice_from(text, at < text.size ? at + 1 : at);

	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.data[i] <= ' ' || strchr("\"'<>()[]\\,;:?&", text.data[i]))
			return false;
	return at > 0 && slice_find(host, '.') < host.size && slice_find(host, '@') == host.size;
}

/* Figures, and the signs that people put between them: 053 000 00 00, +31 (0)53-0000000, 14 053. */
static bool region_is_phone(struct slice text)
{
	size_t figures = 0;

	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] >= '0' && text.data[i] <= '9')
			figures++;
		else if (strchr(" -()./", text.data[i]) == NULL && (text.data[i] != '+' || i > 0))
			return false;
	}
	return figures >= 3 && figures <= 15;
}

void region_dial(struct text *out, struct slice phone)
{
	bool abroad = slice_starts(phone, "+");

	for (size_t i = 0; i < phone.size; i++) {
		if (abroad && slice_starts(slice_from(phone, i), "(0)"))
			i += 2;
		else if (phone.data[i] == '+' || (phone.data[i] >= '0' && phone.data[i] <= '9'))
			text_byte(out, phone.data[i]);
	}
}

/* What a link is made of must be an address, or the reader gets nowhere. */
static void region_check_addresses(const struct value *map, const char *path, struct diags *diags)
{
	const struct value *url = value_at(map, "url");
	const struct value *email = value_at(map, "email");
	const struct value *phone = value_at(map, "telefoon");
	const struct value *checked = value_at(map, "gecontroleerd");
	int date;

	if (url != NULL && url->kind == VALUE_TEXT && !schema_is_url(url->text))
		diag_add(diags, DIAG_FIELD_URL, schema_place(path, url), "url", url->text.data,
			(char *)NULL);
	if (email != NULL && email->kind == VALUE_TEXT && !region_is_email(email->text))
		diag_add(diags, DIAG_FIELD_EMAIL, schema_place(path, email), "email",
			email->text.data, (char *)NULL);
	if (phone != NULL && phone->kind == VALUE_TEXT && !region_is_phone(phone->text))
		diag_add(diags, DIAG_FIELD_PHONE, schema_place(path, phone), "telefoon",
			phone->text.data, (char *)NULL);
	if (checked != NULL && checked->kind == VALUE_TEXT && date_parse(&date, checked->text) != 0)
		diag_add(diags, DIAG_FIELD_DATE, schema_place(path, checked), "gecontroleerd",
			checked->text.data, (char *)NULL);
}

void region_check_contact(const struct value *contact, const char *path, struct diags *diags)
{
	region_check_map(contact, contact_keys, ARRAY_LEN(contact_keys), path, diags);
	region_check_addresses(contact, path, diags);
}

void region_address(struct text *out, const struct region *region, struct slice address)
{
	if (region != NULL)
		text_printf(out, "regio/%s/", region->slug.data);
	text_add(out, address);
}

int region_read(struct region *out, const struct value *root, struct slice slug, struct slice path,
	struct diags *diags)
{
	const struct value *desk = value_at(root, "loket");
	const struct value *catalyst = value_at(root, "katalysator");
	size_t style_count;
	const char *const *style_keys = house_style_keys(&style_count);

	*out = (struct region){.slug = slug, .name = slug, .path = path, .root = root};
	out->refused = !schema_check_file(root, "naam", path.data, diags);
	if (out->refused)
		return -1;
	(void)schema_check_keys(root, region_keys, ARRAY_LEN(region_keys), path.data, diags);
	region_check_contact(value_at(root, "contact"), path.data, diags);
	region_check_map(desk, desk_keys, ARRAY_LEN(desk_keys), path.data, diags);
	region_check_addresses(desk, path.data, diags);
	region_check_map(value_at(root, "huisstijl"), style_keys, style_count, path.data, diags);
	house_style_read(&out->style, value_at(root, "huisstijl"), path.data, diags);
	(void)schema_check_list(value_at(root, "gemeenten"), path.data, diags);
	if (catalyst != NULL && catalyst->kind != VALUE_TEXT)
		diag_add(diags, DIAG_FIELD_TEXT, schema_place(path.data, catalyst), "katalysator",
			(char *)NULL);
	if (slice_trim(value_text_at(root, "naam")).size == 0) {
		diag_add(diags, DIAG_FIELD_REQUIRED, (struct place){path.data, 1, 0}, "naam",
			(char *)NULL);
		return -1;
	}
	out->name = value_text_at(root, "naam");
	tile_read(&out->tile, root, out->name, path.data, diags);
	return 0;
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

const char *const *region_variables(size_t *count)
{
	static const char *const names[] = {"naam", "katalysator", "contact.naam",
		"contact.telefoon", "contact.email", "contact.url", "contact.adres",
		"contact.bereikbaar", "contact.gecontroleerd", "loket.naam", "loket.url",
		"loket.adres"};

	*count = ARRAY_LEN(names);
	return names;
}
