/* What regio.yml may say, and what texts take from it. */
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
#include "model/region.h"

#define PATH "content/regios/twente/regio.yml"

struct fixture {
	struct region region;
	struct arena arena;
	struct diags *diags;
	int result;
};

static void open_region(struct fixture *fixture, const char *yaml)
{
	struct value *root;

	*fixture = (struct fixture){.diags = diag_new()};
	assert_int_equal(
		yaml_parse(&root, &fixture->arena, slice_of(yaml), PATH, 1, 0, fixture->diags), 0);
	fixture->result = region_read(
		&fixture->region, root, slice_of("twente"), slice_of(PATH), fixture->diags);
}

static void close_region(struct fixture *fixture)
{
	arena_free(&fixture->arena);
	diag_free(fixture->diags);
}

/* The file has this one thing wrong, and gives a region all the same. */
static void assert_says(const char *yaml, enum diag_code code, unsigned line, const char *part)
{
	struct fixture fixture;
	const struct diag *diag;
	size_t count;

	open_region(&fixture, yaml);
	diag = diag_sorted(fixture.diags, &count);
	assert_int_equal(count, 1);
	assert_string_equal(diag_name(diag->code), diag_name(code));
	assert_int_equal(diag->place.line, line);
	assert_string_equal(diag->place.path, PATH);
	if (strstr(diag->text, part) == NULL)
		fail_msg("\"%s\" is not in: %s", part, diag->text);
	assert_true(fixture.region.name.size > 0);
	close_region(&fixture);
}

static void assert_value(const struct fixture *fixture, const char *name, const char *wanted)
{
	const struct value *value = region_value(&fixture->region, slice_of(name));

	if (wanted == NULL) {
		assert_null(value);
		return;
	}
	assert_non_null(value);
	assert_true(slice_is(value->text, wanted));
}

static void reads_a_region(void **state)
{
	struct fixture fixture;

	(void)state;
	open_region(&fixture,
		"naam: Twente\ngemeenten: [Almelo, Enschede]\n"
		"loket: {naam: WSP Twente, url: \"https://wsp.example/\", adres: Plein 1}\n"
		"contact:\n  naam: A. de Vries\n  telefoon: 053 000 00 00\n"
		"  email: wsp@twente.example\n  url: https://wsp.example/contact\n  adres: Plein "
		"1\n"
		"  bereikbaar: op werkdagen\n  gecontroleerd: 2026-10-01\n"
		"katalysator: B. Jansen\nhuisstijl: {kleur: \"#01689b\"}\n");
	assert_int_equal(fixture.result, 0);
	assert_int_equal(diag_status(fixture.diags), 0);
	assert_true(slice_is(fixture.region.name, "Twente"));
	assert_true(slice_is(fixture.region.slug, "twente"));
	assert_true(slice_is(fixture.region.style.color, "#01689b"));
	assert_value(&fixture, "naam", "Twente");
	assert_value(&fixture, "contact.telefoon", "053 000 00 00");
	assert_value(&fixture, "loket.naam", "WSP Twente");
	assert_value(&fixture, "katalysator", "B. Jansen");
	close_region(&fixture);
}

static void needs_no_more_than_a_name(void **state)
{
	struct fixture fixture;

	(void)state;
	open_region(&fixture, "naam: Twente\n");
	assert_int_equal(fixture.result, 0);
	assert_int_equal(diag_status(fixture.diags), 0);
	assert_int_equal(fixture.region.style.color.size, 0);
	close_region(&fixture);
	assert_says("gemeenten: [Almelo]\n", DIAG_FIELD_REQUIRED, 1, "\"naam\"");
	assert_says("naam: \" \"\n", DIAG_FIELD_REQUIRED, 1, "\"naam\"");
	assert_says("naam: [Twente]\n", DIAG_FIELD_REQUIRED, 1, "\"naam\"");
	assert_says("- naam: Twente\n", DIAG_FILE_KEYS, 1, "naam: …");
}

