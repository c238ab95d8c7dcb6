/* YAML: what it becomes, where it stood, and each mistake by its name and place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/value.h"
#include "input/yaml.h"

static struct value *parse_slice(struct arena *arena, struct slice bytes)
{
	struct diags *diags = diag_new();
	struct value *value = NULL;
	size_t count;
	int status = yaml_parse(&value, arena, bytes, "x.yml", 1, 0, diags);
	const struct diag *list = diag_sorted(diags, &count);

	if (status != 0)
		print_message(
			"%u:%u: %s\n", list[0].place.line, list[0].place.column, list[0].text);
	assert_int_equal(status, 0);
	assert_int_equal(count, 0);
	diag_free(diags);
	return value;
}

static struct value *parse(struct arena *arena, const char *yaml)
{
	return parse_slice(arena, slice_of(yaml));
}

/* The message must be the only one. */
static void assert_refused_slice(
	struct slice bytes, enum diag_code code, unsigned line, unsigned column)
{
	struct diags *diags = diag_new();
	struct arena arena = {0};
	struct value *value = NULL;
	size_t count;
	clock_t start = clock();
	int status = yaml_parse(&value, &arena, bytes, "x.yml", 1, 0, diags);
	const struct diag *list = diag_sorted(diags, &count);

	if (count > 0 && (list[0].code != code || list[0].place.line != line ||
				 list[0].place.column != column))
		print_message("%.60s\n%u:%u: %s [%s]\n", bytes.data, list[0].place.line,
			list[0].place.column, list[0].text, diag_name(list[0].code));
	assert_int_equal(status, -1);
	assert_null(value);
	assert_int_equal(count, 1);
	assert_string_equal(diag_name(list[0].code), diag_name(code));
	assert_int_equal(list[0].place.line, line);
	assert_int_equal(list[0].place.column, column);
	assert_string_equal(list[0].place.path, "x.yml");
	assert_true(clock() - start < CLOCKS_PER_SEC);
	arena_free(&arena);
	diag_free(diags);
}

static void assert_refused(const char *yaml, enum diag_code code, unsigned line, unsigned column)
{
	assert_refused_slice(slice_of(yaml), code, line, column);
}

static void assert_text(const struct value *value, const char *want)
{
	assert_non_null(value);
	assert_int_equal(value->kind, VALUE_TEXT);
	assert_int_equal(value->text.size, strlen(want));
	assert_memory_equal(value->text.data, want, strlen(want));
}

static void reads_front_matter(void **state)
{
	struct arena arena = {0};
	const struct value *root = parse(&arena, "titel: Proefplaatsing # een opmerking\n"
						 "leeg:\n"
						 "getal: 12\n"
						 "ja: yes\n"
						 "tilde: ~\n"
						 "citaat: \"Da's mooi: zo\"\n"
						 "datum: 2026-11-20\n"
						 "onderwerpen:\n"
						 "  - zij-instroom\n"
						 "  - \"\"\n"
						 "bron: [{titel: A, datum: 2022}, {titel: B}]\n"
						 "tekst: >\n"
						 "  een\n"
						 "  twee\n");

	(void)state;
	assert_int_equal(root->kind, VALUE_MAP);
	assert_int_equal(root->count, 10);
	assert_text(value_at(root, "titel"), "Proefplaatsing");
	assert_int_equal(value_at(root, "leeg")->kind, VALUE_NULL);
	assert_text(value_at(root, "getal"), "12");
	assert_text(value_at(root, "ja"), "yes");
	assert_text(value_at(root, "tilde"), "~");
	assert_text(value_at(root, "citaat"), "Da's mooi: zo");
	assert_text(value_at(root, "datum"), "2026-11-20");
	assert_int_equal(value_at(root, "onderwerpen")->kind, VALUE_LIST);
	assert_int_equal(value_at(root, "onderwerpen")->count, 2);
	assert_text(value_at(root, "onderwerpen")->last, "");
	assert_text(value_at(value_at(root, "bron")->first, "datum"), "2022");
	assert_text(value_at(root, "tekst"), "een twee\n");
	arena_free(&arena);
}

static void knows_where_things_stand(void **state)
{
	struct arena arena = {0};
	struct diags *diags = diag_new();
	struct value *root;
	const struct value *list;

	(void)state;
	assert_int_equal(
		yaml_parse(&root, &arena, slice_of("titel: x\nbron:\n  - \u00e9\u00e9n: b\n"),
			"x.md", 2, 0, diags),
		0);
	assert_int_equal(root->line, 2);
	assert_int_equal(root->first->key_line, 2);
	assert_int_equal(root->first->key_column, 1);
	assert_int_equal(root->first->line, 2);
	assert_int_equal(root->first->column, 8);
	list = value_at(root, "bron");
	assert_int_equal(list->key_line, 3);
	assert_int_equal(list->line, 4);
	assert_int_equal(list->first->first->key_column, 5);
	assert_int_equal(list->first->first->column, 10); /* in letters, not bytes */
	arena_free(&arena);
	diag_free(diags);
}

