/* Markdown: sections, ids and marks, running text, and the plain text beside it. */
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

static void an_empty_file_is_an_empty_introduction(void **state)
{
	struct markdown_case parsed;

	(void)state;
	case_parse(&parsed, "");
	assert_int_equal(parsed.status, 0);
	assert_int_equal(parsed.document.count, 1);
	assert_int_equal(parsed.document.sections[0].level, 1);
	assert_int_equal(parsed.document.sections[0].count, 0);
	assert_int_equal(parsed.document.sections[0].id.size, 0);
	case_free(&parsed);
}

static void headings_make_sections(void **state)
{
	(void)state;
	assert_body("Vooraf.\n\n## Wat is het?\n\nTekst.\n\n### Dieper *in*\n\nMeer.\n\nKop\n---\n",
		"<p>Vooraf.</p>\n"
		"[2 #wat-is-het] Wat is het?\n<p>Tekst.</p>\n"
		"[3 #dieper-in] Dieper <em>in</em>\n<p>Meer.</p>\n"
		"[2 #kop] Kop\n");
}

static void a_section_knows_its_line(void **state)
{
	struct markdown_case parsed;

	(void)state;
	case_parse_slice(&parsed, slice_of("Vooraf.\n\n## Eén\n\ntekst\n\n## Twee\n"), 12, "");
	assert_int_equal(parsed.document.sections[0].line, 12);
	assert_int_equal(parsed.document.sections[1].line, 14);
	assert_int_equal(parsed.document.sections[2].line, 18);
	case_free(&parsed);
}

static void comments_give_ids_and_marks(void **state)
{
	(void)state;
	assert_body("## Bedrag <!-- #bedrag vast -->\n## Loket <!-- regio-vult-in -->\n"
		    "## Gewoon <!-- nog nakijken -->\n## Beide <!--#x regio-vult-in vast-->\n",
		"[2 #bedrag vast] Bedrag\n[2 #loket slot] Loket\n[2 #gewoon] Gewoon\n"
		"[2 #x vast slot] Beide\n");
}

static void an_id_is_known_to_be_given(void **state)
{
	struct markdown_case parsed;

	(void)state;
	case_parse(&parsed, "## A <!-- #b -->\n## C\n");
	assert_true(parsed.document.sections[1].id_given);
	assert_false(parsed.document.sections[2].id_given);
	case_free(&parsed);
}

static void slugs_give_way_to_given_ids(void **state)
{
	(void)state;
	assert_body("## Kosten\n## Kosten\n## Anders <!-- #kosten -->\n## Kosten\n## ???\n## !!!\n",
		"[2 #kosten-2] Kosten\n[2 #kosten-3] Kosten\n[2 #kosten] Anders\n[2 #kosten-4] "
		"Kosten\n"
		"[2 #kop] ???\n[2 #kop-2] !!!\n");
	assert_body("## Café één\n## a-2\n## a\n## a\n",
		"[2 #cafe-een] Café één\n[2 #a-2] a-2\n[2 #a] a\n[2 #a-3] a\n");
}

static void wrong_ids_and_marks_are_errors(void **state)
{
	(void)state;
	assert_case("## A <!-- #Fout -->\n## B <!-- #b vsat -->\n## C <!-- #c iets -->\n"
		    "## D <!-- #b -->\n## E <!-- #pagina-top -->\n## F <!-- #noot-1 -->\n"
		    "## G <!-- #9 -->\n## H <!-- vast #h -->\n",
		"[2 #a] A\n[2 #b] B\n[2 #c] C\n[2 #d] D\n[2 #e] E\n[2 #f] F\n[2 #g] G\n"
		"[2 #h vast] H\n",
		"1:11 id-malformed\n2:14 mark-unknown\n3:14 mark-unknown\n4:11 id-twice\n"
		"5:11 id-reserved\n6:11 id-reserved\n7:11 id-malformed\n8:16 mark-unknown\n");
}

