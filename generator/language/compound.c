/*
 * A span of the word is a part when its form is known as one; any other is the cheapest pair of
 * two. What a part costs grows with what can be wrong with it: few letters, or only a word of the
 * site to show for it. Spans are weighed once each, and only those that start where parts can meet,
 * so a word costs little and at most the cube of its letters.
 *
 * The dictionary's flags are followed (hunspell(5), COMPOUNDBEGIN); a word that it has as a whole
 * must be split by them alone. Where it is too generous, the lists of language/compound_forms are
 * in its way.
 */
#include "language/compound.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/mem.h"
#include "language/compound_forms.h"
#include "language/compound_table.h"

#define TABLE_LIMIT ((uint64_t)16 << 20)

#define FEWEST_LETTERS 6   /* of a word that is split */
#define FEWEST_PART 3	   /* letters */
#define FEWEST_UNFLAGGED 5 /* of a part that the dictionary does not flag as one */
#define MOST_PARTS 8

#define KIND_FLAGGED (COMPOUND_BEGIN | COMPOUND_END)
#define KIND_DICTIONARY (KIND_FLAGGED | COMPOUND_WORD | COMPOUND_INFLECTED)
#define KIND_WORD (COMPOUND_WORD | COMPOUND_SITE)

/* The cost of a span: its parts, then what is doubtful about them. */
#define COST_PART 64U
#define COST_UNFLAGGED 3U
#define COST_NONE UINT16_MAX

struct exception {
	const struct slice *parts;
	size_t count; /* 0: the word is never split */
};

struct compounds {
	struct compound_forms forms;
	struct map exceptions; /* word → struct exception * */
	struct arena arena;
};

/* A word that is being split. Places and spans are counted in letters. */
struct splitting {
	const struct compounds *compounds;
	struct slice word;
	size_t letters;
	unsigned char at[COMPOUND_LONGEST + 1];	    /* the byte where a letter starts */
	unsigned char places[COMPOUND_LONGEST + 1]; /* where parts can meet, and both ends */
	size_t place_count;
	/*
	 * By first and last place. The kinds are set of spans that start at a place; the costs, as
	 * a part that others follow and as the last one, of those that also end at one.
	 */
	unsigned char kinds[COMPOUND_LONGEST][COMPOUND_LONGEST + 1];
	uint16_t left[COMPOUND_LONGEST][COMPOUND_LONGEST + 1];
	uint16_t right[COMPOUND_LONGEST][COMPOUND_LONGEST + 1];
	uint64_t starts; /* bit set: where the parts start that were found */
	struct slice *nodes;
	size_t count;
};

static struct slice compound_span(const struct splitting *splitting, size_t from, size_t to)
{
	size_t start = splitting->at[from];

	return (struct slice){splitting->word.data + start, splitting->at[to] - start};
}

/* Finds where letters start; false when there is something else than letters, or too much. */
static bool compound_measure(struct splitting *splitting, struct slice word)
{
	splitting->word = word;
	splitting->letters = 0;
	if (word.size > COMPOUND_LONGEST)
		return false;
	for (size_t at = 0; at < word.size;) {
		size_t size = slice_letter_size(slice_from(word, at));
		char byte = word.data[at];

		if (size == 0 || (size == 1 && (byte < 'a' || byte > 'z')))
			return false;
		splitting->at[splitting->letters++] = (unsigned char)at;
		at += size;
	}
	splitting->at[splitting->letters] = (unsigned char)word.size;
	return true;
}

static void compound_find_kinds(struct splitting *splitting, size_t from)
{
	uint64_t hash = COMPOUND_HASH_START;

	for (size_t to = from + 1; to <= splitting->letters; to++) {
		for (size_t at = splitting->at[to - 1]; at < splitting->at[to]; at++)
			hash = compound_hash_add(hash, splitting->word.data[at]);
		splitting->kinds[from][to] =
			(unsigned char)compound_forms_get(&splitting->compounds->forms, hash);
	}
}

static unsigned compound_short_cost(size_t letters)
{
	if (letters <= 3)
		return 4;
	return letters == 4 ? 3 : letters == 5 ? 1 : 0;
}

