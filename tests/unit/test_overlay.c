/*
 * What a region makes of a national page. Each test gives both texts as editors write them, and
 * the page that comes of it as an outline:
 *
 *   2 kosten "Kosten"            level, id and title of a part; behind it what is special
 *     N Een uur.                 a block of the nation
 *     R Twee uur. <- 1           a block of the region, in the place of one national section
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
#include "model/date.h"
#include "model/overlay.h"
#include "model/page.h"

#define NATIONAL                                                                                   \
	"---\ntitel: Proefplaatsing\nsamenvatting: Landelijk.\neigenaar: programmaraad\n"          \
	"herzien-voor: 2027-05-01\n---\n"                                                          \
	"Inleiding.\n\n"                                                                           \
	"## Wie belt er?\n\nHet loket belt.\n\n"                                                   \
	"## Kosten: overzicht\n\nEen uur.\n\n"                                                     \
	"### Voor de werkgever <!-- #werkgever -->\n\nNiets.\n\n"                                  \
	"### Voor de kandidaat\n\nReiskosten.\n\n"                                                 \
	"## De wet <!-- #wet vast -->\n\nArtikel 1.\n\n"                                           \
	"### Lid 2\n\nTwee maanden.\n\n"                                                           \
	"## Contact <!-- #contact regio-vult-in -->\n\nVraag het uw regio.\n\n"                    \
	"## Tot slot\n\nSucces.\n\n### Vragen?\n\nMail ons.\n"

#define PLAIN                                                                                      \
	"1\n  N Inleiding.\n"                                                                      \
	"2 wie-belt-er \"Wie belt er?\"\n  N Het loket belt.\n"                                    \
	"2 kosten-overzicht \"Kosten: overzicht\"\n  N Een uur.\n"                                 \
	"3 werkgever \"Voor de werkgever\"\n  N Niets.\n"                                          \
	"3 voor-de-kandidaat \"Voor de kandidaat\"\n  N Reiskosten.\n"                             \
	"2 wet \"De wet\"\n  N Artikel 1.\n"                                                       \
	"3 lid-2 \"Lid 2\"\n  N Twee maanden.\n"                                                   \
	"2 contact \"Contact\" (open)\n  N Vraag het uw regio.\n"                                  \
	"2 tot-slot \"Tot slot\"\n  N Succes.\n"                                                   \
	"3 vragen \"Vragen?\"\n  N Mail ons.\n"

/* Both pages, and what came of them. */
struct fixture {
	struct page national;
	struct page adaptation;
	struct page_type type;
	struct arena arena;
	struct variant variant;
	struct diags *diags;
	size_t errors;
	struct text outline;
};

static void add_part(struct text *out, const struct part *part)
{
	text_printf(out, "%u", part->level);
	if (part->level > 1)
		text_printf(out, " %.*s \"%.*s\"", (int)part->id.size, part->id.data,
			(int)part->title.size, part->title.data);
	if (part->open_slot)
		text_puts(out, " (open)");
	if (part->national == NULL)
		text_puts(out, " (new)");
	if (part->hidden != NULL)
		text_printf(out, " (hidden: %.*s)", (int)slice_trim(part->hidden->text).size,
			slice_trim(part->hidden->text).data);
	text_byte(out, '\n');
	for (size_t i = 0; i < part->count; i++) {
		const struct block *block = &part->blocks[i];
		struct slice text = slice_trim(block->section->text);

		text_printf(out, "  %c %.*s", block->regional ? 'R' : 'N', (int)text.size,
			text.size > 0 ? text.data : "");
		if (block->replaced != NULL)
			text_printf(out, " <- %zu", block->replaced_count);
		text_byte(out, '\n');
	}
}

static void apply_to(struct fixture *fixture, const char *national, const char *adaptation)
{
	*fixture = (struct fixture){.diags = diag_new()};
	fixture->type = (struct page_type){.name = slice_of("pagina"), .title = slice_of("Pagina")};
	fixture->national.arena = fixture->adaptation.arena = &fixture->arena;
	fixture->national.file = slice_of("playbooks/s/x.md");
	fixture->national.type = &fixture->type;
	fixture->adaptation.file = slice_of("content/regios/r/s/x.md");
	fixture->adaptation.type = &fixture->type;
	fixture->adaptation.role = ROLE_ADAPTATION;
	page_parse(&fixture->national, slice_of(national), &fixture->type, 1, NULL, fixture->diags);
	page_parse(&fixture->adaptation, slice_of(adaptation), &fixture->type, 1, NULL,
		fixture->diags);
	assert_int_equal(diag_status(fixture->diags), 0);
	fixture->errors = overlay_apply(&fixture->variant, &fixture->arena, &fixture->national,
		&fixture->adaptation, fixture->diags);
	for (size_t i = 0; i < fixture->variant.count; i++)
		add_part(&fixture->outline, &fixture->variant.parts[i]);
	text_puts(&fixture->outline, "");
}

static void apply(struct fixture *fixture, const char *adaptation)
{
	apply_to(fixture, NATIONAL, adaptation);
}

static void close_fixture(struct fixture *fixture)
{
	arena_free(&fixture->arena);
	text_free(&fixture->outline);
	diag_free(fixture->diags);
}

