/* Slices, buffers, and each escape against what a hostile editor could type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/mem.h"
#include "base/text.h"

#define HOSTILE "\"><script>alert('x' & \"y\")</script>"

typedef void escape(struct text *out, struct slice slice);

static void assert_escaped(escape *function, const char *in, const char *want)
{
	struct text out = {0};

	text_puts(&out, "[");
	function(&out, slice_of(in));
	text_puts(&out, "]");
	assert_int_equal(out.size, strlen(want) + 2);
	assert_memory_equal(out.data + 1, want, strlen(want));
	assert_int_equal(out.data[out.size], '\0');
	text_free(&out);
}

static void assert_slice(struct slice slice, const char *want)
{
	assert_int_equal(slice.size, strlen(want));
	if (slice.size > 0)
		assert_memory_equal(slice.data, want, slice.size);
}

static void compares_slices(void **state)
{
	struct slice empty = {0};

	(void)state;
	assert_slice(slice_of(NULL), "");
	assert_true(slice_equal(empty, slice_of("")));
	assert_false(slice_equal(slice_of("a"), slice_of("b")));
	assert_true(slice_is(slice_of("regio"), "regio"));
	assert_false(slice_is(slice_of("regio"), "regi"));
	assert_true(slice_starts(slice_of("regio"), "reg"));
	assert_true(slice_starts(empty, ""));
	assert_false(slice_starts(slice_of("re"), "reg"));
	assert_true(slice_ends(slice_of("index.md"), ".md"));
	assert_false(slice_ends(slice_of("md"), ".md"));
	assert_true(slice_ends(empty, ""));
	assert_true(slice_compare(slice_of("a"), slice_of("ab")) < 0);
	assert_true(slice_compare(slice_of("b"), slice_of("ab")) > 0);
	assert_true(slice_compare(slice_of("\xc3\xa9"), slice_of("z")) > 0);
	assert_int_equal(slice_compare(empty, slice_of("")), 0);
	assert_true(slice_compare(empty, slice_of("a")) < 0);
}

static void cuts_slices(void **state)
{
	struct slice nul = {"a\0b", 3};

	(void)state;
	assert_slice(slice_from(slice_of("regio"), 2), "gio");
	assert_slice(slice_from(slice_of("regio"), 5), "");
	assert_slice(slice_from(slice_of("regio"), 9), "");
	assert_slice(slice_trim(slice_of(" \t\r\n een twee\n ")), "een twee");
	assert_slice(slice_trim(slice_of(" \n")), "");
	assert_slice(slice_trim((struct slice){0}), "");
	assert_int_equal(slice_find(slice_of("regio"), 'g'), 2);
	assert_int_equal(slice_find(slice_of("regio"), 'x'), 5);
	assert_int_equal(slice_find((struct slice){0}, 'x'), 0);
	assert_int_equal(slice_find(nul, '\0'), 1);
}

static void searches(void **state)
{
	struct slice cut = {"aab", 2};

	(void)state;
	assert_int_equal(slice_search(slice_of("aaab"), slice_of("aab")), 1);
	assert_int_equal(slice_search(slice_of("aaab"), slice_of("b")), 3);
	assert_int_equal(slice_search(slice_of("aaab"), slice_of("ba")), 4);
	assert_int_equal(slice_search(slice_of("aaab"), slice_of("")), 0);
	assert_int_equal(slice_search(slice_of("ab"), slice_of("abc")), 2);
	assert_int_equal(slice_search((struct slice){0}, slice_of("a")), 0);
	assert_int_equal(slice_search((struct slice){0}, (struct slice){0}), 0);
	assert_int_equal(slice_search(cut, slice_of("b")), 2);
	assert_int_equal(slice_search(slice_of("abab"), slice_of("abab")), 0);
}

static void reads_lines(void **state)
{
	struct slice rest = slice_of("een\r\n\ntwee\rdrie\nvier\r"), line;

	(void)state;
	assert_true(slice_next_line(&line, &rest));
	assert_slice(line, "een");
	assert_true(slice_next_line(&line, &rest));
	assert_slice(line, "");
	assert_true(slice_next_line(&line, &rest));
	assert_slice(line, "twee\rdrie");
	assert_true(slice_next_line(&line, &rest));
	assert_slice(line, "vier\r");
	assert_false(slice_next_line(&line, &rest));
	rest = slice_of("\n");
	assert_true(slice_next_line(&line, &rest));
	assert_slice(line, "");
	assert_false(slice_next_line(&line, &rest));
}

static void reads_numbers(void **state)
{
	(void)state;
	assert_int_equal(slice_number(slice_of("0")), 0);
	assert_int_equal(slice_number(slice_of("042")), 42);
	assert_int_equal(slice_number(slice_of("2147483647")), 2147483647);
	assert_int_equal(slice_number(slice_of("2147483648")), -1);
	assert_int_equal(slice_number(slice_of("99999999999999999999")), -1);
	assert_int_equal(slice_number(slice_of("")), -1);
	assert_int_equal(slice_number(slice_of("-1")), -1);
	assert_int_equal(slice_number(slice_of("+1")), -1);
	assert_int_equal(slice_number(slice_of(" 1")), -1);
	assert_int_equal(slice_number(slice_of("1x")), -1);
	assert_int_equal(slice_number(slice_of("\xb2")), -1);
}

static void hashes_as_published(void **state)
{
	(void)state;
	/* http://www.isthe.com/chongo/src/fnv/test_fnv.c */
	assert_true(slice_hash(slice_of("")) == 0xcbf29ce484222325U);
	assert_true(slice_hash(slice_of("a")) == 0xaf63dc4c8601ec8cU);
	assert_true(slice_hash(slice_of("foobar")) == 0x85944171f73967e8U);
}