static void a_slug_leaves_the_layouts_ids_alone(void **state)
{
	(void)state;
	assert_body("## Pagina einde\n## Noot 1\n",
		"[2 #kop-pagina-einde] Pagina einde\n[2 #kop-noot-1] Noot 1\n");
}

static void wrong_headings_are_messages(void **state)
{
	(void)state;
	assert_case("# Titel\n\n#### Diep\n\n##\n\n- ## In lijst\n\n> Kop\n> ---\n",
		"[2 #titel] Titel\n[4 #diep] Diep\n[2 #kop] \n"
		"<ul>\n<li><p><strong>In lijst</strong></p>\n</li>\n</ul>\n"
		"<blockquote>\n<p><strong>Kop</strong></p>\n</blockquote>\n",
		"1:0 heading-title\n3:0 heading-skipped\n5:0 heading-empty\n"
		"7:3 heading-nested\n9:0 heading-nested\n");
}

static void too_many_headings_are_refused(void **state)
{
	struct markdown_case parsed;
	struct text many = {0};

	(void)state;
	for (int i = 0; i < 2000; i++)
		text_puts(&many, "## a\n");
	case_parse_slice(&parsed, text_slice(&many), 1, "");
	assert_int_equal(parsed.status, 0);
	assert_true(slice_is(parsed.document.sections[2000].id, "a-2000"));
	case_free(&parsed);
	text_puts(&many, "## a\n");
	case_parse_slice(&parsed, text_slice(&many), 1, "");
	assert_int_equal(parsed.status, -1);
	assert_string_equal(parsed.messages.data, "2001:0 headings-many\n");
	assert_int_equal(parsed.document.count, 0);
	case_free(&parsed);
	text_free(&many);
}

static void a_title_is_plain_text(void **state)
{
	struct markdown_case parsed;

	(void)state;
	case_parse(&parsed, "## Bel  *het* `loket` van {{naam}} & [co](b.md) <!-- #x -->\n");
	assert_string_equal(parsed.body.data, "[2 #x] Bel  <em>het</em> <code>loket</code> van "
					      "{value naam 1:27} &amp; <a href=\"../b/\">co</a>\n");
	assert_true(slice_is(parsed.document.sections[1].title, "Bel het loket van & co"));
	assert_int_equal(parsed.document.sections[1].link_count, 1);
	case_free(&parsed);
}

static void text_is_escaped_and_marked_up(void **state)
{
	(void)state;
	assert_body("a < b & c > d \"e\" *f* **g** `<h>`\\\ni  \nj\nk ~~l~~\n\n***\n",
		"<p>a &lt; b &amp; c &gt; d \"e\" <em>f</em> <strong>g</strong> "
		"<code>&lt;h&gt;</code><br>\ni<br>\nj\nk ~~l~~</p>\n<hr>\n");
}

static void values_become_pieces(void **state)
{
	(void)state;
	assert_body("é {{naam}} en {{ contact.tele-foon2 }}.\n[bel {{naam}}](tel:1)\n`{{code}}`\n",
		"<p>é {value naam 1:3} en {value contact.tele-foon2 1:15}.\n"
		"<a href=\"tel:1\">bel {value naam 2:6 in link}</a>\n<code>{{code}}</code></p>\n");
	assert_body("    {{code}}\n", "<pre class=\"code\" tabindex=\"0\"><code>{{code}}\n"
				      "</code></pre>\n");
}

static void malformed_values_are_errors(void **state)
{
	(void)state;
	assert_case("x {{}} {{Naam}} {{a..b}} {{a.}} {{#each}} {{open tekst\n{{\n",
		"<p>x       tekst\n</p>\n",
		"1:3 variable-malformed\n1:8 variable-malformed\n1:17 variable-malformed\n"
		"1:26 variable-malformed\n1:33 variable-malformed\n1:43 variable-malformed\n"
		"2:1 variable-malformed\n");
	assert_case("[a](b.md?{{naam}}) [c](d.md \"{{naam}}\") ![{{naam}}](e.svg)\n",
		"<p>a <a href=\"../d/\">c</a> <img src=\"{root}assets/e.svg\" alt=\"\" "
		"loading=\"lazy\"></p>\n",
		"1:5 variable-place\n1:30 variable-place\n1:43 variable-place\n1:53 image-alt\n");
}

