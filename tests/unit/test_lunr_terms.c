/* One number for a stem of several vocabularies, in order of taking up; JavaScript's order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include <stdio.h>

#include "base/diag.h"
#include "base/mem.h"
#include "search/lunr_terms.h"
#include "search/vocabulary.h"

struct box {
	struct lunr_terms *terms;
	struct vocabulary *vocabularies[2];
};

static int set_up(void **state)
{
	struct box *box = mem_new(1, sizeof(*box));
	struct diags *diags = diag_new();
	int status = 0;

	box->terms = lunr_terms_new();
	for (size_t i = 0; i < ARRAY_LEN(box->vocabularies); i++)
		if (vocabulary_new(&box->vocabularies[i], diags) != 0)
			status = -1;
	diag_free(diags);
	*state = box;
	return status;
}

static int tear_down(void **state)
{
	struct box *box = *state;

	lunr_terms_free(box->terms);
	for (size_t i = 0; i < ARRAY_LEN(box->vocabularies); i++)
		vocabulary_free(box->vocabularies[i]);
	free(box);
	return 0;
}

/* Takes up the words of one vocabulary, and gives the number of the last. */
static uint32_t take_up(struct box *box, size_t which, const char *word)
{
	struct vocabulary *vocabulary = box->vocabularies[which];
	uint32_t number, term = vocabulary_find(&number, vocabulary, slice_of(word));

	lunr_terms_add(box->terms, vocabulary, &term, 1);
	return lunr_terms_numbers(box->terms, vocabulary)[term];
}

static void numbers_stems_in_the_order_of_taking_up(void **state)
{
	struct box *box = *state;
	uint32_t word, number = 7;

	assert_int_equal(lunr_terms_count(box->terms), 0);
	(void)vocabulary_find(&word, box->vocabularies[0], slice_of("ander"));
	assert_int_equal(take_up(box, 0, "werkgever"), 0);
	assert_int_equal(take_up(box, 1, "subsidie"), 1);
	assert_int_equal(take_up(box, 1, "werkgevers"), 0);
	assert_int_equal(take_up(box, 0, "subsidie"), 1);
	assert_int_equal(take_up(box, 0, "werkgever"), 0);
	assert_int_equal(take_up(box, 1, "regeling"), 2);
	assert_int_equal(lunr_terms_count(box->terms), 3);
	assert_true(lunr_terms_find(&number, box->terms, slice_of("subsidie")));
	assert_int_equal(number, 1);
	assert_false(lunr_terms_find(&number, box->terms, slice_of("ander")));
	assert_int_equal(lunr_terms_number(box->terms, slice_of("nieuw")), 3);
	assert_int_equal(take_up(box, 0, "nieuw"), 3);
	assert_true(slice_is(lunr_terms_stem(box->terms, 0), "werkgever"));
	assert_true(slice_is(lunr_terms_stem(box->terms, 1), "subsidie"));
	assert_true(slice_is(lunr_terms_stem(box->terms, 2), "regel"));
}

/* A vocabulary that has grown since it was taken up from. */
static void takes_up_terms_that_came_later(void **state)
{
	struct box *box = *state;
	char word[16];

	for (unsigned i = 0; i < 3000; i++) {
		snprintf(word, sizeof(word), "w%u", i);
		assert_int_equal(take_up(box, 0, word), i);
	}
	assert_int_equal(take_up(box, 1, "w2999"), 2999);
	assert_int_equal(take_up(box, 0, "w0"), 0);
}

/* Code points in the order of UTF-16: U+10000 and up are pairs that start with U+D800 to U+DBFF. */
static void sorts_by_code_units(void **state)
{
	static const char *const words[] = {"a", "aa",
		"a\x7f"
		"b",
		"aß",
		"a\xed\x9f\xbf"
		"b",
		"a😀b",
		"a\xf4\x8f\xbf\xbf"
		"b",
		"a\xee\x80\x80"
		"b",
		"a\xef\xbf\xbf"
		"b",
		"b", "ß"};
	struct box *box = *state;
	uint32_t *sorted;

	for (size_t i = ARRAY_LEN(words); i-- > 0;)
		take_up(box, 0, words[i]);
	sorted = lunr_terms_sorted(box->terms);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		assert_true(slice_is(lunr_terms_stem(box->terms, sorted[i]), words[i]));
	free(sorted);
}

static void may_be_empty(void **state)
{
	struct box *box = *state;

	free(lunr_terms_sorted(box->terms));
	lunr_terms_add(box->terms, box->vocabularies[0], NULL, 0);
	assert_int_equal(lunr_terms_count(box->terms), 0);
	lunr_terms_free(NULL);
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(numbers_stems_in_the_order_of_taking_up),
		test(takes_up_terms_that_came_later),
		test(sorts_by_code_units),
		test(may_be_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
