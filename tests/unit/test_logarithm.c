/* Logarithms as V8 gives them, to the last bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "search/logarithm.h"

/* What Node 20 prints of Math.log(x). The C library of Debian 12 is one off at 3. */
static const struct {
	uint64_t x;
	uint64_t log;
} pairs[] = {{0x3ff0000000000000, 0}, {0x3ff0000000000001, 0x3cafffffffffffff},
	{0x3ff000001ad7f29b, 0x3e7ad7f2847b6492}, {0x3ff4000000000000, 0x3fcc8ff7c79a9a22},
	{0x3ff6a09e667f3bcd, 0x3fd62e42fefa39f0}, {0x3ff8000000000000, 0x3fd9f323ecbf984c},
	{0x4000000000000000, 0x3fe62e42fefa39ef}, {0x4008000000000000, 0x3ff193ea7aad030a},
	{0x4024000000000000, 0x40026bb1bbb55516}, {0x408f4c0000000000, 0x401ba313856fba33},
	{0x40fe240c9fbe76c9, 0x40277281cad8a844}};

static void is_that_of_javascript(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		double x, y;
		uint64_t bits;

		memcpy(&x, &pairs[i].x, sizeof(x));
		y = logarithm(x);
		memcpy(&bits, &y, sizeof(bits));
		assert_true(bits == pairs[i].log);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_that_of_javascript),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
