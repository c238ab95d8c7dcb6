/*
 * Page types as data: the fields of a type, the checks that its pages must pass, its template; and
 * the front matter that every page may have. model/page_type reads them. The format is in
 * draaiboek-site(5).
 */
#ifndef DRAAIBOEK_SCHEMA_H
#define DRAAIBOEK_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/text.h"

struct arena;
struct diags;
struct value;

enum field_kind {
	FIELD_TEXT,
	FIELD_DATE,
	FIELD_LIST,
	FIELD_CHOICE,
	FIELD_CHOICES, /* one choice or a list of them */
	FIELD_AMOUNT,  /* "€ 500", "500 euro per maand": text with a figure */
	FIELD_URL,
	FIELD_NUMBER,
	FIELD_BOOL,    /* ja, nee */
	FIELD_PAGES,   /* list of links to pages; model/relations knows where they lead */
	FIELD_ANSWERS, /* map from questions of the regelingenwijzer to an answer or a list */
	FIELD_SOURCES, /* list of texts or maps: titel, uitgever, datum, url */
	FIELD_REASON   /* text, and not just ja or nee */
};

struct field {
	struct slice name;
	struct slice label;
	enum field_kind kind;
	bool required;
	const struct value *choices; /* list of text; of FIELD_CHOICE and FIELD_CHOICES */
};

/* What the pages of a type must have, by the names in its `controles`. */
enum type_check {
	TYPE_NEEDS_SUMMARY = 1, /* samenvatting */
	TYPE_NEEDS_SOURCE = 2,	/* bron */
	TYPE_NEEDS_REVIEW = 4,	/* herziening: herzien-voor */
	TYPE_NEEDS_STEPS = 8,	/* stappen: a heading of level 2 */
	TYPE_NEEDS_OWNER = 16	/* eigenaar */
};

struct page_type {
	struct slice name;
	struct slice title;
	struct slice plural;
	struct slice template;
	const char *path; /* of its YAML file */
	bool numbered;	  /* headings of level 2 are steps */
	bool has_code;	  /* qr: its pages carry their address as a QR code */
	unsigned checks;  /* of enum type_check */
	const struct field *fields;
	size_t count;
};

/* The fields of front matter that every page may have. */
const struct field *schema_common(size_t *count);

/* The field of the type with this name, or NULL. */
const struct field *schema_field(const struct page_type *type, const char *name);

/* True when a value of FIELD_CHOICE or FIELD_CHOICES, which may be NULL, holds this choice. */
bool schema_chooses(const struct value *value, struct slice choice);

/* Where a page stands, since not every field is allowed everywhere. */
enum page_role {
	ROLE_NATIONAL,
	ROLE_REGIONAL,	/* a page that only a region has */
	ROLE_ADAPTATION /* of a national page, by a region */
};

/*
 * Holds front matter against the common fields and those of its type (NULL in an adaptation, when
 * its page does not exist): unknown keys with the nearest that exists, kinds, required fields,
 * keys that an adaptation may not set. Returns the number of errors.
 */
size_t schema_check(const struct value *front, const struct page_type *type, enum page_role role,
	const char *path, struct diags *diags);

/* "ja" or "true"; false for anything else. */
bool schema_is_yes(struct slice text);

/* http: or https: with a host, and nothing that could end an attribute or a line. */
bool schema_is_url(struct slice text);

/* Appends the name that is near enough to be meant by `word`, or else all of them. */
void schema_suggest(struct text *out, struct slice word, const char *const *names, size_t count);

/*
 * Says that `word` is none of the names; `code` takes the word, and the names or the one meant.
 */
void schema_none_of(enum diag_code code, struct place place, struct slice word,
	const char *const *names, size_t count, struct diags *diags);

/* Says what value stands at the key where another was expected; false. */
bool schema_wrong(
	const struct value *value, const char *path, enum diag_code code, struct diags *diags);

/* Each key of the map must be one of the names: says of every other which one is near. */
bool schema_check_keys(const struct value *map, const char *const *names, size_t count,
	const char *path, struct diags *diags);

/*
 * What a whole file holds must be a map. Says so when it is none; `key` is one that it could have.
 */
bool schema_check_file(
	const struct value *root, const char *key, const char *path, struct diags *diags);

/* True for a list of texts, or NULL; else a message. */
bool schema_check_list(const struct value *value, const char *path, struct diags *diags);

/* Where a value, or a key, of a tree stands in the file. */
struct place schema_place(const char *path, const struct value *value);
struct place schema_key_place(const char *path, const struct value *value);

#endif
