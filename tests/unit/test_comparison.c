/* Two versions of a text as one: what readers see of it, and limits. */
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
#include "output/comparison.h"

static struct arena arena;

static const struct value *strings(void)
{
	struct value *map = value_new(&arena, VALUE_MAP);

	value_put_text(&arena, map, "verschil-verwijderd", slice_of("verwijderd"));
	value_put_text(&arena, map, "verschil-toegevoegd", slice_of("toegevoegd"));
	value_put_text(&arena, map, "verschil-gelijk", slice_of("gelijk"));
	return map;
}

/* Puts what stands between `<` and `>`, and words for who does not see, in short signs. */
static void shorten(struct text *text)
{
	static const char *const signs[][2] = {
		{"<del><span class=\"onzichtbaar\">[verwijderd: </span>", "[-"},
		{"<span class=\"onzichtbaar\">]</span></del>", "-]"},
		{"<ins><span class=\"onzichtbaar\">[toegevoegd: </span>", "{+"},
		{"<span class=\"onzichtbaar\">]</span></ins>", "+}"},
		{"<p class=\"verschil-weg\"><span aria-hidden=\"true\">…</span><span "
		 "class=\"onzichtbaar\">gelijk</span></p>\n",
			"...\n"},
		{"<p class=\"verschil-blok verschil-", "("}, {"<p class=\"verschil-blok", "("},
		{" verschil-citaat", ">"}, {"\">", ")"}, {"</p>", ""}};

	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		struct slice rest = text_slice(text);
		struct text out = {0};
		size_t size = strlen(signs[i][0]);

		while (rest.size > 0) {
			size_t at = slice_search(rest, slice_of(signs[i][0]));

			text_add(&out, (struct slice){rest.data, at});
			if (at < rest.size)
				text_puts(&out, signs[i][1]);
			rest = slice_from(rest, at + size);
		}
		text_free(text);
		*text = out;
	}
}

static void assert_drawn(const char *old, const char *new, const char *want)
{
	struct comparison_options options = {.strings = strings()};
	struct comparison_result result;
	struct text out = {0};

	text_puts(&out, "\n");
	assert_int_equal(comparison_draw(&out, &result, slice_of(old), slice_of(new), &options), 0);
	assert_int_equal(result.same, out.size == 1);
	assert_int_equal(result.left_out, 0);
	shorten(&out);
	assert_string_equal(out.data + 1, want);
	text_free(&out);
}

static void words_that_came_and_went(void **state)
{
	(void)state;
	assert_drawn("De regeling duurt twee maanden.", "De regeling duurt vier maanden.",
		"()De regeling duurt [-twee-] {+vier+} maanden.\n");
	assert_drawn("Bel eerst.", "Bel eerst zelf.", "()Bel eerst {+zelf+}.\n");
	assert_drawn("Een (3) en 3.500 euro hier.", "Een (4) en 3.700 euro hier.",
		"()Een ([-3-]{+4+}) en [-3.500-] {+3.700+} euro hier.\n");
	assert_drawn("", "Nieuw.", "(){+Nieuw.+}\n");
	assert_drawn("Weg <b>&.", "", "()[-Weg &lt;b&gt;&amp;.-]\n");
}

static void what_is_not_read_is_no_difference(void **state)
{
	(void)state;
	assert_drawn(
		"Een **vet** woord\nop twee regels.", "Een vet `woord` op\n_twee_ regels.\n", "");
	assert_drawn("## Kop <!-- #kop vast -->\n\nTekst", "## Kop\n\nTekst <!-- geheim -->\n", "");
	assert_drawn("- [ ] taak\n- twee\n", "* taak\n*   twee", "");
	assert_drawn("Een <!-- geheim\nnog geheimer --> twee", "Een twee", "");
	assert_drawn("| a | b |\n|---|:-:|\n| 1 | 2 |", "|a|b|\n| - | - |\n|1|2|", "");
}

