/* What a text says: what counts when two versions are compared, and how it is read. */
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
#include "input/markdown.h"

/* All sections one behind the other. */
static struct slice wording_of(struct arena *arena, const char *body, enum wording_form form)
{
	struct document document;
	struct slice all = {0};

	assert_int_equal(markdown_wording(&document, arena, slice_of(body), form), 0);
	all = document.sections[0].text;
	for (size_t i = 1; i < document.count; i++) {
		assert_ptr_equal(document.sections[i].text.data, all.data + all.size);
		all.size += document.sections[i].text.size;
	}
	return all;
}

static bool same(const char *a, const char *b)
{
	struct arena arena = {0};
	bool equal = slice_equal(
		wording_of(&arena, a, WORDING_EXACT), wording_of(&arena, b, WORDING_EXACT));

	arena_free(&arena);
	return equal;
}

static void white_space_is_nothing(void **state)
{
	(void)state;
	assert_true(same("## A\n\nb c\nd\n", "##  A  \nb   c d  \n\n\n"));
	assert_true(same("a\n\nb\n", "a b"));
	assert_true(same("a  \nb", "a\\\nb"));
	assert_true(same("een\302\240twee", "een twee"));
	assert_true(same("- a\n- b\n", "- a\n\n- b\n"));
	assert_true(same("- a\n  b\n", "* a b\n"));
	assert_true(same("> a\n> b\n", "> a b\n"));
	assert_true(same("> [!Let op]\n> a\n> b c\n", "> [!Let op]\n> a b\n> c\n"));
	assert_true(same("```\na\n\n  b\n```\n", "```\na b\n```\n"));
	assert_true(same("|a|b|\n|-|-|\n|c|d|\n", "| a  | b |\n|----|---|\n| c | d |\n"));
	assert_true(same("a *b c*\nd", "a\n*b\nc* d"));
}

static void comments_are_nothing(void **state)
{
	(void)state;
	assert_true(same("## A <!-- #a vast -->\n\nb\n", "## A\n\nb\n"));
	assert_true(same("a <!-- x --> b", "a b"));
	assert_true(same("<!-- x -->\n\na\n\n<!-- y\nz -->\n", "a"));
	assert_false(same("a b", "<b>a</b> b"));
}

static void all_else_is_something(void **state)
{
	static const char *const texts[] = {"a b", "ab", "a  c", "a *b*", "a **b**", "a `b`",
		"- a b", "1. a b", "2. a b", "- a\n- b", "- a\n  - b", "> a b", "## a b", "### a b",
		"[a](x.md) b", "[a](y.md) b", "[a](x.md \"t\") b", "![a](x.md) b", "    a b",
		"``` a\nb\n```", "|a|b|\n|-|-|", "a[^1] b\n\n[^1]: c", "a b[^1]\n\n[^1]: c",
		"a b[^1]\n\n[^1]: d", "- [ ] a b", "- [x] a b", "a {{naam}} b", "***\na b"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		for (size_t j = 0; j < i; j++)
			assert_false(same(texts[i], texts[j]));
}

static void a_section_stands_by_itself(void **state)
{
	struct arena arena = {0};
	struct document one, other;
	const char *before =
		"## A\n\na[^a]\n\n> [!Vraag]\n> x\n\n## B\n\nb[^b]\n\n> [!Vraag]\n> y\n"
		"\n[^a]: een\n\n[^b]: twee\n";
	const char *after = "## B\n\nb[^b]\n\n> [!Vraag]\n> y\n\n[^b]: twee\n";

	(void)state;
	assert_int_equal(markdown_wording(&one, &arena, slice_of(before), WORDING_EXACT), 0);
	assert_int_equal(markdown_wording(&other, &arena, slice_of(after), WORDING_EXACT), 0);
	assert_int_equal(one.count, 3);
	assert_true(slice_equal(one.sections[2].text, other.sections[1].text));
	assert_true(slice_is(one.sections[2].id, "b"));
	assert_int_equal(one.sections[2].line, 8);
	arena_free(&arena);
}

static void plain_is_to_be_read(void **state)
{
	struct arena arena = {0};
	struct slice text = wording_of(&arena,
		"Een *eerste*\nregel.\n\n## Kop <!-- #k -->\n\nZie [dit](a.md \"t\") en "
		"![dat](b.svg).\n\n"
		"- een\n  - diep\n- twee\n\n  nog\n\n1. stap\n\n> [!Let op]\n> Pas\n> op.\n\n"
		"| a | |\n|---|---|\n| `c` | d e |\n\n```\nx  y\nz\n```\n\nEinde[^n].\n\n[^n]: "
		"Noot *a*.\n",
		WORDING_PLAIN);

	(void)state;
	assert_string_equal(slice_keep(&arena, text).data,
		"Een eerste regel.\nKop\nZie dit en dat.\n- een\n- diep\n- twee\nnog\n- stap\n"
		"[!Let op] Pas op.\na | \nc | d e\nx y\nz\nEinde[1].\n[1] Noot a.\n"
		"<a.md t> <b.svg>\n");
	arena_free(&arena);
}

static void what_is_refused_says_nothing(void **state)
{
	struct arena arena = {0};
	struct document document;

	(void)state;
	assert_int_equal(
		markdown_wording(&document, &arena, slice_of("a\001b"), WORDING_EXACT), -1);
	assert_int_equal(wording_of(&arena, "", WORDING_EXACT).size, 0);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(white_space_is_nothing),
		cmocka_unit_test(comments_are_nothing),
		cmocka_unit_test(all_else_is_something),
		cmocka_unit_test(a_section_stands_by_itself),
		cmocka_unit_test(plain_is_to_be_read),
		cmocka_unit_test(what_is_refused_says_nothing),
	};

	markdown_init();
	return cmocka_run_group_tests_name("wording", tests, NULL, NULL);
}
