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
	/* There is one of it in a scope, always at this address: a page as "zoek/", or a file. */
	const char *at;
	bool (*has)(const struct view *view, const struct view_scope *scope); /* NULL: all do */

	/* Or there are many: how many at most, and where number `item` stands; its data is NULL
	 * when the scope does not have this one. */
	size_t (*most)(const struct view *view, const struct view_scope *scope);
	struct slice (*address)(struct arena *arena, const struct view *view,
		const struct view_scope *scope, size_t item);

	/* A page: its template, and its data, of the only one or of number `item`. */
	const char *template;
	bool needed; /* every theme has the template; without another the page is not made */
	struct value *(*page)(
		struct arena *arena, const struct view *view, const struct view_scope *scope);
	struct value *(*page_of)(struct arena *arena, const struct view *view,
		const struct view_scope *scope, size_t item);

	/* Or another file: appends its bytes. */
	void (*write)(struct text *out, struct arena *arena, const struct view *view,
		const struct view_scope *scope);
	void (*write_of)(
		struct text *out, struct arena *arena, const struct view *view, size_t item);

	/* Of the only one: what the search finds it as; NULL: nothing. The strings TOOL,
	 * TOOL-uitleg and TOOL-ook, a list, are its name, what it is for, and other names. */
	const char *tool;

	/* Whether the sitemap has it; NULL: no. */
	bool (*listed)(const struct view *view, const struct view_scope *scope);
};

/* One of them. */
struct made {
	const struct made_kind *kind;
	const struct view *view;
	const struct view_scope *scope;
	size_t item; /* below made_most() */
};

/* All kinds, in the order in which they are made. */
const struct made_kind *made_kinds(size_t *count);

/* How many of the kind the scope may have; `item` does not matter. */
size_t made_most(const struct made *made);

/* Its address in the scope, in the arena; its data is NULL when the scope does not have it. */
struct slice made_address(struct arena *arena, const struct made *made);

/* True when the scope has one of the kind at the address; `item` does not matter. */
bool made_has(struct arena *arena, const struct made *made, struct slice address);

/* The data of a page, or NULL when it is another file: then its bytes are appended to `out`. */
struct value *made_page(struct arena *arena, const struct made *made);
void made_write(struct text *out, struct arena *arena, const struct made *made);

#endif