/* The outline is PLAIN with `now` in the place of `was`. */
static void assert_changed(const struct fixture *fixture, const char *was, const char *now)
{
	struct slice plain = slice_of(PLAIN);
	size_t at = slice_search(plain, slice_of(was));
	struct text wanted = {0};

	assert_true(at < plain.size);
	text_add(&wanted, (struct slice){plain.data, at});
	text_puts(&wanted, now);
	text_add(&wanted, slice_from(plain, at + strlen(was)));
	assert_int_equal(diag_count(fixture->diags, DIAG_ERROR), 0);
	assert_int_equal(fixture->errors, 0);
	assert_string_equal(fixture->outline.data, wanted.data);
	text_free(&wanted);
}

/* Behind the page as it was stands the text, since nobody knows where it belongs. */
static void assert_kept_at_the_end(const char *outline)
{
	const char *heading = "2 regionale-informatie \"Regionale informatie\" (new)\n3 ";
	const char *end = outline + strlen(PLAIN);

	assert_memory_equal(outline, PLAIN, strlen(PLAIN));
	assert_memory_equal(end, heading, strlen(heading));
	assert_non_null(strstr(end, " (new)\n  R X.\n"));
}

/*
 * The adaptation gives this one error, on this line, and changes nothing; but a text without a
 * target is kept at the end.
 */
static void assert_refused_with(
	const char *adaptation, enum diag_code code, unsigned line, const char *part_of_text)
{
	struct fixture fixture;
	const struct diag *diag;
	size_t count;

	apply(&fixture, adaptation);
	diag = diag_sorted(fixture.diags, &count);
	assert_int_equal(count, 1);
	assert_string_equal(diag_name(diag->code), diag_name(code));
	assert_int_equal(diag->code, code);
	assert_int_equal(diag->place.line, line);
	assert_string_equal(diag->place.path, "content/regios/r/s/x.md");
	if (strstr(diag->text, part_of_text) == NULL)
		fail_msg("\"%s\" is not in: %s", part_of_text, diag->text);
	assert_int_equal(fixture.errors, 1);
	if (code == DIAG_OVERLAY_TARGET || code == DIAG_OVERLAY_AMBIGUOUS)
		assert_kept_at_the_end(fixture.outline.data);
	else
		assert_string_equal(fixture.outline.data, PLAIN);
	close_fixture(&fixture);
}

/* ---- Pages as they are */

static void shows_a_page_as_it_is(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "");
	assert_string_equal(fixture.outline.data, PLAIN);
	overlay_plain(&fixture.variant, &fixture.arena, &fixture.national);
	text_clear(&fixture.outline);
	for (size_t i = 0; i < fixture.variant.count; i++)
		add_part(&fixture.outline, &fixture.variant.parts[i]);
	assert_string_equal(fixture.outline.data, PLAIN);
	assert_null(fixture.variant.adaptation);
	assert_true(slice_is(fixture.variant.title, "Proefplaatsing"));
	close_fixture(&fixture);
}

static void shows_a_page_of_the_region_as_its_own(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "");
	fixture.adaptation.role = ROLE_REGIONAL;
	overlay_plain(&fixture.variant, &fixture.arena, &fixture.adaptation);
	assert_int_equal(fixture.variant.count, 1);
	assert_true(fixture.variant.parts[0].blocks[0].regional);
	close_fixture(&fixture);
}

static void borrows_what_is_left_alone(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Verberg: Tot slot\n\nHier niet.\n");
	assert_ptr_equal(
		fixture.variant.parts[1].blocks[0].section, &fixture.national.document.sections[1]);
	close_fixture(&fixture);
}

/* ---- Verbs */

static void replaces_a_section(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Vervang: Wie belt er?\n\nDe regio belt.\n");
	assert_changed(&fixture, "  N Het loket belt.\n", "  R De regio belt. <- 1\n");
	close_fixture(&fixture);
}

static void replaces_a_section_with_those_below_it(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Vervang: Kosten: overzicht\n\nGratis.\n\n### Toch niet\n\nKoffie.\n");
	assert_changed(&fixture,
		"  N Een uur.\n3 werkgever \"Voor de werkgever\"\n  N Niets.\n"
		"3 voor-de-kandidaat \"Voor de kandidaat\"\n  N Reiskosten.\n",
		"  R Gratis. <- 3\n3 toch-niet \"Toch niet\" (new)\n  R Koffie.\n");
	close_fixture(&fixture);
}

static void replaces_a_deeper_section(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Vervang: Voor de werkgever\n\nIets.\n\n### Hoeveel\n\nVeel.\n");
	assert_changed(&fixture, "  N Niets.\n",
		"  R Iets. <- 1\n4 hoeveel \"Hoeveel\" (new)\n  R Veel.\n");
	close_fixture(&fixture);
}

static void replaces_by_headings_alone(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Vervang: Wie belt er?\n\n### Eerst\n\nDe regio.\n");
	assert_changed(&fixture, "  N Het loket belt.\n",
		"  R  <- 1\n3 eerst \"Eerst\" (new)\n  R De regio.\n");
	close_fixture(&fixture);
}

static void adds_at_the_end(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Vul aan: Wie belt er?\n\nOf de regio.\n\n### Wanneer\n\nNooit.\n");
	assert_changed(&fixture, "  N Het loket belt.\n",
		"  N Het loket belt.\n  R Of de regio.\n3 wanneer \"Wanneer\" (new)\n  R Nooit.\n");
	close_fixture(&fixture);
}

static void adds_at_the_end_behind_deeper_sections(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Vul aan: Kosten: overzicht\n\nEn koffie.\n");
	assert_changed(&fixture, "  N Reiskosten.\n", "  N Reiskosten.\n  R En koffie.\n");
	close_fixture(&fixture);
}