static void nothing_is_an_empty_map(void **state)
{
	static const char *const empty[] = {"", "\n\n", "# alleen een opmerking\n", "---\n", "   ",
		"\xef\xbb\xbf", "--- \n...\n"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(empty); i++) {
		struct arena arena = {0};
		const struct value *root = parse(&arena, empty[i]);

		assert_int_equal(root->kind, VALUE_MAP);
		assert_int_equal(root->count, 0);
		assert_null(root->first);
		arena_free(&arena);
	}
}

static void reads_what_notepad_writes(void **state)
{
	struct arena arena = {0};
	const struct value *root = parse(&arena, "\xef\xbb\xbftitel: x\r\nsoort: y\r\n");

	(void)state;
	assert_text(value_at(root, "titel"), "x");
	assert_text(value_at(root, "soort"), "y");
	assert_int_equal(root->first->key_column, 1);
	arena_free(&arena);
}

static void a_value_may_hold_nul_only_escaped(void **state)
{
	struct arena arena = {0};
	const struct value *root = parse(&arena, "a: \"x\\0y\"\n");

	(void)state;
	assert_int_equal(value_at(root, "a")->text.size, 3);
	assert_memory_equal(value_at(root, "a")->text.data, "x\0y", 3);
	arena_free(&arena);
	assert_refused_slice((struct slice){"a: x\0y\n", 7}, DIAG_CONTROL_CHARACTER, 1, 5);
	assert_refused("\"x\\0y\": a\n", DIAG_CONTROL_CHARACTER, 1, 1);
}

static void refuses_what_harms(void **state)
{
	(void)state;
	assert_refused("a: &x b\n", DIAG_YAML_SIGN, 1, 4);
	assert_refused("a: &x [b]\n", DIAG_YAML_SIGN, 1, 4);
	assert_refused("a: &x {b: c}\n", DIAG_YAML_SIGN, 1, 4);
	assert_refused("a: *x\n", DIAG_YAML_SIGN, 1, 4);
	assert_refused("*x : a\n", DIAG_YAML_SIGN, 1, 1);
	assert_refused("a: !!binary x\n", DIAG_YAML_SIGN, 1, 4);
	assert_refused("a: !eigen x\n", DIAG_YAML_SIGN, 1, 4);
	assert_refused("!!map {a: b}\n", DIAG_YAML_SIGN, 1, 1);
	assert_refused("a: !<tag:x> [b]\n", DIAG_YAML_SIGN, 1, 4);
	assert_refused("%YAML 1.1\n---\na: b\n", DIAG_YAML_SIGN, 1, 1);
	assert_refused("%TAG ! tag:x,2000:\n---\na: b\n", DIAG_YAML_SIGN, 1, 1);
	assert_refused("<<: a\n", DIAG_YAML_SIGN, 1, 1);
	assert_refused("a: b\n---\nc: d\n", DIAG_YAML_DOCUMENT, 2, 1);
	assert_refused("a: b\n...\n---\nc: d\n", DIAG_YAML_DOCUMENT, 3, 1);
	assert_refused("a: b\nc: d\na: e\n", DIAG_YAML_TWICE, 3, 1);
	assert_refused("x:\n  - {a: b, a: c}\n", DIAG_YAML_TWICE, 2, 12);
	assert_refused("? [a]\n: b\n", DIAG_YAML_KEY, 1, 3);
	assert_refused("titel: {{naam}}\n", DIAG_YAML_KEY, 1, 9);
	assert_refused(": b\n", DIAG_YAML_KEY, 1, 1);
	assert_refused("\"\": b\n", DIAG_YAML_KEY, 1, 1);
	assert_refused("a: x\xe9y\n", DIAG_NOT_UTF8, 1, 5);
	assert_refused("a: x\nb: \xe9y\n", DIAG_NOT_UTF8, 2, 4);
	assert_refused("a: x\nb: \x07y\n", DIAG_CONTROL_CHARACTER, 2, 4);
	assert_refused("a: \x1b[31m\n", DIAG_CONTROL_CHARACTER, 1, 4);
	assert_refused("a: b\n\x80", DIAG_NOT_UTF8, 2, 1);
}

