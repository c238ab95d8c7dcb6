/*
 * Two maps: from a word as it stands in the text to its term, and from a stem to its term.
 */
#include "search/vocabulary.h"

#include <assert.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "language/dutch.h"

struct term {
	uint32_t number;
	struct slice stem;
};

struct vocabulary {
	struct dutch *dutch;
	struct map words; /* trimmed word → struct term; &no_term for a stop word */
	struct map stems; /* stem → struct term */
	struct term **terms;
	size_t count;
	size_t capacity;
	struct term no_term;
	struct arena arena; /* of terms, stems and words */
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
	map_free(&vocabulary->words);
	map_free(&vocabulary->stems);
	free(vocabulary->terms);
	arena_free(&vocabulary->arena);
	free(vocabulary);
}

static struct term *add_term(struct vocabulary *vocabulary, struct slice stem)
{
	struct term *term = arena_new(&vocabulary->arena, 1, sizeof(*term));

	assert(vocabulary->count < UINT32_MAX);
	term->number = (uint32_t)vocabulary->count;
	term->stem = slice_keep(&vocabulary->arena, stem);
	vocabulary->terms = mem_grow(vocabulary->terms, vocabulary->count, &vocabulary->capacity,
		sizeof(*vocabulary->terms));
	vocabulary->terms[vocabulary->count++] = term;
	map_set(&vocabulary->stems, term->stem, term);
	return term;
}

static struct term *add_word(struct vocabulary *vocabulary, struct slice word)
{
	struct term *term = &vocabulary->no_term;

	if (!dutch_is_stop_word(word)) {
		struct slice stem = dutch_stem(vocabulary->dutch, word);

		term = map_get(&vocabulary->stems, stem);
		if (term == NULL)
			term = add_term(vocabulary, stem);
	}
	map_set(&vocabulary->words, slice_keep(&vocabulary->arena, word), term);
	return term;
}

bool vocabulary_find(uint32_t *out, struct vocabulary *vocabulary, struct slice token)
{
	struct slice word = dutch_trim(token);
	const struct term *term = map_get(&vocabulary->words, word);

	if (term == NULL)
		term = add_word(vocabulary, word);
	if (term == &vocabulary->no_term)
		return false;
	*out = term->number;
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
