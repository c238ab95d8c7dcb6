/* Every day of thirty-two years there and back, days that do not exist, clocks of authors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "model/date.h"

static int parsed(const char *text)
{
	int date = DATE_NONE;

	return date_parse(&date, slice_of(text)) == 0 ? date : DATE_NONE;
}

static void assert_iso(int date, const char *wanted)
{
	struct text iso = {0};

	date_iso(&iso, date);
	assert_string_equal(iso.data, wanted);
	text_free(&iso);
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static void counts_every_day(void **state)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int date = parsed("1999-01-01");

	(void)state;
	assert_int_equal(parsed("1970-01-01"), 0);
	assert_int_equal(date, 10592);
	for (int year = 1999; year <= 2030; year++)
		for (int month = 1; month <= 12; month++) {
			int days = lengths[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);

			for (int day = 1; day <= days; day++, date++) {
				struct text text = {0};
				int y, m, d;

				text_printf(&text, "%04d-%02d-%02d", year, month, day);
				assert_int_equal(parsed(text.data), date);
				assert_iso(date, text.data);
				date_split(&y, &m, &d, date);
				assert_int_equal(y, year);
				assert_int_equal(m, month);
				assert_int_equal(d, day);
				text_free(&text);
			}
		}
}

static void knows_leap_years(void **state)
{
	(void)state;
	assert_int_not_equal(parsed("2024-02-29"), DATE_NONE);
	assert_int_not_equal(parsed("2000-02-29"), DATE_NONE);
	assert_int_equal(parsed("1900-02-29"), DATE_NONE);
	assert_int_equal(parsed("2026-02-29"), DATE_NONE);
	assert_int_equal(parsed("2024-02-30"), DATE_NONE);
}

static void refuses_what_is_no_date(void **state)
{
	static const char *const wrong[] = {"", "2026", "2026-11", "2026-11-31", "2026-13-01",
		"2026-00-10", "2026-01-00", "0999-01-01", "2026-1-01", "2026-11-2", "26-11-2026",
		"20-11-2026", "2026/11/20", "2026-11-20 ", " 2026-11-20", "2026-11-20T10:00:00Z",
		"+026-11-20", "2026-+1-20", "2026--1-20", "2026-11- 1", "20 november 2026",
		"gisteren", "99999-01-01"};
	int date = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(date_parse(&date, slice_of(wrong[i])), -1);
		assert_int_equal(date, 7);
	}
	assert_int_not_equal(parsed("1000-01-01"), DATE_NONE);
	assert_int_not_equal(parsed("9999-12-31"), DATE_NONE);
}

static void tells_the_day_at_the_clock_of_the_author(void **state)
{
	(void)state;
	assert_int_equal(date_of_time(0, 0), 0);
	assert_int_equal(date_of_time(86399, 0), 0);
	assert_int_equal(date_of_time(86399, 60), 1);
	assert_int_equal(date_of_time(0, -1), -1);
	assert_int_equal(date_of_time(-1, 0), -1);
	assert_int_equal(date_of_time(-86400, 0), -1);
	assert_int_equal(date_of_time(-86401, 0), -2);
	/* Five past midnight in Amsterdam, in summer, is the day before in UTC. */
	assert_iso(date_of_time(1782857100, 0), "2026-06-30");
	assert_iso(date_of_time(1782857100, 120), "2026-07-01");
}

static void takes_times_that_cannot_be(void **state)
{
	struct text text = {0};

	(void)state;
	assert_int_equal(date_of_time(INT64_MAX, 0), 0);
	assert_int_equal(date_of_time(INT64_MIN, 0), 0);
	assert_int_equal(date_of_time(INT64_MAX, INT_MAX), INT_MAX / 1440);
	assert_iso(date_of_time(253402300799, 0), "9999-12-31");
	date_moment(&text, INT64_MAX);
	assert_string_equal(text.data, "1970-01-01T00:00:00Z");
	text_clear(&text);
	date_moment(&text, INT64_MIN);
	assert_string_equal(text.data, "1970-01-01T00:00:00Z");
	text_free(&text);
}

static void writes_moments(void **state)
{
	struct text text = {0};

	(void)state;
	date_moment(&text, 1767614400);
	text_byte(&text, ' ');
	date_moment(&text, -1);
	text_byte(&text, ' ');
	date_moment(&text, 951827696);
	assert_string_equal(
		text.data, "2026-01-05T12:00:00Z 1969-12-31T23:59:59Z 2000-02-29T12:34:56Z");
	text_free(&text);
}

static void tells_what_is_past_and_what_is_due(void **state)
{
	int today = parsed("2026-11-20");

	(void)state;
	assert_false(date_is_past(today, today));
	assert_true(date_is_past(today - 1, today));
	assert_false(date_is_past(DATE_NONE, today));
	assert_true(date_is_due(today, today));
	assert_false(date_is_due(today + 1, today));
	assert_false(date_is_due(DATE_NONE, today));
}

static void knows_what_day_it_is(void **state)
{
	(void)state;
	assert_true(date_today() > parsed("2020-01-01"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_every_day),
		cmocka_unit_test(knows_leap_years),
		cmocka_unit_test(refuses_what_is_no_date),
		cmocka_unit_test(tells_the_day_at_the_clock_of_the_author),
		cmocka_unit_test(takes_times_that_cannot_be),
		cmocka_unit_test(writes_moments),
		cmocka_unit_test(tells_what_is_past_and_what_is_due),
		cmocka_unit_test(knows_what_day_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
