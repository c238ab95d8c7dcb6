/*
 * The index at its edges, as lunr 2.3.9 wrote it; tests/lunr/ compares the two on far more texts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/diag.h"
#include "base/mem.h"
#include "search/lunr.h"
#include "search/lunr_part.h"
#include "search/lunr_whole.h"

#define PIPELINE ",\"pipeline\":[\"trimmer-nl\",\"stemmer-nl\"]}"

static const char wanted_two[] =
	"{\"version\":\"2.3.9\",\"fields\":[\"title\",\"body\"],\"fieldVectors\":[[\"titl"
	"e/0\",[0,0.401]],[\"body/0\",[0,0.145,1,0.755]],[\"title/1\",[2,0.547]],[\"body/"
	"1\",[0,0.123,2,0.237]]],\"invertedIndex\":[[\"subsidie\",{\"_index\":2,\"title\""
	":{\"1\":{}},\"body\":{\"1\":{}}}],[\"werkgever\",{\"_index\":0,\"title\":{\"0\":"
	"{}},\"body\":{\"0\":{},\"1\":{}}}],[\"zoekt\",{\"_index\":1,\"title\":{},\"body\""
	":{\"0\":{}}}]]" PIPELINE;

static const char wanted_json[] =
	"{\"version\":\"2.3.9\",\"fields\":[\"title\",\"body\"],\"fieldVectors\":[[\"titl"
	"e/0\",[0,0.863,1,0.863,2,0.863,3,0.863,4,0.863,5,0.863,6,0.863,7,0.863]],[\"body"
	"/0\",[]]],\"invertedIndex\":[[\"a\\u0001b\",{\"_index\":2,\"title\":{\"0\":{}},\""
	"body\":{}}],[\"a\\bb\",{\"_index\":3,\"title\":{\"0\":{}},\"body\":{}}],[\"a\\u0"
	"01fb\",{\"_index\":4,\"title\":{\"0\":{}},\"body\":{}}],[\"a\\\"b\",{\"_index\":"
	"0,\"title\":{\"0\":{}},\"body\":{}}],[\"a<b\",{\"_index\":5,\"title\":{\"0\":{}}"
	",\"body\":{}}],[\"a\\\\b\",{\"_index\":1,\"title\":{\"0\":{}},\"body\":{}}],[\"a"
	"\177b\",{\"_index\":7,\"title\":{\"0\":{}},\"body\":{}}],[\"a\342\200\247b\",{\""
	"_index\":6,\"title\":{\"0\":{}},\"body\":{}}]]" PIPELINE;

static const struct lunr_field fields[] = {{"title", 3}, {"body", 1}};

/* Where to stop taking pieces, and what was taken. */
struct taken {
	struct text text;
	size_t pieces;
	size_t limit;
};

static int take(void *context, struct slice piece)
{
	struct taken *taken = context;

	assert_true(piece.size > 0);
	if (taken->pieces++ == taken->limit)
		return -7;
	text_add(&taken->text, piece);
	return 0;
}

/* Counts the documents (two texts each, NULL behind the last) in parts of `size`, with two counters
 * by turns, and writes the index. */
static int write_index(struct taken *taken, const char *const *texts, size_t size)
{
	struct lunr *index = lunr_new(fields, ARRAY_LEN(fields));
	struct diags *diags = diag_new();
	struct lunr_counter *counters[2];
	struct lunr_part *parts[8];
	size_t used = 0, documents = 0;
	int result;

	for (size_t i = 0; i < ARRAY_LEN(counters); i++)
		assert_int_equal(lunr_counter_new(&counters[i], diags), 0);
	while (texts[documents * 2] != NULL) {
		if (documents % size == 0) {
			if (used > 0)
				lunr_part_end(parts[used - 1]);
			parts[used] = lunr_part_new(
				counters[used % 2], ARRAY_LEN(fields), ARRAY_LEN(fields));
			used++;
		}
		lunr_part_add(parts[used - 1], (struct slice[]){slice_of(texts[documents * 2]),
						       slice_of(texts[documents * 2 + 1])});
		documents++;
	}
	for (size_t i = 0; i < used; i++)
		lunr_join(index, parts[i]);
	lunr_seal(index, NULL);
	result = lunr_write(index, take, taken);
	lunr_free(index);
	for (size_t i = 0; i < used; i++)
		lunr_part_free(parts[i]);
	for (size_t i = 0; i < ARRAY_LEN(counters); i++)
		lunr_counter_free(counters[i]);
	assert_int_equal(diag_status(diags), 0);
	diag_free(diags);
	return result;
}

