/*
 * From the frozen site to the data of the templates. What every page gets, by name, is in
 * draaiboek-theme(5). Reads only; several threads may make pages at once, each with its own arena.
 */
#ifndef DRAAIBOEK_VIEW_H
#define DRAAIBOEK_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/text.h"
#include "input/markdown.h"

struct page;
struct adapted;
struct compared;
struct part;
struct region;
struct site;
struct source_reader;
struct train;
struct value;
struct variant;

#define COMPARED_MOST 3

/* Two or three pages that are set beside each other, in the order of the scope. */
struct view_comparison {
	const struct variant *variants[COMPARED_MOST];
	size_t count;
	struct slice address; /* in the scope: "verschil/a-b/" */
};

/* What is gathered from all pages: each kind of callout, and behind these the polls. */
enum { HARVEST_POLLS = CALLOUT_KINDS, HARVEST_KINDS };

/* A variant of one of the 36 sites. */
struct view_scope {
	const struct region *region;	 /* NULL: the nation */
	const struct variant **variants; /* by collection: national ones, then the region's own */
	size_t count;
	const struct value *values; /* what all its pages share */
	const struct menu_item *footer;
	size_t footer_count;
	size_t harvest[HARVEST_KINDS]; /* how many of each kind its pages hold */
	const struct train *trains;    /* what goes together, the longest first */
	size_t train_count;
	const struct view_comparison *comparisons; /* that the editors name */
	size_t comparison_count;
	bool compares; /* there are those, or a table of all pages of a type */
};

struct view {
	const struct site *site;
	const struct value *strings; /* of the theme, in the site's language */
	const struct value *common;  /* what all pages share */
	struct view_scope *scopes;   /* the nation, then the regions */
	size_t scope_count;
	bool tells_changes;		 /* set by the caller: the theme has a page for them */
	const struct compared *compared; /* of view_compare; NULL: no pages compare regions */
	struct arena arena;
};

/* `strings` and `assets` (name → address) are borrowed; `preview`: for an editor, not for readers.
 */
void view_open(struct view *out, const struct site *site, const struct value *strings,
	const struct value *assets, bool preview);
void view_close(struct view *view);

/* Where a page stands. */
struct view_place {
	const struct view *view;
	const struct view_scope *scope;
	struct slice address; /* in the scope */
	struct slice title;
	struct slice about; /* what a page about another page adds to its title in tabs; or empty */
	bool expired;	    /* said in front of the title in tabs */
	struct slice above; /* the address of that page */
	struct slice
		above_title; /* of it, when the crumbs do not have it by themselves; or empty */
	bool standing;	     /* may be shown at any address: ways are from the host's root */
};

/* The data that every page has: ways, title, crumbs, menu. In the arena. */
struct value *view_page(struct arena *arena, const struct view_place *place, const char *template);

/* The same for a page that no file stands for: it is its own canonical address. */
struct value *view_made_page(
	struct arena *arena, const struct view_place *place, const char *template);

/* The template that draws the page: that of its type, of the home page, or of a collection. */
struct slice view_template(const struct variant *variant);

/* Page `number` of the scope; what its home page and the index of a collection have besides. */
struct value *view_variant(struct arena *arena, const struct view *view,
	const struct view_scope *scope, size_t number);

/* Notes of drift: at one part of a region's page, and above one that is all the region's. */
void view_put_part_drift(struct arena *arena, struct value *item, const struct view *view,
	const struct variant *variant, const struct part *part);
void view_put_page_drift(struct arena *arena, struct value *page, const struct view *view,
	const struct variant *variant);

/* The journeys that the page belongs to a step of, with all their steps. */
void view_put_journeys(struct arena *arena, struct value *page, const struct view_scope *scope,
	const struct variant *variant);

/* True when a page with differences goes with the variant; the way to one of them; and that page.
 */
bool view_has_difference(const struct variant *variant);
struct slice view_difference_way(
	struct arena *arena, const struct variant *variant, const struct adapted *adapted);
struct value *view_difference(struct arena *arena, const struct view *view,
	const struct view_scope *scope, size_t number, struct source_reader *reader);

void view_add_home(struct arena *arena, struct value *page, const struct view *view,
	const struct view_scope *scope);
void view_add_collection(struct arena *arena, struct value *page, const struct view *view,
	const struct view_scope *scope, size_t collection);

/* The variant of a page in the scope, or NULL when the scope has none or hides it. */
const struct variant *view_find_page(const struct view_scope *scope, const struct page *page);

/* Adds the fields of a page: `velden` in the order of its type, `veld` by name. */
void view_put_fields(struct arena *arena, struct value *map, const struct view *view,
	const struct view_scope *scope, const struct page *page);

/* Its `velden` by themselves; the one of this name, or NULL. */
const struct value *view_fields(struct arena *arena, const struct view *view,
	const struct view_scope *scope, const struct page *page);
const struct value *view_find_field(const struct value *fields, struct slice name);

/* A cell of a table: what the field holds, and whether there is none (NULL). */
struct value *view_put_cell(struct arena *arena, struct value *cells, const struct value *field);

/* Adds up to three pages that an expired one may be replaced by: of its type, and most like it. */
void view_put_alternatives(struct arena *arena, struct value *map, const struct view *view,
	const struct view_scope *scope, const struct page *page);

/*
 * Adds a page to a list, as the scope shows it, and returns its entry; NULL when the scope has or
 * shows no such page.
 */
