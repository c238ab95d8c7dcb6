/*
 * Says it all on standard output, in the order in which it is found.
 */
#include "jobs/checkup.h"

#include <libintl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/unicode.h"

#define _(text) gettext(text)

static void say(const char *kind, const char *format, va_list arguments)
{
	va_list again;
	struct text line = {0};
	struct slice rest;
	int size;
	char *said;

	va_copy(again, arguments);
	size = vsnprintf(NULL, 0, format, again);
	va_end(again);
	said = mem_new((size_t)(size > 0 ? size : 0) + 1, 1);
	(void)vsnprintf(said, (size_t)(size > 0 ? size : 0) + 1, format, arguments);
	rest = slice_of(said);
	while (rest.size > 0) {
		uint32_t point;
		size_t length = unicode_next(&point, rest);

		if (unicode_is_control(point))
			text_printf(&line, "\\u%04x", (unsigned)point);
		else
			text_add(&line, (struct slice){rest.data, length});
		rest = slice_from(rest, length);
	}
	(void)printf("%-7s %s\n", kind, line.size > 0 ? line.data : "");
	text_free(&line);
	free(said);
}

void checkup_good(struct checkup *checkup, const char *format, ...)
{
	va_list arguments;

	(void)checkup;
	va_start(arguments, format);
	say(_("right"), format, arguments);
	va_end(arguments);
}

void checkup_note(struct checkup *checkup, const char *format, ...)
{
	va_list arguments;

	(void)checkup;
	va_start(arguments, format);
	say(_("note"), format, arguments);
	va_end(arguments);
}

void checkup_wrong(struct checkup *checkup, const char *format, ...)
{
	va_list arguments;

	checkup->wrong++;
	va_start(arguments, format);
	say(_("wrong"), format, arguments);
	va_end(arguments);
}
