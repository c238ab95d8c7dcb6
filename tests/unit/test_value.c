/* Trees of values: order, look-ups where nothing is, copies that leave the original alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/mem.h"
#include "base/value.h"

static void keeps_the_order(void **state)
{
	struct arena arena = {0};
	struct value *map = value_new(&arena, VALUE_MAP);
	struct value *list = value_put_list(&arena, map, "regios");
	const char *names[] = {"zwolle", "achterhoek", "midden"};
	const struct value *item;
	size_t i = 0;

	(void)state;
	for (i = 0; i < ARRAY_LEN(names); i++)
		value_append_text(&arena, list, slice_of(names[i]));
	assert_int_equal(list->count, 3);
	for (item = list->first, i = 0; item != NULL; item = item->next, i++)
		assert_true(slice_is(item->text, names[i]));
	assert_ptr_equal(value_at(map, "regios"), list);
	assert_int_equal(map->count, 1);
	assert_int_equal(value_append_map(&arena, list)->kind, VALUE_MAP);
	assert_int_equal(list->count, 4);
	arena_free(&arena);
}

static void gives_the_text_of_scalars(void **state)
{
	struct arena arena = {0};
	struct value *map = value_new(&arena, VALUE_MAP);

	(void)state;
	value_put_text(&arena, map, "naam", slice_of("FoodValley"));
	value_put_bool(&arena, map, "ja", true);
	value_put_bool(&arena, map, "nee", false);
	value_put_number(&arena, map, "aantal", SIZE_MAX);
	value_put_map(&arena, map, "contact");
	value_put(map, slice_of("niets"), value_new(&arena, VALUE_NULL));
	assert_true(slice_is(value_text_at(map, "naam"), "FoodValley"));
	assert_true(slice_is(value_text(value_at(map, "ja")), "true"));
	assert_true(slice_is(value_text(value_at(map, "nee")), "false"));
	assert_true(slice_is(value_text(value_at(map, "aantal")), "18446744073709551615"));
	assert_int_equal(value_text(value_at(map, "niets")).size, 0);
	assert_int_equal(value_text(value_at(map, "contact")).size, 0);
	assert_int_equal(value_text_at(map, "aantal").size, 0);
	assert_int_equal(value_text_at(map, "contact").size, 0);
	arena_free(&arena);
}

static void finds_nothing_where_nothing_is(void **state)
{
	struct arena arena = {0};
	struct value *map = value_new(&arena, VALUE_MAP);
	struct value *list = value_put_list(&arena, map, "lijst");

	(void)state;
	assert_null(value_at(NULL, "a"));
	assert_null(value_at(list, "a"));
	assert_null(value_at(map, "lijs"));
	assert_null(value_get(map, (struct slice){"lijst!", 6}));
	assert_non_null(value_get(map, (struct slice){"lijst!", 5}));
	assert_int_equal(value_text_at(NULL, "a").size, 0);
	arena_free(&arena);
}

static void copies_share_children_but_not_places(void **state)
{
	struct arena arena = {0};
	struct value *page = value_new(&arena, VALUE_MAP), *view = value_new(&arena, VALUE_MAP);
	struct value *sources = value_put_list(&arena, page, "bron"), *copy;

	(void)state;
	sources->line = 7;
	value_append_text(&arena, sources, slice_of("TNO"));
	value_put_text(&arena, page, "titel", slice_of("Proefplaatsing"));
	copy = value_put_copy(&arena, view, "bronnen", sources);
	value_put_text(&arena, view, "taal", slice_of("nl"));
	assert_ptr_equal(copy->first, sources->first);
	assert_int_equal(copy->line, 7);
	assert_true(slice_is(copy->next->key, "taal"));
	assert_true(slice_is(sources->key, "bron"));
	assert_true(slice_is(sources->next->key, "titel"));
	assert_int_equal(view->count, 2);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_order),
		cmocka_unit_test(gives_the_text_of_scalars),
		cmocka_unit_test(finds_nothing_where_nothing_is),
		cmocka_unit_test(copies_share_children_but_not_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
