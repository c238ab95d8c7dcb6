/*
 * Words of several parts, and of vocabularies that number them differently, to one list.
 */
#include "search/words.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "search/lunr_part.h"
#include "search/relatives.h"
#include "search/vocabulary.h"

#define FILE_BYTES ((size_t)48 * 1024) /* of words, that a file has about */
#define MOST_WEIGHT 9

/* The list while it grows; its numbers stay as it moves. */
struct gathering {
	struct words *words;
	size_t capacity;
	struct map numbers; /* word → its number in the list, and 1 */
};

static void add(struct gathering *gathering, struct slice word, uint32_t count)
{
	struct words *words = gathering->words;
	uintptr_t number = (uintptr_t)map_get(&gathering->numbers, word);

	if (number == 0) {
		words->list = mem_grow(
			words->list, words->count, &gathering->capacity, sizeof(*words->list));
		words->list[words->count++] = (struct counted_word){word, 0};
		number = words->count;
		map_set(&gathering->numbers, word, (void *)number);
	}
	words->list[number - 1].count += count;
}

static void add_part(struct gathering *gathering, const struct lunr_part *part)
{
	size_t count;
	const struct lunr_word *words = lunr_part_words(part, &count);

	for (size_t i = 0; i < count; i++) {
		uint32_t term;

		add(gathering, vocabulary_word(&term, lunr_part_vocabulary(part), words[i].word),
			words[i].count);
	}
}

static void add_relatives(struct gathering *gathering, const struct relatives *relatives)
{
	size_t words = gathering->words->count, count;

	for (size_t i = 0; i < words; i++) {
		const struct slice *list =
			relatives_of(&count, relatives, gathering->words->list[i].word);

		for (size_t r = 0; r < count; r++)
			add(gathering, list[r], 0);
	}
}

static int compare_words(const void *left, const void *right)
{
	const struct counted_word *a = left, *b = right;

	return unicode_compare_utf16(a->word, b->word);
}

static void cut(struct words *words)
{
	size_t capacity = 0, bytes = FILE_BYTES;

	for (size_t i = 0; i < words->count; i++) {
		if (bytes >= FILE_BYTES) {
			words->starts = mem_grow(words->starts, words->file_count, &capacity,
				sizeof(*words->starts));
			words->starts[words->file_count++] = i;
			bytes = 0;
		}
		bytes += words->list[i].word.size + 1;
	}
	words->starts =
		mem_grow(words->starts, words->file_count, &capacity, sizeof(*words->starts));
	words->starts[words->file_count] = words->count;
}

/* Takes out what another list has; both are sorted. */
static void take_out(struct words *words, const struct words *other)
{
	size_t kept = 0, at = 0;

	for (size_t i = 0; i < words->count; i++) {
		int order = -1;

		while (at < other->count && order < 0) {
			order = compare_words(&other->list[at], &words->list[i]);
			at += order < 0;
		}
		if (order != 0)
			words->list[kept++] = words->list[i];
	}
	words->count = kept;
}

void words_open(struct words *out, struct lunr_part *const *parts, size_t count,
	const struct relatives *relatives, const struct words *under)
{
	struct words words = {0};
	struct gathering gathering = {.words = &words};

	for (size_t i = 0; i < count; i++)
		add_part(&gathering, parts[i]);
	add_relatives(&gathering, relatives);
	map_free(&gathering.numbers);
	if (words.count > 0)
		qsort(words.list, words.count, sizeof(*words.list), compare_words);
	if (under != NULL)
		take_out(&words, under);
	cut(&words);
	*out = words;
}

void words_close(struct words *words)
{
	free(words->list);
	free(words->starts);
	*words = (struct words){0};
}

/* The whole part of the binary logarithm; 0 also for no times at all. */
static char weight(uint32_t count)
{
	int log = 0;

	for (; count > 1 && log < MOST_WEIGHT; count >>= 1)
		log++;
	return (char)('0' + log);
}

void words_write(struct text *out, const struct words *words, size_t file)
{
	size_t first = words->starts[file], end = words->starts[file + 1];
	struct text list = {0};

	for (size_t i = first; i < end; i++) {
		if (i > first)
			text_byte(&list, ' ');
		text_add(&list, words->list[i].word);
	}
	text_puts(out, "{\"version\":2,\"words\":");
	text_json(out, text_slice(&list));
	text_puts(out, ",\"weights\":\"");
	for (size_t i = first; i < end; i++)
		text_byte(out, weight(words->list[i].count));
	text_puts(out, "\"}\n");
	text_free(&list);
}