static void adds_at_the_start(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Zet vooraan: Kosten: overzicht\n\nEerst dit.\n");
	assert_changed(&fixture, "  N Een uur.\n", "  R Eerst dit.\n  N Een uur.\n");
	close_fixture(&fixture);
}

static void adds_more_than_once_in_the_order_of_the_file(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Vul aan: Wie belt er?\n\nD.\n\n## Zet vooraan: Wie belt er?\n\nA.\n\n"
			"## Vul aan: Wie belt er?\n\nE.\n\n## Zet vooraan: Wie belt er?\n\nB.\n");
	assert_changed(&fixture, "  N Het loket belt.\n",
		"  R A.\n  R B.\n  N Het loket belt.\n  R D.\n  R E.\n");
	close_fixture(&fixture);
}

static void adds_sections_before_and_behind(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Nieuw na Wie belt er?: Twee\n\nB.\n\n### Deel\n\nBb.\n\n"
			"## Nieuw voor Wie belt er?: Een\n\nA.\n\n"
			"## Nieuw na Wie belt er?: Drie\n\nC.\n\n"
			"## Nieuw voor Wie belt er?: Anderhalf\n\nAa.\n");
	assert_changed(&fixture, "2 wie-belt-er \"Wie belt er?\"\n  N Het loket belt.\n",
		"2 een \"Een\" (new)\n  R A.\n"
		"2 anderhalf \"Anderhalf\" (new)\n  R Aa.\n"
		"2 wie-belt-er \"Wie belt er?\"\n  N Het loket belt.\n"
		"2 twee \"Twee\" (new)\n  R B.\n3 deel \"Deel\" (new)\n  R Bb.\n"
		"2 drie \"Drie\" (new)\n  R C.\n");
	close_fixture(&fixture);
}

static void adds_a_section_behind_the_deeper_ones_of_its_target(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Nieuw na Tot slot: Einde\n\nNu echt.\n");
	assert_changed(&fixture, "  N Mail ons.\n",
		"  N Mail ons.\n2 einde \"Einde\" (new)\n  R Nu echt.\n");
	close_fixture(&fixture);
}

static void adds_a_section_at_the_level_of_its_target(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Nieuw voor Voor de kandidaat: Voor beiden\n\nEen kaart.\n\n### "
			"Welke\n\nDie.\n");
	assert_changed(&fixture, "  N Niets.\n",
		"  N Niets.\n3 voor-beiden \"Voor beiden\" (new)\n  R Een kaart.\n"
		"4 welke \"Welke\" (new)\n  R Die.\n");
	close_fixture(&fixture);
}

static void hides_a_section_and_those_below_it(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Verberg: Kosten: overzicht\n\nDie zijn er niet.\n");
	assert_changed(&fixture,
		"2 kosten-overzicht \"Kosten: overzicht\"\n  N Een uur.\n"
		"3 werkgever \"Voor de werkgever\"\n  N Niets.\n"
		"3 voor-de-kandidaat \"Voor de kandidaat\"\n  N Reiskosten.\n",
		"2 kosten-overzicht \"Kosten: overzicht\" (hidden: Die zijn er niet.)\n");
	close_fixture(&fixture);
}

static void adds_beside_what_is_taken_away(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Nieuw na Wie belt er?: Na\n\nC.\n\n## Vervang: Wie belt er?\n\nB.\n\n"
			"## Nieuw voor Wie belt er?: Voor\n\nA.\n");
	assert_changed(&fixture, "2 wie-belt-er \"Wie belt er?\"\n  N Het loket belt.\n",
		"2 voor \"Voor\" (new)\n  R A.\n2 wie-belt-er \"Wie belt er?\"\n  R B. <- 1\n"
		"2 na \"Na\" (new)\n  R C.\n");
	close_fixture(&fixture);
	apply(&fixture, "## Verberg: Tot slot\n\nNiet hier.\n\n## Nieuw na Tot slot: Slot\n\nZ.\n");
	assert_changed(&fixture,
		"2 tot-slot \"Tot slot\"\n  N Succes.\n3 vragen \"Vragen?\"\n  N Mail ons.\n",
		"2 tot-slot \"Tot slot\" (hidden: Niet hier.)\n2 slot \"Slot\" (new)\n  R Z.\n");
	close_fixture(&fixture);
}

static void adds_to_a_section_of_which_a_part_is_replaced(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture,
		"## Vervang: #werkgever\n\nAlles.\n\n## Vul aan: #kosten-overzicht\n\nMeer.\n");
	assert_changed(&fixture,
		"  N Niets.\n3 voor-de-kandidaat \"Voor de kandidaat\"\n  N Reiskosten.\n",
		"  R Alles. <- 1\n3 voor-de-kandidaat \"Voor de kandidaat\"\n"
		"  N Reiskosten.\n  R Meer.\n");
	close_fixture(&fixture);
}

/* ---- Targets */

static void finds_a_target_whatever_its_case_and_punctuation(void **state)
{
	static const char *const written[] = {"Wie belt er?", "wie belt er", "WIE BELT ER!",
		"Wie  belt, er?", "#wie-belt-er", "\"Wie belt er?\""};
	struct fixture fixture;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(written); i++) {
		struct text adaptation = {0};

		text_printf(&adaptation, "## Vervang: %s\n\nDe regio.\n", written[i]);
		apply(&fixture, adaptation.data);
		assert_changed(&fixture, "  N Het loket belt.\n", "  R De regio. <- 1\n");
		close_fixture(&fixture);
		text_free(&adaptation);
	}
}

