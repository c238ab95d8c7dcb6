/*
 * A Markdown file as a page: front matter, sections, and where it stands in the site.
 */
#ifndef DRAAIBOEK_PAGE_H
#define DRAAIBOEK_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "base/text.h"
#include "input/markdown.h"
#include "model/schema.h"

struct diags;
struct history_file;
struct region;
struct value;

/* A folder of playbooks/, as site.yml names it. */
struct collection {
	struct slice name;
	struct slice title;
	struct slice summary;
	const struct page_type *type; /* of pages that name none */
};

struct page {
	struct slice file;    /* in the site: "playbooks/subsidies/x.md"; NUL-terminated */
	struct slice address; /* in its scope: "subsidies/x/", "" for the home page */
	enum page_role role;
	const struct region *region;	     /* NULL: national */
	const struct page_type *type;	     /* of an adaptation: of its page */
	const struct collection *collection; /* NULL: a plain page */
	size_t number; /* of a published national page: its place in site->national */
	bool is_index; /* the index of its collection, or the home page */

	const struct value *front; /* a map */
	struct slice title;
	struct slice title_key; /* its slug: lists are sorted by it */
	struct slice summary;
	struct slice owner;
	int order;	       /* volgorde; INT_MAX when left out */
	int checked;	       /* dates, or DATE_NONE */
	int review;	       /* herzien-voor */
	int valid_until;       /* geldig-tot */
	bool draft;	       /* concept: it is checked, not published */
	bool refused;	       /* could not be read: there is nothing but the address */
	struct link *journeys; /* onderdeel-van: each leads to a step; see model/journey */
	size_t journey_count;

	struct document document;
	const struct history_file *history; /* NULL: in no commit */
	struct arena *arena;		    /* borrowed; gets all that is read from the file */
};

/*
 * Parses the file's bytes. `page` has its arena, and what its path says (file, address, role,
 * region, collection); the rest is set here. `types` is asked for the type that front matter names.
 * Content errors are messages; a file that cannot be parsed becomes `refused`.
 */
void page_parse(struct page *page, struct slice bytes, const struct page_type *types,
	size_t type_count, const struct markdown_site *site, struct diags *diags);

/* Makes a page of a file that could not be read: others may still list it and lead to it. */
void page_refuse(struct page *page);

#endif
