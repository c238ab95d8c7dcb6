/* Page types as editors write them, and front matter that does not fit. */
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
#include "model/page_type.h"
#include "model/schema.h"

#define TYPE                                                                                       \
	"titel: Wegwijzer\n"                                                                       \
	"meervoud: Wegwijzers\n"                                                                   \
	"sjabloon: gids\n"                                                                         \
	"genummerd: ja\n"                                                                          \
	"velden:\n"                                                                                \
	"  voor-wie: {label: Voor wie, soort: tekst, verplicht: ja}\n"                             \
	"  kort:     {}\n"                                                                         \
	"  start:    {soort: datum}\n"                                                             \
	"  stappen:  {soort: lijst}\n"                                                             \
	"  vorm:     {soort: keuze, keuzes: [online, op locatie]}\n"                               \
	"  fase:     {soort: keuzes, keuzes: [eerst, dan]}\n"                                      \
	"  bij:      {soort: paginas}\n"                                                           \
	"  bedrag:   {label: Hoeveel, soort: bedrag}\n"                                            \
	"  meer:     {soort: url}\n"                                                               \
	"  aantal:   {soort: getal}\n"                                                             \
	"  gratis:   {soort: ja-nee}\n"                                                            \
	"controles: [samenvatting, bron, herziening, stappen, eigenaar]\n"

struct fixture {
	struct page_type type;
	struct arena arena;
	struct diags *diags;
	int result;
};

static const struct value *read_yaml(struct fixture *fixture, const char *yaml)
{
	struct value *root;

	assert_int_equal(
		yaml_parse(&root, &fixture->arena, slice_of(yaml), "x.yml", 1, 0, fixture->diags),
		0);
	return root;
}

static void open_type(struct fixture *fixture, const char *yaml)
{
	*fixture = (struct fixture){.diags = diag_new()};
	fixture->result = page_type_read(&fixture->type, &fixture->arena, read_yaml(fixture, yaml),
		"x.yml", slice_of("wegwijzer"), fixture->diags);
}

static void close_type(struct fixture *fixture)
{
	arena_free(&fixture->arena);
	diag_free(fixture->diags);
}

static void assert_one(struct fixture *fixture, enum diag_code code, unsigned line, unsigned column,
	const char *part)
{
	size_t count;
	const struct diag *diag = diag_sorted(fixture->diags, &count);

	for (size_t i = 1; i < count; i++)
		print_error("also: %s\n", diag[i].text);
	assert_int_equal(count, 1);
	assert_string_equal(diag_name(diag->code), diag_name(code));
	assert_int_equal(diag->code, code);
	assert_int_equal(diag->place.line, line);
	assert_int_equal(diag->place.column, column);
	if (strstr(diag->text, part) == NULL)
		fail_msg("\"%s\" is not in: %s", part, diag->text);
}

/* The type has this one thing wrong. */
static void assert_type_says(
	const char *yaml, enum diag_code code, unsigned line, unsigned column, const char *part)
{
	struct fixture fixture;

	open_type(&fixture, yaml);
	assert_int_equal(fixture.result, -1);
	assert_one(&fixture, code, line, column, part);
	close_type(&fixture);
}

static size_t check(struct fixture *fixture, const char *yaml, enum page_role role)
{
	open_type(fixture, TYPE);
	assert_int_equal(fixture->result, 0);
	return schema_check(read_yaml(fixture, yaml), &fixture->type, role, "x.md", fixture->diags);
}

#define RIGHT                                                                                      \
	"titel: X\nsamenvatting: S\nbron: B\nherzien-voor: 2027-05-01\neigenaar: ik\n"             \
	"voor-wie: u\n"

/* With this line beside what is right, the page has one thing wrong: on line 7. */
static void assert_says(const char *line, enum diag_code code, unsigned column, const char *part)
{
	struct fixture fixture;
	struct text yaml = {0};

	text_printf(&yaml, "%s%s\n", RIGHT, line);
	assert_int_equal(check(&fixture, yaml.data, ROLE_NATIONAL), 1);
	assert_one(&fixture, code, 7, column, part);
	close_type(&fixture);
	text_free(&yaml);
}

