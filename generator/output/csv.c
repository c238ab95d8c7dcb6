/*
 * Every cell that has anything in it stands between quotes: then no program has to guess.
 */
#include "output/csv.h"

#include "base/mem.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

void csv_open(struct csv *csv, struct text *out)
{
	*csv = (struct csv){.out = out};
	text_puts(out, BYTE_ORDER_MARK);
}

/*
 * True when a spreadsheet might take the text for a formula: by its first character, spaces and
 * what is not written aside. The wide forms of the same signs count too, since some take them for
 * those.
 */
static bool is_formula(struct slice text)
{
	static const char *const signs[] = {
		"=", "+", "-", "@", "\u2212", "\uff1d", "\uff0b", "\uff0d", "\uff20"};

	while (text.size > 0 && (unsigned char)text.data[0] <= ' ')
		text = slice_from(text, 1);
	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (slice_starts(text, signs[i]))
			return true;
	return false;
}

/* A quote is doubled, a tab a space; of control characters only line ends stay. */
static void add_special(struct text *out, char c)
{
	if (c == '"')
		text_puts(out, "\"\"");
	else if (c == '\t')
		text_byte(out, ' ');
	else if (c == '\n')
		text_byte(out, c);
}

void csv_cell(struct csv *csv, struct slice text)
{
	struct text *out = csv->out;

	if (csv->in_row)
		text_byte(out, ';');
	csv->in_row = true;
	if (text.size == 0)
		return;
	text_byte(out, '"');
	if (is_formula(text))
		text_byte(out, '\'');
	while (text.size > 0) {
		size_t run = 0;

		while (run < text.size && text.data[run] != '"' &&
			(unsigned char)text.data[run] >= ' ')
			run++;
		text_add(out, (struct slice){text.data, run});
		if (run < text.size)
			add_special(out, text.data[run]);
		text = slice_from(text, run < text.size ? run + 1 : run);
	}
	text_byte(out, '"');
}

void csv_end_row(struct csv *csv)
{
	text_puts(csv->out, "\r\n");
	csv->in_row = false;
}
