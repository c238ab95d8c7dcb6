/* Counting, order, and that nothing stays behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/mem.h"
#include "search/tally.h"

static void assert_taken(struct tally *tally, const struct tally_entry *want, size_t count)
{
	struct tally_entry *got = mem_new(count, sizeof(*got));

	assert_int_equal(tally->size, count);
	tally_take(got, tally);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(got[i].term, want[i].term);
		assert_int_equal(got[i].count, want[i].count);
	}
	assert_int_equal(tally->size, 0);
	free(got);
}

static void gives_terms_in_order_and_starts_anew(void **state)
{
	static const uint32_t terms[] = {70, 3, 70, 0, 4095, 63, 64, 70, 1000000, 4096, 3};
	static const bool new[] = {1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0};
	static const struct tally_entry want[] = {
		{0, 1}, {3, 2}, {63, 1}, {64, 1}, {70, 3}, {4095, 1}, {4096, 1}, {1000000, 1}};
	struct tally tally = {0};

	(void)state;
	for (size_t round = 0; round < 3; round++) {
		for (size_t i = 0; i < ARRAY_LEN(terms); i++)
			assert_int_equal(tally_add(&tally, terms[i], 1), new[i]);
		assert_taken(&tally, want, ARRAY_LEN(want));
		assert_taken(&tally, NULL, 0);
	}
	assert_true(tally_add(&tally, 5, 40));
	assert_false(tally_add(&tally, 5, 2));
	assert_taken(&tally, (struct tally_entry[]){{5, 42}}, 1);
	tally_free(&tally);
}

static void may_be_empty(void **state)
{
	struct tally tally = {0};

	(void)state;
	assert_taken(&tally, NULL, 0);
	tally_free(&tally);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_terms_in_order_and_starts_anew),
		cmocka_unit_test(may_be_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
