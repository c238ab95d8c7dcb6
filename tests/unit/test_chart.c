/* Polls and timelines: what is said in words, what is drawn, and text that would be markup. */
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
#include "output/chart.h"

struct box {
	struct arena arena;
	struct value *strings;
	struct value *data;
	struct value *list;
	struct text out;
};

static int set_up(void **state)
{
	struct box *box = mem_new(1, sizeof(*box));

	box->strings = value_new(&box->arena, VALUE_MAP);
	value_put_text(&box->arena, box->strings, "peiling-antwoord", slice_of("Antwoord"));
	value_put_text(&box->arena, box->strings, "peiling-procent", slice_of("Procent"));
	value_put_text(
		&box->arena, box->strings, "peiling-deelnemer", slice_of("{aantal} deelnemer"));
	value_put_text(
		&box->arena, box->strings, "peiling-deelnemers", slice_of("{aantal} deelnemers"));
	box->data = value_new(&box->arena, VALUE_MAP);
	*state = box;
	return 0;
}

static int tear_down(void **state)
{
	struct box *box = *state;

	text_free(&box->out);
	arena_free(&box->arena);
	free(box);
	return 0;
}

static void put_number(struct box *box, struct value *map, const char *key, const char *number)
{
	value_put_text(&box->arena, map, key, slice_of(number))->kind = VALUE_NUMBER;
}

static void start_poll(struct box *box, const char *question, const char *people)
{
	value_put_text(&box->arena, box->data, "vraag", slice_of(question));
	if (people != NULL)
		put_number(box, box->data, "deelnemers", people);
	box->list = value_put_list(&box->arena, box->data, "antwoorden");
}

static void add_answer(struct box *box, const char *answer, const char *percent)
{
	struct value *map = value_append_map(&box->arena, box->list);

	value_put_text(&box->arena, map, "antwoord", slice_of(answer));
	put_number(box, map, "procent", percent);
}

static void add_phase(struct box *box, const char *name, const char *length, const char *text)
{
	struct value *map = value_append_map(&box->arena, box->list);

	value_put_text(&box->arena, map, "naam", slice_of(name));
	if (length != NULL)
		value_put_text(&box->arena, map, "duur", slice_of(length));
	if (text != NULL)
		value_put_text(&box->arena, map, "tekst", slice_of(text));
}

static bool has(const struct box *box, const char *part)
{
	return strstr(box->out.data, part) != NULL;
}

static size_t count_of(const struct box *box, const char *part)
{
	size_t count = 0;

	for (const char *at = box->out.data; (at = strstr(at, part)) != NULL; at++)
		count++;
	return count;
}

static void test_poll(void **state)
{
	struct box *box = *state;

	start_poll(box, "Werkt u samen?", "42");
	add_answer(box, "Ja", "64");
	add_answer(box, "Nee", "36");
	chart_poll(&box->out, box->data, box->strings);
	assert_string_equal(box->out.data,
		"<figure class=\"peiling\"><figcaption>Werkt u samen?</figcaption>\n"
		"<div class=\"peiling-beeld\" aria-hidden=\"true\">\n"
		"<div class=\"balk-tekst\">Ja</div><div class=\"balk-rij\">"
		"<svg width=\"49.92%\" height=\"1.2em\" focusable=\"false\">"
		"<rect class=\"balk\" width=\"100%\" height=\"100%\"/></svg>"
		"<span class=\"balk-getal\">64%</span></div>\n"
		"<div class=\"balk-tekst\">Nee</div><div class=\"balk-rij\">"
		"<svg width=\"28.08%\" height=\"1.2em\" focusable=\"false\">"
		"<rect class=\"balk\" width=\"100%\" height=\"100%\"/></svg>"
		"<span class=\"balk-getal\">36%</span></div>\n"
		"</div>\n"
		"<table class=\"peiling-tabel\"><thead><tr><th scope=\"col\">Antwoord</th>"
		"<th scope=\"col\" class=\"rechts\">Procent</th></tr></thead>\n"
		"<tbody><tr><th scope=\"row\">Ja</th><td class=\"rechts\">64%</td></tr>\n"
		"<tr><th scope=\"row\">Nee</th><td class=\"rechts\">36%</td></tr>\n"
		"</tbody></table>\n"
		"<p class=\"peiling-deelnemers\">42 deelnemers</p></figure>\n");
}

static void test_decimals_are_read_and_shown(void **state)
{
	struct box *box = *state;

	start_poll(box, "?", NULL);
	add_answer(box, "a", "12.5");
	add_answer(box, "b", "0");
	add_answer(box, "c", "100");
	add_answer(box, "d", "33.3333");
	chart_poll(&box->out, box->data, box->strings);
	assert_true(has(box, "width=\"9.75%\""));
	assert_true(has(box, ">12,5%</span>"));
	assert_true(has(box, "<td class=\"rechts\">12,5%</td>"));
	assert_true(has(box, "<svg width=\"0%\""));
	assert_true(has(box, "<svg width=\"78%\""));
	assert_true(has(box, "width=\"25.99%\""));
	assert_false(has(box, "peiling-deelnemers"));
}

