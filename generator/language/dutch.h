/*
 * Dutch as lunr-languages 1.22.0 treats it: lower case, word characters, stop words, and the stem
 * by Snowball's Porter-like algorithm for Dutch (libstemmer). Hides libstemmer.
 */
#ifndef DRAAIBOEK_DUTCH_H
#define DRAAIBOEK_DUTCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct diags;

/* One thread's stemmer. */
struct dutch;

/* Fails with a message when libstemmer's Dutch is not the algorithm of lunr-languages. */
int dutch_new(struct dutch **out, struct diags *diags);
void dutch_free(struct dutch *dutch);

/*
 * Appends the text in lower case, as JavaScript's toLowerCase() has it. What is appended is UTF-8
 * whatever the text is: U+FFFD stands for a byte that is not.
 */
void dutch_lower(struct text *out, struct slice text);

/* Takes the next token off lower-cased `rest`: what stands between white space and hyphens. */
bool dutch_next_token(struct slice *out, struct slice *rest);

/* The token without the characters at both ends that are not of a word. */
struct slice dutch_trim(struct slice token);

/* True for the 101 stop words and the empty word. */
bool dutch_is_stop_word(struct slice word);

/* The stem of a word in lower case; borrowed until the next call. */
struct slice dutch_stem(struct dutch *dutch, struct slice word);

#endif