static void finds_no_value_that_is_not_there(void **state)
{
	struct fixture fixture;

	(void)state;
	open_region(&fixture, "naam: Twente\ncontact: {telefoon: 053}\n");
	assert_value(&fixture, "contact.email", NULL);
	assert_value(&fixture, "contact", NULL);
	assert_value(&fixture, "loket.naam", NULL);
	assert_value(&fixture, "naam.naam", NULL);
	assert_value(&fixture, "contact.telefoon.x", NULL);
	assert_value(&fixture, "", NULL);
	assert_value(&fixture, ".", NULL);
	assert_value(&fixture, "contact.", NULL);
	assert_value(&fixture, ".naam", NULL);
	close_region(&fixture);
}

static void says_what_is_wrong(void **state)
{
	(void)state;
	assert_says("naam: T\ngemeente: [a]\n", DIAG_KEY_UNKNOWN, 2, "do you mean: gemeenten?");
	assert_says("naam: T\ngemeenten: Almelo\n", DIAG_FIELD_LIST, 2, "\"gemeenten\"");
	assert_says("naam: T\ngemeenten: [{a: b}]\n", DIAG_FIELD_LIST, 2, "\"gemeenten\"");
	assert_says("naam: T\ncontact: 053\n", DIAG_FIELD_KEYS, 2, "naam: …");
	assert_says("naam: T\ncontact:\n  telfoon: 053\n", DIAG_KEY_UNKNOWN, 3,
		"do you mean: telefoon?");
	assert_says("naam: T\ncontact:\n  telefoon: [053]\n", DIAG_FIELD_TEXT, 3, "\"telefoon\"");
	assert_says("naam: T\ncontact:\n  telefoon:\n", DIAG_FIELD_TEXT, 3, "\"telefoon\"");
	assert_says("naam: T\ncontact:\n  gecontroleerd: vorige week\n", DIAG_FIELD_DATE, 3,
		"\"vorige week\"");
	assert_says("naam: T\nloket: WSP\n", DIAG_FIELD_KEYS, 2, "\"loket\"");
	assert_says("naam: T\nloket: {telefoon: 053}\n", DIAG_KEY_UNKNOWN, 2, "naam, url, adres");
	assert_says("naam: T\nkatalysator: {naam: B}\n", DIAG_FIELD_TEXT, 2, "\"katalysator\"");
	assert_says("naam: T\nhuisstijl: blauw\n", DIAG_FIELD_KEYS, 2, "kleur: …");
}

static void takes_no_address_that_leads_elsewhere(void **state)
{
	static const char *const urls[] = {
		"javascript:alert(1)", "wsp.example", "\"https://a b\"", "data:text/html,x"};
	static const char *const emails[] = {"wsp", "wsp@", "\"@wsp.example\"", "wsp@example",
		"a@b@c.example", "\"a b@c.example\"", "\"a@c.example?subject=x\"",
		"\"a@c.example,d@e.example\"", "mailto:a@c.example"};
	struct text yaml = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
		text_clear(&yaml);
		text_printf(&yaml, "naam: T\ncontact:\n  url: %s\n", urls[i]);
		assert_says(yaml.data, DIAG_FIELD_URL, 3, "at \"url\"");
		text_clear(&yaml);
		text_printf(&yaml, "naam: T\nloket:\n  naam: x\n  url: %s\n", urls[i]);
		assert_says(yaml.data, DIAG_FIELD_URL, 4, "at \"url\"");
	}
	for (size_t i = 0; i < ARRAY_LEN(emails); i++) {
		text_clear(&yaml);
		text_printf(&yaml, "naam: T\ncontact:\n  email: %s\n", emails[i]);
		assert_says(yaml.data, DIAG_FIELD_EMAIL, 3, "at \"email\"");
	}
	text_free(&yaml);
}

