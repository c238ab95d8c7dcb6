/*
 * The holding of front matter against its type.
 */
#include "model/schema.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "model/date.h"

#define CANDIDATES 96

#define NAME(text)                                                                                 \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}

static const struct field common_fields[] = {
	{.name = NAME("titel"), .kind = FIELD_TEXT, .required = true},
	{.name = NAME("samenvatting"), .kind = FIELD_TEXT},
	{.name = NAME("soort"), .kind = FIELD_TEXT},
	{.name = NAME("onderwerpen"), .kind = FIELD_LIST},
	{.name = NAME("doelgroep"), .kind = FIELD_LIST},
	{.name = NAME("eigenaar"), .kind = FIELD_TEXT},
	{.name = NAME("gecontroleerd"), .kind = FIELD_DATE},
	{.name = NAME("herzien-voor"), .kind = FIELD_DATE},
	{.name = NAME("geldig-tot"), .kind = FIELD_DATE},
	{.name = NAME("bron"), .kind = FIELD_SOURCES},
	{.name = NAME("oude-adressen"), .kind = FIELD_LIST},
	{.name = NAME("concept"), .kind = FIELD_BOOL},
	{.name = NAME("volgorde"), .kind = FIELD_NUMBER},
	{.name = NAME("onderdeel-van"), .kind = FIELD_LIST},
};

/* What an adaptation may say; `contact` is checked as regio.yml's is, in model/region. */
static const struct field adaptation_fields[] = {
	{.name = NAME("titel"), .kind = FIELD_TEXT},
	{.name = NAME("samenvatting"), .kind = FIELD_TEXT},
	{.name = NAME("eigenaar"), .kind = FIELD_TEXT},
	{.name = NAME("herzien-voor"), .kind = FIELD_DATE},
	{.name = NAME("onderwerpen"), .kind = FIELD_LIST},
	{.name = NAME("vervangt-pagina"), .kind = FIELD_BOOL},
	{.name = NAME("verberg-pagina"), .kind = FIELD_REASON},
	{.name = NAME("gezien"), .kind = FIELD_DATE},
	{.name = NAME("concept"), .kind = FIELD_BOOL},
};

static const char *const audiences[] = {"adviseur", "werkgever", "redactie"};
static const char *const source_keys[] = {"titel", "uitgever", "datum", "url"};

const struct field *schema_common(size_t *count)
{
	*count = ARRAY_LEN(common_fields);
	return common_fields;
}

struct place schema_place(const char *path, const struct value *value)
{
	return (struct place){path, value->line, value->column};
}

struct place schema_key_place(const char *path, const struct value *value)
{
	if (value->key_line == 0)
		return schema_place(path, value);
	return (struct place){path, value->key_line, value->key_column};
}

bool schema_is_yes(struct slice text)
{
	return slice_is(text, "ja") || slice_is(text, "true");
}

static bool schema_is_no(struct slice text)
{
	return slice_is(text, "nee") || slice_is(text, "false");
}

static void schema_add_names(struct text *out, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		text_puts(out, i > 0 ? ", " : "");
		text_puts(out, names[i]);
	}
}

void schema_suggest(struct text *out, struct slice word, const char *const *names, size_t count)
{
	char *copy = mem_copy(word.data, word.size);
	const char *nearest = diag_nearest(copy, names, count);

	if (nearest != NULL)
		text_puts(out, nearest);
	else
		schema_add_names(out, names, count);
	free(copy);
}

void schema_none_of(enum diag_code code, struct place place, struct slice word,
	const char *const *names, size_t count, struct diags *diags)
{
	char *copy = mem_copy(word.data, word.size);
	struct text named = {0};

	text_reserve(&named, 0);
	if (code == DIAG_FIELD_CHOICE)
		schema_add_names(&named, names, count);
	else
		schema_suggest(&named, word, names, count);
	diag_add(diags, code, place, copy, named.data, (char *)NULL);
	text_free(&named);
	free(copy);
}

bool schema_check_keys(const struct value *map, const char *const *names, size_t count,
	const char *path, struct diags *diags)
{
	bool good = true;

	for (const struct value *entry = map->first; entry != NULL; entry = entry->next) {
		size_t i = 0;

		while (i < count && !slice_is(entry->key, names[i]))
			i++;
		if (i < count)
			continue;
		schema_none_of(DIAG_KEY_UNKNOWN, schema_key_place(path, entry), entry->key, names,
			count, diags);
		good = false;
	}
	return good;
}

