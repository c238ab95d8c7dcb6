/*
 * Markdown that means harm: whatever an author writes, the HTML has only known tags and attributes,
 * and addresses of known schemes. And: many threads that parse at once get what one gets.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/pool.h"
#include "markdown_case.h"

static const char *const payloads[] = {
	"<script>alert(1)</script>",
	"<img src=x onerror=alert(1)>",
	"\"><script>alert(1)</script>",
	"\" onmouseover=\"alert(1)",
	"' onfocus='alert(1)",
	"</code></pre><svg onload=alert(1)>",
	"&lt;script&gt;alert(1)&lt;/script&gt;",
	"&#60;script&#62;",
	"&quot; onload=&quot;alert(1)",
	"{{\"><script>}}",
	"{{naam}}<script>",
	"<!--><script>alert(1)</script>-->",
	"<!-- --!><img src=x onerror=alert(1)> -->",
	"<!DOCTYPE html><html>",
	"<![CDATA[<script>]]>",
	"<?php echo 1 ?>",
	"<style>*{color:red}</style>",
	"<a href=\"javascript:alert(1)\">x</a>",
	"<iframe srcdoc='<script>alert(1)</script>'>",
	"\\\"\\'\\<\\>",
	"[x](javascript:alert(1))",
	"![x\" onerror=\"alert(1)](a.svg \"y\\\" onload=\\\"z\")",
	"[x](<a.md\" onclick=\"alert(1)> \"t\\\"onclick=\\\"u\")",
	"<javascript:alert(1)>",
	"<x@y.nl\"onclick=\"z>",
	"www.a.nl/\"onclick=\"alert(1)",
	"http://a.nl/'onclick='alert(1)",
};

/* Each %s is where a payload goes. */
static const char *const places[] = {
	"%s\n",
	"## %s\n",
	"## a <!-- #%s -->\n",
	"- %s\n",
	"- **%s:** %s\n",
	"- [ ] %s\n",
	"> %s\n",
	"> [!Vraag] %s\n",
	"> [!%s]\n",
	"| %s |\n|---|\n| %s |\n",
	"`%s`\n",
	"```%s\nx\n```\n",
	"```\n%s\n```\n",
	"    %s\n",
	"[%s](a.md)\n",
	"[a](%s)\n",
	"[a](<%s>)\n",
	"[a](b.md '%s')\n",
	"[a](b.md#%s)\n",
	"![%s](a.svg)\n",
	"![a](%s)\n",
	"![a](b.svg '%s')\n",
	"a[^1]\n\n[^1]: %s\n",
	"a[^%s]\n\n[^%s]: b\n",
	"{{%s}}\n",
	"[a][b]\n\n[b]: %s\n",
	"[a][b]\n\n[b]: c.md \"%s\"\n",
	"```peiling\nvraag: '%s'\nantwoorden: [{antwoord: a, procent: 1}]\n```\n",
	"~~~ %s\na\n~~~\n",
	"*%s*\n",
	"**%s**\n",
	"<%s>\n",
	"http://%s\n",
	"www.%s\n",
	"a@%s\n",
};

/* What the room writes itself; whatever else starts with < or follows a space in a tag is wrong. */
static const char *const tags[] = {"p", "ul", "ol", "li", "blockquote", "hr", "em", "strong",
	"code", "br", "pre", "a", "div", "table", "thead", "tbody", "tr", "th", "td", "label",
	"input", "span", "dl", "dt", "dd", "figure", "img", "figcaption", "sup"};
static const char *const attributes[] = {"class", "href", "src", "alt", "title", "id", "role",
	"aria-label", "tabindex", "scope", "loading", "type", "checked", "start", "value"};

static bool is_one_of(struct slice name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (slice_is(name, names[i]))
			return true;
	}
	return false;
}

static struct slice take_while(struct slice *rest, const char *stop)
{
	struct slice taken = {rest->data, 0};

	while (taken.size < rest->size && strchr(stop, rest->data[taken.size]) == NULL)
		taken.size++;
	*rest = slice_from(*rest, taken.size);
	return taken;
}

static bool is_safe_address(struct slice url)
{
	size_t colon = slice_find(url, ':');
	size_t other = slice_find(url, '/');

	if (slice_find(url, '#') < other)
		other = slice_find(url, '#');
	if (slice_find(url, '?') < other)
		other = slice_find(url, '?');
	return colon >= other || slice_starts(url, "http://") || slice_starts(url, "https://") ||
	       slice_starts(url, "HTTP") || slice_starts(url, "mailto:") ||
	       slice_starts(url, "tel:");
}

/* Reads a tag, from behind its <, as a browser does; false when there is anything unknown in it. */
static bool is_known_tag(struct slice *rest)
{
	struct slice name;

	if (slice_starts(*rest, "/"))
		*rest = slice_from(*rest, 1);
	name = take_while(rest, " >");
	if (!is_one_of(name, tags, ARRAY_LEN(tags)))
		return false;
	while (rest->size > 0 && rest->data[0] == ' ') {
		struct slice value = {0};

		*rest = slice_from(*rest, 1);
		name = take_while(rest, " =>");
		if (slice_starts(*rest, "=\"")) {
			*rest = slice_from(*rest, 2);
			value = take_while(rest, "\"");
			*rest = slice_from(*rest, 1);
		}
		if (!is_one_of(name, attributes, ARRAY_LEN(attributes)) ||
			((slice_is(name, "href") || slice_is(name, "src")) &&
				!is_safe_address(value)))
			return false;
	}
	return rest->size > 0 && rest->data[0] == '>';
}

