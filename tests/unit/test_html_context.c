/* Where in HTML a text ends: places, raw elements, attributes, URLs, and parts that may be left
 * out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/mem.h"
#include "output/html_context.h"

/* The context behind `text`. */
static struct html_context after(const char *text)
{
	struct html_context context = {0};

	assert_int_equal(html_context_feed(&context, slice_of(text)), strlen(text));
	return context;
}

static void finds_the_place(void **state)
{
	static const struct {
		const char *text;
		enum html_place place;
	} cases[] = {
		{"", HTML_TEXT},
		{"a > b", HTML_TEXT},
		{"a <", HTML_LESS_THAN},
		{"a < b", HTML_TEXT},
		{"a <<", HTML_LESS_THAN},
		{"a <3", HTML_TEXT},
		{"</", HTML_LESS_THAN},
		{"</>", HTML_TEXT},
		{"</3", HTML_COMMENT},
		{"<p", HTML_TAG_NAME},
		{"<P", HTML_TAG_NAME},
		{"</p", HTML_TAG_NAME},
		{"<p>", HTML_TEXT},
		{"<br/>", HTML_TEXT},
		{"<br/", HTML_TAG},
		{"<p ", HTML_TAG},
		{"<p\n\t", HTML_TAG},
		{"<p a", HTML_NAME},
		{"<p a ", HTML_AFTER_NAME},
		{"<p a b", HTML_NAME},
		{"<p a>", HTML_TEXT},
		{"<p a =", HTML_BEFORE_VALUE},
		{"<p a= ", HTML_BEFORE_VALUE},
		{"<p a=>", HTML_TEXT},
		{"<p a=b", HTML_UNQUOTED},
		{"<p a=b/", HTML_UNQUOTED},
		{"<p a=b ", HTML_TAG},
		{"<p a=b>", HTML_TEXT},
		{"<p a=\"", HTML_VALUE},
		{"<p a=\"'>", HTML_VALUE},
		{"<p a='\">", HTML_VALUE},
		{"<p a=\"\"", HTML_TAG},
		{"<p a=\"\"b", HTML_NAME},
		{"<p a=\"\">", HTML_TEXT},
		{"<!doctype html", HTML_COMMENT},
		{"<!doctype html>", HTML_TEXT},
		{"<?xml?>", HTML_TEXT},
		{"<!-", HTML_COMMENT},
		{"<!->", HTML_TEXT},
		{"<!-->", HTML_TEXT},
		{"<!--->", HTML_TEXT},
		{"<!-- > <p a=\" ->", HTML_COMMENT},
		{"<!-- -->", HTML_TEXT},
		{"<!-- --->", HTML_TEXT},
		{"<!-- --!>", HTML_TEXT},
		{"<!-- --!->", HTML_COMMENT},
		{"<!-- -- -->", HTML_TEXT},
		{"<script", HTML_TAG_NAME},
		{"<script>", HTML_SCRIPT},
		{"<SCRIPT defer src=\"x\">", HTML_SCRIPT},
		{"<script>a < b </p> </scrip>", HTML_SCRIPT},
		{"<script></scripts>", HTML_SCRIPT},
		{"<script></script", HTML_SCRIPT},
		{"<script><</script>", HTML_TEXT},
		{"<script></SCRIPT >", HTML_TEXT},
		{"<script></script a=\"", HTML_VALUE},
		{"<scripts>", HTML_TEXT},
		{"<averyveryverylongnameofanelement>", HTML_TEXT},
		{"<style>", HTML_STYLE},
		{"<style></style>", HTML_TEXT},
		{"<title>", HTML_RCDATA},
		{"<title><b a=\"", HTML_RCDATA},
		{"<title></b></title>", HTML_TEXT},
		{"<textarea></title>", HTML_RCDATA},
		{"<textarea></textarea>", HTML_TEXT},
		{"</title>", HTML_TEXT},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (after(cases[i].text).place != cases[i].place)
			fail_msg("%s: %d", cases[i].text, after(cases[i].text).place);
}

static void knows_attributes(void **state)
{
	static const struct {
		const char *text;
		enum html_attribute attribute;
	} cases[] = {
		{"<a title=\"", HTML_PLAIN},
		{"<a href=\"", HTML_URL},
		{"<a HREF = '", HTML_URL},
		{"<a title=\"x\" href=\"", HTML_URL},
		{"<a href=\"x\" title=\"", HTML_PLAIN},
		{"<a hrefs=\"", HTML_PLAIN},
		{"<use xlink:href=\"", HTML_URL},
		{"<button formaction=\"", HTML_URL},
		{"<a data-href=\"", HTML_PLAIN},
		{"<a data=\"", HTML_URL},
		{"<a style=\"", HTML_CODE},
		{"<iframe srcdoc=\"", HTML_CODE},
		{"<a onclick=\"", HTML_CODE},
		{"<a ONCLICK=\"", HTML_CODE},
		{"<a onaveryveryveryverylongname=\"", HTML_CODE},
		{"<a averyveryveryverylonghref=\"", HTML_PLAIN},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (after(cases[i].text).place != HTML_VALUE ||
			after(cases[i].text).attribute != cases[i].attribute)
			fail_msg("%s: %d", cases[i].text, after(cases[i].text).attribute);
}

static void follows_urls(void **state)
{
	(void)state;
	assert_int_equal(after("<a href=\"").url, HTML_URL_START);
	assert_int_equal(after("<a href=\"java").url, HTML_URL_START);
	assert_int_equal(after("<a href=\"mailto:").url, HTML_URL_PATH);
	assert_int_equal(after("<a href=\"../").url, HTML_URL_PATH);
	assert_int_equal(after("<a href=\"/zoek?").url, HTML_URL_QUERY);
	assert_int_equal(after("<a href=\"#").url, HTML_URL_QUERY);
	assert_int_equal(after("<a href=\"/?q\" src=\"").url, HTML_URL_START);
}

/* What joining the contexts behind these texts gives, or -1. */
static int joined(const char *start, const char *part, bool replaced)
{
	struct html_context before = after(start), end, out;

	html_context_break(&before);
	end = before;
	html_context_feed(&end, slice_of(part));
	return html_context_join(&out, &before, &end, replaced) ? (int)out.place : -1;
}

static void joins_parts_that_may_be_left_out(void **state)
{
	(void)state;
	assert_int_equal(joined("", "<p>x</p>", false), HTML_TEXT);
	assert_int_equal(joined("", "<p>", true), HTML_TEXT);
	assert_int_equal(joined("", "<p", false), -1);
	assert_int_equal(joined("", "<script>", false), -1);
	assert_int_equal(joined("", "x <", false), -1);
	assert_int_equal(joined("<", "", false), HTML_LESS_THAN);
	assert_int_equal(joined("<", " x", false), HTML_LESS_THAN);
	assert_int_equal(joined("<", "p", false), -1);
	assert_int_equal(joined("<a", " b", false), HTML_TAG_JOINED);
	assert_int_equal(joined("<a", " b=\"c\"", false), HTML_TAG_JOINED);
	assert_int_equal(joined("<h", "2", false), HTML_TAG_NAME);
	assert_int_equal(joined("<h", "2", true), HTML_TAG_JOINED);
	assert_int_equal(joined("<a ", "b=\"c\" ", false), HTML_TAG);
	assert_int_equal(joined("<a b", " c", false), HTML_TAG_JOINED);
	assert_int_equal(joined("<a ", "b ", false), HTML_TAG);
	assert_int_equal(joined("<a ", "b=\"", false), -1);
	assert_int_equal(joined("<a ", "b=", false), -1);
	assert_int_equal(joined("<a b=", "\"c\"", false), -1);
	assert_int_equal(joined("<a ", "><p ", false), HTML_TAG);
	assert_int_equal(joined("<a ", "><script ", false), -1);
	assert_int_equal(joined("<a ", "></a ", false), -1);
	assert_int_equal(joined("<s", "cript", false), -1);
	assert_int_equal(joined("<a b=\"", "c", false), HTML_VALUE);
	assert_int_equal(joined("<a b=\"", "\" c=\"", false), HTML_VALUE);
	assert_int_equal(joined("<a b=\"", "\" c='", false), -1);
	assert_int_equal(joined("<a b=\"", "\" href=\"", false), -1);
	assert_int_equal(joined("<title>", "x", false), HTML_RCDATA);
	assert_int_equal(joined("<title>", "</title><textarea>", false), -1);
	assert_int_equal(joined("<!--", "-", false), HTML_COMMENT);
}

static void starts_a_url_again_when_its_start_may_be_left_out(void **state)
{
	struct html_context start = after("<a href=\""), end = after("<a href=\"/x/?"), out;

	(void)state;
	assert_true(html_context_join(&out, &start, &end, false));
	assert_int_equal(out.url, HTML_URL_START);
}

static void refuses_names_glued_to_a_part_that_may_be_left_out(void **state)
{
	struct html_context context = {.place = HTML_TAG_JOINED};

	(void)state;
	assert_int_equal(html_context_feed(&context, slice_of("b=\"c\">")), 0);
	context.place = HTML_TAG_JOINED;
	assert_int_equal(html_context_feed(&context, slice_of("=")), 0);
	assert_int_equal(context.place, HTML_BEFORE_VALUE);
	context.place = HTML_TAG;
	assert_int_equal(html_context_feed(&context, slice_of(" =")), 1);
	context.place = HTML_TAG_JOINED;
	assert_int_equal(html_context_feed(&context, slice_of(" b=\"c\">")), 7);
	context.place = HTML_TAG_JOINED;
	assert_int_equal(html_context_feed(&context, slice_of("/>")), 2);
	assert_int_equal(context.place, HTML_TEXT);
}

static bool can_merge(const char *a, const char *b, enum html_place place)
{
	struct html_context first = after(a), second = after(b), out;

	return html_context_merge(&out, &first, &second) && out.place == place;
}

static void merges_places_that_are_escaped_alike(void **state)
{
	(void)state;
	assert_true(can_merge("<title>", "<h1>", HTML_TEXT));
	assert_true(can_merge("<h1>", "<title>", HTML_TEXT));
	assert_true(can_merge("<a b=\"", "<p c=\"", HTML_VALUE));
	assert_true(can_merge("<a", "<p b=\"\"", HTML_TAG_JOINED));
	assert_false(can_merge("<a b=\"", "<a b='", HTML_VALUE));
	assert_false(can_merge("<a b=\"", "<a href=\"", HTML_VALUE));
	assert_false(can_merge("<a b=\"", "<a>", HTML_VALUE));
	assert_false(can_merge("<!--", "<a>", HTML_TEXT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_place),
		cmocka_unit_test(knows_attributes),
		cmocka_unit_test(follows_urls),
		cmocka_unit_test(joins_parts_that_may_be_left_out),
		cmocka_unit_test(starts_a_url_again_when_its_start_may_be_left_out),
		cmocka_unit_test(refuses_names_glued_to_a_part_that_may_be_left_out),
		cmocka_unit_test(merges_places_that_are_escaped_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
