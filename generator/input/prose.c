/*
 * Most text has nothing in it: one pass by a table finds that out. Else the text is cut at values
 * of the region and addresses, and what is between them is searched for glossary terms.
 */
#include "input/prose.h"

#include <stdio.h>

#include "base/unicode.h"
#include "input/autolink.h"
#include "input/target.h"
#include "input/writer.h"

#define NAME_LIMIT ((size_t)128) /* of a value or a footnote, bytes */

enum {
	BRACE = 1,   /* may be a value of the region */
	ADDRESS = 2, /* may be part of an address */
	SLIP = 4,    /* may be a link, note or comment that was not understood */
	CONTROL = 8  /* may be a control character, from a reference such as &#7; */
};

/* clang-format off */
static const unsigned char classes[256] = {
	[0x00] = CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	[0x0b] = CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, [0x10] = CONTROL, CONTROL, CONTROL,
	CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	CONTROL, CONTROL, CONTROL, [0x7f] = CONTROL, [0xc2] = CONTROL,
	['{'] = BRACE, [':'] = ADDRESS, ['@'] = ADDRESS, ['.'] = ADDRESS, ['['] = SLIP,
	[']'] = SLIP, ['<'] = SLIP
};
/* clang-format on */

static unsigned look(struct slice text)
{
	unsigned seen = 0;

	for (size_t i = 0; i < text.size; i++)
		seen |= classes[(unsigned char)text.data[i]];
	return seen;
}

static struct slice part(struct slice text, size_t start, size_t end)
{
	return (struct slice){text.data + start, end - start};
}

/* Writes the words, with the terms that come for the first time in the section as pieces. */
static void write_words(struct writer *writer, struct slice text)
{
	const struct markdown_site *site = writer->site;
	bool seeks = site != NULL && site->find_term != NULL && !writer->in_heading &&
		     !writer->in_table_head && !writer->in_label && writer->links_open == 0;
	size_t at = 0, from = 0, start, length, term;

	writer_words(writer, text);
	while (seeks && from < text.size &&
		site->find_term(&start, &length, &term, site->context, text, from)) {
		if (length > 0 && writer_first(writer, term)) {
			text_html(&writer->html, part(text, at, start));
			writer_piece(writer, PIECE_TERM, part(text, start, start + length))->term =
				term;
			at = start + length;
		}
		from = start + (length > 0 ? length : 1);
	}
	text_html(&writer->html, slice_from(text, at));
}

/* The name of a value: parts of a-z, 0-9 and hyphens, with points between them. */
static bool is_name(struct slice name)
{
	bool fresh = true; /* at the start of a part */

	for (size_t i = 0; i < name.size; i++) {
		char byte = name.data[i];

		if (byte >= 'a' && byte <= 'z')
			fresh = false;
		else if (fresh || (byte != '.' && byte != '-' && (byte < '0' || byte > '9')))
			return false;
		else
			fresh = byte == '.';
	}
	return name.size > 0 && !fresh;
}

/* Where the value of which the braces open at `start` ends; sets its name. */
static size_t value_end(struct slice *name, struct slice text, size_t start)
{
	struct slice rest = slice_from(text, start + 2);
	size_t close;

	if (rest.size > NAME_LIMIT)
		rest.size = NAME_LIMIT;
	close = slice_search(rest, slice_of("}}"));
	*name = slice_trim((struct slice){rest.data, close});
	if (close < rest.size)
		return start + 2 + close + 2;
	/* Not closed: the braces, and the word behind them that must be meant. */
	for (close = 0; close < rest.size && rest.data[close] != ' '; close++)
		;
	*name = (struct slice){0};
	return start + 2 + close;
}

/* A message that quotes part of the text, cut when it is long, at the part's place. */
static void fault(
	struct writer *writer, enum diag_code code, struct slice quoted, int line, int column)
{
	char shown[64];

	snprintf(shown, sizeof(shown), "%.*s", (int)(quoted.size > 60 ? 60 : quoted.size),
		quoted.data);
	diag_add(writer->diags, code, writer_place(writer, line, column, quoted), shown, NULL);
}

static size_t write_value(
	struct writer *writer, struct slice text, size_t start, int line, int column)
{
	struct slice name;
	size_t end = value_end(&name, text, start);
	struct slice whole = part(text, start, end);
	struct piece *piece;
	struct place place;

	if (!is_name(name)) {
		fault(writer, DIAG_VARIABLE_MALFORMED, whole, line, column + (int)start);
		return end;
	}
	place = writer_place(writer, line, column + (int)start, whole);
	piece = writer_piece(writer, PIECE_VARIABLE, name);
	piece->line = place.line;
	piece->column = place.column;
	piece->in_link = writer->links_open > 0;
	return end;
}

