/* Compounds and their parts: the table, the site's words, exceptions; how good it is; and speed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>
#include <time.h>

#include "base/diag.h"
#include "base/fs.h"
#include "base/mem.h"
#include "language/compound.h"
#include "language/compound_table.h"
#include "language/dutch.h"

/* The tests run at the top of the repository. */
#define TABLE "build/share/taal/samenstellingen"
#define GOLD "tests/unit/compound_gold.txt"

static struct compounds *open_table(void)
{
	struct diags *diags = diag_new();
	struct compounds *compounds = NULL;

	assert_int_equal(compound_open(&compounds, TABLE, diags), 0);
	diag_free(diags);
	return compounds;
}

static int set_up(void **state)
{
	*state = open_table();
	return 0;
}

static int tear_down(void **state)
{
	compound_free(*state);
	return 0;
}

/* The nodes of the word, with spaces between them, must be these. */
static void assert_nodes(const struct compounds *compounds, const char *word, const char *want)
{
	struct slice nodes[COMPOUND_NODES];
	size_t count = compound_split(nodes, compounds, slice_of(word));
	struct text found = {0};

	text_puts(&found, "");
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			text_byte(&found, ' ');
		text_add(&found, nodes[i]);
	}
	assert_string_equal(found.data, want);
	text_free(&found);
}

static void gives_all_nodes_of_the_tree(void **state)
{
	assert_nodes(*state, "loonkostensubsidie", "loonkosten loon kosten subsidie");
	assert_nodes(*state, "arbeidsmarktregio", "arbeidsmarkt arbeid markt regio");
	assert_nodes(*state, "werkplek", "werk plek");
	assert_nodes(*state, "regiocoördinator", "regio coördinator");
}

static void gives_both_pairs_when_nothing_tells(void **state)
{
	assert_nodes(*state, "werkgeversservicepunt",
		"werkgever servicepunt service punt werkgeversservice");
}

static void knows_the_sites_own_words(void **state)
{
	struct compounds *compounds = *state;

	compound_add_word(compounds, slice_of("servicepunt"));
	assert_nodes(compounds, "werkgeversservicepunt", "werkgever servicepunt service punt");
	assert_nodes(compounds, "zorgtiktokker", "");
	compound_add_word(compounds, slice_of("tiktokker"));
	compound_add_word(compounds, slice_of("tiktokker"));
	assert_nodes(compounds, "zorgtiktokker", "zorg tiktokker");
	assert_nodes(compounds, "tiktokkersbeleid", "tiktokker beleid");
}

static void drops_the_letters_that_link(void **state)
{
	struct diags *diags = diag_new();
	struct dutch *dutch;
	struct slice nodes[COMPOUND_NODES];
	struct text stem = {0};

	assert_nodes(*state, "inkomensondersteuning", "inkomen ondersteuning");
	assert_nodes(*state, "zonnepaneel", "zon paneel");
	assert_nodes(*state, "kansspel", "kans spel");
	assert_nodes(*state, "banenafspraak", "banen afspraak");
	/* What matters: the stem of a node is that of what readers type. */
	assert_int_equal(dutch_new(&dutch, diags), 0);
	assert_int_equal(compound_split(nodes, *state, slice_of("inkomensondersteuning")), 2);
	text_add(&stem, dutch_stem(dutch, nodes[0]));
	assert_true(slice_equal(text_slice(&stem), dutch_stem(dutch, slice_of("inkomen"))));
	text_free(&stem);
	dutch_free(dutch);
	diag_free(diags);
}

