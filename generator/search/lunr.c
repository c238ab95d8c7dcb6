/*
 * lunr.Builder and lunr.Index.toJSON in C. The parts have for each field of each document its terms
 * with how often they come; all else follows from these when the index is written. They are walked
 * three times: to measure the posting lists, to fill them, and to write the vectors.
 *
 * A large index is a hundred million bytes of small numbers, each of them many times. So each is
 * made text once, as a label, and labels are copied whole, through a bare pointer into room that
 * was reserved for the whole vector or posting list.
 */
#include "search/lunr.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "search/logarithm.h"
#include "search/lunr_part.h"
#include "search/lunr_terms.h"
#include "search/tally.h"

/* The constants of BM25 as lunr sets them. */
#define K1 1.2
#define B 0.75

/* The most bytes of "4294967295,99000000.999," and of "\"4294967295\":{},", and of a label more. */
#define ENTRY_SIZE ((size_t)48)
#define POSTING_SIZE ((size_t)32)

#define PIECE_SIZE ((size_t)256 * 1024) /* bytes that are gathered before they are put */

struct lunr {
	const struct lunr_field *fields;
	size_t field_count;
	struct lunr_terms *terms;
	const struct lunr_part **parts;
	size_t part_count;
	size_t part_capacity;
	size_t document_count;
};

/* All that is told from the parts before writing starts. */
struct statistics {
	double *averages;	 /* of each field: the mean number of tokens */
	uint32_t *counts;	 /* of each posting list: of documents */
	size_t *starts;		 /* of each, and one more: where it starts, in bytes */
	unsigned char *postings; /* each list: steps from one document to the next */
};

/* Where the walk through all parts is. */
struct walk {
	const struct lunr *index;
	size_t part; /* the next */
	struct lunr_walk inner;
	const uint32_t *numbers; /* of the part's terms */
};

/* A number with the signs around it. */
struct label {
	char text[15];
	unsigned char size;
};

/* What was written and not put yet. */
struct output {
	struct text text;
	int (*put)(void *context, struct slice piece);
	void *context;
	int result; /* of put() */
};

struct lunr *lunr_new(const struct lunr_field *fields, size_t count)
{
	struct lunr *index = mem_new(1, sizeof(*index));

	assert(count > 0);
	for (size_t i = 0; i < count; i++)
		assert(fields[i].boost > 0 && fields[i].boost <= 1000);
	index->fields = fields;
	index->field_count = count;
	index->terms = lunr_terms_new();
	return index;
}

void lunr_free(struct lunr *index)
{
	if (index == NULL)
		return;
	lunr_terms_free(index->terms);
	free(index->parts);
	free(index);
}

size_t lunr_count(const struct lunr *index)
{
	return index->document_count;
}

void lunr_join(struct lunr *index, const struct lunr_part *part)
{
	size_t count;
	const uint32_t *terms = lunr_part_terms(part, &count);

	assert(lunr_part_field_count(part) == index->field_count);
	lunr_terms_add(index->terms, lunr_part_vocabulary(part), terms, count);
	index->parts = mem_grow(index->parts, index->part_count, &index->part_capacity,
		sizeof(const struct lunr_part *));
	index->parts[index->part_count++] = part;
	index->document_count += lunr_part_count(part);
	assert(index->document_count <= UINT32_MAX / index->field_count);
}

/* --- statistics ------------------------------------------------------------------------------ */

/* Goes to the next vector; false at the end. All terms of the one before must have been taken. */
static bool next_vector(struct lunr_vector *out, struct walk *walk)
{
	const struct lunr *index = walk->index;

	while (walk->part == 0 || !lunr_walk_vector(out, &walk->inner)) {
		const struct lunr_part *part;

		if (walk->part == index->part_count)
			return false;
		part = index->parts[walk->part++];
		walk->inner = lunr_walk_new(part);
		walk->numbers = lunr_terms_numbers(index->terms, lunr_part_vocabulary(part));
	}
	return true;
}

/* Takes the next term of the vector; gives how often it comes. */
static uint32_t next_term(uint32_t *out, struct walk *walk)
{
	uint32_t term;
	uint32_t count = lunr_walk_term(&term, &walk->inner);

	*out = walk->numbers[term];
	return count;
}