static void finds_a_heading_that_kept_its_former_text_as_its_id(void **state)
{
	struct fixture fixture;

	(void)state;
	apply_to(&fixture,
		"---\ntitel: X\n---\n## Wie betaalt? <!-- #wie-belt-er -->\n\nHet loket.\n",
		"## Vervang: Wie belt er?\n\nDe regio.\n");
	assert_int_equal(fixture.errors, 0);
	assert_non_null(strstr(fixture.outline.data, "  R De regio. <- 1\n"));
	close_fixture(&fixture);

	/* An id that draaiboek made is no word of the editor's. */
	apply_to(&fixture, "---\ntitel: X\n---\n## Wie-belt er\n\nA.\n\n## Wie belt-er\n\nB.\n",
		"## Vervang: Wie belt er 2\n\nDe regio.\n");
	assert_int_equal(fixture.errors, 1);
	close_fixture(&fixture);
}

static void finds_a_target_with_accents_in_either_form(void **state)
{
	struct fixture fixture;

	(void)state;
	apply_to(&fixture, "---\ntitel: X\n---\n## Co\u00f6rdinatie \u00c9\u00e9n\n\nA.\n",
		"## Vervang: coo\u0308rdinatie \u00e9e\u0301n\n\nB.\n");
	assert_int_equal(fixture.errors, 0);
	close_fixture(&fixture);
}

static void reads_verbs_whatever_their_case(void **state)
{
	static const char *const written[] = {"vervang: wie belt er", "VERVANG: wie belt er",
		"Vervang : wie belt er", "Vervang:wie belt er"};
	struct fixture fixture;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(written); i++) {
		struct text adaptation = {0};

		text_printf(&adaptation, "## %s\n\nDe regio.\n", written[i]);
		apply(&fixture, adaptation.data);
		assert_changed(&fixture, "  N Het loket belt.\n", "  R De regio. <- 1\n");
		close_fixture(&fixture);
		text_free(&adaptation);
	}
}

static void finds_where_a_target_with_a_colon_ends(void **state)
{
	static const char *const written[] = {"Nieuw voor Kosten: overzicht: Uren: hoeveel",
		"Nieuw voor: kosten overzicht: Uren: hoeveel",
		"Nieuw voor #kosten-overzicht: Uren: hoeveel"};
	struct fixture fixture;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(written); i++) {
		struct text adaptation = {0};

		text_printf(&adaptation, "## %s\n\nVeel.\n", written[i]);
		apply(&fixture, adaptation.data);
		assert_changed(&fixture, "2 kosten-overzicht",
			"2 uren-hoeveel \"Uren: hoeveel\" (new)\n  R Veel.\n2 kosten-overzicht");
		close_fixture(&fixture);
		text_free(&adaptation);
	}
}

static void refuses_a_colon_that_splits_in_two_ways(void **state)
{
	struct fixture fixture;
	const struct diag *diag;
	size_t count;

	(void)state;
	apply_to(&fixture, "---\ntitel: X\n---\n## A\n\nA.\n\n## A: b\n\nB.\n",
		"## Nieuw na A: b: c\n\nC.\n");
	diag = diag_sorted(fixture.diags, &count);
	assert_int_equal(count, 1);
	assert_int_equal(diag->code, DIAG_OVERLAY_AMBIGUOUS);
	assert_non_null(strstr(diag->text, "\"A\" (#a), \"A: b\" (#a-b)"));
	close_fixture(&fixture);
	apply_to(&fixture, "---\ntitel: X\n---\n## A\n\nA.\n\n## A: b\n\nB.\n",
		"## Nieuw na A: b\n\nC.\n");
	assert_int_equal(fixture.errors, 0);
	assert_string_equal(fixture.outline.data,
		"1\n  N \n2 a \"A\"\n  N A.\n2 b \"b\" (new)\n  R C.\n2 a-b \"A: b\"\n  N B.\n");
	close_fixture(&fixture);
}

static void names_all_that_a_target_can_be(void **state)
{
	static const char national[] = "---\ntitel: X\n---\n## Doel\n\nA.\n\n### Contact\n\nB.\n\n"
				       "## Contact!\n\nC.\n";
	struct fixture fixture;
	const struct diag *diag;
	size_t count;

	(void)state;
	apply_to(&fixture, national, "## Vervang: contact\n\nD.\n");
	diag = diag_sorted(fixture.diags, &count);
	assert_int_equal(count, 1);
	assert_int_equal(diag->code, DIAG_OVERLAY_AMBIGUOUS);
	assert_non_null(strstr(diag->text, "\"Contact\" (#contact), \"Contact!\" (#contact-2)"));
	close_fixture(&fixture);
	apply_to(&fixture, national, "## Vervang: #contact-2\n\nD.\n");
	assert_int_equal(fixture.errors, 0);
	close_fixture(&fixture);
}

static void refuses_a_target_that_is_not_there(void **state)
{
	(void)state;
	assert_refused_with("\n## Vervang: Wie bet er?\n\nX.\n", DIAG_OVERLAY_TARGET, 2,
		"do you mean: \"Wie belt er?\" (#wie-belt-er)?");
	assert_refused_with(
		"## Verberg: #contct\n\nX.\n", DIAG_OVERLAY_TARGET, 1, "\"Contact\" (#contact)");
	assert_refused_with("## Vul aan: Iets heel anders\n\nX.\n", DIAG_OVERLAY_TARGET, 1,
		"(#wie-belt-er), \"Kosten: overzicht\" (#kosten-overzicht), \"Voor de werkgever\"");
	assert_refused_with("## Nieuw na Kosten: Titel\n\nX.\n", DIAG_OVERLAY_TARGET, 1,
		"no heading \"Kosten\"");
	assert_refused_with("## Vervang:\n\nX.\n", DIAG_OVERLAY_TARGET, 1, "no heading \"\"");
	assert_refused_with("## Vervang: ?!\n\nX.\n", DIAG_OVERLAY_TARGET, 1, "no heading \"?!\"");
	assert_refused_with("## Vervang: #-\n\nX.\n", DIAG_OVERLAY_TARGET, 1, "no heading \"#-\"");
}

