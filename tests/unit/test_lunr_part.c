/* What is counted comes out again: numbers of every size, fields without terms, part after part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "base/mem.h"
#include "search/lunr_part.h"
#include "search/vocabulary.h"

static int set_up(void **state)
{
	struct diags *diags = diag_new();
	struct lunr_counter *counter;
	int status = lunr_counter_new(&counter, diags);

	diag_free(diags);
	*state = counter;
	return status;
}

static int tear_down(void **state)
{
	lunr_counter_free(*state);
	return 0;
}

static void add(struct lunr_part *part, const char *title, const char *body)
{
	lunr_part_add(part, (struct slice[]){slice_of(title), slice_of(body)});
}

/* The part as text: "length: stem*times stem*times; ". */
static void assert_part(const struct lunr_part *part, const char *want)
{
	const struct vocabulary *vocabulary = lunr_part_vocabulary(part);
	struct lunr_walk walk = lunr_walk_new(part);
	struct lunr_vector vector;
	struct text got = {0};

	text_puts(&got, "");
	while (lunr_walk_vector(&vector, &walk)) {
		text_printf(&got, "%u:", vector.length);
		for (uint32_t i = 0; i < vector.count; i++) {
			uint32_t term, times = lunr_walk_term(&term, &walk);

			text_byte(&got, ' ');
			text_add(&got, vocabulary_stem(vocabulary, term));
			text_printf(&got, "*%u", times);
		}
		text_puts(&got, "; ");
	}
	assert_string_equal(got.data, want);
	text_free(&got);
}

static void assert_terms(const struct lunr_part *part, const uint32_t *want, size_t count)
{
	size_t got_count;
	const uint32_t *got = lunr_part_terms(part, &got_count);

	assert_int_equal(got_count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(got[i], want[i]);
}

static void counts_the_terms_of_each_field(void **state)
{
	struct lunr_part *part = lunr_part_new(*state, 2, 2);

	add(part, "Werkgevers", "De werkgever zoekt een werkgever.");
	add(part, "", "de het een");
	add(part, "zoekt", "nieuw, en zoekt");
	assert_int_equal(lunr_part_count(part), 3);
	assert_part(part,
		"1: werkgever*1; 3: werkgever*2 zoekt*1; 0:; 0:; 1: zoekt*1; 2: zoekt*1 nieuw*1; ");
	assert_terms(part, (uint32_t[]){0, 1, 2}, 3);
	lunr_part_free(part);
	lunr_part_free(NULL);
}

/* Each part has its own terms, in its own order, whatever the counter met before. */
static void gives_the_terms_of_each_part(void **state)
{
	struct lunr_part *first = lunr_part_new(*state, 1, 1), *second, *third;

	lunr_part_add(first, (struct slice[]){slice_of("een twee drie twee")});
	lunr_part_end(first);
	second = lunr_part_new(*state, 1, 1);
	lunr_part_add(second, (struct slice[]){slice_of("vier drie vier")});
	lunr_part_add(second, (struct slice[]){slice_of("twee vier")});
	lunr_part_end(second);
	third = lunr_part_new(*state, 1, 1);
	assert_terms(first, (uint32_t[]){0, 1}, 2);
	assert_terms(second, (uint32_t[]){2, 1, 0}, 3);
	assert_terms(third, NULL, 0);
	assert_part(first, "3: twee*2 drie*1; ");
	assert_part(second, "3: drie*1 vier*2; 2: twee*1 vier*1; ");
	assert_part(third, "");
	lunr_part_free(first);
	lunr_part_free(second);
	lunr_part_free(third);
}

/* Steps and counts of one byte, of two and of three. */
static void packs_numbers_of_every_size(void **state)
{
	struct lunr_part *part = lunr_part_new(*state, 2, 2);
	struct text all = {0}, some = {0}, want = {0};

	for (unsigned i = 0; i < 20000; i++)
		text_printf(&all, "w%u ", i);
	for (unsigned i = 0; i < 130; i++)
		text_puts(&some, "w0 ");
	for (unsigned i = 0; i < 17000; i++)
		text_puts(&some, "w64 ");
	text_puts(&some, "w19999 w127 w128 w8383");
	add(part, all.data, some.data);
	text_printf(&want, "20000:");
	for (unsigned i = 0; i < 20000; i++)
		text_printf(&want, " w%u*1", i);
	text_puts(&want, "; 17134: w0*130 w64*17000 w127*1 w128*1 w8383*1 w19999*1; ");
	assert_part(part, want.data);
	lunr_part_free(part);
	text_free(&all);
	text_free(&some);
	text_free(&want);
}

static void assert_words(const struct lunr_part *part, const struct lunr_word *want, size_t count)
{
	size_t got_count;
	const struct lunr_word *got = lunr_part_words(part, &got_count);

	assert_int_equal(got_count, count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(got[i].word, want[i].word);
		assert_int_equal(got[i].count, want[i].count);
	}
}

/* Words are not terms: werkgever and werkgevers are one term; stop words are none. */
static void gives_the_words_of_each_part(void **state)
{
	struct lunr_part *first = lunr_part_new(*state, 2, 2), *second;

	add(first, "werkgevers", "een werkgever, de werkgevers");
	lunr_part_end(first);
	second = lunr_part_new(*state, 2, 2);
	add(second, "werkgever", "");
	lunr_part_end(second);
	assert_words(first, (struct lunr_word[]){{0, 2}, {2, 1}}, 2);
	assert_words(second, (struct lunr_word[]){{2, 1}}, 1);
	lunr_part_free(first);
	lunr_part_free(second);
}

static void counts_the_words_of_texts_only(void **state)
{
	struct lunr_part *part = lunr_part_new(*state, 2, 1);

	add(part, "alfa bravo alfa", "bravo charlie");
	lunr_part_end(part);
	assert_part(part, "3: alfa*2 bravo*1; 2: bravo*1 charlie*1; ");
	assert_words(part, (struct lunr_word[]){{0, 2}, {1, 1}, {2, 0}}, 3);
	lunr_part_free(part);
}

/* What the last field had stays; relatives come as often as their terms do, over all other fields.
 */
static void counts_relatives_in_the_last_field(void **state)
{
	static uint32_t starts[] = {0, 2, 2, 3, 3}, terms[] = {2, 4, 3};
	const struct lunr_relatives relatives = {starts, terms};
	struct lunr_counter *counter = *state;
	struct lunr_part *part = lunr_part_new(counter, 2, 2);
	const uint32_t *related;
	size_t count;

	add(part, "alfa bravo alfa charlie", "bravo charlie");
	add(part, "delta", "");
	lunr_part_end(part);
	assert_int_equal(vocabulary_term(lunr_counter_vocabulary(counter), slice_of("echo")), 4);
	lunr_part_relate(part, &relatives);
	assert_part(part, "4: alfa*2 bravo*1 charlie*1; "
			  "7: bravo*1 charlie*3 delta*1 echo*2; "
			  "1: delta*1; 0:; ");
	assert_terms(part, (uint32_t[]){0, 1, 2, 3}, 4);
	related = lunr_part_related(part, &count);
	assert_int_equal(count, 1);
	assert_int_equal(related[0], 4);
	lunr_part_free(part);
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(counts_the_terms_of_each_field),
		test(gives_the_terms_of_each_part),
		test(packs_numbers_of_every_size),
		test(gives_the_words_of_each_part),
		test(counts_the_words_of_texts_only),
		test(counts_relatives_in_the_last_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
