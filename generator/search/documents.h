/*
 * The documents that search finds, of one scope: sections of pages. A document is a page's
 * introduction, or a heading of level 2 or 3 with what stands below it. A region has documents only
 * for what differs from the nation.
 */
#ifndef DRAAIBOEK_DOCUMENTS_H
#define DRAAIBOEK_DOCUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct region;
struct site;
struct variant;

/* A run of parts of a page: the first has the title, the others stand below it. */
struct indexed {
	const struct variant *variant;
	size_t first;
	size_t count;
};

struct documents {
	const struct site *site;
	const struct region *region; /* NULL: the nation */
	struct indexed *list;	     /* in the order of their pages */
	size_t count;
	size_t *pages; /* of each page that has documents, and one more: its first */
	size_t page_count;
	size_t *shadows; /* ascending: national documents that the region does not show */
	size_t shadow_count;
	size_t capacity; /* private, as what follows */
	size_t shadow_capacity;
};

/*
 * Gathers the documents of a scope. `variants` are all its pages, in order; `nation` is the
 * nation's, NULL when these are they.
 */
void documents_open(struct documents *out, const struct site *site, const struct region *region,
	const struct variant *const *variants, size_t count, const struct documents *nation);
void documents_close(struct documents *documents);

/* True for the introduction of a page. */
bool documents_is_introduction(const struct indexed *document);

struct slice documents_title(const struct indexed *document);

/*
 * Appends the plain text of a document, with the page's summary and facts or the titles of deeper
 * headings: lines that have single spaces for white space.
 */
void documents_text(struct text *out, const struct indexed *document);

/* Appends the subjects that the page of an introduction names; nothing for other documents. */
void documents_subjects(struct text *out, const struct indexed *document);

#endif
