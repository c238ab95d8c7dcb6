/* The style sheet that a region's house style becomes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/text.h"
#include "model/house_style.h"
#include "output/region_style.h"

#define LIGHT "@media screen and (prefers-color-scheme:light) and (prefers-contrast:no-preference)"
#define DARK "@media screen and (prefers-color-scheme:dark) and (prefers-contrast:no-preference)"

static void assert_style(const struct house_style *style, const char *wanted)
{
	struct text out = {0};

	region_style_write(&out, style);
	text_byte(&out, '\0');
	assert_string_equal(out.data, wanted);
	text_free(&out);
}

static void test_nothing(void **state)
{
	struct house_style style = {0};

	(void)state;
	assert_false(house_style_is_set(&style));
	assert_style(&style, "");
}

static void test_a_colour_alone_is_one_property(void **state)
{
	struct house_style style = {.color = slice_of("#01689b")};

	(void)state;
	assert_true(house_style_is_set(&style));
	assert_style(&style, ":root{--regio-kleur:#01689b}");
}

static void test_an_accent_stands_for_the_colour(void **state)
{
	struct house_style style = {0};

	(void)state;
	style.colors[HOUSE_ACCENT] = slice_of("#01689b");
	assert_style(&style, ":root{--regio-kleur:#01689b}" LIGHT
			     "{:root{--accent:#01689b;--accent-vlak:var(--vlak);}}");
}

static void test_dark_apart_from_light(void **state)
{
	struct house_style style = {.color = slice_of("#123456"), .corners = slice_of("recht")};

	(void)state;
	style.colors[HOUSE_LINE] = slice_of("#222222");
	style.colors[HOUSE_GROUND_DARK] = slice_of("#333333");
	assert_style(&style, ":root{--regio-kleur:#123456;--hoek:0}" LIGHT
			     "{:root{--regio-lijn:#222222;}}" DARK "{:root{--vlak:#333333;}}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_a_colour_alone_is_one_property),
		cmocka_unit_test(test_an_accent_stands_for_the_colour),
		cmocka_unit_test(test_dark_apart_from_light),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
