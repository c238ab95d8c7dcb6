/* Arenas: alignment, zeroes, large pieces, use again. And growing arrays. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/mem.h"

static void gives_aligned_zeroed_pieces(void **state)
{
	struct arena arena = {0};

	(void)state;
	for (size_t size = 0; size < 300; size++) {
		unsigned char *piece = arena_new(&arena, size, 1);

		assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(piece[i], 0);
		memset(piece, 0xff, size);
	}
	arena_free(&arena);
}

static void keeps_every_piece_apart(void **state)
{
	static const size_t sizes[] = {1, 40000, 7, 16384, 16383, 4096, 4097, 100, 200000, 3};
	char *pieces[1000];
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		size_t size = sizes[i % ARRAY_LEN(sizes)];

		pieces[i] = arena_new(&arena, size, 1);
		memset(pieces[i], (int)(i % 251), size);
	}
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		size_t size = sizes[i % ARRAY_LEN(sizes)];

		assert_int_equal((unsigned char)pieces[i][0], i % 251);
		assert_int_equal((unsigned char)pieces[i][size - 1], i % 251);
	}
	arena_free(&arena);
}

static void copies_with_a_nul_behind(void **state)
{
	struct arena arena = {0};
	char *copy = mem_copy("a\0bc", 3);

	(void)state;
	assert_memory_equal(copy, "a\0b", 4);
	free(copy);
	copy = mem_copy(NULL, 0);
	assert_string_equal(copy, "");
	free(copy);
	assert_memory_equal(arena_copy(&arena, "a\0bc", 3), "a\0b", 4);
	assert_string_equal(arena_copy(&arena, NULL, 0), "");
	arena_free(&arena);
}

static void can_be_used_after_it_was_freed(void **state)
{
	struct arena arena = {0};

	(void)state;
	arena_free(&arena);
	assert_string_equal(arena_copy(&arena, "een", 3), "een");
	arena_free(&arena);
	assert_string_equal(arena_copy(&arena, "twee", 4), "twee");
	arena_free(&arena);
	assert_null(arena.blocks);
}

static void grows_an_array(void **state)
{
	size_t *numbers = NULL;
	size_t capacity = 0;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		numbers = mem_grow(numbers, i, &capacity, sizeof(*numbers));
		assert_true(capacity > i);
		numbers[i] = i;
	}
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(numbers[i], i);
	free(numbers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_aligned_zeroed_pieces),
		cmocka_unit_test(keeps_every_piece_apart),
		cmocka_unit_test(copies_with_a_nul_behind),
		cmocka_unit_test(can_be_used_after_it_was_freed),
		cmocka_unit_test(grows_an_array),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
