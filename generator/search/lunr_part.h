/*
 * The terms of a run of documents, counted. Parts that are made by different threads, each with a
 * counter of its own, make one index: see lunr_join().
 */
#ifndef DRAAIBOEK_LUNR_PART_H
#define DRAAIBOEK_LUNR_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct diags;
struct vocabulary;

/* What a thread counts with: it knows the words of all parts that it made. */
struct lunr_counter;

/* Fails with a message when libstemmer's Dutch is not lunr-languages'. */
int lunr_counter_new(struct lunr_counter **out, struct diags *diags);
void lunr_counter_free(struct lunr_counter *counter);

/* The vocabulary that numbers the words and terms of all its parts. */
struct vocabulary *lunr_counter_vocabulary(const struct lunr_counter *counter);

struct lunr_part;

/*
 * A part without documents, of which each will have this many fields; the first `text_count` of
 * them are texts, whose words are counted. The counter must outlive it, and makes one part at a
 * time: a part is ended before the next is made.
 */
struct lunr_part *lunr_part_new(
	struct lunr_counter *counter, size_t field_count, size_t text_count);
void lunr_part_free(struct lunr_part *part);

/* Adds the next document: the text of each field, in order. */
void lunr_part_add(struct lunr_part *part, const struct slice *fields);

/* Ends the part: from here on it has no new documents, and its words are known. */
void lunr_part_end(struct lunr_part *part);

/* Terms that are counted for a term as well, by the numbers of one vocabulary. */
struct lunr_relatives {
	uint32_t *starts; /* by term, and one more: where its relatives start in `terms` */
	uint32_t *terms;
};

/*
 * Counts in the last field of each document the relatives of all terms of its other fields, as
 * often as these come. One part of a counter at a time; `relatives` has all terms that the part
 * has.
 */
void lunr_part_relate(struct lunr_part *part, const struct lunr_relatives *relatives);

size_t lunr_part_count(const struct lunr_part *part); /* of documents */
size_t lunr_part_field_count(const struct lunr_part *part);

/* The vocabulary that numbers the part's terms. */
const struct vocabulary *lunr_part_vocabulary(const struct lunr_part *part);

/* A word, by its number in the vocabulary, and how often the part's texts have it. */
struct lunr_word {
	uint32_t word;
	uint32_t count;
};

/* The words of a part that has ended, in the order in which they come first. Borrowed. */
const struct lunr_word *lunr_part_words(const struct lunr_part *part, size_t *count);

/* The part's terms in the order in which they come first. Borrowed. */
const uint32_t *lunr_part_terms(const struct lunr_part *part, size_t *count);

/* The terms that only relatives have brought, in no order that could be relied on. Borrowed. */
const uint32_t *lunr_part_related(const struct lunr_part *part, size_t *count);

/* Walks through a part: for each field of each document what it has of each term. */
struct lunr_walk {
	const unsigned char *at;
	const unsigned char *end;
	uint32_t term; /* the last one */
};

struct lunr_vector {
	uint32_t length; /* in tokens, stop words left out */
	uint32_t count;	 /* of different terms */
};

struct lunr_walk lunr_walk_new(const struct lunr_part *part);

/* Goes to the next field; false at the end. All terms of the one before must have been taken. */
bool lunr_walk_vector(struct lunr_vector *out, struct lunr_walk *walk);

/* The most bytes of a number as it is packed: seven bits a byte, the lowest first, where the
 * highest bit says that more follow. */
#define LUNR_PACKED_SIZE ((size_t)5)

static inline unsigned char *lunr_pack_number(unsigned char *at, uint32_t number)
{
	for (; number >= 0x80; number >>= 7)
		*at++ = (unsigned char)(number | 0x80);
	*at++ = (unsigned char)number;
	return at;
}

static inline uint32_t lunr_walk_number(struct lunr_walk *walk)
{
	uint32_t number = *walk->at & 0x7f;

	for (unsigned shift = 7; *walk->at++ >= 0x80; shift += 7)
		number |= (uint32_t)(*walk->at & 0x7f) << shift;
	return number;
}

/* Takes the next term of the field, by its number in the vocabulary; gives how often it comes. */
static inline uint32_t lunr_walk_term(uint32_t *out, struct lunr_walk *walk)
{
	uint32_t step = lunr_walk_number(walk);

	walk->term += step >> 1;
	*out = walk->term;
	return (step & 1) != 0 ? lunr_walk_number(walk) : 1;
}

#endif