static void assert_fits(const char *line)
{
	struct fixture fixture;
	struct text yaml = {0};

	text_printf(&yaml, "%s%s\n", RIGHT, line);
	assert_int_equal(check(&fixture, yaml.data, ROLE_REGIONAL), 0);
	assert_int_equal(diag_status(fixture.diags), 0);
	close_type(&fixture);
	text_free(&yaml);
}

static void assert_adaptation_says(
	const char *line, enum diag_code code, unsigned column, const char *part)
{
	struct fixture fixture;

	assert_int_equal(check(&fixture, line, ROLE_ADAPTATION), 1);
	assert_one(&fixture, code, 1, column, part);
	close_type(&fixture);
}

/* ---- Types */

static void reads_a_type(void **state)
{
	static const enum field_kind kinds[] = {FIELD_TEXT, FIELD_TEXT, FIELD_DATE, FIELD_LIST,
		FIELD_CHOICE, FIELD_CHOICES, FIELD_PAGES, FIELD_AMOUNT, FIELD_URL, FIELD_NUMBER,
		FIELD_BOOL};
	struct fixture fixture;

	(void)state;
	open_type(&fixture, TYPE);
	assert_int_equal(fixture.result, 0);
	assert_int_equal(diag_status(fixture.diags), 0);
	assert_true(slice_is(fixture.type.name, "wegwijzer"));
	assert_true(slice_is(fixture.type.title, "Wegwijzer"));
	assert_true(slice_is(fixture.type.plural, "Wegwijzers"));
	assert_true(slice_is(fixture.type.template, "gids"));
	assert_true(fixture.type.numbered);
	assert_int_equal(fixture.type.checks, TYPE_NEEDS_SUMMARY | TYPE_NEEDS_SOURCE |
						      TYPE_NEEDS_REVIEW | TYPE_NEEDS_STEPS |
						      TYPE_NEEDS_OWNER);
	assert_int_equal(fixture.type.count, ARRAY_LEN(kinds));
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		assert_int_equal(fixture.type.fields[i].kind, kinds[i]);
		assert_int_equal(fixture.type.fields[i].required, i == 0);
	}
	assert_true(slice_is(fixture.type.fields[0].label, "Voor wie"));
	assert_true(slice_is(fixture.type.fields[1].label, "kort"));
	assert_int_equal(fixture.type.fields[4].choices->count, 2);
	assert_int_equal(fixture.type.fields[5].choices->count, 2);
	assert_ptr_equal(schema_field(&fixture.type, "bij"), &fixture.type.fields[6]);
	assert_null(schema_field(&fixture.type, "bijj"));
	close_type(&fixture);
}

static void needs_no_more_than_a_title(void **state)
{
	struct fixture fixture;

	(void)state;
	open_type(&fixture, "titel: Brief\n");
	assert_int_equal(fixture.result, 0);
	assert_true(slice_is(fixture.type.plural, "Brief"));
	assert_true(slice_is(fixture.type.template, "wegwijzer"));
	assert_false(fixture.type.numbered);
	assert_int_equal(fixture.type.checks, 0);
	assert_int_equal(fixture.type.count, 0);
	close_type(&fixture);
	assert_type_says("meervoud: Brieven\n", DIAG_FIELD_REQUIRED, 1, 0, "\"titel\"");
}

