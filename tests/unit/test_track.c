/* What a train is drawn as. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/mem.h"
#include "base/value.h"
#include "output/track.h"

static void draw(struct text *out, const struct track_wagon *wagons, size_t count)
{
	static const char *const names[] = {"a<b", "c", "d", "e"};
	struct arena arena = {0};
	struct value *phases = value_new(&arena, VALUE_LIST);

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		value_append_text(&arena, phases, slice_of(names[i]));
	track_draw(out, phases, wagons, count);
	arena_free(&arena);
}

static void assert_has(const struct text *drawing, const char *part)
{
	if (strstr(drawing->data, part) == NULL)
		fail_msg("no %s in: %s", part, drawing->data);
}

static void draws_a_bar_over_the_phases(void **state)
{
	const struct track_wagon wagons[] = {
		{.title = slice_of("Een & twee"), .first = 0, .last = 0},
		{.title = slice_of("Later"), .first = 1, .last = 3}};
	struct text drawing = {0};

	(void)state;
	draw(&drawing, wagons, 2);
	assert_has(&drawing, ">a&lt;b</text>");
	assert_has(&drawing, ">Een &amp; twee</text>");
	assert_has(&drawing, "x=\"3\" y=\"76\" width=\"194\"");
	assert_has(&drawing, "x=\"203\" y=\"146\" width=\"594\"");
	assert_int_equal(track_height(2), 44 + 2 * 70 + 6);
	text_free(&drawing);
}

/* A title that would leave the drawing ends where its bar ends; one for which even that is too
 * narrow starts at the left; one that is wider than the drawing is cut off. */
static void keeps_titles_within_the_drawing(void **state)
{
	struct text drawing = {0}, title = {0};
	struct track_wagon wagons[] = {
		{.title = slice_of("Leren en werken in een traject"), .first = 3, .last = 3},
		{.first = 2, .last = 2}};

	(void)state;
	for (size_t i = 0; i < 100; i++)
		text_puts(&title, "\u00e9");
	wagons[1].title = text_slice(&title);
	draw(&drawing, wagons, 2);
	assert_has(&drawing, "x=\"797\" y=\"66\" text-anchor=\"end\">Leren");
	assert_has(&drawing, "x=\"3\" y=\"136\">\u00e9");
	assert_has(&drawing, "\u00e9\u2026</text>");
	text_free(&drawing);
	text_free(&title);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_a_bar_over_the_phases),
		cmocka_unit_test(keeps_titles_within_the_drawing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