static void leaves_alone_what_only_looks_like_a_compound(void **state)
{
	static const char *const words[] = {"praktijk", "passanten", "werkgevers", "ziekenhuis",
		"bedrijven", "generatoren", "nederland", "maandag", "overeenkomst", "standaard",
		"transactie", "netwerk"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		assert_nodes(*state, words[i], "");
}

static void follows_exceptions(void **state)
{
	const struct slice parts[] = {slice_of("werkervaring"), slice_of("plek")};
	char word[] = "werkervaringsplaats";
	struct compounds *compounds = *state;

	compound_add_exception(compounds, slice_of("werkplek"), NULL, 0);
	compound_add_exception(compounds, slice_of(word), parts, 2);
	compound_add_exception(compounds, slice_of("rotterdam"), NULL, 0);
	memset(word, 'x', sizeof(word) - 1);
	assert_nodes(compounds, "werkplek", "");
	assert_nodes(compounds, "werkplekken", "werk plekken");
	assert_nodes(compounds, "werkplekaanpassing", "werkplek aanpassing");
	assert_nodes(compounds, "werkervaringsplaats", "werkervaring plek");
	assert_nodes(compounds, "werkervaringsplaatsen", "werkervaring plek");
	assert_nodes(compounds, "rotterdambeleid", "rotterdam beleid");
	compound_add_exception(compounds, slice_of("werkplek"), parts, 1);
	assert_nodes(compounds, "werkplek", "werkervaring");
}

static void refuses_what_is_no_word(void **state)
{
	static const char *const words[] = {"", "a", "werk-plek", "werkplek1", "Werkplek",
		"werk plek", "werkplek\xff", "werk\xc3", "\xc3\xa9\xc3"};
	char longest[200];

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		assert_false(compound_is_word(slice_of(words[i])));
		assert_nodes(*state, words[i], "");
	}
	assert_false(compound_is_word((struct slice){"werk\0plek", 9}));
	assert_true(compound_is_word(slice_of("\u00e9\u00e9n")));
	memset(longest, 'a', sizeof(longest));
	assert_true(compound_is_word((struct slice){longest, 63}));
	assert_false(compound_is_word((struct slice){longest, 64}));
}

/* Many parts in one word, and all the ways in which they can belong together. */
static void stays_within_its_bounds(void **state)
{
	static const char *const part[] = {"loon", "werk", "punt", "taal"};
	struct slice nodes[COMPOUND_NODES];
	struct text word = {0};

	for (size_t size = 1; size < 16; size++) {
		size_t count;

		text_puts(&word, part[size % ARRAY_LEN(part)]);
		count = compound_split(nodes, *state, text_slice(&word));
		assert_true(count <= COMPOUND_NODES);
		for (size_t i = 0; i < count; i++) {
			assert_true(nodes[i].size > 0 && nodes[i].size < word.size);
			assert_true(nodes[i].data >= word.data &&
				    nodes[i].data + nodes[i].size <= word.data + word.size);
		}
	}
	text_free(&word);
}

struct score {
	size_t found; /* boundaries: right ones, wrong ones, missed ones */
	size_t wrong;
	size_t missed;
};

static void score_line(struct score *score, const struct compounds *compounds, struct slice line)
{
	struct slice nodes[COMPOUND_NODES];
	struct text word = {0};
	uint64_t want = 0, got = 0;
	size_t count;

	for (size_t i = 0; i < line.size; i++)
		if (line.data[i] == '|')
			want |= UINT64_C(1) << word.size;
		else
			text_byte(&word, line.data[i]);
	count = compound_split(nodes, compounds, text_slice(&word));
	for (size_t i = 0; i < count; i++)
		got |= UINT64_C(1) << (nodes[i].data - word.data);
	got &= ~UINT64_C(1);
	if (got != want)
		print_message("# not so: %.*s\n", (int)line.size, line.data);
	for (size_t i = 0; i < 64; i++) {
		score->found += got >> i & want >> i & 1;
		score->wrong += got >> i & ~want >> i & 1;
		score->missed += ~got >> i & want >> i & 1;
	}
	text_free(&word);
}

/* Over all words of the set, those that are no compounds as well. */
static void is_as_good_as_was_promised(void **state)
{
	struct diags *diags = diag_new();
	struct text bytes = {0};
	struct slice rest, line;
	struct score score = {0};
	double precision, recall;
	size_t words = 0;

	assert_int_equal(fs_read(&bytes, GOLD, 1 << 20, diags), 0);
	rest = text_slice(&bytes);
	while (slice_next_line(&line, &rest)) {
		if (line.size == 0 || line.data[0] == '#')
			continue;
		score_line(&score, *state, line);
		words++;
	}
	precision = (double)score.found / (double)(score.found + score.wrong);
	recall = (double)score.found / (double)(score.found + score.missed);
	print_message("# %zu words: precision %.3f, recall %.3f\n", words, precision, recall);
	assert_true(words >= 150);
	assert_true(precision >= 0.97);
	assert_true(recall >= 0.90);
	text_free(&bytes);
	diag_free(diags);
}

