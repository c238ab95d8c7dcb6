/*
 * The words of a scope as they stand in its texts, sorted, with how often they come: what a
 * reader's search completes with, and holds typing errors against. Cut into files by runs of words.
 */
#ifndef DRAAIBOEK_WORDS_H
#define DRAAIBOEK_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct lunr_part;
struct relatives;

struct counted_word {
	struct slice word;
	uint32_t count; /* 0: it is only a relative of others */
};

struct words {
	struct counted_word *list; /* in the order of UTF-16 code units */
	size_t count;
	size_t *starts; /* of each file, and one more: its first word */
	size_t file_count;
};

/*
 * The words of parts that have ended, with their relatives; but for those that `under` (may be
 * NULL) has, which a reader has then, too. Borrows from parts and relatives.
 */
void words_open(struct words *out, struct lunr_part *const *parts, size_t count,
	const struct relatives *relatives, const struct words *under);
void words_close(struct words *words);

/* Appends a file as JSON. */
void words_write(struct text *out, const struct words *words, size_t file);

#endif
