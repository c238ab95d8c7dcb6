/* Decoding what is not UTF-8, normal forms, folding, slugs of Dutch headings, columns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/mem.h"
#include "base/unicode.h"

typedef void mapping(struct text *out, struct slice slice);

static void assert_mapped(mapping *function, const char *in, const char *want)
{
	struct text out = {0};

	text_puts(&out, "e");
	function(&out, slice_of(in));
	assert_string_equal(out.data + 1, want);
	assert_int_equal(out.data[0], 'e');
	assert_int_equal(out.size, strlen(want) + 1);
	text_free(&out);
}

static void decodes_and_encodes_every_code_point(void **state)
{
	struct text text = {0};

	(void)state;
	for (uint32_t point = 0; point <= 0x10ffff; point++) {
		uint32_t back;

		text_clear(&text);
		unicode_add(&text, point);
		assert_int_equal(unicode_next(&back, text_slice(&text)), text.size);
		assert_int_equal(back, point >= 0xd800 && point < 0xe000 ? 0xfffd : point);
	}
	text_clear(&text);
	unicode_add(&text, 0x110000);
	assert_string_equal(text.data, "\xef\xbf\xbd");
	text_free(&text);
}

static void shows_bad_bytes_as_replacements(void **state)
{
	uint32_t point;

	(void)state;
	assert_int_equal(unicode_next(&point, slice_of("\xc0\xaf")), 1);
	assert_int_equal(point, 0xfffd);
	assert_int_equal(unicode_next(&point, (struct slice){"\xe2\x82\xac", 2}), 1);
	assert_int_equal(point, 0xfffd);
	assert_true(unicode_valid(slice_of("")));
	assert_true(unicode_valid((struct slice){0}));
	assert_true(unicode_valid(slice_of("E\xc3\xa9n \xe2\x82\xac \xf0\x9f\x91\x89")));
	assert_true(unicode_valid((struct slice){"\0", 1}));
	assert_false(unicode_valid(slice_of("abc\xff")));
	assert_false(unicode_valid(slice_of("abc\xc3")));
	assert_false(unicode_valid(slice_of("\xed\xa0\x80")));
}

static void knows_letters(void **state)
{
	static const uint32_t words[] = {
		'a', 'Z', '0', 0xe9, 0x132, 0x416, 0x5d0, 0x4e2d, 0x301, 0x663};
	static const uint32_t others[] = {' ', '-', '_', '\'', 0xa0, 0xab, 0xb2, 0x20ac, 0x2013,
		0x2019, 0x1f449, 0xfffd, 0xe000};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		assert_true(unicode_is_word(words[i]));
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_false(unicode_is_word(others[i]));
}

static void knows_controls(void **state)
{
	static const uint32_t controls[] = {0, '\t', '\n', 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x61c,
		0x200b, 0x200d, 0x200e, 0x2028, 0x2029, 0x202e, 0x2066, 0x2069, 0xfeff, 0x3164,
		0xe0041};
	static const uint32_t others[] = {
		' ', 'a', '~', 0xa0, 0xe9, 0x301, 0x2011, 0x20ac, 0xfe0f, 0x1f449};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(controls); i++)
		assert_true(unicode_is_control(controls[i]));
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_false(unicode_is_control(others[i]));
}

static void lowers(void **state)
{
	(void)state;
	assert_int_equal(unicode_lower('A'), 'a');
	assert_int_equal(unicode_lower('Z'), 'z');
	assert_int_equal(unicode_lower('['), '[');
	assert_int_equal(unicode_lower(0xc9), 0xe9);
	assert_int_equal(unicode_lower(0x132), 0x133);
	assert_int_equal(unicode_lower(0xdf), 0xdf);
	assert_int_equal(unicode_lower(0x110000), 0x110000);
}

static void composes(void **state)
{
	(void)state;
	assert_mapped(unicode_compose, "", "");
	assert_mapped(unicode_compose, "E\xcc\x81\x65\xcc\x81n", "\xc3\x89\xc3\xa9n");
	assert_mapped(unicode_compose, "\xc3\x89\xc3\xa9n \xe2\x82\xac",
		"\xc3\x89\xc3\xa9n \xe2\x82\xac");
	/* What only looks alike stays: the ligature ij, the fraction, the soft hyphen. */
	assert_mapped(unicode_compose, "\xc4\xb3\xc2\xbd\xc2\xad", "\xc4\xb3\xc2\xbd\xc2\xad");
	/* The Ångström sign is a letter in disguise. */
	assert_mapped(unicode_compose, "\xe2\x84\xab", "\xc3\x85");
	/* Marks in another order are the same letter: q, dot above, dot below. */
	assert_mapped(unicode_compose, "q\xcc\x87\xcc\xa3", "q\xcc\xa3\xcc\x87");
	/* Hangul. */
	assert_mapped(unicode_compose, "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", "\xea\xb0\x81");
	assert_mapped(unicode_compose, "a\xffz", "a\xef\xbf\xbdz");
	assert_mapped(unicode_compose, "\xff\xcc\x81", "\xef\xbf\xbd\xcc\x81");
}

