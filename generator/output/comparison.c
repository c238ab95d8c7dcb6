/*
 * First passages are held against each other, each as one word: most are the same. Where they
 * differ, those are taken together that have most words in common, and compared by word.
 */
#include "output/comparison.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/value.h"
#include "input/difference.h"
#include "model/schema.h"

#define MOST_PAIRS 2500 /* passages held against passages, in one stretch that differs */
#define LEAST_LIKE 40	/* percent of words that two passages share to be one that changed */
#define CONTEXT 14	/* words shown of what stays, at either side */
#define ISLAND 1	/* words that stay, between two changes, and are drawn as changed */

enum step_kind { STEP_SAME, STEP_REMOVED, STEP_ADDED, STEP_CHANGED };

/* Passages in the order in which they are drawn. */
struct step {
	enum step_kind kind;
	size_t old, new; /* numbers of passages; of one side only where it is removed or added */
};

struct drawer {
	struct text *out;
	struct comparison_result *result;
	const struct passages *old;
	const struct passages *new;
	const struct comparison_options *options;
	struct step *steps;
	size_t count;
	size_t capacity;
	struct difference words; /* of two passages */
	struct text key;	 /* scratch */
};

/* ---- Which passages belong together */

static void add_step(struct drawer *drawer, enum step_kind kind, size_t old, size_t new)
{
	drawer->steps =
		mem_grow(drawer->steps, drawer->count, &drawer->capacity, sizeof(*drawer->steps));
	drawer->steps[drawer->count++] = (struct step){kind, old, new};
}

/* All of a passage as one word. */
static struct slice passage_key(
	struct drawer *drawer, struct arena *arena, const struct passages *from, size_t number)
{
	const struct passage *passage = &from->list[number];

	text_clear(&drawer->key);
	text_byte(&drawer->key, (char)('a' + passage->kind * 2 + passage->quoted));
	text_add(&drawer->key, passage->name);
	for (size_t i = 0; i < passage->count; i++) {
		text_byte(&drawer->key, ' ');
		text_add(&drawer->key, from->words[passage->start + i]);
	}
	return slice_keep(arena, text_slice(&drawer->key));
}

static int compare_hashes(const void *a, const void *b)
{
	const uint64_t *one = a, *two = b;

	return *one < *two ? -1 : *one > *two;
}

/* Sets the hashes of the words of passages, sorted in each; they stand where the words stand. */
static void hash_words(uint64_t *out, const struct passages *passages, size_t first, size_t count)
{
	for (size_t i = first; i < first + count; i++) {
		const struct passage *passage = &passages->list[i];

		for (size_t w = passage->start; w < passage->start + passage->count; w++)
			out[w] = map_hash(passages->words[w]);
		if (passage->count > 1)
			qsort(out + passage->start, passage->count, sizeof(*out), compare_hashes);
	}
}

/* How much two passages have in common, in percent of the words of the longer one. */
static unsigned measure(const struct passage *old, const uint64_t *old_hashes,
	const struct passage *new, const uint64_t *new_hashes)
{
	size_t most = old->count > new->count ? old->count : new->count, shared = 0;
	size_t i = old->start, j = new->start;

	if (old->kind != new->kind || old->quoted != new->quoted)
		return 0;
	if (old->kind == PASSAGE_FIELD)
		return slice_equal(old->name, new->name) ? 100 : 0;
	while (i < old->start + old->count && j < new->start + new->count) {
		if (old_hashes[i] < new_hashes[j]) {
			i++;
		} else if (old_hashes[i] > new_hashes[j]) {
			j++;
		} else {
			shared++;
			i++;
			j++;
		}
	}
	return most > 0 ? (unsigned)(shared * 100 / most) : 0;
}

/* The most likeness from passages i and j on to the end of the stretch, and whether they pair. */
struct cell {
	unsigned sum;
	unsigned like; /* of i and j; 0 when they are no pair */
};