static void says_what_is_wrong_with_a_type(void **state)
{
	(void)state;
	assert_type_says("titel: X\nvelde: {}\n", DIAG_KEY_UNKNOWN, 2, 1, "do you mean: velden?");
	assert_type_says("titel: X\nvelden: [a]\n", DIAG_FIELD_KEYS, 2, 1, "\"velden\"");
	assert_type_says("titel: X\nvelden:\n  a: tekst\n", DIAG_TYPE_FIELD, 3, 6, "\"a\"");
	assert_type_says("titel: X\nvelden:\n  a: {sort: tekst}\n", DIAG_KEY_UNKNOWN, 3, 7,
		"do you mean: soort?");
	assert_type_says("titel: X\nvelden:\n  a: {soort: bedragen}\n", DIAG_TYPE_FIELD_KIND, 3, 14,
		"do you mean: bedrag?");
	assert_type_says("titel: X\nvelden:\n  a: {soort: geheim}\n", DIAG_TYPE_FIELD_KIND, 3, 14,
		"tekst, datum, lijst, keuze, keuzes, bedrag, url, getal, ja-nee, paginas");
	assert_type_says(
		"titel: X\nvelden:\n  bron: {}\n", DIAG_TYPE_FIELD_TAKEN, 3, 9, "\"bron\"");
	assert_type_says(
		"titel: X\nvelden:\n  a: {soort: keuze}\n", DIAG_TYPE_CHOICES, 3, 6, "\"a\"");
	assert_type_says(
		"titel: X\nvelden:\n  a: {soort: keuzes}\n", DIAG_TYPE_CHOICES, 3, 6, "\"a\"");
	assert_type_says("titel: X\nvelden:\n  a: {soort: keuze, keuzes: []}\n", DIAG_TYPE_CHOICES,
		3, 6, "\"a\"");
	assert_type_says("titel: X\nvelden:\n  a: {soort: keuze, keuzes: b}\n", DIAG_FIELD_LIST, 3,
		29, "\"keuzes\"");
	assert_type_says(
		"titel: X\ncontroles: [bronn]\n", DIAG_TYPE_CHECK, 2, 13, "do you mean: bron?");
	assert_type_says("titel: X\ncontroles: bron\n", DIAG_FIELD_LIST, 2, 12, "\"controles\"");
}

static void takes_a_list_for_no_type(void **state)
{
	struct fixture fixture;

	(void)state;
	open_type(&fixture, "- titel: X\n");
	assert_int_equal(fixture.result, -1);
	assert_int_equal(diag_count(fixture.diags, DIAG_ERROR), 1);
	assert_true(slice_is(fixture.type.title, "wegwijzer"));
	assert_true(slice_is(fixture.type.template, "pagina"));
	close_type(&fixture);
}

static void reads_the_other_fields_of_a_type(void **state)
{
	struct fixture fixture;

	(void)state;
	open_type(&fixture, "titel: X\nvelden:\n  a: b\n  c: {label: C}\ncontroles: [x, bron]\n");
	assert_int_equal(fixture.result, -1);
	assert_int_equal(fixture.type.count, 1);
	assert_true(slice_is(fixture.type.fields[0].name, "c"));
	assert_int_equal(fixture.type.checks, TYPE_NEEDS_SOURCE);
	close_type(&fixture);
}

static void knows_what_was_chosen(void **state)
{
	struct fixture fixture = {.diags = diag_new()};
	const struct value *front = read_yaml(&fixture, "een: dan\nlijst: [eerst, later]\n");

	(void)state;
	assert_true(schema_chooses(value_at(front, "een"), slice_of("dan")));
	assert_false(schema_chooses(value_at(front, "een"), slice_of("da")));
	assert_true(schema_chooses(value_at(front, "lijst"), slice_of("later")));
	assert_false(schema_chooses(value_at(front, "lijst"), slice_of("dan")));
	assert_false(schema_chooses(NULL, slice_of("dan")));
	close_type(&fixture);
}

/* ---- Front matter */

