/* Markdown: lists, facts, checklists, tables, code, callouts, images, links, footnotes, figures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "markdown_case.h"

static void lists_are_tight_or_loose(void **state)
{
	(void)state;
	assert_body("- a\n  - b\n- c\n",
		"<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n");
	assert_body("3. a\n\n4. b\n",
		"<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n");
	assert_body("1) a\n-\n", "<ol>\n<li>a</li>\n</ol>\n<ul>\n<li></li>\n</ul>\n");
}

static void checklists_can_be_ticked(void **state)
{
	(void)state;
	assert_body("- [ ] Bel het *loket*\n- [x] Klaar\n  - onder\n- gewoon\n",
		"<ul class=\"afvinklijst\">\n"
		"<li class=\"afvinken\"><label><input type=\"checkbox\"> <span>Bel het "
		"<em>loket</em>"
		"</span></label></li>\n"
		"<li class=\"afvinken\"><label><input type=\"checkbox\" checked> <span>Klaar"
		"</span></label>\n<ul>\n<li>onder</li>\n</ul>\n</li>\n"
		"<li>gewoon</li>\n</ul>\n");
	assert_body("1. [ ] a\n\n   b\n",
		"<ol class=\"afvinklijst\">\n<li class=\"afvinken\"><label>"
		"<input type=\"checkbox\"> <span>a</span></label>\n"
		"<p>b</p>\n</li>\n</ol>\n");
}

static void boxes_are_seen_wherever_they_stand(void **state)
{
	struct markdown_case parsed;

	(void)state;
	assert_body("- [ ] a [x] b\n- [X] c\n- [ ]\n- [y] d\n- [ ]e\n",
		"<ul class=\"afvinklijst\">\n"
		"<li class=\"afvinken\"><label><input type=\"checkbox\"> <span>a [x] "
		"b</span></label>"
		"</li>\n<li class=\"afvinken\"><label><input type=\"checkbox\" checked> "
		"<span>c</span></label></li>\n<li>[ ]</li>\n<li>[y] d</li>\n<li>[ "
		"]e</li>\n</ul>\n");
	case_parse(&parsed, "> [!Let op]\n> - [ ] a\n> - [x] *b*\n");
	assert_true(slice_search(text_slice(&parsed.body), slice_of("checked> <span><em>b</em>")) <
		    parsed.body.size);
	assert_true(slice_is(parsed.document.sections[0].text, "a\nb"));
	case_free(&parsed);
}

static void labelled_items_are_facts(void **state)
{
	(void)state;
	assert_body("- **Wie:** de *adviseur*\n- **Hoe lang**: 2 weken\n- **Leeg:**\n",
		"<dl class=\"feiten\">\n<div><dt>Wie</dt><dd>de <em>adviseur</em></dd></div>\n"
		"<div><dt>Hoe lang</dt><dd>2 weken</dd></div>\n"
		"<div><dt>Leeg</dt><dd></dd></div>\n</dl>\n");
}

static void one_other_item_makes_a_plain_list(void **state)
{
	(void)state;
	assert_body("- **Wie:** a\n- b\n",
		"<ul>\n<li><strong>Wie:</strong> a</li>\n<li>b</li>\n</ul>\n");
	assert_body("- **Wie:** a\n\n- **Wat:** b\n",
		"<ul>\n<li>\n<p><strong>Wie:</strong> a</p>\n</li>\n"
		"<li>\n<p><strong>Wat:</strong> b</p>\n</li>\n</ul>\n");
	assert_body("1. **Wie:** a\n", "<ol>\n<li><strong>Wie:</strong> a</li>\n</ol>\n");
	assert_body("- **Wie:** a\n  - b\n",
		"<ul>\n<li><strong>Wie:</strong> a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n");
	assert_body("- **Wie** a\n", "<ul>\n<li><strong>Wie</strong> a</li>\n</ul>\n");
	assert_body("- **:** a\n", "<ul>\n<li><strong>:</strong> a</li>\n</ul>\n");
}

static void tables_have_heads_and_sides(void **state)
{
	(void)state;
	assert_body("| a | b | c |  |\n|:--|:-:|--:|---|\n| *d* | `e` | f \\| g | h |\n| i |\n",
		"<div class=\"tabel\" role=\"group\" aria-label=\"Tabel\" "
		"tabindex=\"0\">\n<table>\n"
		"<thead>\n<tr><th scope=\"col\" class=\"links\">a</th>"
		"<th scope=\"col\" class=\"midden\">b</th><th scope=\"col\" class=\"rechts\">c</th>"
		"<td></td></tr>\n</thead>\n<tbody>\n"
		"<tr><td class=\"links\"><em>d</em></td><td class=\"midden\"><code>e</code></td>"
		"<td class=\"rechts\">f | g</td><td>h</td></tr>\n"
		"<tr><td class=\"links\">i</td><td class=\"midden\"></td><td class=\"rechts\"></td>"
		"<td></td></tr>\n</tbody>\n</table>\n</div>\n");
	assert_body("|a|\n|-|\n",
		"<div class=\"tabel\" role=\"group\" aria-label=\"Tabel\" "
		"tabindex=\"0\">\n<table>\n<thead>\n<tr><th scope=\"col\">a</th></tr>"
		"\n</thead>\n</table>\n</div>\n");
}

static void code_keeps_its_signs(void **state)
{
	(void)state;
	assert_body("```yaml extra\na: <b>\n```\n",
		"<pre class=\"code\" tabindex=\"0\"><code class=\"language-yaml\">a: &lt;b&gt;\n"
		"</code></pre>\n");
	assert_body("~~~\n```\n", "<pre class=\"code\" tabindex=\"0\"><code>```\n</code></pre>\n");
}

static void callouts_have_a_frame(void **state)
{
	(void)state;
	assert_body("> [!Gouden tip]\n> Doe *dit*.\n>\n> - a\n\n> [!LET OP]\n> b\n\n"
		    "> [!gouden tip]  \n> > [!Vraag]\n> > c\n",
		"<div class=\"kader kader-gouden-tip\" id=\"gouden-tip-1\" role=\"note\" "
		"aria-label=\"Gouden tip\">\n<p class=\"kader-naam\">Gouden tip</p>\n"
		"<p>Doe <em>dit</em>.</p>\n<ul>\n<li>a</li>\n</ul>\n</div>\n"
		"<div class=\"kader kader-let-op\" id=\"let-op-1\" role=\"note\" "
		"aria-label=\"Let op\">\n<p class=\"kader-naam\">Let op</p>\n<p>b</p>\n</div>\n"
		"<div class=\"kader kader-gouden-tip\" id=\"gouden-tip-2\" role=\"note\" "
		"aria-label=\"Gouden tip\">\n<p class=\"kader-naam\">Gouden tip</p>\n"
		"<div class=\"kader kader-vraag\" id=\"vraag-1\" role=\"note\" "
		"aria-label=\"Vraag\">\n<p class=\"kader-naam\">Vraag</p>\n<p>c</p>\n</div>\n"
		"</div>\n");
}

static void callouts_are_listed_with_their_content(void **state)
{
	struct markdown_case parsed;
	const struct section *section;
	struct text shown = {0};

	(void)state;
	case_parse_slice(&parsed,
		slice_of("## Vraag 1\n\na\n\n> [!Vraag]\n> b {{naam}}\n>\n> c\n>\n> > "
			 "[!Dilemma]\n> > d\n"
			 "\ne\n\n> [!Vraag]\n> f\n"),
		1, "regio-");
	section = &parsed.document.sections[1];
	assert_int_equal(section->callout_count, 3);
	assert_int_equal(section->callouts[0].kind, CALLOUT_QUESTION);
	assert_true(slice_is(section->callouts[0].id, "regio-vraag-1"));
	assert_true(slice_is(section->callouts[0].text, "b\nc\nd"));
	assert_true(slice_is(section->callouts[1].id, "regio-dilemma-1"));
	assert_true(slice_is(section->callouts[1].text, "d"));
	assert_true(slice_is(section->callouts[2].id, "regio-vraag-2"));
	case_show_pieces(
		&shown, section->pieces + section->callouts[0].first, section->callouts[0].count);
	assert_string_equal(shown.data,
		"<p>b {value naam 6:5}</p>\n<p>c</p>\n<div class=\"kader kader-dilemma\" "
		"id=\"regio-dilemma-1\" role=\"note\" aria-label=\"Dilemma\">\n"
		"<p class=\"kader-naam\">Dilemma</p>\n<p>d</p>\n</div>\n");
	text_clear(&shown);
	case_show_pieces(
		&shown, section->pieces + section->callouts[1].first, section->callouts[1].count);
	assert_string_equal(shown.data, "<p>d</p>\n");
	text_free(&shown);
	case_free(&parsed);
}

static void a_callouts_id_is_no_headings(void **state)
{
	struct markdown_case parsed;

	(void)state;
	case_parse(&parsed, "> [!Vraag]\n> a\n\n## Vraag 1\n");
	assert_true(slice_is(parsed.document.sections[0].callouts[0].id, "vraag-2"));
	assert_true(slice_is(parsed.document.sections[1].id, "vraag-1"));
	case_free(&parsed);
}

static void wrong_callouts_are_messages(void **state)
{
	struct markdown_case parsed;

	(void)state;
	assert_case("> [!Tip]\n> a\n\n> [!Iets]\n> b\n",
		"<blockquote>\n<p>[!Tip]\na</p>\n</blockquote>\n"
		"<blockquote>\n<p>[!Iets]\nb</p>\n"
		"</blockquote>\n",
		"1:3 callout-unknown\n4:3 callout-unknown\n");
	case_parse(&parsed, "> [!Dilemma]\n\n> [!Vraag] meteen *tekst*\n> b\n");
	assert_string_equal(parsed.messages.data, "1:3 callout-empty\n3:3 callout-line\n");
	assert_true(slice_is(parsed.document.sections[0].callouts[1].text, "meteen tekst b"));
	case_free(&parsed);
	assert_body("> [gewoon]\n", "<blockquote>\n<p>[gewoon]</p>\n</blockquote>\n");
}

static void images_are_the_sites_own(void **state)
{
	(void)state;
	assert_body("![Een \"kaart\"](kaart.svg \"Bron: <CBS>\")\n\nIn ![b](b.png) tekst.\n",
		"<figure class=\"figuur\"><img src=\"{root}assets/kaart.svg\" "
		"alt=\"Een &quot;kaart&quot;\" loading=\"lazy\"><figcaption>Bron: &lt;CBS&gt;"
		"</figcaption></figure>\n"
		"<p>In <img src=\"{root}assets/b.png\" alt=\"b\" loading=\"lazy\"> tekst.</p>\n");
	assert_case(
		"a ![](b.png)\n![c](https://x.nl/d.png)\n![e](data:image/png,x)\n![f](//x.nl/g)\n"
		"![h](weg.png)\n![i](j.md)\n![k]()\n",
		"<p>a <img src=\"{root}assets/b.png\" alt=\"\" loading=\"lazy\">\n\n\n\n\n\n</p>\n",
		"1:7 image-alt\n2:6 image-elsewhere\n3:6 image-elsewhere\n4:6 image-elsewhere\n"
		"5:6 image-broken\n6:6 image-broken\n7:0 link-empty\n");
}

static void links_are_kept_with_their_place(void **state)
{
	struct markdown_case parsed;
	const struct link *links;

	(void)state;
	case_parse(&parsed,
		"[a](../b/c%20d.md#e%20f) en\n[g](#h) [i](j.pdf)\n\n- [k](https://l.nl/?m#n)\n"
		"  [o][ref]\n\n[ref]: p.md 'titel'\n");
	assert_string_equal(parsed.messages.data, "");
	assert_string_equal(parsed.body.data,
		"<p><a href=\"../../b/c%20d/#e%20f\">a</a> en\n<a href=\"#h\">g</a> "
		"<a href=\"{root}assets/j.pdf\">i</a></p>\n"
		"<ul>\n<li><a class=\"extern\" href=\"https://l.nl/?m#n\">k</a>\n"
		"<a href=\"../p/\" title=\"titel\">o</a></li>\n</ul>\n");
	assert_int_equal(parsed.document.sections[0].link_count, 5);
	links = parsed.document.sections[0].links;
	assert_true(slice_is(links[0].target, "../b/c%20d.md#e%20f"));
	assert_true(slice_is(links[0].page, "../b/c d.md"));
	assert_true(slice_is(links[0].fragment, "e f"));
	assert_int_equal(links[0].line, 1);
	assert_int_equal(links[0].column, 5);
	assert_true(slice_is(links[1].fragment, "h"));
	assert_int_equal(links[1].page.size, 0);
	assert_int_equal(links[1].line, 2);
	assert_int_equal(links[2].page.size, 0);
	assert_int_equal(links[3].line, 4);
	assert_int_equal(links[3].fragment.size, 0);
	assert_int_equal(links[4].line, 5);
	assert_int_equal(links[4].column, 3);
	case_free(&parsed);
}

static void wrong_links_become_text(void **state)
{
	(void)state;
	assert_case("[a](weg.md)\n[b]()\n[c](#)\n[d](/e.md)\n[f](//g.nl)\n[h](<i j.md>)\n[](k.md)\n"
		    "[l](https:m)\n[n](ftp://o)\n[p](q%00.md)\n",
		"<p>a\nb\nc\nd\nf\nh\n\nl\nn\np</p>\n",
		"1:5 link-broken\n2:1 link-empty\n3:5 link-empty\n4:5 link-absolute\n5:5 "
		"link-host\n"
		"6:6 link-character\n7:4 link-textless\n8:5 link-host\n9:5 link-scheme\n"
		"10:5 link-broken\n");
}

static void footnotes_stand_in_their_section(void **state)
{
	(void)state;
	assert_body("a[^x]\n\n## Kop\n\nb[^y] c[^x] d[^x]\n\n[^x]: Noot *een*.\n[^y]: - lijst\n",
		"<p>a<sup class=\"nootcijfer\"><a href=\"#noot-1\" id=\"noot-1-terug\" "
		"aria-label=\"Noot 1\">1</a></sup></p>\n"
		"<div class=\"noten\" role=\"group\" aria-label=\"Noten\">\n<ol>\n"
		"<li id=\"noot-1\" value=\"1\"><p>Noot <em>een</em>. <a class=\"terug\" "
		"href=\"#noot-1-terug\" aria-label=\"Terug naar de tekst bij noot 1\">↩</a></p>\n"
		"</li>\n</ol>\n</div>\n"
		"[2 #kop] Kop\n"
		"<p>b<sup class=\"nootcijfer\"><a href=\"#noot-kop-2\" id=\"noot-kop-2-terug\" "
		"aria-label=\"Noot 2\">2</a></sup> c<sup class=\"nootcijfer\"><a "
		"href=\"#noot-kop-1\" id=\"noot-kop-1-terug\" aria-label=\"Noot 1\">1</a></sup> "
		"d<sup class=\"nootcijfer\"><a href=\"#noot-kop-1\" id=\"noot-kop-1-terug-2\" "
		"aria-label=\"Noot 1\">1</a></sup></p>\n"
		"<div class=\"noten\" role=\"group\" aria-label=\"Noten\">\n<ol>\n"
		"<li id=\"noot-kop-2\" value=\"2\"><ul>\n<li>lijst</li>\n</ul>\n<p> "
		"<a class=\"terug\" href=\"#noot-kop-2-terug\" "
		"aria-label=\"Terug naar de tekst bij noot 2\">↩</a></p></li>\n"
		"<li id=\"noot-kop-1\" value=\"1\"><p>Noot <em>een</em>. <a class=\"terug\" "
		"href=\"#noot-kop-1-terug\" aria-label=\"Terug naar de tekst bij noot 1\">↩</a> "
		"<a class=\"terug\" href=\"#noot-kop-1-terug-2\" "
		"aria-label=\"Terug naar de tekst bij noot 1, 2\">↩<sup>2</sup></a></p>\n"
		"</li>\n</ol>\n</div>\n");
}

static void notes_may_refer_to_notes(void **state)
{
	struct markdown_case parsed;

	(void)state;
	case_parse(&parsed, "a[^x]\n\n[^x]: b[^y]\n[^y]: c[^x]\n");
	assert_string_equal(parsed.messages.data, "");
	assert_true(slice_is(parsed.document.sections[0].text, "a\nb\nc"));
	case_free(&parsed);
}

static void the_same_note_is_its_links_in_each_section(void **state)
{
	struct markdown_case parsed;

	(void)state;
	case_parse(&parsed, "a[^x]\n\n## B\n\nc[^x]\n\n[^x]: [d](weg.md) [e](f.md) {{naam}}\n");
	assert_string_equal(parsed.messages.data, "7:11 link-broken\n");
	assert_int_equal(parsed.document.sections[0].link_count, 1);
	assert_int_equal(parsed.document.sections[1].link_count, 1);
	case_free(&parsed);
}

static void wrong_footnotes_are_messages(void **state)
{
	(void)state;
	assert_case("## Kop[^a]\n\nb\n\n[^a]: c\n[^d]: e\n", "[2 #kop] Kop\n<p>b</p>\n",
		"1:7 footnote-heading\n6:0 footnote-unused\n");
}

static void polls_and_timelines_are_data(void **state)
{
	struct markdown_case parsed;
	const struct section *section;
	const struct value *answer;

	(void)state;
	case_parse(&parsed,
		"a\n\n```peiling\nvraag: Bent u er klaar voor?\ndeelnemers: 042\nantwoorden:\n"
		"  - {antwoord: Ja, procent: \"62,50\"}\n  - {antwoord: Nee, procent: 37}\n```\n\n"
		"> [!Vraag]\n> ```tijdlijn\n> fasen:\n>   - naam: Start\n>     duur: 2 weken\n> "
		"```\n");
	assert_string_equal(parsed.messages.data, "");
	section = &parsed.document.sections[0];
	assert_string_equal(parsed.body.data,
		"<p>a</p>\n{poll}<div class=\"kader kader-vraag\" id=\"vraag-1\" role=\"note\" "
		"aria-label=\"Vraag\">\n<p class=\"kader-naam\">Vraag</p>\n{timeline}</div>\n");
	assert_true(slice_is(section->text, "a\nBent u er klaar voor?\nJa\nNee\nStart\n2 weken"));
	assert_true(
		slice_is(value_text_at(section->pieces[1].data, "vraag"), "Bent u er klaar voor?"));
	assert_int_equal(value_at(section->pieces[1].data, "deelnemers")->kind, VALUE_NUMBER);
	assert_true(slice_is(value_at(section->pieces[1].data, "deelnemers")->text, "42"));
	answer = value_at(section->pieces[1].data, "antwoorden")->first;
	assert_int_equal(value_at(answer, "procent")->kind, VALUE_NUMBER);
	assert_true(slice_is(value_at(answer, "procent")->text, "62.5"));
	case_free(&parsed);
}

static void wrong_figures_are_left_out(void **state)
{
	(void)state;
	assert_case("```peiling\nvraag: a\nantwoorden:\n  - {antwoord: b, procent: 101}\n"
		    "  - {antwoord: c, procent: veel}\n  - {antwoord: d}\n```\n",
		"", "4:28 block-percent\n5:28 block-percent\n6:5 block-missing\n");
	assert_case(
		"```peiling\nvrag: a\n```\n\n```tijdlijn\n```\n\n```tijdlijn\nfasen: later\n```\n",
		"",
		"2:1 block-key\n2:1 block-missing\n2:1 block-missing\n5:0 block-map\n9:8 "
		"block-list\n");
	assert_case("```tijdlijn\nfasen: [{naam: [a]}, b]\n```\n\n```peiling\nvraag: a\n"
		    "deelnemers: -1\nantwoorden: [{antwoord: b, procent: 1}]\n```\n",
		"", "2:16 block-text\n2:22 block-list\n7:13 block-count\n");
	assert_case("- ```peiling\n  vraag: [\n  ```\n", "<ul>\n<li></li>\n</ul>\n",
		"2:10 yaml-bracket\n");
}

static void an_unknown_key_or_too_much_is_only_said(void **state)
{
	(void)state;
	assert_case("```peiling\nvraag: a\nnoot: b\nantwoorden:\n  - {antwoord: c, procent: 60}\n"
		    "  - {antwoord: d, procent: 40.001}\n```\n",
		"{poll}", "2:1 poll-over\n3:1 block-key\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_tight_or_loose),
		cmocka_unit_test(checklists_can_be_ticked),
		cmocka_unit_test(boxes_are_seen_wherever_they_stand),
		cmocka_unit_test(labelled_items_are_facts),
		cmocka_unit_test(one_other_item_makes_a_plain_list),
		cmocka_unit_test(tables_have_heads_and_sides),
		cmocka_unit_test(code_keeps_its_signs),
		cmocka_unit_test(callouts_have_a_frame),
		cmocka_unit_test(callouts_are_listed_with_their_content),
		cmocka_unit_test(a_callouts_id_is_no_headings),
		cmocka_unit_test(wrong_callouts_are_messages),
		cmocka_unit_test(images_are_the_sites_own),
		cmocka_unit_test(links_are_kept_with_their_place),
		cmocka_unit_test(wrong_links_become_text),
		cmocka_unit_test(footnotes_stand_in_their_section),
		cmocka_unit_test(notes_may_refer_to_notes),
		cmocka_unit_test(the_same_note_is_its_links_in_each_section),
		cmocka_unit_test(wrong_footnotes_are_messages),
		cmocka_unit_test(polls_and_timelines_are_data),
		cmocka_unit_test(wrong_figures_are_left_out),
		cmocka_unit_test(an_unknown_key_or_too_much_is_only_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
