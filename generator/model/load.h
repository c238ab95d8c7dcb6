/*
 * From source to site, in three steps: settings and the list of pages, then the pages, each by
 * itself and so by several threads, then what ties them together.
 */
#ifndef DRAAIBOEK_LOAD_H
#define DRAAIBOEK_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct diags;
struct history;
struct site;
struct source;
struct source_reader;
struct theme;
struct value;

/*
 * First step: reads settings, types, glossary, compounds and regions, and lists the pages. Content
 * errors are messages; -1 only when there can be no site: `content/site.yml` cannot be read as
 * YAML.
 */
int load_open(struct site *out, const struct source *source, const struct theme *theme,
	struct source_reader *reader, int date, struct diags *diags);

/* The words that the parser puts in a page, from those of the theme (borrowed). Before step two. */
void load_use_words(struct site *site, const struct value *strings);

/*
 * Second step: parses page number `i` of site->pages. Different pages may be parsed at once, each
 * thread with an arena and a reader of its own. The arena must outlive the site.
 */
int load_page(struct site *site, size_t i, struct arena *arena, struct source_reader *reader,
	struct diags *diags);

/*
 * Third step: orders the pages, ties them to their history, and makes the variants of the regions.
 */
void load_freeze(struct site *site, const struct history *history, struct diags *diags);

/*
 * The `taal` of content/site.yml ("nl" or "en"), read before anything else so that messages can be
 * in it; "nl" when it cannot be told.
 */
const char *load_peek_language(const struct source *source, struct source_reader *reader);

/* The theme that content/site.yml names, or "standaard". Kept in the arena. */
struct slice load_peek_theme(
	struct arena *arena, const struct source *source, struct source_reader *reader);

#endif
