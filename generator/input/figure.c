/*
 * The shape of each figure is a table of keys; one checker reads it. An unknown key is a message
 * and ignored; what is missing or of the wrong kind makes the block unfit to draw.
 */
#include "input/figure.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "input/yaml.h"

#define MOST_FIELDS 8
#define WHOLE 1000 /* percentages are added up in thousandths */

enum field_kind { TEXT, COUNT, PERCENT, SPAN, START, LIST };

struct field {
	const char *name; /* NULL behind the last one */
	enum field_kind kind;
	bool required;
	const struct field *entries; /* of a list */
};

static const struct field answer_fields[] = {
	{"antwoord", TEXT, true, NULL}, {"procent", PERCENT, true, NULL}, {0}};
static const struct field phase_fields[] = {
	{"naam", TEXT, true, NULL}, {"duur", TEXT, false, NULL}, {"tekst", TEXT, false, NULL}, {0}};
static const struct field moment_fields[] = {{"moment", TEXT, true, NULL},
	{"op", START, false, NULL}, {"na", SPAN, false, NULL}, {"voor", SPAN, false, NULL},
	{"waar", TEXT, false, NULL}, {"wie", TEXT, false, NULL}, {"waarover", TEXT, false, NULL},
	{0}};
static const struct field poll_fields[] = {{"vraag", TEXT, true, NULL},
	{"deelnemers", COUNT, false, NULL}, {"antwoorden", LIST, true, answer_fields}, {0}};
static const struct field timeline_fields[] = {{"fasen", LIST, true, phase_fields}, {0}};
static const struct field moments_fields[] = {{"momenten", LIST, true, moment_fields}, {0}};

static const struct {
	const char *word;
	const struct field *fields;
} figures[FIGURE_KINDS] = {[FIGURE_POLL] = {"peiling", poll_fields},
	[FIGURE_TIMELINE] = {"tijdlijn", timeline_fields},
	[FIGURE_MOMENTS] = {"contactmomenten", moments_fields}};

struct checker {
	struct arena *arena;
	struct diags *diags;
	const char *path;
	const char *block; /* "peiling" */
	int total;	   /* of the percentages, in thousandths */
};

static int check_map(struct checker *checker, struct value *map, const struct field *fields);

bool figure_is(enum figure_kind *out, struct slice word)
{
	for (size_t i = 0; i < FIGURE_KINDS; i++) {
		if (slice_is(word, figures[i].word)) {
			*out = (enum figure_kind)i;
			return true;
		}
	}
	return false;
}

static int fault(struct checker *checker, enum diag_code code, const struct value *value,
	const char *first, const char *second)
{
	diag_add(checker->diags, code, (struct place){checker->path, value->line, value->column},
		first, second, NULL);
	return -1;
}

static void report_unknown(
	struct checker *checker, const struct value *entry, const struct field *fields)
{
	const char *names[MOST_FIELDS];
	const char *key = arena_copy(checker->arena, entry->key.data, entry->key.size);
	const char *nearest;
	struct text all = {0};
	size_t count = 0;

	for (; fields[count].name != NULL; count++) {
		names[count] = fields[count].name;
		text_printf(&all, "%s%s", count > 0 ? ", " : "", names[count]);
	}
	nearest = diag_nearest(key, names, count);
	diag_add(checker->diags, DIAG_BLOCK_KEY,
		(struct place){checker->path, entry->key_line, entry->key_column}, key,
		nearest != NULL ? nearest : all.data, NULL);
	text_free(&all);
}

static const char *quote(struct checker *checker, const struct value *value)
{
	struct slice text = value_text(value);

	return arena_copy(checker->arena, text.data, text.size < 60 ? text.size : 60);
}

static int check_count(struct checker *checker, struct value *value, const char *name)
{
	int number = value->kind == VALUE_TEXT ? slice_number(value->text) : -1;
	struct text digits = {0};

	if (number < 0)
		return fault(checker, DIAG_BLOCK_COUNT, value, name, quote(checker, value));
	text_number(&digits, (uint64_t)number);
	value->text = text_keep(checker->arena, &digits);
	value->kind = VALUE_NUMBER;
	return 0;
}

/* Thousandths from "12,5" or "12.5"; -1 when it is no number from 0 to 100. */
static int read_thousandths(struct slice text)
{
	size_t point = slice_find(text, ',');
	int whole, rest = 0, unit = WHOLE;

	if (point == text.size)
		point = slice_find(text, '.');
	whole = slice_number((struct slice){text.data, point});
	if (whole < 0 || whole > 100 || point + 1 == text.size || text.size - point > 4)
		return -1;
	for (size_t i = point + 1; i < text.size; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return -1;
		unit /= 10;
		rest += (text.data[i] - '0') * unit;
	}
	return whole * WHOLE + rest <= 100 * WHOLE ? whole * WHOLE + rest : -1;
}

/* As JSON writes it, with the decimals that count. */
static void add_thousandths(struct text *out, int number)
{
	int rest = number % WHOLE;

	text_printf(out, "%d", number / WHOLE);
	if (rest > 0)
		text_printf(out, ".%03d", rest);
	while (rest > 0 && out->data[out->size - 1] == '0')
		out->data[--out->size] = '\0';
}

