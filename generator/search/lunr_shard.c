/*
 * The postings of a shard's terms are put in the order of the vectors that they belong to.
 */
#include "search/lunr_shard.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "search/lunr.h"
#include "search/lunr_index.h"
#include "search/lunr_terms.h"

/* What a posting adds to a file, about, and what a file should have at least, in bytes. */
#define POSTING_BYTES ((size_t)36)
#define TERM_BYTES ((size_t)64)
#define SHARD_BYTES ((size_t)96 * 1024)

#define MANY (2 * LUNR_BEST) /* documents with a term, above which it has a second file */

#define DIGIT_BITS 9
#define DIGITS (1u << DIGIT_BITS)

/* A value of a vector. */
struct entry {
	uint32_t vector;
	uint32_t term;
	uint32_t times;
};

static size_t term_bytes(const struct lunr *index, uint32_t term)
{
	return TERM_BYTES + lunr_count_postings(index, term) * POSTING_BYTES;
}

/* Whether a term's postings are too many for one file. */
static bool is_common(const struct lunr *index, uint32_t term)
{
	for (size_t field = 0; field < index->field_count; field++)
		if (index->counts[term * index->field_count + field] > MANY)
			return true;
	return false;
}

/* Notes which shards have a second file: such a term has its shard to itself. */
static void split(struct lunr_shards *shards, const struct lunr *index)
{
	size_t capacity = 0;

	for (size_t i = 0; i < shards->count; i++) {
		if (!is_common(index, index->sorted[shards->starts[i]]))
			continue;
		shards->split = mem_grow(
			shards->split, shards->split_count, &capacity, sizeof(*shards->split));
		shards->split[shards->split_count++] = i;
	}
}

void lunr_cut(struct lunr_shards *out, const struct lunr *index)
{
	struct lunr_shards shards = {0};
	size_t capacity = 0, bytes = SHARD_BYTES;

	for (size_t i = 0; i < index->term_count; i++) {
		size_t more = term_bytes(index, index->sorted[i]);

		/* A term that fills a file by itself does not make its neighbours' larger. */
		if (bytes >= SHARD_BYTES || (bytes > 0 && more >= SHARD_BYTES)) {
			shards.starts = mem_grow(
				shards.starts, shards.count, &capacity, sizeof(*shards.starts));
			shards.starts[shards.count++] = i;
			bytes = 0;
		}
		bytes += more;
	}
	if (shards.count == 0) {
		shards.starts = mem_grow(NULL, 0, &capacity, sizeof(*shards.starts));
		shards.starts[shards.count++] = 0;
	}
	shards.starts = mem_grow(shards.starts, shards.count, &capacity, sizeof(*shards.starts));
	shards.starts[shards.count] = index->term_count;
	if (index->term_count > 0)
		split(&shards, index);
	*out = shards;
}

void lunr_shards_free(struct lunr_shards *shards)
{
	free(shards->starts);
	free(shards->split);
	*shards = (struct lunr_shards){0};
}

struct slice lunr_shard_start(
	const struct lunr_shards *shards, const struct lunr *index, size_t number)
{
	if (number == 0)
		return (struct slice){"", 0};
	return lunr_terms_stem(index->terms, index->sorted[shards->starts[number]]);
}