bool schema_wrong(
	const struct value *value, const char *path, enum diag_code code, struct diags *diags)
{
	char *key = mem_copy(value->key.data, value->key.size);
	struct slice text = value_text(value);
	char *shown = mem_copy(text.data, text.size > 60 ? 60 : text.size);

	diag_add(diags, code, schema_place(path, value), key, shown, (char *)NULL);
	free(key);
	free(shown);
	return false;
}

bool schema_check_file(
	const struct value *root, const char *key, const char *path, struct diags *diags)
{
	if (root->kind == VALUE_MAP)
		return true;
	diag_add(diags, DIAG_FILE_KEYS, schema_place(path, root), key, (char *)NULL);
	return false;
}

bool schema_check_list(const struct value *value, const char *path, struct diags *diags)
{
	if (value == NULL)
		return true;
	if (value->kind != VALUE_LIST)
		return schema_wrong(value, path, DIAG_FIELD_LIST, diags);
	for (const struct value *item = value->first; item != NULL; item = item->next)
		if (item->kind != VALUE_TEXT)
			return schema_wrong(value, path, DIAG_FIELD_LIST, diags);
	return true;
}

bool schema_is_url(struct slice text)
{
	struct slice host = text;

	if (slice_starts(text, "https://"))
		host = slice_from(text, 8);
	else if (slice_starts(text, "http://"))
		host = slice_from(text, 7);
	else
		return false;
	if (host.size == 0 || host.data[0] == '/' || host.data[0] == '.')
		return false;
	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.data[i] <= ' ' || strchr("\"'<>\\^`{|}", text.data[i]))
			return false;
	return true;
}

/* One source: a text, or a map with at least a title. */
static bool schema_check_source(
	const struct value *list, const struct value *item, const char *path, struct diags *diags)
{
	const struct value *url = value_at(item, "url");
	bool good = true;

	if (item->kind == VALUE_TEXT)
		return true;
	if (item->kind != VALUE_MAP || slice_trim(value_text_at(item, "titel")).size == 0) {
		struct value named = *item; /* an item has no key of its own to be shown by */

		named.key = list->key;
		return schema_wrong(&named, path, DIAG_FIELD_SOURCES, diags);
	}
	good = schema_check_keys(item, source_keys, ARRAY_LEN(source_keys), path, diags);
	for (const struct value *entry = item->first; entry != NULL; entry = entry->next)
		if (entry->kind != VALUE_TEXT)
			good = schema_wrong(entry, path, DIAG_FIELD_TEXT, diags);
	if (url != NULL && url->kind == VALUE_TEXT && !schema_is_url(url->text))
		good = schema_wrong(url, path, DIAG_FIELD_URL, diags);
	return good;
}

static bool schema_check_sources(const struct value *value, const char *path, struct diags *diags)
{
	bool good = true;

	if (value->kind == VALUE_TEXT)
		return true;
	if (value->kind != VALUE_LIST)
		return schema_wrong(value, path, DIAG_FIELD_SOURCES, diags);
	for (const struct value *item = value->first; item != NULL; item = item->next)
		good &= schema_check_source(value, item, path, diags);
	return good;
}

/* A map from questions to an answer or a list of them. What there is to ask, check/wizard knows. */
static bool schema_check_answers(const struct value *value, const char *path, struct diags *diags)
{
	bool good = value->kind == VALUE_MAP;

	for (const struct value *entry = value->first; good && entry != NULL; entry = entry->next) {
		const struct value *item = entry->kind == VALUE_LIST ? entry->first : entry;

		good = item != NULL; /* no answers at all would leave the page out for good */
		for (; good && item != NULL; item = entry->kind == VALUE_LIST ? item->next : NULL)
			good = item->kind == VALUE_TEXT;
	}
	return good || schema_wrong(value, path, DIAG_FIELD_ANSWERS, diags);
}