/* ---- What is refused */

static void refuses_what_is_no_verb(void **state)
{
	(void)state;
	assert_refused_with("## Vervagn: Wie belt er?\n\nX.\n", DIAG_OVERLAY_VERB, 1,
		"do you mean: Vervang: …?");
	assert_refused_with("## Vervang Wie belt er?\n\nX.\n", DIAG_OVERLAY_VERB, 1,
		"do you mean: Vervang: …?");
	assert_refused_with("## Vulaan: Wie belt er?\n\nX.\n", DIAG_OVERLAY_VERB, 1,
		"do you mean: Vul aan: …?");
	assert_refused_with("## Niew na Contact: Titel\n\nX.\n", DIAG_OVERLAY_VERB, 1,
		"do you mean: Nieuw na …: Titel?");
	assert_refused_with("## Nieuwnaam: Titel\n\nX.\n", DIAG_OVERLAY_VERB, 1, "Nieuwnaam");
	assert_refused_with("## Vervanging: Contact\n\nX.\n", DIAG_OVERLAY_VERB, 1, "Vervanging");
	assert_refused_with("## Wie belt er?\n\nX.\n", DIAG_OVERLAY_VERB, 1,
		"Vervang: …, Vul aan: …, Zet vooraan: …, Nieuw na …: Titel, Nieuw voor …: Titel, "
		"Verberg: …?");
	assert_refused_with("## Vervang\n\nX.\n", DIAG_OVERLAY_VERB, 1, "do you mean: Vervang: …?");
}

static void refuses_a_new_section_without_a_title(void **state)
{
	(void)state;
	assert_refused_with(
		"## Nieuw na Contact\n\nX.\n", DIAG_OVERLAY_TITLE, 1, "Nieuw na Contact");
	assert_refused_with(
		"## Nieuw na Contact:\n\nX.\n", DIAG_OVERLAY_TITLE, 1, "Nieuw na Contact");
	assert_refused_with("## Nieuw na\n\nX.\n", DIAG_OVERLAY_TITLE, 1, "Nieuw na");
	/* Only the first colon has something behind it, but the heading ends at the second. */
	assert_refused_with("## Nieuw na Kosten: overzicht:\n\nX.\n", DIAG_OVERLAY_TARGET, 1,
		"no heading \"Kosten\"");
}

static void refuses_text_above_the_first_heading(void **state)
{
	(void)state;
	assert_refused_with("---\neigenaar: ik\n---\n\nVerdwaald.\n", DIAG_OVERLAY_INTRO, 4,
		"above the first heading");
}

static void lets_a_comment_stand_above_the_first_heading(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "<!-- Nog te doen -->\n\n## Vervang: Contact\n\nX.\n");
	assert_int_equal(fixture.errors, 0);
	close_fixture(&fixture);
}

static void reads_on_below_text_that_has_no_place(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "Verdwaald.\n\n## Vervang: Wie belt er?\n\nB.\n\n## Foo: bar\n\nX.\n\n"
			"### Dieper\n\nY.\n\n## Verberg: Tot slot\n\nZ.\n");
	assert_int_equal(fixture.errors, 2);
	assert_int_equal(diag_count(fixture.diags, DIAG_ERROR), 2);
	assert_non_null(strstr(fixture.outline.data, "  R B. <- 1\n"));
	assert_non_null(strstr(fixture.outline.data, "(hidden: Z.)"));
	assert_null(strstr(fixture.outline.data, "Dieper"));
	close_fixture(&fixture);
}

static void refuses_a_deeper_heading_first(void **state)
{
	struct fixture fixture;
	const struct diag *diags;
	size_t count;

	(void)state;
	apply(&fixture, "### Vervang: Contact\n\nX.\n\n#### Nog dieper\n\nY.\n");
	diags = diag_sorted(fixture.diags, &count);
	assert_int_equal(fixture.errors, 1);
	for (size_t i = 0; i < count; i++)
		assert_true(diags[i].code == DIAG_OVERLAY_LEVEL || diags[i].level == DIAG_WARNING);
	assert_string_equal(fixture.outline.data, PLAIN);
	close_fixture(&fixture);
}

static void refuses_a_heading_without_text(void **state)
{
	(void)state;
	assert_refused_with("## Vervang: Contact\n", DIAG_OVERLAY_EMPTY, 1, "\"Contact\"");
	assert_refused_with(
		"## Vul aan: Contact\n\n<!-- later -->\n", DIAG_OVERLAY_EMPTY, 1, "Contact");
	assert_refused_with("## Zet vooraan: Contact\n", DIAG_OVERLAY_EMPTY, 1, "Contact");
	assert_refused_with("## Nieuw na Contact: Titel\n", DIAG_OVERLAY_EMPTY, 1, "Contact");
	assert_refused_with("## Verberg: Contact\n", DIAG_OVERLAY_REASON, 1, "does not say why");
}

