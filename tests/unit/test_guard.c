/*
 * The guard before the Markdown parser: what passes at once, what is refused and where, what the
 * child process is for, and that nothing known to make the parser spin does.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/pool.h"
#include "input/guard.h"
#include "markdown_case.h"

#define PAGE_LIMIT ((size_t)256 * 1024)

static void parse_nothing(struct slice body)
{
	(void)body;
}

static void parse_aborts(struct slice body)
{
	(void)body;
	abort();
}

static void parse_spins(struct slice body)
{
	for (volatile size_t i = 0; body.size > 0; i++)
		;
}

#ifndef __SANITIZE_ADDRESS__
static void parse_grows(struct slice body)
{
	while (body.size > 0) {
		char *more = malloc(1 << 20);

		if (more == NULL)
			abort();
		memset(more, 1, 1 << 20);
	}
}
#endif

static void parse_recurses(struct slice body)
{
	volatile char frame[4096];

	frame[0] = body.data[0];
	if (frame[0] != 0)
		parse_recurses(body);
	frame[1] = frame[0];
}

/* The status, and the messages as "line:column name". */
static int check(struct text *messages, struct slice body, void (*parse)(struct slice))
{
	struct diags *diags = diag_new();
	const struct diag *list;
	size_t count;
	int status = guard_check(body, "a.md", 1, parse, diags);

	text_clear(messages);
	text_puts(messages, "");
	list = diag_sorted(diags, &count);
	for (size_t i = 0; i < count; i++)
		text_printf(messages, "%u:%u %s\n", list[i].place.line, list[i].place.column,
			diag_name(list[i].code));
	diag_free(diags);
	return status;
}

static void assert_refused(struct slice body, const char *message)
{
	struct text messages = {0};

	assert_int_equal(check(&messages, body, parse_aborts), -1);
	assert_string_equal(messages.data, message);
	text_free(&messages);
}

static void assert_passes(struct slice body)
{
	struct text messages = {0};

	assert_int_equal(check(&messages, body, parse_aborts), 0);
	assert_string_equal(messages.data, "");
	text_free(&messages);
}

static struct text repeat(const char *unit, size_t size)
{
	struct text text = {0};
	size_t length = strlen(unit);

	text_reserve(&text, size + length);
	while (text.size + length <= size)
		text_add(&text, (struct slice){unit, length});
	return text;
}

/* A text that the guard cannot tell from harm. */
static struct text suspect(void)
{
	return repeat("[a](b) `c` ", 60000);
}

static void bytes_must_be_text(void **state)
{
	(void)state;
	assert_refused(slice_of("goed\r\n\xc3\xa9\xff\n"), "2:2 not-utf8\n");
	assert_refused(slice_of("\xed\xa0\x80"), "1:1 not-utf8\n");
	assert_refused((struct slice){"a\nb\0c", 5}, "2:2 control-character\n");
	assert_refused(slice_of("a\n\xc3\xa9 \x1b[31m"), "2:3 control-character\n");
	assert_refused(slice_of("a\xc2\x85"), "1:2 control-character\n");
	assert_refused(slice_of("a\rb\n"), "1:2 control-character\n");
	assert_passes(slice_of("a\tb\r\n\xc2\xa0\xf0\x9f\x98\x80\n"));
	for (char byte = 1; byte < 0x20; byte++) {
		if (byte != '\t' && byte != '\n')
			assert_refused((struct slice){&byte, 1}, "1:1 control-character\n");
	}
	assert_refused(slice_of("\x7f"), "1:1 control-character\n");
}