static bool schema_check_choice(
	const struct value *value, const struct field *field, const char *path, struct diags *diags)
{
	const char *names[CANDIDATES];
	size_t count = 0;

	for (const struct value *item = field->choices != NULL ? field->choices->first : NULL;
		item != NULL; item = item->next) {
		if (value->kind == VALUE_TEXT && slice_equal(item->text, value->text))
			return true;
		if (count < ARRAY_LEN(names))
			names[count++] = item->text.data;
	}
	schema_none_of(DIAG_FIELD_CHOICE, schema_place(path, value), value_text(value), names,
		count, diags);
	return false;
}

/* One choice or a list of them. */
static bool schema_check_choices(
	const struct value *value, const struct field *field, const char *path, struct diags *diags)
{
	bool good = true;

	if (value->kind == VALUE_TEXT)
		return schema_check_choice(value, field, path, diags);
	if (!schema_check_list(value, path, diags))
		return false;
	if (value->count == 0)
		return schema_wrong(value, path, DIAG_FIELD_EMPTY, diags);
	for (const struct value *item = value->first; item != NULL; item = item->next)
		good &= schema_check_choice(item, field, path, diags);
	return good;
}

bool schema_chooses(const struct value *value, struct slice choice)
{
	if (value == NULL || value->kind == VALUE_TEXT)
		return value != NULL && slice_equal(value->text, choice);
	for (const struct value *item = value->first; item != NULL; item = item->next)
		if (item->kind == VALUE_TEXT && slice_equal(item->text, choice))
			return true;
	return false;
}

static bool schema_has_digit(struct slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] >= '0' && text.data[i] <= '9')
			return true;
	return false;
}

static bool schema_check_value(
	const struct value *value, const struct field *field, const char *path, struct diags *diags)
{
	struct slice text = value_text(value);
	int date;

	if (field->kind == FIELD_LIST || field->kind == FIELD_PAGES)
		return schema_check_list(value, path, diags);
	if (field->kind == FIELD_CHOICES)
		return schema_check_choices(value, field, path, diags);
	if (field->kind == FIELD_SOURCES)
		return schema_check_sources(value, path, diags);
	if (field->kind == FIELD_ANSWERS)
		return schema_check_answers(value, path, diags);
	if (value->kind != VALUE_TEXT)
		return schema_wrong(value, path, DIAG_FIELD_TEXT, diags);
	switch (field->kind) {
	case FIELD_DATE:
		return date_parse(&date, text) == 0 ||
		       schema_wrong(value, path, DIAG_FIELD_DATE, diags);
	case FIELD_CHOICE:
		return schema_check_choice(value, field, path, diags);
	case FIELD_AMOUNT:
		return schema_has_digit(text) ||
		       schema_wrong(value, path, DIAG_FIELD_AMOUNT, diags);
	case FIELD_URL:
		return schema_is_url(text) || schema_wrong(value, path, DIAG_FIELD_URL, diags);
	case FIELD_NUMBER:
		return slice_number(text) >= 0 ||
		       schema_wrong(value, path, DIAG_FIELD_NUMBER, diags);
	case FIELD_BOOL:
		return schema_is_yes(text) || schema_is_no(text) ||
		       schema_wrong(value, path, DIAG_FIELD_BOOL, diags);
	case FIELD_REASON:
		return (slice_trim(text).size > 0 && !schema_is_yes(text) && !schema_is_no(text)) ||
		       schema_wrong(value, path, DIAG_FIELD_REASON, diags);
	default:
		return true;
	}
}

static const struct field *schema_find(struct slice name, const struct field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slice_equal(fields[i].name, name))
			return &fields[i];
	return NULL;
}

const struct field *schema_field(const struct page_type *type, const char *name)
{
	return schema_find(slice_of(name), type->fields, type->count);
}

/* A key that is no field: is it one that an adaptation may not set, or a slip of the pen? */
static void schema_unknown_key(const struct value *entry, const struct page_type *type,
	enum page_role role, const char *path, struct diags *diags)
{
	const struct field *common = role == ROLE_ADAPTATION ? adaptation_fields : common_fields;
	size_t common_count =
		role == ROLE_ADAPTATION ? ARRAY_LEN(adaptation_fields) : ARRAY_LEN(common_fields);
	const char *names[CANDIDATES];
	size_t count = 0;
	struct place place = schema_key_place(path, entry);

