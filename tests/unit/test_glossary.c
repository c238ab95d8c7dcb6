/* Terms in running text: whole words, the longest first, plurals, capitals, accents; and speed. */
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
#include "base/mem.h"
#include "base/value.h"
#include "input/yaml.h"
#include "model/glossary.h"

struct fixture {
	struct glossary glossary;
	struct arena arena;
	struct diags *diags;
};

static void open_glossary(struct fixture *fixture, const char *yaml)
{
	struct value *root;

	*fixture = (struct fixture){.diags = diag_new()};
	assert_int_equal(yaml_parse(&root, &fixture->arena, slice_of(yaml), "content/begrippen.yml",
				 1, 100000, fixture->diags),
		0);
	glossary_read(
		&fixture->glossary, &fixture->arena, root, "content/begrippen.yml", fixture->diags);
}

static void close_glossary(struct fixture *fixture)
{
	glossary_free(&fixture->glossary);
	arena_free(&fixture->arena);
	diag_free(fixture->diags);
}

/* The text with each term in brackets, and behind it the term that it is explained by. */
static void mark(struct text *out, const struct glossary *glossary, const char *string)
{
	struct slice text = slice_of(string);
	size_t from = 0, start, length, entry;

	while (glossary_find(&start, &length, &entry, glossary, text, from)) {
		assert_true(start >= from);
		assert_true(length > 0 && start + length <= text.size);
		text_add(out, (struct slice){text.data + from, start - from});
		text_byte(out, '[');
		text_add(out, (struct slice){text.data + start, length});
		text_printf(out, "|%s]", glossary->entries[entry].term.data);
		from = start + length;
	}
	text_add(out, slice_from(text, from));
}

static void assert_marked(const struct fixture *fixture, const char *text, const char *wanted)
{
	struct text marked = {0};

	mark(&marked, &fixture->glossary, text);
	text_puts(&marked, "");
	assert_string_equal(marked.data, wanted);
	text_free(&marked);
}

/* One message, of this code and line, with this in its text. */
static void assert_said(const char *yaml, enum diag_code code, unsigned line, const char *part)
{
	struct fixture fixture;
	const struct diag *diag;
	size_t count;

	open_glossary(&fixture, yaml);
	diag = diag_sorted(fixture.diags, &count);
	assert_int_equal(count, 1);
	assert_string_equal(diag_name(diag->code), diag_name(code));
	assert_int_equal(diag->place.line, line);
	assert_string_equal(diag->place.path, "content/begrippen.yml");
	if (strstr(diag->text, part) == NULL)
		fail_msg("\"%s\" is not in: %s", part, diag->text);
	close_glossary(&fixture);
}

#define TERMS                                                                                      \
	"- term: werkgeversservicepunt\n  betekenis: Loket.\n  afkortingen: [WSP]\n"               \
	"  synoniemen: [werkgeverspunt, loket voor werkgevers]\n  zoek-ook: [werkcentrum]\n"       \
	"- term: werk\n  betekenis: Wat u doet.\n"                                                 \
	"- term: werk en inkomen\n  betekenis: Een dienst.\n"                                      \
	"- term: regel\n  betekenis: Moet.\n"                                                      \
	"- term: regels van het spel\n  betekenis: Moeten.\n"                                      \
	"- term: e-learning\n  betekenis: Leren.\n"                                                \
	"- term: cao\n  betekenis: Afspraken.\n  afkortingen: [CAO]\n"                             \
	"- term: co\u00f6rdinator\n  betekenis: Wie regelt.\n"                                     \
	"- term: \u00e9\u00e9nmanszaak\n  betekenis: Bedrijf van een.\n"                           \
	"- term: ZZP'er\n  betekenis: Zelfstandige.\n"                                             \
	"- term: kunstmatige intelligentie\n  betekenis: Slim.\n  afkortingen: [AI, Ki]\n"

static void reads_entries(void **state)
{
	struct fixture fixture;
	const struct glossary_entry *entry;

	(void)state;
	open_glossary(&fixture, TERMS);
	assert_int_equal(diag_status(fixture.diags), 0);
	assert_int_equal(fixture.glossary.count, 11);
	entry = &fixture.glossary.entries[0];
	assert_true(slice_is(entry->term, "werkgeversservicepunt"));
	assert_true(slice_is(entry->meaning, "Loket."));
	assert_true(slice_is(entry->id, "werkgeversservicepunt"));
	assert_int_equal(entry->abbreviations->count, 1);
	assert_int_equal(entry->synonyms->count, 2);
	assert_int_equal(entry->see_also->count, 1);
	assert_int_equal(entry->source->line, 1);
	assert_null(fixture.glossary.entries[1].synonyms);
	assert_true(slice_is(fixture.glossary.entries[8].id, "eenmanszaak"));
	close_glossary(&fixture);
}

