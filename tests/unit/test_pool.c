/* Each item once, whatever the numbers of threads, items and neighbours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first. */
#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/mem.h"
#include "base/pool.h"

struct tally {
	atomic_uint *times; /* how often each item came */
	atomic_size_t highest_thread;
	pthread_t caller;
	atomic_bool elsewhere; /* whether work was done in another thread than the caller's */
};

static void count_item(void *context, size_t item, size_t thread)
{
	struct tally *tally = context;

	atomic_fetch_add(&tally->times[item], 1);
	if (thread > atomic_load(&tally->highest_thread))
		atomic_store(&tally->highest_thread, thread);
	if (!pthread_equal(pthread_self(), tally->caller))
		atomic_store(&tally->elsewhere, true);
}

static void assert_runs(size_t threads, size_t items, size_t batch)
{
	struct tally tally = {.caller = pthread_self()};

	tally.times = mem_new(items + 1, sizeof(*tally.times));
	pool_run(threads, items, batch, &tally, count_item);
	for (size_t i = 0; i < items; i++)
		assert_int_equal(atomic_load(&tally.times[i]), 1);
	assert_int_equal(atomic_load(&tally.times[items]), 0);
	assert_true(atomic_load(&tally.highest_thread) < (threads > 0 ? threads : 1));
	if (threads < 2)
		assert_false(atomic_load(&tally.elsewhere));
	free(tally.times);
}

static void runs_each_item_once(void **state)
{
	static const size_t threads[] = {0, 1, 2, 3, 8, 1000};
	static const size_t items[] = {0, 1, 2, 7, 64, 1000};
	static const size_t batches[] = {1, 3, 64, 5000};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(threads); i++)
		for (size_t j = 0; j < ARRAY_LEN(items); j++)
			for (size_t k = 0; k < ARRAY_LEN(batches); k++)
				assert_runs(threads[i], items[j], batches[k]);
}

struct meeting {
	pthread_barrier_t barrier;
};

static void meet(void *context, size_t item, size_t thread)
{
	struct meeting *meeting = context;

	(void)item;
	(void)thread;
	pthread_barrier_wait(&meeting->barrier);
}

/* Hangs, and so fails, when the items do not run beside each other. */
static void runs_beside_each_other(void **state)
{
	struct meeting meeting;

	(void)state;
	assert_int_equal(pthread_barrier_init(&meeting.barrier, NULL, 4), 0);
	pool_run(4, 4, 1, &meeting, meet);
	pthread_barrier_destroy(&meeting.barrier);
}

static void has_a_sensible_default(void **state)
{
	(void)state;
	assert_in_range(pool_default_size(), 1, 64);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runs_each_item_once),
		cmocka_unit_test(runs_beside_each_other),
		cmocka_unit_test(has_a_sensible_default),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
