/*
 * Threads that take runs of items from one counter. The caller's thread is one of them, so that
 * the work gets done even where no thread can be made.
 */
#include "base/pool.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

#define MOST_THREADS ((size_t)64)

struct run {
	atomic_size_t next; /* the first item that nobody took */
	size_t items;
	size_t batch;
	void *context;
	void (*work)(void *context, size_t item, size_t thread);
};

struct worker {
	struct run *run;
	size_t number;
	pthread_t thread;
};

size_t pool_default_size(void)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);

	if (count < 1)
		return 1;
	return (size_t)count < MOST_THREADS ? (size_t)count : MOST_THREADS;
}

static void work_through(struct run *run, size_t thread)
{
	size_t item;

	while ((item = atomic_fetch_add(&run->next, run->batch)) < run->items) {
		size_t end = run->items - item < run->batch ? run->items : item + run->batch;

		for (; item < end; item++)
			run->work(run->context, item, thread);
	}
}

static void *start_worker(void *argument)
{
	struct worker *worker = argument;

	work_through(worker->run, worker->number);
	return NULL;
}

void pool_run(size_t threads, size_t items, size_t batch, void *context,
	void (*work)(void *context, size_t item, size_t thread))
{
	struct run run = {.items = items, .batch = batch, .context = context, .work = work};
	struct worker *workers;
	size_t needed, started;

	assert(batch > 0 && items <= SIZE_MAX / 2 && batch <= SIZE_MAX / 2 / MOST_THREADS);
	needed = items / batch + (items % batch > 0);
	threads = threads < MOST_THREADS ? threads : MOST_THREADS;
	threads = threads < needed ? threads : needed;
	atomic_init(&run.next, 0);
	if (threads < 2) {
		work_through(&run, 0);
		return;
	}
	workers = mem_new(threads, sizeof(*workers));
	for (started = 1; started < threads; started++) {
		struct worker *worker = &workers[started];

		*worker = (struct worker){.run = &run, .number = started};
		if (pthread_create(&worker->thread, NULL, start_worker, worker) != 0)
			break;
	}
	work_through(&run, 0);
	for (size_t i = 1; i < started; i++)
		pthread_join(workers[i].thread, NULL);
	free(workers);
}