/* True when the span is a word of the dictionary or the site, with or without a link behind it. */
static bool compound_is_linked(const struct splitting *splitting, size_t from, size_t to)
{
	const unsigned char *kinds = splitting->kinds[from];
	struct slice span = compound_span(splitting, from, to);

	if (to - from < FEWEST_UNFLAGGED)
		return false;
	return (kinds[to] & KIND_WORD) != 0 ||
	       (to - from > FEWEST_UNFLAGGED && slice_ends(span, "s") &&
		       (kinds[to - 1] & KIND_WORD) != 0) ||
	       (to - from > FEWEST_UNFLAGGED + 1 && slice_ends(span, "en") &&
		       (kinds[to - 2] & KIND_WORD) != 0);
}

/* What the span costs as a whole, with another part to its right. */
static uint16_t compound_left_cost(const struct splitting *splitting, size_t from, size_t to)
{
	unsigned kinds = splitting->kinds[from][to];
	unsigned cost = COST_PART + compound_short_cost(to - from);

	if (to - from < FEWEST_PART || (kinds & COMPOUND_PARTICLE) != 0 ||
		(from > 0 && (kinds & COMPOUND_ENDING) != 0))
		return COST_NONE;
	if ((kinds & COMPOUND_BEGIN) != 0)
		return (uint16_t)cost;
	return compound_is_linked(splitting, from, to) ? (uint16_t)(cost + COST_UNFLAGGED)
						       : COST_NONE;
}

/* What the span costs as a whole, as the last part. A word of the site must be new to be one. */
static uint16_t compound_right_cost(const struct splitting *splitting, size_t from, size_t to)
{
	unsigned kinds = splitting->kinds[from][to];
	unsigned cost = COST_PART + compound_short_cost(to - from);

	if (to - from < FEWEST_PART || (kinds & COMPOUND_ENDING) != 0)
		return COST_NONE;
	if ((kinds & COMPOUND_END) != 0)
		return (uint16_t)cost;
	return to - from >= FEWEST_UNFLAGGED && kinds == COMPOUND_SITE
		       ? (uint16_t)(cost + COST_UNFLAGGED)
		       : COST_NONE;
}

/* Finds the places: from one where parts can meet, a part leads to the next. */
static void compound_find_places(struct splitting *splitting)
{
	uint64_t reached = 1;

	splitting->place_count = 0;
	for (size_t from = 0; from < splitting->letters; from++) {
		if ((reached >> from & 1) == 0)
			continue;
		splitting->places[splitting->place_count++] = (unsigned char)from;
		compound_find_kinds(splitting, from);
		for (size_t to = from + FEWEST_PART; to + FEWEST_PART <= splitting->letters; to++)
			if (compound_left_cost(splitting, from, to) != COST_NONE)
				reached |= UINT64_C(1) << to;
	}
	splitting->places[splitting->place_count++] = (unsigned char)splitting->letters;
}

/*
 * What the span costs as two, the places `first` and `last` its ends, with another part to its
 * right or as the last one; sets at which place the second of the two starts.
 */
static uint16_t compound_pair(
	size_t *out, const struct splitting *splitting, size_t first, size_t last, bool is_last)
{
	uint16_t best = COST_NONE;
	size_t from = splitting->places[first], to = splitting->places[last];

	for (size_t i = first + 1; i < last; i++) {
		size_t middle = splitting->places[i];
		uint16_t begin = splitting->left[from][middle];
		uint16_t end = is_last ? splitting->right[middle][to] : splitting->left[middle][to];

		if (begin == COST_NONE || end == COST_NONE || begin + end >= best)
			continue;
		best = (uint16_t)(begin + end);
		*out = i;
	}
	return best;
}

static uint16_t compound_less(uint16_t a, uint16_t b)
{
	return a < b ? a : b;
}

