/*
 * Threads: runs one function over many independent items. Only jobs/ knows this room.
 */
#ifndef DRAAIBOEK_POOL_H
#define DRAAIBOEK_POOL_H

#include <stddef.h>

/* The number of processors, at most 64: the default number of threads. */
size_t pool_default_size(void);

/*
 * Calls work(context, item, thread) once for each item from 0 to `items` - 1, from `threads`
 * threads numbered from 0, and returns when all are done. Items are handed out in runs of
 * `batch` neighbours, since neighbours share a folder. With one thread, runs in the caller's.
 */
void pool_run(size_t threads, size_t items, size_t batch, void *context,
	void (*work)(void *context, size_t item, size_t thread));

#endif
