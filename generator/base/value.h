/*
 * A tree of values as YAML and JSON have them, each with the place where it was read.
 *
 * Front matter, site settings and the data of a template are such trees. They live in an arena, so
 * building one is cheap and nothing is freed singly. In YAML every scalar is text: what it means
 * (a date, a number, yes or no) is for the schema to say.
 */
#ifndef DRAAIBOEK_VALUE_H
#define DRAAIBOEK_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;

enum value_kind {
	VALUE_NULL,
	VALUE_FALSE,
	VALUE_TRUE,
	VALUE_NUMBER, /* `text` holds it as JSON writes it */
	VALUE_TEXT,
	VALUE_LIST,
	VALUE_MAP
};

struct value {
	enum value_kind kind;
	unsigned line;	   /* from 1; 0 when the program made it */
	unsigned column;   /* from 1 */
	unsigned key_line; /* of the key, in a map */
	unsigned key_column;
	struct slice key;    /* in a map: the entry's name */
	struct slice text;   /* of VALUE_TEXT and VALUE_NUMBER */
	struct value *first; /* the entries of a map or list, linked by `next` */
	struct value *last;
	struct value *next;
	size_t count; /* of entries */
};

struct value *value_new(struct arena *arena, enum value_kind kind);

/* Appends to a list. A value stands in one list or map only. */
void value_append(struct value *list, struct value *item);

/* Appends an entry to a map; the key is borrowed. The caller sees to it that the key is new. */
void value_put(struct value *map, struct slice key, struct value *item);

/* Makers for the data of a template; keys and texts are borrowed. Each returns what it made. */
struct value *value_put_text(struct arena *, struct value *map, const char *key, struct slice text);
struct value *value_put_bool(struct arena *, struct value *map, const char *key, bool yes);
struct value *value_put_number(struct arena *, struct value *map, const char *key, size_t number);
struct value *value_put_list(struct arena *, struct value *map, const char *key);
struct value *value_put_map(struct arena *, struct value *map, const char *key);
struct value *value_append_text(struct arena *, struct value *list, struct slice text);
struct value *value_append_map(struct arena *, struct value *list);

/* A second handle on `item` (its kind, text and children are shared) under another key. */
struct value *value_put_copy(
	struct arena *, struct value *map, const char *key, const struct value *item);

/* The entry of a map, or NULL; NULL for a `map` that is NULL or none. */
const struct value *value_get(const struct value *map, struct slice key);
const struct value *value_at(const struct value *map, const char *key);

/* The text of an entry, or the empty slice when it is absent or no text. */
struct slice value_text_at(const struct value *map, const char *key);

/* A scalar's text (null: empty); the empty slice for lists and maps. */
struct slice value_text(const struct value *value);

#endif
