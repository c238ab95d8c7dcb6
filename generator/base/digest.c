/*
 * Calls nettle, which uses the processor's own instructions for SHA-256 where it has them.
 */
#include "base/digest.h"

#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

_Static_assert(SHA256_DIGEST_SIZE == DIGEST_SIZE, "a digest is 32 bytes");

struct digest {
	struct sha256_ctx state;
};

static void add(struct sha256_ctx *state, struct slice bytes)
{
	if (bytes.size > 0)
		sha256_update(state, bytes.size, (const uint8_t *)bytes.data);
}

void digest_of(unsigned char out[DIGEST_SIZE], struct slice bytes)
{
	struct sha256_ctx state;

	sha256_init(&state);
	add(&state, bytes);
	sha256_digest(&state, DIGEST_SIZE, out);
}

struct digest *digest_new(void)
{
	struct digest *digest = mem_new(1, sizeof(*digest));

	sha256_init(&digest->state);
	return digest;
}

void digest_add(struct digest *digest, struct slice piece)
{
	add(&digest->state, piece);
}

void digest_end(unsigned char out[DIGEST_SIZE], struct digest *digest)
{
	sha256_digest(&digest->state, DIGEST_SIZE, out);
}

void digest_free(struct digest *digest)
{
	free(digest);
}

void digest_write(struct text *out, const unsigned char digest[DIGEST_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		text_byte(out, digits[digest[i] >> 4]);
		text_byte(out, digits[digest[i] & 15]);
	}
}

static int digit_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

int digest_read(unsigned char out[DIGEST_SIZE], struct slice digits)
{
	unsigned char read[DIGEST_SIZE];

	if (digits.size != DIGEST_DIGITS)
		return -1;
	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		int high = digit_value(digits.data[2 * i]);
		int low = digit_value(digits.data[2 * i + 1]);

		if (high < 0 || low < 0)
			return -1;
		read[i] = (unsigned char)(high << 4 | low);
	}
	memcpy(out, read, sizeof(read));
	return 0;
}