/* How many bytes a number of seven bits a byte takes. */
static size_t step_size(uint32_t step)
{
	size_t size = 1;

	for (; step >= 0x80; step >>= 7)
		size++;
	return size;
}

static size_t put_step(unsigned char *bytes, size_t at, uint32_t step)
{
	for (; step >= 0x80; step >>= 7)
		bytes[at++] = (unsigned char)(step | 0x80);
	bytes[at++] = (unsigned char)step;
	return at;
}

/* Each term has a posting list for each field. */
static size_t list_count(const struct lunr *index)
{
	return lunr_terms_count(index->terms) * index->field_count;
}

/* Counts tokens and postings, and measures the latter: sets where each list starts. */
static void measure(struct statistics *out, const struct lunr *index)
{
	size_t fields = index->field_count, lists = list_count(index), number = 0;
	uint32_t *last = mem_new(lists, sizeof(*last)); /* the document that is in the list last */
	struct walk walk = {.index = index};
	struct lunr_vector vector;

	for (; next_vector(&vector, &walk); number++) {
		uint32_t document = (uint32_t)(number / fields);
		size_t field = number % fields;

		out->averages[field] += vector.length;
		for (uint32_t i = 0; i < vector.count; i++) {
			uint32_t term;
			size_t list;

			(void)next_term(&term, &walk);
			list = term * fields + field;
			out->counts[list]++;
			out->starts[list + 1] += step_size(document - last[list]);
			last[list] = document;
		}
	}
	for (size_t i = 0; i < fields && number > 0; i++)
		out->averages[i] /= (double)index->document_count;
	for (size_t i = 0; i < lists; i++)
		out->starts[i + 1] += out->starts[i];
	free(last);
}

/* Writes the posting lists. Documents are walked in order, so their numbers ascend in each. */
static void fill(struct statistics *out, const struct lunr *index)
{
	size_t fields = index->field_count, lists = list_count(index);
	uint32_t *last = mem_new(lists, sizeof(*last));
	size_t *ends = mem_new(lists, sizeof(*ends)); /* of each list, so far */
	struct walk walk = {.index = index};
	struct lunr_vector vector;

	memcpy(ends, out->starts, lists * sizeof(*ends));
	for (size_t number = 0; next_vector(&vector, &walk); number++) {
		uint32_t document = (uint32_t)(number / fields);
		size_t field = number % fields;

		for (uint32_t i = 0; i < vector.count; i++) {
			uint32_t term;
			size_t list;

			(void)next_term(&term, &walk);
			list = term * fields + field;
			ends[list] = put_step(out->postings, ends[list], document - last[list]);
			last[list] = document;
		}
	}
	free(last);
	free(ends);
}

static void make_statistics(struct statistics *out, const struct lunr *index)
{
	size_t lists = list_count(index);

	out->averages = mem_new(index->field_count, sizeof(*out->averages));
	out->counts = mem_new(lists, sizeof(*out->counts));
	out->starts = mem_new(lists + 1, sizeof(*out->starts));
	measure(out, index);
	out->postings = mem_new(out->starts[lists], 1);
	fill(out, index);
}

static void free_statistics(struct statistics *statistics)
{
	free(statistics->averages);
	free(statistics->counts);
	free(statistics->starts);
	free(statistics->postings);
}

/*
 * The inverse document frequency of each term: lunr.idf. Its count of documents is of postings over
 * all fields, and may exceed the number of documents. The caller frees the array.
 */
static double *make_idf(const struct lunr *index, const uint32_t *counts)
{
	size_t terms = lunr_terms_count(index->terms);
	double documents = (double)index->document_count;
	double *idf = mem_new(terms, sizeof(*idf));

	for (size_t i = 0; i < terms; i++) {
		double with = 0;

		for (size_t field = 0; field < index->field_count; field++)
			with += counts[i * index->field_count + field];
		idf[i] = logarithm(1 + fabs((documents - with + 0.5) / (with + 0.5)));
	}
	return idf;
}

/* --- writing --------------------------------------------------------------------------------- */

