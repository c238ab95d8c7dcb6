/*
 * Which pages the regelingenwijzer lists, what each asks of a candidate, and whether answers
 * exclude it. The style sheet that hides schemes in a browser is made of the same conditions.
 */
#ifndef DRAAIBOEK_FIT_H
#define DRAAIBOEK_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct arena;
struct page;
struct questions;
struct region;
struct site;
struct value;

/* A question of which the answer must be one of some. */
struct condition {
	size_t question;
	uint64_t accepted;	   /* a bit for each answer's number */
	const struct value *entry; /* in the front matter */
};

/* A page in the list. */
struct scheme {
	const struct page *page;
	struct slice title; /* as the scope shows them */
	struct slice summary;
	struct slice phase;		    /* fase, or the first of them; empty: none */
	const struct condition *conditions; /* all must hold */
	size_t count;
};

enum fit_state {
	FIT_LISTED,
	FIT_NONE, /* it states no conditions: it is not for the list */
	FIT_DRAFT,
	FIT_EXPIRED, /* past geldig-tot */
	FIT_REFUSED  /* the file could not be read */
};

/* Whether the page is in the list, or why it is not. */
enum fit_state fit_state(const struct site *site, const struct page *page);

/*
 * Calls `visit` for each condition as it is written: an entry of a field of the kind `antwoorden`.
 */
void fit_visit(const struct page *page,
	void (*visit)(void *context, const struct page *page, const struct value *entry),
	void *context);

/* The conditions of a page; questions and answers that there are not are passed over. */
const struct condition *fit_conditions(size_t *count, struct arena *arena,
	const struct questions *questions, const struct page *page);

/*
 * The schemes that a scope lists (NULL: the nation): in the order of the phases, and those of one
 * phase, or of none at the end, by collection, volgorde and title. In the arena.
 */
struct scheme *fit_list(
	size_t *count, struct arena *arena, const struct site *site, const struct region *region);

/* The end of the run of schemes with the phase of the one at `first`. */
size_t fit_phase_end(const struct scheme *schemes, size_t count, size_t first);

/*
 * The condition that excludes the scheme, or NULL: it fits. `answers` has for each question the
 * number of the answer, or ANSWER_OPEN, which excludes nothing.
 */
const struct condition *fit_excludes(const struct scheme *scheme, const int *answers);

#endif
