/*
 * Counts the terms of one field of one document, and gives them back in the order of their numbers,
 * without sorting: a bit stands for each term, and a bit of a second row for 64 of them.
 */
#ifndef DRAAIBOEK_TALLY_H
#define DRAAIBOEK_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Starts as all zeroes. */
struct tally {
	uint32_t *counts;   /* by term; of terms that are not present: 0 */
	uint64_t *present;  /* a bit a term */
	uint64_t *occupied; /* a bit a word of `present` */
	size_t capacity;    /* in terms: a multiple of 64 * 64 */
	size_t size;	    /* of different terms present */
};

struct tally_entry {
	uint32_t term;
	uint32_t count;
};

/* Adds `count` (not 0) to a term. True when it was not present yet. */
bool tally_add(struct tally *tally, uint32_t term, uint32_t count);

/* Writes its `size` entries, in ascending order of term, and empties the tally. */
void tally_take(struct tally_entry *out, struct tally *tally);

void tally_free(struct tally *tally);

#endif