static void where_a_link_leads_is_told_when_only_that_changed(void **state)
{
	(void)state;
	assert_drawn("Zie [de site](https://a.nl) nu.", "Zie [de site](https://b.nl) nu.",
		"()Zie de site [-(https://a.nl)-] {+(https://b.nl)+} nu.\n");
	assert_drawn("Zie dus op elke dag nu.",
		"Zie dus op elke dag ![beeld](a.svg) [de site](https://b.nl \"x\") nu.",
		"()Zie dus op elke dag {+beeld de site+} nu.\n");
	assert_drawn("Niet [sic] weg", "Niet \\[sic\\] weg [^1]", "()Niet [sic] weg {+[^1]+}\n");
}

static void passages_have_their_kind(void **state)
{
	(void)state;
	assert_drawn("",
		"# A\n\nB\n- c\n  c\n1. d\n> [!Let op]\n> e\n\n| f | g |\n\n```yaml\n- *h\n```\n",
		"(kop){+A+}\n(){+B+}\n(punt){+c c+}\n(punt){+d+}\n(kop>){+Let op+}\n(citaat){+e+}\n"
		"(rij){+f | g+}\n(code){+- *h+}\n");
	assert_drawn("", "Titel\n===\n\nB\n\n---\nC", "(kop){+Titel+}\n(){+B+}\n(){+C+}\n");
}

static void what_stays_is_folded(void **state)
{
	(void)state;
	assert_drawn("## Een\n\na\n\nb\n\nc\n\n## Twee\n\nd\n\ne\n\nf f f\n\ng\n\nh\n",
		"## Een\n\na\n\nb 2\n\nc\n\n## Twee\n\nd\n\ne\n\nf f f 2\n\ng\n\nh\n",
		"(kop)Een\n()a\n()b {+2+}\n()c\n...\n(kop)Twee\n()e\n()f f f "
		"{+2+}\n()g\n");
	assert_drawn("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 x 1 2 3 4 5 6 "
		     "7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24",
		"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 y 1 2 3 4 5 6 7 8 "
		"9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24",
		"()… 11 12 13 14 15 16 17 18 19 20 21 22 23 24 [-x-] {+y+} 1 2 3 4 5 6 7 8 9 10 11 "
		"12 13 14 …\n");
}

static void a_large_difference_is_cut_off(void **state)
{
	struct comparison_options options = {.strings = strings(), .most_words = 10};
	struct comparison_result result;
	struct text old = {0}, new = {0}, out = {0};

	(void)state;
	text_puts(&old, "");
	for (int i = 0; i < 4000; i++)
		text_printf(&new, "woord%d %d\n\n", i, i);
	assert_int_equal(
		comparison_draw(&out, &result, text_slice(&old), text_slice(&new), &options), 0);
	assert_int_equal(result.words, 10);
	assert_int_equal(result.left_out, 3995);
	text_clear(&out);
	assert_int_equal(
		comparison_draw(&out, &result, text_slice(&new), text_slice(&old), &options), 0);
	assert_int_equal(result.left_out, 3995);
	text_free(&old);
	text_free(&new);
	text_free(&out);
}

static void nothing_that_was_typed_takes_long(void **state)
{
	static const char *const signs[] = {"[", "![", "<!--", "<!-- -->", "*", ">", "|", "- ", "`",
		"\\", "[a](", "# ", "```\n", "a\n\n", "-\n"};
	struct comparison_options options = {.strings = strings(), .most_words = 1000};
	struct comparison_result result;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		struct text old = {0}, new = {0}, out = {0};

		while (old.size < 200000)
			text_puts(&old, signs[i]);
		text_add(&new, text_slice(&old));
		text_puts(&new, "\n\neinde");
		assert_int_equal(comparison_draw(&out, &result, text_slice(&old), text_slice(&new),
					 &options),
			0);
		text_free(&old);
		text_free(&new);
		text_free(&out);
	}
}

static int free_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_came_and_went),
		cmocka_unit_test(what_is_not_read_is_no_difference),
		cmocka_unit_test(where_a_link_leads_is_told_when_only_that_changed),
		cmocka_unit_test(passages_have_their_kind),
		cmocka_unit_test(what_stays_is_folded),
		cmocka_unit_test(a_large_difference_is_cut_off),
		cmocka_unit_test(nothing_that_was_typed_takes_long),
	};

	return cmocka_run_group_tests(tests, NULL, free_arena);
}