static void terms_are_explained_once_a_section(void **state)
{
	(void)state;
	assert_body(
		"Het WSP-loket, loket WSP.\n\n## WSP en loket\n\n[loket](a.md) `loket` **loket**"
		" WSP WSP\n\n| WSP |\n|---|\n| WSP |\n",
		"<p>Het {term 70 WSP}-{term 3 loket}, loket WSP.</p>\n"
		"[2 #wsp-en-loket] WSP en loket\n"
		"<p><a href=\"../a/\">loket</a> <code>loket</code> <strong>{term 3 loket}</strong> "
		"{term 70 WSP} WSP</p>\n"
		"<div class=\"tabel\" role=\"group\" aria-label=\"Tabel\" "
		"tabindex=\"0\">\n<table>\n"
		"<thead>\n<tr><th scope=\"col\">WSP</th></tr>\n</thead>\n"
		"<tbody>\n<tr><td>WSP</td></tr>\n</tbody>\n</table>\n</div>\n");
}

static void addresses_in_text_are_links(void **state)
{
	(void)state;
	assert_body("Zie (https://a.nl/b_c?d=1&e), www.uwv.nl. Of info@a-b.nl!\n",
		"<p>Zie (<a class=\"extern\" href=\"https://a.nl/b_c?d=1&amp;e\">"
		"https://a.nl/b_c?d=1&amp;e</a>), <a class=\"extern\" href=\"http://www.uwv.nl\">"
		"www.uwv.nl</a>. Of <a href=\"mailto:info@a-b.nl\">info@a-b.nl</a>!</p>\n");
	assert_body("[https://a.nl](b.md) `https://c.nl`\n\n## Over https://d.nl\n",
		"<p><a href=\"../b/\">https://a.nl</a> <code>https://c.nl</code></p>\n"
		"[2 #over-https-d-nl] Over https://d.nl\n");
}

static void comments_vanish_and_html_is_refused(void **state)
{
	(void)state;
	assert_body("a <!-- b\nc --> d\n\n<!-- e\n\nf -->\n\ng\n", "<p>a  d</p>\n<p>g</p>\n");
	assert_case("a <b>c</b>\n\n<div onclick=\"x\">\nd\n</div>\n\n<!-- e --> f\n",
		"<p>a c</p>\n", "1:3 html-raw\n1:7 html-raw\n3:1 html-raw\n7:12 html-raw\n");
	assert_case("a <!-- b -- c -->\n\n<!-- nooit dicht\n\nd\n",
		"<p>a &lt;!-- b -- c --&gt;</p>\n", "1:3 comment-open\n3:1 comment-open\n");
}

static void slips_are_pointed_out(void **state)
{
	(void)state;
	assert_case("[a](b c.md) en [d][e]\n\nnoot[^f] en [^g]\n",
		"<p>[a](b c.md) en [d][e]</p>\n<p>noot[^f] en [^g]</p>\n",
		"1:3 link-unfinished\n1:18 link-unfinished\n3:7 footnote-unknown\n"
		"3:15 footnote-unknown\n");
}

static void control_characters_from_references_are_errors(void **state)
{
	(void)state;
	assert_case("a&#7;b &#128; c\n", "<p>ab  c</p>\n",
		"1:2 reference-control\n1:8 reference-control\n");
	assert_body("&euro; &#8364; &amp;lt; &nbsp;&#0;\n", "<p>€ € &amp;lt; \u00a0\ufffd</p>\n");
}