static void fill(struct cell *cells, const struct drawer *drawer,
	const struct difference_stretch *stretch, uint64_t *old_hashes, uint64_t *new_hashes)
{
	size_t width = stretch->new_count + 1;

	hash_words(old_hashes, drawer->old, stretch->old_start, stretch->old_count);
	hash_words(new_hashes, drawer->new, stretch->new_start, stretch->new_count);
	for (size_t i = stretch->old_count; i-- > 0;)
		for (size_t j = stretch->new_count; j-- > 0;) {
			struct cell *cell = &cells[i * width + j];
			unsigned below = cells[(i + 1) * width + j].sum, right = cell[1].sum;
			unsigned like = measure(&drawer->old->list[stretch->old_start + i],
				old_hashes, &drawer->new->list[stretch->new_start + j], new_hashes);
			unsigned paired = cells[(i + 1) * width + j + 1].sum + like;

			cell->sum = below > right ? below : right;
			if (like >= LEAST_LIKE && paired >= cell->sum) {
				cell->sum = paired;
				cell->like = like;
			}
		}
}

/* Adds the steps of a stretch that differs. */
static void pair(struct drawer *drawer, const struct difference_stretch *stretch,
	uint64_t *old_hashes, uint64_t *new_hashes)
{
	size_t width = stretch->new_count + 1, i = 0, j = 0;
	bool pairs = stretch->old_count > 0 && stretch->new_count > 0 &&
		     stretch->old_count <= MOST_PAIRS / stretch->new_count;
	struct cell *cells = mem_new(pairs ? (stretch->old_count + 1) * width : 1, sizeof(*cells));

	if (pairs)
		fill(cells, drawer, stretch, old_hashes, new_hashes);
	while (i < stretch->old_count || j < stretch->new_count) {
		const struct cell *cell = pairs ? &cells[i * width + j] : NULL;

		if (i < stretch->old_count && j < stretch->new_count && pairs && cell->like > 0)
			add_step(drawer, STEP_CHANGED, stretch->old_start + i++,
				stretch->new_start + j++);
		else if (i < stretch->old_count &&
			 (!pairs || j == stretch->new_count ||
				 cells[(i + 1) * width + j].sum == cell->sum))
			add_step(drawer, STEP_REMOVED, stretch->old_start + i++, 0);
		else
			add_step(drawer, STEP_ADDED, 0, stretch->new_start + j++);
	}
	free(cells);
}

static int find_steps(struct drawer *drawer)
{
	const struct passages *old = drawer->old, *new = drawer->new;
	struct slice *old_keys = mem_new(old->count + 1, sizeof(*old_keys));
	struct slice *new_keys = mem_new(new->count + 1, sizeof(*new_keys));
	uint64_t *old_hashes = mem_new(old->word_count + 1, sizeof(*old_hashes));
	uint64_t *new_hashes = mem_new(new->word_count + 1, sizeof(*new_hashes));
	struct difference difference = {0};
	struct arena arena = {0};
	size_t at = 0;
	int status;

	for (size_t i = 0; i < old->count; i++)
		old_keys[i] = passage_key(drawer, &arena, old, i);
	for (size_t i = 0; i < new->count; i++)
		new_keys[i] = passage_key(drawer, &arena, new, i);
	status = difference_find(&difference, old_keys, old->count, new_keys, new->count);
	for (size_t i = 0; status == 0 && i <= difference.count; i++) {
		size_t end = i < difference.count ? difference.list[i].new_start : new->count;
		size_t before = i < difference.count ? difference.list[i].old_start : old->count;

		for (; at < end; at++)
			add_step(drawer, STEP_SAME, before - (end - at), at);
		if (i == difference.count)
			break;
		pair(drawer, &difference.list[i], old_hashes, new_hashes);
		at = end + difference.list[i].new_count;
	}
	difference_free(&difference);
	arena_free(&arena);
	free(old_keys);
	free(new_keys);
	free(old_hashes);
	free(new_hashes);
	return status;
}

