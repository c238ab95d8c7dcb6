/*
 * Code points and normal forms, by libutf8proc's tables.
 *
 * Nearly all text of a site is ASCII with now and then an accented letter, which is in normal form
 * C already; such text is recognised and copied. The rest goes through libutf8proc in pieces.
 */
#include "base/unicode.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/mem.h"

#define REPLACEMENT 0xfffdU

/*
 * Sorting accents costs their number squared, so a longer row of them is cut: the length that a
 * reader may count on in Unicode's stream-safe text format (UAX #15, section 13).
 */
#define MOST_MARKS 30

size_t unicode_next(uint32_t *out, struct slice slice)
{
	size_t size = slice_letter_size(slice);
	const unsigned char *bytes = (const unsigned char *)slice.data;

	switch (size) {
	case 1:
		*out = bytes[0];
		return 1;
	case 2:
		*out = (bytes[0] & 0x1fU) << 6 | (bytes[1] & 0x3fU);
		return 2;
	case 3:
		*out = (bytes[0] & 0x0fU) << 12 | (bytes[1] & 0x3fU) << 6 | (bytes[2] & 0x3fU);
		return 3;
	case 4:
		*out = (bytes[0] & 0x07U) << 18 | (bytes[1] & 0x3fU) << 12 |
		       (bytes[2] & 0x3fU) << 6 | (bytes[3] & 0x3fU);
		return 4;
	default:
		*out = REPLACEMENT;
		return 1;
	}
}

void unicode_add(struct text *out, uint32_t point)
{
	utf8proc_uint8_t bytes[4];

	if (point < 0x80) {
		text_byte(out, (char)point);
		return;
	}
	if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
		point = REPLACEMENT;
	text_add(out, (struct slice){(const char *)bytes,
			      (size_t)utf8proc_encode_char((utf8proc_int32_t)point, bytes)});
}

bool unicode_valid(struct slice slice)
{
	while (true) {
		size_t size;

		slice = slice_from(slice, slice_ascii_size(slice));
		if (slice.size == 0)
			return true;
		size = slice_letter_size(slice);
		if (size == 0)
			return false;
		slice = slice_from(slice, size);
	}
}

bool unicode_is_word(uint32_t point)
{
	if (point < 0x80)
		return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') ||
		       (point >= '0' && point <= '9');
	switch (utf8proc_category((utf8proc_int32_t)point)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ND:
		return true;
	default:
		return false;
	}
}

bool unicode_is_control(uint32_t point)
{
	if (point < 0x80)
		return point < 0x20 || point == 0x7f;
	if (point >= 0xfe00 && point <= 0xfe0f) /* choose between two looks of one sign */
		return false;
	switch (utf8proc_category((utf8proc_int32_t)point)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return utf8proc_get_property((utf8proc_int32_t)point)->ignorable;
	}
}

uint32_t unicode_lower(uint32_t point)
{
	if (point < 0x80)
		return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point;
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
}

/* What Unicode lists as Other_Lowercase and Other_Uppercase, less what is case-ignorable as well.
 */
static bool is_cased_sign(uint32_t point)
{
	return point == 0xaa || point == 0xba || (point >= 0x2160 && point <= 0x217f) ||
	       (point >= 0x24b6 && point <= 0x24e9) || (point >= 0x1f130 && point <= 0x1f149) ||
	       (point >= 0x1f150 && point <= 0x1f169) || (point >= 0x1f170 && point <= 0x1f189);
}

bool unicode_is_cased(uint32_t point)
{
	switch (utf8proc_category((utf8proc_int32_t)point)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
		return true;
	default:
		return is_cased_sign(point);
	}
}

/* What Unicode lists as Word_Break=MidLetter, MidNumLet and Single_Quote. */
static bool is_mid_word(uint32_t point)
{
	static const uint32_t points[] = {0x27, 0x2e, 0x3a, 0xb7, 0x387, 0x55f, 0x5f4, 0x2018,
		0x2019, 0x2024, 0x2027, 0xfe13, 0xfe52, 0xfe55, 0xff07, 0xff0e, 0xff1a};

	for (size_t i = 0; i < ARRAY_LEN(points); i++) {
		if (point == points[i])
			return true;
	}
	return false;
}

bool unicode_is_case_ignorable(uint32_t point)
{
	switch (utf8proc_category((utf8proc_int32_t)point)) {
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_SK:
		return true;
	default:
		return is_mid_word(point);
	}
}

/* A code point that is in normal form C itself, and never joins the one before it. */
static bool is_plain(uint32_t point)
{
	return point < 0x300 || (point >= 0x2010 && point < 0x20d0) || point == REPLACEMENT;
}

/* Appends a piece of valid UTF-8, mapped and composed. */
static void compose_piece(struct text *out, struct slice piece, utf8proc_option_t options)
{
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)piece.data;
	utf8proc_ssize_t size = (utf8proc_ssize_t)piece.size;
	utf8proc_int32_t few[512], *points = few;
	utf8proc_ssize_t room = (utf8proc_ssize_t)ARRAY_LEN(few);
	utf8proc_ssize_t count = utf8proc_decompose(bytes, size, points, room, options);

	if (count > room) {
		points = mem_new((size_t)count, sizeof(*points));
		count = utf8proc_decompose(bytes, size, points, count, options);
	}
	count = utf8proc_normalize_utf32(points, count, options);
	for (utf8proc_ssize_t i = 0; i < count; i++)
		unicode_add(out, (uint32_t)points[i]);
	if (points != few)
		free(points);
}

