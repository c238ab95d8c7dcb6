/* Which commits another builds on, against a plain search, in graphs of all shapes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include "base/mem.h"
#include "input/ancestry.h"
#include "input/commits.h"

#define MOST 40

/* The same by following every parent. */
static bool builds_on(const struct commits *commits, size_t of, size_t before)
{
	const struct commit *commit = &commits->list[of];

	if (of == before)
		return true;
	for (size_t i = 0; i < commit->parent_count; i++)
		if (builds_on(commits, commits->parents[commit->parents + i], before))
			return true;
	return false;
}

/* A graph of `count` commits, all of which the first builds on. `branching` in 10: a merge. */
static void make(struct commits *out, size_t count, unsigned branching, unsigned *seed)
{
	bool reached[MOST] = {true};

	*out = (struct commits){.list = mem_new(count, sizeof(struct commit)),
		.count = count,
		.parents = mem_new(count * 4, sizeof(size_t))};
	for (size_t at = 0; at < count; at++) {
		struct commit *commit = &out->list[at];
		size_t left = count - at - 1;

		*seed = *seed * 1103515245 + 12345;
		commit->parents = out->parents_count;
		if (left == 0)
			break;
		/* Whatever nothing leads to yet is a parent of the commit right before it. */
		if (!reached[at + 1] || *seed / 65536 % 10 >= branching) {
			out->parents[out->parents_count++] = at + 1;
			reached[at + 1] = true;
		}
		for (unsigned i = 0; i < 2 && *seed / 65536 % 10 < branching; i++) {
			*seed = *seed * 1103515245 + 12345;
			out->parents[out->parents_count] = at + 1 + *seed / 65536 % left;
			reached[out->parents[out->parents_count++]] = true;
		}
		commit->parent_count = out->parents_count - commit->parents;
	}
}

static void as_a_plain_search_has_it(void **state)
{
	unsigned seed = 1;

	(void)state;
	for (unsigned round = 0; round < 200; round++) {
		struct commits commits;
		struct ancestry ancestry;

		make(&commits, 1 + round % 14, round % 8, &seed);
		ancestry_open(&ancestry, &commits);
		for (size_t of = 0; of < commits.count; of++)
			for (size_t before = 0; before < commits.count; before++)
				assert_int_equal(ancestry_has(&ancestry, of, before),
					builds_on(&commits, of, before));
		ancestry_close(&ancestry);
		free(commits.list);
		free(commits.parents);
	}
}

/* Two roots: what starts anew is not behind the commits beside it. */
static void a_second_root(void **state)
{
	struct commit list[4] = {{.parents = 0, .parent_count = 2},
		{.parents = 2, .parent_count = 0}, {.parents = 2, .parent_count = 1},
		{.parents = 3}};
	size_t parents[] = {1, 2, 3};
	struct commits commits = {.list = list, .count = 4, .parents = parents};
	struct ancestry ancestry;

	(void)state;
	ancestry_open(&ancestry, &commits);
	assert_true(ancestry_has(&ancestry, 0, 3));
	assert_false(ancestry_has(&ancestry, 1, 2));
	assert_false(ancestry_has(&ancestry, 1, 3));
	assert_true(ancestry_has(&ancestry, 2, 3));
	ancestry_close(&ancestry);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_a_plain_search_has_it),
		cmocka_unit_test(a_second_root),
	};

	return cmocka_run_group_tests_name("ancestry", tests, NULL, NULL);
}
