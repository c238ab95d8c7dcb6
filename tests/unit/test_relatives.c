/* What is akin to a word, whichever counter met it; and the list of words that is made of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "base/mem.h"
#include "language/compound.h"
#include "search/lunr_part.h"
#include "search/relatives.h"
#include "search/vocabulary.h"
#include "search/words.h"

/* Two counters, each with the words of a text; a table of compounds without any form. */
struct box {
	struct lunr_counter *counters[2];
	struct lunr_part *parts[2];
	struct compounds *compounds;
	struct relatives *relatives;
};

static void open_box(struct box *box, const char *first, const char *second)
{
	const char *const texts[] = {first, second};
	struct diags *diags = diag_new();

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		assert_int_equal(lunr_counter_new(&box->counters[i], diags), 0);
		box->parts[i] = lunr_part_new(box->counters[i], 1, 1);
		lunr_part_add(box->parts[i], (struct slice[]){slice_of(texts[i])});
		lunr_part_end(box->parts[i]);
	}
	assert_int_equal(
		compound_open(&box->compounds, "build/share/taal/samenstellingen", diags), 0);
	box->relatives = relatives_new(box->counters, 2, box->compounds);
	for (size_t run = 0; run < relatives_runs(box->relatives); run++)
		relatives_find(box->relatives, run);
	diag_free(diags);
}

static void close_box(struct box *box)
{
	relatives_free(box->relatives);
	compound_free(box->compounds);
	for (size_t i = 0; i < ARRAY_LEN(box->counters); i++) {
		lunr_part_free(box->parts[i]);
		lunr_counter_free(box->counters[i]);
	}
}

static bool has(const struct box *box, const char *word, const char *relative)
{
	size_t count;
	const struct slice *list = relatives_of(&count, box->relatives, slice_of(word));

	for (size_t i = 0; i < count; i++)
		if (slice_is(list[i], relative))
			return true;
	return false;
}

/* The stems that a vocabulary has for the relatives of a word's term, a space behind each. */
static void assert_table(struct box *box, size_t which, const char *stem, const char *want)
{
	struct vocabulary *vocabulary = lunr_counter_vocabulary(box->counters[which]);
	struct lunr_relatives table;
	struct text got = {0};
	uint32_t term;

	relatives_table(&table, box->relatives, vocabulary);
	assert_true(vocabulary_stem_term(&term, vocabulary, slice_of(stem)));
	for (uint32_t i = table.starts[term]; i < table.starts[term + 1]; i++) {
		text_add(&got, vocabulary_stem(vocabulary, table.terms[i]));
		text_byte(&got, ' ');
	}
	assert_string_equal(got.size > 0 ? got.data : "", want);
	text_free(&got);
	free(table.starts);
	free(table.terms);
}

static void gives_the_parts_of_a_compound(void **state)
{
	struct box box;

	(void)state;
	open_box(&box, "De loonkostensubsidie", "");
	assert_true(has(&box, "loonkostensubsidie", "loonkosten"));
	assert_true(has(&box, "loonkostensubsidie", "subsidie"));
	assert_true(has(&box, "loonkostensubsidie", "kosten"));
	assert_false(has(&box, "de", "de"));
	assert_false(has(&box, "subsidie", "subsidie"));
	close_box(&box);
}

/* A plural counts only when the site has it, whoever met it. */
static void gives_the_other_number_that_is_met(void **state)
{
	struct box box;

	(void)state;
	open_box(&box, "bedrijf vacature", "bedrijven");
	assert_true(has(&box, "bedrijf", "bedrijven"));
	assert_true(has(&box, "bedrijven", "bedrijf"));
	assert_false(has(&box, "vacature", "vacatures"));
	close_box(&box);
}