static int compare_numbers(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

/* The postings of terms, which ascend. The caller frees the array. */
static struct entry *gather(
	size_t *out, const struct lunr *index, const uint32_t *terms, size_t count)
{
	struct entry *entries;
	size_t total = 0, fields = index->field_count;

	for (size_t i = 0; i < count; i++)
		total += lunr_count_postings(index, terms[i]);
	entries = mem_resize(NULL, total, sizeof(*entries));
	total = 0;
	for (size_t i = 0; i < count; i++) {
		for (size_t field = 0; field < fields; field++) {
			size_t list = terms[i] * fields + field;
			struct lunr_posting posting = lunr_postings(index, list);

			for (uint32_t p = 0; p < index->counts[list]; p++) {
				lunr_next_posting(&posting);
				entries[total++] = (struct entry){
					(uint32_t)(posting.document * fields + field), terms[i],
					posting.times};
			}
		}
	}
	*out = total;
	return entries;
}

/* Sorts by vector, digit by digit, so that the terms of a vector stay as they are: ascending. */
static struct entry *sort(struct entry *entries, size_t count, size_t vectors)
{
	struct entry *other = mem_resize(NULL, count, sizeof(*other));

	for (unsigned shift = 0; shift < 32 && vectors >> shift > 0; shift += DIGIT_BITS) {
		size_t ends[DIGITS + 1] = {0};
		struct entry *sorted = other;

		for (size_t i = 0; i < count; i++)
			ends[(entries[i].vector >> shift) % DIGITS + 1]++;
		for (size_t digit = 0; digit < DIGITS; digit++)
			ends[digit + 1] += ends[digit];
		for (size_t i = 0; i < count; i++)
			sorted[ends[(entries[i].vector >> shift) % DIGITS]++] = entries[i];
		other = entries;
		entries = sorted;
	}
	free(other);
	return entries;
}

/* The score of an entry. */
static double score_entry(const struct lunr *index, const struct entry *entry)
{
	return lunr_score(index, entry->vector, entry->term, entry->times,
		index->fields[entry->vector % index->field_count].boost);
}

/* Appends the vector that starts at `at`, and gives where the next does. */
static size_t add_vector(struct text *out, const struct lunr *index, const struct entry *entries,
	size_t count, size_t at)
{
	uint32_t vector = entries[at].vector;
	size_t end = at;
	char *text;

	while (end < count && entries[end].vector == vector)
		end++;
	lunr_add_vector(out, index, vector);
	text_reserve(out, (end - at) * LUNR_ENTRY_SIZE);
	text = out->data + out->size;
	for (size_t i = at; i < end; i++) {
		if (i > at)
			*text++ = ',';
		text = lunr_put_label(text, &index->term_labels[entries[i].term]);
		text = lunr_put_score(text, score_entry(index, &entries[i]), index->fractions);
	}
	lunr_end(out, text);
	text_puts(out, "]]");
	return end;
}

/* ---- Second files */

/* A document and what it scores, in the thousandths that are written. */
struct scored {
	size_t document;
	size_t score; /* small, since the term is common */
};

/* Sums the entries up by document; gives how many there are. */
static size_t sum_scores(
	struct scored *out, const struct lunr *index, const struct entry *entries, size_t count)
{
	size_t documents = 0;

	for (size_t i = 0; i < count; i++) {
		size_t document = entries[i].vector / index->field_count;

		if (documents == 0 || out[documents - 1].document != document)
			out[documents++] = (struct scored){document, 0};
		out[documents - 1].score += lunr_thousandths(score_entry(index, &entries[i]));
	}
	return documents;
}

/*
 * The least score of the best documents; `out` is how many that have just it are among these. There
 * are more documents than that.
 */
static size_t find_least(size_t *out, const struct scored *scored, size_t count)
{
	size_t most = 0, better = 0, score;
	uint32_t *with; /* documents, by score */

	for (size_t i = 0; i < count; i++)
		most = scored[i].score > most ? scored[i].score : most;
	with = mem_new(most + 1, sizeof(*with));
	for (size_t i = 0; i < count; i++)
		with[scored[i].score]++;
	for (score = most; better + with[score] < LUNR_BEST; score--)
		better += with[score];
	free(with);
	*out = LUNR_BEST - better;
	return score;
}

/*
 * Marks the documents that a shard of one term leaves to its second file, or, for the second, those
 * of the first. The caller frees the array.
 */
static bool *mark_skipped(
	const struct lunr *index, const struct entry *entries, size_t count, bool second)
{
	struct scored *scored = mem_new(count, sizeof(*scored));
	bool *skipped = mem_new(index->document_count, sizeof(*skipped));
	size_t documents = sum_scores(scored, index, entries, count), equal;
	size_t least = find_least(&equal, scored, documents);

	for (size_t i = 0; i < documents; i++) {
		bool best = scored[i].score > least || (scored[i].score == least && equal > 0);

		equal -= scored[i].score == least && equal > 0;
		skipped[scored[i].document] = best == second;
	}
	free(scored);
	return skipped;
}

/* Takes out the entries of documents that are skipped; gives how many are left. */
static size_t skip(
	struct entry *entries, size_t count, const struct lunr *index, const bool *skipped)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (!skipped[entries[i].vector / index->field_count])
			entries[kept++] = entries[i];
	return kept;
}

/* ---- Writing */

/* What a file is made of. */
struct piece {
	const uint32_t *terms; /* in the order of UTF-16 code units */
	size_t term_count;
	struct entry *entries;
	size_t entry_count;
	const bool *skipped; /* documents; or NULL */
};

static void write_piece(struct text *out, const struct lunr *index, const struct piece *piece)
{
	lunr_add_start(out, index);
	for (size_t at = 0; at < piece->entry_count;) {
		if (at > 0)
			text_byte(out, ',');
		at = add_vector(out, index, piece->entries, piece->entry_count, at);
	}
	text_puts(out, "],\"invertedIndex\":[");
	for (size_t i = 0; i < piece->term_count; i++) {
		if (i > 0)
			text_byte(out, ',');
		lunr_add_term(out, index, piece->terms[i], piece->skipped);
	}
	text_puts(out, "]" LUNR_END);
}

static bool is_split(const struct lunr_shards *shards, size_t number)
{
	for (size_t i = 0; i < shards->split_count; i++)
		if (shards->split[i] == number)
			return true;
	return false;
}

size_t lunr_shard_postings(
	const struct lunr_shards *shards, const struct lunr *index, size_t number)
{
	return lunr_count_postings(index, index->sorted[shards->starts[number]]);
}

/* The postings of the terms, by vector. */
static void fill_piece(struct piece *piece, const struct lunr *index)
{
	uint32_t *ascending = mem_resize(NULL, piece->term_count, sizeof(*ascending));
	struct entry *entries;

	if (piece->term_count > 0) {
		memcpy(ascending, piece->terms, piece->term_count * sizeof(*ascending));
		qsort(ascending, piece->term_count, sizeof(*ascending), compare_numbers);
	}
	entries = gather(&piece->entry_count, index, ascending, piece->term_count);
	piece->entries =
		sort(entries, piece->entry_count, index->document_count * index->field_count);
	free(ascending);
}

void lunr_shard_write(
	struct text *out, const struct lunr_shards *shards, const struct lunr *index, size_t number)
{
	bool second = number >= shards->count;
	size_t shard = second ? shards->split[number - shards->count] : number;
	struct piece piece = {.terms = index->sorted + shards->starts[shard],
		.term_count = shards->starts[shard + 1] - shards->starts[shard]};
	bool *skipped = NULL;

	fill_piece(&piece, index);
	if (second || is_split(shards, shard)) {
		skipped = mark_skipped(index, piece.entries, piece.entry_count, second);
		piece.entry_count = skip(piece.entries, piece.entry_count, index, skipped);
		piece.skipped = skipped;
	}
	write_piece(out, index, &piece);
	free(skipped);
	free(piece.entries);
}
