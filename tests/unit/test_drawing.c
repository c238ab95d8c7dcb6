/* Drawings that only draw, and all the ways to hide that one does more. */
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
#include "input/drawing.h"

#define SVG(inside) "<svg xmlns=\"http://www.w3.org/2000/svg\">" inside "</svg>"

static void lets_drawings_pass(void **state)
{
	static const char *const drawings[] = {SVG(""), SVG("<path d='M0 0'/>"),
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- x -->\n" SVG("<g/>") "\n",
		"\xef\xbb\xbf<?xml version=\"1.0\"?>" SVG(""),
		"<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" "
		"\"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">" SVG(""),
		SVG("<use href=\"#a\"/><use xlink:href=' #a'/>"),
		SVG("<image href=\"data:image/png;base64,AAAA\"/>"),
		SVG("<rect style=\"fill:url(#g)\" fill=\"url( '#g' )\"/>"),
		SVG("<style>.a { fill: #fff; background: url(#b) }</style>"),
		SVG("<style><![CDATA[.a { fill: red }]]></style>"),
		SVG("<text font-family=\"'Segoe UI'\">Bron on top = 1 &lt; 2 &amp; "
		    "caf&#233;</text>"),
		SVG("<title>url(http://x) javascript: @import</title>"),
		SVG("<g aria-label=\"caf&#xe9;\"/>"), SVG("<g\n\tid = \"a\" />"), ""};
	struct diags *diags = diag_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(drawings); i++)
		if (!drawing_check("x.svg", slice_of(drawings[i]), diags))
			fail_msg("refused: %s", drawings[i]);
	assert_int_equal(diag_status(diags), 0);
	diag_free(diags);
}

static void refuses_what_could_run_or_fetch(void **state)
{
	static const char *const drawings[] = {SVG("<script>x</script>"), SVG("<SCRIPT/>"),
		SVG("<script\n>x</script>"),
		SVG("<s:script xmlns:s=\"http://www.w3.org/2000/svg\"/>"), SVG("<foreignObject/>"),
		SVG("<a:ForeignObject/>"), SVG("<g onclick=\"x\"/>"), SVG("<g ONLOAD='x'/>"),
		SVG("<g\tonload\n=\n'x'/>"), SVG("<g id='a'onclick='x'/>"),
		SVG("<g a:onclick=\"x\"/>"), SVG("<a href=\"https://x.example\">x</a>"),
		SVG("<a href='//x'/>"), SVG("<a xlink:href=\"javascript:x\"/>"),
		SVG("<a q:href=\"java&#115;cript:x\"/>"), SVG("<a href=\"&#x6a;avascript:x\"/>"),
		SVG("<a href=\"java\nscript:x\"/>"), SVG("<a href=\"../x\"/>"),
		SVG("<a href=\"data:text/html,x\"/>"),
		SVG("<use href=\"data:image/svg+xml,x#a\"/>"), SVG("<image src=\"x.png\"/>"),
		SVG("<rect fill=\"url(https://x)\"/>"),
		SVG("<rect style=\"fill: url( 'https://x' )\"/>"),
		SVG("<rect style=\"fill: ur\\6c(https://x)\"/>"),
		SVG("<style>@import 'https://x';</style>"), SVG("<style>@IMP&#79;RT 'x';</style>"),
		SVG("<style>a{b:url(\"https://x\")}</style>"),
		SVG("<style><![CDATA[a{b:url(//x)}]]></style>"),
		SVG("<set attributeName=\"href\" to=\"javascript:x\"/>"),
		SVG("<animate attributeName=\"xlink:href\" values=\"javascript:x\"/>"),
		SVG("<set attributeName=\"onclick\" to=\"x\"/>"),
		SVG("<h:p xmlns:h=\"http://www.w3.org/1999/xhtml\"/>"),
		SVG("<h:p xmlns:h=\"http://www.w3.org/&#49;999/xhtml\"/>"),
		"<?xml-stylesheet href=\"x.xsl\"?>" SVG(""), SVG("<?php x ?>"),
		"<!DOCTYPE svg [<!ENTITY x \"y\">]>" SVG(""),
		"<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x'>]>" SVG(""),
		"<!ENTITY x 'y'>" SVG(""), SVG("<style>&x;</style>"), SVG("<g a=\"&x;\"/>"),
		SVG("<g a=\"&#0;\"/>"), SVG("<g a=\"&#xffffffff;\"/>"), SVG("<g a=\"&#x\"/>")};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(drawings); i++) {
		struct diags *diags = diag_new();

		if (drawing_check("x.svg", slice_of(drawings[i]), diags))
			fail_msg("let through: %s", drawings[i]);
		assert_int_equal(diag_count(diags, DIAG_ERROR), 1);
		diag_free(diags);
	}
}

static void refuses_what_it_cannot_read(void **state)
{
	static const struct slice drawings[] = {{"<svg", 4}, {"<svg a", 6}, {"<svg a=", 7},
		{"<svg a=\"", 8}, {"<svg a=b>", 9}, {"<svg a>", 7}, {"<", 1}, {"< svg>", 6},
		{"<!-- ", 5}, {"<![CDATA[", 9}, {"<svg><", 6}, {"</", 2}, {"<svg =''>", 9},
		{"<!DOCTYPE", 9}, {"<?xml ", 6}, {"<s\0v\0g\0", 7}, {"\xff\xfe<\0s\0", 6},
		{"<svg>\x1b(B</svg>", 14}, {"<svg>\xff</svg>", 12}, {"<svg <g>", 8}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(drawings); i++) {
		struct diags *diags = diag_new();

		if (drawing_check("x.svg", drawings[i], diags))
			fail_msg("let through: %s", drawings[i].data);
		assert_int_equal(diag_count(diags, DIAG_ERROR), 1);
		diag_free(diags);
	}
}

static void says_where_and_what(void **state)
{
	struct diags *diags = diag_new();
	const struct diag *diag;
	size_t count;

	(void)state;
	assert_false(drawing_check("content/x.svg",
		slice_of("<svg>\n  <g>\n    \u00e9<rect id=\"a\" onclick=\"alert(1)\"/>\n"),
		diags));
	diag = diag_sorted(diags, &count);
	assert_int_equal(count, 1);
	assert_string_equal(diag->place.path, "content/x.svg");
	assert_int_equal(diag->place.line, 3);
	assert_int_equal(diag->place.column, 19);
	assert_non_null(strstr(diag->text, "holds \"onclick=\"alert(1)\"\""));
	diag_free(diags);
	diags = diag_new();
	assert_false(drawing_check("x.svg", slice_of("<svg><script>"), diags));
	diag = diag_sorted(diags, &count);
	assert_int_equal(diag->place.line, 1);
	assert_int_equal(diag->place.column, 6);
	assert_non_null(strstr(diag->text, "holds \"<script\""));
	diag_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lets_drawings_pass),
		cmocka_unit_test(refuses_what_could_run_or_fetch),
		cmocka_unit_test(refuses_what_it_cannot_read),
		cmocka_unit_test(says_where_and_what),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
