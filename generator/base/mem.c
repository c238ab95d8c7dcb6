/*
 * The only callers of the C library's allocator. Everybody else comes here.
 */
#include "base/mem.h"

#ifdef __linux__
#include <malloc.h> /* mallopt(), where glibc has it */
#endif
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Under the address sanitizer each piece is a block of its own, so that a write behind it is seen.
 * GCC tells of the sanitizer by a name, Clang when asked.
 */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BLOCK_SIZE ((size_t)0)
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define BLOCK_SIZE ((size_t)0)
#endif
#ifndef BLOCK_SIZE
#define BLOCK_SIZE ((size_t)64 * 1024)
#endif

#define TOP_PAD (8 * 1024 * 1024) /* bytes that are asked for beside what is needed */

struct arena_block {
	struct arena_block *next;
	size_t size;
	alignas(max_align_t) unsigned char data[];
};

static void *mem_check(void *pointer)
{
	if (pointer == NULL) {
		fputs("draaiboek: out of memory\n", stderr);
		abort();
	}
	return pointer;
}

void mem_start(void)
{
#ifdef M_TOP_PAD
	(void)mallopt(M_TOP_PAD, TOP_PAD);
#endif
}

static size_t mem_size(size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		mem_check(NULL);
	return count * size;
}

void *mem_new(size_t count, size_t size)
{
	size_t bytes = mem_size(count, size);

	return mem_check(calloc(1, bytes > 0 ? bytes : 1));
}

void *mem_resize(void *old, size_t count, size_t size)
{
	size_t bytes = mem_size(count, size);

	return mem_check(realloc(old, bytes > 0 ? bytes : 1));
}

char *mem_copy(const char *data, size_t size)
{
	char *copy = mem_check(malloc(size + 1));

	if (size > 0)
		memcpy(copy, data, size);
	copy[size] = '\0';
	return copy;
}

void *mem_grow(void *array, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return array;
	*capacity = *capacity < 8 ? 8 : *capacity * 2;
	return mem_resize(array, *capacity, size);
}

/* Large pieces get a block of their own behind the newest, so that its rest is not wasted. */
static struct arena_block *arena_add_block(struct arena *arena, size_t size)
{
	size_t room = size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE;
	struct arena_block *block = mem_check(malloc(sizeof(*block) + room));

	block->size = room;
	if (arena->blocks != NULL && room == size) {
		block->next = arena->blocks->next;
		arena->blocks->next = block;
	} else {
		block->next = arena->blocks;
		arena->blocks = block;
		arena->used = 0;
	}
	return block;
}

static void *arena_take(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->blocks;
	unsigned char *piece;

	size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (block == NULL || block->size - arena->used < size) {
		block = arena_add_block(arena, size);
		if (block != arena->blocks)
			return block->data;
	}
	piece = block->data + arena->used;
	arena->used += size;
	return piece;
}

void *arena_new(struct arena *arena, size_t count, size_t size)
{
	size_t bytes = mem_size(count, size);

	if (bytes > SIZE_MAX / 2)
		mem_check(NULL);
	return memset(arena_take(arena, bytes > 0 ? bytes : 1), 0, bytes);
}

char *arena_copy(struct arena *arena, const char *data, size_t size)
{
	char *copy = arena_take(arena, size + 1);

	if (size > 0)
		memcpy(copy, data, size);
	copy[size] = '\0';
	return copy;
}

void arena_reset(struct arena *arena)
{
	struct arena_block *kept = arena->blocks;

	if (kept == NULL)
		return;
	arena->blocks = kept->next;
	arena_free(arena);
	kept->next = NULL;
	arena->blocks = kept;
}

void arena_free(struct arena *arena)
{
	struct arena_block *block = arena->blocks;

	while (block != NULL) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
	*arena = (struct arena){0};
}
