/* Plans of contact moments: times as people write them, and text that would be markup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include <stdbool.h>

#include "base/mem.h"
#include "base/value.h"
#include "input/figure.h"
#include "output/moments.h"

static void a_time_is_a_number_and_a_unit(void **state)
{
	static const struct {
		const char *text;
		unsigned count;
		char unit;
	} good[] = {{"1 dag", 1, 'D'}, {"999 dagen", 999, 'D'}, {" 2  weken ", 2, 'W'},
		{"1 week", 1, 'W'}, {"012 weeks", 12, 'W'}, {"3 maanden", 3, 'M'},
		{"1 maand", 1, 'M'}, {"1 day", 1, 'D'}, {"2 months", 2, 'M'}};
	static const char *const bad[] = {"", " ", "2", "weken", "2weken", "2 ", "twee weken",
		"0 weken", "1000 dagen", "-1 week", "+1 week", "1,5 week", "2 jaar", "2 Weken",
		"2 weken later", "99999999999999999999 dagen"};
	struct figure_span span;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(figure_span(&span, slice_of(good[i].text)));
		assert_int_equal(span.count, good[i].count);
		assert_int_equal(span.unit, good[i].unit);
	}
	span = (struct figure_span){7, 'x'};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(figure_span(&span, slice_of(bad[i])));
	assert_int_equal(span.count, 7);
}

static struct value *add_moment(struct arena *arena, struct value *list, const char *name)
{
	struct value *moment = value_append_map(arena, list);

	value_put_text(arena, moment, "moment", slice_of(name));
	return moment;
}

static void assert_has(const struct text *html, const char *part)
{
	if (strstr(html->data, part) == NULL)
		fail_msg("\"%s\" is not in: %s", part, html->data);
}

static void each_row_has_its_time(void **state)
{
	struct arena arena = {0};
	struct value *strings = value_new(&arena, VALUE_MAP);
	struct value *data = value_new(&arena, VALUE_MAP);
	struct value *list = value_put_list(&arena, data, "momenten");
	struct text html = {0};

	(void)state;
	value_put_text(&arena, strings, "moment-na", slice_of("pas {tijd} erna"));
	value_put_text(&arena, strings, "moment-voor", slice_of("{tijd} & eerder"));
	value_put_text(&arena, strings, "moment-start", slice_of("meteen"));
	value_put_text(&arena, strings, "moment-waar", slice_of("\"Waar\""));
	value_put_text(&arena, add_moment(&arena, list, "<a>"), "na", slice_of("3 maanden"));
	value_put_text(&arena, add_moment(&arena, list, "b"), "voor", slice_of(" 10 dagen "));
	value_put_text(&arena, add_moment(&arena, list, "c"), "waar", slice_of("hier & daar"));
	moments_draw(&html, data, strings);
	assert_has(&html, "<tr data-termijn=\"P3M\"><th scope=\"row\">&lt;a&gt;</th>");
	assert_has(&html, ">pas 3 maanden erna</td>");
	assert_has(&html, "<tr data-termijn=\"-P10D\">");
	assert_has(&html, ">10 dagen &amp; eerder</td>");
	assert_has(&html, "<tr data-termijn=\"P0D\">");
	assert_has(&html, ">meteen</td>");
	assert_has(
		&html, "<td class=\"moment-waar\" data-kop=\"&quot;Waar&quot;\">hier &amp; daar");
	assert_null(strstr(html.data, "Wie"));
	text_free(&html);
	arena_free(&arena);
}

static void a_theme_without_words_shows_the_times(void **state)
{
	struct arena arena = {0};
	struct value *data = value_new(&arena, VALUE_MAP);
	struct value *list = value_put_list(&arena, data, "momenten");
	struct text html = {0};

	(void)state;
	value_put_text(&arena, add_moment(&arena, list, "a"), "na", slice_of("2 weken"));
	moments_draw(&html, data, NULL);
	assert_has(&html, ">2 weken</td>");
	text_clear(&html);
	moments_draw(&html, value_new(&arena, VALUE_MAP), NULL);
	assert_int_equal(html.size, 0);
	text_free(&html);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_time_is_a_number_and_a_unit),
		cmocka_unit_test(each_row_has_its_time),
		cmocka_unit_test(a_theme_without_words_shows_the_times),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