static void test_decimal_sign_is_the_themes(void **state)
{
	struct box *box = *state;

	value_put_text(&box->arena, box->strings, "decimaalteken", slice_of("."));
	start_poll(box, "?", "1");
	add_answer(box, "a", "12.5");
	chart_poll(&box->out, box->data, box->strings);
	assert_true(has(box, ">12.5%<"));
	assert_true(has(box, ">1 deelnemer</p>"));
}

static void test_long_answers_are_left_whole(void **state)
{
	struct box *box = *state;

	start_poll(box, "?", NULL);
	add_answer(box, "Een ander antwoord, vooral 'nog niet' (de rest)", "71");
	chart_poll(&box->out, box->data, box->strings);
	assert_true(has(box, ">Een ander antwoord, vooral 'nog niet' (de rest)</div>"));
	assert_int_equal(count_of(box, "balk-tekst"), 1);
}

static void test_markup_in_text_is_escaped(void **state)
{
	struct box *box = *state;

	start_poll(box, "<script>alert(1)</script>", "\"><img>");
	add_answer(box, "<b>&", "\"/><a>");
	value_put_text(&box->arena, box->strings, "decimaalteken", slice_of("<i>"));
	chart_poll(&box->out, box->data, box->strings);
	assert_false(has(box, "<script"));
	assert_false(has(box, "<img"));
	assert_false(has(box, "<b>"));
	assert_false(has(box, "<a>"));
	assert_true(has(box, "&lt;b&gt;&amp;"));
}

static void test_poll_without_strings_or_answers(void **state)
{
	struct box *box = *state;

	value_put_text(&box->arena, box->data, "vraag", slice_of("?"));
	put_number(box, box->data, "deelnemers", "5");
	chart_poll(&box->out, box->data, NULL);
	assert_string_equal(box->out.data,
		"<figure class=\"peiling\"><figcaption>?</figcaption>\n\n"
		"<p class=\"peiling-deelnemers\">5</p></figure>\n");
}

static void test_timeline(void **state)
{
	struct box *box = *state;

	box->list = value_put_list(&box->arena, box->data, "fasen");
	add_phase(box, "Kennismaken", "acht weken", "Rondleiding & gesprek.");
	add_phase(box, "Leren", NULL, NULL);
	chart_timeline(&box->out, box->data);
	assert_string_equal(box->out.data,
		"<figure class=\"tijdlijn\"><svg class=\"tijdlijn-beeld\" width=\"100%\" "
		"height=\"2.4em\" aria-hidden=\"true\" focusable=\"false\">"
		"<line class=\"tijdlijn-lijn\" x1=\"0\" x2=\"100%\" y1=\"1.2em\" y2=\"1.2em\"/>"
		"<circle class=\"tijdlijn-punt\" cx=\"25%\" cy=\"1.2em\" r=\"0.9em\"/>"
		"<text class=\"tijdlijn-nummer\" x=\"25%\" y=\"1.55em\" "
		"text-anchor=\"middle\">1</text>"
		"<circle class=\"tijdlijn-punt\" cx=\"75%\" cy=\"1.2em\" r=\"0.9em\"/>"
		"<text class=\"tijdlijn-nummer\" x=\"75%\" y=\"1.55em\" "
		"text-anchor=\"middle\">2</text></svg>\n"
		"<ol class=\"tijdlijn-fasen\">\n"
		"<li><strong class=\"fase-naam\">Kennismaken</strong> "
		"<span class=\"fase-duur\">acht weken</span> "
		"<span class=\"fase-tekst\">Rondleiding &amp; gesprek.</span></li>\n"
		"<li><strong class=\"fase-naam\">Leren</strong></li>\n"
		"</ol></figure>\n");
}

static void test_many_phases_have_points_without_numbers(void **state)
{
	struct box *box = *state;

	box->list = value_put_list(&box->arena, box->data, "fasen");
	for (int i = 0; i < 300; i++)
		add_phase(box, "x", NULL, NULL);
	chart_timeline(&box->out, box->data);
	assert_int_equal(count_of(box, "<circle"), 300);
	assert_int_equal(count_of(box, "<li>"), 300);
	assert_false(has(box, "tijdlijn-nummer"));
}

static void test_timeline_without_phases_is_nothing(void **state)
{
	struct box *box = *state;

	chart_timeline(&box->out, box->data);
	box->list = value_put_list(&box->arena, box->data, "fasen");
	chart_timeline(&box->out, box->data);
	assert_int_equal(box->out.size, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_poll),
		TEST(test_decimals_are_read_and_shown),
		TEST(test_decimal_sign_is_the_themes),
		TEST(test_long_answers_are_left_whole),
		TEST(test_markup_in_text_is_escaped),
		TEST(test_poll_without_strings_or_answers),
		TEST(test_timeline),
		TEST(test_many_phases_have_points_without_numbers),
		TEST(test_timeline_without_phases_is_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
