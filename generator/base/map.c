/*
 * Open addressing with linear probing, at most three quarters full. Nothing is ever taken out, so
 * a search ends at the first free entry.
 */
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct map_entry {
	struct slice key;
	uint64_t hash;
	void *value; /* NULL: the entry is free */
};

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9ddfea08eb382d69);
	return hash ^ hash >> 29;
}

/* Eight bytes at a time, the last eight perhaps twice. */
static inline uint64_t hash_of(struct slice key)
{
	uint64_t hash = key.size, word = 0;

	if (key.size < sizeof(word)) {
		for (size_t i = 0; i < key.size; i++)
			word = word << 8 | (unsigned char)key.data[i];
		return mix(hash, word);
	}
	for (size_t at = 0; at < key.size - sizeof(word); at += sizeof(word)) {
		memcpy(&word, key.data + at, sizeof(word));
		hash = mix(hash, word);
	}
	memcpy(&word, key.data + key.size - sizeof(word), sizeof(word));
	return mix(hash, word);
}

/* The entry of `key`, or the free one where it belongs. The map has entries. */
static inline struct map_entry *find_entry(const struct map *map, struct slice key, uint64_t hash)
{
	size_t mask = map->capacity - 1;
	size_t at = (size_t)(hash ^ hash >> 32) & mask;

	while (map->entries[at].value != NULL) {
		struct map_entry *entry = &map->entries[at];

		if (entry->hash == hash && entry->key.size == key.size &&
			(key.size == 0 || memcmp(entry->key.data, key.data, key.size) == 0))
			break;
		at = (at + 1) & mask;
	}
	return &map->entries[at];
}

static void grow(struct map *map)
{
	struct map larger = {.count = map->count};

	larger.capacity = map->capacity > 0 ? map->capacity * 2 : 16;
	larger.entries = mem_new(larger.capacity, sizeof(*larger.entries));
	for (size_t i = 0; i < map->capacity; i++) {
		struct map_entry *entry = &map->entries[i];

		if (entry->value != NULL)
			*find_entry(&larger, entry->key, entry->hash) = *entry;
	}
	free(map->entries);
	*map = larger;
}

uint64_t map_hash(struct slice key)
{
	return hash_of(key);
}

void *map_get(const struct map *map, struct slice key)
{
	if (map->count == 0)
		return NULL;
	return find_entry(map, key, hash_of(key))->value;
}

void *map_set(struct map *map, struct slice key, void *value)
{
	uint64_t hash = hash_of(key);
	struct map_entry *entry;
	void *old;

	assert(value != NULL);
	if (map->count >= map->capacity / 4 * 3)
		grow(map);
	entry = find_entry(map, key, hash);
	old = entry->value;
	if (old == NULL) {
		*entry = (struct map_entry){key, hash, value};
		map->count++;
	} else {
		entry->value = value;
	}
	return old;
}

void map_free(struct map *map)
{
	free(map->entries);
	*map = (struct map){0};
}
