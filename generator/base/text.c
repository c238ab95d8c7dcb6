/*
 * Slices, growing buffers, and the escapes of each context that text is put in.
 *
 * The escapes copy the longest run that needs none at once, and find its end by a table: most bytes
 * of a site pass through here.
 */
#include "base/text.h"

#include <assert.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What a byte needs, by context. */
enum {
	IN_HTML = 1,	 /* escaped in an element */
	IN_ATTR = 2,	 /* escaped in an attribute */
	IN_URL = 4,	 /* encoded or escaped in a URL */
	IN_URL_PART = 8, /* encoded in a part of a URL */
	IN_JSON = 16	 /* escaped or looked at in JSON */
};

#define HIDDEN (IN_URL | IN_URL_PART | IN_JSON) /* control characters, and all beyond ASCII */
#define BAD (IN_URL | IN_URL_PART)		/* what no URL may have */
#define DELIMITER IN_URL_PART			/* what a URL may have, but not a part of one */
#define MARKUP (IN_HTML | IN_ATTR | BAD | IN_JSON)
#define REPEAT_16(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x

/* clang-format off */
static const unsigned char needs[256] = {
	REPEAT_16(HIDDEN), REPEAT_16(HIDDEN),
	[' '] = BAD, ['!'] = DELIMITER, ['"'] = IN_ATTR | BAD | IN_JSON, ['#'] = DELIMITER,
	['$'] = DELIMITER, ['%'] = BAD, ['&'] = MARKUP, ['\''] = IN_ATTR | BAD,
	['('] = DELIMITER, [')'] = DELIMITER, ['*'] = DELIMITER, ['+'] = DELIMITER,
	[','] = DELIMITER, ['/'] = DELIMITER, [':'] = DELIMITER, [';'] = DELIMITER,
	['<'] = MARKUP, ['='] = DELIMITER, ['>'] = MARKUP, ['?'] = DELIMITER, ['@'] = DELIMITER,
	['['] = DELIMITER, ['\\'] = BAD | IN_JSON, [']'] = DELIMITER, ['^'] = BAD, ['`'] = BAD,
	['{'] = BAD, ['|'] = BAD, ['}'] = BAD, [0x7f] = HIDDEN,
	REPEAT_16(HIDDEN), REPEAT_16(HIDDEN), REPEAT_16(HIDDEN), REPEAT_16(HIDDEN),
	REPEAT_16(HIDDEN), REPEAT_16(HIDDEN), REPEAT_16(HIDDEN), REPEAT_16(HIDDEN)
};
/* clang-format on */

struct slice slice_of(const char *string)
{
	return (struct slice){string, string != NULL ? strlen(string) : 0};
}

