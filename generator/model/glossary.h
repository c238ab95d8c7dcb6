/*
 * The glossary of content/begrippen.yml, and the finding of its words in running text.
 */
#ifndef DRAAIBOEK_GLOSSARY_H
#define DRAAIBOEK_GLOSSARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "base/text.h"

struct arena;
struct diags;
struct value;

struct glossary_entry {
	struct slice term;
	struct slice meaning;
	struct slice id;		   /* of its place on the page of terms */
	const struct value *abbreviations; /* lists of text, or NULL */
	const struct value *synonyms;
	const struct value *see_also; /* zoek-ook */
	const struct value *source;   /* the entry in the file */
};

struct glossary {
	struct glossary_entry *entries; /* in the order of the file */
	size_t count;
	struct map forms;	    /* first word, folded → list of forms */
	unsigned char starts[8192]; /* bit set of the first letters of the forms */
};

/*
 * Reads the list of `path`. A word that stands in two entries is an error. All is in the arena or
 * borrowed from the tree; the map is freed by glossary_free().
 */
void glossary_read(struct glossary *out, struct arena *arena, const struct value *root,
	const char *path, struct diags *diags);
void glossary_free(struct glossary *glossary);

/*
 * Finds the first word of the glossary in the text from byte `from` on: a term, synonym or
 * abbreviation as whole words, a plural ending allowed; case aside, but for abbreviations.
 * See struct markdown_site.
 */
bool glossary_find(size_t *start, size_t *length, size_t *entry, const struct glossary *glossary,
	struct slice text, size_t from);

#endif
