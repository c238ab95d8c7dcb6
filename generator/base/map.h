/*
 * A hash map from byte strings to pointers. Keys are borrowed: they must outlive the map.
 * Reading it from several threads is safe while nobody writes.
 */
#ifndef DRAAIBOEK_MAP_H
#define DRAAIBOEK_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct map_entry;

/* Starts as all zeroes. */
struct map {
	struct map_entry *entries;
	size_t count;
	size_t capacity; /* a power of two, or 0 */
};

/* The value of `key`, or NULL when it is not there. */
void *map_get(const struct map *map, struct slice key);

/* Sets the value (not NULL) of `key` and returns the one that stood there, or NULL. */
void *map_set(struct map *map, struct slice key, void *value);

/* A hash of the key: for tables in memory, since it may differ from one machine to the next. */
uint64_t map_hash(struct slice key);

/* Frees the map, not its values. */
void map_free(struct map *map);

#endif
