/*
 * Builds a tree of values from libyaml's events. libyaml has no limits and time quadratic in the
 * depth of brackets, so what is refused is refused as its event comes, before the parser reads on:
 * it looks 1,024 characters ahead at most.
 */
#include "input/yaml.h"

#include <errno.h>
#include <string.h>
#include <yaml.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/value.h"
#include "input/mistake.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf" /* Notepad puts it before UTF-8 */
#define SMALL_MAP 16		       /* entries of a map that are simply looked through */

struct reading {
	yaml_parser_t parser;
	yaml_event_t event; /* the one that is looked at */
	struct arena *arena;
	struct slice bytes;
	const char *path;
	unsigned first_line;
	struct diags *diags;
	size_t depth;
	size_t keys;
	size_t keys_limit;
	struct mistake_mark open; /* the innermost bracket that is open, if any */
	struct slice line;	  /* the one that was looked at last */
	struct slice rest;	  /* the lines behind it */
	size_t line_number;	  /* of `line`, from 1; 0: none was looked at */
	size_t column;		  /* letters of `line` that were passed */
	size_t offset;		  /* their bytes */
};

static int read_value(struct value **out, struct reading *reading);

static struct place place_of(const struct reading *reading, yaml_mark_t mark)
{
	return (struct place){reading->path, reading->first_line + (unsigned)mark.line,
		(unsigned)mark.column + 1};
}

static int refuse(
	const struct reading *reading, enum diag_code code, yaml_mark_t mark, const char *argument)
{
	diag_add(reading->diags, code, place_of(reading, mark), argument, (char *)NULL);
	return -1;
}

static int refuse_over(
	const struct reading *reading, enum diag_code code, yaml_mark_t mark, size_t limit)
{
	struct text number = {0};

	text_number(&number, limit);
	refuse(reading, code, mark, number.data);
	text_free(&number);
	return -1;
}

/* Where the bytes stop to be UTF-8, or their number. */
static size_t find_invalid(struct slice bytes)
{
	size_t at = 0, size;

	while (at < bytes.size && (size = slice_letter_size(slice_from(bytes, at))) > 0)
		at += size;
	return at;
}

/* A character that no YAML may have: libyaml knows how many bytes came before it. */
static int refuse_byte(const struct reading *reading)
{
	size_t offset = reading->parser.problem_offset, invalid = find_invalid(reading->bytes);
	struct slice rest = reading->bytes, line = {0};
	struct place place = {reading->path, reading->first_line, 1};
	enum diag_code code = DIAG_CONTROL_CHARACTER;
	struct text point = {0};

	if (strstr(reading->parser.problem, "control") == NULL && invalid < reading->bytes.size) {
		code = DIAG_NOT_UTF8;
		offset = invalid;
	}
	while (slice_next_line(&line, &rest) && rest.size > 0 &&
		reading->bytes.size - rest.size <= offset)
		place.line++;
	if (line.data != NULL && line.data <= reading->bytes.data + offset)
		place.column =
			unicode_column(line, offset - (size_t)(line.data - reading->bytes.data));
	text_printf(&point, "U+%04X", (unsigned)reading->parser.problem_value);
	diag_add(reading->diags, code, place, point.data, (char *)NULL);
	text_free(&point);
	return -1;
}

static int refuse_syntax(const struct reading *reading)
{
	const yaml_parser_t *parser = &reading->parser;
	struct mistake mistake = {.problem = parser->problem, .context = parser->context};

	if (parser->error == YAML_MEMORY_ERROR)
		return diag_io(reading->diags, reading->path, ENOMEM);
	if (parser->error == YAML_READER_ERROR)
		return refuse_byte(reading);
	mistake.at = (struct mistake_mark){parser->problem_mark.line, parser->problem_mark.column};
	mistake.from = mistake.at;
	mistake.open = reading->open;
	if (mistake.problem == NULL)
		mistake.problem = "?";
	if (mistake.context == NULL)
		mistake.context = "";
	else
		mistake.from = (struct mistake_mark){
			parser->context_mark.line, parser->context_mark.column};
	mistake_add(&mistake, reading->bytes, reading->path, reading->first_line, reading->diags);
	return -1;
}

