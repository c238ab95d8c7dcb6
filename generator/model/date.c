/*
 * The arithmetic of dates. Knows no time zone but UTC and the offset that a commit carries.
 */
#include "model/date.h"

#include <time.h>

/* Days from civil: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
static int date_count(int year, int month, int day)
{
	int shifted = month <= 2 ? year - 1 : year;
	int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
	int year_of_era = shifted - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

void date_split(int *year, int *month, int *day, int date)
{
	int shifted = date + 719468;
	int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int day_of_era = shifted - era * 146097;
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;

	*day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	*month = month_from_march + (month_from_march < 10 ? 3 : -9);
	*year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

/* The digits from `start` on as a number, or -1. */
static int date_digits(struct slice text, size_t start, size_t count)
{
	return slice_number((struct slice){text.data + start, count});
}

int date_parse(int *out, struct slice text)
{
	int year, month, day, again_year, again_month, again_day, date;

	if (text.size != 10 || text.data[4] != '-' || text.data[7] != '-')
		return -1;
	year = date_digits(text, 0, 4);
	month = date_digits(text, 5, 2);
	day = date_digits(text, 8, 2);
	if (year < 1000 || month < 1 || month > 12 || day < 1)
		return -1;
	date = date_count(year, month, day);
	date_split(&again_year, &again_month, &again_day, date);
	if (again_year != year || again_month != month || again_day != day)
		return -1;
	*out = date;
	return 0;
}

int date_today(void)
{
	return date_of_time((int64_t)time(NULL), 0);
}

bool date_is_past(int date, int today)
{
	return date != DATE_NONE && date < today;
}

bool date_is_due(int date, int today)
{
	return date != DATE_NONE && date <= today;
}

/* A commit can claim any time; what lies outside the years 1 to 9999 is taken as the first day. */
static int64_t date_sane(int64_t seconds)
{
	return seconds < INT64_C(-62135596800) || seconds > INT64_C(253402300799) ? 0 : seconds;
}

int date_of_time(int64_t seconds, int offset)
{
	int64_t local = date_sane(seconds) + (int64_t)offset * 60;

	return (int)(local / 86400 - (local % 86400 < 0 ? 1 : 0));
}

void date_iso(struct text *out, int date)
{
	int year, month, day;

	date_split(&year, &month, &day, date);
	text_printf(out, "%04d-%02d-%02d", year, month, day);
}

void date_moment(struct text *out, int64_t seconds)
{
	int date = date_of_time(seconds, 0);
	int second = (int)(date_sane(seconds) - (int64_t)date * 86400);

	date_iso(out, date);
	text_printf(out, "T%02d:%02d:%02dZ", second / 3600, second / 60 % 60, second % 60);
}