static void composes_the_same_in_pieces(void **state)
{
	struct text in = {0}, want = {0}, out = {0};

	(void)state;
	for (int i = 0; i < 2000; i++) {
		text_puts(&in, "E\xcc\x81\x65\xcc\x81n vraag ");
		text_puts(&want, "\xc3\x89\xc3\xa9n vraag ");
	}
	unicode_compose(&out, text_slice(&in));
	assert_string_equal(out.data, want.data);
	text_free(&in);
	text_free(&want);
	text_free(&out);
}

/* Sorting them is quadratic, so this would take minutes. */
static void is_quick_on_a_row_of_a_million_accents(void **state)
{
	struct text in = {0}, out = {0};

	(void)state;
	for (int i = 0; i < 250000; i++)
		text_puts(&in, "\xcc\x81\xcc\xa3");
	unicode_compose(&out, text_slice(&in));
	assert_true(unicode_valid(text_slice(&out)));
	assert_int_equal(out.size, in.size);
	text_free(&in);
	text_free(&out);
}

static void folds(void **state)
{
	(void)state;
	assert_mapped(unicode_fold, "", "");
	assert_mapped(unicode_fold, "FoodValley.MD", "foodvalley.md");
	assert_mapped(unicode_fold, "\xc3\x89\xc3\x89N", "\xc3\xa9\xc3\xa9n");
	assert_mapped(unicode_fold, "E\xcc\x81\x45\xcc\x81N", "\xc3\xa9\xc3\xa9n");
	assert_mapped(unicode_fold, "x\xcc\x81", "x\xcc\x81");
	assert_mapped(unicode_fold, "STRASSE", "strasse");
	assert_mapped(unicode_fold,
		"stra\xc3\x9f"
		"e",
		"strasse");
	assert_mapped(unicode_fold, "werk\xc2\xadgever\xe2\x80\x8b", "werkgever");
	assert_mapped(unicode_fold, "A\xff", "a\xef\xbf\xbd");
}

