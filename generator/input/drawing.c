/*
 * A walk over the tags of an XML file, without a tree. What browsers read in a way that this walk
 * would not see is refused: definitions in a DOCTYPE, other encodings, unfinished tags.
 */
#include "input/drawing.h"

#include <stdint.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/unicode.h"

#define SHOWN 60 /* bytes of what is refused that a message shows */

struct drawing {
	struct slice bytes;
	size_t at;
	bool in_style;
	struct text value;    /* of an attribute: decoded */
	struct text squeezed; /* the same, in small letters and without white space */
	size_t fault;	      /* where what is refused stands */
	struct text refused;  /* what it is; empty: nothing is */
};

static bool drawing_refuse(struct drawing *drawing, size_t at, struct slice what)
{
	drawing->fault = at;
	text_add(&drawing->refused, what.size > SHOWN ? (struct slice){what.data, SHOWN} : what);
	return false;
}

/* What is no XML: nobody can tell what a browser makes of it. */
static bool drawing_is_broken(struct drawing *drawing, size_t at)
{
	return drawing_refuse(drawing, at, (struct slice){0});
}

static struct slice drawing_rest(const struct drawing *drawing)
{
	return slice_from(drawing->bytes, drawing->at);
}

/* Passes `size` bytes and then all up to and with `end`. */
static bool drawing_pass(struct drawing *drawing, size_t size, const char *end)
{
	struct slice rest = slice_from(drawing_rest(drawing), size);
	size_t found = slice_search(rest, slice_of(end));

	if (found == rest.size)
		return drawing_is_broken(drawing, drawing->at);
	drawing->at += size + found + strlen(end);
	return true;
}

