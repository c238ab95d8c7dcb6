/*
 * The forms that the splitter of compounds knows, in memory: those of the table, those of our own
 * lists, which mend what the dictionary lacks or tempts to, and those of the site. Called by
 * language/compound.
 *
 * It is a set of hashes; the words themselves are not kept. That two words have the same 56 bits of
 * hash is next to impossible, and what would come of it is one wrong split.
 */
#ifndef DRAAIBOEK_COMPOUND_FORMS_H
#define DRAAIBOEK_COMPOUND_FORMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* More kinds of forms, beside those of enum compound_kind. */
enum compound_own_kind {
	COMPOUND_SITE = 16,	/* a word of the site */
	COMPOUND_WHOLE = 32,	/* never split, though it looks like a compound */
	COMPOUND_PARTICLE = 64, /* starts a verb, or what is made of one: no left part */
	COMPOUND_ENDING = 128	/* ends a word as a suffix does: no right part */
};

/* Starts as all zeroes. */
struct compound_forms {
	uint64_t *slots; /* 0: free; else the hash, its eight lowest bits the kinds */
	size_t count;
	size_t capacity; /* a power of two, or 0 */
};

/* A hash is made byte by byte: that of a word is made of that of its beginning. */
#define COMPOUND_HASH_START UINT64_C(0xcbf29ce484222325)

static inline uint64_t compound_hash_add(uint64_t hash, char byte)
{
	return (hash ^ (unsigned char)byte) * UINT64_C(0x100000001b3);
}

/* Adds the forms of a table's bytes, and our own. -1, without a message, when it is damaged. */
int compound_forms_read(struct compound_forms *out, struct slice bytes);

/* Adds kinds to those that the word has. */
void compound_forms_add(struct compound_forms *forms, struct slice word, unsigned kinds);

/* The kinds of the word with this hash; 0: not known. */
unsigned compound_forms_get(const struct compound_forms *forms, uint64_t hash);

void compound_forms_free(struct compound_forms *forms);

#endif