static void names_the_mistakes_that_editors_make(void **state)
{
	(void)state;
	assert_refused("a:\n\tb: c\n", DIAG_YAML_TAB, 2, 1);
	assert_refused("\ttitel: a\n", DIAG_YAML_TAB, 1, 1);
	assert_refused("titel: a\n\tsoort: b\n", DIAG_YAML_TAB, 2, 1);
	assert_refused("a:\n  b: c\n\td: e\n", DIAG_YAML_TAB, 3, 1);
	assert_refused("a:\n  b: c\n \td: e\n", DIAG_YAML_TAB, 3, 2);
	assert_refused("titel:x\n", DIAG_YAML_COLON_SPACE, 1, 1);
	assert_refused("titel:x\nsoort: y\n", DIAG_YAML_COLON_SPACE, 1, 1);
	assert_refused("titel: x\nsoort:y\neigenaar: z\n", DIAG_YAML_COLON_SPACE, 2, 1);
	assert_refused("titel: x\nsoort:y", DIAG_YAML_COLON_SPACE, 2, 1);
	assert_refused("x:\n  - titel:y\n    url: z\n", DIAG_YAML_COLON_SPACE, 2, 3);
	assert_refused("gewone tekst\nnog een regel\n", DIAG_YAML_COLON_MISSING, 1, 1);
	assert_refused("a: b\ngewone tekst\nc: d\n", DIAG_YAML_COLON_MISSING, 2, 1);
	assert_refused("a: b\nhttps://x.nl\nc: d\n", DIAG_YAML_COLON_MISSING, 2, 1);
	assert_refused("titel: Foo: bar\n", DIAG_YAML_COLON_VALUE, 1, 11);
	assert_refused("titel: \"Foo\nsoort: x\n", DIAG_YAML_QUOTE_OPEN, 1, 8);
	assert_refused("titel: x\nsoort: 'Foo\n", DIAG_YAML_QUOTE_OPEN, 2, 8);
	assert_refused("titel: \"Foo\nsoort: \"x\"\n", DIAG_YAML_QUOTE_REST, 2, 9);
	assert_refused("titel: \"Wat\" is dit\nb: c\n", DIAG_YAML_QUOTE_REST, 1, 14);
	assert_refused("titel: 'Da's mooi'\nb: c\n", DIAG_YAML_QUOTE_REST, 1, 12);
	assert_refused("titel: x\n  soort: y\n", DIAG_YAML_INDENT, 2, 3);
	assert_refused("a:\n  b: c\n d: e\n", DIAG_YAML_INDENT, 3, 2);
	assert_refused("x:\n  - a\n - b\nc: d\n", DIAG_YAML_INDENT, 3, 2);
	assert_refused("x:\n  - a\n   - b\nc: d\n", DIAG_YAML_INDENT, 3, 4);
	assert_refused("a: b\n- c\n", DIAG_YAML_INDENT, 2, 1);
	assert_refused("- a\nb: c\n", DIAG_YAML_INDENT, 2, 1);
	assert_refused("a:\n-b\n-c\n", DIAG_YAML_DASH, 2, 1);
	assert_refused("-a\n-b\n", DIAG_YAML_DASH, 1, 1);
	assert_refused("titel: - b\n", DIAG_YAML_LIST_PLACE, 1, 8);
	assert_refused("a: [b, c\nd: e\n", DIAG_YAML_BRACKET, 1, 4);
	assert_refused("a: {b: c\nd: e\n", DIAG_YAML_BRACKET, 1, 4);
	assert_refused("a: [b, c", DIAG_YAML_BRACKET, 1, 4);
	assert_refused("a: ]\n", DIAG_YAML_SIGN, 1, 4);
	assert_refused("a: [b]]\n", DIAG_YAML_SIGN, 1, 7);
	assert_refused("titel: **Let op**\n", DIAG_YAML_SIGN, 1, 8);
	assert_refused("titel: *Let op*\n", DIAG_YAML_SIGN, 1, 8);
	assert_refused("titel: & co\n", DIAG_YAML_SIGN, 1, 8);
	assert_refused("titel: !belangrijk\n", DIAG_YAML_SIGN, 1, 8);
	assert_refused("titel: @naam\n", DIAG_YAML_SIGN, 1, 8);
	assert_refused("titel: `x`\n", DIAG_YAML_SIGN, 1, 8);
	assert_refused("titel: %50\n", DIAG_YAML_SIGN, 1, 8);
	assert_refused("titel: \"C:\\docs\"\n", DIAG_YAML_ESCAPE, 1, 11);
	assert_refused("titel: > tekst\nb: c\n", DIAG_YAML_BLOCK, 1, 10);
}