/* The costs of all spans between places, from the last start to the first. */
static void compound_weigh(struct splitting *splitting)
{
	for (size_t first = splitting->place_count - 1; first-- > 0;)
		for (size_t last = first + 1; last < splitting->place_count; last++) {
			size_t from = splitting->places[first], to = splitting->places[last];
			size_t middle;

			splitting->left[from][to] =
				compound_less(compound_left_cost(splitting, from, to),
					compound_pair(&middle, splitting, first, last, false));
			splitting->right[from][to] =
				compound_less(compound_right_cost(splitting, from, to),
					compound_pair(&middle, splitting, first, last, true));
		}
}

static void compound_add_node(struct splitting *splitting, struct slice node)
{
	for (size_t i = 0; i < splitting->count; i++)
		if (slice_equal(splitting->nodes[i], node))
			return;
	if (splitting->count < COMPOUND_NODES && !slice_equal(node, splitting->word))
		splitting->nodes[splitting->count++] = node;
}

/*
 * Where the span ends without the letters that only link it to what follows: an s, an e, or the ne
 * of "zonne". What the dictionary has as a word of its own stays as it is.
 */
static size_t compound_unlinked(const struct splitting *splitting, size_t from, size_t to)
{
	const unsigned char *kinds = splitting->kinds[from];
	struct slice span = compound_span(splitting, from, to);
	size_t size = span.size;

	if (to == splitting->letters || to - from <= FEWEST_PART + 1 ||
		(kinds[to] & COMPOUND_WORD) != 0)
		return to;
	if ((slice_ends(span, "s") || slice_ends(span, "e")) &&
		(kinds[to - 1] & COMPOUND_WORD) != 0)
		return to - 1;
	if (slice_ends(span, "s") && kinds[to] == 0 && kinds[to - 1] == COMPOUND_SITE)
		return to - 1;
	if (slice_ends(span, "e") && span.data[size - 2] == span.data[size - 3] &&
		(kinds[to - 2] & COMPOUND_WORD) != 0)
		return to - 2;
	return to;
}

static void compound_add_span(struct splitting *splitting, size_t from, size_t to)
{
	compound_add_node(
		splitting, compound_span(splitting, from, compound_unlinked(splitting, from, to)));
}

/*
 * False when the span is a plural whose singular ends otherwise: "generatoren" ends in "toren", but
 * "generator" does not end in "tor".
 */
static bool compound_singular_agrees(
	const struct splitting *splitting, size_t from, size_t middle, size_t to)
{
	static const char *const plurals[] = {"en", "n", "s"};
	struct slice span = compound_span(splitting, from, to);

	for (size_t i = 0; i < ARRAY_LEN(plurals); i++) {
		size_t length = strlen(plurals[i]);

		if (middle + length < to && slice_ends(span, plurals[i]) &&
			(splitting->kinds[from][to - length] & COMPOUND_WORD) != 0)
			return (splitting->kinds[middle][to - length] & KIND_FLAGGED) != 0;
	}
	return true;
}

/* True when the split of the span, at this cost, is to be believed. */
static bool compound_is_likely(
	const struct splitting *splitting, size_t from, size_t middle, size_t to, uint16_t cost)
{
	unsigned parts = cost / COST_PART, doubt = cost % COST_PART;
	unsigned kinds = splitting->kinds[from][to];

	if (cost == COST_NONE || parts > MOST_PARTS || (kinds & COMPOUND_WHOLE) != 0)
		return false;
	if ((kinds & KIND_DICTIONARY) != 0 && doubt > 3 * parts + 4)
		return false;
	return (splitting->kinds[middle][to] & COMPOUND_END) == 0 ||
	       compound_singular_agrees(splitting, from, middle, to);
}

/* The exception for the word, also when it has one of a few endings; NULL: there is none. */
static const struct exception *compound_exception(
	const struct compounds *compounds, struct slice word)
{
	static const char *const endings[] = {"", "s", "n", "en"};

	for (size_t i = 0; compounds->exceptions.count > 0 && i < ARRAY_LEN(endings); i++) {
		const struct exception *found;

		if (!slice_ends(word, endings[i]))
			continue;
		found = map_get(&compounds->exceptions,
			(struct slice){word.data, word.size - strlen(endings[i])});
		if (found != NULL)
			return found;
	}
	return NULL;
}

