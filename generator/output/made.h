/*
 * The files of a scope that draaiboek makes by itself, beside the pages that editors write: one
 * table, with a row for each kind. Who adds a kind adds a row; the list of tasks and the sitemap
 * follow from it.
 */
#ifndef DRAAIBOEK_MADE_H
#define DRAAIBOEK_MADE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct value;
struct view;
struct view_scope;

struct made_kind {
	/* How many of it the scope may have, at most; NULL: one. */
	size_t (*most)(const struct view *view, const struct view_scope *scope);

	/*
	 * The address of number `item` in the scope, in the arena: of a page as "zoek/", of another
	 * file as "atom.xml". Its data is NULL when the scope does not have this one.
	 */
	struct slice (*address)(struct arena *arena, const struct view *view,
		const struct view_scope *scope, size_t item);

	/* A page: its template, and its data. */
	const char *template;
	bool needed; /* every theme has the template; without another the page is not made */
	struct value *(*page)(struct arena *arena, const struct view *view,
		const struct view_scope *scope, size_t item);

	/* Or another file: appends its bytes. */
	void (*write)(struct text *out, struct arena *arena, const struct view *view,
		const struct view_scope *scope, size_t item);

	/* Whether the sitemap has it; NULL: no. */
	bool (*listed)(const struct view *view, const struct view_scope *scope);
};

/* All kinds, in the order in which they are made. */
const struct made_kind *made_kinds(size_t *count);

/* True when the scope has one of the kind at the address; what is looked at stays in the arena. */
bool made_has(const struct made_kind *kind, struct arena *arena, const struct view *view,
	const struct view_scope *scope, struct slice address);

/* How many of a kind the scope may have. */
size_t made_most(
	const struct made_kind *kind, const struct view *view, const struct view_scope *scope);

#endif
