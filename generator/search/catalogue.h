/*
 * The files beside the indexes that a reader's search works on: what is where, the documents, the
 * glossary. The formats are in docs/search.md.
 */
#ifndef DRAAIBOEK_CATALOGUE_H
#define DRAAIBOEK_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct index_scope;
struct site;
struct value;

/* A page that does something, such as compare: found by what readers call it. */
struct catalogue_tool {
	struct slice name;
	struct slice meaning;
	struct slice address;	    /* in each scope */
	const struct value *others; /* a list of other names for it; or NULL */
};

/*
 * Appends the address of a scope's file, in zoek/ or regio/SLUG/zoek/. `number` takes the place of
 * "{n}" in the name, when it has that; CATALOGUE_PATTERN leaves it there.
 */
#define CATALOGUE_OUTLINE "overzicht.json"
#define CATALOGUE_INDEX "index.json"
#define CATALOGUE_SHARDS "index/{n}.json"
#define CATALOGUE_WORDS "woorden/{n}.json"
#define CATALOGUE_DOCUMENTS "documenten/{n}.json"
#define CATALOGUE_GLOSSARY "begrippen.json" /* of the nation alone, as the next */
#define CATALOGUE_MANIFEST "zoek.json"
#define CATALOGUE_PATTERN ((size_t)-1)
void catalogue_address(
	struct text *out, const struct index_scope *scope, const char *name, size_t number);

/* False for a region that shows what the nation does: it has no files. */
bool catalogue_has_files(const struct index_scope *scope);

/* Append one file each. The outline wants a sealed index. */
void catalogue_write_outline(struct text *out, const struct index_scope *scope);
void catalogue_write_documents(struct text *out, const struct index_scope *scope, size_t chunk);
void catalogue_write_glossary(struct text *out, const struct site *site,
	const struct catalogue_tool *tools, size_t count);

/*
 * `scopes`: the nation and the regions; `module`: the address of the search module; `has_glossary`:
 * its file is written.
 */
void catalogue_write_manifest(struct text *out, const struct index_scope *scopes, size_t count,
	struct slice module, bool has_glossary);

#endif