static void limits_hold_to_the_last_one(void **state)
{
	struct text text = repeat("a", GUARD_LINE_LIMIT);

	(void)state;
	assert_passes(text_slice(&text));
	text_byte(&text, 'a');
	assert_refused(text_slice(&text), "1:0 line-long\n");
	text_free(&text);

	text = repeat("|a", 128);
	text_puts(&text, "|\n|");
	for (int i = 0; i < 64; i++)
		text_puts(&text, "-|");
	assert_passes(text_slice(&text));
	text_puts(&text, "-|\n");
	assert_refused(text_slice(&text), "2:0 table-wide\n");
	text_free(&text);

	text = repeat("[a]: b\n\n", 2000 * 8);
	assert_passes(text_slice(&text));
	text_puts(&text, "[a]: b\n");
	assert_refused(text_slice(&text), "4001:0 references-many\n");
	text_free(&text);

	text = repeat("[^a]: b\n\n", 2000 * 9);
	assert_passes(text_slice(&text));
	text_puts(&text, "[^a]: b\n");
	assert_refused(text_slice(&text), "4001:0 footnotes-many\n");
	text_free(&text);
}

static void prose_needs_no_child(void **state)
{
	static const char paragraph[] =
		"Een werkervaringsplaats is een plek waar een kandidaat *leert* wat **werk** is. "
		"Lees meer bij [het loket](../loket.md#vraag), of bel `088` (TNO/CBS, 2023)! Vraag "
		"het aan uw adviseur; die weet wat er in uw regio mogelijk is, en wat u kost.\n"
		"- [ ] Bel het [loket](b.md)\n- **Wie:** de adviseur\n- meer & meer <5 jaar\n\n"
		"| Regeling | Duur |\n|---|--:|\n| [Plaats](c.md) | 2 |\n| `x` | 3 |\n\n"
		"> [!Vraag]\n> Wat kost het?[^1]\n\n    code die ver naar rechts staat\n\n";
	struct text page = repeat(paragraph, 250000);
	struct text list, table;

	(void)state;
	assert_passes(text_slice(&page));
	text_free(&page);
	list = repeat(
		"- [Een link](../naar/een-pagina.md#anker) met *tekst* en meer tekst\n", 200000);
	assert_passes(text_slice(&list));
	text_free(&list);
	table = repeat("| [link](a.md) | tekst |\n", 20000);
	text_puts(&table, "\n\n| a | b |\n|---|---|\n");
	for (int i = 0; i < 1000; i++)
		text_puts(&table, "| [link](a.md) | tekst van een cel |\n");
	assert_passes(text_slice(&table));
	text_free(&table);
	page = repeat("                                        tekst\n", 200000);
	assert_passes(text_slice(&page));
	text_free(&page);
}

