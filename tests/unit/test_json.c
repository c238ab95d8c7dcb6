/* JSON as a theme maker may write it, and as nobody should. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/value.h"

static struct value *parse(struct arena *arena, const char *json)
{
	struct diags *diags = diag_new();
	struct value *value = NULL;

	assert_int_equal(json_parse(&value, arena, slice_of(json), "data.json", diags), 0);
	assert_int_equal(diag_status(diags), 0);
	diag_free(diags);
	return value;
}

/* Asserts that the bytes are refused, with one message. */
static struct diag refuse(struct diags *diags, struct slice json)
{
	struct arena arena = {0};
	struct value *value = NULL;
	const struct diag *list;
	size_t count;

	assert_int_equal(json_parse(&value, &arena, json, "data.json", diags), -1);
	assert_null(value);
	list = diag_sorted(diags, &count);
	assert_int_equal(count, 1);
	assert_string_equal(list->place.path, "data.json");
	arena_free(&arena);
	return *list;
}

static void assert_refused(const char *json, enum diag_code code)
{
	struct diags *diags = diag_new();

	assert_int_equal(refuse(diags, slice_of(json)).code, code);
	diag_free(diags);
}

static void reads_a_tree(void **state)
{
	struct arena arena = {0};
	struct value *root = parse(&arena,
		" {\"naam\": \"Caf\xc3\xa9 \\\"\\u00e9\\ud83d\\udc49\\n\", \"ja\": true, \"nee\": "
		"false,\n"
		" \"niets\": null, \"lijst\": [1, \"twee\", {\"drie\": 3}], \"\": \"leeg\"}\n");
	const struct value *list = value_at(root, "lijst");

	(void)state;
	assert_int_equal(root->kind, VALUE_MAP);
	assert_int_equal(root->count, 6);
	assert_true(
		slice_is(value_text_at(root, "naam"), "Caf\xc3\xa9 \"\xc3\xa9\xf0\x9f\x91\x89\n"));
	assert_int_equal(value_at(root, "ja")->kind, VALUE_TRUE);
	assert_int_equal(value_at(root, "nee")->kind, VALUE_FALSE);
	assert_int_equal(value_at(root, "niets")->kind, VALUE_NULL);
	assert_true(slice_is(value_text_at(root, ""), "leeg"));
	assert_int_equal(list->count, 3);
	assert_true(slice_is(value_text(list->first), "1"));
	assert_true(slice_is(value_text(value_at(list->last, "drie")), "3"));
	arena_free(&arena);
}

static void keeps_numbers(void **state)
{
	static const char *const numbers[] = {
		"0", "-1", "85", "1.21", "-0.5", "2147483648", "1e+21", "0.1", "9007199254740991"};
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct value *value = parse(&arena, numbers[i]);

		assert_int_equal(value->kind, VALUE_NUMBER);
		assert_true(slice_is(value->text, numbers[i]));
	}
	assert_refused("1e999", DIAG_JSON_NUMBER);
	assert_refused("[-1e999]", DIAG_JSON_NUMBER);
	arena_free(&arena);
}

static void refuses_what_is_no_json(void **state)
{
	static const char *const cases[] = {"", " ", "{", "[1,]", "[1 2]", "{\"a\" 1}", "{a: 1}",
		"{\"a\": 1} x", "{}{}", "[]]", "'a'", "\"a", "tru", "// niets\n{}", "\"\\x\"",
		"\"\\ud83d\"", "\"a\\u0000b\"", "{\"a\\u0000b\": 1}", "\"\xff\"",
		"\"\xed\xa0\x80\""};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_refused(cases[i], DIAG_JSON_SYNTAX);
}

static void refuses_a_nul(void **state)
{
	struct diags *diags = diag_new();

	(void)state;
	assert_int_equal(refuse(diags, (struct slice){"{}\0 ", 4}).code, DIAG_JSON_SYNTAX);
	diag_free(diags);
}

static void takes_an_escaped_backslash_for_one(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_true(slice_is(value_text(parse(&arena, "\"\\\\u0000\"")), "\\u0000"));
	arena_free(&arena);
}

static void says_where_it_goes_wrong(void **state)
{
	struct diags *diags = diag_new();
	struct diag diag = refuse(
		diags, slice_of("{\n\t\"\xc3\xa9\": 1,\n\t\"\xc3\xa9\xc3\xa9\": x\xc3\xa9\n}"));

	(void)state;
	assert_int_equal(diag.place.line, 3);
	assert_int_equal(diag.place.column, 8);
	assert_non_null(strstr(diag.text, "\"x\xc3\xa9\""));
	diag_free(diags);
}

static void refuses_a_key_that_comes_twice(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_refused("{\"a\": 1, \"b\": 2, \"a\": 3}", DIAG_JSON_KEY_TWICE);
	assert_refused("[{\"b\": {\"a\": 1, \"\\u0061\": 3}}]", DIAG_JSON_KEY_TWICE);
	parse(&arena, "{\"a\": {\"a\": 1}, \"A\": 2}");
	arena_free(&arena);
}

static void refuses_deep_nesting(void **state)
{
	static const struct {
		size_t depth;
		bool fine;
	} cases[] = {{100, true}, {101, false}, {900, false}, {200000, false}};
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct text json = {0};

		for (size_t j = 0; j < cases[i].depth; j++)
			text_byte(&json, '[');
		text_byte(&json, '1');
		for (size_t j = 0; j < cases[i].depth; j++)
			text_byte(&json, ']');
		if (cases[i].fine)
			parse(&arena, json.data);
		else if (cases[i].depth < 1000)
			assert_refused(json.data, DIAG_JSON_DEEP);
		else
			assert_refused(json.data, DIAG_JSON_SYNTAX);
		text_free(&json);
	}
	arena_free(&arena);
}

/* What text_json() writes, json_parse() reads. */
static void reads_what_is_written(void **state)
{
	struct arena arena = {0};

	(void)state;
	for (int byte = 1; byte < 0x80; byte++) {
		char string[] = {'a', (char)byte, '<', '&', '>', '\0'};
		struct text json = {0};

		text_json(&json, slice_of(string));
		assert_true(slice_is(value_text(parse(&arena, json.data)), string));
		text_free(&json);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_tree),
		cmocka_unit_test(keeps_numbers),
		cmocka_unit_test(refuses_what_is_no_json),
		cmocka_unit_test(refuses_a_nul),
		cmocka_unit_test(takes_an_escaped_backslash_for_one),
		cmocka_unit_test(says_where_it_goes_wrong),
		cmocka_unit_test(refuses_a_key_that_comes_twice),
		cmocka_unit_test(refuses_deep_nesting),
		cmocka_unit_test(reads_what_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
