/* Questions, conditions and what answers exclude; and the style sheet that is made of them. */
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
#include "input/yaml.h"
#include "model/fit.h"
#include "model/page.h"
#include "model/questions.h"
#include "output/wizard_style.h"

#define QUESTIONS                                                                                  \
	"titel: Wijzer\n"                                                                          \
	"vragen:\n"                                                                                \
	"  uitkering: {vraag: Uitkering?, antwoorden: {ww: WW, bijstand: Bijstand, nee: Nee}}\n"   \
	"  werk: {vraag: Werk?, uitleg: Betaald., antwoorden: {ja: Ja, nee: Nee}}\n"

struct fixture {
	struct arena arena;
	struct diags *diags;
	struct questions questions;
	struct page_type type;
	struct page page;
};

static const struct field fields[] = {
	{.name = {"voor-wie", 8}, .kind = FIELD_TEXT}, {.name = {"eis", 3}, .kind = FIELD_ANSWERS}};

static struct value *read_yaml(struct fixture *fixture, const char *yaml)
{
	struct value *root;

	assert_int_equal(yaml_parse(&root, &fixture->arena, slice_of(yaml), QUESTIONS_PATH, 1, 0,
				 fixture->diags),
		0);
	return root;
}

static void open_fixture(struct fixture *fixture, const char *yaml)
{
	*fixture = (struct fixture){.diags = diag_new()};
	fixture->type = (struct page_type){.fields = fields, .count = ARRAY_LEN(fields)};
	fixture->page = (struct page){.type = &fixture->type};
	questions_read(
		&fixture->questions, &fixture->arena, read_yaml(fixture, yaml), fixture->diags);
}

static void close_fixture(struct fixture *fixture)
{
	diag_free(fixture->diags);
	arena_free(&fixture->arena);
}

static struct scheme read_scheme(struct fixture *fixture, const char *front)
{
	struct scheme scheme = {0};

	fixture->page.front = read_yaml(fixture, front);
	scheme.conditions =
		fit_conditions(&scheme.count, &fixture->arena, &fixture->questions, &fixture->page);
	return scheme;
}

static void reads_questions(void **state)
{
	struct fixture fixture;

	(void)state;
	open_fixture(&fixture, QUESTIONS);
	assert_int_equal(diag_count(fixture.diags, DIAG_ERROR), 0);
	assert_int_equal(fixture.questions.count, 2);
	assert_true(slice_is(fixture.questions.title, "Wijzer"));
	assert_int_equal(fixture.questions.items[0].count, 3);
	assert_true(slice_is(fixture.questions.items[0].answers[1].words, "Bijstand"));
	assert_true(slice_is(fixture.questions.items[1].help, "Betaald."));
	assert_int_equal(questions_find(&fixture.questions, slice_of("werk")), 1);
	assert_int_equal(questions_find(&fixture.questions, slice_of("leeftijd")), 2);
	close_fixture(&fixture);
}

/* Each fault is said once, and leaves out no more than itself. */
static void assert_faults(const char *yaml, size_t errors, size_t questions)
{
	struct fixture fixture;

	open_fixture(&fixture, yaml);
	assert_int_equal(diag_count(fixture.diags, DIAG_ERROR), errors);
	assert_int_equal(fixture.questions.count, questions);
	close_fixture(&fixture);
}

static void says_what_is_no_question(void **state)
{
	struct text many = {0};

	(void)state;
	assert_faults("- a\n", 1, 0);
	assert_faults("titel: X\n", 1, 0);
	assert_faults("vragen: [a]\n", 1, 0);
	assert_faults("vragen:\n  a: nee\n", 1, 0);
	assert_faults("vragen:\n  a: {vraag: A?}\n", 1, 0);
	assert_faults("vragen:\n  A b: {vraag: A?, antwoorden: {ja: Ja, nee: Nee}}\n", 1, 0);
	assert_faults("vragen:\n  a_b: {vraag: A?, antwoorden: {ja: Ja, nee: Nee}}\n", 1, 0);
	assert_faults("vragen:\n  a: {vraag: A?, antwoorden: {ja: Ja}}\n", 1, 0);
	assert_faults("vragen:\n  a: {vraag: '', antwoorden: {ja: Ja, nee: Nee}}\n", 1, 0);
	assert_faults(
		"vragen:\n  a: {vraag: A?, soort: x, antwoorden: {ja: Ja, nee: Nee}}\n", 1, 1);
	assert_faults(
		"vragen:\n  a: {vraag: A?, antwoorden: {ja: Ja, nee: Nee, weet-niet: X}}\n", 1, 1);
	assert_faults(
		"vragen:\n  a: {vraag: A?, antwoorden: {ja: Ja, nee: Nee, wie: [x]}}\n", 1, 1);
	text_puts(&many, "vragen:\n  a:\n    vraag: A?\n    antwoorden:\n");
	for (int i = 0; i < ANSWERS_LIMIT + 3; i++)
		text_printf(&many, "      n%d: x\n", i);
	assert_faults(many.data, 1, 1);
	text_clear(&many);
	text_puts(&many, "vragen:\n");
	for (int i = 0; i < QUESTIONS_LIMIT + 3; i++)
		text_printf(&many, "  v%d: {vraag: V?, antwoorden: {ja: Ja, nee: Nee}}\n", i);
	assert_faults(many.data, 1, QUESTIONS_LIMIT);
	text_free(&many);
}

