/* One term for all forms of a word, numbers in order of meeting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "base/mem.h"
#include "search/vocabulary.h"

static int set_up(void **state)
{
	struct diags *diags = diag_new();
	struct vocabulary *vocabulary;
	int status = vocabulary_new(&vocabulary, diags);

	diag_free(diags);
	*state = vocabulary;
	return status;
}

static int tear_down(void **state)
{
	vocabulary_free(*state);
	return 0;
}

static void gives_the_forms_of_a_word_one_number(void **state)
{
	static const char *const tokens[] = {
		"werkgever", "(werkgevers)", "subsidie", "werkgever,", "“subsidie”"};
	static const uint32_t want[] = {0, 0, 1, 0, 1};
	static const uint32_t want_words[] = {0, 1, 2, 0, 2};
	struct vocabulary *vocabulary = *state;
	uint32_t word;

	for (size_t i = 0; i < ARRAY_LEN(tokens); i++) {
		assert_int_equal(vocabulary_find(&word, vocabulary, slice_of(tokens[i])), want[i]);
		assert_int_equal(word, want_words[i]);
	}
	assert_int_equal(vocabulary_count(vocabulary), 2);
	assert_true(slice_is(vocabulary_stem(vocabulary, 0), "werkgever"));
	assert_true(slice_is(vocabulary_stem(vocabulary, 1), "subsidie"));
}

static void gives_stop_words_none(void **state)
{
	static const char *const tokens[] = {"de", "“de”,", "—", "—"};
	struct vocabulary *vocabulary = *state;
	uint32_t word;

	for (size_t i = 0; i < ARRAY_LEN(tokens); i++)
		assert_int_equal(vocabulary_find(&word, vocabulary, slice_of(tokens[i])),
			VOCABULARY_NO_TERM);
	assert_int_equal(vocabulary_count(vocabulary), 0);
}

static void keeps_a_tokens_bytes(void **state)
{
	char token[] = "woord";
	struct vocabulary *vocabulary = *state;
	uint32_t word;

	(void)vocabulary_find(&word, vocabulary, slice_of(token));
	memcpy(token, "ander", 5);
	assert_int_equal(vocabulary_find(&word, vocabulary, slice_of(token)), 1);
	assert_true(slice_is(vocabulary_stem(vocabulary, 0), "woord"));
}

static void gives_the_words_as_they_were(void **state)
{
	struct vocabulary *vocabulary = *state;
	uint32_t word, term;

	for (unsigned i = 0; i < 10000; i++) {
		struct text text = {0};

		text_printf(&text, "(w%u)", i);
		(void)vocabulary_find(&word, vocabulary, text_slice(&text));
		assert_int_equal(word, i);
		text_free(&text);
	}
	assert_int_equal(vocabulary_word_count(vocabulary), 10000);
	assert_true(slice_is(vocabulary_word(&term, vocabulary, 9876), "w9876"));
	assert_int_equal(term, 9876);
}

static void gives_terms_to_words_that_no_text_has(void **state)
{
	struct vocabulary *vocabulary = *state;
	uint32_t word, term;

	(void)vocabulary_find(&word, vocabulary, slice_of("werkgevers"));
	assert_int_equal(vocabulary_term(vocabulary, slice_of("werkgever")), 0);
	assert_int_equal(vocabulary_term(vocabulary, slice_of("subsidie")), 1);
	assert_int_equal(vocabulary_term(vocabulary, slice_of("de")), VOCABULARY_NO_TERM);
	assert_int_equal(vocabulary_word_count(vocabulary), 1);
	assert_true(vocabulary_stem_term(&term, vocabulary, slice_of("subsidie")));
	assert_int_equal(term, 1);
	assert_false(vocabulary_stem_term(&term, vocabulary, slice_of("werkgevers")));
}

static void may_be_empty(void **state)
{
	uint32_t term;

	assert_int_equal(vocabulary_count(*state), 0);
	assert_false(vocabulary_stem_term(&term, *state, slice_of("woord")));
	vocabulary_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			gives_the_forms_of_a_word_one_number, set_up, tear_down),
		cmocka_unit_test_setup_teardown(gives_stop_words_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeps_a_tokens_bytes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(gives_the_words_as_they_were, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			gives_terms_to_words_that_no_text_has, set_up, tear_down),
		cmocka_unit_test_setup_teardown(may_be_empty, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