static void refuses_headings_where_none_may_stand(void **state)
{
	(void)state;
	assert_refused_with("## Zet vooraan: Contact\n\nA.\n\n### Kop\n\nB.\n",
		DIAG_OVERLAY_SUBHEADING, 5, "\"Contact\"");
	assert_refused_with("## Verberg: Contact\n\nA.\n\n### Kop\n\nB.\n", DIAG_OVERLAY_SUBHEADING,
		5, "\"Contact\"");
}

static void lets_a_fixed_section_only_be_added_to(void **state)
{
	struct fixture fixture;

	(void)state;
	assert_refused_with("## Vervang: De wet\n\nX.\n", DIAG_OVERLAY_FIXED, 1, "\"De wet\"");
	assert_refused_with("## Verberg: De wet\n\nX.\n", DIAG_OVERLAY_FIXED, 1, "Vul aan");
	assert_refused_with("## Zet vooraan: De wet\n\nX.\n", DIAG_OVERLAY_FIXED, 1, "De wet");
	apply(&fixture, "## Vul aan: De wet\n\nEn dit.\n");
	assert_changed(&fixture, "  N Twee maanden.\n", "  N Twee maanden.\n  R En dit.\n");
	close_fixture(&fixture);
	apply(&fixture,
		"## Nieuw na De wet: Uitleg\n\nZo.\n\n## Nieuw voor De wet: Vooraf\n\nDit.\n");
	assert_int_equal(fixture.errors, 0);
	close_fixture(&fixture);
}

static void takes_what_is_below_a_fixed_heading_as_fixed(void **state)
{
	struct fixture fixture;

	(void)state;
	assert_refused_with("## Vervang: Lid 2\n\nX.\n", DIAG_OVERLAY_FIXED, 1, "\"Lid 2\"");
	assert_refused_with("## Verberg: Lid 2\n\nX.\n", DIAG_OVERLAY_FIXED, 1, "\"Lid 2\"");
	assert_refused_with("## Zet vooraan: Lid 2\n\nX.\n", DIAG_OVERLAY_FIXED, 1, "\"Lid 2\"");
	assert_refused_with(
		"## Nieuw voor Lid 2: Lid 1\n\nX.\n", DIAG_OVERLAY_FIXED, 1, "\"Lid 2\"");
	apply(&fixture, "## Vul aan: Lid 2\n\nEn dit.\n");
	assert_int_equal(fixture.errors, 0);
	close_fixture(&fixture);
}

static void keeps_a_fixed_section_below_what_is_replaced(void **state)
{
	static const char national[] =
		"---\ntitel: X\n---\n## Alles\n\nA.\n\n### Bedrag <!-- vast -->\n\nB.\n";
	struct fixture fixture;

	(void)state;
	apply_to(&fixture, national, "## Vervang: Alles\n\nC.\n");
	assert_int_equal(fixture.errors, 1);
	close_fixture(&fixture);
	apply_to(&fixture, national, "## Verberg: Alles\n\nC.\n");
	assert_int_equal(fixture.errors, 1);
	close_fixture(&fixture);
	apply_to(&fixture, national, "## Zet vooraan: Alles\n\nC.\n");
	assert_int_equal(fixture.errors, 0);
	close_fixture(&fixture);
}

/* One of two that do not go together is left out: the later one. */
static void assert_clash(const char *first, const char *second)
{
	struct fixture fixture;
	struct text both = {0};
	const struct diag *diag;
	size_t count;

	text_printf(&both, "## %s\n\nX.\n\n## %s\n\nY.\n", first, second);
	apply(&fixture, both.data);
	diag = diag_sorted(fixture.diags, &count);
	assert_int_equal(count, 1);
	assert_int_equal(diag->code, DIAG_OVERLAY_TWICE);
	assert_int_equal(diag->place.line, 5);
	assert_non_null(strstr(diag->text, "on line 1,"));
	assert_non_null(strstr(fixture.outline.data, "X."));
	assert_null(strstr(fixture.outline.data, "Y."));
	close_fixture(&fixture);
	text_free(&both);
}

static void refuses_what_is_replaced_twice(void **state)
{
	(void)state;
	assert_clash("Vervang: Wie belt er?", "Vervang: #wie-belt-er");
	assert_clash("Vervang: Wie belt er?", "Verberg: Wie belt er?");
	assert_clash("Verberg: Wie belt er?", "Vervang: Wie belt er?");
	assert_clash("Vervang: Wie belt er?", "Vul aan: Wie belt er?");
	assert_clash("Vul aan: Wie belt er?", "Vervang: Wie belt er?");
	assert_clash("Verberg: Wie belt er?", "Zet vooraan: Wie belt er?");
	assert_clash("Zet vooraan: Wie belt er?", "Verberg: Wie belt er?");
}

static void refuses_a_part_of_what_is_replaced(void **state)
{
	(void)state;
	assert_clash("Vervang: Kosten: overzicht", "Vervang: Voor de werkgever");
	assert_clash("Vervang: Voor de werkgever", "Vervang: Kosten: overzicht");
	assert_clash("Verberg: Kosten: overzicht", "Vul aan: Voor de kandidaat");
	assert_clash("Vul aan: Voor de kandidaat", "Verberg: Kosten: overzicht");
	assert_clash("Vervang: Kosten: overzicht", "Nieuw na Voor de werkgever: Titel");
	assert_clash("Nieuw na Voor de werkgever: Titel", "Vervang: Kosten: overzicht");
}

/* ---- Slots, ids, front matter */