static char *put_number(char *at, uint32_t number)
{
	char digits[10];
	size_t start = sizeof(digits);

	if (number < 10) { /* as most */
		*at = (char)('0' + number);
		return at + 1;
	}
	do {
		digits[--start] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	memcpy(at, digits + start, sizeof(digits) - start);
	return at + sizeof(digits) - start;
}

static char *put_string(char *at, const char *string)
{
	while (*string != '\0')
		*at++ = *string++;
	return at;
}

/* The labels of the numbers from 0, with at most 5 bytes around them. The caller frees them. */
static struct label *make_labels(const char *before, size_t count, const char *after)
{
	struct label *labels = mem_new(count, sizeof(*labels));

	for (size_t i = 0; i < count; i++) {
		char *at = put_string(labels[i].text, before);

		at = put_string(put_number(at, (uint32_t)i), after);
		labels[i].size = (unsigned char)(at - labels[i].text);
	}
	return labels;
}

/* The thousandths behind the point, with the point, without zeros at the end. */
static struct label *make_fractions(void)
{
	struct label *fractions = mem_new(1000, sizeof(*fractions));

	for (unsigned i = 1; i < 1000; i++) {
		char *text = fractions[i].text;

		text[0] = '.';
		text[1] = (char)('0' + i / 100);
		text[2] = (char)('0' + i / 10 % 10);
		text[3] = (char)('0' + i % 10);
		fractions[i].size = i % 10 > 0 ? 4 : i % 100 > 0 ? 3 : 2;
	}
	return fractions;
}

static inline char *put_label(char *at, const struct label *label)
{
	memcpy(at, label->text, sizeof(label->text));
	return at + label->size;
}

/*
 * A score as lunr rounds and JavaScript prints it: thousandths, without zeros at the end.
 * Math.round takes a half upwards.
 */
static char *put_score(char *at, double score, const struct label *fractions)
{
	double thousands = score * 1000;
	uint32_t whole = (uint32_t)thousands;

	if (thousands - whole >= 0.5)
		whole++;
	at = put_number(at, whole / 1000);
	return put_label(at, &fractions[whole % 1000]);
}

static void end_writing(struct text *out, char *at)
{
	*at = '\0';
	out->size = (size_t)(at - out->data);
}

/* Appends a string as JSON.stringify() does, which escapes no more than it must. */
static void add_string(struct text *out, struct slice string)
{
	static const char named[] = {[8] = 'b', [9] = 't', [10] = 'n', [12] = 'f', [13] = 'r'};

	text_byte(out, '"');
	for (size_t i = 0; i < string.size; i++) {
		unsigned char byte = (unsigned char)string.data[i];

		if (byte == '"' || byte == '\\') {
			text_byte(out, '\\');
			text_byte(out, (char)byte);
		} else if (byte >= 0x20) {
			text_byte(out, (char)byte);
		} else if (byte < sizeof(named) && named[byte] != '\0') {
			text_byte(out, '\\');
			text_byte(out, named[byte]);
		} else {
			text_printf(out, "\\u%04x", (unsigned)byte);
		}
	}
	text_byte(out, '"');
}

static void write_fields(struct text *out, const struct lunr *index)
{
	text_puts(out, "{\"version\":\"2.3.9\",\"fields\":[");
	for (size_t i = 0; i < index->field_count; i++) {
		if (i > 0)
			text_byte(out, ',');
		add_string(out, slice_of(index->fields[i].name));
	}
	text_byte(out, ']');
}

/* What it takes to write a vector. */
struct scores {
	const double *idf;
	struct label *terms; /* "123," */
	struct label *fractions;
};

/* Okapi BM25, in the order of operations of lunr.Builder.createFieldVectors. */
static void write_vector(struct text *out, const struct tally_entry *entries, size_t count,
	const struct scores *scores, double norm, double boost)
{
	char *at;

	text_reserve(out, count * ENTRY_SIZE);
	at = out->data + out->size;
	for (size_t i = 0; i < count; i++) {
		double tf = entries[i].count;
		double score = scores->idf[entries[i].term] * ((K1 + 1) * tf) / (norm + tf);

		if (i > 0)
			*at++ = ',';
		at = put_label(at, &scores->terms[entries[i].term]);
		at = put_score(at, score * boost, scores->fractions);
	}
	end_writing(out, at);
}

/* Hands on what was written, when it is enough or all. */
static void flush(struct output *output, size_t least)
{
	if (output->text.size < least || output->text.size == 0)
		return;
	if (output->result == 0)
		output->result = output->put(output->context, text_slice(&output->text));
	text_clear(&output->text);
}

/* The vector that comes now in the walk, its terms by their numbers. */
static void take_vector(
	struct tally_entry *out, struct tally *tally, struct walk *walk, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t term;
		uint32_t times = next_term(&term, walk);

		tally_add(tally, term, times);
	}
	tally_take(out, tally);
}

