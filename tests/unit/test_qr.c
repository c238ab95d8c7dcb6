/* QR codes as paths: the square with its fixed patterns, and what is too much. Whether a telephone
 * reads them is for tests/browser/kaarten.test.mjs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include <stdbool.h>

#include "base/mem.h"
#include "base/text.h"
#include "output/qr.h"

#define MOST_SIDE 200
#define QUIET 4

struct square {
	bool dark[MOST_SIDE][MOST_SIDE];
	size_t side;
};

/* Draws the path, which has nothing but moves and lines to the right. */
static void draw(struct square *square, const char *path)
{
	int x, y, used;

	memset(square->dark, 0, sizeof(square->dark));
	assert_int_equal(sscanf(path, "M%d %d.5%n", &x, &y, &used), 2);
	for (path += used; *path != '\0'; path += used) {
		int right, down, length;

		assert_int_equal(sscanf(path, "m%d %dh%d%n", &right, &down, &length, &used), 3);
		x += right;
		y += down;
		assert_true(x >= QUIET && length > 0 && y >= QUIET);
		assert_true((size_t)(x + length) <= square->side - QUIET);
		assert_true((size_t)y < square->side - QUIET);
		for (int i = 0; i < length; i++)
			square->dark[y][x + i] = true;
		x += length;
	}
}

static struct square *code_of(const char *address)
{
	struct square *square = mem_new(1, sizeof(*square));
	struct text path = {0};

	assert_int_equal(qr_path(&path, &square->side, slice_of(address)), 0);
	draw(square, path.data);
	text_free(&path);
	return square;
}

/* The three squares in the corners: dark, light, dark. */
static void assert_finder(const struct square *square, size_t left, size_t top)
{
	for (size_t y = 0; y < 7; y++)
		for (size_t x = 0; x < 7; x++) {
			bool edge = x == 0 || y == 0 || x == 6 || y == 6;
			bool heart = x >= 2 && x <= 4 && y >= 2 && y <= 4;

			assert_int_equal(square->dark[top + y][left + x], edge || heart);
		}
}

static void test_fixed_patterns(void **state)
{
	struct square *square = code_of("https://draaiboek.example/partnerschap/gesprekskaarten/");
	size_t far = square->side - QUIET - 7;

	(void)state;
	/* Version 4: 33 modules, and 4 on each side. */
	assert_int_equal(square->side, 41);
	assert_finder(square, QUIET, QUIET);
	assert_finder(square, far, QUIET);
	assert_finder(square, QUIET, far);
	for (size_t i = QUIET + 8; i < far - 1; i++) {
		assert_int_equal(square->dark[QUIET + 6][i], i % 2 == 0);
		assert_int_equal(square->dark[i][QUIET + 6], i % 2 == 0);
	}
	free(square);
}

static void test_grows_with_the_address(void **state)
{
	struct square *small = code_of("https://a.nl/"),
		      *large = code_of("https://draaiboek.example/regio/"
				       "stedendriehoek-en-noordwest-veluwe/partnerschap/"
				       "een-pagina-met-een-lange-naam/");

	(void)state;
	assert_true(small->side < large->side);
	/* 17 modules and 4 for each version. */
	assert_int_equal((small->side - 2 * QUIET - 17) % 4, 0);
	assert_int_equal((large->side - 2 * QUIET - 17) % 4, 0);
	free(small);
	free(large);
}

static void test_any_bytes(void **state)
{
	const char bytes[] = {'a', '\0', '\xc3', '\xa9'};
	struct text path = {0};
	size_t side = 0;

	(void)state;
	assert_int_equal(qr_path(&path, &side, (struct slice){bytes, sizeof(bytes)}), 0);
	assert_int_equal(side, 29);
	text_free(&path);
}

static void test_as_much_as_fits(void **state)
{
	struct text address = {0}, path = {0};
	size_t side = 0;

	(void)state;
	for (size_t i = 0; i < 2331; i++)
		text_byte(&address, (char)('a' + i % 26));
	assert_int_equal(qr_path(&path, &side, text_slice(&address)), 0);
	assert_int_equal(side, 177 + 2 * QUIET);
	text_clear(&path);
	text_byte(&address, 'z');
	side = 3;
	assert_int_equal(qr_path(&path, &side, text_slice(&address)), -1);
	assert_int_equal(path.size, 0);
	assert_int_equal(side, 3);
	assert_int_equal(qr_path(&path, &side, slice_of("")), -1);
	assert_int_equal(path.size, 0);
	text_free(&address);
	text_free(&path);
}

static void test_appends(void **state)
{
	struct text path = {0};
	size_t side;

	(void)state;
	text_puts(&path, "d=");
	assert_int_equal(qr_path(&path, &side, slice_of("x")), 0);
	assert_true(slice_starts(text_slice(&path), "d=M4 4.5m0 0h7"));
	text_free(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fixed_patterns),
		cmocka_unit_test(test_grows_with_the_address),
		cmocka_unit_test(test_any_bytes),
		cmocka_unit_test(test_as_much_as_fits),
		cmocka_unit_test(test_appends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
