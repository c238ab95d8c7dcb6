/*
 * Which pages name each other in their fields of the kind `paginas`. Made once, when the site is
 * frozen; a field that is mutual holds for both pages, whichever of the two names the other.
 */
#ifndef DRAAIBOEK_RELATIONS_H
#define DRAAIBOEK_RELATIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct page;
struct site;
struct value;

/* The fields that are mutual. */
#define RELATION_COMBINES "combineert-met"
#define RELATION_EXCLUDES "sluit-uit"
#define RELATION_DIFFERS "verschil-met"

struct relation {
	const struct page *page; /* published, national or of a region */
	const struct page *other;
	struct slice field;
	const struct value *named; /* the link; it stands in the file of `by` */
	const struct page *by;	   /* `page`, or `other` when that one alone names the other */
};

/* What a link in a field comes to. */
enum relation_fault {
	RELATION_GOOD,
	RELATION_NONE,	/* there is no such page */
	RELATION_DRAFT, /* it is not published */
	RELATION_SELF,	/* it is the page itself */
	RELATION_REGION /* it is of a region, and the page that names it is not of that region */
};

/*
 * Follows a link that stands in the front matter of `from`, as a git host would. `out` may be a
 * page whatever the fault, and NULL when there is none.
 */
enum relation_fault relations_follow(const struct page **out, const struct site *site,
	const struct page *from, struct slice target);

/* Lists the relations of the site that are good. By load_freeze(). */
void relations_read(struct site *site);

/*
 * Those of one page in one field: first the ones that it names, in its own order. `count` is how
 * many there are.
 */
const struct relation *relations_of(
	size_t *count, const struct site *site, const struct page *page, struct slice field);

/* The relation between two pages in a field, or NULL. */
const struct relation *relations_between(const struct site *site, const struct page *page,
	const struct page *other, const char *field);

#endif
