/*
 * A whole site: settings, types, glossary, regions, pages. model/load fills it in; then it is
 * frozen, and nothing after that changes a page.
 */
#ifndef DRAAIBOEK_SITE_H
#define DRAAIBOEK_SITE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/glossary.h"
#include "model/overlay.h"
#include "model/page.h"
#include "model/questions.h"
#include "model/region.h"
#include "model/splits.h"

struct relation;
struct source;
struct source_file;
struct theme;

/* A file that goes to the site as it is: a picture, a PDF. */
struct asset {
	const struct source_file *file;
	struct slice address; /* from the site's root: "assets/x.0123456789abcdef.svg" */
	struct asset *same;   /* the first of this address: this one, when no other has it */
	atomic_bool used;     /* of that one: a page leads to it */
};

/* A candidate whose answers are known, and the schemes that the editors expect for him. */
struct scenario {
	struct slice path;	  /* content/scenarios/NAME.yml; NUL-terminated */
	const struct value *root; /* held against its keys by check/scenarios */
};

/* A line of the menu or the footer. */
struct menu_item {
	struct slice title;
	const char *string;   /* the title's name in the theme's words; NULL: `title` is it */
	struct slice address; /* in its scope */
};

struct site {
	const struct source *source;
	const struct theme *theme;
	struct arena arena;
	int date; /* of the build: past dates are held against it */

	const struct value *settings; /* content/site.yml */
	struct slice title;
	struct slice description;
	struct slice url;	/* adres, without a slash at the end */
	struct slice base_path; /* the path of it: "/" or "/draaiboek/" */
	struct slice concept;	/* the name of this preview; empty: it is the site itself */
	struct slice real_url;	/* of the site that it is a preview of */
	struct slice language;	/* "nl" */
	struct page_type *types;
	size_t type_count;
	struct collection *collections;
	size_t collection_count;
	struct glossary glossary;
	struct splits splits;	    /* of compounds, as the editors want them */
	struct questions questions; /* of the regelingenwijzer */
	struct scenario *scenarios; /* sorted by path */
	size_t scenario_count;
	struct markdown_words words;	  /* that the parser puts in a page */
	const struct value *theme_colors; /* `kleuren` of thema.yml, or NULL */
	struct region *regions;		  /* sorted by slug */
	size_t region_count;
	struct asset *assets; /* sorted by the file's path */
	size_t asset_count;
	struct menu_item *menu;
	size_t menu_count;

	struct page *pages; /* every Markdown file, sorted by path */
	size_t page_count;
	struct map files; /* path → struct page * */

	/* From here on by load_freeze(). */
	struct page **national; /* published, by collection, volgorde and title */
	struct variant *plain;	/* of each national page, as the nation shows it */
	size_t national_count;
	const struct relation *relations; /* sorted: see model/relations */
	size_t relation_count;
};

void site_free(struct site *site);

/* Makes it a preview: its address is concept/NAME/ below that of the site. */
void site_make_concept(struct site *site, const char *name);

/* The variant that a region shows of national page `number`; the plain one when not adapted. */
const struct variant *site_variant(
	const struct site *site, const struct region *region, size_t number);

#endif
