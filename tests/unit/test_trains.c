/* Which sets of pages make a train: against each set tried by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/mem.h"
#include "base/value.h"
#include "model/relations.h"
#include "model/site.h"
#include "model/trains.h"

#define MOST 60

struct fixture {
	struct site site;
	struct page pages[MOST];
	char files[MOST][40];
	struct page_type type;
	struct field fields[3];
	const struct page *given[MOST];
	struct value *named[MOST][2]; /* combineert-met, sluit-uit */
};

static void open_pages(struct fixture *fixture, size_t count, const char *const *phases)
{
	static const char *const names[] = {"eerst", "dan", "later"};
	struct arena *arena;

	memset(fixture, 0, sizeof(*fixture));
	arena = &fixture->site.arena;
	struct value *choices = value_new(arena, VALUE_LIST);

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		value_append_text(arena, choices, slice_of(names[i]));
	fixture->fields[0] = (struct field){
		.name = slice_of(TRAIN_PHASE), .kind = FIELD_CHOICES, .choices = choices};
	fixture->fields[1] =
		(struct field){.name = slice_of(RELATION_COMBINES), .kind = FIELD_PAGES};
	fixture->fields[2] =
		(struct field){.name = slice_of(RELATION_EXCLUDES), .kind = FIELD_PAGES};
	fixture->type = (struct page_type){.fields = fixture->fields, .count = 3};
	fixture->site.pages = fixture->pages;
	fixture->site.page_count = count;
	for (size_t i = 0; i < count; i++) {
		struct page *page = &fixture->pages[i];
		struct value *front = value_new(arena, VALUE_MAP);

		(void)snprintf(fixture->files[i], sizeof(fixture->files[i]), "content/%zu.md", i);
		*page = (struct page){.file = slice_of(fixture->files[i]),
			.type = &fixture->type,
			.front = front};
		if (phases == NULL || phases[i] != NULL)
			value_put_text(arena, front, TRAIN_PHASE,
				slice_of(phases != NULL ? phases[i] : "dan"));
		fixture->named[i][0] = value_put_list(arena, front, RELATION_COMBINES);
		fixture->named[i][1] = value_put_list(arena, front, RELATION_EXCLUDES);
		(void)map_set(&fixture->site.files, page->file, page);
		fixture->given[i] = page;
	}
}

static void name_page(struct fixture *fixture, size_t from, size_t to, size_t field)
{
	struct arena *arena = &fixture->site.arena;
	char way[40];

	(void)snprintf(way, sizeof(way), "%zu.md", to);
	value_append_text(arena, fixture->named[from][field], slice_keep(arena, slice_of(way)));
}

static void close_pages(struct fixture *fixture)
{
	map_free(&fixture->site.files);
	arena_free(&fixture->site.arena);
}

/* The trains as "0 1, 2 3". */
static void assert_trains(struct fixture *fixture, size_t most, const char *wanted)
{
	struct text found = {0};
	const struct train *trains;
	size_t count;

	relations_read(&fixture->site);
	trains = trains_find(&count, &fixture->site.arena, &fixture->site, fixture->given,
		fixture->site.page_count, most);
	text_reserve(&found, 0);
	for (size_t t = 0; t < count; t++) {
		text_puts(&found, t > 0 ? ", " : "");
		for (size_t w = 0; w < trains[t].count; w++)
			text_printf(&found, w > 0 ? " %zu" : "%zu",
				(size_t)(trains[t].wagons[w] - fixture->pages));
	}
	assert_string_equal(found.data, wanted);
	text_free(&found);
	close_pages(fixture);
}

static void makes_no_train_of_one(void **state)
{
	struct fixture fixture;

	(void)state;
	open_pages(&fixture, 0, NULL);
	assert_trains(&fixture, 9, "");
	open_pages(&fixture, 3, NULL);
	assert_trains(&fixture, 9, "");
}

static void takes_only_what_goes_together_two_by_two(void **state)
{
	struct fixture fixture;

	(void)state;
	open_pages(&fixture, 4, NULL);
	name_page(&fixture, 0, 1, 0);
	name_page(&fixture, 2, 1, 0);
	assert_trains(&fixture, 9, "0 1, 1 2");
	open_pages(&fixture, 4, NULL);
	name_page(&fixture, 0, 1, 0);
	name_page(&fixture, 2, 1, 0);
	name_page(&fixture, 2, 0, 0);
	name_page(&fixture, 3, 1, 0);
	assert_trains(&fixture, 9, "0 1 2, 1 3");
}

static void never_has_what_excludes_each_other_in_one(void **state)
{
	struct fixture fixture;

	(void)state;
	open_pages(&fixture, 3, NULL);
	name_page(&fixture, 0, 1, 0);
	name_page(&fixture, 2, 1, 0);
	name_page(&fixture, 0, 2, 1);
	assert_trains(&fixture, 9, "0 1, 1 2");
	open_pages(&fixture, 2, NULL);
	name_page(&fixture, 0, 1, 0);
	name_page(&fixture, 1, 0, 1);
	assert_trains(&fixture, 9, "");
}

static void orders_wagons_by_phase(void **state)
{
	static const char *const phases[] = {"later", "dan", "eerst", NULL};
	struct fixture fixture;

	(void)state;
	open_pages(&fixture, 4, phases);
	name_page(&fixture, 0, 1, 0);
	name_page(&fixture, 0, 2, 0);
	name_page(&fixture, 1, 2, 0);
	name_page(&fixture, 3, 0, 0);
	assert_trains(&fixture, 9, "2 1 0");
}

/* Twenty threes, each with each of another three: 3 to the 20th trains, of which it makes a few. */
static void stops_at_the_most(void **state)
{
	struct fixture fixture;
	const struct train *trains;
	size_t count;

	(void)state;
	open_pages(&fixture, MOST, NULL);
	for (size_t i = 0; i < MOST; i++)
		for (size_t k = i + 1; k < MOST; k++)
			if (i / 3 != k / 3)
				name_page(&fixture, i, k, 0);
	relations_read(&fixture.site);
	trains = trains_find(&count, &fixture.site.arena, &fixture.site, fixture.given, MOST, 40);
	assert_int_equal(count, 40);
	for (size_t t = 0; t < count; t++)
		assert_int_equal(trains[t].count, MOST / 3);
	close_pages(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_no_train_of_one),
		cmocka_unit_test(takes_only_what_goes_together_two_by_two),
		cmocka_unit_test(never_has_what_excludes_each_other_in_one),
		cmocka_unit_test(orders_wagons_by_phase),
		cmocka_unit_test(stops_at_the_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