static void makes_slugs(void **state)
{
	static const struct {
		const char *heading, *slug;
	} cases[] = {
		{"", ""},
		{"---", ""},
		{"Contact", "contact"},
		{"\xc3\x89\xc3\xa9n vraag: mag u 't?", "een-vraag-mag-u-t"},
		{"E\xcc\x81\x65\xcc\x81n vraag", "een-vraag"},
		{"  Zij\xe2\x80\x91instroom \xe2\x80\x93 wat is het?  ", "zij-instroom-wat-is-het"},
		{"Co\xc3\xb6peratie & re\xc3\xafntegratie", "cooperatie-reintegratie"},
		{"Foto\xe2\x80\x99s van 's-Hertogenbosch", "foto-s-van-s-hertogenbosch"},
		{"\xc4\xb2sland, \xc4\xb3s", "ijsland-ijs"},
		{"\xe2\x82\xac 1.500 per m\xc2\xb2", "1-500-per-m2"},
		{"\xc3\x86r\xc3\xb8 stra\xc3\x9f"
		 "e \xc5\x81\xc3\xb3"
		 "d\xc5\xba \xc5\x92uvre",
			"aero-strasse-lodz-oeuvre"},
		{"werk\xc2\xadgevers\xe2\x80\x8bpunt", "werkgeverspunt"},
		{"\xd0\xa0\xd0\xb5\xd0\xb3\xd0\xb8\xd0\xbe\xd0\xbd", ""},
		{"a\xff/../b", "a-b"},
		{"\xf0\x9f\x91\x89 Stap 1 \xef\xb8\x8f", "stap-1"},
		{"TNO/CBS_2020", "tno-cbs-2020"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_mapped(unicode_slug, cases[i].heading, cases[i].slug);
}

/* One sign may stand for very many letters: U+FDFA for eighteen. */
static void maps_every_code_point(void **state)
{
	struct text in = {0}, out = {0};

	(void)state;
	for (uint32_t point = 0; point <= 0x10ffff; point++) {
		text_clear(&in);
		text_clear(&out);
		unicode_add(&in, point);
		unicode_slug(&out, text_slice(&in));
		assert_true(out.size < 64);
		for (size_t i = 0; i < out.size; i++)
			assert_non_null(
				strchr("abcdefghijklmnopqrstuvwxyz0123456789-", out.data[i]));
		assert_true(out.size == 0 || (out.data[0] != '-' && out.data[out.size - 1] != '-'));
	}
	text_free(&in);
	text_free(&out);
}

/* The short way for plain text gives what the long way does. */
static void copies_only_what_is_composed(void **state)
{
	struct text in = {0}, slow = {0}, fast = {0};

	(void)state;
	for (uint32_t point = 1; point <= 0x2fff; point++) {
		text_clear(&in);
		text_clear(&fast);
		unicode_add(&in, point);
		unicode_compose(&fast, text_slice(&in));
		/* An acute accent that cannot join anything sends all of it the long way. */
		text_clear(&slow);
		text_puts(&in, "\xe3\x80\x80\xcc\x81");
		unicode_compose(&slow, text_slice(&in));
		assert_true(slow.size > 5);
		slow.data[slow.size - 5] = '\0';
		assert_string_equal(fast.data, slow.data);
	}
	text_free(&in);
	text_free(&slow);
	text_free(&fast);
}

static void counts_columns(void **state)
{
	struct slice line = slice_of("\xc3\x89\xc3\xa9n \xff\xe2\x82\xac!");

	(void)state;
	assert_int_equal(unicode_column(line, 0), 1);
	assert_int_equal(unicode_column(line, 1), 1);
	assert_int_equal(unicode_column(line, 2), 2);
	assert_int_equal(unicode_column(line, 4), 3);
	assert_int_equal(unicode_column(line, 5), 4);
	assert_int_equal(unicode_column(line, 6), 5);
	assert_int_equal(unicode_column(line, 7), 6);
	assert_int_equal(unicode_column(line, 10), 7);
	assert_int_equal(unicode_column(line, 11), 8);
	assert_int_equal(unicode_column(line, 99), 8);
	assert_int_equal(unicode_column((struct slice){0}, 0), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decodes_and_encodes_every_code_point),
		cmocka_unit_test(shows_bad_bytes_as_replacements),
		cmocka_unit_test(knows_letters),
		cmocka_unit_test(knows_controls),
		cmocka_unit_test(lowers),
		cmocka_unit_test(composes),
		cmocka_unit_test(composes_the_same_in_pieces),
		cmocka_unit_test(is_quick_on_a_row_of_a_million_accents),
		cmocka_unit_test(folds),
		cmocka_unit_test(makes_slugs),
		cmocka_unit_test(maps_every_code_point),
		cmocka_unit_test(copies_only_what_is_composed),
		cmocka_unit_test(counts_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
