/*
 * Each word once, whichever counters met it, so that nothing depends on which thread read what.
 */
#include "search/relatives.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "language/compound.h"
#include "language/dutch.h"
#include "language/plural.h"
#include "search/lunr_part.h"
#include "search/vocabulary.h"

#define RUN ((size_t)2048) /* words that are looked at together */

struct entry {
	struct slice word;
	struct slice stem;
	struct slice *relatives; /* words */
	size_t count;
};

struct relatives {
	struct compounds *compounds;
	struct entry *entries;
	size_t count;
	struct map words;     /* word → struct entry */
	struct arena *arenas; /* of each run */
};

/* ---- Words */

static void add_words(struct relatives *relatives, const struct vocabulary *vocabulary)
{
	size_t count = vocabulary_word_count(vocabulary);

	for (uint32_t i = 0; i < count; i++) {
		struct entry *entry = &relatives->entries[relatives->count];
		uint32_t term;
		struct slice word = vocabulary_word(&term, vocabulary, i);

		if (term == VOCABULARY_NO_TERM || map_get(&relatives->words, word) != NULL)
			continue;
		entry->word = word;
		entry->stem = vocabulary_stem(vocabulary, term);
		compound_add_word(relatives->compounds, word);
		map_set(&relatives->words, word, entry);
		relatives->count++;
	}
}

struct relatives *relatives_new(
	struct lunr_counter *const *counters, size_t count, struct compounds *compounds)
{
	struct relatives *relatives = mem_new(1, sizeof(*relatives));
	size_t words = 0;

	relatives->compounds = compounds;
	for (size_t i = 0; i < count; i++)
		words += vocabulary_word_count(lunr_counter_vocabulary(counters[i]));
	relatives->entries = mem_new(words, sizeof(*relatives->entries));
	for (size_t i = 0; i < count; i++)
		add_words(relatives, lunr_counter_vocabulary(counters[i]));
	relatives->arenas = mem_new(relatives_runs(relatives), sizeof(*relatives->arenas));
	return relatives;
}

void relatives_free(struct relatives *relatives)
{
	if (relatives == NULL)
		return;
	for (size_t i = 0; i < relatives_runs(relatives); i++)
		arena_free(&relatives->arenas[i]);
	free(relatives->arenas);
	free(relatives->entries);
	map_free(&relatives->words);
	free(relatives);
}

/* ---- The first step */

size_t relatives_runs(const struct relatives *relatives)
{
	return (relatives->count + RUN - 1) / RUN;
}

static void find(struct relatives *relatives, struct entry *entry, struct arena *arena,
	struct text others[PLURAL_MOST])
{
	struct slice nodes[COMPOUND_NODES + PLURAL_MOST];
	size_t count = compound_split(nodes, relatives->compounds, entry->word);
	size_t plurals = plural_others(others, entry->word);

	for (size_t i = 0; i < plurals; i++)
		if (map_get(&relatives->words, text_slice(&others[i])) != NULL)
			nodes[count++] = text_slice(&others[i]);
	if (count == 0)
		return;
	entry->relatives = arena_new(arena, count, sizeof(*entry->relatives));
	for (size_t i = 0; i < count; i++)
		entry->relatives[i] = slice_keep(arena, nodes[i]);
	entry->count = count;
}

void relatives_find(struct relatives *relatives, size_t run)
{
	struct text others[PLURAL_MOST] = {{0}};
	size_t first = run * RUN;

	for (size_t i = first; i < relatives->count && i < first + RUN; i++)
		find(relatives, &relatives->entries[i], &relatives->arenas[run], others);
	for (size_t i = 0; i < PLURAL_MOST; i++)
		text_free(&others[i]);
}

const struct slice *relatives_of(
	size_t *count, const struct relatives *relatives, struct slice word)
{
	const struct entry *entry = map_get(&relatives->words, word);

	*count = entry != NULL ? entry->count : 0;
	return entry != NULL ? entry->relatives : NULL;
}

/* ---- The second step */

/* A term and a relative of it. */
struct pair {
	uint32_t term;
	uint32_t relative;
};

static int compare_pairs(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;

	if (a->term != b->term)
		return a->term < b->term ? -1 : 1;
	return (a->relative > b->relative) - (a->relative < b->relative);
}

/* The pairs of all terms that the vocabulary has, some more than once. The caller frees them. */
static struct pair *gather(
	size_t *out, const struct relatives *relatives, struct vocabulary *vocabulary)
{
	struct pair *pairs = NULL;
	size_t count = 0, capacity = 0, terms = vocabulary_count(vocabulary);

	for (size_t i = 0; i < relatives->count; i++) {
		const struct entry *entry = &relatives->entries[i];
		uint32_t term;

		/* Terms that are added here are of no text: they have no relatives. */
		if (entry->count == 0 || !vocabulary_stem_term(&term, vocabulary, entry->stem) ||
			term >= terms)
			continue;
		for (size_t r = 0; r < entry->count; r++) {
			uint32_t relative = vocabulary_term(vocabulary, entry->relatives[r]);

			if (relative == VOCABULARY_NO_TERM || relative == term)
				continue;
			pairs = mem_grow(pairs, count, &capacity, sizeof(*pairs));
			pairs[count++] = (struct pair){term, relative};
		}
	}
	*out = count;
	return pairs;
}

void relatives_table(struct lunr_relatives *out, const struct relatives *relatives,
	struct vocabulary *vocabulary)
{
	size_t count, used = 0, at = 0, terms = vocabulary_count(vocabulary);
	struct pair *pairs = gather(&count, relatives, vocabulary);

	out->starts = mem_new(terms + 1, sizeof(*out->starts));
	out->terms = mem_new(count, sizeof(*out->terms));
	if (count > 0)
		qsort(pairs, count, sizeof(*pairs), compare_pairs);
	for (uint32_t term = 0; term < terms; term++) {
		for (; at < count && pairs[at].term == term; at++)
			if (used == out->starts[term] || out->terms[used - 1] != pairs[at].relative)
				out->terms[used++] = pairs[at].relative;
		out->starts[term + 1] = (uint32_t)used;
	}
	free(pairs);
}