static void tells_slots_that_are_filled(void **state)
{
	static const struct {
		const char *adaptation;
		bool open;
	} cases[] = {{"## Vervang: Contact\n\nBel.\n", false},
		{"## Vul aan: Contact\n\nBel.\n", false},
		{"## Zet vooraan: Contact\n\nBel.\n", false},
		{"## Verberg: Contact\n\nDaarom.\n", false},
		{"## Nieuw na Contact: Iets\n\nBel.\n", true},
		{"## Vervang: Tot slot\n\nDag.\n", true}};
	struct fixture fixture;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		apply(&fixture, cases[i].adaptation);
		assert_int_equal(fixture.errors, 0);
		assert_int_equal(overlay_find(&fixture.variant, slice_of("contact"))->open_slot,
			cases[i].open);
		close_fixture(&fixture);
	}
}

static void gives_each_part_an_id_of_its_own(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture,
		"## Nieuw na Wie belt er?: Tot slot\n\nA.\n\n## Nieuw na Contact: Tot slot\n\n"
		"B.\n\n### Vragen?\n\nC.\n\n## Nieuw na Contact: !?\n\nD.\n");
	assert_non_null(strstr(fixture.outline.data, "2 tot-slot-2 \"Tot slot\" (new)\n  R A.\n"));
	assert_non_null(strstr(fixture.outline.data, "2 tot-slot-3 \"Tot slot\" (new)\n  R B.\n"));
	assert_non_null(strstr(fixture.outline.data, "3 vragen-2 \"Vragen?\" (new)\n  R C.\n"));
	assert_non_null(strstr(fixture.outline.data, "2 sectie \"!?\" (new)\n  R D.\n"));
	assert_non_null(strstr(fixture.outline.data, "2 tot-slot \"Tot slot\"\n"));
	assert_int_equal(diag_status(fixture.diags), 0);
	close_fixture(&fixture);
}

static void warns_of_a_given_id_that_is_taken(void **state)
{
	struct fixture fixture;
	const struct diag *diag;
	size_t count;

	(void)state;
	apply(&fixture, "## Nieuw na Contact: Spreekuur <!-- #wet -->\n\nA.\n\n"
			"## Nieuw na Contact: Balie <!-- #balie -->\n\nB.\n");
	diag = diag_sorted(fixture.diags, &count);
	assert_int_equal(count, 1);
	assert_int_equal(diag->code, DIAG_OVERLAY_ID);
	assert_int_equal(diag->place.line, 1);
	assert_non_null(strstr(fixture.outline.data, "2 wet-2 \"Spreekuur\" (new)\n"));
	assert_non_null(strstr(fixture.outline.data, "2 balie \"Balie\" (new)\n"));
	close_fixture(&fixture);
}

static void gives_the_ids_of_what_is_replaced_to_the_region(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture,
		"## Vervang: Kosten: overzicht\n\nA.\n\n### Wie <!-- #werkgever -->\n\nB.\n");
	assert_int_equal(diag_status(fixture.diags), 0);
	assert_non_null(strstr(fixture.outline.data, "3 werkgever \"Wie\" (new)\n"));
	close_fixture(&fixture);
}

static void finds_parts_by_id(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "");
	assert_true(slice_is(overlay_find(&fixture.variant, slice_of("wet"))->title, "De wet"));
	assert_null(overlay_find(&fixture.variant, slice_of("w")));
	assert_null(overlay_find(&fixture.variant, slice_of("wet2")));
	close_fixture(&fixture);
}

static void takes_front_matter_over(void **state)
{
	struct fixture fixture;
	int date;

	(void)state;
	apply(&fixture, "---\ntitel: Anders\nsamenvatting: Ook anders.\neigenaar: regio\n"
			"herzien-voor: 2026-12-01\ncontact: {telefoon: 010 000 00 00}\n---\n");
	assert_true(slice_is(fixture.variant.title, "Anders"));
	assert_true(slice_is(fixture.variant.summary, "Ook anders."));
	assert_true(slice_is(fixture.variant.owner, "regio"));
	assert_int_equal(date_parse(&date, slice_of("2026-12-01")), 0);
	assert_int_equal(fixture.variant.review, date);
	assert_true(slice_is(value_text_at(fixture.variant.contact, "telefoon"), "010 000 00 00"));
	assert_string_equal(fixture.outline.data, PLAIN);
	close_fixture(&fixture);
	apply(&fixture, "");
	assert_true(slice_is(fixture.variant.title, "Proefplaatsing"));
	assert_true(slice_is(fixture.variant.summary, "Landelijk."));
	assert_true(slice_is(fixture.variant.owner, "programmaraad"));
	assert_int_equal(fixture.variant.review, fixture.national.review);
	assert_null(fixture.variant.contact);
	close_fixture(&fixture);
}

static void replaces_a_whole_page(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture,
		"---\nvervangt-pagina: ja\n---\nHeel anders.\n\n## Vervang: niets\n\nEcht.\n");
	assert_int_equal(fixture.errors, 0);
	assert_true(fixture.variant.replaced);
	assert_string_equal(fixture.outline.data,
		"1 (new)\n  R Heel anders.\n2 vervang-niets \"Vervang: niets\" (new)\n  R Echt.\n");
	assert_ptr_equal(fixture.variant.page, &fixture.national);
	close_fixture(&fixture);
	apply(&fixture, "---\nvervangt-pagina: nee\n---\n");
	assert_false(fixture.variant.replaced);
	close_fixture(&fixture);
}