static void lets_pass_what_fits(void **state)
{
	static const char *const lines[] = {"", "soort: wegwijzer", "onderwerpen: [a, b]",
		"doelgroep: [adviseur, werkgever, redactie]", "doelgroep: []",
		"gecontroleerd: 2024-02-29", "geldig-tot: 2026-12-31",
		"oude-adressen: [subsidies/oud/]", "concept: ja", "concept: nee", "concept: true",
		"volgorde: 0", "volgorde: 12", "kort: k", "start: 2026-11-20", "stappen: [een]",
		"vorm: op locatie", "fase: dan", "fase: [dan]", "fase: [dan, eerst]", "bij: [x.md]",
		"bij: []", "bedrag: \"\u20ac 500\"", "bedrag: 500 euro per maand",
		"meer: https://example.org/a?b=c#d", "meer: http://example.org", "aantal: 3",
		"gratis: ja"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		assert_fits(lines[i]);
}

static void knows_the_common_fields(void **state)
{
	size_t count;
	const struct field *fields = schema_common(&count);

	(void)state;
	assert_int_equal(count, 14);
	assert_true(slice_is(fields[0].name, "titel"));
	assert_true(fields[0].required);
}

static void suggests_the_key_that_is_meant(void **state)
{
	(void)state;
	assert_says("samenvating: x", DIAG_KEY_UNKNOWN, 1, "do you mean: samenvatting?");
	assert_says("Titel: x", DIAG_KEY_UNKNOWN, 1, "do you mean: titel?");
	assert_says("voorwie: x", DIAG_KEY_UNKNOWN, 1, "do you mean: voor-wie?");
	assert_says("verberg-pagina: x", DIAG_KEY_UNKNOWN, 1, "\"verberg-pagina\"");
	assert_says("iets-heel-anders: x", DIAG_KEY_UNKNOWN, 1,
		"titel, samenvatting, soort, onderwerpen, doelgroep, eigenaar, gecontroleerd, "
		"herzien-voor, geldig-tot, bron, oude-adressen, concept, volgorde, "
		"onderdeel-van, voor-wie, kort");
}

static void holds_each_kind_against_its_value(void **state)
{
	(void)state;
	assert_says("kort: [a]", DIAG_FIELD_TEXT, 7, "\"kort\"");
	assert_says("kort: {a: b}", DIAG_FIELD_TEXT, 7, "\"kort\"");
	assert_says("kort:", DIAG_FIELD_EMPTY, 6, "\"kort\"");
	assert_says("start: 2026-02-30", DIAG_FIELD_DATE, 8, "\"2026-02-30\" at \"start\"");
	assert_says("geldig-tot: morgen", DIAG_FIELD_DATE, 13, "\"morgen\" at \"geldig-tot\"");
	assert_says("onderwerpen: a, b", DIAG_FIELD_LIST, 14, "onderwerpen: [one, two]");
	assert_says("onderwerpen: [[a]]", DIAG_FIELD_LIST, 14, "\"onderwerpen\"");
	assert_says("stappen: [a, {b: c}]", DIAG_FIELD_LIST, 10, "\"stappen\"");
	assert_says("vorm: onlin", DIAG_FIELD_CHOICE, 7, "Choose: online, op locatie.");
	assert_says("vorm: thuis", DIAG_FIELD_CHOICE, 7, "Choose: online, op locatie.");
	assert_says("fase: straks", DIAG_FIELD_CHOICE, 7, "Choose: eerst, dan.");
	assert_says("fase: [dan, straks]", DIAG_FIELD_CHOICE, 13, "\"straks\"");
	assert_says("fase: [dan, [eerst]]", DIAG_FIELD_LIST, 7, "\"fase\"");
	assert_says("fase: {dan: eerst}", DIAG_FIELD_LIST, 7, "\"fase\"");
	assert_says("fase: []", DIAG_FIELD_EMPTY, 7, "\"fase\"");
	assert_says("bij: x.md", DIAG_FIELD_LIST, 6, "\"bij\"");
	assert_says("bedrag: veel", DIAG_FIELD_AMOUNT, 9, "\"veel\" at \"bedrag\"");
	assert_says("aantal: 3,5", DIAG_FIELD_NUMBER, 9, "\"3,5\"");
	assert_says("aantal: -1", DIAG_FIELD_NUMBER, 9, "\"-1\"");
	assert_says("volgorde: eerst", DIAG_FIELD_NUMBER, 11, "\"eerst\"");
	assert_says("gratis: yes", DIAG_FIELD_BOOL, 9, "\"yes\" at \"gratis\"");
	assert_says("concept: x", DIAG_FIELD_BOOL, 10, "\"x\"");
	assert_says("doelgroep: [adviseurs]", DIAG_FIELD_CHOICE, 13,
		"Choose: adviseur, werkgever, redactie.");
}

static void takes_no_address_that_is_none(void **state)
{
	static const char *const wrong[] = {"example.org", "www.example.org", "https://",
		"https:///x", "ftp://example.org", "javascript:alert(1)", "\"https://a b\"",
		"\"https://a\\\"b\"", "https://a<b", "\"https://a\\nb\"", "https://.x",
		"HTTPS://example.org"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct text line = {0};

		text_printf(&line, "meer: %s", wrong[i]);
		assert_says(line.data, DIAG_FIELD_URL, 7, "at \"meer\"");
		text_free(&line);
	}
}

static void wants_what_the_type_wants(void **state)
{
	struct fixture fixture;
	const struct diag *diags;
	size_t count;

	(void)state;
	assert_int_equal(check(&fixture, "soort: x\n", ROLE_NATIONAL), 6);
	diags = diag_sorted(fixture.diags, &count);
	assert_int_equal(count, 6);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(diags[i].code, DIAG_FIELD_REQUIRED);
		assert_string_equal(diags[i].place.path, "x.md");
		assert_int_equal(diags[i].place.line, 1);
	}
	close_type(&fixture);
}

