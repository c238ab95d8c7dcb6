/*
 * SHA-256 (FIPS 180-4), of bytes that come in one piece or in several. Hides nettle.
 */
#ifndef DRAAIBOEK_DIGEST_H
#define DRAAIBOEK_DIGEST_H

#include "base/text.h"

#define DIGEST_SIZE 32
#define DIGEST_DIGITS ((size_t)64)

/* The digest of all the bytes. */
void digest_of(unsigned char out[DIGEST_SIZE], struct slice bytes);

/* The same of bytes that come in pieces; the caller frees it with digest_free(), which takes NULL.
 */
struct digest;
struct digest *digest_new(void);
void digest_add(struct digest *digest, struct slice piece);
void digest_end(unsigned char out[DIGEST_SIZE], struct digest *digest); /* starts anew */
void digest_free(struct digest *digest);

/* Appends the 64 hexadecimal digits, in small letters. */
void digest_write(struct text *out, const unsigned char digest[DIGEST_SIZE]);

/* Reads 64 such digits; -1 when the slice is something else. */
int digest_read(unsigned char out[DIGEST_SIZE], struct slice digits);

#endif
