/* A hundred thousand keys, bytes that are no text, and values that change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/map.h"
#include "base/mem.h"

static void finds_nothing_when_empty(void **state)
{
	struct map map = {0};

	(void)state;
	assert_null(map_get(&map, slice_of("a")));
	assert_null(map_get(&map, (struct slice){0}));
	map_free(&map);
}

static void replaces_a_value(void **state)
{
	struct map map = {0};
	int one = 1, two = 2;

	(void)state;
	assert_null(map_set(&map, slice_of("a"), &one));
	assert_ptr_equal(map_set(&map, slice_of("a"), &two), &one);
	assert_ptr_equal(map_get(&map, slice_of("a")), &two);
	assert_int_equal(map.count, 1);
	map_free(&map);
	assert_null(map_get(&map, slice_of("a")));
}

static void tells_bytes_apart(void **state)
{
	struct map map = {0};
	int values[4];

	(void)state;
	map_set(&map, (struct slice){"a", 1}, &values[0]);
	map_set(&map, (struct slice){"a\0", 2}, &values[1]);
	map_set(&map, (struct slice){"a\0b", 3}, &values[2]);
	map_set(&map, (struct slice){0}, &values[3]);
	assert_ptr_equal(map_get(&map, slice_of("a")), &values[0]);
	assert_ptr_equal(map_get(&map, (struct slice){"a\0", 2}), &values[1]);
	assert_ptr_equal(map_get(&map, (struct slice){"a\0b", 3}), &values[2]);
	assert_ptr_equal(map_get(&map, slice_of("")), &values[3]);
	assert_null(map_get(&map, (struct slice){"\0", 1}));
	map_free(&map);
}

/* A full table would have no free entry to end the search at. */
static void ends_a_search_at_every_size(void **state)
{
	char keys[200];
	struct map map = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(keys); i++) {
		keys[i] = (char)(i + 1);
		map_set(&map, (struct slice){&keys[i], 1}, keys);
		assert_int_equal(map.count, i + 1);
		assert_null(map_get(&map, slice_of("niets")));
	}
	map_free(&map);
}

static void holds_a_hundred_thousand_keys(void **state)
{
	enum { KEYS = 100000 };
	struct arena arena = {0};
	struct map map = {0};
	size_t *values = mem_new(KEYS, sizeof(*values));
	struct text key = {0};

	(void)state;
	for (size_t i = 0; i < KEYS; i++) {
		text_clear(&key);
		text_printf(&key, "regio/%zu/index.html", i);
		values[i] = i;
		assert_null(map_set(&map, slice_keep(&arena, text_slice(&key)), &values[i]));
	}
	assert_int_equal(map.count, KEYS);
	assert_true(map.capacity < (size_t)KEYS * 4);
	for (size_t i = 0; i < KEYS; i++) {
		text_clear(&key);
		text_printf(&key, "regio/%zu/index.html", i);
		assert_ptr_equal(map_get(&map, text_slice(&key)), &values[i]);
	}
	assert_null(map_get(&map, slice_of("regio/100000/index.html")));
	map_free(&map);
	text_free(&key);
	arena_free(&arena);
	free(values);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_nothing_when_empty),
		cmocka_unit_test(replaces_a_value),
		cmocka_unit_test(tells_bytes_apart),
		cmocka_unit_test(ends_a_search_at_every_size),
		cmocka_unit_test(holds_a_hundred_thousand_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
