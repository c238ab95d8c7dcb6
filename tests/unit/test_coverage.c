/*
 * What a region makes of each section: one letter for every national section (the introduction
 * aside), then, behind a bar, one for each text that only the region has.
 *
 *   . national   o open   f filled in   + added to   = own   x hidden   n new   ? without a place
 */
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
#include "base/value.h"
#include "input/commits.h"
#include "input/markdown.h"
#include "model/coverage.h"
#include "model/page.h"
#include "model/site.h"

#define NATIONAL                                                                                   \
	"---\ntitel: Proefplaatsing\nsamenvatting: Landelijk.\n---\n"                              \
	"Inleiding.\n\n"                                                                           \
	"## Bellen\n\nBel.\n\n"                                                                    \
	"### Wanneer\n\nOverdag.\n\n"                                                              \
	"### Waar\n\nHier.\n\n"                                                                    \
	"## Wet <!-- #wet vast -->\n\nArtikel 1.\n\n"                                              \
	"## Contact <!-- #contact regio-vult-in -->\n\nVraag het.\n"

/* A site of one page and some regions. */
struct fixture {
	struct arena arena;
	struct diags *diags;
	struct page national;
	struct page *pages[1];
	struct page adaptations[4];
	struct variant plain;
	struct variant variants[4];
	struct variant *of_region[4];
	struct region regions[4];
	struct page_type type;
	struct site site;
	struct text letters;
};

static void open_fixture(struct fixture *fixture)
{
	*fixture = (struct fixture){.diags = diag_new()};
	fixture->type = (struct page_type){.name = slice_of("pagina"), .title = slice_of("Pagina")};
	fixture->national.arena = &fixture->arena;
	fixture->national.file = slice_of("playbooks/s/x.md");
	fixture->national.type = &fixture->type;
	page_parse(&fixture->national, slice_of(NATIONAL), &fixture->type, 1, NULL, fixture->diags);
	overlay_plain(&fixture->plain, &fixture->arena, &fixture->national);
	fixture->pages[0] = &fixture->national;
	fixture->site = (struct site){.national = fixture->pages,
		.plain = &fixture->plain,
		.national_count = 1,
		.regions = fixture->regions};
}

/* Another region, with this adaptation; NULL: none. */
static struct variant *add_region(struct fixture *fixture, const char *adaptation)
{
	size_t number = fixture->site.region_count++;
	struct page *page = &fixture->adaptations[number];

	fixture->regions[number].variants = &fixture->of_region[number];
	if (adaptation == NULL)
		return &fixture->plain;
	page->arena = &fixture->arena;
	page->file = slice_of("content/regios/r/s/x.md");
	page->type = &fixture->type;
	page->role = ROLE_ADAPTATION;
	page_parse(page, slice_of(adaptation), &fixture->type, 1, NULL, fixture->diags);
	(void)overlay_apply(&fixture->variants[number], &fixture->arena, &fixture->national, page,
		fixture->diags);
	fixture->of_region[number] = &fixture->variants[number];
	return &fixture->variants[number];
}

static void close_fixture(struct fixture *fixture)
{
	arena_free(&fixture->arena);
	text_free(&fixture->letters);
	diag_free(fixture->diags);
}

static void assert_letters(
	struct fixture *fixture, const struct variant *variant, const char *wanted)
{
	static const char letters[] = ".of+=xn?";
	struct coverage coverage;

	coverage_find(&coverage, &fixture->arena, variant);
	text_clear(&fixture->letters);
	for (size_t i = 1; i < coverage.count; i++)
		text_byte(&fixture->letters, letters[coverage.cells[i].state]);
	text_byte(&fixture->letters, '|');
	for (size_t i = 0; i < coverage.extra_count; i++)
		text_byte(&fixture->letters, letters[coverage.extra[i].state]);
	assert_string_equal(fixture->letters.data, wanted);
}

static void test_a_region_that_adapts_nothing_has_open_slots_only(void **state)
{
	struct fixture fixture;
	struct variant *variant;

	(void)state;
	open_fixture(&fixture);
	variant = add_region(&fixture, NULL);
	assert_letters(&fixture, variant, "....o|");
	assert_false(coverage_is_own(variant));
	assert_int_equal(coverage_open(variant), 1);
	close_fixture(&fixture);
}

static void test_verbs_become_states(void **state)
{
	struct fixture fixture;

	(void)state;
	open_fixture(&fixture);
	assert_letters(&fixture, add_region(&fixture, "## Vervang: Bellen\n\nZo.\n"), "===.o|");
	assert_letters(&fixture,
		add_region(&fixture, "## Vul aan: Waar\n\nZo.\n\n## Verberg: Wanneer\n\nNee.\n"),
		".x+.o|");
	assert_letters(&fixture,
		add_region(&fixture, "## Zet vooraan: Contact\n\nZo.\n\n## Vul aan: Wet\n\nZo.\n"),
		"...+f|");
	assert_letters(&fixture,
		add_region(&fixture, "## Vervang: Contact\n\nA.\n\n## Nieuw na Wet: B\n\nB.\n"),
		"....f|n");
	close_fixture(&fixture);
}