struct value *view_put_page(struct arena *arena, struct value *list, const struct view *view,
	const struct view_scope *scope, const struct page *page);

/*
 * What is gathered: the address and the page of a kind, or of all kinds for HARVEST_KINDS; the list
 * of kinds that there are, as `key`; and what one page holds, as `kaders`.
 */
struct slice view_harvest_address(struct arena *arena, size_t kind);
struct value *view_harvest(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t kind);
void view_put_harvest_kinds(struct arena *arena, struct value *page, const char *key,
	const struct view *view, const struct view_scope *scope, size_t current);
void view_put_harvest_of(struct arena *arena, struct value *page, const struct view *view,
	const struct variant *variant);

/* True when readers are told what changed on the page; and when that is a page of this scope. */
bool view_has_history(const struct view *view, const struct variant *variant);
bool view_has_own_history(
	const struct view *view, const struct view_scope *scope, const struct variant *variant);

/* Adds the last changes of a page, and the way to all of them. */
void view_add_changes(struct arena *arena, struct value *page, const struct view *view,
	const struct view_scope *scope, const struct variant *variant);

/* The page that tells all changes of page `number` of the scope, with their differences. */
struct value *view_history(struct arena *arena, const struct view *view,
	const struct view_scope *scope, size_t number, struct source_reader *reader);

/* Adds `kaart`, the regions that have a place on the map; nothing when none has. */
void view_put_map(struct arena *arena, struct value *page, const struct view *view);

/* Appends what scripts know the regions by: a JSON object from slugs to names. */
void view_region_names(struct text *out, const struct view *view);

/* Pages that draaiboek makes by itself. */
struct value *view_region_choice(
	struct arena *arena, const struct view *view, const struct view_scope *scope);
struct value *view_glossary(
	struct arena *arena, const struct view *view, const struct view_scope *scope);
struct value *view_search(
	struct arena *arena, const struct view *view, const struct view_scope *scope);
/* True when the theme can keep the site on a reader's device. */
bool view_can_keep(const struct view *view);
struct value *view_device(
	struct arena *arena, const struct view *view, const struct view_scope *scope);
struct value *view_disconnected(
	struct arena *arena, const struct view *view, const struct view_scope *scope);
/* True when there is a regelingenwijzer, and when it lists the page; and that page. */
bool view_has_wizard(const struct view *view);
bool view_in_wizard(const struct view *view, const struct variant *variant);
struct value *view_wizard(
	struct arena *arena, const struct view *view, const struct view_scope *scope);
struct value *view_missing(struct arena *arena, const struct view *view);
struct value *view_redirect(struct arena *arena, const struct view *view,
	const struct view_scope *scope, struct slice from, const struct variant *to);

/* What a scope has to compare, and its trains: filled in when it is opened. */
void view_open_comparisons(struct view *view, struct view_scope *scope);
void view_open_trains(struct view *view, struct view_scope *scope);

/* The address of the page that sets two pages beside each other; empty when there is none. */
struct slice view_comparison_address(
	const struct view_scope *scope, const struct page *page, const struct page *other);

/* A comparison that the editors name; all that can be compared; all trains. */
struct value *view_between(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t item);
struct value *view_comparisons(
	struct arena *arena, const struct view *view, const struct view_scope *scope);
struct value *view_trains(
	struct arena *arena, const struct view *view, const struct view_scope *scope);

/* True when the page is a wagon of one of the scope's trains. */
bool view_has_train(const struct view_scope *scope, const struct page *page);

/* True when the page is none, but leads to so many wagons that it must be about trains. */
bool view_tells_trains(
	const struct view *view, const struct view_scope *scope, const struct variant *variant);

/*
 * The title as it stands in a sentence: with a small letter in front when the page itself writes it
 * so.
 */
struct slice view_title_within(struct arena *arena, const struct variant *variant);

/* True for a national page that the region leaves as it is. */
bool view_is_borrowed(const struct variant *variant);

/*
 * For a made page of a region: `exists` tells whether the nation has it too, `same` whether nothing
 * differs, so that the nation's is the one to be found.
 */
void view_use_national(struct arena *arena, struct value *page, const struct view *view,
	struct slice address, bool same, bool exists);

/* Adds `heeft-NAME` for every list NAME of the page that has no such name yet: is it empty or not?
 */
void view_mark_lists(struct arena *arena, struct value *page);

/*
 * Copies a contact. Its `gecontroleerd` becomes a date in words, with `oud` when that is long ago;
 * `telefoon-kiezen` is added, the number as a telephone dials it.
 */
void view_put_contact(struct arena *arena, struct value *contact, const struct view *view,
	const struct value *from);

/* True when it says whom to ask, or where: a date alone does not. */
bool view_has_contact(const struct value *contact);

/* A map with the day and its words: {iso, tekst}. */
struct value *view_put_date(
	struct arena *arena, struct value *map, const char *key, const struct view *view, int date);

/* The time of the last change to the page or its adaptation; 0 when there is none. */
int64_t view_changed(int *offset, const struct variant *variant);

/* True when a file stands for the page at this address: of the home page, or of a collection. */
bool view_has_page(const struct view_scope *scope, struct slice address);

/* The address of a page of a scope from the site's root: "regio/foodvalley/subsidies/x/". */
struct slice view_address(
	struct arena *arena, const struct view_scope *scope, struct slice address);

#endif
