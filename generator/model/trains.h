/*
 * Trains of pages: sets of which each page goes together with each other one (`combineert-met`),
 * and to which no further page can be added. What excludes each other is so never in one train.
 */
#ifndef DRAAIBOEK_TRAINS_H
#define DRAAIBOEK_TRAINS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct field;
struct page;
struct site;

/* The field that says in which phases a page has its place; of the kind `keuze` or `keuzes`. */
#define TRAIN_PHASE "fase"

struct train {
	const struct page **wagons; /* by their first phase, then their last, then as given */
	size_t count;		    /* two or more */
};

/* The field that has the phases of this page, or NULL when its type has none. */
const struct field *trains_phases(const struct page *page);

/* True when both have phases, and the same ones in the same order. */
bool trains_share_phases(const struct page *page, const struct page *other);

/* The number of the first and of the last phase of a page, from 0. False when it has none. */
bool trains_span(size_t *first, size_t *last, const struct page *page);

/*
 * Finds the trains of these pages, the longest first; at most `most` of them. All is in the arena.
 * Pages without a phase have no place in one. By Bron and Kerbosch, with a pivot
 * (https://doi.org/10.1145/362342.362367).
 */
const struct train *trains_find(size_t *count, struct arena *arena, const struct site *site,
	const struct page *const *pages, size_t page_count, size_t most);

#endif