/* The plural of a short word has other first letters than the word. */
static void finds_plurals_of_short_words(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture, "- term: ei\n  betekenis: Rond.\n- term: cel\n  betekenis: Klein.\n"
				"- term: q\n  betekenis: Letter.\n");
	assert_marked(
		&fixture, "Eien, eis, ein en ei's", "[Eien|ei], [eis|ei], [ein|ei] en [ei's|ei]");
	assert_marked(
		&fixture, "cellen celen cels celn", "cellen [celen|cel] [cels|cel] [celn|cel]");
	assert_marked(&fixture, "q qs qen qn q's qe", "[q|q] [qs|q] [qen|q] [qn|q] [q's|q] qe");
	close_glossary(&fixture);
}

static void finds_terms_synonyms_and_abbreviations(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture, TERMS);
	assert_marked(&fixture, "Het WSP is een werkgeversservicepunt, ook werkgeverspunt.",
		"Het [WSP|werkgeversservicepunt] is een [werkgeversservicepunt|"
		"werkgeversservicepunt], ook [werkgeverspunt|werkgeversservicepunt].");
	assert_marked(&fixture, "WSP", "[WSP|werkgeversservicepunt]");
	assert_marked(&fixture, "WERK Werk wErK", "[WERK|werk] [Werk|werk] [wErK|werk]");
	assert_marked(&fixture, "een werkcentrum", "een werkcentrum");
	assert_marked(&fixture, "", "");
	assert_marked(&fixture, "  . \n", "  . \n");
	close_glossary(&fixture);
}

static void takes_the_longest(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture, TERMS);
	assert_marked(&fixture, "werk en inkomen of werk en geld",
		"[werk en inkomen|werk en inkomen] of [werk|werk] en geld");
	assert_marked(&fixture, "Het loket voor werkgevers en het loket",
		"Het [loket voor werkgevers|werkgeversservicepunt] en het loket");
	close_glossary(&fixture);
}

static void finds_a_plural_beside_a_longer_term(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture, TERMS);
	assert_marked(&fixture, "De regels van het spel, en andere regels van ons.",
		"De [regels van het spel|regels van het spel], en andere [regels|regel] van ons.");
	close_glossary(&fixture);
}

static void lets_terms_end_as_plurals(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture, TERMS);
	assert_marked(&fixture, "Werkgeversservicepunten, WSP's en WSPs, cao\u2019s, cao's.",
		"[Werkgeversservicepunten|werkgeversservicepunt], [WSP's|werkgeversservicepunt] en "
		"[WSPs|werkgeversservicepunt], [cao\u2019s|cao], [cao's|cao].");
	assert_marked(
		&fixture, "co\u00f6rdinatoren hier", "[co\u00f6rdinatoren|co\u00f6rdinator] hier");
	assert_marked(&fixture, "werkt werker werkende", "werkt werker werkende");
	assert_marked(&fixture, "'s Werk's'", "'s [Werk's|werk]'");
	close_glossary(&fixture);
}

static void finds_whole_words_only(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture, TERMS);
	assert_marked(&fixture, "netwerk, werkplek, w\u00e9rk, werk\u00e9, werk2, 2werk, werk_",
		"netwerk, werkplek, w\u00e9rk, werk\u00e9, werk2, 2werk, [werk|werk]_");
	assert_marked(&fixture, "(werk) \u201cwerk\u201d werk/werk \u2014werk.",
		"([werk|werk]) \u201c[werk|werk]\u201d [werk|werk]/[werk|werk] \u2014[werk|werk].");
	close_glossary(&fixture);
}

static void takes_hyphens_as_the_edge_of_a_word(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture, TERMS);
	assert_marked(&fixture, "Een WSP-adviseur doet aan e-learning, E-Learnings en e-mail.",
		"Een [WSP|werkgeversservicepunt]-adviseur doet aan [e-learning|e-learning], "
		"[E-Learnings|e-learning] en e-mail.");
	assert_marked(&fixture, "Een zzp'er of ZZP'ers", "Een [zzp'er|ZZP'er] of [ZZP'ers|ZZP'er]");
	close_glossary(&fixture);
}