static void says_which_sign_it_means(void **state)
{
	struct diags *diags = diag_new();
	struct arena arena = {0};
	struct value *value;
	size_t count;

	(void)state;
	assert_int_equal(yaml_parse(&value, &arena, slice_of("a: @b\n"), "x.yml", 1, 0, diags), -1);
	assert_true(strncmp(diag_sorted(diags, &count)[0].text, "@ ", 2) == 0);
	arena_free(&arena);
	diag_free(diags);
}

static void warns_of_a_value_that_is_cut(void **state)
{
	static const struct {
		const char *yaml;
		size_t warnings;
	} cases[] = {{"a: Regeling #2\n", 1}, {"a: b # twee\n", 0}, {"a: b ##\n", 0},
		{"a: b#2\n", 0}, {"a: \"b\" #2\n", 0}, {"a: \u00e9\n  b #2\nc: d\n", 1},
		{"a: b #\n", 0}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct diags *diags = diag_new();
		struct arena arena = {0};
		struct value *value;

		assert_int_equal(
			yaml_parse(&value, &arena, slice_of(cases[i].yaml), "x.yml", 1, 0, diags),
			0);
		assert_int_equal(diag_count(diags, DIAG_WARNING), cases[i].warnings);
		arena_free(&arena);
		diag_free(diags);
	}
}

static void repeat(struct text *out, const char *what, size_t count)
{
	for (size_t i = 0; i < count; i++)
		text_puts(out, what);
}

/* What makes other parsers slow, or eat memory: here each ends at once. */
static void ends_fast_on_what_is_deep(void **state)
{
	static const struct {
		const char *start, *part;
		enum diag_code code;
		unsigned line, column;
	} cases[] = {
		{"", "[", DIAG_YAML_DEEP, 1, 17},
		{"", "{", DIAG_YAML_KEY, 1, 2},
		{"a: ", "[", DIAG_YAML_DEEP, 1, 19},
		{"", "[\n", DIAG_YAML_DEEP, 17, 1},
		{"", "- ", DIAG_YAML_DEEP, 1, 33},
		{"", "{a: ", DIAG_YAML_DEEP, 1, 65},
		{"", "[a, ", DIAG_YAML_DEEP, 1, 65},
		{"a: ", "!", DIAG_YAML_SIGN, 1, 4},
		{"a: ", "&", DIAG_YAML_SIGN, 1, 4},
		{"a: ", "*", DIAG_YAML_SIGN, 1, 4},
		{"a: \"", "\\", DIAG_YAML_QUOTE_OPEN, 1, 4},
		{"a: '", "''", DIAG_YAML_QUOTE_OPEN, 1, 4},
		{"a: [", "\"\",", DIAG_YAML_BRACKET, 1, 4},
		{"a: [", "x,", DIAG_YAML_BRACKET, 1, 4},
		{"a: [", "\n", DIAG_YAML_BRACKET, 1, 4},
		{"a: \"", "\n", DIAG_YAML_QUOTE_OPEN, 1, 4},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct text yaml = {0};

		text_puts(&yaml, cases[i].start);
		repeat(&yaml, cases[i].part, 100000);
		assert_refused_slice(
			text_slice(&yaml), cases[i].code, cases[i].line, cases[i].column);
		text_free(&yaml);
	}
}

static void ends_fast_on_deep_indentation(void **state)
{
	struct text yaml = {0};

	(void)state;
	for (size_t i = 0; i < 600; i++) {
		repeat(&yaml, " ", i);
		text_puts(&yaml, "a:\n");
	}
	assert_refused_slice(text_slice(&yaml), DIAG_YAML_DEEP, 17, 17);
	text_free(&yaml);
}

static void ends_fast_on_an_alias_bomb(void **state)
{
	(void)state;
	assert_refused("a: &a [x, x, x, x, x, x, x, x, x]\n"
		       "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n",
		DIAG_YAML_SIGN, 1, 4);
}

static void counts_keys(void **state)
{
	struct text yaml = {0};
	struct arena arena = {0};
	struct diags *diags = diag_new();
	struct value *root;

	(void)state;
	for (unsigned i = 0; i < 20000; i++)
		text_printf(&yaml, "k%u: v\n", i);
	assert_refused_slice(text_slice(&yaml), DIAG_YAML_KEYS, 501, 1);
	assert_int_equal(yaml_parse(&root, &arena, text_slice(&yaml), "x.yml", 1, 20000, diags), 0);
	assert_int_equal(root->count, 20000);
	text_puts(&yaml, "k17: v\n");
	assert_int_equal(
		yaml_parse(&root, &arena, text_slice(&yaml), "x.yml", 1, 30000, diags), -1);
	assert_int_equal(diag_count(diags, DIAG_ERROR), 1);
	text_free(&yaml);
	arena_free(&arena);
	diag_free(diags);
}

