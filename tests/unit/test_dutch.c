/* Tokens, words and stems at their edges; tests/lunr/ holds them against lunr-languages at length.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "language/dutch.h"

static void assert_slice(struct slice got, const char *want)
{
	assert_int_equal(got.size, strlen(want));
	assert_true(slice_is(got, want));
}

static void assert_lower(const char *in, const char *want)
{
	struct text out = {0};

	text_puts(&out, "X");
	dutch_lower(&out, slice_of(in));
	assert_string_equal(out.data + 1, want);
	assert_int_equal(out.size, strlen(want) + 1);
	assert_int_equal(out.data[0], 'X');
	text_free(&out);
}

static void lowers_as_javascript(void **state)
{
	(void)state;
	assert_lower("aZ[`@", "az[`@");
	assert_lower("ÉÉN Œ ẞ", "één œ ß");
	assert_lower("İ", "i̇");
	assert_lower("ΟΔΟΣ Σ aΣ' aΣ'a Σa", "οδος σ aς' aσ'a σa");
}

/* Every byte of ASCII, at every place of eight, among others that change and that do not. */
static void lowers_ascii_at_any_place(void **state)
{
	(void)state;
	for (unsigned byte = 1; byte < 0x80; byte++) {
		for (size_t at = 0; at < 20; at++) {
			char in[] = "AZ@[az`{AZ@[az`{AZ@[", want[] = "az@[az`{az@[az`{az@[";

			in[at] = (char)byte;
			want[at] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
			assert_lower(in, want);
		}
	}
}

static void lowers_bad_bytes_to_replacements(void **state)
{
	(void)state;
	assert_lower("A\xff\xc3", "a\xef\xbf\xbd\xef\xbf\xbd");
	assert_lower("a\xbf\xbf\xbf\xbf\xce\xa3",
		"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xcf\x83");
}

static void lowers_a_long_row_of_signs_between_sigmas_in_one_pass(void **state)
{
	struct text in = {0}, out = {0};

	(void)state;
	for (size_t i = 0; i < 200000; i++)
		text_puts(&in, i % 1000 == 0 ? "Σ" : ".");
	dutch_lower(&out, text_slice(&in));
	assert_int_equal(out.size, in.size);
	text_free(&in);
	text_free(&out);
}

static void cuts_tokens(void **state)
{
	struct slice rest = slice_of("\xe2\x80\xa8 zij-instroom\xc2\xa0\xe2\x80\x8b--\xef\xbb\xbf"
				     "a\xc2\xad"
				     "b ");
	struct slice token;

	(void)state;
	assert_true(dutch_next_token(&token, &rest));
	assert_slice(token, "zij");
	assert_true(dutch_next_token(&token, &rest));
	assert_slice(token, "instroom");
	assert_true(dutch_next_token(&token, &rest));
	assert_slice(token, "\xe2\x80\x8b");
	assert_true(dutch_next_token(&token, &rest));
	assert_slice(token, "a\xc2\xad"
			    "b");
	assert_false(dutch_next_token(&token, &rest));
	assert_false(dutch_next_token(&token, &rest));
	rest = (struct slice){0};
	assert_false(dutch_next_token(&token, &rest));
}

static void trims_what_is_not_of_a_word(void **state)
{
	(void)state;
	assert_slice(dutch_trim(slice_of("(wsp):")), "wsp");
	assert_slice(dutch_trim(slice_of("“één”")), "één");
	assert_slice(dutch_trim(slice_of("_'s")), "s");
	assert_slice(dutch_trim(slice_of("a😀b")), "a😀b");
	assert_slice(dutch_trim(slice_of("😀")), "");
	assert_slice(dutch_trim(slice_of("e\xcc\x81")), "e");
	assert_slice(dutch_trim(slice_of("\xc3(a)\xc3")), "a");
	assert_slice(dutch_trim((struct slice){0}), "");
}

static void knows_stop_words(void **state)
{
	(void)state;
	assert_true(dutch_is_stop_word(slice_of("aan")));
	assert_true(dutch_is_stop_word(slice_of("zou")));
	assert_true(dutch_is_stop_word(slice_of("zij")));
	assert_true(dutch_is_stop_word(slice_of("u")));
	assert_true(dutch_is_stop_word((struct slice){0}));
	assert_false(dutch_is_stop_word(slice_of("één")));
	assert_false(dutch_is_stop_word(slice_of("constructor")));
	assert_false(dutch_is_stop_word(slice_of("aa")));
	assert_false(dutch_is_stop_word(slice_of("aann")));
}

static void stems(void **state)
{
	static const char *const pairs[][2] = {{"verklaringen", "verklar"},
		{"vacatures", "vacatures"}, {"werkzoekenden", "werkzoek"}, {"één", "een"},
		{"regio’s", "regio’"}, {"maaŵ", "maŵ"}, {"😀heden", "😀heden"}, {"a", "a"},
		{"ge\xc3\xabrfde", "geerfd"}, {"x y\xc3\xab", "x ye"}};
	struct diags *diags = diag_new();
	struct dutch *dutch;

	(void)state;
	assert_int_equal(dutch_new(&dutch, diags), 0);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_slice(dutch_stem(dutch, slice_of(pairs[i][0])), pairs[i][1]);
	dutch_free(dutch);
	dutch_free(NULL);
	diag_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lowers_as_javascript),
		cmocka_unit_test(lowers_ascii_at_any_place),
		cmocka_unit_test(lowers_bad_bytes_to_replacements),
		cmocka_unit_test(lowers_a_long_row_of_signs_between_sigmas_in_one_pass),
		cmocka_unit_test(cuts_tokens),
		cmocka_unit_test(trims_what_is_not_of_a_word),
		cmocka_unit_test(knows_stop_words),
		cmocka_unit_test(stems),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
