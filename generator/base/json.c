/*
 * JSON through cJSON, stricter than it: the whole file must be one value, in UTF-8, in which no key
 * comes twice. Called by jobs/ for the data of a template, which a theme maker wrote by hand.
 */
#include "base/json.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/value.h"

#define DEEPEST 100
#define SHOWN 30 /* bytes of the place where it goes wrong */

struct reader {
	struct arena *arena;
	struct diags *diags;
	const char *path;
};

static struct value *convert(const struct reader *reader, const cJSON *item, unsigned depth);

/* The shortest form that reads back as the same number; whole numbers without an exponent. */
static void write_number(char *out, size_t size, double number)
{
	bool whole = fabs(number) < 1e15 && floor(number) >= number;
	char *point;

	for (int precision = 15; precision <= 17; precision++) {
		if (whole)
			snprintf(out, size, "%.0f", number);
		else
			snprintf(out, size, "%.*g", precision, number);
		if (strtod(out, NULL) == number)
			break;
	}
	point = strchr(out, ','); /* the decimal point of some locales */
	if (point != NULL)
		*point = '.';
}

static struct value *convert_number(const struct reader *reader, const cJSON *item)
{
	struct value *value = value_new(reader->arena, VALUE_NUMBER);
	char digits[64];

	if (!isfinite(item->valuedouble)) {
		diag_add(reader->diags, DIAG_JSON_NUMBER, (struct place){.path = reader->path},
			NULL);
		return NULL;
	}
	write_number(digits, sizeof(digits), item->valuedouble);
	value->text = slice_keep(reader->arena, slice_of(digits));
	return value;
}

static struct value *convert_list(const struct reader *reader, const cJSON *item, unsigned depth)
{
	struct value *list = value_new(reader->arena, VALUE_LIST);

	for (const cJSON *child = item->child; child != NULL; child = child->next) {
		struct value *entry = convert(reader, child, depth + 1);

		if (entry == NULL)
			return NULL;
		value_append(list, entry);
	}
	return list;
}

static struct value *convert_map(const struct reader *reader, const cJSON *item, unsigned depth)
{
	struct value *map = value_new(reader->arena, VALUE_MAP);
	struct map keys = {0};

	for (const cJSON *child = item->child; child != NULL; child = child->next) {
		struct slice key = slice_keep(reader->arena, slice_of(child->string));
		struct value *entry = convert(reader, child, depth + 1);

		if (entry != NULL && map_set(&keys, key, entry) != NULL) {
			diag_add(reader->diags, DIAG_JSON_KEY_TWICE,
				(struct place){.path = reader->path}, key.data, NULL);
			entry = NULL;
		}
		if (entry == NULL) {
			map = NULL;
			break;
		}
		value_put(map, key, entry);
	}
	map_free(&keys);
	return map;
}

static struct value *convert(const struct reader *reader, const cJSON *item, unsigned depth)
{
	struct value *value;

	if (depth > DEEPEST) {
		diag_add(reader->diags, DIAG_JSON_DEEP, (struct place){.path = reader->path}, NULL);
		return NULL;
	}
	if (cJSON_IsObject(item))
		return convert_map(reader, item, depth);
	if (cJSON_IsArray(item))
		return convert_list(reader, item, depth);
	if (cJSON_IsNumber(item))
		return convert_number(reader, item);
	if (cJSON_IsString(item)) {
		value = value_new(reader->arena, VALUE_TEXT);
		value->text = slice_keep(reader->arena, slice_of(item->valuestring));
		return value;
	}
	if (cJSON_IsBool(item))
		return value_new(reader->arena, cJSON_IsTrue(item) ? VALUE_TRUE : VALUE_FALSE);
	return value_new(reader->arena, VALUE_NULL);
}

/* Where the first byte stands that cJSON would take for something else than it is, or the size. */
static size_t find_refused(struct slice bytes)
{
	struct slice rest = bytes;

	while (rest.size > 0) {
		size_t size = slice_letter_size(rest);

		if (size == 0 || rest.data[0] == '\0')
			break;
		/* A NUL would end the string early. */
		if (slice_starts(rest, "\\u0000"))
			break;
		if (rest.data[0] == '\\' && rest.size > 1 &&
			slice_letter_size(slice_from(rest, 1)) == 1)
			size = 2;
		rest = slice_from(rest, size);
	}
	return bytes.size - rest.size;
}

/* The text from `at` to the end of the line, cut when it is long. */
static struct slice shown_at(struct slice bytes, size_t at)
{
	struct slice rest = slice_from(bytes, at), shown = {rest.data, 0};

	while (shown.size < SHOWN && shown.size < rest.size) {
		uint32_t point;
		size_t size = unicode_next(&point, slice_from(rest, shown.size));

		if (point == '\n' || point == '\0')
			break;
		shown.size += size;
	}
	return shown;
}

static void report_syntax(const struct reader *reader, struct slice bytes, size_t at)
{
	struct place place = {.path = reader->path, .line = 1};
	struct slice shown = shown_at(bytes, at);
	char *near = mem_copy(shown.data, shown.size);
	size_t start = 0;

	for (size_t i = 0; i < at; i++) {
		if (bytes.data[i] == '\n') {
			place.line++;
			start = i + 1;
		}
	}
	place.column = unicode_column(slice_from(bytes, start), at - start);
	diag_add(reader->diags, DIAG_JSON_SYNTAX, place, near, NULL);
	free(near);
}

int json_parse(struct value **out, struct arena *arena, struct slice bytes, const char *path,
	struct diags *diags)
{
	struct reader reader = {.arena = arena, .diags = diags, .path = path};
	char *copy = NULL;
	const char *end = NULL;
	cJSON *root = NULL;
	struct value *value = NULL;
	size_t refused = find_refused(bytes);
	int result = -1;

	if (refused < bytes.size) {
		report_syntax(&reader, bytes, refused);
		return -1;
	}
	/* The NUL behind it is what cJSON wants to find at the end. */
	copy = mem_copy(bytes.data, bytes.size);
	root = cJSON_ParseWithLengthOpts(copy, bytes.size + 1, &end, 1);
	if (root == NULL) {
		size_t at = end != NULL ? (size_t)(end - copy) : 0;

		report_syntax(&reader, bytes, at < bytes.size ? at : bytes.size);
		goto out;
	}
	value = convert(&reader, root, 0);
	if (value == NULL)
		goto out;
	*out = value;
	result = 0;
out:
	cJSON_Delete(root);
	free(copy);
	return result;
}
