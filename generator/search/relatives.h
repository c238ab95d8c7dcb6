/*
 * What stands in an index for a word beside its own term: the parts of a compound, and the other
 * number of a noun that the stemmer keeps apart, where the site has it. Known only when all words
 * of the site are, since these tell where a compound is cut.
 *
 * They are found in steps, of which the pieces may be done at once by different threads.
 */
#ifndef DRAAIBOEK_RELATIVES_H
#define DRAAIBOEK_RELATIVES_H

#include <stddef.h>

#include "base/text.h"

struct compounds;
struct lunr_counter;
struct lunr_relatives;
struct relatives;
struct vocabulary;

/*
 * Takes up all words that the counters met, from here on these meet no other, and adds them to the
 * compounds. Borrows both.
 */
struct relatives *relatives_new(
	struct lunr_counter *const *counters, size_t count, struct compounds *compounds);
void relatives_free(struct relatives *relatives);

/* The first step: a run of words for each number below relatives_runs(). */
size_t relatives_runs(const struct relatives *relatives);
void relatives_find(struct relatives *relatives, size_t run);

/*
 * The second step: once all are found, as terms by the numbers of a vocabulary, which gets those
 * that it lacks. One thread at a time for a vocabulary. The caller frees the arrays.
 */
void relatives_table(struct lunr_relatives *out, const struct relatives *relatives,
	struct vocabulary *vocabulary);

/* The relatives of a word that was met, as words. Borrowed. */
const struct slice *relatives_of(
	size_t *count, const struct relatives *relatives, struct slice word);

#endif