/* A copy in which bytes that are not UTF-8 are U+FFFD. */
static struct text make_valid(struct slice slice)
{
	struct text valid = {0};

	while (slice.size > 0) {
		uint32_t point;

		slice = slice_from(slice, unicode_next(&point, slice));
		unicode_add(&valid, point);
	}
	return valid;
}

/* Composes valid UTF-8, cut in pieces: before plain code points, and within long rows of marks. */
static void compose_valid(struct text *out, struct slice slice, utf8proc_option_t options)
{
	size_t start = 0, at = 0, marks = 0;

	while (at < slice.size) {
		uint32_t point;
		size_t size = unicode_next(&point, slice_from(slice, at));

		if (point < 0x300 ||
			utf8proc_get_property((utf8proc_int32_t)point)->combining_class == 0)
			marks = 0;
		else
			marks++;
		if ((is_plain(point) && at - start >= 256) || marks > MOST_MARKS) {
			compose_piece(out, (struct slice){slice.data + start, at - start}, options);
			start = at;
			marks = 0;
		}
		at += size;
	}
	compose_piece(out, (struct slice){slice.data + start, at - start}, options);
}

static void compose(struct text *out, struct slice slice, utf8proc_option_t options)
{
	struct text valid = {0};

	if (!unicode_valid(slice)) {
		valid = make_valid(slice);
		slice = text_slice(&valid);
	}
	compose_valid(out, slice, options);
	text_free(&valid);
}

static bool is_all_plain(struct slice slice)
{
	while (true) {
		uint32_t point;

		slice = slice_from(slice, slice_ascii_size(slice));
		if (slice.size == 0)
			return true;
		slice = slice_from(slice, unicode_next(&point, slice));
		if (!is_plain(point) || point == REPLACEMENT)
			return false;
	}
}

void unicode_compose(struct text *out, struct slice slice)
{
	if (is_all_plain(slice))
		text_add(out, slice);
	else
		compose(out, slice, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

void unicode_fold(struct text *out, struct slice slice)
{
	size_t at = 0;

	text_reserve(out, slice.size);
	while (at < slice.size && (unsigned char)slice.data[at] < 0x80)
		text_byte(out, (char)unicode_lower((unsigned char)slice.data[at++]));
	if (at == slice.size)
		return;
	/* The last letter may have an accent coming. */
	if (at > 0) {
		at--;
		out->size--;
	}
	compose(out, slice_from(slice, at),
		UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
}

/* What letters that are no other letter with an accent become in a slug. */
static const char *plain_letters(uint32_t point)
{
	switch (point) {
	case 0xe6:
		return "ae";
	case 0xf0:
	case 0x111:
		return "d";
	case 0xf8:
		return "o";
	case 0xfe:
		return "th";
	case 0x131:
		return "i";
	case 0x142:
		return "l";
	case 0x153:
		return "oe";
	default:
		return NULL;
	}
}

struct slug {
	struct text *out;
	bool gap;   /* a hyphen is due before the next letter */
	bool begun; /* a letter was appended */
};

static void slug_add(struct slug *slug, uint32_t point)
{
	bool letter = point < 0x80 && unicode_is_word(point);
	const char *letters = letter || point < 0x80 ? NULL : plain_letters(point);

	if (!letter && letters == NULL) {
		slug->gap = true;
		return;
	}
	if (slug->gap && slug->begun)
		text_byte(slug->out, '-');
	slug->gap = false;
	slug->begun = true;
	if (letter)
		text_byte(slug->out, (char)unicode_lower(point));
	else
		text_puts(slug->out, letters);
}

void unicode_slug(struct text *out, struct slice slice)
{
	struct slug slug = {.out = out};

	while (slice.size > 0) {
		utf8proc_int32_t parts[32];
		utf8proc_ssize_t count;
		uint32_t point;

		slice = slice_from(slice, unicode_next(&point, slice));
		if (point < 0x80) {
			slug_add(&slug, point);
			continue;
		}
		/* Soft hyphens and their like do not part a word, so they are left out first. */
		count = utf8proc_decompose_char((utf8proc_int32_t)point, parts,
			(utf8proc_ssize_t)ARRAY_LEN(parts),
			UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE |
				UTF8PROC_STRIPMARK,
			NULL);
		if (count > (utf8proc_ssize_t)ARRAY_LEN(parts))
			count = 0;
		for (utf8proc_ssize_t i = 0; i < count; i++)
			slug_add(&slug, (uint32_t)parts[i]);
	}
}

unsigned unicode_column(struct slice line, size_t offset)
{
	unsigned column = 1;
	size_t at = 0;

	while (at < line.size) {
		uint32_t point;

		at += unicode_next(&point, slice_from(line, at));
		if (at > offset)
			break;
		column++;
	}
	return column;
}

/*
 * Bytes of UTF-8 compare as code points do. UTF-16 differs in one thing: what takes a pair of
 * surrogates (first byte F0 and up) comes before U+E000 to U+FFFF (first byte EE or EF).
 */
static int utf16_weight(char byte)
{
	unsigned char value = (unsigned char)byte;

	return value == 0xee || value == 0xef ? value + 0x10 : value;
}

int unicode_compare_utf16(struct slice a, struct slice b)
{
	for (size_t i = 0; i < a.size && i < b.size; i++)
		if (a.data[i] != b.data[i])
			return utf16_weight(a.data[i]) - utf16_weight(b.data[i]);
	return (a.size > b.size) - (a.size < b.size);
}
