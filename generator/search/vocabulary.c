/*
 * Every word of a site is looked up here. So the words have a table of their own, small enough to
 * stay near the processor: an entry has the number of the word's term, and where in one row of
 * bytes the word stands. Stems, asked for new words only, have a map.
 */
#include "search/vocabulary.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "language/dutch.h"

#define NO_TERM UINT32_MAX /* of a stop word */

/* A word as it stands in the text, trimmed. */
struct word {
	uint32_t hash;
	uint32_t term;
	uint32_t start; /* in the row of bytes */
	uint32_t size;	/* and one: 0 says that the entry is free */
};

struct term {
	uint32_t number;
	struct slice stem;
};

struct vocabulary {
	struct dutch *dutch;
	struct word *words; /* at most half full; a search ends at the first free entry */
	size_t word_count;
	size_t word_capacity; /* a power of two, or 0 */
	struct text bytes;    /* of all words */
	struct map stems;     /* stem → struct term */
	struct term **terms;
	size_t count;
	size_t capacity;
	struct arena arena; /* of terms and stems */
};

int vocabulary_new(struct vocabulary **out, struct diags *diags)
{
	struct vocabulary *vocabulary = mem_new(1, sizeof(*vocabulary));

	if (dutch_new(&vocabulary->dutch, diags) < 0) {
		vocabulary_free(vocabulary);
		return -1;
	}
	*out = vocabulary;
	return 0;
}

void vocabulary_free(struct vocabulary *vocabulary)
{
	if (vocabulary == NULL)
		return;
	dutch_free(vocabulary->dutch);
	free(vocabulary->words);
	text_free(&vocabulary->bytes);
	map_free(&vocabulary->stems);
	free(vocabulary->terms);
	arena_free(&vocabulary->arena);
	free(vocabulary);
}

static struct term *add_term(struct vocabulary *vocabulary, struct slice stem)
{
	struct term *term = arena_new(&vocabulary->arena, 1, sizeof(*term));

	assert(vocabulary->count < NO_TERM);
	term->number = (uint32_t)vocabulary->count;
	term->stem = slice_keep(&vocabulary->arena, stem);
	vocabulary->terms = mem_grow(vocabulary->terms, vocabulary->count, &vocabulary->capacity,
		sizeof(*vocabulary->terms));
	vocabulary->terms[vocabulary->count++] = term;
	map_set(&vocabulary->stems, term->stem, term);
	return term;
}

/* The number of a new word's term. */
static uint32_t find_term(struct vocabulary *vocabulary, struct slice word)
{
	const struct term *term;
	struct slice stem;

	if (dutch_is_stop_word(word))
		return NO_TERM;
	stem = dutch_stem(vocabulary->dutch, word);
	term = map_get(&vocabulary->stems, stem);
	if (term == NULL)
		term = add_term(vocabulary, stem);
	return term->number;
}

/* The entry of a word, or the free one where it belongs. The table has entries. */
static struct word *find_word(const struct vocabulary *vocabulary, struct slice word, uint32_t hash)
{
	size_t mask = vocabulary->word_capacity - 1;
	size_t at = hash & mask;

	while (vocabulary->words[at].size > 0) {
		struct word *entry = &vocabulary->words[at];

		if (entry->hash == hash && entry->size - 1 == word.size &&
			(word.size == 0 || memcmp(vocabulary->bytes.data + entry->start, word.data,
						   word.size) == 0))
			break;
		at = (at + 1) & mask;
	}
	return &vocabulary->words[at];
}

static void grow(struct vocabulary *vocabulary)
{
	struct word *old = vocabulary->words;
	size_t count = vocabulary->word_capacity;
	size_t mask;

	vocabulary->word_capacity = count > 0 ? count * 2 : 4096;
	vocabulary->words = mem_new(vocabulary->word_capacity, sizeof(*vocabulary->words));
	mask = vocabulary->word_capacity - 1;
	for (size_t i = 0; i < count; i++) {
		size_t at = old[i].hash & mask;

		if (old[i].size == 0)
			continue;
		while (vocabulary->words[at].size > 0)
			at = (at + 1) & mask;
		vocabulary->words[at] = old[i];
	}
	free(old);
}

static uint32_t add_word(struct vocabulary *vocabulary, struct slice word, uint32_t hash)
{
	uint32_t term = find_term(vocabulary, word);

	assert(word.size < UINT32_MAX && vocabulary->bytes.size <= UINT32_MAX - word.size);
	if (vocabulary->word_count >= vocabulary->word_capacity / 2)
		grow(vocabulary);
	*find_word(vocabulary, word, hash) = (struct word){
		hash, term, (uint32_t)vocabulary->bytes.size, (uint32_t)word.size + 1};
	vocabulary->word_count++;
	text_add(&vocabulary->bytes, word);
	return term;
}

bool vocabulary_find(uint32_t *out, struct vocabulary *vocabulary, struct slice token)
{
	struct slice word = dutch_trim(token);
	uint64_t wide = map_hash(word);
	uint32_t hash = (uint32_t)(wide ^ wide >> 32);
	const struct word *known = NULL;
	uint32_t term;

	if (vocabulary->word_capacity > 0)
		known = find_word(vocabulary, word, hash);
	if (known != NULL && known->size > 0)
		term = known->term;
	else
		term = add_word(vocabulary, word, hash);
	if (term == NO_TERM)
		return false;
	*out = term;
	return true;
}

size_t vocabulary_count(const struct vocabulary *vocabulary)
{
	return vocabulary->count;
}

struct slice vocabulary_stem(const struct vocabulary *vocabulary, uint32_t term)
{
	assert(term < vocabulary->count);
	return vocabulary->terms[term]->stem;
}