static void assert_known(struct slice html, const char *markdown)
{
	struct slice rest = html;

	while (slice_find(rest, '<') < rest.size) {
		rest = slice_from(rest, slice_find(rest, '<') + 1);
		if (!is_known_tag(&rest)) {
			print_message("%s\n%.*s\n", markdown, (int)html.size, html.data);
			fail();
		}
	}
}

/* The pieces as a page shows them, where the root is a way up. */
static void flatten(struct text *out, const struct piece *pieces, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (pieces[i].kind == PIECE_HTML)
			text_add(out, pieces[i].text);
		else if (pieces[i].kind == PIECE_ROOT)
			text_puts(out, "../");
	}
}

static void only_known_tags_come_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		for (size_t j = 0; j < ARRAY_LEN(payloads); j++) {
			struct markdown_case parsed;
			struct text markdown = {0}, html = {0};
			struct slice place = slice_of(places[i]);

			while (place.size > 0) {
				size_t at = slice_search(place, slice_of("%s"));

				text_add(&markdown, (struct slice){place.data, at});
				if (at < place.size)
					text_puts(&markdown, payloads[j]);
				place = slice_from(place, at + 2);
			}
			case_parse_slice(&parsed, text_slice(&markdown), 1, "");
			for (size_t k = 0; k < parsed.document.count; k++) {
				const struct section *section = &parsed.document.sections[k];

				flatten(&html, section->heading, section->heading_count);
				flatten(&html, section->pieces, section->count);
			}
			assert_known(text_slice(&html), markdown.data);
			text_free(&html);
			text_free(&markdown);
			case_free(&parsed);
		}
	}
}

static void no_other_scheme_is_let_through(void **state)
{
	static const char *const urls[] = {"javascript:alert(1)", "JAVASCRIPT:alert(1)",
		"JaVaScRiPt&colon;alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript&#58;x",
		"java&Tab;script:alert(1)", "java&NewLine;script:x", "&#1;javascript:x",
		"&#160;javascript:x", "javascript\\:x", "data:text/html,x", "blob:x", "vbscript:x",
		"file:///etc/passwd", "ftp://a.nl", "view-source:x", "about:blank", "//evil.nl",
		"\\\\\\\\evil.nl", "/\\\\evil.nl", "\\\\evil.nl", "http:evil", "https:/evil",
		"http:///evil", "http://", "https://?x", "&#x200b;javascript:x", "feed:x",
		"&#x202e;http://a.nl", "/x.md", "weg%3a.md", "%6aavascript:weg", "x&#x85;y.md"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
		struct markdown_case parsed;
		struct text markdown = {0};

		text_printf(&markdown, "[a](<%s>)\n", urls[i]);
		case_parse_slice(&parsed, text_slice(&markdown), 1, "");
		if (parsed.messages.size == 0)
			print_message("%s", markdown.data);
		assert_string_equal(parsed.body.data, "<p>a</p>\n");
		assert_true(parsed.messages.size > 0);
		assert_int_equal(parsed.document.sections[0].link_count, 0);
		case_free(&parsed);
		text_free(&markdown);
	}
}

static void schemes_may_be_upper_case(void **state)
{
	(void)state;
	assert_body("[a](HTTPS://b.nl) [c](Mailto:d@e.nl) [f](TEL:1)\n",
		"<p><a class=\"extern\" href=\"HTTPS://b.nl\">a</a> <a "
		"href=\"Mailto:d@e.nl\">c</a> "
		"<a href=\"TEL:1\">f</a></p>\n");
}

static void addresses_are_encoded(void **state)
{
	(void)state;
	assert_body("[a](https://b.nl/\"x\"'y'?c=é&d={e}\\f)\n",
		"<p><a class=\"extern\" href=\"https://b.nl/%22x%22&#39;y&#39;?c=%C3%A9&amp;"
		"d=%7Be%7D%5Cf\">a</a></p>\n");
}

static const char many_things[] =
	"Een *twee* [drie](a.md) {{naam}} www.a.nl[^1]\n\n## Kop <!-- #k vast -->\n\n"
	"| a | b |\n|---|--:|\n| c | `d` |\n\n- [ ] e\n- [x] f\n\n> [!Vraag]\n> g\n\n"
	"- **H:** i\n- **J:** k\n\n```peiling\nvraag: l\nantwoorden: [{antwoord: m, procent: 5}]\n"
	"```\n\n[^1]: n [o](weg.md)\n";

struct one_result {
	struct text body, messages;
};

static void parse_one(void *context, size_t item, size_t thread)
{
	struct one_result *result = (struct one_result *)context + item;
	struct markdown_case parsed;

	(void)thread;
	case_parse(&parsed, many_things);
	result->body = parsed.body;
	result->messages = parsed.messages;
	arena_free(&parsed.arena);
}

static void threads_do_not_hinder_each_other(void **state)
{
	static struct one_result results[2000];

	(void)state;
	pool_run(8, ARRAY_LEN(results), 1, results, parse_one);
	for (size_t i = 0; i < ARRAY_LEN(results); i++) {
		assert_string_equal(results[i].body.data, results[0].body.data);
		assert_string_equal(results[i].messages.data, "23:13 link-broken\n");
		text_free(&results[i].messages);
	}
	for (size_t i = 0; i < ARRAY_LEN(results); i++)
		text_free(&results[i].body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_known_tags_come_out),
		cmocka_unit_test(no_other_scheme_is_let_through),
		cmocka_unit_test(schemes_may_be_upper_case),
		cmocka_unit_test(addresses_are_encoded),
		cmocka_unit_test(threads_do_not_hinder_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
