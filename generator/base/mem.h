/*
 * Memory. Running out of it ends the program here, in one place, so that no caller has to check.
 *
 * An arena hands out pieces that live as long as the arena: a page, with all that was read from it,
 * is one arena. Pieces are never freed singly.
 */
#ifndef DRAAIBOEK_MEM_H
#define DRAAIBOEK_MEM_H

#include <stddef.h>

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

/* To be called first: has the allocator ask the system for memory in large pieces. */
void mem_start(void);

/* Zeroed memory of `count` times `size` bytes; never NULL. The caller frees it with free(). */
void *mem_new(size_t count, size_t size);

/* Makes `old` (may be NULL) hold `count` times `size` bytes; what is added is not zeroed. */
void *mem_resize(void *old, size_t count, size_t size);

/* A copy of `size` bytes with a NUL behind them. The caller frees it with free(). */
char *mem_copy(const char *data, size_t size);

/*
 * Grows an array so that it can hold one more than `count` items of `size` bytes; `*capacity` is
 * kept by the caller and starts at 0.
 */
void *mem_grow(void *array, size_t count, size_t *capacity, size_t size);

struct arena_block;

/* Starts as all zeroes. */
struct arena {
	struct arena_block *blocks;
	size_t used; /* bytes of the newest block */
};

/* Zeroed memory, aligned for any type. */
void *arena_new(struct arena *arena, size_t count, size_t size);

/* A copy of `size` bytes with a NUL behind them. */
char *arena_copy(struct arena *arena, const char *data, size_t size);

/* Takes back all that the arena handed out, and keeps one block of memory for the next pieces. */
void arena_reset(struct arena *arena);

/* Frees all that the arena handed out. The arena may be used again. */
void arena_free(struct arena *arena);

#endif
