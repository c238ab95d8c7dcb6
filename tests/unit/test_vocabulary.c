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
	struct vocabulary *vocabulary = *state;
	uint32_t term;

	for (size_t i = 0; i < ARRAY_LEN(tokens); i++) {
		assert_true(vocabulary_find(&term, vocabulary, slice_of(tokens[i])));
		assert_int_equal(term, want[i]);
	}
	assert_int_equal(vocabulary_count(vocabulary), 2);
	assert_true(slice_is(vocabulary_stem(vocabulary, 0), "werkgever"));
	assert_true(slice_is(vocabulary_stem(vocabulary, 1), "subsidie"));
}

static void gives_stop_words_none(void **state)
{
	struct vocabulary *vocabulary = *state;
	uint32_t term = 7;

	assert_false(vocabulary_find(&term, vocabulary, slice_of("de")));
	assert_false(vocabulary_find(&term, vocabulary, slice_of("“de”,")));
	assert_false(vocabulary_find(&term, vocabulary, slice_of("—")));
	assert_false(vocabulary_find(&term, vocabulary, slice_of("—")));
	assert_int_equal(term, 7);
	assert_int_equal(vocabulary_count(vocabulary), 0);
}

static void keeps_a_tokens_bytes(void **state)
{
	char token[] = "woord";
	struct vocabulary *vocabulary = *state;
	uint32_t term;

	assert_true(vocabulary_find(&term, vocabulary, slice_of(token)));
	memcpy(token, "ander", 5);
	assert_true(vocabulary_find(&term, vocabulary, slice_of(token)));
	assert_int_equal(term, 1);
	assert_true(slice_is(vocabulary_stem(vocabulary, 0), "woord"));
}

static void may_be_empty(void **state)
{
	assert_int_equal(vocabulary_count(*state), 0);
	vocabulary_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			gives_the_forms_of_a_word_one_number, set_up, tear_down),
		cmocka_unit_test_setup_teardown(gives_stop_words_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeps_a_tokens_bytes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(may_be_empty, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