static void wants_more_than_spaces(void **state)
{
	struct fixture fixture;

	(void)state;
	assert_int_equal(check(&fixture,
				 "titel: \"  \"\nsamenvatting: S\nbron: B\n"
				 "herzien-voor: 2027-05-01\neigenaar: ik\nvoor-wie:\n",
				 ROLE_NATIONAL),
		2);
	close_type(&fixture);
}

static void reads_sources(void **state)
{
	static const char front[] = "titel: X\nsamenvatting: S\nherzien-voor: 2027-05-01\n"
				    "eigenaar: ik\nvoor-wie: u\nbron:";
	static const struct {
		const char *source;
		enum diag_code code; /* DIAG_CODES: none */
		unsigned line;
		const char *part;
	} cases[] = {{" Een boek", DIAG_CODES, 0, ""}, {" [Een boek, Nog een]", DIAG_CODES, 0, ""},
		{"\n  - {titel: T, uitgever: U, datum: 2023, url: \"https://a.example\"}\n  - Los",
			DIAG_CODES, 0, ""},
		{" {titel: T}", DIAG_FIELD_SOURCES, 6, "\"bron\" must be a list"},
		{"\n  - {uitgever: U}", DIAG_FIELD_SOURCES, 7, "\"bron\""},
		{"\n  - [T]", DIAG_FIELD_SOURCES, 7, "\"bron\""},
		{"\n  - {titel: T, jaar: 2023}", DIAG_KEY_UNKNOWN, 7,
			"titel, uitgever, datum, url"},
		{"\n  - {titel: T, url: a.example}", DIAG_FIELD_URL, 7, "\"a.example\" at \"url\""},
		{"\n  - {titel: T, uitgever: [U]}", DIAG_FIELD_TEXT, 7, "\"uitgever\""}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct fixture fixture;
		struct text yaml = {0};

		text_printf(&yaml, "%s%s\n", front, cases[i].source);
		(void)check(&fixture, yaml.data, ROLE_NATIONAL);
		if (cases[i].code == DIAG_CODES) {
			assert_int_equal(diag_status(fixture.diags), 0);
		} else {
			size_t count;
			const struct diag *diag = diag_sorted(fixture.diags, &count);

			assert_int_equal(count, 1);
			assert_int_equal(diag->code, cases[i].code);
			assert_int_equal(diag->place.line, cases[i].line);
			assert_non_null(strstr(diag->text, cases[i].part));
		}
		close_type(&fixture);
		text_free(&yaml);
	}
}