static void sixteen_levels_are_allowed(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_non_null(parse(&arena, "[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]"));
	arena_free(&arena);
}

/* However a file is cut off: an answer, and no more than one message. */
static void survives_every_cut(void **state)
{
	static const char yaml[] =
		"a: \"x\\u00e9\"\nb: [c, {d: 'e'}]\nf: |\n  g\n h: i\n\xc3\xa9: &j *k\n";

	(void)state;
	for (size_t i = 0; i < sizeof(yaml); i++) {
		struct arena arena = {0};
		struct diags *diags = diag_new();
		struct value *value;
		char *copy = mem_copy(yaml, i); /* its end is where the sanitizer looks */
		int status =
			yaml_parse(&value, &arena, (struct slice){copy, i}, "x.yml", 1, 0, diags);

		assert_int_equal(diag_count(diags, DIAG_ERROR), status == 0 ? 0 : 1);
		free(copy);
		arena_free(&arena);
		diag_free(diags);
	}
}

static void assert_split(const char *bytes, const char *front, const char *body, unsigned line)
{
	struct slice out_front, out_body;
	unsigned body_line;
	struct diags *diags = diag_new();

	assert_int_equal(
		yaml_split(&out_front, &out_body, &body_line, slice_of(bytes), "x.md", diags), 0);
	assert_true(slice_is(out_front, front));
	assert_true(slice_is(out_body, body));
	assert_int_equal(body_line, line);
	diag_free(diags);
}

static void assert_not_split(struct slice bytes, enum diag_code code)
{
	struct slice front, body;
	unsigned line;
	struct diags *diags = diag_new();
	size_t count;

	assert_int_equal(yaml_split(&front, &body, &line, bytes, "x.md", diags), -1);
	assert_int_equal(diag_sorted(diags, &count)[0].code, code);
	assert_int_equal(count, 1);
	diag_free(diags);
}

static void splits_front_matter(void **state)
{
	struct text text = {0};

	(void)state;
	assert_split("---\na: b\n---\n# C\n", "a: b\n", "# C\n", 4);
	assert_split("---\r\na: b\r\n---\r\nC\r\n", "a: b\r\n", "C\r\n", 4);
	assert_split("\xef\xbb\xbf---\na: b\n---\nC", "a: b\n", "C", 4);
	assert_split("\xef\xbb\xbfZonder", "", "Zonder", 1);
	assert_split("--- \na: b\n---\t\n", "a: b\n", "", 4);
	assert_split("---\n---\n", "", "", 3);
	assert_split("---\n---", "", "", 3);
	assert_split("", "", "", 1);
	assert_split("\n---\na: b\n---\n", "", "\n---\na: b\n---\n", 1);
	assert_split(" ---\na: b\n---\n", "", " ---\na: b\n---\n", 1);
	assert_split("----\n", "", "----\n", 1);
	assert_split("---\na: b\n--- c\n ---\n---\nD", "a: b\n--- c\n ---\n", "D", 6);
	assert_not_split(slice_of("---\na: b\n"), DIAG_FRONT_OPEN);
	assert_not_split(slice_of("---"), DIAG_FRONT_OPEN);
	text_puts(&text, "---\n");
	repeat(&text, "# vijftien tek\n", YAML_FRONT_LIMIT / 15 + 1);
	text_puts(&text, "---\n");
	assert_not_split(text_slice(&text), DIAG_FRONT_LONG);
	text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_front_matter),
		cmocka_unit_test(knows_where_things_stand),
		cmocka_unit_test(nothing_is_an_empty_map),
		cmocka_unit_test(reads_what_notepad_writes),
		cmocka_unit_test(a_value_may_hold_nul_only_escaped),
		cmocka_unit_test(refuses_what_harms),
		cmocka_unit_test(names_the_mistakes_that_editors_make),
		cmocka_unit_test(says_which_sign_it_means),
		cmocka_unit_test(warns_of_a_value_that_is_cut),
		cmocka_unit_test(ends_fast_on_what_is_deep),
		cmocka_unit_test(ends_fast_on_deep_indentation),
		cmocka_unit_test(ends_fast_on_an_alias_bomb),
		cmocka_unit_test(counts_keys),
		cmocka_unit_test(sixteen_levels_are_allowed),
		cmocka_unit_test(survives_every_cut),
		cmocka_unit_test(splits_front_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
