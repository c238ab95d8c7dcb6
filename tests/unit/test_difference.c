/* Where two lists differ: by hand, and by chance, where the one is made of the other again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/mem.h"
#include "input/difference.h"

#define MOST 60

/* The words of a line, between single spaces. */
static size_t split(struct slice *words, const char *line)
{
	struct slice rest = slice_of(line);
	size_t count = 0;

	while (rest.size > 0) {
		size_t end = slice_find(rest, ' ');

		words[count++] = (struct slice){rest.data, end};
		rest = slice_from(rest, end < rest.size ? end + 1 : end);
	}
	return count;
}

/* The difference as "-old+new" at the place in the new list. */
static void assert_difference(const char *old, const char *new, const char *want)
{
	struct slice from[MOST], to[MOST];
	size_t from_count = split(from, old), to_count = split(to, new);
	struct difference difference = {0};
	struct text got = {0};

	assert_int_equal(difference_find(&difference, from, from_count, to, to_count), 0);
	text_puts(&got, "");
	for (size_t i = 0; i < difference.count; i++) {
		const struct difference_stretch *stretch = &difference.list[i];

		text_printf(&got, i > 0 ? " %zu:" : "%zu:", stretch->new_start);
		for (size_t j = 0; j < stretch->old_count; j++)
			text_printf(&got, "-%.*s", (int)from[stretch->old_start + j].size,
				from[stretch->old_start + j].data);
		for (size_t j = 0; j < stretch->new_count; j++)
			text_printf(&got, "+%.*s", (int)to[stretch->new_start + j].size,
				to[stretch->new_start + j].data);
	}
	assert_string_equal(got.data, want);
	text_free(&got);
	difference_free(&difference);
}

static void stretches_of_words(void **state)
{
	(void)state;
	assert_difference("een twee drie", "een twee drie", "");
	assert_difference("een twee drie", "een 2 drie", "1:-twee+2");
	assert_difference("een drie", "een twee drie", "1:+twee");
	assert_difference("twee drie", "een twee drie", "0:+een");
	assert_difference("een twee drie", "een twee", "2:-drie");
	assert_difference("een twee drie", "twee drie vier", "0:-een 2:+vier");
	assert_difference("", "een", "0:+een");
	assert_difference("een", "", "0:-een");
	assert_difference("", "", "");
}

static unsigned draw(uint32_t *seed, unsigned below)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (*seed >> 12) % below;
}

/* Holds that the new list comes out when the stretches are put in the old one. */
static void assert_whole(const struct slice *old, size_t old_count, const struct slice *new,
	size_t new_count, const struct difference *difference)
{
	size_t from = 0, to = 0;

	for (size_t i = 0; i <= difference->count; i++) {
		struct difference_stretch end = {old_count, 0, new_count, 0};
		struct difference_stretch next = i < difference->count ? difference->list[i] : end;

		assert_true(next.old_start >= from && next.new_start >= to);
		assert_int_equal(next.old_start - from, next.new_start - to);
		while (from < next.old_start)
			assert_true(slice_equal(old[from++], new[to++]));
		from += next.old_count;
		to += next.new_count;
	}
	assert_int_equal(from, old_count);
	assert_int_equal(to, new_count);
}

static void lists_made_by_chance(void **state)
{
	static const char *const words[] = {"a", "b", "c", "", "-", "+", "@@", "\\"};
	struct slice old[MOST], new[MOST];
	struct difference difference = {0};
	uint32_t seed = 7;

	(void)state;
	for (size_t round = 0; round < 2000; round++) {
		size_t old_count = draw(&seed, MOST), new_count = draw(&seed, MOST);

		for (size_t i = 0; i < old_count; i++)
			old[i] = slice_of(words[draw(&seed, ARRAY_LEN(words))]);
		for (size_t i = 0; i < new_count; i++)
			new[i] = i < old_count &&draw(&seed, 3) > 0
					 ? old[i]
					 : slice_of(words[draw(&seed, ARRAY_LEN(words))]);
		assert_int_equal(difference_find(&difference, old, old_count, new, new_count), 0);
		assert_whole(old, old_count, new, new_count, &difference);
	}
	difference_free(&difference);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stretches_of_words),
		cmocka_unit_test(lists_made_by_chance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