/* Anchors and tags: what no value may have, of any kind. */
static int check_event(const struct reading *reading)
{
	const yaml_event_t *event = &reading->event;
	const yaml_char_t *anchor = NULL, *tag = NULL;

	switch (event->type) {
	case YAML_ALIAS_EVENT:
		return refuse(reading, DIAG_YAML_SIGN, event->start_mark, "*");
	case YAML_SCALAR_EVENT:
		anchor = event->data.scalar.anchor;
		tag = event->data.scalar.tag;
		break;
	case YAML_SEQUENCE_START_EVENT:
		anchor = event->data.sequence_start.anchor;
		tag = event->data.sequence_start.tag;
		break;
	case YAML_MAPPING_START_EVENT:
		anchor = event->data.mapping_start.anchor;
		tag = event->data.mapping_start.tag;
		break;
	case YAML_DOCUMENT_START_EVENT:
		if (event->data.document_start.version_directive != NULL ||
			event->data.document_start.tag_directives.start !=
				event->data.document_start.tag_directives.end)
			return refuse(reading, DIAG_YAML_SIGN, event->start_mark, "%");
		break;
	default:
		break;
	}
	if (anchor != NULL || tag != NULL)
		return refuse(
			reading, DIAG_YAML_SIGN, event->start_mark, anchor != NULL ? "&" : "!");
	return 0;
}

static int next(struct reading *reading)
{
	yaml_event_delete(&reading->event);
	if (yaml_parser_parse(&reading->parser, &reading->event) == 0)
		return refuse_syntax(reading);
	return check_event(reading);
}

/* The text of line `number`, from 0. Events come in order, so each line is passed once. */
static struct slice line_at(struct reading *reading, size_t number)
{
	while (reading->line_number <= number) {
		if (!slice_next_line(&reading->line, &reading->rest))
			reading->line = (struct slice){0};
		reading->line_number++;
		reading->column = 0;
		reading->offset = 0;
	}
	return reading->line_number == number + 1 ? reading->line : (struct slice){0};
}

/* What stands behind a mark on its line. A line may be long, so its letters too are passed once. */
static struct slice behind(struct reading *reading, yaml_mark_t mark)
{
	struct slice line = line_at(reading, mark.line);
	uint32_t point;

	while (reading->column < mark.column && reading->offset < line.size) {
		reading->offset += unicode_next(&point, slice_from(line, reading->offset));
		reading->column++;
	}
	return slice_from(line, reading->offset);
}

static size_t indentation_of(struct slice line)
{
	size_t spaces = 0;

	while (spaces < line.size && line.data[spaces] == ' ')
		spaces++;
	return spaces;
}

/*
 * Two things that YAML reads without a word, and otherwise than they were meant: a list entry that
 * stands too far to the right belongs to the text above it, and "Regeling #2" ends before the #.
 */
static int check_plain(struct reading *reading)
{
	yaml_mark_t start = reading->event.start_mark, end = reading->event.end_mark;
	struct slice rest;

	for (size_t i = start.line + 1; i <= end.line; i++) {
		struct slice line = line_at(reading, i);
		size_t indentation = indentation_of(line);

		if (slice_starts(slice_from(line, indentation), "- "))
			return refuse(
				reading, DIAG_YAML_INDENT, (yaml_mark_t){0, i, indentation}, NULL);
	}
	rest = behind(reading, end);
	rest = slice_from(rest, indentation_of(rest));
	if (rest.size > 1 && rest.data[0] == '#' && strchr("# \t", rest.data[1]) == NULL)
		diag_add(reading->diags, DIAG_YAML_COMMENT, place_of(reading, end), (char *)NULL);
	return 0;
}

static int read_scalar(struct value *value, struct reading *reading)
{
	const yaml_event_t *event = &reading->event;
	size_t size = event->data.scalar.length;
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;

	value->kind = plain && size == 0 ? VALUE_NULL : VALUE_TEXT;
	value->text = slice_keep(
		reading->arena, (struct slice){(const char *)event->data.scalar.value, size});
	return plain ? check_plain(reading) : 0;
}