static void plain_text_has_the_words_only(void **state)
{
	static const char markdown[] =
		"Een *twee*drie  [vier](a.md)\nvijf {{naam}} zes<!-- weg -->.\n\n"
		"- zeven\n  - acht\n- **Negen:** tien\n\n| a | b |\n|---|---|\n| c | d |\n\n"
		"> [!Let op]\n> elf\n\n```\ncode  x\n```\n\n![beeld](a.svg \"bij\")\n\n"
		"## Kop\n\nonder[^1]\n\n[^1]: noot\n";
	struct markdown_case parsed;

	(void)state;
	case_parse(&parsed, markdown);
	assert_string_equal(parsed.messages.data, "");
	assert_true(slice_is(parsed.document.sections[0].text,
		"Een tweedrie vier vijf zes.\nzeven\nacht\nNegen: tien\na b\nc d\nelf\ncode x\n"
		"beeld\nbij"));
	assert_true(slice_is(parsed.document.sections[1].text, "onder\nnoot"));
	case_free(&parsed);
}

static void lines_may_end_as_on_windows(void **state)
{
	(void)state;
	assert_case("## A <!-- #a -->\r\n\r\nb\r\n[c](weg.md)\r\n", "[2 #a] A\n<p>b\nc</p>\n",
		"4:5 link-broken\n");
}

static void a_refused_file_gives_nothing(void **state)
{
	struct markdown_case parsed;
	struct text deep = {0};

	(void)state;
	for (int i = 0; i < 65; i++)
		text_puts(&deep, "> ");
	text_puts(&deep, "a\n");
	case_parse_slice(&parsed, text_slice(&deep), 5, "");
	assert_int_equal(parsed.status, -1);
	assert_string_equal(parsed.messages.data, "5:0 nesting-deep\n");
	assert_int_equal(parsed.document.count, 0);
	case_free(&parsed);
	case_parse_slice(&parsed, (struct slice){deep.data + 2, deep.size - 2}, 1, "");
	assert_int_equal(parsed.status, 0);
	case_free(&parsed);
	text_free(&deep);
}

static void output_cannot_grow_without_end(void **state)
{
	struct markdown_case parsed;
	struct text page = {0};

	(void)state;
	text_puts(&page, "[^1]: ");
	for (int i = 0; i < 10000; i++)
		text_puts(&page, "noot ");
	text_puts(&page, "\n\n");
	for (int i = 0; i < 400; i++)
		text_puts(&page, "## a\n\nb[^1]\n\n");
	case_parse_slice(&parsed, text_slice(&page), 1, "");
	assert_int_equal(parsed.status, -1);
	assert_string_equal(parsed.messages.data, "0:0 output-large\n");
	case_free(&parsed);
	text_free(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_file_is_an_empty_introduction),
		cmocka_unit_test(headings_make_sections),
		cmocka_unit_test(a_section_knows_its_line),
		cmocka_unit_test(comments_give_ids_and_marks),
		cmocka_unit_test(an_id_is_known_to_be_given),
		cmocka_unit_test(slugs_give_way_to_given_ids),
		cmocka_unit_test(wrong_ids_and_marks_are_errors),
		cmocka_unit_test(a_slug_leaves_the_layouts_ids_alone),
		cmocka_unit_test(wrong_headings_are_messages),
		cmocka_unit_test(too_many_headings_are_refused),
		cmocka_unit_test(a_title_is_plain_text),
		cmocka_unit_test(text_is_escaped_and_marked_up),
		cmocka_unit_test(values_become_pieces),
		cmocka_unit_test(malformed_values_are_errors),
		cmocka_unit_test(terms_are_explained_once_a_section),
		cmocka_unit_test(addresses_in_text_are_links),
		cmocka_unit_test(comments_vanish_and_html_is_refused),
		cmocka_unit_test(slips_are_pointed_out),
		cmocka_unit_test(control_characters_from_references_are_errors),
		cmocka_unit_test(plain_text_has_the_words_only),
		cmocka_unit_test(lines_may_end_as_on_windows),
		cmocka_unit_test(a_refused_file_gives_nothing),
		cmocka_unit_test(output_cannot_grow_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