/* Adds what is in the span between two places, when that is a compound. */
static void compound_take_apart(struct splitting *splitting, size_t first, size_t last)
{
	size_t from = splitting->places[first], to = splitting->places[last];
	const struct exception *exception =
		compound_exception(splitting->compounds, compound_span(splitting, from, to));
	size_t as_left = 0, as_right = 0, middle;
	uint16_t left, cost;

	if (exception != NULL) {
		for (size_t i = 0; i < exception->count; i++)
			compound_add_node(splitting, exception->parts[i]);
		return;
	}
	/* With a link behind it, or as itself. */
	left = compound_pair(&as_left, splitting, first, last, false);
	cost = compound_pair(&as_right, splitting, first, last, true);
	if (to < splitting->letters && left < cost) {
		cost = left;
		as_right = as_left;
	}
	middle = splitting->places[as_right];
	if (!compound_is_likely(splitting, from, middle, to, cost))
		return;
	splitting->starts |= UINT64_C(1) << middle;
	compound_add_span(splitting, from, middle);
	compound_take_apart(splitting, first, as_right);
	compound_add_span(splitting, middle, to);
	compound_take_apart(splitting, as_right, last);
	/* Another pair of the same parts at the same cost. */
	for (size_t i = first + 1; i < last; i++) {
		size_t other = splitting->places[i];

		if ((splitting->starts >> other & 1) == 0 ||
			splitting->left[from][other] == COST_NONE ||
			splitting->right[other][to] == COST_NONE ||
			splitting->left[from][other] + splitting->right[other][to] != cost)
			continue;
		compound_add_span(splitting, from, other);
		compound_add_span(splitting, other, to);
	}
}

bool compound_is_word(struct slice word)
{
	struct splitting splitting;

	return compound_measure(&splitting, word) && splitting.letters > 1;
}

size_t compound_split(
	struct slice out[COMPOUND_NODES], const struct compounds *compounds, struct slice word)
{
	/* Not set to zeroes: it is large, and little of it is used. */
	struct splitting splitting;

	splitting.compounds = compounds;
	splitting.starts = 0;
	splitting.nodes = out;
	splitting.count = 0;
	if (!compound_measure(&splitting, word) || splitting.letters < FEWEST_LETTERS)
		return 0;
	compound_find_places(&splitting);
	compound_weigh(&splitting);
	compound_take_apart(&splitting, 0, splitting.place_count - 1);
	return splitting.count;
}

int compound_read(struct compounds **out, struct slice bytes, const char *path, struct diags *diags)
{
	struct compound_forms forms = {0};

	if (compound_forms_read(&forms, bytes) != 0) {
		diag_add(diags, DIAG_COMPOUND_TABLE, (struct place){"", 0, 0}, path, (char *)NULL);
		return -1;
	}
	*out = mem_new(1, sizeof(**out));
	(*out)->forms = forms;
	return 0;
}

int compound_open(struct compounds **out, const char *path, struct diags *diags)
{
	struct text bytes = {0};
	int result = fs_read(&bytes, path, TABLE_LIMIT, diags);

	if (result == 0)
		result = compound_read(out, text_slice(&bytes), path, diags);
	text_free(&bytes);
	return result;
}

void compound_free(struct compounds *compounds)
{
	if (compounds == NULL)
		return;
	compound_forms_free(&compounds->forms);
	map_free(&compounds->exceptions);
	arena_free(&compounds->arena);
	free(compounds);
}

void compound_add_word(struct compounds *compounds, struct slice word)
{
	compound_forms_add(&compounds->forms, word, COMPOUND_SITE);
}

void compound_add_exception(
	struct compounds *compounds, struct slice word, const struct slice *parts, size_t count)
{
	struct arena *arena = &compounds->arena;
	struct exception *exception = arena_new(arena, 1, sizeof(*exception));
	struct slice *kept = arena_new(arena, count, sizeof(*kept));

	assert(compound_is_word(word));
	for (size_t i = 0; i < count; i++)
		kept[i] = slice_keep(arena, parts[i]);
	*exception = (struct exception){kept, count};
	(void)map_set(&compounds->exceptions, slice_keep(arena, word), exception);
	compound_add_word(compounds, word);
}