static int read_list(struct value *list, struct reading *reading)
{
	struct value *item;

	list->kind = VALUE_LIST;
	while (next(reading) == 0) {
		if (reading->event.type == YAML_SEQUENCE_END_EVENT)
			return 0;
		if (read_value(&item, reading) != 0)
			return -1;
		value_append(list, item);
	}
	return -1;
}

/* The entry that has this key already, or NULL. `known` is used once the map is large. */
static const struct value *find_twin(const struct value *map, struct map *known, struct slice key)
{
	if (map->count < SMALL_MAP)
		return value_get(map, key);
	if (known->count == 0)
		for (struct value *item = map->first; item != NULL; item = item->next)
			map_set(known, item->key, item);
	return map_get(known, key);
}

static int refuse_twin(const struct reading *reading, struct slice key, const struct value *twin)
{
	struct text line = {0};

	text_number(&line, twin->key_line);
	diag_add(reading->diags, DIAG_YAML_TWICE, place_of(reading, reading->event.start_mark),
		key.data, line.data, (char *)NULL);
	text_free(&line);
	return -1;
}

static int read_key(struct slice *out, struct reading *reading)
{
	const yaml_event_t *event = &reading->event;
	yaml_mark_t mark = event->start_mark;

	if (event->type != YAML_SCALAR_EVENT || event->data.scalar.length == 0)
		return refuse(reading, DIAG_YAML_KEY, mark, NULL);
	*out = (struct slice){(const char *)event->data.scalar.value, event->data.scalar.length};
	if (slice_is(*out, "<<") && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
		return refuse(reading, DIAG_YAML_SIGN, mark, "<<");
	if (memchr(out->data, '\0', out->size) != NULL)
		return refuse(reading, DIAG_CONTROL_CHARACTER, mark, "U+0000");
	if (++reading->keys > reading->keys_limit)
		return refuse_over(reading, DIAG_YAML_KEYS, mark, reading->keys_limit);
	*out = slice_keep(reading->arena, *out);
	return 0;
}

static int read_entry(struct value *map, struct map *known, struct reading *reading)
{
	yaml_mark_t mark = reading->event.start_mark;
	struct slice key;
	const struct value *twin;
	struct value *item;

	if (read_key(&key, reading) != 0)
		return -1;
	twin = find_twin(map, known, key);
	if (twin != NULL)
		return refuse_twin(reading, key, twin);
	if (next(reading) != 0 || read_value(&item, reading) != 0)
		return -1;
	item->key_line = place_of(reading, mark).line;
	item->key_column = place_of(reading, mark).column;
	value_put(map, key, item);
	if (known->count > 0)
		map_set(known, key, item);
	return 0;
}

static int read_map(struct value *map, struct reading *reading)
{
	struct map known = {0};
	int status;

	map->kind = VALUE_MAP;
	while ((status = next(reading)) == 0) {
		if (reading->event.type == YAML_MAPPING_END_EVENT)
			break;
		status = read_entry(map, &known, reading);
		if (status != 0)
			break;
	}
	map_free(&known);
	return status;
}

/* Reads a list or a map. */
static int read_nested(struct value *value, struct reading *reading)
{
	const yaml_event_t *event = &reading->event;
	struct mistake_mark around = reading->open;
	bool is_list = event->type == YAML_SEQUENCE_START_EVENT;
	bool bracket = is_list ? event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
			       : event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;

	if (reading->depth == YAML_DEPTH_LIMIT)
		return refuse_over(reading, DIAG_YAML_DEEP, event->start_mark, YAML_DEPTH_LIMIT);
	if (bracket)
		reading->open =
			(struct mistake_mark){event->start_mark.line, event->start_mark.column};
	reading->depth++;
	if ((is_list ? read_list(value, reading) : read_map(value, reading)) != 0)
		return -1;
	reading->depth--;
	reading->open = around;
	return 0;
}

/* Reads the value that starts with the current event; its last event is the current one then. */
static int read_value(struct value **out, struct reading *reading)
{
	struct place place = place_of(reading, reading->event.start_mark);
	struct value *value = value_new(reading->arena, VALUE_NULL);

	value->line = place.line;
	value->column = place.column;
	*out = value;
	return reading->event.type == YAML_SCALAR_EVENT ? read_scalar(value, reading)
							: read_nested(value, reading);
}

static int read_document(struct value **out, struct reading *reading)
{
	struct value *root;

	if (next(reading) != 0 || next(reading) != 0) /* start of the stream, of the document */
		return -1;
	if (reading->event.type == YAML_STREAM_END_EVENT) {
		*out = value_new(reading->arena, VALUE_MAP);
		(*out)->line = reading->first_line;
		(*out)->column = 1;
		return 0;
	}
	if (next(reading) != 0 || read_value(&root, reading) != 0)
		return -1;
	if (root->kind == VALUE_NULL)
		root->kind = VALUE_MAP;
	if (root->kind == VALUE_TEXT) {
		struct mistake mistake = {.problem = "could not find expected ':'", .context = ""};

		mistake.from.line = root->line - reading->first_line;
		mistake_add(&mistake, reading->bytes, reading->path, reading->first_line,
			reading->diags);
		return -1;
	}
	if (next(reading) != 0 || next(reading) != 0) /* end of the document, of the stream */
		return -1;
	if (reading->event.type != YAML_STREAM_END_EVENT)
		return refuse(reading, DIAG_YAML_DOCUMENT, reading->event.start_mark, NULL);
	*out = root;
	return 0;
}

static struct slice skip_byte_order_mark(struct slice bytes)
{
	return slice_starts(bytes, BYTE_ORDER_MARK) ? slice_from(bytes, 3) : bytes;
}

int yaml_parse(struct value **out, struct arena *arena, struct slice bytes, const char *path,
	unsigned first_line, size_t keys_limit, struct diags *diags)
{
	struct reading reading = {.arena = arena,
		.bytes = skip_byte_order_mark(bytes),
		.path = path,
		.first_line = first_line,
		.diags = diags,
		.keys_limit = keys_limit > 0 ? keys_limit : YAML_KEYS_LIMIT};
	struct value *value = NULL;
	int status;

	reading.rest = reading.bytes;
	if (yaml_parser_initialize(&reading.parser) == 0)
		return diag_io(diags, path, ENOMEM);
	yaml_parser_set_encoding(&reading.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reading.parser,
		(const unsigned char *)(reading.bytes.size > 0 ? reading.bytes.data : ""),
		reading.bytes.size);
	status = read_document(&value, &reading);
	yaml_event_delete(&reading.event);
	yaml_parser_delete(&reading.parser);
	if (status == 0)
		*out = value;
	return status;
}

static bool is_fence(struct slice line)
{
	return slice_starts(line, "---") && slice_trim(line).size == 3;
}

int yaml_split(struct slice *front, struct slice *body, unsigned *body_line, struct slice bytes,
	const char *path, struct diags *diags)
{
	struct slice rest = skip_byte_order_mark(bytes), start = rest, line;
	struct place place = {path, 1, 1};
	unsigned number = 1;
	struct text limit = {0};
	size_t size;

	if (!slice_next_line(&line, &rest) || !is_fence(line)) {
		*front = (struct slice){0};
		*body = start;
		*body_line = 1;
		return 0;
	}
	start = rest;
	do {
		if (!slice_next_line(&line, &rest)) {
			diag_add(diags, DIAG_FRONT_OPEN, place, (char *)NULL);
			return -1;
		}
		number++;
	} while (!is_fence(line));
	size = (size_t)(line.data - start.data);
	if (size > YAML_FRONT_LIMIT) {
		text_number(&limit, YAML_FRONT_LIMIT / 1024);
		diag_add(diags, DIAG_FRONT_LONG, place, limit.data, (char *)NULL);
		text_free(&limit);
		return -1;
	}
	*front = (struct slice){start.data, size};
	*body = rest;
	*body_line = number + 1;
	return 0;
}