static void what_is_in_doubt_is_tried_in_a_child(void **state)
{
	struct text body = suspect();
	struct text messages = {0};

	(void)state;
	alarm(60);
	assert_int_equal(check(&messages, text_slice(&body), parse_nothing), 0);
	assert_string_equal(messages.data, "");
	assert_int_equal(check(&messages, text_slice(&body), parse_aborts), -1);
	assert_string_equal(messages.data, "0:0 too-slow\n");
	assert_int_equal(check(&messages, text_slice(&body), parse_spins), -1);
	assert_string_equal(messages.data, "0:0 too-slow\n");
#ifndef __SANITIZE_ADDRESS__
	/* Shadow memory cannot live under a limit, so the guard sets none with it. */
	assert_int_equal(check(&messages, text_slice(&body), parse_grows), -1);
	assert_string_equal(messages.data, "0:0 too-slow\n");
#endif
	assert_int_equal(check(&messages, text_slice(&body), parse_recurses), -1);
	assert_string_equal(messages.data, "0:0 too-slow\n");
	alarm(0);
	/* No child is left behind. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	text_free(&messages);
	text_free(&body);
}

static void try_one(void *context, size_t item, size_t thread)
{
	struct text messages = {0};
	struct text body = suspect();
	int *statuses = context;

	(void)thread;
	statuses[item] =
		check(&messages, text_slice(&body), item % 4 == 0 ? parse_aborts : parse_nothing);
	text_free(&messages);
	text_free(&body);
}

static void threads_may_try_at_once(void **state)
{
	int statuses[200];

	(void)state;
	alarm(120);
	pool_run(8, ARRAY_LEN(statuses), 1, statuses, try_one);
	alarm(0);
	for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
		assert_int_equal(statuses[i], i % 4 == 0 ? -1 : 0);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

/* A shape of text: `start`, then `unit` to fill the first part, then `rest` to fill the page. */
static const struct {
	const char *start, *unit, *rest;
} shapes[] = {
	{"", ">", "a*"},
	{"", ">a*", ""},
	{"", "- ", "\n"},
	{"", "- ", "x\n\n"},
	{"", "> ", "\n"},
	{"", "1. ", "\n"},
	{"", "|a", "|\n"},
	{"|a|b|c|\n|-|-|-|\n", "|", ""},
	{"|a|b|c|\n|-|-|-|\n", "|\n", ""},
	{"|a|b|c|\n|-|-|-|\n", "\\|", ""},
	{"", "|-", "a\n"},
	{"", "a\n|-|-|\n", ""},
	{"", "a\n-|\n", ""},
	{"- |\n", "1. \n", "-|-\n"},
	{"", "a\n", "|-|-|\n"},
	{"", ":-\n", ""},
	{"", "www._", ""},
	{"a ", "<?", ""},
	{"a ", "<!A ", ""},
	{"a ", "<![CDATA[", ""},
	{"a ", "<!--", ""},
	{"a ", "<!-- a ", ""},
	{"<?", "a\n", ""},
	{"", "<a b=\"", ""},
	{"", "<a b='", "\""},
	{"", "<a ", ""},
	{"", "</a ", ""},
	{"", "<a:", ""},
	{"", "<a@", ""},
	{"", "![[]()", ""},
	{"", "[a](", ""},
	{"", "[a](<b", ""},
	{"", "[a](b \"", ""},
	{"", "[a](b (", ""},
	{"", "![a](b)", ""},
	{"", "[", ""},
	{"", "]", ""},
	{"", "[", "]"},
	{"", "![", "](b)"},
	{"", "[a", "]"},
	{"", "[a]", ""},
	{"", "*a ", ""},
	{"", "_a ", ""},
	{"", "a_ ", ""},
	{"", "*a_ ", ""},
	{"", "**a *", ""},
	{"", "**a*", ""},
	{"", "a**b", "c* "},
	{"", "*", "a*"},
	{"", "*a **a ", "b** *"},
	{"", "*a [b ", ""},
	{"", "**a [b](", ""},
	{"", "![a *b ", "]"},
	{"", "_", "a_ *"},
	{"", "a***", ""},
	{"", "\\", ""},
	{"", "&", ""},
	{"", "&amp;", ""},
	{"", "&#x41;&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ""},
	{"", "`a``b", ""},
	{"", "`", "``` "},
	{"", "[^1]", "\n\n[^1]: a\n"},
	{"", "[^1]:", ""},
	{"", "[^a]", ""},
	{"", "{{", ""},
	{"", "{{a}}", ""},
	{"", "{{ ", ""},
	{"", "http://a.", ""},
	{"", "a@b", ""},
	{"", "a@b.c ", ""},
	{"", "# a\n", ""},
	{"", "a\n=\n", ""},
	{"", "a  \n", ""},
	{"", "\n", ""},
	{"", "\t- ", ""},
	{"", "- a\n", ""},
	{"", "- [ ] a\n", ""},
	{"", "- **a:** b\n", ""},
	{"", "> [!Vraag]\n", ""},
	{"", "> [!", ""},
	{"", "<div>\n\n", ""},
	{"", "```\n", ""},
	{"", "```peiling\n", ""},
	{"[a]: b\n\n", "[a] ", ""},
	{"", "WSP ", ""},
	{"", "[b](c.md) ", ""},
	{"", "\u00e9", ""},
	{"", "<!-- -- -->", ""},
	{"## a <!-- ", "#", " -->"},
	{"## ", "a ", ""},
};

/* Breaks lines at this many bytes, where the text has none of its own. */
static struct text fill(size_t shape, size_t width)
{
	struct text plain = {0}, page = {0};
	size_t in_line = 0;

	text_puts(&plain, shapes[shape].start);
	while (plain.size < (shapes[shape].rest[0] == '\0' ? PAGE_LIMIT : PAGE_LIMIT / 2))
		text_puts(&plain, shapes[shape].unit);
	while (plain.size < PAGE_LIMIT)
		text_puts(&plain, shapes[shape].rest);
	for (size_t i = 0; i < plain.size && page.size < PAGE_LIMIT; i++) {
		in_line = plain.data[i] == '\n' ? 0 : in_line + 1;
		if (in_line > width) {
			text_byte(&page, '\n');
			in_line = 1;
		}
		text_byte(&page, plain.data[i]);
	}
	text_free(&plain);
	return page;
}

static void parse_shape(struct text *page)
{
	struct markdown_case parsed;

	/* The goal is 2.5 seconds; this only tells an endless case from a busy machine. */
	alarm(60);
	case_parse_slice(&parsed, text_slice(page), 1, "");
	alarm(0);
	if (parsed.status != 0) {
		assert_true(parsed.messages.size > 0);
		assert_int_equal(parsed.document.count, 0);
	}
	case_free(&parsed);
	text_free(page);
}

static void nothing_known_makes_the_parser_spin(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
		struct text page = fill(i, 60000);

		parse_shape(&page);
		if (i % 3 == 0) {
			page = fill(i, 997);
			parse_shape(&page);
		}
	}
}

static void references_cannot_be_blown_up(void **state)
{
	struct text page = {0};

	(void)state;
	text_puts(&page, "[a]: ");
	for (int i = 0; i < 60000; i++)
		text_byte(&page, 'x');
	for (int i = 0; i < 200000; i += 4)
		text_puts(&page, i % 1000 == 0 ? "\n\n[a] " : "[a] ");
	parse_shape(&page);
	page = (struct text){0};
	for (int i = 0; page.size < PAGE_LIMIT; i++)
		text_printf(&page, "[%d]: u\n", i);
	parse_shape(&page);
	page = (struct text){0};
	for (int i = 1; page.size < 60000; i++) {
		text_byte(&page, 'a');
		for (int j = 0; j < i; j++)
			text_byte(&page, '`');
	}
	parse_shape(&page);
}

static void footnotes_cannot_be_blown_up(void **state)
{
	struct text page = {0};

	(void)state;
	for (int i = 0; i < 2000; i++)
		text_printf(&page, "[^%d]: [^%d] [^%d]\n", i, i + 1, i + 1);
	text_puts(&page, "\n[^0]\n");
	parse_shape(&page);
	page = (struct text){0};
	for (int i = 0; i < 2000; i++)
		text_printf(&page, "## %d\n\n[^%d]\n\n[^%d]: a\n\n", i, i, i);
	parse_shape(&page);
}

static void lists_cannot_be_too_deep(void **state)
{
	struct text page = {0};

	(void)state;
	for (size_t depth = 0; page.size < PAGE_LIMIT; depth++) {
		for (size_t i = 0; i < 2 * (depth % 400); i++)
			text_byte(&page, ' ');
		text_puts(&page, "- a\n");
	}
	parse_shape(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_must_be_text),
		cmocka_unit_test(limits_hold_to_the_last_one),
		cmocka_unit_test(prose_needs_no_child),
		cmocka_unit_test(what_is_in_doubt_is_tried_in_a_child),
		cmocka_unit_test(threads_may_try_at_once),
		cmocka_unit_test(nothing_known_makes_the_parser_spin),
		cmocka_unit_test(references_cannot_be_blown_up),
		cmocka_unit_test(footnotes_cannot_be_blown_up),
		cmocka_unit_test(lists_cannot_be_too_deep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
