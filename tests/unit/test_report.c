/* Messages as lines, as JSON and as SARIF; the last two are read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/value.h"
#include "check/report.h"

static struct diags *some_diags(void)
{
	struct diags *diags = diag_new();

	diag_add(diags, DIAG_FIELD_DATE, (struct place){"b/\u00e9 x.md", 3, 7}, "start", "\"<\a>\"",
		(char *)NULL);
	diag_add(diags, DIAG_DATE_EXPIRED, (struct place){"a.md", 2, 0}, "2020-01-01", "-",
		(char *)NULL);
	diag_add(diags, DIAG_ASSET_YAML, (struct place){"a.yaml", 0, 0}, (char *)NULL);
	diag_add(diags, DIAG_ASSET_YAML, (struct place){"b.yaml", 0, 0}, (char *)NULL);
	diag_add(diags, DIAG_IO, (struct place){"", 0, 0}, "x", "y", (char *)NULL);
	return diags;
}

static const struct value *read_back(struct arena *arena, const struct text *text)
{
	struct value *root = NULL;
	struct diags *diags = diag_new();

	assert_int_equal(json_parse(&root, arena, text_slice(text), "x", diags), 0);
	diag_free(diags);
	return root;
}

/* Entry number `i` of a list. */
static const struct value *entry(const struct value *list, size_t i)
{
	const struct value *item = list->first;

	while (i-- > 0)
		item = item->next;
	return item;
}

static void writes_lines(void **state)
{
	struct diags *diags = some_diags();
	struct text out = {0};

	(void)state;
	report_text(&out, diags, DIAG_TIP);
	assert_string_equal(out.data, "draaiboek: error: x: y. Nothing was changed there; see to "
				      "it that the file or folder "
				      "exists and may be read and written. [io]\n"
				      "a.md:2: warning: this page was valid until 2020-01-01, and "
				      "says so to readers. Renew it, "
				      "or take it away. Owner: -. [date-expired]\n"
				      "a.yaml: error: the name of this file ends in .yaml, so it "
				      "is not read. Rename it to "
				      ".yml. [asset-yaml]\n"
				      "b.yaml: error: the name of this file ends in .yaml, so it "
				      "is not read. Rename it to "
				      ".yml. [asset-yaml]\n"
				      "b/\u00e9 x.md:3:7: error: \"\"<\\x07>\"\" at \"start\" is "
				      "not an existing date. Write "
				      "year-month-day, such as 2026-11-20. [field-date]\n");
	text_clear(&out);
	report_text(&out, diags, DIAG_ERROR);
	assert_null(strstr(out.data, "date-expired"));
	text_clear(&out);
	diag_free(diags);
	diags = diag_new();
	report_text(&out, diags, DIAG_TIP);
	assert_int_equal(out.size, 0);
	diag_free(diags);
	text_free(&out);
}

static void writes_json(void **state)
{
	struct diags *diags = some_diags();
	struct arena arena = {0};
	struct text out = {0};
	const struct value *root, *last;

	(void)state;
	report_json(&out, diags);
	root = read_back(&arena, &out);
	assert_true(slice_is(value_at(root, "errors")->text, "4"));
	assert_true(slice_is(value_at(root, "warnings")->text, "1"));
	assert_int_equal(value_at(root, "messages")->count, 5);
	last = entry(value_at(root, "messages"), 4);
	assert_true(slice_is(value_text_at(last, "path"), "b/\u00e9 x.md"));
	assert_true(slice_is(value_at(last, "line")->text, "3"));
	assert_true(slice_is(value_at(last, "column")->text, "7"));
	assert_true(slice_is(value_text_at(last, "level"), "error"));
	assert_true(slice_is(value_text_at(last, "code"), "field-date"));
	assert_true(slice_starts(value_text_at(last, "text"), "\"\"<\\x07>\"\" at \"start\""));
	assert_true(
		slice_is(value_text_at(entry(value_at(root, "messages"), 0), "level"), "fatal"));
	diag_free(diags);
	text_clear(&out);
	diags = diag_new();
	report_json(&out, diags);
	assert_int_equal(value_at(read_back(&arena, &out), "messages")->count, 0);
	diag_free(diags);
	arena_free(&arena);
	text_free(&out);
}

static void writes_sarif(void **state)
{
	struct diags *diags = some_diags();
	struct arena arena = {0};
	struct text out = {0};
	const struct value *run, *results, *last, *place;

	(void)state;
	report_sarif(&out, diags);
	run = value_at(read_back(&arena, &out), "runs")->first;
	assert_int_equal(value_at(value_at(value_at(run, "tool"), "driver"), "rules")->count, 4);
	results = value_at(run, "results");
	assert_int_equal(results->count, 5);
	assert_null(value_at(entry(results, 0), "locations"));
	last = entry(results, 4);
	assert_true(slice_is(value_text_at(last, "ruleId"), "field-date"));
	assert_true(slice_is(value_text_at(last, "level"), "error"));
	place = value_at(value_at(last, "locations")->first, "physicalLocation");
	assert_true(slice_is(
		value_text_at(value_at(place, "artifactLocation"), "uri"), "b/%C3%A9%20x.md"));
	assert_true(slice_is(value_at(value_at(place, "region"), "startLine")->text, "3"));
	assert_true(slice_is(value_at(value_at(place, "region"), "startColumn")->text, "7"));
	place = value_at(value_at(entry(results, 1), "locations")->first, "physicalLocation");
	assert_true(slice_is(value_at(value_at(place, "region"), "startLine")->text, "2"));
	assert_null(value_at(value_at(place, "region"), "startColumn"));
	place = value_at(value_at(entry(results, 2), "locations")->first, "physicalLocation");
	assert_null(value_at(place, "region"));
	diag_free(diags);
	text_clear(&out);
	diags = diag_new();
	report_sarif(&out, diags);
	assert_int_equal(
		value_at(value_at(read_back(&arena, &out), "runs")->first, "results")->count, 0);
	diag_free(diags);
	arena_free(&arena);
	text_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_lines),
		cmocka_unit_test(writes_json),
		cmocka_unit_test(writes_sarif),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