/* The part of a name behind its prefix, in small letters; too long ones are cut. */
static void drawing_local_name(char *out, size_t size, struct slice name)
{
	size_t colon = slice_find(name, ':');
	size_t length = 0;

	if (colon < name.size)
		name = slice_from(name, colon + 1);
	for (; length < name.size && length + 1 < size; length++) {
		char c = name.data[length];

		out[length] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	out[length] = '\0';
}

static bool drawing_is_one_of(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* "#red" and pictures in the file itself lead nowhere. `address` is squeezed. */
static bool drawing_is_inside(struct slice address)
{
	return slice_starts(address, "#") || slice_starts(address, "data:image/png") ||
	       slice_starts(address, "data:image/jpeg") ||
	       slice_starts(address, "data:image/gif") || slice_starts(address, "data:image/webp");
}

static void drawing_squeeze(struct text *out, struct slice text)
{
	text_clear(out);
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if ((unsigned char)c > ' ')
			text_byte(out, (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
	}
}

/* True when no style in the text fetches anything. A \ could hide that it does. */
static bool drawing_check_style(struct drawing *drawing, size_t at, struct slice text)
{
	struct slice rest;
	size_t found;

	drawing_squeeze(&drawing->squeezed, text);
	rest = text_slice(&drawing->squeezed);
	if (slice_find(rest, '\\') < rest.size ||
		slice_search(rest, slice_of("@import")) < rest.size)
		return drawing_refuse(drawing, at, slice_trim(text));
	while ((found = slice_search(rest, slice_of("url("))) < rest.size) {
		rest = slice_from(rest, found + 4);
		if (rest.size > 0 && (rest.data[0] == '"' || rest.data[0] == '\''))
			rest = slice_from(rest, 1);
		if (!drawing_is_inside(rest))
			return drawing_refuse(drawing, at, slice_trim(text));
	}
	return true;
}

/* One character reference that `text` starts with; its length, or 0 for what is none. */
static size_t drawing_reference(struct text *out, struct slice text)
{
	static const struct {
		const char *name;
		char sign;
	} named[] = {
		{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
	bool hex = slice_starts(text, "&#x");
	uint32_t point = 0;
	size_t at = hex ? 3 : 2;

	for (size_t i = 0; i < ARRAY_LEN(named); i++) {
		if (!slice_starts(text, named[i].name))
			continue;
		text_byte(out, named[i].sign);
		return strlen(named[i].name);
	}
	if (!slice_starts(text, "&#"))
		return 0;
	for (; at < text.size && text.data[at] != ';' && at < 12; at++) {
		char c = text.data[at];
		int digit = c >= '0' && c <= '9'	  ? c - '0'
			    : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
			    : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
							  : -1;

		if (digit < 0)
			return 0;
		point = point * (hex ? 16 : 10) + (uint32_t)digit;
	}
	if (at >= text.size || text.data[at] != ';' || point == 0 || point > 0x10ffff)
		return 0;
	unicode_add(out, point);
	return at + 1;
}

static bool drawing_decode(struct drawing *drawing, size_t at, struct slice text)
{
	text_clear(&drawing->value);
	while (text.size > 0) {
		size_t length = 1;

		if (text.data[0] == '&') {
			length = drawing_reference(&drawing->value, text);
			if (length == 0)
				return drawing_refuse(drawing, at, text);
		} else {
			text_byte(&drawing->value, text.data[0]);
		}
		text = slice_from(text, length);
	}
	return true;
}

/* `whole` is the attribute as it stands, for the message. */
static bool drawing_check_attribute(struct drawing *drawing, size_t at, struct slice whole,
	struct slice name, struct slice text)
{
	static const char *const addresses[] = {"href", "src", "base"};
	char local[32], animated[32];
	struct slice value;

	drawing_local_name(local, sizeof(local), name);
	if (!drawing_decode(drawing, at, text))
		return false;
	value = text_slice(&drawing->value);
	drawing_local_name(animated, sizeof(animated), slice_trim(value));
	if (strncmp(local, "on", 2) == 0 ||
		(strcmp(local, "attributename") == 0 &&
			(strcmp(animated, "href") == 0 || strncmp(animated, "on", 2) == 0)))
		return drawing_refuse(drawing, at, whole);
	if (slice_starts(name, "xmlns") &&
		slice_search(value, slice_of("w3.org/1999/xhtml")) < value.size)
		return drawing_refuse(drawing, at, whole);
	if (!drawing_check_style(drawing, at, value))
		return false;
	drawing_squeeze(&drawing->squeezed, value);
	if (drawing_is_one_of(local, addresses, ARRAY_LEN(addresses)) &&
		!drawing_is_inside(text_slice(&drawing->squeezed)))
		return drawing_refuse(drawing, at, whole);
	return true;
}

static size_t drawing_name_size(struct slice rest)
{
	size_t size = 0;

	while (size < rest.size && strchr(" \t\r\n/>=\"'<", rest.data[size]) == NULL)
		size++;
	return size;
}

static void drawing_pass_space(struct drawing *drawing)
{
	while (drawing->at < drawing->bytes.size &&
		strchr(" \t\r\n", drawing->bytes.data[drawing->at]) != NULL)
		drawing->at++;
}

/* Name="value"; anything else is no XML. */
static bool drawing_read_attribute(struct drawing *drawing)
{
	size_t start = drawing->at;
	struct slice rest = drawing_rest(drawing);
	struct slice name = {rest.data, drawing_name_size(rest)};
	size_t end;

	drawing->at += name.size;
	drawing_pass_space(drawing);
	rest = drawing_rest(drawing);
	if (name.size == 0 || !slice_starts(rest, "="))
		return drawing_is_broken(drawing, start);
	drawing->at++;
	drawing_pass_space(drawing);
	rest = drawing_rest(drawing);
	if (rest.size == 0 || (rest.data[0] != '"' && rest.data[0] != '\''))
		return drawing_is_broken(drawing, start);
	end = slice_find(slice_from(rest, 1), rest.data[0]);
	if (end + 1 >= rest.size)
		return drawing_is_broken(drawing, start);
	drawing->at += end + 2;
	return drawing_check_attribute(drawing, start,
		(struct slice){drawing->bytes.data + start, drawing->at - start}, name,
		(struct slice){rest.data + 1, end});
}

/* <name …>, </name> or <name …/>. */
static bool drawing_read_tag(struct drawing *drawing)
{
	static const char *const running[] = {"script", "foreignobject", "iframe", "object",
		"embed", "handler", "listener", "audio", "video", "link", "meta", "base"};
	size_t start = drawing->at;
	bool closing = slice_starts(drawing_rest(drawing), "</");
	struct slice name;
	char local[32];

	drawing->at += closing ? 2 : 1;
	name = drawing_rest(drawing);
	name.size = drawing_name_size(name);
	drawing_local_name(local, sizeof(local), name);
	if (name.size == 0)
		return drawing_is_broken(drawing, start);
	if (drawing_is_one_of(local, running, ARRAY_LEN(running)))
		return drawing_refuse(drawing, start,
			(struct slice){
				drawing->bytes.data + start, drawing->at + name.size - start});
	drawing->at += name.size;
	drawing->in_style = !closing && strcmp(local, "style") == 0;
	for (;;) {
		drawing_pass_space(drawing);
		if (slice_starts(drawing_rest(drawing), "/>")) {
			drawing->in_style = false;
			drawing->at += 2;
			return true;
		}
		if (slice_starts(drawing_rest(drawing), ">")) {
			drawing->at++;
			return true;
		}
		if (!drawing_read_attribute(drawing))
			return false;
	}
}

/* What starts with < and is no tag. */
static bool drawing_read_markup(struct drawing *drawing)
{
	struct slice rest = drawing_rest(drawing);
	size_t start = drawing->at;

	if (slice_starts(rest, "<!--"))
		return drawing_pass(drawing, 4, "-->");
	if (slice_starts(rest, "<![CDATA[")) {
		if (!drawing_pass(drawing, 9, "]]>"))
			return false;
		return !drawing->in_style ||
		       drawing_check_style(drawing, start,
			       (struct slice){rest.data + 9, drawing->at - start - 12});
	}
	if (slice_starts(rest, "<?xml ") && start == 0)
		return drawing_pass(drawing, 6, "?>");
	if (slice_starts(rest, "<!DOCTYPE")) {
		if (!drawing_pass(drawing, 9, ">"))
			return false;
		rest.size = drawing->at - start;
		return slice_find(rest, '[') == rest.size || drawing_refuse(drawing, start, rest);
	}
	if (slice_starts(rest, "<?") || slice_starts(rest, "<!"))
		return drawing_refuse(drawing, start, rest);
	return drawing_read_tag(drawing);
}

static bool drawing_read_text(struct drawing *drawing)
{
	struct slice text = drawing_rest(drawing);
	size_t start = drawing->at;

	text.size = slice_find(text, '<');
	drawing->at += text.size;
	if (!drawing->in_style)
		return true;
	return drawing_decode(drawing, start, text) &&
	       drawing_check_style(drawing, start, text_slice(&drawing->value));
}

/* Bytes that a browser could take for another encoding than UTF-8. */
static bool drawing_is_text(struct drawing *drawing)
{
	struct slice rest = drawing->bytes;

	while (rest.size > 0) {
		size_t length = slice_letter_size(rest);
		unsigned char first = (unsigned char)rest.data[0];

		if (length == 0 || (first < ' ' && first != '\t' && first != '\r' && first != '\n'))
			return drawing_is_broken(drawing, drawing->bytes.size - rest.size);
		rest = slice_from(rest, length);
	}
	return true;
}

static struct place drawing_place(const struct drawing *drawing, const char *path)
{
	struct slice rest = drawing->bytes, line = {0};
	struct place place = {path, 0, 1};

	while (slice_next_line(&line, &rest)) {
		place.line++;
		if ((size_t)(rest.data - drawing->bytes.data) > drawing->fault || rest.size == 0)
			break;
	}
	if (line.data != NULL && drawing->bytes.data + drawing->fault >= line.data)
		place.column = unicode_column(
			line, (size_t)(drawing->bytes.data + drawing->fault - line.data));
	return place;
}

bool drawing_check(const char *path, struct slice bytes, struct diags *diags)
{
	struct drawing drawing = {.bytes = bytes};
	bool good = drawing_is_text(&drawing);

	if (slice_starts(bytes, "\xef\xbb\xbf"))
		drawing.bytes = slice_from(bytes, 3);
	while (good && drawing.at < drawing.bytes.size)
		good = slice_starts(drawing_rest(&drawing), "<") ? drawing_read_markup(&drawing)
								 : drawing_read_text(&drawing);
	if (!good) {
		text_puts(&drawing.refused, "");
		diag_add(diags, drawing.refused.size > 0 ? DIAG_ASSET_SCRIPT : DIAG_ASSET_BROKEN,
			drawing_place(&drawing, path), drawing.refused.data, (char *)NULL);
	}
	text_free(&drawing.value);
	text_free(&drawing.squeezed);
	text_free(&drawing.refused);
	return good;
}
