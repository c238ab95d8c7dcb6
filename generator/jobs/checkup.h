/*
 * The lines of a checkup: what is right, what is not and how it is mended.
 */
#ifndef DRAAIBOEK_CHECKUP_H
#define DRAAIBOEK_CHECKUP_H

#include <stddef.h>

/* Starts as all zeroes. */
struct checkup {
	size_t wrong; /* lines that ask for something to be done */
};

/* A line on standard output; control characters in it are shown escaped. */
void checkup_good(struct checkup *checkup, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void checkup_note(struct checkup *checkup, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void checkup_wrong(struct checkup *checkup, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