static void test_a_text_without_its_section_is_listed_behind_the_new_ones(void **state)
{
	struct fixture fixture;
	struct variant *variant;
	const struct part *part;
	struct coverage coverage;

	(void)state;
	open_fixture(&fixture);
	variant = add_region(
		&fixture, "## Vul aan: Verdwenen\n\nWeg.\n\n## Nieuw na Wet: Erbij\n\nErbij.\n");
	assert_letters(&fixture, variant, "....o|n?");
	coverage_find(&coverage, &fixture.arena, variant);
	part = coverage_part(variant, &coverage.extra[0], 0);
	assert_true(slice_is(part->id, "erbij"));
	part = coverage_part(variant, &coverage.extra[1], 0);
	assert_true(slice_is(part->title, "Verdwenen"));
	close_fixture(&fixture);
}

static void test_what_stands_below_a_replaced_heading_leads_to_that(void **state)
{
	struct fixture fixture;
	struct variant *variant;
	struct coverage coverage;

	(void)state;
	open_fixture(&fixture);
	variant = add_region(&fixture, "## Vervang: Bellen\n\nZo.\n");
	coverage_find(&coverage, &fixture.arena, variant);
	assert_true(slice_is(coverage_part(variant, &coverage.cells[3], 3)->id, "bellen"));
	assert_true(slice_is(coverage_part(variant, &coverage.cells[4], 4)->id, "wet"));
	close_fixture(&fixture);
}

static void test_a_whole_page_is_one_state(void **state)
{
	struct fixture fixture;

	(void)state;
	open_fixture(&fixture);
	assert_letters(&fixture, add_region(&fixture, "---\nvervangt-pagina: ja\n---\nAnders.\n"),
		"=====|");
	assert_letters(
		&fixture, add_region(&fixture, "---\nverberg-pagina: Nee.\n---\n"), "xxxxx|");
	close_fixture(&fixture);
}

static void test_drift_stands_at_the_section_and_at_what_is_below_it(void **state)
{
	struct history_commit commit = {.time = 1};
	struct fixture fixture;
	struct variant *variant;
	struct coverage coverage;

	(void)state;
	open_fixture(&fixture);
	variant = add_region(&fixture, "## Vervang: Bellen\n\nZo.\n\n## Vul aan: Wet\n\nZo.\n");
	variant->adapted[0].state = DRIFT_CHANGED;
	variant->adapted[0].commit = &commit;
	coverage_find(&coverage, &fixture.arena, variant);
	assert_ptr_equal(coverage.cells[1].drifted, &variant->adapted[0]);
	assert_ptr_equal(coverage.cells[2].drifted, &variant->adapted[0]);
	assert_null(coverage.cells[4].drifted);
	close_fixture(&fixture);
}

static void test_regions_are_counted(void **state)
{
	struct coverage_counts counts;
	struct fixture fixture;

	(void)state;
	open_fixture(&fixture);
	(void)add_region(&fixture, NULL);
	(void)add_region(&fixture, "## Vervang: Contact\n\nZo.\n");
	(void)add_region(&fixture, "---\neigenaar: wij\n---\n");
	(void)add_region(&fixture, "---\nsamenvatting: Hier.\n---\n");
	coverage_count(&counts, &fixture.site, 0);
	assert_int_equal(counts.adapted, 3);
	assert_int_equal(counts.own, 2);
	assert_int_equal(counts.open, 3);
	close_fixture(&fixture);
}

static void test_a_deeper_section_is_a_column_when_a_region_works_on_it(void **state)
{
	struct fixture fixture;
	size_t *columns;

	(void)state;
	open_fixture(&fixture);
	(void)add_region(&fixture, "## Nieuw na Wanneer: Ook\n\nZo.\n");
	assert_int_equal(coverage_columns(&columns, &fixture.arena, &fixture.site, 0), 3);
	assert_int_equal(columns[1], 4);
	(void)add_region(&fixture, "## Vul aan: Waar\n\nZo.\n");
	assert_int_equal(coverage_columns(&columns, &fixture.arena, &fixture.site, 0), 4);
	assert_int_equal(columns[1], 3);
	close_fixture(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_region_that_adapts_nothing_has_open_slots_only),
		cmocka_unit_test(test_verbs_become_states),
		cmocka_unit_test(test_a_text_without_its_section_is_listed_behind_the_new_ones),
		cmocka_unit_test(test_what_stands_below_a_replaced_heading_leads_to_that),
		cmocka_unit_test(test_a_whole_page_is_one_state),
		cmocka_unit_test(test_drift_stands_at_the_section_and_at_what_is_below_it),
		cmocka_unit_test(test_regions_are_counted),
		cmocka_unit_test(test_a_deeper_section_is_a_column_when_a_region_works_on_it),
	};

	markdown_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