static void takes_abbreviations_as_they_are_written(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture, TERMS);
	assert_marked(&fixture, "wsp Wsp WSP", "wsp Wsp [WSP|werkgeversservicepunt]");
	assert_marked(&fixture, "AI, ai, Ki, KI, ki",
		"[AI|kunstmatige intelligentie], ai, [Ki|kunstmatige intelligentie], KI, ki");
	assert_marked(&fixture, "CAO cao Cao", "[CAO|cao] [cao|cao] [Cao|cao]");
	close_glossary(&fixture);
	open_glossary(&fixture, "- term: x\n  betekenis: y\n  afkortingen: [W, WSP]\n");
	assert_marked(&fixture, "W Wsp WSP", "[W|x] Wsp [WSP|x]");
	close_glossary(&fixture);
}

static void finds_letters_with_accents_in_either_form(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture, TERMS);
	assert_marked(&fixture, "\u00c9\u00e9nmanszaak, CO\u00d6RDINATOR.",
		"[\u00c9\u00e9nmanszaak|\u00e9\u00e9nmanszaak], "
		"[CO\u00d6RDINATOR|co\u00f6rdinator].");
	assert_marked(&fixture, "een coo\u0308rdinatoren, werk",
		"een [coo\u0308rdinatoren|co\u00f6rdinator], [werk|werk]");
	assert_marked(&fixture, "coordinator", "coordinator");
	close_glossary(&fixture);
}

static void survives_bytes_that_are_no_text(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture, TERMS);
	assert_marked(&fixture, "\xff werk \xc3", "\xff [werk|werk] \xc3");
	assert_marked(&fixture, "werk\xff", "[werk|werk]\xff");
	close_glossary(&fixture);
}

static void starts_from_where_it_is_told(void **state)
{
	struct fixture fixture;
	size_t start, length, entry;

	(void)state;
	open_glossary(&fixture, TERMS);
	assert_true(glossary_find(
		&start, &length, &entry, &fixture.glossary, slice_of("werk en werk"), 4));
	assert_int_equal(start, 8);
	assert_int_equal(length, 4);
	assert_false(
		glossary_find(&start, &length, &entry, &fixture.glossary, slice_of("werk"), 4));
	close_glossary(&fixture);
}

static void finds_a_term_at_the_end_of_a_long_text(void **state)
{
	struct fixture fixture;
	struct text term = {0}, yaml = {0}, text = {0};
	size_t start, length, entry;

	(void)state;
	for (int i = 0; i < 30; i++)
		text_puts(&term, i > 0 ? " lang" : "lang");
	text_printf(&yaml, "- term: %s\n  betekenis: Lang.\n", term.data);
	open_glossary(&fixture, yaml.data);
	for (int i = 0; i < 100; i++)
		text_puts(&text, "lange \u00eb ");
	text_add(&text, text_slice(&term));
	assert_true(
		glossary_find(&start, &length, &entry, &fixture.glossary, text_slice(&text), 0));
	assert_int_equal(start + length, text.size);
	assert_int_equal(length, term.size);
	close_glossary(&fixture);
	text_free(&term);
	text_free(&yaml);
	text_free(&text);
}

static void gives_each_term_an_id_of_its_own(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture,
		"- {term: Caf\u00e9, betekenis: a}\n- {term: caf\u00e8, betekenis: b}\n"
		"- {term: \"?!\", betekenis: c}\n- {term: \"!\", betekenis: d}\n");
	assert_true(slice_is(fixture.glossary.entries[0].id, "cafe"));
	assert_true(slice_is(fixture.glossary.entries[1].id, "cafe-2"));
	assert_true(slice_is(fixture.glossary.entries[2].id, "begrip"));
	assert_true(slice_is(fixture.glossary.entries[3].id, "begrip-2"));
	close_glossary(&fixture);
}

