/*
 * input/difference says which words differ. Here texts are cut into words for it, and what it finds
 * is smoothed for the eye.
 */
#include "input/contrast.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/unicode.h"
#include "input/difference.h"

#define LINE_END "\001" /* how a line's end is compared; no page holds this character */

/* The words of one text, and which of them are only in it. */
struct words {
	struct slice *list;
	bool *changed;
	size_t count;
	size_t capacity;
};

/* A word, a run of spaces, or one other sign. */
static size_t word_size(struct slice rest)
{
	uint32_t point;
	size_t size = unicode_next(&point, rest);
	bool word = unicode_is_word(point), blank = point == ' ';

	while (size < rest.size && (word || blank)) {
		size_t next = unicode_next(&point, slice_from(rest, size));

		if (word ? !unicode_is_word(point) : point != ' ')
			break;
		size += next;
	}
	return size;
}

static void split(struct words *words, struct slice text)
{
	while (text.size > 0) {
		struct slice word = {text.data, word_size(text)};

		words->list =
			mem_grow(words->list, words->count, &words->capacity, sizeof(*words->list));
		words->list[words->count++] = word;
		text = slice_from(text, word.size);
	}
	words->changed = mem_new(words->count + 1, sizeof(*words->changed));
}

static void free_words(struct words *words)
{
	free(words->list);
	free(words->changed);
}

/* The words as they are compared. */
static struct slice *without_lines(const struct words *words)
{
	struct slice *list = mem_new(words->count + 1, sizeof(*list));

	for (size_t i = 0; i < words->count; i++)
		list[i] = slice_is(words->list[i], "\n") ? slice_of(LINE_END) : words->list[i];
	return list;
}

static void mark(struct words *words, size_t start, size_t count)
{
	for (size_t i = start; i < start + count; i++)
		words->changed[i] = true;
}

static bool is_word(struct slice text)
{
	uint32_t point;

	(void)unicode_next(&point, text);
	return unicode_is_word(point);
}

/* How many words there are from `start` up to `end`. */
static size_t count_words(const struct words *words, size_t start, size_t end, bool unchanged)
{
	size_t count = 0;

	for (size_t i = start; i < end; i++)
		count += is_word(words->list[i]) && !(unchanged && words->changed[i]);
	return count;
}

/* From the first stretch that differs up to the last: too few words stayed, so all are marked. */
static void mark_other(
	struct words *before, struct words *after, const struct difference *difference)
{
	const struct difference_stretch *first = difference->list;
	const struct difference_stretch *last = first + difference->count - 1;
	size_t old_end = last->old_start + last->old_count;
	size_t new_end = last->new_start + last->new_count;
	size_t old = count_words(before, first->old_start, old_end, false);
	size_t new = count_words(after, first->new_start, new_end, false);

	if (count_words(before, first->old_start, old_end, true) * 4 >= (old > new ? old : new))
		return;
	mark(before, first->old_start, old_end - first->old_start);
	mark(after, first->new_start, new_end - first->new_start);
}

/* Spaces and signs that stayed between two stretches, without a word, are marked with them. */
static void mark_thin(
	struct words *before, struct words *after, const struct difference *difference)
{
	for (size_t i = 1; i < difference->count; i++) {
		const struct difference_stretch *left = &difference->list[i - 1];
		const struct difference_stretch *right = left + 1;
		size_t start = left->old_start + left->old_count, end = start;

		while (end < right->old_start && !is_word(before->list[end]) &&
			!slice_is(before->list[end], "\n"))
			end++;
		if (end < right->old_start)
			continue;
		mark(before, start, end - start);
		mark(after, left->new_start + left->new_count, end - start);
	}
}

static void put(struct contrast *out, enum contrast_kind kind, struct slice word)
{
	struct contrast_part *last = out->count > 0 ? &out->parts[out->count - 1] : NULL;

	if (last != NULL && last->kind == kind)
		last->text.size += word.size;
	else
		out->parts[out->count++] = (struct contrast_part){kind, word};
}

static void collect(struct contrast *out, const struct words *before, const struct words *after)
{
	size_t a = 0, b = 0;

	while (a < before->count || b < after->count) {
		while (a < before->count && before->changed[a])
			put(out, CONTRAST_REMOVED, before->list[a++]);
		while (b < after->count && after->changed[b])
			put(out, CONTRAST_ADDED, after->list[b++]);
		for (; a < before->count && b < after->count && !before->changed[a] &&
			!after->changed[b];
			a++)
			put(out, CONTRAST_SAME, after->list[b++]);
	}
}

void contrast_find(
	struct contrast *out, struct arena *arena, struct slice before, struct slice after)
{
	struct words old = {0}, new = {0};
	struct difference difference = {0};
	struct slice *old_list, *new_list;

	split(&old, before);
	split(&new, after);
	old_list = without_lines(&old);
	new_list = without_lines(&new);
	if (difference_find(&difference, old_list, old.count, new_list, new.count) != 0) {
		mark(&old, 0, old.count);
		mark(&new, 0, new.count);
	}
	for (size_t i = 0; i < difference.count; i++) {
		mark(&old, difference.list[i].old_start, difference.list[i].old_count);
		mark(&new, difference.list[i].new_start, difference.list[i].new_count);
	}
	if (difference.count > 0) {
		mark_other(&old, &new, &difference);
		mark_thin(&old, &new, &difference);
	}
	*out = (struct contrast){
		.parts = arena_new(arena, old.count + new.count + 1, sizeof(*out->parts))};
	collect(out, &old, &new);
	free(old_list);
	free(new_list);
	free_words(&old);
	free_words(&new);
	difference_free(&difference);
}
