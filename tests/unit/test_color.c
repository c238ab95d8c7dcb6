/* Contrast against ratios that WCAG's own documents give, and the shade that is advised. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "model/color.h"

static struct color color_of(const char *text)
{
	struct color color;

	assert_int_equal(color_parse(&color, slice_of(text)), 0);
	return color;
}

static double contrast(const char *one, const char *other)
{
	struct color first = color_of(one), second = color_of(other);

	return color_contrast(&first, &second);
}

static void assert_ratio(const char *one, const char *other, const char *wanted)
{
	char found[16];

	(void)snprintf(found, sizeof(found), "%.2f", contrast(one, other));
	assert_string_equal(found, wanted);
	(void)snprintf(found, sizeof(found), "%.2f", contrast(other, one));
	assert_string_equal(found, wanted);
}

static void test_known_ratios(void **state)
{
	(void)state;
	assert_ratio("#000000", "#ffffff", "21.00");
	assert_ratio("#123456", "#123456", "1.00");
	/* The greys at the edge of AA and of AAA, and the pure colours on white. */
	assert_ratio("#767676", "#ffffff", "4.54");
	assert_ratio("#777777", "#ffffff", "4.48");
	assert_ratio("#595959", "#FFFFFF", "7.00");
	assert_ratio("#949494", "#ffffff", "3.03");
	assert_ratio("#ff0000", "#ffffff", "4.00");
	assert_ratio("#008000", "#ffffff", "5.14");
	assert_ratio("#0000ff", "#ffffff", "8.59");
	assert_ratio("#ffff00", "#ffffff", "1.07");
	/* Below the bend of the curve, where it is a straight line. */
	assert_ratio("#010101", "#000000", "1.01");
}

static void test_what_is_no_colour(void **state)
{
	static const char *const wrong[] = {
		"", "#fff", "01689b", "#01689", "#01689bb", "#01689g", "#01 89b", "red"};
	struct color color = {0.25, 0.5, 0.75};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		assert_int_equal(color_parse(&color, slice_of(wrong[i])), -1);
		assert_true(color.red == 0.25 && color.blue == 0.75);
	}
}

static void test_nearest_shade_passes_and_no_nearer_does(void **state)
{
	static const char *const tried[] = {
		"#f2c200", "#0093c4", "#ff0000", "#00ff00", "#ffffff", "#777777", "#e17000"};
	struct color_need white = {color_of("#ffffff"), CONTRAST_TEXT};
	char out[COLOR_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(tried) / sizeof(*tried); i++) {
		struct color from = color_of(tried[i]);

		assert_int_equal(color_nearest(out, &from, &white, 1), 0);
		assert_true(contrast(out, "#ffffff") >= CONTRAST_TEXT);
		/* No more than was asked, but for a step of the lightness and the rounding. */
		assert_true(contrast(out, "#ffffff") < CONTRAST_TEXT + 0.1);
	}
	struct color grey = color_of("#777777");
	assert_int_equal(color_nearest(out, &grey, &white, 1), 0);
	assert_string_equal(out, "#767676");
}

static void test_what_passes_is_its_own_nearest(void **state)
{
	struct color_need needs[] = {
		{color_of("#ffffff"), CONTRAST_TEXT}, {color_of("#f4f6f8"), CONTRAST_TEXT}};
	struct color blue = color_of("#01689b");
	char out[COLOR_SIZE];

	(void)state;
	assert_int_equal(color_nearest(out, &blue, needs, 2), 0);
	assert_string_equal(out, "#01689b");
	/* Lighter, where what is behind it is dark. */
	needs[0].other = needs[1].other = color_of("#14181d");
	assert_int_equal(color_nearest(out, &blue, needs, 2), 0);
	assert_true(contrast(out, "#14181d") >= CONTRAST_TEXT);
}

static void test_no_shade_suits_black_and_white(void **state)
{
	struct color_need needs[] = {{color_of("#ffffff"), 7}, {color_of("#000000"), 7}};
	struct color blue = color_of("#01689b");
	char out[COLOR_SIZE] = "as was";

	(void)state;
	assert_int_equal(color_nearest(out, &blue, needs, 2), -1);
	assert_string_equal(out, "as was");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_ratios),
		cmocka_unit_test(test_what_is_no_colour),
		cmocka_unit_test(test_nearest_shade_passes_and_no_nearer_does),
		cmocka_unit_test(test_what_passes_is_its_own_nearest),
		cmocka_unit_test(test_no_shade_suits_black_and_white),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