static void takes_no_telephone_number_that_is_none(void **state)
{
	static const char *const wrong[] = {"\"bel ons\"", "\"053 000 tst 1\"", "\"12\"",
		"\"0531234567890123\"", "\"053+1\"", "\"\""};
	static const char *const right[] = {"053 000 00 00", "\"+31 (0)53-000 00 00\"", "14 053",
		"\"0900/1234\"", "053.000.00.00", "112"};
	struct text yaml = {0};
	struct fixture fixture;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		text_clear(&yaml);
		text_printf(&yaml, "naam: T\ncontact:\n  telefoon: %s\n", wrong[i]);
		assert_says(yaml.data, DIAG_FIELD_PHONE, 3, "at \"telefoon\"");
	}
	for (size_t i = 0; i < ARRAY_LEN(right); i++) {
		text_clear(&yaml);
		text_printf(&yaml, "naam: T\ncontact:\n  telefoon: %s\n", right[i]);
		open_region(&fixture, yaml.data);
		assert_int_equal(diag_status(fixture.diags), 0);
		close_region(&fixture);
	}
	text_free(&yaml);
}

static void dials_what_a_telephone_knows(void **state)
{
	static const char *const numbers[][2] = {{"053 000 00 01", "0530000001"},
		{"+31 (0)53-000 00 01", "+31530000001"}, {"(053) 000 00 01", "0530000001"},
		{"(0)53 1", "0531"}, {"14 053", "14053"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct text out = {0};

		region_dial(&out, slice_of(numbers[i][0]));
		assert_true(slice_is(text_slice(&out), numbers[i][1]));
		text_free(&out);
	}
}

static void knows_colours(void **state)
{
	static const char *const wrong[] = {"blauw", "\"#fff\"", "\"#01689g\"", "\"#01689b;\"",
		"01689b0", "\"#01689B0\"", "\"} a {\""};
	struct fixture fixture;
	struct text yaml = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		text_clear(&yaml);
		text_printf(&yaml, "naam: T\nhuisstijl:\n  kleur: %s\n", wrong[i]);
		assert_says(yaml.data, DIAG_REGION_COLOR, 3, "is no colour");
	}
	open_region(&fixture, "naam: T\nhuisstijl: {kleur: \"#ABCDEF\"}\n");
	assert_true(slice_is(fixture.region.style.color, "#ABCDEF"));
	close_region(&fixture);
	open_region(&fixture, "naam: T\nhuisstijl: {kleur: rood}\n");
	assert_int_equal(fixture.region.style.color.size, 0);
	close_region(&fixture);
	text_free(&yaml);
}

static void knows_the_names_of_all_values(void **state)
{
	size_t count;
	const char *const *names = region_variables(&count);
	struct fixture fixture;

	(void)state;
	open_region(&fixture, "naam: a\nkatalysator: a\n"
			      "contact: {naam: a, telefoon: 053, email: a@a.example, "
			      "url: \"https://a.example\", adres: a, bereikbaar: a, "
			      "gecontroleerd: 2026-11-20}\n"
			      "loket: {naam: a, url: \"https://a.example\", adres: a}\n");
	assert_int_equal(diag_status(fixture.diags), 0);
	for (size_t i = 0; i < count; i++)
		assert_non_null(region_value(&fixture.region, slice_of(names[i])));
	assert_int_equal(count, 12);
	close_region(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_region),
		cmocka_unit_test(needs_no_more_than_a_name),
		cmocka_unit_test(finds_no_value_that_is_not_there),
		cmocka_unit_test(says_what_is_wrong),
		cmocka_unit_test(takes_no_address_that_leads_elsewhere),
		cmocka_unit_test(takes_no_telephone_number_that_is_none),
		cmocka_unit_test(dials_what_a_telephone_knows),
		cmocka_unit_test(knows_colours),
		cmocka_unit_test(knows_the_names_of_all_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