/* ---- Words */

static void put_string(struct drawer *drawer, const char *name)
{
	text_html(drawer->out, value_text_at(drawer->options->strings, name));
}

/* How many more words may be drawn. */
static size_t words_left(const struct drawer *drawer)
{
	size_t most = drawer->options->most_words;

	if (most == 0)
		return SIZE_MAX;
	return drawer->result->words < most ? most - drawer->result->words : 0;
}

static void put_word(struct drawer *drawer, const struct passages *from, size_t word, bool first)
{
	if (!first && (from->marks[word] & WORD_SPACED) != 0)
		text_byte(drawer->out, ' ');
	text_html(drawer->out, from->words[word]);
	drawer->result->words++;
}

/* Draws words as they stand; where links lead to is left out. */
static void put_words(
	struct drawer *drawer, const struct passages *from, size_t start, size_t end, bool first)
{
	for (size_t i = start; i < end; i++) {
		if ((from->marks[i] & WORD_TARGET) != 0)
			continue;
		put_word(drawer, from, i, first);
		first = false;
	}
}

/* What stands beside words that stay. */
enum side { SIDE_START = 1, SIDE_CHANGE_BEFORE = 2, SIDE_CHANGE_BEHIND = 4 };

/* Draws words that stay: of many only the first and the last, where a change is at that side. */
static void put_same(struct drawer *drawer, const struct passages *from, size_t start, size_t end,
	unsigned sides)
{
	size_t head = (sides & SIDE_CHANGE_BEFORE) != 0 ? CONTEXT : 0;
	size_t tail = (sides & SIDE_CHANGE_BEHIND) != 0 ? CONTEXT : 0;
	bool first = (sides & SIDE_START) != 0;

	if (end - start <= head + tail + CONTEXT / 2) {
		put_words(drawer, from, start, end, first);
		return;
	}
	put_words(drawer, from, start, start + head, first);
	text_puts(drawer->out, head > 0 ? " …" : "…");
	while (tail > 0 && (from->marks[end - tail] & WORD_SPACED) == 0)
		tail--; /* a comma or a full stop is of the word before it */
	put_words(drawer, from, end - tail, end, false);
}

/* Draws words that came or went. Where a link leads to is worth telling when only that changed. */
static void put_marked(struct drawer *drawer, const char *element, const char *string,
	const struct passages *from, size_t start, size_t end, bool first)
{
	size_t left = words_left(drawer), shown = start;
	bool targets = true;

	for (size_t i = start; i < end; i++)
		targets = targets && (from->marks[i] & WORD_TARGET) != 0;
	while (!targets && start < end && (from->marks[start] & WORD_TARGET) != 0)
		start++;
	if (start >= end)
		return;
	shown = end - start <= left ? end : start + left;
	if (!first && (from->marks[start] & WORD_SPACED) != 0)
		text_byte(drawer->out, ' ');
	text_printf(drawer->out, "<%s><span class=\"onzichtbaar\">[", element);
	put_string(drawer, string);
	text_puts(drawer->out, ": </span>");
	for (size_t i = start; i < shown; i++)
		if (targets || (from->marks[i] & WORD_TARGET) == 0)
			put_word(drawer, from, i, i == start);
	if (shown < end) {
		text_puts(drawer->out, " …");
		drawer->result->left_out++;
	}
	text_printf(drawer->out, "<span class=\"onzichtbaar\">]</span></%s>", element);
}

static void put_removed(struct drawer *drawer, size_t start, size_t end, bool first)
{
	put_marked(drawer, "del", "verschil-verwijderd", drawer->old, start, end, first);
}

static void put_added(struct drawer *drawer, size_t start, size_t end, bool first)
{
	put_marked(drawer, "ins", "verschil-toegevoegd", drawer->new, start, end, first);
}

