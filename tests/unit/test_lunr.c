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

static struct lunr *make_index(void)
{
	struct diags *diags = diag_new();
	struct lunr *index;

	assert_int_equal(lunr_new(&index, fields, ARRAY_LEN(fields), diags), 0);
	assert_int_equal(diag_status(diags), 0);
	diag_free(diags);
	return index;
}

static void add(struct lunr *index, const char *title, const char *body)
{
	lunr_add(index, (struct slice[]){slice_of(title), slice_of(body)});
}

static void assert_written(const struct lunr *index, const char *want)
{
	struct text out = {0};

	text_puts(&out, "x");
	lunr_write(&out, index);
	assert_string_equal(out.data + 1, want);
	assert_int_equal(out.size, strlen(want) + 1);
	text_free(&out);
}

static void writes_an_index_without_documents(void **state)
{
	struct lunr *index = make_index();

	(void)state;
	assert_int_equal(lunr_count(index), 0);
	assert_written(index,
		"{\"version\":\"2.3.9\",\"fields\":[\"title\",\"body\"],\"fieldVectors\":[],"
		"\"invertedIndex\":[]" PIPELINE);
	lunr_free(index);
	lunr_free(NULL);
}

static void writes_a_vector_for_every_empty_field(void **state)
{
	struct lunr *index = make_index();

	(void)state;
	add(index, NULL, "de het een");
	add(index, "", "“—”");
	assert_int_equal(lunr_count(index), 2);
	assert_written(index,
		"{\"version\":\"2.3.9\",\"fields\":[\"title\",\"body\"],\"fieldVectors\":"
		"[[\"title/0\",[]],[\"body/0\",[]],[\"title/1\",[]],[\"body/1\",[]]],"
		"\"invertedIndex\":[]" PIPELINE);
	lunr_free(index);
}

static void counts_a_term_of_two_fields_twice(void **state)
{
	struct lunr *index = make_index();

	(void)state;
	add(index, "Werkgevers", "De werkgever zoekt.");
	add(index, "Subsidie", "Een subsidie, nog een subsidie voor werkgevers");
	assert_written(index, wanted_two);
	lunr_free(index);
}

static void writes_terms_as_json(void **state)
{
	struct lunr *index = make_index();

	(void)state;
	add(index,
		"a\"b a\\b a\x01"
		"b a\bb a\x1f"
		"b a<b a\xe2\x80\xa7"
		"b a\x7f"
		"b",
		"");
	assert_written(index, wanted_json);
	lunr_free(index);
}

/* Later documents change the statistics of all: nothing of the first writing may stay. */
static void may_be_written_twice(void **state)
{
	struct lunr *index = make_index(), *other = make_index();
	struct text out = {0};

	(void)state;
	add(index, "een woord", "nog twee woorden");
	lunr_write(&out, index);
	text_clear(&out);
	add(index, "woord", "");
	add(other, "een woord", "nog twee woorden");
	add(other, "woord", "");
	lunr_write(&out, other);
	assert_written(index, out.data);
	text_free(&out);
	lunr_free(index);
	lunr_free(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_an_index_without_documents),
		cmocka_unit_test(writes_a_vector_for_every_empty_field),
		cmocka_unit_test(counts_a_term_of_two_fields_twice),
		cmocka_unit_test(writes_terms_as_json),
		cmocka_unit_test(may_be_written_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
