/*
 * The terms of the texts that one thread counts: every stem that was met, numbered in the order of
 * meeting. Each word is trimmed, held against the stop words and stemmed once, however often it
 * comes.
 */
#ifndef DRAAIBOEK_VOCABULARY_H
#define DRAAIBOEK_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct diags;
struct vocabulary;

/* Fails with a message when libstemmer's Dutch is not the one of lunr-languages. */
int vocabulary_new(struct vocabulary **out, struct diags *diags);
void vocabulary_free(struct vocabulary *vocabulary);

/* The number of the term that a token (see dutch_next_token()) has; false for stop words. */
bool vocabulary_find(uint32_t *out, struct vocabulary *vocabulary, struct slice token);

size_t vocabulary_count(const struct vocabulary *vocabulary);

/* The stem of a term; lives as long as the vocabulary. */
struct slice vocabulary_stem(const struct vocabulary *vocabulary, uint32_t term);

#endif
