/* Shards: every term in one of them, with all that the whole has of it. */
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
#include "search/lunr_shard.h"

static const struct lunr_field fields[] = {{"title", 3}, {"body", 1}};

struct box {
	struct lunr_counter *counter;
	struct lunr_part *part;
	struct lunr *index;
	struct lunr_shards shards;
};

static int set_up(void **state)
{
	struct box *box = mem_new(1, sizeof(*box));
	struct diags *diags = diag_new();
	int status = lunr_counter_new(&box->counter, diags);

	diag_free(diags);
	box->part = lunr_part_new(box->counter, ARRAY_LEN(fields), ARRAY_LEN(fields));
	box->index = lunr_new(fields, ARRAY_LEN(fields));
	*state = box;
	return status;
}

static int tear_down(void **state)
{
	struct box *box = *state;

	lunr_shards_free(&box->shards);
	lunr_free(box->index);
	lunr_part_free(box->part);
	lunr_counter_free(box->counter);
	free(box);
	return 0;
}

static void add(struct box *box, const char *title, const char *body)
{
	lunr_part_add(box->part, (struct slice[]){slice_of(title), slice_of(body)});
}

static void seal(struct box *box)
{
	lunr_part_end(box->part);
	lunr_join(box->index, box->part);
	lunr_seal(box->index, NULL);
	lunr_cut(&box->shards, box->index);
}

static void assert_shard(const struct box *box, size_t number, const char *want)
{
	struct text got = {0};

	lunr_shard_write(&got, &box->shards, box->index, number);
	assert_string_equal(got.data, want);
	text_free(&got);
}

static void leaves_a_small_index_whole(void **state)
{
	struct box *box = *state;

	add(box, "Werkgevers", "De werkgever zoekt.");
	add(box, "", "");
	seal(box);
	assert_int_equal(box->shards.count, 1);
	assert_true(slice_is(lunr_shard_start(&box->shards, box->index, 0), ""));
	/* Vectors without a term are of no use here. */
	assert_shard(box, 0,
		"{\"version\":\"2.3.9\",\"fields\":[\"title\",\"body\"],\"fieldVectors\":[[\"title/"
		"0\",[0,0.388]],[\"body/0\",[0,0.129,1,0.492]]],\"invertedIndex\":[[\"werkgever\",{"
		"\"_index\":0,\"title\":{\"0\":{}},\"body\":{\"0\":{}}}],[\"zoekt\",{\"_index\":1,"
		"\"title\":{},\"body\":{\"0\":{}}}]],\"pipeline\":[\"trimmer-nl\",\"stemmer-nl\"]"
		"}");
}

static void makes_a_shard_of_nothing(void **state)
{
	struct box *box = *state;

	seal(box);
	assert_int_equal(box->shards.count, 1);
	assert_shard(box, 0,
		"{\"version\":\"2.3.9\",\"fields\":[\"title\",\"body\"],\"fieldVectors\":[],"
		"\"invertedIndex\":[],\"pipeline\":[\"trimmer-nl\",\"stemmer-nl\"]}");
}

/* Terms go to shards in their order, none twice; a term with many postings has one to itself. */
static void cuts_a_large_index_by_its_terms(void **state)
{
	struct box *box = *state;
	struct text body = {0};
	size_t alone = 0;

	for (unsigned i = 0; i < 8000; i++) {
		text_clear(&body);
		text_printf(&body, "m a%u z%u", i, i % 1000);
		add(box, "", body.data);
	}
	text_free(&body);
	seal(box);
	assert_true(box->shards.count > 5);
	assert_int_equal(box->shards.starts[0], 0);
	assert_int_equal(box->shards.starts[box->shards.count], 9001);
	for (size_t i = 0; i < box->shards.count; i++) {
		assert_true(box->shards.starts[i] < box->shards.starts[i + 1]);
		if (slice_is(lunr_shard_start(&box->shards, box->index, i), "m")) {
			alone = i;
			assert_int_equal(box->shards.starts[i + 1] - box->shards.starts[i], 1);
		}
	}
	assert_true(alone > 0);
	assert_true(slice_compare(lunr_shard_start(&box->shards, box->index, alone - 1),
			    lunr_shard_start(&box->shards, box->index, alone)) < 0);
}

