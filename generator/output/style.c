/*
 * Knows as much of CSS as it takes not to change its meaning (https://www.w3.org/TR/css-syntax-3/):
 * strings, escapes, url() and comments. White space goes where a bracket, a semicolon or a comma
 * separates anyway, and behind a colon; elsewhere a run of it is one space. A comment between two
 * other signs stays, empty: it separates them. The semicolons before a closing bracket go.
 */
#include "output/style.h"

#include <string.h>

#include "base/diag.h"
#include "base/map.h"

struct style {
	struct text *out;
	struct slice css;
	size_t at;
	const char *path;
	const struct map *pictures;
	struct diags *diags;
	char last;    /* the byte that was written last, if it means what it is; else 0 */
	size_t ends;  /* semicolons, one after another, that were written last */
	bool started; /* something was written */
	bool space;   /* white space was passed over since */
	bool comment; /* a comment was */
	bool failed;
};

static struct slice rest_of(const struct style *style)
{
	return slice_from(style->css, style->at);
}

/* Adds an error about what starts at byte `at`. `argument` may be NULL. */
static void fail(struct style *style, enum diag_code code, size_t at, const char *argument)
{
	struct place place = {style->path, 1, 0};

	for (size_t i = 0; i < at; i++)
		place.line += style->css.data[i] == '\n';
	diag_add(style->diags, code, place, argument, (char *)NULL);
	style->failed = true;
}

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

/* A sign on both sides of which white space means nothing. */
static bool is_separator(char byte)
{
	return byte != '\0' && strchr("{};,", byte) != NULL;
}

static bool is_name(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' ||
	       (unsigned char)byte >= 0x80;
}

/* Whether the slice starts with `word`, which is in small letters, in whatever letters. */
static bool starts(struct slice slice, const char *word)
{
	size_t i = 0;

	for (; word[i] != '\0'; i++) {
		char byte = i < slice.size ? slice.data[i] : '\0';

		if (byte >= 'A' && byte <= 'Z')
			byte = (char)(byte + ('a' - 'A'));
		if (byte != word[i])
			return false;
	}
	return true;
}

/* Writes what is left of the white space and comments before a sign. */
static void add_gap(struct style *style, char next)
{
	bool apart = !style->started || is_separator(style->last) || style->last == ':' ||
		     is_separator(next);

	/* The white space of `--name: ;` is its value. */
	if (style->last == ':' && (next == ';' || next == '}'))
		apart = false;
	if (style->space && !apart)
		text_byte(style->out, ' ');
	else if (style->comment && !apart)
		text_puts(style->out, "/**/");
	style->space = style->comment = false;
}

/* Copies `size` bytes that stand for something else than themselves. */
static void copy(struct style *style, size_t size)
{
	struct slice rest = rest_of(style);

	text_add(style->out, (struct slice){rest.data, size});
	style->at += size;
	style->last = '\0';
	style->ends = 0;
	style->started = true;
}

static void skip_comment(struct style *style)
{
	struct slice body = slice_from(style->css, style->at + 2);
	size_t end = slice_search(body, slice_of("*/"));

	if (end == body.size)
		fail(style, DIAG_STYLE_OPEN, style->at, NULL);
	style->at += end + 4;
	style->comment = true;
}

/* The size of the string at the start of the slice, with its quotes; 0 when it does not end. */
static size_t string_size(struct slice slice)
{
	for (size_t i = 1; i < slice.size && slice.data[i] != '\n'; i++) {
		if (slice.data[i] == slice.data[0])
			return i + 1;
		if (slice.data[i] == '\\')
			i++;
	}
	return 0;
}

static void copy_string(struct style *style)
{
	size_t size = string_size(rest_of(style));

	if (size == 0) {
		fail(style, DIAG_STYLE_OPEN, style->at, NULL);
		style->at = style->css.size;
		return;
	}
	copy(style, size);
}

/* Finds what stands between the brackets of url(…), and its end. False when it has none. */
static bool read_url(struct slice *out, size_t *end, struct slice slice)
{
	size_t at = strlen("url("), start, size;

	while (at < slice.size && is_space(slice.data[at]))
		at++;
	start = at;
	if (at < slice.size && (slice.data[at] == '"' || slice.data[at] == '\'')) {
		size = string_size(slice_from(slice, at));
		if (size == 0)
			return false;
		*out = (struct slice){slice.data + at + 1, size - 2};
		at += size;
	} else {
		while (at < slice.size && slice.data[at] != ')' && !is_space(slice.data[at]))
			at++;
		*out = (struct slice){slice.data + start, at - start};
	}
	while (at < slice.size && is_space(slice.data[at]))
		at++;
	*end = at + 1;
	return at < slice.size && slice.data[at] == ')';
}

/* Writes the address of a picture. False when the theme does not have it. */
static bool add_picture(struct style *style, struct slice url)
{
	struct slice path = {url.data, slice_find(url, '#')};
	struct slice fragment = slice_from(url, path.size);
	const struct slice *address;

	for (size_t i = 1; i < fragment.size; i++)
		if (!is_name(fragment.data[i]))
			return false;
	while (slice_starts(path, "./") || slice_starts(path, "../"))
		path = slice_from(path, slice_find(path, '/') + 1);
	address = map_get(style->pictures, path);
	if (address == NULL && path.size > 0)
		return false;
	text_puts(style->out, "url(");
	if (address != NULL)
		text_add(style->out, *address);
	text_add(style->out, fragment);
	text_byte(style->out, ')');
	return true;
}

static void add_url(struct style *style)
{
	struct slice url;
	size_t end;

	if (!read_url(&url, &end, rest_of(style))) {
		fail(style, DIAG_STYLE_OPEN, style->at, NULL);
		style->at = style->css.size;
		return;
	}
	if (!add_picture(style, url)) {
		struct text shown = {0};

		text_add(&shown, url);
		fail(style, DIAG_STYLE_ELSEWHERE, style->at, shown.data != NULL ? shown.data : "");
		text_free(&shown);
	}
	style->at += end;
	style->last = '\0';
	style->ends = 0;
	style->started = true;
}

/* Copies the next sign, or what must stay together with it. */
static void add_sign(struct style *style)
{
	struct slice rest = rest_of(style);
	char byte = rest.data[0];
	bool in_name = style->at > 0 && is_name(style->css.data[style->at - 1]);

	add_gap(style, byte);
	if (byte == '"' || byte == '\'') {
		copy_string(style);
	} else if (byte == '\\') {
		copy(style, rest.size > 1 ? 2 : 1);
	} else if (!in_name && starts(rest, "url(")) {
		add_url(style);
	} else {
		size_t ends = byte == ';' ? style->ends + 1 : 0;

		if (byte == '@' && starts(rest, "@import"))
			fail(style, DIAG_STYLE_IMPORT, style->at, NULL);
		if (byte == '}')
			style->out->size -= style->ends;
		copy(style, 1);
		style->last = byte;
		style->ends = ends;
	}
}

int style_add(struct text *out, struct slice css, const char *path, const struct map *pictures,
	struct diags *diags)
{
	struct style style = {
		.out = out, .css = css, .path = path, .pictures = pictures, .diags = diags};

	while (style.at < css.size) {
		if (slice_starts(rest_of(&style), "/*")) {
			skip_comment(&style);
		} else if (is_space(css.data[style.at])) {
			style.space = true;
			style.at++;
		} else {
			add_sign(&style);
		}
	}
	return style.failed ? -1 : 0;
}