static void assert_written(const char *const *texts, const char *want)
{
	for (size_t size = 1; size < 4; size++) {
		struct taken taken = {.limit = SIZE_MAX};

		assert_int_equal(write_index(&taken, texts, size), 0);
		assert_string_equal(taken.text.data, want);
		assert_int_equal(taken.text.size, strlen(want));
		text_free(&taken.text);
	}
}

static void writes_an_index_without_documents(void **state)
{
	(void)state;
	assert_written((const char *[]){NULL},
		"{\"version\":\"2.3.9\",\"fields\":[\"title\",\"body\"],\"fieldVectors\":[],"
		"\"invertedIndex\":[]" PIPELINE);
	lunr_free(NULL);
}

static void writes_a_vector_for_every_empty_field(void **state)
{
	(void)state;
	assert_written((const char *[]){"", "de het een", "", "“—”", NULL},
		"{\"version\":\"2.3.9\",\"fields\":[\"title\",\"body\"],\"fieldVectors\":"
		"[[\"title/0\",[]],[\"body/0\",[]],[\"title/1\",[]],[\"body/1\",[]]],"
		"\"invertedIndex\":[]" PIPELINE);
}

static void counts_a_term_of_two_fields_twice(void **state)
{
	(void)state;
	assert_written((const char *[]){"Werkgevers", "De werkgever zoekt.", "Subsidie",
			       "Een subsidie, nog een subsidie voor werkgevers", NULL},
		wanted_two);
}

static void writes_terms_as_json(void **state)
{
	(void)state;
	assert_written((const char *[]){"a\"b a\\b a\x01"
					"b a\bb a\x1f"
					"b a<b a\xe2\x80\xa7"
					"b a\x7f"
					"b",
			       "", NULL},
		wanted_json);
}

/* The order of terms is that of the documents, however they were divided and by whom counted. */
static void writes_the_same_from_any_parts(void **state)
{
	static const char *const texts[] = {"zes", "vijf vier", "vier", "drie zes", "twee een",
		"vijf drie", "nul zes zes", "twee vijf", "nul", "zeven acht negen", NULL};
	struct taken want = {.limit = SIZE_MAX};

	(void)state;
	assert_int_equal(write_index(&want, texts, 100), 0);
	assert_written(texts, want.text.data);
	text_free(&want.text);
}

/* A large index comes in pieces; whoever takes them may stop it at any. */
static void comes_in_pieces_until_one_is_not_taken(void **state)
{
	struct text body = {0};
	const char *texts[3] = {"titel"};
	struct taken whole = {.limit = SIZE_MAX};

	(void)state;
	for (unsigned i = 0; i < 30000; i++)
		text_printf(&body, "woord%u ", i);
	texts[1] = body.data;
	assert_int_equal(write_index(&whole, texts, 1), 0);
	assert_true(whole.pieces > 3);
	assert_true(whole.text.size / whole.pieces > 100 * 1024);
	for (size_t limit = 0; limit < whole.pieces; limit++) {
		struct taken part = {.limit = limit};

		assert_int_equal(write_index(&part, texts, 1), -7);
		assert_int_equal(part.pieces, limit + 1);
		if (limit > 0)
			assert_memory_equal(part.text.data, whole.text.data, part.text.size);
		text_free(&part.text);
	}
	text_free(&whole.text);
	text_free(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_an_index_without_documents),
		cmocka_unit_test(writes_a_vector_for_every_empty_field),
		cmocka_unit_test(counts_a_term_of_two_fields_twice),
		cmocka_unit_test(writes_terms_as_json),
		cmocka_unit_test(writes_the_same_from_any_parts),
		cmocka_unit_test(comes_in_pieces_until_one_is_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
