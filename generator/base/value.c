/*
 * Building and reading trees of values. Maps keep the order in which their entries were put, and
 * are small: looking one up walks the entries.
 */
#include "base/value.h"

#include <assert.h>

#include "base/mem.h"

struct value *value_new(struct arena *arena, enum value_kind kind)
{
	struct value *value = arena_new(arena, 1, sizeof(*value));

	value->kind = kind;
	return value;
}

static void add_entry(struct value *parent, struct value *item)
{
	assert(item->next == NULL);
	if (parent->last != NULL)
		parent->last->next = item;
	else
		parent->first = item;
	parent->last = item;
	parent->count++;
}

void value_append(struct value *list, struct value *item)
{
	assert(list->kind == VALUE_LIST);
	add_entry(list, item);
}

void value_put(struct value *map, struct slice key, struct value *item)
{
	assert(map->kind == VALUE_MAP);
	item->key = key;
	add_entry(map, item);
}

static struct value *put_new(
	struct arena *arena, struct value *map, const char *key, enum value_kind kind)
{
	struct value *item = value_new(arena, kind);

	value_put(map, slice_of(key), item);
	return item;
}

struct value *value_put_text(
	struct arena *arena, struct value *map, const char *key, struct slice text)
{
	struct value *item = put_new(arena, map, key, VALUE_TEXT);

	item->text = text;
	return item;
}

struct value *value_put_bool(struct arena *arena, struct value *map, const char *key, bool yes)
{
	return put_new(arena, map, key, yes ? VALUE_TRUE : VALUE_FALSE);
}

struct value *value_put_number(
	struct arena *arena, struct value *map, const char *key, size_t number)
{
	struct value *item = put_new(arena, map, key, VALUE_NUMBER);
	struct text digits = {0};

	text_number(&digits, number);
	item->text = text_keep(arena, &digits);
	return item;
}

struct value *value_put_list(struct arena *arena, struct value *map, const char *key)
{
	return put_new(arena, map, key, VALUE_LIST);
}

struct value *value_put_map(struct arena *arena, struct value *map, const char *key)
{
	return put_new(arena, map, key, VALUE_MAP);
}

struct value *value_append_text(struct arena *arena, struct value *list, struct slice text)
{
	struct value *item = value_new(arena, VALUE_TEXT);

	item->text = text;
	value_append(list, item);
	return item;
}

struct value *value_append_map(struct arena *arena, struct value *list)
{
	struct value *item = value_new(arena, VALUE_MAP);

	value_append(list, item);
	return item;
}

struct value *value_put_copy(
	struct arena *arena, struct value *map, const char *key, const struct value *item)
{
	struct value *copy = value_new(arena, item->kind);

	*copy = *item;
	copy->next = NULL;
	value_put(map, slice_of(key), copy);
	return copy;
}

const struct value *value_get(const struct value *map, struct slice key)
{
	const struct value *item;

	if (map == NULL || map->kind != VALUE_MAP)
		return NULL;
	for (item = map->first; item != NULL; item = item->next) {
		/* The first byte tells most keys of one size apart, and saves a call. */
		if (item->key.size == key.size &&
			(key.size == 0 ||
				(item->key.data[0] == key.data[0] && slice_equal(item->key, key))))
			break;
	}
	return item;
}

const struct value *value_at(const struct value *map, const char *key)
{
	return value_get(map, slice_of(key));
}

struct slice value_text_at(const struct value *map, const char *key)
{
	const struct value *item = value_at(map, key);

	return item != NULL && item->kind == VALUE_TEXT ? item->text : (struct slice){0};
}

struct slice value_text(const struct value *value)
{
	switch (value->kind) {
	case VALUE_FALSE:
		return slice_of("false");
	case VALUE_TRUE:
		return slice_of("true");
	case VALUE_NUMBER:
	case VALUE_TEXT:
		return value->text;
	case VALUE_NULL:
	case VALUE_LIST:
	case VALUE_MAP:
		break;
	}
	return (struct slice){0};
}