/* How many documents a file has in the body's posting list of its only term. */
static size_t count_documents(const struct box *box, size_t number)
{
	struct text file = {0};
	size_t count = 0;
	const char *at;

	lunr_shard_write(&file, &box->shards, box->index, number);
	assert_non_null(strstr(file.data, "\"invertedIndex\":[[\"m\",{\"_index\":0,"));
	for (at = strstr(file.data, "\"body\":{"); *at != '\0' && *at != ']'; at++)
		count += at[0] == '{' && at[1] == '}';
	text_free(&file);
	return count;
}

static void splits_a_term_that_most_documents_have(void **state)
{
	struct box *box = *state;
	struct text body = {0};
	size_t shard;

	for (unsigned i = 0; i < 9000; i++) {
		text_clear(&body);
		text_printf(&body, "m a%u %s", i, i % 3 == 0 ? "m" : "");
		add(box, "", body.data);
	}
	text_free(&body);
	seal(box);
	assert_int_equal(box->shards.split_count, 1);
	shard = box->shards.split[0];
	assert_true(slice_is(lunr_shard_start(&box->shards, box->index, shard), "m"));
	assert_int_equal(lunr_shard_postings(&box->shards, box->index, shard), 9000);
	assert_int_equal(count_documents(box, shard), LUNR_BEST);
	assert_int_equal(count_documents(box, box->shards.count), 9000 - LUNR_BEST);
}

/* As rare as in both indexes together, and as long as the one below takes for long. */
static void weighs_an_index_over_another_as_both(void **state)
{
	static const size_t hidden[] = {1};
	struct box *box = *state, *over;
	struct lunr_statistics how = {.hidden = hidden, .hidden_count = 1};
	struct text got = {0};

	assert_int_equal(set_up((void **)&over), 0);
	add(box, "alfa", "bravo charlie");
	add(box, "alfa", "alfa");
	add(box, "delta", "bravo");
	seal(box);
	how.under = box->index;
	add(over, "alfa", "charlie nieuw");
	lunr_part_end(over->part);
	lunr_join(over->index, over->part);
	lunr_seal(over->index, &how);
	lunr_cut(&over->shards, over->index);
	lunr_shard_write(&got, &over->shards, over->index, 0);
	/*
	 * Of three documents, alfa and charlie have two postings, nieuw one. A field's average is
	 * the other's: 1 and 4/3, so that the body counts as long.
	 */
	assert_non_null(strstr(got.data, "[\"title/0\",[0,1.41]]"));
	assert_non_null(strstr(got.data, "[\"body/0\",[1,0.39,2,0.814]]"));
	text_free(&got);
	tear_down((void **)&over);
}

/* A field that has no text in the index below: its average of 0 must not make a length endless. */
static void weighs_a_field_that_only_the_upper_index_has(void **state)
{
	struct box *box = *state, *over;
	struct lunr_statistics how = {0};
	struct text got = {0};

	assert_int_equal(set_up((void **)&over), 0);
	add(box, "", "bravo");
	seal(box);
	how.under = box->index;
	add(over, "alfa", "");
	lunr_part_end(over->part);
	lunr_join(over->index, over->part);
	lunr_seal(over->index, &how);
	lunr_cut(&over->shards, over->index);
	lunr_shard_write(&got, &over->shards, over->index, 0);
	/* One of two documents, as long as the average: ln 2, and three times that for a title. */
	assert_non_null(strstr(got.data, "[\"title/0\",[0,2.079]]"));
	text_free(&got);
	tear_down((void **)&over);
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(leaves_a_small_index_whole),
		test(makes_a_shard_of_nothing),
		test(cuts_a_large_index_by_its_terms),
		test(splits_a_term_that_most_documents_have),
		test(weighs_an_index_over_another_as_both),
		test(weighs_a_field_that_only_the_upper_index_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
