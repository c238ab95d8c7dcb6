/*
 * Every word of a site is looked up here. So the words have a table of their own, small enough to
 * stay near the processor, and stand in one row of bytes. Stems, asked for new words only, have a
 * map.
 */
#include "search/vocabulary.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "language/dutch.h"

#define NO_WORD UINT32_MAX

/* A word as it stands in the text, trimmed. */
struct word {
	uint32_t term;	/* VOCABULARY_NO_TERM: a stop word */
	uint32_t start; /* in the row of bytes */
	uint32_t size;
};

/* A place in the table: at most half of them are taken, and a search ends at the first free one. */
struct slot {
	uint32_t hash;
	uint32_t word; /* NO_WORD: free */
};

struct term {
	uint32_t number;
	struct slice stem;
};

struct vocabulary {
	struct dutch *dutch;
	struct slot *slots;
	size_t slot_count; /* a power of two, or 0 */
	struct word *words;
	size_t word_count;
	size_t word_capacity;
	struct text bytes; /* of all words */
	struct map stems;  /* stem → struct term */
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
	free(vocabulary->slots);
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

	assert(vocabulary->count < VOCABULARY_NO_TERM);
	term->number = (uint32_t)vocabulary->count;
	term->stem = slice_keep(&vocabulary->arena, stem);
	vocabulary->terms = mem_grow(vocabulary->terms, vocabulary->count, &vocabulary->capacity,
		sizeof(*vocabulary->terms));
	vocabulary->terms[vocabulary->count++] = term;
	map_set(&vocabulary->stems, term->stem, term);
	return term;
}

uint32_t vocabulary_term(struct vocabulary *vocabulary, struct slice word)
{
	const struct term *term;
	struct slice stem;

	if (dutch_is_stop_word(word))
		return VOCABULARY_NO_TERM;
	stem = dutch_stem(vocabulary->dutch, word);
	term = map_get(&vocabulary->stems, stem);
	if (term == NULL)
		term = add_term(vocabulary, stem);
	return term->number;
}

static uint32_t hash_word(struct slice word)
{
	uint64_t hash = map_hash(word);

	return (uint32_t)(hash ^ hash >> 32);
}

/* The slot of a word, or the free one where it belongs. The table has slots. */
static struct slot *find_slot(const struct vocabulary *vocabulary, struct slice word, uint32_t hash)
{
	size_t mask = vocabulary->slot_count - 1;
	size_t at = hash & mask;

	for (; vocabulary->slots[at].word != NO_WORD; at = (at + 1) & mask) {
		const struct word *other;

		if (vocabulary->slots[at].hash != hash)
			continue;
		other = &vocabulary->words[vocabulary->slots[at].word];
		if (other->size == word.size &&
			(word.size == 0 || memcmp(vocabulary->bytes.data + other->start, word.data,
						   word.size) == 0))
			break;
	}
	return &vocabulary->slots[at];
}

static void grow(struct vocabulary *vocabulary)
{
	struct slot *old = vocabulary->slots;
	size_t count = vocabulary->slot_count;
	size_t mask;

	vocabulary->slot_count = count > 0 ? count * 2 : 4096;
	vocabulary->slots = mem_resize(NULL, vocabulary->slot_count, sizeof(*vocabulary->slots));
	memset(vocabulary->slots, 0xff, vocabulary->slot_count * sizeof(*vocabulary->slots));
	mask = vocabulary->slot_count - 1;
	for (size_t i = 0; i < count; i++) {
		size_t at = old[i].hash & mask;

		if (old[i].word == NO_WORD)
			continue;
		while (vocabulary->slots[at].word != NO_WORD)
			at = (at + 1) & mask;
		vocabulary->slots[at] = old[i];
	}
	free(old);
}

static uint32_t add_word(struct vocabulary *vocabulary, struct slice word, uint32_t hash)
{
	uint32_t term = vocabulary_term(vocabulary, word);
	uint32_t number = (uint32_t)vocabulary->word_count;

	assert(word.size < UINT32_MAX && vocabulary->bytes.size <= UINT32_MAX - word.size);
	assert(vocabulary->word_count < NO_WORD);
	if (vocabulary->word_count >= vocabulary->slot_count / 2)
		grow(vocabulary);
	*find_slot(vocabulary, word, hash) = (struct slot){hash, number};
	vocabulary->words = mem_grow(vocabulary->words, vocabulary->word_count,
		&vocabulary->word_capacity, sizeof(*vocabulary->words));
	vocabulary->words[vocabulary->word_count++] =
		(struct word){term, (uint32_t)vocabulary->bytes.size, (uint32_t)word.size};
	text_add(&vocabulary->bytes, word);
	return number;
}

uint32_t vocabulary_find(uint32_t *word, struct vocabulary *vocabulary, struct slice token)
{
	struct slice trimmed = dutch_trim(token);
	uint32_t hash = hash_word(trimmed);
	uint32_t number = NO_WORD;

	if (vocabulary->slot_count > 0)
		number = find_slot(vocabulary, trimmed, hash)->word;
	if (number == NO_WORD)
		number = add_word(vocabulary, trimmed, hash);
	*word = number;
	return vocabulary->words[number].term;
}

bool vocabulary_stem_term(uint32_t *out, const struct vocabulary *vocabulary, struct slice stem)
{
	const struct term *term = map_get(&vocabulary->stems, stem);

	if (term == NULL)
		return false;
	*out = term->number;
	return true;
}

size_t vocabulary_word_count(const struct vocabulary *vocabulary)
{
	return vocabulary->word_count;
}

struct slice vocabulary_word(uint32_t *term, const struct vocabulary *vocabulary, uint32_t number)
{
	const struct word *word;

	assert(number < vocabulary->word_count);
	word = &vocabulary->words[number];
	*term = word->term;
	return (struct slice){vocabulary->bytes.data + word->start, word->size};
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