static void write_address(struct writer *writer, struct slice text, const struct autolink *found,
	int line, int column)
{
	struct slice shown = part(text, found->start, found->start + found->size);
	struct text url = {0};
	bool open;

	text_puts(&url, found->scheme);
	text_add(&url, shown);
	open = target_open(writer, text_slice(&url), (struct slice){0},
		writer_place(writer, line, column + (int)found->start, shown));
	writer_words(writer, shown);
	text_html(&writer->html, shown);
	if (open)
		target_close(writer);
	text_free(&url);
}

/* Control characters can come from references only: the text itself was looked at. */
static struct slice without_controls(
	struct text *buffer, struct writer *writer, struct slice text, int line, int column)
{
	for (size_t at = 0; at < text.size;) {
		uint32_t point;
		size_t size = unicode_next(&point, slice_from(text, at));
		char name[16];

		if ((point < 0x20 && point != '\t') || (point >= 0x7f && point < 0xa0)) {
			snprintf(name, sizeof(name), "U+%04X", (unsigned)point);
			diag_add(writer->diags, DIAG_REFERENCE_CONTROL,
				writer_place(writer, line, column + (int)at, slice_of("&#")), name,
				NULL);
		} else {
			text_add(buffer, part(text, at, at + size));
		}
		at += size;
	}
	return text_slice(buffer);
}

static void report_notes(struct writer *writer, struct slice text, int line, int column)
{
	size_t at = slice_search(text, slice_of("[^"));

	while (at < text.size) {
		struct slice rest = slice_from(text, at + 2);
		size_t end;

		if (rest.size > NAME_LIMIT)
			rest.size = NAME_LIMIT;
		end = slice_find(rest, ']');
		if (end > 0 && end < rest.size && slice_find(part(rest, 0, end), ' ') == end)
			fault(writer, DIAG_FOOTNOTE_UNKNOWN, part(rest, 0, end), line,
				column + (int)at);
		at += 2 + slice_search(slice_from(text, at + 2), slice_of("[^"));
	}
}

static void report_all(struct writer *writer, enum diag_code code, const char *sign,
	struct slice text, int line, int column)
{
	size_t at = slice_search(text, slice_of(sign));

	while (at < text.size) {
		diag_add(writer->diags, code,
			writer_place(writer, line, column + (int)at, slice_of(sign)), NULL);
		at += 2 + slice_search(slice_from(text, at + 2), slice_of(sign));
	}
}

/* What is shown as it stands, but was surely meant to be something. */
static void report_slips(struct writer *writer, struct slice text, int line, int column)
{
	report_notes(writer, text, line, column);
	report_all(writer, DIAG_COMMENT_OPEN, "<!--", text, line, column);
	report_all(writer, DIAG_LINK_UNFINISHED, "](", text, line, column);
	report_all(writer, DIAG_LINK_UNFINISHED, "][", text, line, column);
}

/* Cuts the text at values and addresses. Each is searched on from where the last one was found. */
static void write_parts(
	struct writer *writer, struct slice text, int line, int column, bool has_addresses)
{
	size_t value = 0, at = 0;
	struct autolink address = {0};
	bool addresses = has_addresses && !writer->in_heading && writer->links_open == 0;

	addresses = addresses && autolink_find(&address, text, 0);
	while (at < text.size) {
		size_t next = addresses ? address.start : text.size;

		if (value == at || value < at)
			value = at + slice_search(slice_from(text, at), slice_of("{{"));
		if (value < next)
			next = value;
		write_words(writer, part(text, at, next));
		if (next == text.size)
			break;
		if (next == value) {
			at = write_value(writer, text, value, line, column);
		} else {
			write_address(writer, text, &address, line, column);
			at = address.start + address.size;
		}
		if (addresses && address.start < at)
			addresses = autolink_find(&address, text, at);
	}
}

void prose_write(struct writer *writer, struct slice text, int line, int column)
{
	unsigned seen = look(text);
	struct text buffer = {0};

	if (seen == 0) {
		write_words(writer, text);
		return;
	}
	if ((seen & CONTROL) != 0)
		text = without_controls(&buffer, writer, text, line, column);
	if ((seen & SLIP) != 0)
		report_slips(writer, text, line, column);
	if ((seen & (BRACE | ADDRESS)) != 0)
		write_parts(writer, text, line, column, (seen & ADDRESS) != 0);
	else
		write_words(writer, text);
	text_free(&buffer);
}

void prose_plain(struct text *out, struct writer *writer, struct slice text, int line, int column,
	bool quiet)
{
	size_t at = 0;

	while (at < text.size) {
		struct slice name;
		size_t start = at + slice_search(slice_from(text, at), slice_of("{{"));
		size_t end;

		for (size_t i = at; i < start; i++) {
			unsigned char byte = (unsigned char)text.data[i];

			if (byte >= 0x20 && byte != 0x7f)
				text_byte(out, (char)byte);
			else
				text_byte(out, ' ');
		}
		if (start == text.size)
			break;
		end = value_end(&name, text, start);
		if (!quiet)
			fault(writer, DIAG_VARIABLE_PLACE, part(text, start, end), line, column);
		at = end;
	}
}