static void measures_letters(void **state)
{
	static const struct {
		const char *bytes;
		size_t size;
	} cases[] = {
		{"a", 1},
		{"\xc3\xa9", 2},
		{"\xe2\x82\xac", 3},
		{"\xf0\x9f\x91\x89", 4},
		{"\xf4\x8f\xbf\xbf", 4},
		{"\xed\x9f\xbf", 3},
		{"\xee\x80\x80", 3},
		{"\x80", 0}, /* a tail without a head */
		{"\xc3", 0},
		{"\xe2\x82", 0}, /* cut */
		{"\xf0\x9f\x91", 0},
		{"\xc3(", 0}, /* a head without its tail */
		{"\xe2\x82(", 0},
		{"\xf0\x9f\x91(", 0},
		{"\xc0\xaf", 0},
		{"\xc1\xbf", 0}, /* too long a form */
		{"\xe0\x9f\xbf", 0},
		{"\xf0\x8f\xbf\xbf", 0},
		{"\xed\xa0\x80", 0}, /* a surrogate */
		{"\xf4\x90\x80\x80", 0},
		{"\xf5\x80\x80\x80", 0},
		{"\xff", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(slice_letter_size(slice_of(cases[i].bytes)), cases[i].size);
	assert_int_equal(slice_letter_size((struct slice){0}), 0);
	assert_int_equal(slice_letter_size((struct slice){"\0", 1}), 1);
	/* Bytes behind the slice do not belong to it. */
	assert_int_equal(slice_letter_size((struct slice){"\xe2\x82\xac", 2}), 0);
}

/* Wherever the first byte beyond ASCII stands, at or between eights. */
static void measures_ascii(void **state)
{
	char bytes[40];

	(void)state;
	for (size_t size = 0; size < sizeof(bytes); size++) {
		memset(bytes, 0x7f, sizeof(bytes));
		assert_int_equal(slice_ascii_size((struct slice){bytes, size}), size);
		for (size_t at = 0; at < size; at++) {
			bytes[at] = (char)(at % 2 > 0 ? 0x80 : 0xff);
			assert_int_equal(slice_ascii_size((struct slice){bytes, size}), at);
			bytes[at] = '\0';
		}
	}
	assert_int_equal(slice_ascii_size((struct slice){0}), 0);
}

static void grows(void **state)
{
	struct text text = {0};
	struct arena arena = {0};
	struct slice kept;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		text_byte(&text, 'a');
		text_add(&text, (struct slice){0});
		text_puts(&text, "bc");
		assert_true(text.capacity > text.size);
		assert_int_equal(text.data[text.size], '\0');
	}
	assert_int_equal(text.size, 30000);
	text_clear(&text);
	assert_string_equal(text.data, "");
	text_number(&text, 0);
	text_byte(&text, ' ');
	text_number(&text, UINT64_MAX);
	text_printf(&text, " %s-%03d", "x", 7);
	assert_string_equal(text.data, "0 18446744073709551615 x-007");
	kept = text_keep(&arena, &text);
	assert_null(text.data);
	assert_slice(kept, "0 18446744073709551615 x-007");
	assert_int_equal(kept.data[kept.size], '\0');
	assert_slice(text_keep(&arena, &text), "");
	text_clear(&text);
	text_free(&text);
	arena_free(&arena);
}

static void has_a_nul_after_an_empty_write(void **state)
{
	struct text text = {0};

	(void)state;
	text_add(&text, (struct slice){0});
	assert_string_equal(text.data, "");
	text_free(&text);
	text_reserve(&text, 0);
	assert_string_equal(text.data, "");
	text_free(&text);
	text_html(&text, (struct slice){0});
	assert_int_equal(text.size, 0);
	text_free(&text);
}

static void escapes_html(void **state)
{
	(void)state;
	assert_escaped(text_html, "", "");
	assert_escaped(
		text_html, HOSTILE, "\"&gt;&lt;script&gt;alert('x' &amp; \"y\")&lt;/script&gt;");
	assert_escaped(text_html, "&amp;", "&amp;amp;");
	assert_escaped(text_html, "caf\xc3\xa9", "caf\xc3\xa9");
}

static void escapes_attributes(void **state)
{
	(void)state;
	assert_escaped(text_attr, HOSTILE,
		"&quot;&gt;&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;");
	assert_escaped(text_attr, "'\" onload='", "&#39;&quot; onload=&#39;");
}

static void escapes_urls(void **state)
{
	(void)state;
	assert_escaped(text_url, "https://u@a.example:8/b/~c?d=e&f=[g]#h!$()*+,;",
		"https://u@a.example:8/b/~c?d=e&amp;f=[g]#h!$()*+,;");
	assert_escaped(text_url, HOSTILE,
		"%22%3E%3Cscript%3Ealert(&#39;x&#39;%20&amp;%20%22y%22)%3C/script%3E");
	assert_escaped(text_url, "/caf\xc3\xa9", "/caf%C3%A9");
	assert_escaped(text_url, "%2f%C3 %zz 100% %4", "%2f%C3%20%25zz%20100%25%20%254");
	assert_escaped(text_url, "a\nb\x7f\\`{|}^", "a%0Ab%7F%5C%60%7B%7C%7D%5E");
}

static void escapes_url_parts(void **state)
{
	(void)state;
	assert_escaped(text_url_part, "AZaz09-._~", "AZaz09-._~");
	assert_escaped(text_url_part, "a/b?c=d&e#f%20 +'", "a%2Fb%3Fc%3Dd%26e%23f%2520%20%2B%27");
	assert_escaped(text_url_part, "!\"$()*,:;<>@[\\]^`{|}",
		"%21%22%24%28%29%2A%2C%3A%3B%3C%3E%40%5B%5C%5D%5E%60%7B%7C%7D");
	assert_escaped(text_url_part, "\xc3\xa9\xff\x01", "%C3%A9%FF%01");
}

static void escapes_json(void **state)
{
	(void)state;
	assert_escaped(text_json, "", "\"\"");
	assert_escaped(text_json, "a\"b\\c/\n\t\r\b\f\x01\x1f",
		"\"a\\\"b\\\\c/\\n\\t\\r\\b\\f\\u0001\\u001f\"");
	assert_escaped(text_json, "</script><!-- & 'x'",
		"\"\\u003c/script\\u003e\\u003c!-- \\u0026 'x'\"");
	assert_escaped(text_json, "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x91\x89",
		"\"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x91\x89\"");
	assert_escaped(text_json, "a\xe2\x80\xa8z\xe2\x80\xa9\xe2\x80\xa7",
		"\"a\\u2028z\\u2029\xe2\x80\xa7\"");
	assert_escaped(text_json, "\xff|\xc0\xaf|\xed\xa0\x80|\xe2\x82",
		"\"\xef\xbf\xbd|\xef\xbf\xbd\xef\xbf\xbd|\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd|"
		"\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void escapes_a_nul_in_json(void **state)
{
	struct text out = {0};

	(void)state;
	text_json(&out, (struct slice){"a\0b", 3});
	assert_string_equal(out.data, "\"a\\u0000b\"");
	text_free(&out);
}

/* Whatever the bytes, what comes out cannot leave its context. */
static void lets_no_byte_out_of_its_context(void **state)
{
	(void)state;
	for (int byte = 0; byte < 256; byte++) {
		char in[3] = {'a', (char)byte, 'z'};
		struct slice slice = {in, 3};
		struct text out = {0};

		text_html(&out, slice);
		assert_int_equal(slice_find(text_slice(&out), '<'), out.size);
		text_clear(&out);
		text_attr(&out, slice);
		assert_int_equal(strcspn(out.data, "<>\"'"), strlen(out.data));
		text_clear(&out);
		text_url(&out, slice);
		assert_int_equal(strcspn(out.data, "<>\"' \n\t\r\\"), out.size);
		text_clear(&out);
		text_url_part(&out, slice);
		assert_int_equal(strcspn(out.data, "<>\"' /?#&=\n\\"), out.size);
		text_clear(&out);
		text_json(&out, slice);
		assert_int_equal(slice_find(slice_from(text_slice(&out), 1), '"') + 2 >= out.size ||
					 byte == '"',
			1);
		for (size_t i = 0; i < out.size; i++)
			assert_true((unsigned char)out.data[i] >= 0x20);
		text_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compares_slices),
		cmocka_unit_test(cuts_slices),
		cmocka_unit_test(searches),
		cmocka_unit_test(reads_lines),
		cmocka_unit_test(reads_numbers),
		cmocka_unit_test(hashes_as_published),
		cmocka_unit_test(measures_letters),
		cmocka_unit_test(measures_ascii),
		cmocka_unit_test(grows),
		cmocka_unit_test(has_a_nul_after_an_empty_write),
		cmocka_unit_test(escapes_html),
		cmocka_unit_test(escapes_attributes),
		cmocka_unit_test(escapes_urls),
		cmocka_unit_test(escapes_url_parts),
		cmocka_unit_test(escapes_json),
		cmocka_unit_test(escapes_a_nul_in_json),
		cmocka_unit_test(lets_no_byte_out_of_its_context),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