static void says_what_is_wrong(void **state)
{
	(void)state;
	assert_said("term: WSP\n", DIAG_TERM_LIST, 1, "- term: …");
	assert_said("- term: WSP\n", DIAG_TERM_INCOMPLETE, 1, "\"betekenis\"");
	assert_said("- {term: a, betekenis: b}\n- betekenis: Loket\n", DIAG_TERM_INCOMPLETE, 2,
		"\"term\"");
	assert_said("- {term: a, betekenis: \"  \"}\n", DIAG_TERM_INCOMPLETE, 1, "\"betekenis\"");
	assert_said(
		"- {term: a, betekenis: b, synoniemen: c}\n", DIAG_FIELD_LIST, 1, "\"synoniemen\"");
	assert_said("- {term: a, betekenis: b, afkortingen: [[c]]}\n", DIAG_FIELD_LIST, 1,
		"\"afkortingen\"");
	assert_said("- {term: a, betekenis: b, zoek-ook: {c: d}}\n", DIAG_FIELD_LIST, 1,
		"\"zoek-ook\"");
	assert_said("- term: a\n  betekenis: b\n  sinoniemen: [c]\n", DIAG_KEY_UNKNOWN, 3,
		"do you mean: synoniemen?");
	assert_said("- {term: a, betekenis: b}\n- {term: A, betekenis: c}\n", DIAG_TERM_TWICE, 2,
		"\"A\" stands in the glossary already, at \"a\"");
	assert_said("- {term: a, betekenis: b}\n- {term: c, betekenis: d, synoniemen: [e, a]}\n",
		DIAG_TERM_TWICE, 2, "\"a\"");
}

static void lets_one_entry_name_a_word_twice(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(
		&fixture, "- {term: cao, betekenis: b, afkortingen: [CAO], synoniemen: [Cao]}\n");
	assert_int_equal(diag_status(fixture.diags), 0);
	close_glossary(&fixture);
}

static void leaves_out_what_is_no_entry(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture, "- los\n- [a, b]\n-\n- {term: a, betekenis: b}\n");
	assert_int_equal(fixture.glossary.count, 1);
	assert_int_equal(diag_count(fixture.diags, DIAG_ERROR), 6);
	assert_marked(&fixture, "a los", "[a|a] los");
	close_glossary(&fixture);
}

static void takes_an_empty_file(void **state)
{
	struct fixture fixture;

	(void)state;
	open_glossary(&fixture, "# nog niets\n");
	assert_int_equal(diag_status(fixture.diags), 0);
	assert_marked(&fixture, "werk", "werk");
	close_glossary(&fixture);
}

/* Two thousand terms, and a megabyte of words that start as they do and are none of them. */
static void is_quick_where_nothing_is_found(void **state)
{
	struct fixture fixture;
	struct text yaml = {0}, text = {0};
	size_t start, length, entry;
	clock_t before;

	(void)state;
	for (int i = 0; i < 2000; i++)
		text_printf(&yaml, "- {term: werk%d woord, betekenis: b}\n", i);
	for (int i = 0; i < 80000; i++)
		text_printf(&text, "werk%d woor ", i % 3000);
	open_glossary(&fixture, yaml.data);
	assert_int_equal(fixture.glossary.count, 2000);
	before = clock();
	assert_false(
		glossary_find(&start, &length, &entry, &fixture.glossary, text_slice(&text), 0));
	assert_true((double)(clock() - before) / CLOCKS_PER_SEC < 5);
	close_glossary(&fixture);
	text_free(&yaml);
	text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_entries),
		cmocka_unit_test(finds_plurals_of_short_words),
		cmocka_unit_test(finds_terms_synonyms_and_abbreviations),
		cmocka_unit_test(takes_the_longest),
		cmocka_unit_test(finds_a_plural_beside_a_longer_term),
		cmocka_unit_test(lets_terms_end_as_plurals),
		cmocka_unit_test(finds_whole_words_only),
		cmocka_unit_test(takes_hyphens_as_the_edge_of_a_word),
		cmocka_unit_test(takes_abbreviations_as_they_are_written),
		cmocka_unit_test(finds_letters_with_accents_in_either_form),
		cmocka_unit_test(survives_bytes_that_are_no_text),
		cmocka_unit_test(starts_from_where_it_is_told),
		cmocka_unit_test(finds_a_term_at_the_end_of_a_long_text),
		cmocka_unit_test(gives_each_term_an_id_of_its_own),
		cmocka_unit_test(says_what_is_wrong),
		cmocka_unit_test(lets_one_entry_name_a_word_twice),
		cmocka_unit_test(leaves_out_what_is_no_entry),
		cmocka_unit_test(takes_an_empty_file),
		cmocka_unit_test(is_quick_where_nothing_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
