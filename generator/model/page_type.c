/*
 * What a type says of itself, its fields, and what its pages must have. What is wrong is left out.
 */
#include "model/page_type.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "model/schema.h"

static const struct {
	const char *name;
	enum field_kind kind;
} field_kinds[] = {{"tekst", FIELD_TEXT}, {"datum", FIELD_DATE}, {"lijst", FIELD_LIST},
	{"keuze", FIELD_CHOICE}, {"keuzes", FIELD_CHOICES}, {"bedrag", FIELD_AMOUNT},
	{"url", FIELD_URL}, {"getal", FIELD_NUMBER}, {"ja-nee", FIELD_BOOL},
	{"paginas", FIELD_PAGES}, {"antwoorden", FIELD_ANSWERS}};

static const struct {
	const char *name;
	unsigned check;
} type_checks[] = {{"samenvatting", TYPE_NEEDS_SUMMARY}, {"bron", TYPE_NEEDS_SOURCE},
	{"herziening", TYPE_NEEDS_REVIEW}, {"stappen", TYPE_NEEDS_STEPS},
	{"eigenaar", TYPE_NEEDS_OWNER}};

static const char *const type_keys[] = {
	"titel", "meervoud", "sjabloon", "genummerd", "qr", "velden", "controles"};
static const char *const field_keys[] = {"label", "soort", "verplicht", "keuzes"};

/* The kind that `soort` names; text when it names none. */
static int read_kind(
	enum field_kind *out, const struct value *kind, const char *path, struct diags *diags)
{
	const char *names[ARRAY_LEN(field_kinds)];

	*out = FIELD_TEXT;
	if (kind == NULL)
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(field_kinds); i++) {
		names[i] = field_kinds[i].name;
		if (!slice_is(value_text(kind), names[i]))
			continue;
		*out = field_kinds[i].kind;
		return 0;
	}
	schema_none_of(DIAG_TYPE_FIELD_KIND, schema_place(path, kind), value_text(kind), names,
		ARRAY_LEN(names), diags);
	return -1;
}

/* True for a field that every page may have. */
static bool is_common(struct slice name)
{
	size_t count;
	const struct field *fields = schema_common(&count);

	for (size_t i = 0; i < count; i++)
		if (slice_equal(fields[i].name, name))
			return true;
	return false;
}

static int read_field(
	struct field *out, const struct value *entry, const char *path, struct diags *diags)
{
	struct field field = {.name = entry->key};

	if (entry->kind != VALUE_MAP) {
		(void)schema_wrong(entry, path, DIAG_TYPE_FIELD, diags);
		return -1;
	}
	if (!schema_check_keys(entry, field_keys, ARRAY_LEN(field_keys), path, diags))
		return -1;
	if (is_common(entry->key)) {
		(void)schema_wrong(entry, path, DIAG_TYPE_FIELD_TAKEN, diags);
		return -1;
	}
	if (read_kind(&field.kind, value_at(entry, "soort"), path, diags) != 0)
		return -1;
	field.label = value_text_at(entry, "label");
	if (field.label.size == 0)
		field.label = entry->key;
	field.required = schema_is_yes(value_text_at(entry, "verplicht"));
	field.choices = value_at(entry, "keuzes");
	if (!schema_check_list(field.choices, path, diags))
		return -1;
	if ((field.kind == FIELD_CHOICE || field.kind == FIELD_CHOICES) &&
		(field.choices == NULL || field.choices->count == 0)) {
		(void)schema_wrong(entry, path, DIAG_TYPE_CHOICES, diags);
		return -1;
	}
	*out = field;
	return 0;
}

static int read_checks(
	unsigned *out, const struct value *list, const char *path, struct diags *diags)
{
	const char *names[ARRAY_LEN(type_checks)];
	int result = 0;

	if (!schema_check_list(list, path, diags))
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(type_checks); i++)
		names[i] = type_checks[i].name;
	for (const struct value *item = list != NULL ? list->first : NULL; item != NULL;
		item = item->next) {
		size_t i = 0;

		while (i < ARRAY_LEN(type_checks) && !slice_is(value_text(item), names[i]))
			i++;
		if (i < ARRAY_LEN(type_checks)) {
			*out |= type_checks[i].check;
			continue;
		}
		schema_none_of(DIAG_TYPE_CHECK, schema_place(path, item), value_text(item), names,
			ARRAY_LEN(names), diags);
		result = -1;
	}
	return result;
}

/* The fields of the type; those that are wrong are left out. */
static int read_fields(struct page_type *type, struct arena *arena, const struct value *fields,
	const char *path, struct diags *diags)
{
	struct field *read;
	int result = 0;

	if (fields == NULL || fields->kind == VALUE_NULL)
		return 0;
	if (fields->kind != VALUE_MAP) {
		diag_add(diags, DIAG_FIELD_KEYS, schema_key_place(path, fields), "velden",
			"bedrag: {label: Bedrag, soort: bedrag}", (char *)NULL);
		return -1;
	}
	read = arena_new(arena, fields->count, sizeof(*read));
	for (const struct value *entry = fields->first; entry != NULL; entry = entry->next) {
		if (read_field(&read[type->count], entry, path, diags) == 0)
			type->count++;
		else
			result = -1;
	}
	type->fields = read;
	return result;
}

int page_type_read(struct page_type *out, struct arena *arena, const struct value *root,
	const char *path, struct slice name, struct diags *diags)
{
	struct page_type type = {.name = name, .path = path};
	int result = 0;

	*out = (struct page_type){.name = name,
		.title = name,
		.plural = name,
		.template = slice_of("pagina"),
		.path = path};
	if (!schema_check_file(root, "titel", path, diags))
		return -1;
	if (!schema_check_keys(root, type_keys, ARRAY_LEN(type_keys), path, diags))
		result = -1;
	type.title = value_text_at(root, "titel");
	if (type.title.size == 0) {
		diag_add(diags, DIAG_FIELD_REQUIRED, (struct place){path, 1, 0}, "titel",
			(char *)NULL);
		type.title = name;
		result = -1;
	}
	type.plural = value_text_at(root, "meervoud");
	if (type.plural.size == 0)
		type.plural = type.title;
	type.template = value_text_at(root, "sjabloon");
	if (type.template.size == 0)
		type.template = name;
	type.numbered = schema_is_yes(value_text_at(root, "genummerd"));
	type.has_code = schema_is_yes(value_text_at(root, "qr"));
	if (read_fields(&type, arena, value_at(root, "velden"), path, diags) != 0)
		result = -1;
	if (read_checks(&type.checks, value_at(root, "controles"), path, diags) != 0)
		result = -1;
	*out = type;
	return result;
}
