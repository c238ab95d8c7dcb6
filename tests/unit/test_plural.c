/* The other number of a noun, where the stemmer does not see it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/mem.h"
#include "language/plural.h"

static const struct {
	const char *singular;
	const char *plural;
} nouns[] = {{"vacature", "vacatures"}, {"subsidie", "subsidies"}, {"regio", "regios"},
	{"bedrijf", "bedrijven"}, {"prijs", "prijzen"}, {"huis", "huizen"}, {"baas", "bazen"},
	{"brief", "brieven"}, {"graaf", "graven"}, {"reis", "reizen"}, {"bewijs", "bewijzen"},
	{"organisatie", "organisaties"}, {"advies", "adviezen"}, {"plaats", "plaatsen"},
	{"kans", "kansen"}, {"cursus", "cursussen"}, {"bonus", "bonussen"},
	{"werkervaringsplaats", "werkervaringsplaatsen"}, {"klas", "klassen"}};

static void free_texts(struct text texts[PLURAL_MOST])
{
	for (size_t i = 0; i < PLURAL_MOST; i++)
		text_free(&texts[i]);
}

static bool has(const char *other, const char *word)
{
	struct text others[PLURAL_MOST] = {{0}};
	size_t count = plural_others(others, slice_of(word));
	bool found = false;

	for (size_t i = 0; i < count; i++)
		found = found || slice_is(text_slice(&others[i]), other);
	free_texts(others);
	return found;
}

static void gives_each_for_the_other(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(nouns); i++) {
		assert_true(has(nouns[i].plural, nouns[i].singular));
		assert_true(has(nouns[i].singular, nouns[i].plural));
	}
}

static void leaves_other_words_alone(void **state)
{
	static const char *const words[] = {
		"", "a", "ja", "les", "werkgever", "plan", "plannen", "zin", "één", "bus", "weten"};
	struct text others[PLURAL_MOST] = {{0}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		assert_int_equal(plural_others(others, slice_of(words[i])), 0);
	free_texts(others);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_each_for_the_other),
		cmocka_unit_test(leaves_other_words_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
