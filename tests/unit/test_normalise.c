/* One text of what a reader would call one; themes/standaard/js/words.js is held against this. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "search/normalise.h"

static void assert_normal(const char *in, const char *want)
{
	struct text out = {0};

	text_puts(&out, "a");
	normalise_text(&out, slice_of(in));
	assert_string_equal(out.data + 1, want);
	text_free(&out);
}

static void composes_accents(void **state)
{
	(void)state;
	assert_normal("cafe\xcc\x81", "café");
	assert_normal("", "");
}

static void drops_what_only_helps_to_break_lines(void **state)
{
	(void)state;
	assert_normal("werk\xc2\xadgever", "werkgever");
	assert_normal("a\xe2\x80\x8b\xe2\x81\xa0"
		      "b",
		"ab");
}

static void makes_one_of_all_hyphens(void **state)
{
	(void)state;
	assert_normal(
		"zij\xe2\x80\x91instroom zij\xe2\x80\x90instroom", "zij-instroom zij-instroom");
}

static void parts_words_at_signs(void **state)
{
	(void)state;
	assert_normal("werkgevers/werknemers", "werkgevers werknemers");
	assert_normal("werk(zoek)enden", "werk zoek enden");
	assert_normal("a—b–c…d«e»“f” <g>", "a b c d e  f   g ");
}

static void takes_the_s_of_a_plural_or_genitive(void **state)
{
	(void)state;
	assert_normal("regio's ROC’s, foto'S", "regio ROC, foto");
	assert_normal("'s morgens", "'s morgens");
	assert_normal("rock'n'roll d’sonne a'st", "rock'n'roll d’sonne a'st");
	assert_normal("één's e\xcc\x81's", "één é");
	assert_normal("a's's", "a's");
	assert_normal(" 's", " 's");
}

static void makes_bad_bytes_replacements(void **state)
{
	(void)state;
	assert_normal("a\xff/", "a\xef\xbf\xbd ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(composes_accents),
		cmocka_unit_test(drops_what_only_helps_to_break_lines),
		cmocka_unit_test(makes_one_of_all_hyphens),
		cmocka_unit_test(parts_words_at_signs),
		cmocka_unit_test(takes_the_s_of_a_plural_or_genitive),
		cmocka_unit_test(makes_bad_bytes_replacements),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