static int check_percent(struct checker *checker, struct value *value, const char *name)
{
	int number = value->kind == VALUE_TEXT ? read_thousandths(value->text) : -1;
	struct text digits = {0};

	if (number < 0)
		return fault(checker, DIAG_BLOCK_PERCENT, value, name, quote(checker, value));
	checker->total += number;
	add_thousandths(&digits, number);
	value->text = text_keep(checker->arena, &digits);
	value->kind = VALUE_NUMBER;
	return 0;
}

bool figure_span(struct figure_span *out, struct slice text)
{
	static const struct {
		const char *word;
		char unit;
	} units[] = {{"dag", 'D'}, {"dagen", 'D'}, {"week", 'W'}, {"weken", 'W'}, {"maand", 'M'},
		{"maanden", 'M'}, {"day", 'D'}, {"days", 'D'}, {"weeks", 'W'}, {"month", 'M'},
		{"months", 'M'}};
	struct slice word = slice_trim(text);
	size_t space = slice_find(word, ' ');
	int count = slice_number((struct slice){word.data, space});

	if (count < 1 || count > 999)
		return false;
	word = slice_trim(slice_from(word, space));
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (!slice_is(word, units[i].word))
			continue;
		*out = (struct figure_span){(unsigned)count, units[i].unit};
		return true;
	}
	return false;
}

static int check_span(struct checker *checker, const struct value *value, const char *name)
{
	struct figure_span span;

	if (value->kind == VALUE_TEXT && figure_span(&span, value->text))
		return 0;
	return fault(checker, DIAG_BLOCK_SPAN, value, name, quote(checker, value));
}

static int check_start(struct checker *checker, const struct value *value, const char *name)
{
	if (value->kind == VALUE_TEXT && slice_is(slice_trim(value->text), "start"))
		return 0;
	return fault(checker, DIAG_BLOCK_START, value, name, quote(checker, value));
}

static int check_list(struct checker *checker, struct value *value, const struct field *field)
{
	int status = 0;

	if (value->kind != VALUE_LIST || value->count == 0)
		return fault(checker, DIAG_BLOCK_LIST, value, field->name, field->entries->name);
	for (struct value *item = value->first; item != NULL; item = item->next) {
		if (item->kind != VALUE_MAP)
			status = fault(
				checker, DIAG_BLOCK_LIST, item, field->name, field->entries->name);
		else if (check_map(checker, item, field->entries) != 0)
			status = -1;
	}
	return status;
}

static int check_value(struct checker *checker, struct value *value, const struct field *field)
{
	switch (field->kind) {
	case TEXT:
		if (value->kind == VALUE_TEXT)
			return 0;
		return fault(checker, DIAG_BLOCK_TEXT, value, field->name, NULL);
	case COUNT:
		return check_count(checker, value, field->name);
	case PERCENT:
		return check_percent(checker, value, field->name);
	case SPAN:
		return check_span(checker, value, field->name);
	case START:
		return check_start(checker, value, field->name);
	default:
		return check_list(checker, value, field);
	}
}

static bool is_filled(const struct value *value)
{
	return value != NULL && value->kind != VALUE_NULL &&
	       (value->kind != VALUE_TEXT || slice_trim(value->text).size > 0);
}

/* A moment says once when it is. */
static int check_when(struct checker *checker, const struct value *moment)
{
	int times = is_filled(value_at(moment, "op")) + is_filled(value_at(moment, "na")) +
		    is_filled(value_at(moment, "voor"));

	return times == 1 ? 0 : fault(checker, DIAG_BLOCK_WHEN, moment, NULL, NULL);
}

static int check_map(struct checker *checker, struct value *map, const struct field *fields)
{
	int status = fields == moment_fields ? check_when(checker, map) : 0;

	for (const struct field *field = fields; field->name != NULL; field++) {
		if (!field->required || is_filled(value_at(map, field->name)))
			continue;
		status = fault(checker, DIAG_BLOCK_MISSING, map, field->name, NULL);
	}
	for (struct value *entry = map->first; entry != NULL; entry = entry->next) {
		const struct field *field = fields;

		while (field->name != NULL && !slice_is(entry->key, field->name))
			field++;
		if (field->name == NULL)
			report_unknown(checker, entry, fields);
		else if (is_filled(entry) && check_value(checker, entry, field) != 0)
			status = -1;
	}
	return status;
}

int figure_parse(const struct value **out, struct arena *arena, enum figure_kind kind,
	struct slice yaml, const char *path, unsigned first_line, struct diags *diags)
{
	struct checker checker = {arena, diags, path, figures[kind].word, 0};
	const struct field *fields = figures[kind].fields;
	struct value *value;
	struct text total = {0};

	if (yaml_parse(&value, arena, yaml, path, first_line, 0, diags) != 0)
		return -1;
	if (value->kind != VALUE_MAP || value->count == 0) {
		diag_add(diags, DIAG_BLOCK_MAP, (struct place){path, first_line - 1, 0},
			checker.block, fields->name, NULL);
		return -1;
	}
	if (check_map(&checker, value, fields) != 0)
		return -1;
	if (checker.total > 100 * WHOLE) {
		add_thousandths(&total, checker.total);
		fault(&checker, DIAG_POLL_OVER, value, total.data, NULL);
		text_free(&total);
	}
	*out = value;
	return 0;
}