static void hides_a_whole_page(void **state)
{
	struct fixture fixture;
	const struct diag *diag;
	size_t count;

	(void)state;
	apply(&fixture, "---\nverberg-pagina: Hier niet.\n---\n");
	assert_int_equal(diag_status(fixture.diags), 0);
	assert_true(slice_is(fixture.variant.hidden->text, "Hier niet."));
	assert_int_equal(fixture.variant.count, 0);
	close_fixture(&fixture);
	apply(&fixture, "---\nverberg-pagina: Hier niet.\n---\n\n## Vul aan: Contact\n\nWeg.\n");
	diag = diag_sorted(fixture.diags, &count);
	assert_int_equal(count, 1);
	assert_int_equal(diag->code, DIAG_OVERLAY_UNUSED);
	assert_int_equal(diag->place.line, 5);
	close_fixture(&fixture);
}

/* Each with its own headings, one level deeper, in the order of the file. */
static void keeps_every_text_whose_target_is_gone(void **state)
{
	struct fixture fixture;

	(void)state;
	apply(&fixture, "## Vervang: Weg\n\nX.\n\n### Dieper\n\nY.\n\n## Nieuw na #ook-weg: "
			"Spreekuur\n\nZ.\n");
	assert_int_equal(fixture.errors, 2);
	assert_string_equal(fixture.outline.data + strlen(PLAIN),
		"2 regionale-informatie \"Regionale informatie\" (new)\n"
		"3 weg \"Weg\" (new)\n  R X.\n"
		"4 dieper \"Dieper\" (new)\n  R Y.\n"
		"3 spreekuur \"Spreekuur\" (new)\n  R Z.\n");
	close_fixture(&fixture);
}

static void takes_a_national_page_without_sections(void **state)
{
	struct fixture fixture;

	(void)state;
	apply_to(&fixture, "---\ntitel: X\n---\nAlleen dit.\n", "## Vervang: Iets\n\nX.\n");
	assert_int_equal(fixture.errors, 1);
	assert_string_equal(fixture.outline.data,
		"1\n  N Alleen dit.\n"
		"2 regionale-informatie \"Regionale informatie\" (new)\n"
		"3 iets \"Iets\" (new)\n  R X.\n");
	close_fixture(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_a_page_as_it_is),
		cmocka_unit_test(shows_a_page_of_the_region_as_its_own),
		cmocka_unit_test(borrows_what_is_left_alone),
		cmocka_unit_test(replaces_a_section),
		cmocka_unit_test(replaces_a_section_with_those_below_it),
		cmocka_unit_test(replaces_a_deeper_section),
		cmocka_unit_test(replaces_by_headings_alone),
		cmocka_unit_test(adds_at_the_end),
		cmocka_unit_test(adds_at_the_end_behind_deeper_sections),
		cmocka_unit_test(adds_at_the_start),
		cmocka_unit_test(adds_more_than_once_in_the_order_of_the_file),
		cmocka_unit_test(adds_sections_before_and_behind),
		cmocka_unit_test(adds_a_section_behind_the_deeper_ones_of_its_target),
		cmocka_unit_test(adds_a_section_at_the_level_of_its_target),
		cmocka_unit_test(hides_a_section_and_those_below_it),
		cmocka_unit_test(adds_beside_what_is_taken_away),
		cmocka_unit_test(adds_to_a_section_of_which_a_part_is_replaced),
		cmocka_unit_test(finds_a_target_whatever_its_case_and_punctuation),
		cmocka_unit_test(finds_a_heading_that_kept_its_former_text_as_its_id),
		cmocka_unit_test(finds_a_target_with_accents_in_either_form),
		cmocka_unit_test(reads_verbs_whatever_their_case),
		cmocka_unit_test(finds_where_a_target_with_a_colon_ends),
		cmocka_unit_test(refuses_a_colon_that_splits_in_two_ways),
		cmocka_unit_test(names_all_that_a_target_can_be),
		cmocka_unit_test(refuses_a_target_that_is_not_there),
		cmocka_unit_test(refuses_what_is_no_verb),
		cmocka_unit_test(refuses_a_new_section_without_a_title),
		cmocka_unit_test(refuses_text_above_the_first_heading),
		cmocka_unit_test(lets_a_comment_stand_above_the_first_heading),
		cmocka_unit_test(reads_on_below_text_that_has_no_place),
		cmocka_unit_test(refuses_a_deeper_heading_first),
		cmocka_unit_test(refuses_a_heading_without_text),
		cmocka_unit_test(refuses_headings_where_none_may_stand),
		cmocka_unit_test(lets_a_fixed_section_only_be_added_to),
		cmocka_unit_test(takes_what_is_below_a_fixed_heading_as_fixed),
		cmocka_unit_test(keeps_a_fixed_section_below_what_is_replaced),
		cmocka_unit_test(refuses_what_is_replaced_twice),
		cmocka_unit_test(refuses_a_part_of_what_is_replaced),
		cmocka_unit_test(tells_slots_that_are_filled),
		cmocka_unit_test(gives_each_part_an_id_of_its_own),
		cmocka_unit_test(warns_of_a_given_id_that_is_taken),
		cmocka_unit_test(gives_the_ids_of_what_is_replaced_to_the_region),
		cmocka_unit_test(finds_parts_by_id),
		cmocka_unit_test(takes_front_matter_over),
		cmocka_unit_test(replaces_a_whole_page),
		cmocka_unit_test(hides_a_whole_page),
		cmocka_unit_test(keeps_every_text_whose_target_is_gone),
		cmocka_unit_test(takes_a_national_page_without_sections),
	};

	markdown_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
