/*
 * Calendar dates as editors write them (2026-11-20) and as the program counts them: days since
 * 1 January 1970, in the proleptic Gregorian calendar.
 */
#ifndef DRAAIBOEK_DATE_H
#define DRAAIBOEK_DATE_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

#define DATE_NONE INT_MIN

/* Parses YYYY-MM-DD, of an existing day in the years 1000 to 9999. */
int date_parse(int *out, struct slice text);

/* Today, in UTC. */
int date_today(void);

/*
 * The day at the author's clock: seconds since 1970 UTC, and minutes from UTC. A time outside the
 * years 1 to 9999 is taken as the start of 1970.
 */
int date_of_time(int64_t seconds, int offset);

/* True when `date`, the last day on which something holds, was before `today`. */
bool date_is_past(int date, int today);

/* True when something had to be done before `date`, and it is that day. */
bool date_is_due(int date, int today);

/* Year, month 1 to 12, day 1 to 31. */
void date_split(int *year, int *month, int *day, int date);

/* Appends "2026-11-20". */
void date_iso(struct text *out, int date);

/* Appends the moment as RFC 3339 has it, in UTC: "2026-11-20T10:00:00Z". */
void date_moment(struct text *out, int64_t seconds);

#endif