/* Each vocabulary gets the same, with stems that it did not have. */
static void makes_a_table_for_each_vocabulary(void **state)
{
	struct box box;

	(void)state;
	open_box(&box, "bedrijf de", "een bedrijven");
	assert_table(&box, 0, "bedrijf", "bedrijv ");
	assert_table(&box, 1, "bedrijv", "bedrijf ");
	close_box(&box);
	/* werkplek and werkplekken are one term: what one has akin, the other's text gets too. */
	open_box(&box, "werkplek", "werkplekken");
	assert_table(&box, 0, "werkplek", "werk plek ");
	assert_table(&box, 1, "werkplek", "werk plek ");
	close_box(&box);
}

static void may_have_no_words(void **state)
{
	struct box box;
	size_t count;

	(void)state;
	open_box(&box, "", "de het");
	assert_int_equal(relatives_runs(box.relatives), 0);
	assert_null(relatives_of(&count, box.relatives, slice_of("de")));
	assert_int_equal(count, 0);
	close_box(&box);
	relatives_free(NULL);
}

/* ---- The list of words that is made of it */

static void assert_words(struct box *box, size_t parts, const char *want)
{
	struct words words;
	struct text got = {0};

	words_open(&words, box->parts, parts, box->relatives, NULL);
	assert_int_equal(words.file_count, words.count > 0);
	if (words.file_count > 0)
		words_write(&got, &words, 0);
	assert_string_equal(got.size > 0 ? got.data : "", want);
	text_free(&got);
	words_close(&words);
}

static void lists_words_with_what_is_akin_to_them(void **state)
{
	struct box box;

	(void)state;
	open_box(&box, "Bedrijf bedrijf de bedrijven, bedrijf: \"o!", "bedrijf werkplekken");
	assert_words(&box, 2,
		"{\"version\":2,\"words\":\"bedrijf bedrijven o plekken werk werkplekken\","
		"\"weights\":\"200000\"}\n");
	/* A scope has the words of its own texts. */
	assert_words(
		&box, 1, "{\"version\":2,\"words\":\"bedrijf bedrijven o\",\"weights\":\"100\"}\n");
	assert_words(&box, 0, "");
	close_box(&box);
}

static void leaves_out_what_is_known(void **state)
{
	struct words known, words;
	struct box box;

	(void)state;
	open_box(&box, "alfa bravo delta", "aap alfa charlie delta echo");
	words_open(&known, box.parts, 1, box.relatives, NULL);
	words_open(&words, box.parts + 1, 1, box.relatives, &known);
	assert_int_equal(words.count, 3);
	assert_true(slice_is(words.list[0].word, "aap"));
	assert_true(slice_is(words.list[1].word, "charlie"));
	assert_true(slice_is(words.list[2].word, "echo"));
	words_close(&words);
	words_open(&words, box.parts, 1, box.relatives, &known);
	assert_int_equal(words.count, 0);
	words_close(&words);
	words_close(&known);
	close_box(&box);
}

static void cuts_a_long_list_into_files(void **state)
{
	struct text text = {0};
	struct words words;
	struct box box;
	size_t listed = 0;

	(void)state;
	for (unsigned i = 0; i < 20000; i++)
		text_printf(&text, "woord%u ", i);
	open_box(&box, text.data, "");
	words_open(&words, box.parts, 2, box.relatives, NULL);
	assert_int_equal(words.count, 20000);
	assert_int_equal(words.file_count, 5);
	assert_int_equal(words.starts[0], 0);
	for (size_t i = 0; i < words.file_count; i++)
		listed += words.starts[i + 1] - words.starts[i];
	assert_int_equal(listed, 20000);
	words_close(&words);
	close_box(&box);
	text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_parts_of_a_compound),
		cmocka_unit_test(gives_the_other_number_that_is_met),
		cmocka_unit_test(makes_a_table_for_each_vocabulary),
		cmocka_unit_test(may_have_no_words),
		cmocka_unit_test(lists_words_with_what_is_akin_to_them),
		cmocka_unit_test(leaves_out_what_is_known),
		cmocka_unit_test(cuts_a_long_list_into_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
