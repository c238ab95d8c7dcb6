/*
 * "Did you mean …?": the distance between two words as Damerau and Levenshtein count it, where
 * adding, dropping, changing a letter, or swapping two neighbours, costs one (the restricted form:
 * no letter is edited twice; https://doi.org/10.1145/363958.363994).
 */
#include <string.h>

#include "base/diag.h"
#include "base/unicode.h"

#define MOST_LETTERS 128

struct word {
	uint32_t letters[MOST_LETTERS];
	size_t size;
};

/* False for a word that is too long to be a slip of the pen. */
static bool read_word(struct word *out, struct slice slice)
{
	out->size = 0;
	while (slice.size > 0) {
		uint32_t point;

		if (out->size == MOST_LETTERS)
			return false;
		slice = slice_from(slice, unicode_next(&point, slice));
		out->letters[out->size++] = unicode_lower(point);
	}
	return true;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static unsigned distance(const struct word *a, const struct word *b)
{
	unsigned rows[3][MOST_LETTERS + 1];
	unsigned *before = rows[0], *above = rows[1], *row = rows[2];

	for (unsigned j = 0; j <= b->size; j++)
		above[j] = j;
	for (unsigned i = 1; i <= a->size; i++) {
		unsigned *spare = before;

		row[0] = i;
		for (unsigned j = 1; j <= b->size; j++) {
			bool same = a->letters[i - 1] == b->letters[j - 1];
			unsigned cost = above[j - 1] + (same ? 0 : 1);

			cost = least(cost, least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a->letters[i - 1] == b->letters[j - 2] &&
				a->letters[i - 2] == b->letters[j - 1])
				cost = least(cost, before[j - 2] + 1);
			row[j] = cost;
		}
		before = above;
		above = row;
		row = spare;
	}
	return above[b->size];
}

/* One edit for every three letters, four at most. */
static unsigned allowed(size_t letters)
{
	return letters < 12 ? (unsigned)letters / 3 : 4;
}

const char *diag_nearest(const char *word, const char *const *candidates, size_t count)
{
	const char *nearest = NULL;
	unsigned smallest = MOST_LETTERS;
	struct word meant, candidate;

	if (!read_word(&meant, slice_of(word)) || meant.size == 0)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		unsigned edits;

		if (!read_word(&candidate, slice_of(candidates[i])))
			continue;
		edits = distance(&meant, &candidate);
		if (edits < smallest &&
			edits <= allowed(meant.size > candidate.size ? meant.size
								     : candidate.size)) {
			smallest = edits;
			nearest = candidates[i];
		}
	}
	return nearest;
}