static void all_questions_must_hold_and_one_answer_is_enough(void **state)
{
	struct fixture fixture;
	struct scheme scheme;
	const int open[] = {ANSWER_OPEN, ANSWER_OPEN};
	const int fits[] = {1, ANSWER_OPEN}, also[] = {0, 1};
	const int not_first[] = {2, 1}, not_second[] = {0, 0};

	(void)state;
	open_fixture(&fixture, QUESTIONS);
	scheme = read_scheme(&fixture, "eis: {uitkering: [ww, bijstand], werk: nee}\n");
	assert_int_equal(scheme.count, 2);
	assert_null(fit_excludes(&scheme, open));
	assert_null(fit_excludes(&scheme, fits));
	assert_null(fit_excludes(&scheme, also));
	assert_ptr_equal(fit_excludes(&scheme, not_first), &scheme.conditions[0]);
	assert_ptr_equal(fit_excludes(&scheme, not_second), &scheme.conditions[1]);
	scheme = read_scheme(&fixture, "eis: {}\n");
	assert_int_equal(scheme.count, 0);
	assert_null(fit_excludes(&scheme, not_first));
	/* What there is not is said elsewhere, and excludes nobody. */
	scheme = read_scheme(&fixture, "eis: {leeftijd: oud, werk: [misschien], uitkering: nee}\n");
	assert_int_equal(scheme.count, 1);
	close_fixture(&fixture);
}

static void hides_by_each_answer_that_excludes(void **state)
{
	struct fixture fixture;
	struct scheme schemes[3];
	struct text css = {0};

	(void)state;
	open_fixture(&fixture, QUESTIONS);
	schemes[0] = read_scheme(&fixture, "eis: {uitkering: [ww, bijstand]}\n");
	schemes[1] = read_scheme(&fixture, "eis: {uitkering: ww}\n");
	schemes[2] = read_scheme(&fixture, "eis: {werk: ja}\n");
	schemes[0].phase = schemes[1].phase = slice_of("eerst");
	schemes[2].phase = slice_of("dan");
	wizard_style_write(&css, &fixture.questions, schemes, 3);
	assert_string_equal(css.data,
		".wijzer:has(#w-uitkering_bijstand:checked) [data-niet~=\"uitkering_bijstand\"],"
		".wijzer:has(#w-uitkering_nee:checked) [data-niet~=\"uitkering_nee\"],"
		".wijzer:has(#w-werk_nee:checked) [data-niet~=\"werk_nee\"]{display:none}\n"
		".wijzer:has(#w-uitkering_ww:checked,#w-uitkering_bijstand:checked,"
		"#w-uitkering_nee:checked) [data-eis=\"uitkering\"],"
		".wijzer:has(#w-werk_ja:checked,#w-werk_nee:checked) [data-eis=\"werk\"]"
		"{--eis:attr(data-past);--eis-na:none;--eis-teken:\"\\2713\"}\n"
		".wijzer:has(#w-uitkering_nee:checked) [data-fase=\"1\"]{display:none}\n"
		".wijzer:has(#w-werk_nee:checked) [data-fase=\"2\"]{display:none}\n"
		".wijzer:has(#w-uitkering_nee:checked):has(#w-werk_nee:checked) "
		".wijzer-niets{display:block}\n");
	text_free(&css);
	close_fixture(&fixture);
}

static void one_without_conditions_is_always_left(void **state)
{
	struct fixture fixture;
	struct scheme schemes[2];
	struct text css = {0};

	(void)state;
	open_fixture(&fixture, QUESTIONS);
	schemes[0] = read_scheme(&fixture, "eis: {werk: ja}\n");
	schemes[1] = read_scheme(&fixture, "eis: {}\n");
	wizard_style_write(&css, &fixture.questions, schemes, 2);
	assert_null(strstr(css.data, "wijzer-niets"));
	assert_null(strstr(css.data, "data-fase"));
	text_clear(&css);
	wizard_style_write(&css, &fixture.questions, schemes + 1, 1);
	assert_null(strstr(css.data, "display:none"));
	text_free(&css);
	close_fixture(&fixture);
}

/* Two alike must not each leave the rule to the other. */
static void equal_conditions_stand_in_the_rule_once(void **state)
{
	struct fixture fixture;
	struct scheme schemes[2];
	struct text css = {0};

	(void)state;
	open_fixture(&fixture, QUESTIONS);
	schemes[0] = read_scheme(&fixture, "eis: {werk: ja}\n");
	schemes[1] = read_scheme(&fixture, "eis: {werk: [ja]}\n");
	wizard_style_write(&css, &fixture.questions, schemes, 2);
	assert_non_null(strstr(
		css.data, "\n.wijzer:has(#w-werk_nee:checked) .wijzer-niets{display:block}\n"));
	text_free(&css);
	close_fixture(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_questions),
		cmocka_unit_test(says_what_is_no_question),
		cmocka_unit_test(all_questions_must_hold_and_one_answer_is_enough),
		cmocka_unit_test(hides_by_each_answer_that_excludes),
		cmocka_unit_test(one_without_conditions_is_always_left),
		cmocka_unit_test(equal_conditions_stand_in_the_rule_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