	if (role == ROLE_ADAPTATION &&
		(schema_find(entry->key, common_fields, ARRAY_LEN(common_fields)) != NULL ||
			(type != NULL &&
				schema_find(entry->key, type->fields, type->count) != NULL))) {
		diag_add(diags, DIAG_KEY_NATIONAL, place, entry->key.data, (char *)NULL);
		return;
	}
	for (size_t i = 0; i < common_count && count < CANDIDATES; i++)
		names[count++] = common[i].name.data;
	for (size_t i = 0; role != ROLE_ADAPTATION && type != NULL && i < type->count; i++)
		if (count < CANDIDATES)
			names[count++] = type->fields[i].name.data;
	schema_none_of(DIAG_KEY_UNKNOWN, place, entry->key, names, count, diags);
}

static size_t schema_check_required(const struct value *front, const struct field *fields,
	size_t count, const char *path, struct diags *diags)
{
	size_t errors = 0;

	for (size_t i = 0; i < count; i++) {
		const struct value *value = value_get(front, fields[i].name);

		if (!fields[i].required ||
			(value != NULL && value->kind != VALUE_NULL &&
				(value->kind != VALUE_TEXT || slice_trim(value->text).size > 0)))
			continue;
		diag_add(diags, DIAG_FIELD_REQUIRED, (struct place){path, 1, 0},
			fields[i].name.data, (char *)NULL);
		errors++;
	}
	return errors;
}

static size_t schema_check_type(const struct value *front, const struct page_type *type,
	const char *path, struct diags *diags)
{
	static const struct {
		unsigned check;
		const char *key;
	} needs[] = {{TYPE_NEEDS_SUMMARY, "samenvatting"}, {TYPE_NEEDS_SOURCE, "bron"},
		{TYPE_NEEDS_REVIEW, "herzien-voor"}, {TYPE_NEEDS_OWNER, "eigenaar"}};
	size_t errors = schema_check_required(front, type->fields, type->count, path, diags);

	for (size_t i = 0; i < ARRAY_LEN(needs); i++) {
		if ((type->checks & needs[i].check) == 0 || value_at(front, needs[i].key) != NULL)
			continue;
		diag_add(diags, DIAG_FIELD_REQUIRED, (struct place){path, 1, 0}, needs[i].key,
			(char *)NULL);
		errors++;
	}
	return errors;
}

static size_t schema_check_audience(
	const struct value *front, const char *path, struct diags *diags)
{
	const struct value *list = value_at(front, "doelgroep");
	size_t errors = 0;

	for (const struct value *item = list != NULL ? list->first : NULL; item != NULL;
		item = item->next) {
		size_t i = 0;

		while (i < ARRAY_LEN(audiences) && !slice_is(value_text(item), audiences[i]))
			i++;
		if (i < ARRAY_LEN(audiences))
			continue;
		schema_none_of(DIAG_FIELD_CHOICE, schema_place(path, item), value_text(item),
			audiences, ARRAY_LEN(audiences), diags);
		errors++;
	}
	return errors;
}

size_t schema_check(const struct value *front, const struct page_type *type, enum page_role role,
	const char *path, struct diags *diags)
{
	bool adapts = role == ROLE_ADAPTATION;
	const struct field *common = adapts ? adaptation_fields : common_fields;
	size_t count = adapts ? ARRAY_LEN(adaptation_fields) : ARRAY_LEN(common_fields);
	size_t errors = 0;

	for (const struct value *entry = front->first; entry != NULL; entry = entry->next) {
		const struct field *field = schema_find(entry->key, common, count);

		if (adapts && slice_is(entry->key, "contact"))
			continue;
		if (field == NULL && !adapts && type != NULL)
			field = schema_find(entry->key, type->fields, type->count);
		if (field == NULL) {
			schema_unknown_key(entry, type, role, path, diags);
			errors++;
		} else if (entry->kind == VALUE_NULL) {
			if (!field->required) {
				(void)schema_wrong(entry, path, DIAG_FIELD_EMPTY, diags);
				errors++;
			}
		} else if (!schema_check_value(entry, field, path, diags)) {
			errors++;
		}
	}
	errors += schema_check_required(front, common, count, path, diags);
	if (!adapts && type != NULL)
		errors += schema_check_type(front, type, path, diags);
	return errors + schema_check_audience(front, path, diags);
}
