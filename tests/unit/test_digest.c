/* SHA-256 against the examples of FIPS 180-4, and in pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/digest.h"

static void assert_digest(const unsigned char *digest, const char *digits)
{
	struct text written = {0};

	digest_write(&written, digest);
	assert_string_equal(written.data, digits);
	text_free(&written);
}

static void knows_the_examples(void **state)
{
	unsigned char digest[DIGEST_SIZE];

	(void)state;
	digest_of(digest, (struct slice){0});
	assert_digest(digest, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	digest_of(digest, slice_of("abc"));
	assert_digest(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	digest_of(digest, slice_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
	assert_digest(digest, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void pieces_give_the_same(void **state)
{
	struct digest *digest = digest_new();
	unsigned char whole[DIGEST_SIZE], pieces[DIGEST_SIZE];
	char bytes[1000];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 7);
	digest_of(whole, (struct slice){bytes, sizeof(bytes)});
	for (size_t step = 1; step < 200; step += 13) {
		for (size_t at = 0; at < sizeof(bytes); at += step)
			digest_add(digest,
				(struct slice){bytes + at,
					sizeof(bytes) - at < step ? sizeof(bytes) - at : step});
		digest_end(pieces, digest);
		assert_memory_equal(whole, pieces, DIGEST_SIZE);
	}
	digest_free(digest);
	digest_free(NULL);
}

static void reads_what_it_writes_and_nothing_else(void **state)
{
	unsigned char digest[DIGEST_SIZE], read[DIGEST_SIZE] = {9};
	struct text written = {0};

	(void)state;
	digest_of(digest, slice_of("x"));
	digest_write(&written, digest);
	assert_int_equal(digest_read(read, text_slice(&written)), 0);
	assert_memory_equal(digest, read, DIGEST_SIZE);
	assert_int_equal(digest_read(read, (struct slice){written.data, 63}), -1);
	for (const char *bad = "AGg :"; *bad != '\0'; bad++) {
		written.data[40] = *bad;
		assert_int_equal(digest_read(read, text_slice(&written)), -1);
	}
	assert_memory_equal(digest, read, DIGEST_SIZE);
	text_free(&written);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_the_examples),
		cmocka_unit_test(pieces_give_the_same),
		cmocka_unit_test(reads_what_it_writes_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
