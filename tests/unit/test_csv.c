/*
 * Tables for spreadsheets: what stands between quotes, what ends a row, what can be no formula.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "output/csv.h"

/* One cell by itself, as it is written. */
static void assert_cell(const char *text, const char *wanted)
{
	struct text out = {0};
	struct csv csv = {.out = &out};

	text_puts(&out, "");
	csv_cell(&csv, slice_of(text));
	assert_string_equal(out.data, wanted);
	text_free(&out);
}

static void test_a_table_has_a_mark_semicolons_and_crlf(void **state)
{
	struct text out = {0};
	struct csv csv;

	(void)state;
	csv_open(&csv, &out);
	csv_cell(&csv, slice_of("Regio"));
	csv_cell(&csv, slice_of("Tekst"));
	csv_end_row(&csv);
	csv_cell(&csv, slice_of("Friesl\u00e2n"));
	csv_cell(&csv, slice_of(""));
	csv_end_row(&csv);
	assert_string_equal(out.data, "\xef\xbb\xbf"
				      "\"Regio\";\"Tekst\"\r\n\"Friesl\u00e2n\";\r\n");
	text_free(&out);
}

static void test_quotes_separators_and_line_ends_stay_in_their_cell(void **state)
{
	(void)state;
	assert_cell("een; twee, drie", "\"een; twee, drie\"");
	assert_cell("zij zei \"ja\"", "\"zij zei \"\"ja\"\"\"");
	assert_cell("een\ntwee", "\"een\ntwee\"");
	assert_cell("een\r\ntwee\tdrie\x01", "\"een\ntwee drie\"");
	assert_cell("", "");
}

static void test_no_text_becomes_a_formula(void **state)
{
	(void)state;
	assert_cell("=1+1", "\"'=1+1\"");
	assert_cell("+31 318 000 000", "\"'+31 318 000 000\"");
	assert_cell("-2", "\"'-2\"");
	assert_cell("@SUM(A1)", "\"'@SUM(A1)\"");
	assert_cell("\t=1", "\"' =1\"");
	assert_cell("\r=1", "\"'=1\"");
	assert_cell("  =HYPERLINK(\"x\")", "\"'  =HYPERLINK(\"\"x\"\")\"");
	assert_cell("\n=1", "\"'\n=1\"");
	assert_cell("\uff1d1", "\"'\uff1d1\"");
	assert_cell("\x01=1", "\"'=1\"");
	assert_cell("\u22122", "\"'\u22122\"");
	assert_cell("1=1", "\"1=1\"");
	assert_cell("a@b.example", "\"a@b.example\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_table_has_a_mark_semicolons_and_crlf),
		cmocka_unit_test(test_quotes_separators_and_line_ends_stay_in_their_cell),
		cmocka_unit_test(test_no_text_becomes_a_formula),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