/* ---- Adaptations */

static void lets_an_adaptation_say_what_is_the_regions(void **state)
{
	struct fixture fixture;

	(void)state;
	assert_int_equal(check(&fixture,
				 "titel: X\nsamenvatting: S\neigenaar: ik\n"
				 "herzien-voor: 2027-05-01\nonderwerpen: [a]\ngezien: 2026-11-20\n"
				 "vervangt-pagina: nee\nconcept: nee\ncontact: {telefoon: 1}\n",
				 ROLE_ADAPTATION),
		0);
	assert_int_equal(diag_status(fixture.diags), 0);
	close_type(&fixture);
	assert_int_equal(check(&fixture, "", ROLE_ADAPTATION), 0);
	assert_int_equal(diag_status(fixture.diags), 0);
	close_type(&fixture);
}

static void keeps_the_nations_from_an_adaptation(void **state)
{
	static const char *const national[] = {"soort: x", "bron: x", "geldig-tot: 2026-11-20",
		"gecontroleerd: 2026-11-20", "doelgroep: [adviseur]", "oude-adressen: [x]",
		"volgorde: 1", "bedrag: 500", "voor-wie: u", "meer: x"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(national); i++)
		assert_adaptation_says(national[i], DIAG_KEY_NATIONAL, 1, "a region may not set");
	assert_adaptation_says("titels: x", DIAG_KEY_UNKNOWN, 1, "do you mean: titel?");
	assert_adaptation_says(
		"iets-anders: x", DIAG_KEY_UNKNOWN, 1, "verberg-pagina, gezien, concept");
	assert_adaptation_says("gezien: x", DIAG_FIELD_DATE, 9, "\"x\" at \"gezien\"");
}

static void wants_a_reason_for_a_hidden_page(void **state)
{
	struct fixture fixture;

	(void)state;
	assert_adaptation_says("verberg-pagina: ja", DIAG_FIELD_REASON, 17, "must say why");
	assert_adaptation_says("verberg-pagina: nee", DIAG_FIELD_REASON, 17, "must say why");
	assert_adaptation_says("verberg-pagina: \" \"", DIAG_FIELD_REASON, 17, "must say why");
	assert_adaptation_says("verberg-pagina:", DIAG_FIELD_EMPTY, 16, "\"verberg-pagina\"");
	assert_int_equal(check(&fixture, "verberg-pagina: Hier niet.\n", ROLE_ADAPTATION), 0);
	close_type(&fixture);
}

static void knows_yes(void **state)
{
	(void)state;
	assert_true(schema_is_yes(slice_of("ja")));
	assert_true(schema_is_yes(slice_of("true")));
	assert_false(schema_is_yes(slice_of("Ja")));
	assert_false(schema_is_yes(slice_of("nee")));
	assert_false(schema_is_yes(slice_of("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_type),
		cmocka_unit_test(needs_no_more_than_a_title),
		cmocka_unit_test(says_what_is_wrong_with_a_type),
		cmocka_unit_test(takes_a_list_for_no_type),
		cmocka_unit_test(reads_the_other_fields_of_a_type),
		cmocka_unit_test(knows_what_was_chosen),
		cmocka_unit_test(lets_pass_what_fits),
		cmocka_unit_test(knows_the_common_fields),
		cmocka_unit_test(suggests_the_key_that_is_meant),
		cmocka_unit_test(holds_each_kind_against_its_value),
		cmocka_unit_test(takes_no_address_that_is_none),
		cmocka_unit_test(wants_what_the_type_wants),
		cmocka_unit_test(wants_more_than_spaces),
		cmocka_unit_test(reads_sources),
		cmocka_unit_test(lets_an_adaptation_say_what_is_the_regions),
		cmocka_unit_test(keeps_the_nations_from_an_adaptation),
		cmocka_unit_test(wants_a_reason_for_a_hidden_page),
		cmocka_unit_test(knows_yes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