/* 50,000 long words in 5 s, a hundredth of the speed that is expected without sanitizers. */
static void is_fast(void **state)
{
	static const char *const words[] = {"werkgeversservicepunt", "arbeidsongeschiktheid",
		"verantwoordelijkheden", "toegankelijkheidsverklaring",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaa"};
	struct slice nodes[COMPOUND_NODES];
	clock_t start = clock();

	for (size_t i = 0; i < 50000; i++)
		(void)compound_split(nodes, *state, slice_of(words[i % ARRAY_LEN(words)]));
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
}

/* Reading must fail, with the message, and leave the output alone. */
static void assert_damaged(struct slice bytes)
{
	struct diags *diags = diag_new();
	struct compounds *compounds = NULL;
	const struct diag *said;
	size_t count;

	assert_int_equal(compound_read(&compounds, bytes, "x/table", diags), -1);
	assert_null(compounds);
	said = diag_sorted(diags, &count);
	assert_int_equal(count, 1);
	assert_int_equal(said[0].code, DIAG_COMPOUND_TABLE);
	assert_non_null(strstr(said[0].text, "x/table"));
	diag_free(diags);
}

static void refuses_a_damaged_table(void **state)
{
	const struct compound_form forms[] = {{slice_of("loon"), COMPOUND_BEGIN, 0},
		{slice_of("loonkosten"), COMPOUND_WORD, 0}, {slice_of("plek"), COMPOUND_END, 0}};
	struct text table = {0};
	struct diags *diags = diag_new();
	struct compounds *compounds;

	(void)state;
	compound_table_write(&table, forms, ARRAY_LEN(forms));
	assert_int_equal(compound_read(&compounds, text_slice(&table), "table", diags), 0);
	assert_nodes(compounds, "loonplek", "loon plek");
	compound_free(compounds);
	/* Cut off anywhere. */
	for (size_t size = 0; size < table.size; size++)
		assert_damaged((struct slice){table.data, size});
	text_byte(&table, 'x');
	assert_damaged(text_slice(&table));
	table.size--;
	/* Another version, another count, and forms that are not in order. */
	table.data[8]++;
	assert_damaged(text_slice(&table));
	table.data[8]--;
	table.data[12]++;
	assert_damaged(text_slice(&table));
	table.data[12] = (char)0xff;
	table.data[15] = (char)0xff;
	assert_damaged(text_slice(&table));
	table.data[12] = ARRAY_LEN(forms);
	table.data[15] = 0;
	table.data[table.size - 4] = 'a';
	assert_damaged(text_slice(&table));
	text_free(&table);
	diag_free(diags);
}

static void says_when_there_is_no_table(void **state)
{
	struct diags *diags = diag_new();
	struct compounds *compounds = NULL;

	(void)state;
	assert_int_equal(compound_open(&compounds, "build/no-such-table", diags), -1);
	assert_null(compounds);
	assert_int_equal(diag_count(diags, DIAG_FATAL), 1);
	compound_free(NULL);
	diag_free(diags);
}

/* Each form comes out of the table as it went in. */
static void keeps_all_of_a_form(void **state)
{
	char longest[COMPOUND_LONGEST];
	const struct compound_form forms[] = {{slice_of("a"), 1, 0}, {slice_of("ab"), 15, 0},
		{{longest, sizeof(longest)}, 6, 0}, {slice_of("zoë"), 8, 0}};
	struct text bytes = {0};
	struct compound_table table;
	struct compound_form form;

	(void)state;
	memset(longest, 'q', sizeof(longest));
	compound_table_write(&bytes, forms, ARRAY_LEN(forms));
	assert_true(compound_table_open(&table, text_slice(&bytes)));
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		assert_int_equal(compound_table_next(&form, &table), 1);
		assert_true(slice_equal(form.word, forms[i].word));
		assert_int_equal(form.kinds, forms[i].kinds);
	}
	assert_int_equal(compound_table_next(&form, &table), 0);
	text_free(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(gives_all_nodes_of_the_tree, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			gives_both_pairs_when_nothing_tells, set_up, tear_down),
		cmocka_unit_test_setup_teardown(knows_the_sites_own_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(drops_the_letters_that_link, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			leaves_alone_what_only_looks_like_a_compound, set_up, tear_down),
		cmocka_unit_test_setup_teardown(follows_exceptions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_what_is_no_word, set_up, tear_down),
		cmocka_unit_test_setup_teardown(stays_within_its_bounds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(is_as_good_as_was_promised, set_up, tear_down),
		cmocka_unit_test_setup_teardown(is_fast, set_up, tear_down),
		cmocka_unit_test(refuses_a_damaged_table),
		cmocka_unit_test(says_when_there_is_no_table),
		cmocka_unit_test(keeps_all_of_a_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
