/*
 * One character is one place here: Dutch has none that take two.
 */
#include "jobs/terminal.h"

#include "base/unicode.h"

#define REPLACEMENT 0xFFFD

void terminal_add(struct text *out, struct slice text)
{
	while (text.size > 0) {
		uint32_t point;
		size_t size = unicode_next(&point, text);

		unicode_add(out, unicode_is_control(point) ? REPLACEMENT : point);
		text = slice_from(text, size);
	}
}

size_t terminal_width(struct slice text)
{
	return unicode_column(text, text.size) - 1;
}

void terminal_pad(struct text *out, struct slice text, size_t width)
{
	for (size_t i = terminal_width(text); i < width; i++)
		text_byte(out, ' ');
}