/* Takes stretches together between which hardly a word stays: that reads as one change. */
static void join_stretches(struct difference *words)
{
	size_t kept = 0;

	for (size_t i = 1; i < words->count; i++) {
		struct difference_stretch *last = &words->list[kept];
		const struct difference_stretch *next = &words->list[i];
		size_t between = next->new_start - last->new_start - last->new_count;

		if (between <= ISLAND) {
			last->old_count = next->old_start + next->old_count - last->old_start;
			last->new_count = next->new_start + next->new_count - last->new_start;
		} else {
			words->list[++kept] = *next;
		}
	}
	words->count = words->count > 0 ? kept + 1 : 0;
}

/* Draws two passages as one. */
static int put_changed(struct drawer *drawer, const struct passage *old, const struct passage *new)
{
	struct difference *words = &drawer->words;
	size_t at = 0;

	if (difference_find(words, drawer->old->words + old->start, old->count,
		    drawer->new->words + new->start, new->count) != 0)
		return -1;
	join_stretches(words);
	for (size_t i = 0; i < words->count; i++) {
		const struct difference_stretch *stretch = &words->list[i];
		size_t from = old->start + stretch->old_start, to = new->start + stretch->new_start;
		bool first = stretch->new_start == 0 && stretch->old_start == 0;

		put_same(drawer, drawer->new, new->start + at, to,
			SIDE_CHANGE_BEHIND | (i > 0 ? SIDE_CHANGE_BEFORE : SIDE_START));
		put_removed(drawer, from, from + stretch->old_count, first);
		put_added(drawer, to, to + stretch->new_count, first && stretch->old_count == 0);
		at = stretch->new_start + stretch->new_count;
	}
	put_same(drawer, drawer->new, new->start + at, new->start + new->count,
		SIDE_CHANGE_BEFORE | (at == 0 ? SIDE_START : 0));
	return 0;
}

/* ---- Passages */

/* What a field is called on the page; else by its key. */
static struct slice field_label(const struct drawer *drawer, struct slice name)
{
	const struct page_type *type = drawer->options->type;
	struct slice label = {0};
	struct text string = {0};

	for (size_t i = 0; type != NULL && i < type->count; i++)
		if (slice_equal(type->fields[i].name, name) && type->fields[i].label.size > 0)
			return type->fields[i].label;
	text_printf(&string, "verschil-veld-%.*s", (int)name.size, name.data);
	label = value_text_at(drawer->options->strings, string.data);
	text_free(&string);
	return label.size > 0 ? label : name;
}

static void open_passage(struct drawer *drawer, const struct passage *passage)
{
	static const char *const classes[] = {"", " verschil-kop", " verschil-punt",
		" verschil-rij", " verschil-code", " verschil-veld"};

	text_printf(drawer->out, "<p class=\"verschil-blok%s%s\">", classes[passage->kind],
		passage->quoted ? " verschil-citaat" : "");
	if (passage->kind == PASSAGE_FIELD) {
		text_puts(drawer->out, "<b>");
		text_html(drawer->out, field_label(drawer, passage->name));
		text_puts(drawer->out, ":</b> ");
	}
}

/* True when the step before (-1) or behind (1) this one is a change of the text. */
static bool changes(const struct drawer *drawer, size_t number, int way)
{
	size_t other = way < 0 ? number - 1 : number + 1; /* before the first: beyond the last */
	const struct step *step = other < drawer->count ? &drawer->steps[other] : NULL;

	if (step == NULL || step->kind == STEP_SAME)
		return false;
	return (step->kind == STEP_REMOVED ? drawer->old->list[step->old]
					   : drawer->new->list[step->new])
		       .kind != PASSAGE_FIELD;
}