static void write_vectors(struct output *output, const struct lunr *index,
	const struct statistics *statistics, const double *idf)
{
	struct text *out = &output->text;
	size_t terms = lunr_terms_count(index->terms);
	struct tally_entry *entries = mem_new(terms, sizeof(*entries));
	struct scores scores = {idf, make_labels("", terms, ","), make_fractions()};
	struct tally tally = {0};
	struct walk walk = {.index = index};
	struct lunr_vector vector;

	text_puts(out, ",\"fieldVectors\":[");
	for (size_t i = 0; output->result == 0 && next_vector(&vector, &walk); i++) {
		size_t field = i % index->field_count;
		double norm = K1 * (1 - B + B * (vector.length / statistics->averages[field]));

		take_vector(entries, &tally, &walk, vector.count);
		text_puts(out, i > 0 ? ",[\"" : "[\"");
		text_puts(out, index->fields[field].name);
		text_byte(out, '/');
		text_number(out, i / index->field_count);
		text_puts(out, "\",[");
		write_vector(out, entries, vector.count, &scores, norm, index->fields[field].boost);
		text_puts(out, "]]");
		flush(output, PIECE_SIZE);
	}
	text_byte(out, ']');
	tally_free(&tally);
	free(scores.terms);
	free(scores.fractions);
	free(entries);
}

/* A posting list: its documents, each of which is a step further than the one before. */
static void write_postings(struct text *out, const unsigned char *postings, size_t count,
	const struct label *documents)
{
	uint32_t document = 0;
	char *at;

	text_reserve(out, count * POSTING_SIZE);
	at = out->data + out->size;
	for (size_t i = 0; i < count; i++) {
		uint32_t step = *postings & 0x7f;

		for (unsigned shift = 7; *postings++ >= 0x80; shift += 7)
			step |= (uint32_t)(*postings & 0x7f) << shift;
		document += step;
		if (i > 0)
			*at++ = ',';
		at = put_label(at, &documents[document]);
	}
	end_writing(out, at);
}

static void write_term(struct text *out, const struct lunr *index, uint32_t term,
	const struct statistics *statistics, const struct label *documents)
{
	text_byte(out, '[');
	add_string(out, lunr_terms_stem(index->terms, term));
	text_puts(out, ",{\"_index\":");
	text_number(out, term);
	for (size_t field = 0; field < index->field_count; field++) {
		size_t list = term * index->field_count + field;

		text_byte(out, ',');
		add_string(out, slice_of(index->fields[field].name));
		text_puts(out, ":{");
		write_postings(out, statistics->postings + statistics->starts[list],
			statistics->counts[list], documents);
		text_byte(out, '}');
	}
	text_puts(out, "}]");
}

static void write_inverted(
	struct output *output, const struct lunr *index, const struct statistics *statistics)
{
	size_t terms = lunr_terms_count(index->terms);
	uint32_t *sorted = lunr_terms_sorted(index->terms);
	struct label *documents = make_labels("\"", index->document_count, "\":{}");

	text_puts(&output->text, ",\"invertedIndex\":[");
	for (size_t i = 0; i < terms && output->result == 0; i++) {
		if (i > 0)
			text_byte(&output->text, ',');
		write_term(&output->text, index, sorted[i], statistics, documents);
		flush(output, PIECE_SIZE);
	}
	text_byte(&output->text, ']');
	free(documents);
	free(sorted);
}

int lunr_write(
	const struct lunr *index, int (*put)(void *context, struct slice piece), void *context)
{
	struct output output = {.put = put, .context = context};
	struct statistics statistics;
	double *idf;

	make_statistics(&statistics, index);
	idf = make_idf(index, statistics.counts);
	write_fields(&output.text, index);
	write_vectors(&output, index, &statistics, idf);
	write_inverted(&output, index, &statistics);
	text_puts(&output.text, ",\"pipeline\":[\"trimmer-nl\",\"stemmer-nl\"]}");
	flush(&output, 0);
	free(idf);
	free_statistics(&statistics);
	text_free(&output.text);
	return output.result;
}
