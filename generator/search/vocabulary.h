/*
 * The words and terms of the texts that one thread counts, both numbered in the order of meeting. A
 * term is the stem of words. Each word is trimmed, held against the stop words and stemmed once,
 * however often it comes.
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

#define VOCABULARY_NO_TERM UINT32_MAX /* of a stop word */

/*
 * The term of a token (see dutch_next_token()), or VOCABULARY_NO_TERM; gives the number of the word
 * that it is when trimmed as well.
 */
uint32_t vocabulary_find(uint32_t *word, struct vocabulary *vocabulary, struct slice token);

/*
 * The term of a word that no text has: one in lower case and without signs around it. It does not
 * become one of the vocabulary's words.
 */
uint32_t vocabulary_term(struct vocabulary *vocabulary, struct slice word);

/* The term of a stem; false when there is none. */
bool vocabulary_stem_term(uint32_t *out, const struct vocabulary *vocabulary, struct slice stem);

/* The words are numbered in the order of meeting, stop words among them. */
size_t vocabulary_word_count(const struct vocabulary *vocabulary);

/* A word, borrowed until the next is found, and its term. */
struct slice vocabulary_word(uint32_t *term, const struct vocabulary *vocabulary, uint32_t number);

size_t vocabulary_count(const struct vocabulary *vocabulary);

/* The stem of a term; lives as long as the vocabulary. */
struct slice vocabulary_stem(const struct vocabulary *vocabulary, uint32_t term);

#endif
