/* Two texts as one: what is marked, and that both can be read from it. */
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
#include "input/contrast.h"

static void assert_marked(const char *before, const char *after, const char *wanted)
{
	static const char *const opens[] = {"", "[-", "{+"}, *const closes[] = {"", "-]", "+}"};
	struct arena arena = {0};
	struct contrast contrast;
	struct text shown = {0}, old = {0}, new = {0};

	text_reserve(&shown, 0);
	text_puts(&shown, "");
	text_puts(&old, "");
	text_puts(&new, "");
	contrast_find(&contrast, &arena, slice_of(before), slice_of(after));
	for (size_t i = 0; i < contrast.count; i++) {
		const struct contrast_part *part = &contrast.parts[i];

		assert_true(part->text.size > 0);
		assert_true(i == 0 || part[-1].kind != part->kind);
		text_puts(&shown, opens[part->kind]);
		text_add(&shown, part->text);
		text_puts(&shown, closes[part->kind]);
		if (part->kind != CONTRAST_ADDED)
			text_add(&old, part->text);
		if (part->kind != CONTRAST_REMOVED)
			text_add(&new, part->text);
	}
	assert_true(slice_is(text_slice(&old), before));
	assert_true(slice_is(text_slice(&new), after));
	if (wanted != NULL)
		assert_string_equal(shown.data, wanted);
	text_free(&shown);
	text_free(&old);
	text_free(&new);
	arena_free(&arena);
}

static void words_are_marked(void **state)
{
	(void)state;
	assert_marked("", "", "");
	assert_marked("a", "a", "a");
	assert_marked("", "a b", "{+a b+}");
	assert_marked("a b", "", "[-a b-]");
	assert_marked("U krijgt 500 euro.", "U krijgt 600 euro.", "U krijgt [-500-]{+600+} euro.");
	assert_marked(
		"Bel het loket.", "Bel het loket op werkdagen.", "Bel het loket{+ op werkdagen+}.");
	assert_marked("één maand", "één jaar", "één [-maand-]{+jaar+}");
	assert_marked("a\nb\n", "a\nc\nb\n", "a\n{+c\n+}b\n");
}

static void spaces_and_signs_between_changes_go_with_them(void **state)
{
	(void)state;
	assert_marked("wij gaan nu samen een dag of twee weg, ja",
		"wij gaan nu samen drie maal of twee weg, ja",
		"wij gaan nu samen [-een dag-]{+drie maal+} of twee weg, ja");
}

static void texts_with_little_in_common_are_shown_whole(void **state)
{
	(void)state;
	assert_marked("De kat zat op de grote rode mat in huis.",
		"Een hond liep door de lange straat naar school.",
		"[-De kat zat op de grote rode mat in huis-]{+Een hond liep door de lange straat "
		"naar school+}.");
}

static void both_texts_can_be_read_from_it(void **state)
{
	static const char *const words[] = {"a", "b", "cd", " ", " ", ".", "\n", "é", ", "};
	unsigned seed = 7;

	(void)state;
	for (unsigned round = 0; round < 500; round++) {
		struct text texts[2] = {{0}};

		for (size_t t = 0; t < 2; t++) {
			text_puts(&texts[t], "");
			for (unsigned i = 0; i < round % 23; i++) {
				seed = seed * 1103515245 + 12345;
				text_puts(&texts[t], words[seed / 65536 % ARRAY_LEN(words)]);
			}
		}
		assert_marked(texts[0].data, texts[1].data, NULL);
		text_free(&texts[0]);
		text_free(&texts[1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_marked),
		cmocka_unit_test(spaces_and_signs_between_changes_go_with_them),
		cmocka_unit_test(texts_with_little_in_common_are_shown_whole),
		cmocka_unit_test(both_texts_can_be_read_from_it),
	};

	return cmocka_run_group_tests_name("contrast", tests, NULL, NULL);
}