bool slice_equal(struct slice a, struct slice b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool slice_is(struct slice slice, const char *string)
{
	return slice_equal(slice, slice_of(string));
}

bool slice_starts(struct slice slice, const char *prefix)
{
	size_t size = strlen(prefix);

	return slice.size >= size && (size == 0 || memcmp(slice.data, prefix, size) == 0);
}

bool slice_ends(struct slice slice, const char *suffix)
{
	size_t size = strlen(suffix);

	return slice.size >= size &&
	       (size == 0 || memcmp(slice.data + slice.size - size, suffix, size) == 0);
}

int slice_compare(struct slice a, struct slice b)
{
	size_t shared = a.size < b.size ? a.size : b.size;
	int order = shared > 0 ? memcmp(a.data, b.data, shared) : 0;

	return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

struct slice slice_from(struct slice slice, size_t start)
{
	if (start >= slice.size)
		return (struct slice){0};
	return (struct slice){slice.data + start, slice.size - start};
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

struct slice slice_trim(struct slice slice)
{
	while (slice.size > 0 && is_blank(slice.data[0])) {
		slice.data++;
		slice.size--;
	}
	while (slice.size > 0 && is_blank(slice.data[slice.size - 1]))
		slice.size--;
	return slice;
}

size_t slice_find(struct slice slice, char byte)
{
	const char *found = slice.size > 0 ? memchr(slice.data, byte, slice.size) : NULL;

	return found != NULL ? (size_t)(found - slice.data) : slice.size;
}

size_t slice_search(struct slice slice, struct slice needle)
{
	size_t at = 0;

	if (needle.size == 0)
		return 0;
	while (slice.size - at >= needle.size) {
		at += slice_find((struct slice){slice.data + at, slice.size - needle.size + 1 - at},
			needle.data[0]);
		if (slice.size - at < needle.size)
			break;
		if (memcmp(slice.data + at, needle.data, needle.size) == 0)
			return at;
		at++;
	}
	return slice.size;
}

bool slice_next_line(struct slice *out, struct slice *rest)
{
	size_t end = slice_find(*rest, '\n');
	struct slice line = {rest->data, end};

	if (rest->size == 0)
		return false;
	if (end < rest->size && end > 0 && line.data[end - 1] == '\r')
		line.size--;
	*rest = slice_from(*rest, end + 1);
	*out = line;
	return true;
}

int slice_number(struct slice slice)
{
	int number = 0;

	for (size_t i = 0; i < slice.size; i++) {
		int digit = slice.data[i] - '0';

		if (digit < 0 || digit > 9 || number > (INT_MAX - digit) / 10)
			return -1;
		number = number * 10 + digit;
	}
	return slice.size > 0 ? number : -1;
}

struct slice slice_keep(struct arena *arena, struct slice slice)
{
	return (struct slice){arena_copy(arena, slice.data, slice.size), slice.size};
}

uint64_t slice_hash(struct slice slice)
{
	uint64_t hash = 0xcbf29ce484222325U;

	for (size_t i = 0; i < slice.size; i++)
		hash = (hash ^ (unsigned char)slice.data[i]) * 0x100000001b3U;
	return hash;
}

size_t slice_ascii_size(struct slice slice)
{
	size_t at = 0;
	uint64_t eight;

	/* All highest bits of eight bytes at once, for as long as there are eight. */
	for (; slice.size - at >= sizeof(eight); at += sizeof(eight)) {
		memcpy(&eight, slice.data + at, sizeof(eight));
		if ((eight & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	while (at < slice.size && (unsigned char)slice.data[at] < 0x80)
		at++;
	return at;
}

static bool is_tail(struct slice slice, size_t at)
{
	return at < slice.size && ((unsigned char)slice.data[at] & 0xc0) == 0x80;
}

size_t slice_letter_size(struct slice slice)
{
	unsigned char first = slice.size > 0 ? (unsigned char)slice.data[0] : 0xff;
	unsigned char second = slice.size > 1 ? (unsigned char)slice.data[1] : 0;

	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4 || !is_tail(slice, 1))
		return 0;
	if (first < 0xe0)
		return 2;
	/* Too long a form, a surrogate, or beyond U+10FFFF. */
	if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
		(first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
		return 0;
	if (!is_tail(slice, 2))
		return 0;
	if (first < 0xf0)
		return 3;
	return is_tail(slice, 3) ? 4 : 0;
}

void text_free(struct text *text)
{
	free(text->data);
	*text = (struct text){0};
}

void text_clear(struct text *text)
{
	text->size = 0;
	if (text->data != NULL)
		text->data[0] = '\0';
}

void text_reserve(struct text *text, size_t extra)
{
	size_t capacity = text->capacity < 64 ? 64 : text->capacity;

	if (text->data != NULL && extra < text->capacity - text->size)
		return;
	while (capacity - text->size <= extra) {
		if (capacity > SIZE_MAX / 2) {
			capacity = SIZE_MAX; /* more than there is: mem_resize() ends the program */
			break;
		}
		capacity *= 2;
	}
	text->data = mem_resize(text->data, capacity, 1);
	text->capacity = capacity;
	text->data[text->size] = '\0';
}

void text_byte(struct text *out, char byte)
{
	if (out->capacity - out->size < 2)
		text_reserve(out, 1);
	out->data[out->size++] = byte;
	out->data[out->size] = '\0';
}

void text_add(struct text *out, struct slice slice)
{
	if (out->capacity - out->size <= slice.size)
		text_reserve(out, slice.size);
	if (slice.size > 0)
		memcpy(out->data + out->size, slice.data, slice.size);
	out->size += slice.size;
	out->data[out->size] = '\0';
}

void text_puts(struct text *out, const char *string)
{
	text_add(out, slice_of(string));
}

void text_number(struct text *out, uint64_t number)
{
	char digits[20];
	size_t start = sizeof(digits);

	do {
		digits[--start] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	text_add(out, (struct slice){digits + start, sizeof(digits) - start});
}

void text_printf(struct text *out, const char *format, ...)
{
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(NULL, 0, format, args);
	va_end(args);
	assert(size >= 0);
	text_reserve(out, (size_t)size);
	va_start(args, format);
	vsnprintf(out->data + out->size, (size_t)size + 1, format, args);
	va_end(args);
	out->size += (size_t)size;
}

struct slice text_slice(const struct text *text)
{
	return (struct slice){text->data, text->size};
}

struct slice text_keep(struct arena *arena, struct text *text)
{
	struct slice kept = slice_keep(arena, text_slice(text));

	text_free(text);
	return kept;
}

/* Copies the run from `at` that needs nothing in this context, and gives its end. */
static inline size_t copy_run(struct text *out, struct slice slice, size_t at, unsigned context)
{
	size_t end = at;

	while (end < slice.size && (needs[(unsigned char)slice.data[end]] & context) == 0)
		end++;
	if (end > at)
		text_add(out, (struct slice){slice.data + at, end - at});
	return end;
}

static void add_entity(struct text *out, char byte)
{
	switch (byte) {
	case '&':
		text_puts(out, "&amp;");
		break;
	case '<':
		text_puts(out, "&lt;");
		break;
	case '>':
		text_puts(out, "&gt;");
		break;
	case '"':
		text_puts(out, "&quot;");
		break;
	default:
		text_puts(out, "&#39;");
	}
}

void text_html(struct text *out, struct slice slice)
{
	for (size_t at = copy_run(out, slice, 0, IN_HTML); at < slice.size;
		at = copy_run(out, slice, at + 1, IN_HTML))
		add_entity(out, slice.data[at]);
}

void text_attr(struct text *out, struct slice slice)
{
	for (size_t at = copy_run(out, slice, 0, IN_ATTR); at < slice.size;
		at = copy_run(out, slice, at + 1, IN_ATTR))
		add_entity(out, slice.data[at]);
}

static void add_percent(struct text *out, char byte)
{
	static const char digits[] = "0123456789ABCDEF";
	unsigned char value = (unsigned char)byte;

	text_add(out, (struct slice){(char[]){'%', digits[value >> 4], digits[value & 15]}, 3});
}

static bool is_hex(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') ||
	       (byte >= 'A' && byte <= 'F');
}

void text_url(struct text *out, struct slice slice)
{
	for (size_t at = copy_run(out, slice, 0, IN_URL); at < slice.size;
		at = copy_run(out, slice, at + 1, IN_URL)) {
		char byte = slice.data[at];

		if (byte == '&' || byte == '\'')
			add_entity(out, byte);
		else if (byte == '%' && slice.size - at > 2 && is_hex(slice.data[at + 1]) &&
			 is_hex(slice.data[at + 2]))
			text_byte(out, byte);
		else
			add_percent(out, byte);
	}
}

void text_url_part(struct text *out, struct slice slice)
{
	for (size_t at = copy_run(out, slice, 0, IN_URL_PART); at < slice.size;
		at = copy_run(out, slice, at + 1, IN_URL_PART))
		add_percent(out, slice.data[at]);
}

static void add_json_escape(struct text *out, char byte)
{
	static const char digits[] = "0123456789abcdef";
	static const char named[][2] = {{'"', '"'}, {'\\', '\\'}, {'\n', 'n'}, {'\t', 't'},
		{'\r', 'r'}, {'\b', 'b'}, {'\f', 'f'}};
	unsigned char value = (unsigned char)byte;

	for (size_t i = 0; i < ARRAY_LEN(named); i++) {
		if (byte == named[i][0]) {
			text_byte(out, '\\');
			text_byte(out, named[i][1]);
			return;
		}
	}
	text_puts(out, "\\u00");
	text_byte(out, digits[value >> 4]);
	text_byte(out, digits[value & 15]);
}

void text_json(struct text *out, struct slice slice)
{
	size_t at = 0;

	text_byte(out, '"');
	while ((at = copy_run(out, slice, at, IN_JSON)) < slice.size) {
		struct slice letter = slice_from(slice, at);

		letter.size = slice_letter_size(letter);
		at += letter.size > 0 ? letter.size : 1;
		if (letter.size == 0)
			text_puts(out, "\xef\xbf\xbd");
		else if (letter.size == 1)
			add_json_escape(out, letter.data[0]);
		else if (slice_is(letter, "\xe2\x80\xa8"))
			text_puts(out, "\\u2028");
		else if (slice_is(letter, "\xe2\x80\xa9"))
			text_puts(out, "\\u2029");
		else
			text_add(out, letter);
	}
	text_byte(out, '"');
}