static int put_step(struct drawer *drawer, size_t number)
{
	const struct step *step = &drawer->steps[number];
	const struct passage *old = &drawer->old->list[step->old];
	const struct passage *new = &drawer->new->list[step->new];
	int status = 0;

	open_passage(drawer, step->kind == STEP_REMOVED ? old : new);
	if (step->kind == STEP_REMOVED)
		put_removed(drawer, old->start, old->start + old->count, true);
	else if (step->kind == STEP_ADDED)
		put_added(drawer, new->start, new->start + new->count, true);
	else if (step->kind == STEP_CHANGED)
		status = put_changed(drawer, old, new);
	else
		put_same(drawer, drawer->new, new->start, new->start + new->count,
			SIDE_START | (changes(drawer, number, -1) ? SIDE_CHANGE_BEFORE : 0) |
				(changes(drawer, number, 1) ? SIDE_CHANGE_BEHIND : 0));
	text_puts(drawer->out, "</p>\n");
	return status;
}

static bool is_heading(const struct drawer *drawer, size_t number)
{
	const struct step *step = &drawer->steps[number];

	return step->kind != STEP_REMOVED && drawer->new->list[step->new].kind == PASSAGE_HEADING;
}

/* What was folded away before a step: its heading is told, and that there was more. */
static void put_gap(struct drawer *drawer, size_t start, size_t end)
{
	const struct passage *heading = NULL;

	for (size_t i = start; i < end && !is_heading(drawer, end); i++)
		if (is_heading(drawer, i))
			heading = &drawer->new->list[drawer->steps[i].new];
	if (start > 0) {
		text_puts(drawer->out, "<p class=\"verschil-weg\"><span aria-hidden=\"true\">…"
				       "</span><span class=\"onzichtbaar\">");
		put_string(drawer, "verschil-gelijk");
		text_puts(drawer->out, "</span></p>\n");
	}
	if (heading == NULL)
		return;
	open_passage(drawer, heading);
	put_words(drawer, drawer->new, heading->start, heading->start + heading->count, true);
	text_puts(drawer->out, "</p>\n");
}

/* What stays is shown beside a change; a field of the front matter is not. */
static bool is_shown(const struct drawer *drawer, size_t number)
{
	const struct step *step = &drawer->steps[number];

	if (step->kind != STEP_SAME)
		return true;
	if (drawer->new->list[step->new].kind == PASSAGE_FIELD)
		return false;
	if (is_heading(drawer, number)) /* it is of what follows */
		return changes(drawer, number, 1);
	return changes(drawer, number, -1) || changes(drawer, number, 1);
}

static int put_steps(struct drawer *drawer)
{
	size_t next = 0; /* the first that is neither drawn nor folded away */
	int status = 0;

	for (size_t i = 0; i < drawer->count && status == 0; i++) {
		if (!is_shown(drawer, i))
			continue;
		if (words_left(drawer) == 0) {
			drawer->result->left_out += drawer->steps[i].kind != STEP_SAME;
			continue;
		}
		if (next < i)
			put_gap(drawer, next, i);
		status = put_step(drawer, i);
		next = i + 1;
	}
	return status;
}

int comparison_draw_passages(struct text *out, struct comparison_result *result,
	const struct passages *old, const struct passages *new,
	const struct comparison_options *options)
{
	struct comparison_result made = {.same = true};
	struct drawer drawer = {
		.out = out, .result = &made, .old = old, .new = new, .options = options};
	size_t before = out->size;
	int status = find_steps(&drawer);

	for (size_t i = 0; i < drawer.count; i++)
		made.same = made.same && drawer.steps[i].kind == STEP_SAME;
	if (status == 0 && !made.same)
		status = put_steps(&drawer);
	if (status == 0)
		*result = made;
	else
		out->size = before;
	difference_free(&drawer.words);
	text_free(&drawer.key);
	free(drawer.steps);
	return status;
}

int comparison_draw(struct text *out, struct comparison_result *result, struct slice old,
	struct slice new, const struct comparison_options *options)
{
	struct passages from = {0}, to = {0};
	int status;

	passages_add_markdown(&from, old);
	passages_add_markdown(&to, new);
	status = comparison_draw_passages(out, result, &from, &to, options);
	passages_free(&from);
	passages_free(&to);
	return status;
}
