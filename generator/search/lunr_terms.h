/*
 * The terms of an index, numbered in the order in which its documents have them first, whichever
 * vocabularies they were counted with.
 */
#ifndef DRAAIBOEK_LUNR_TERMS_H
#define DRAAIBOEK_LUNR_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct lunr_terms;
struct vocabulary;

struct lunr_terms *lunr_terms_new(void);
void lunr_terms_free(struct lunr_terms *terms);

/* Takes up those terms of a vocabulary, in this order, that are not there yet. It is borrowed. */
void lunr_terms_add(struct lunr_terms *terms, const struct vocabulary *vocabulary,
	const uint32_t *added, size_t count);

/*
 * The number here of each term that was taken up from this vocabulary, by its number there. Lives
 * until the next terms are taken up.
 */
const uint32_t *lunr_terms_numbers(
	const struct lunr_terms *terms, const struct vocabulary *vocabulary);

/* Takes up a stem when it is not there yet, and gives its number. The stem is borrowed. */
uint32_t lunr_terms_number(struct lunr_terms *terms, struct slice stem);

/* The number of a stem; false when it was not taken up. */
bool lunr_terms_find(uint32_t *out, const struct lunr_terms *terms, struct slice stem);

size_t lunr_terms_count(const struct lunr_terms *terms);
struct slice lunr_terms_stem(const struct lunr_terms *terms, uint32_t number);

/* The numbers in the order of UTF-16 code units, which is JavaScript's. The caller frees the array.
 */
uint32_t *lunr_terms_sorted(const struct lunr_terms *terms);

#endif
