/*
 * Regions are the rows and sections the columns: 35 names fit on a screen below each other, the
 * twelve titles beside each other. What a region leaves as it is becomes one cell as wide as it
 * goes, so that what differs stands out; such a row is made of the nation's variant, which all
 * these regions share.
 */
#include "output/view_compare.h"

#include <string.h>

#include "base/mem.h"
#include "base/value.h"
#include "input/history.h"
#include "model/coverage.h"
#include "model/date.h"
#include "model/links.h"
#include "model/site.h"
#include "output/facts.h"
#include "output/view.h"

/* The names of all states that the theme has words for. */
static const char *const states[] = {"landelijk", "open", "ingevuld", "aangevuld", "eigen",
	"weggelaten", "nieuw", "verweesd", "pagina-eigen", "pagina-weggelaten", "titel",
	"samenvatting"};

/* What is the same for many pages, or asked for many times: found once. */
struct compared {
	struct coverage_counts *counts; /* of each national page */
	struct slice *sentences;	/* how many regions have a text of their own there */
	struct slice words[ARRAY_LEN(states)];
};

/* What one page is made with. */
struct comparing {
	struct arena *arena;
	const struct view *view;
	size_t number;
	size_t *columns; /* numbers of sections */
	size_t column_count;
	bool has_extra; /* a last column: what only regions have */
	struct slice extra_title, page_title, rest_title, all_title;
	struct coverage plain;
};

/* ---- Which pages there are, and the way to them */

void compare_open(struct view *view)
{
	const struct site *site = view->site;
	struct arena *arena = &view->arena;
	struct compared *all;

	if (site->region_count == 0)
		return;
	all = arena_new(arena, 1, sizeof(*all));
	all->counts = arena_new(arena, site->national_count, sizeof(*all->counts));
	all->sentences = arena_new(arena, site->national_count, sizeof(*all->sentences));
	view->compared = all;
	for (size_t i = 0; i < site->national_count; i++) {
		coverage_count(&all->counts[i], site, i);
		if (compare_has(view, i))
			all->sentences[i] = compare_count(arena, view, "eigen", all->counts[i].own);
	}
	for (size_t i = 0; i < ARRAY_LEN(states); i++) {
		struct text name = {0};

		text_printf(&name, "staat-%s", states[i]);
		all->words[i] = value_text_at(view->strings, name.data);
		text_free(&name);
	}
	value_put_text(
		arena, (struct value *)view->common, "vergelijk-pad", slice_of(COMPARE_ADDRESS));
}

const struct coverage_counts *compare_counts(const struct view *view, size_t number)
{
	return &view->compared->counts[number];
}

bool compare_has(const struct view *view, size_t number)
{
	const struct compared *all = view->compared;

	return all != NULL && view->site->national[number]->address.size > 0 &&
	       (all->counts[number].adapted > 0 || all->counts[number].open > 0);
}

struct slice compare_address(struct arena *arena, const struct view *view, size_t number)
{
	struct text address = {0};

	text_puts(&address, COMPARE_ADDRESS);
	text_add(&address, view->site->national[number]->address);
	return text_keep(arena, &address);
}

struct slice compare_table_name(struct arena *arena, const struct view *view, size_t number)
{
	struct text file = {0};

	text_add(&file, links_last_part(view->site->national[number]->address));
	text_puts(&file, "-per-regio.csv");
	return text_keep(arena, &file);
}

void compare_add_way(struct arena *arena, struct value *page, const struct view *view,
	const struct variant *variant)
{
	size_t number = variant->page->number;
	struct value *map;

	if (variant->page->role != ROLE_NATIONAL || !compare_has(view, number))
		return;
	map = value_put_map(arena, page, "vergelijking");
	value_put_text(arena, map, "pad", compare_address(arena, view, number));
	value_put_text(arena, map, "zin", view->compared->sentences[number]);
}

struct slice compare_region_way(struct arena *arena, const struct region *region,
	const struct variant *variant, struct slice id)
{
	struct text way = {0};

	region_address(&way, region, variant->page->address);
	if (id.size > 0) {
		text_byte(&way, '#');
		text_add(&way, id);
	}
	return text_keep(arena, &way);
}

/* ---- Words */

static void add_filled(struct text *out, struct slice words, const char *place, size_t number)
{
	size_t at = slice_search(words, slice_of(place));

	text_add(out, (struct slice){words.data, at});
	if (at == words.size)
		return;
	text_number(out, number);
	text_add(out, slice_from(words, at + strlen(place)));
}

struct slice compare_say(
	struct arena *arena, const struct view *view, const char *name, size_t count)
{
	struct text counted = {0}, all = {0};

	add_filled(&counted, value_text_at(view->strings, name), "{aantal}", count);
	add_filled(&all, text_slice(&counted), "{regios}", view->site->region_count);
	text_free(&counted);
	return text_keep(arena, &all);
}

struct slice compare_count(
	struct arena *arena, const struct view *view, const char *name, size_t count)
{
	struct text full = {0};
	struct slice words;

	text_printf(&full, "vergelijk-%s-%s", name,
		count == 0   ? "geen"
		: count == 1 ? "een"
			     : "meer");
	words = compare_say(arena, view, full.data, count);
	text_free(&full);
	return words;
}

struct slice compare_state_words(const struct view *view, const char *state)
{
	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		if (strcmp(states[i], state) == 0)
			return view->compared->words[i];
	return (struct slice){0};
}

/* ---- What a region does to one section */

/* The note that the nation changed its text since, with the way to the difference. */
static void put_drift(struct arena *arena, struct value *item, const struct view *view,
	const struct region *region, const struct variant *variant, const struct adapted *adapted)
{
	struct value *map;
	struct text way = {0};

	if (adapted == NULL) {
		value_put_bool(arena, item, "veranderd", false);
		return;
	}
	map = value_put_map(arena, item, "veranderd");
	(void)view_put_date(arena, map, "datum", view,
		date_of_time(adapted->commit->time, adapted->commit->offset));
	if (!view_has_difference(variant)) {
		value_put_bool(arena, map, "naar", false);
		return;
	}
	region_address(&way, region, view_difference_way(arena, variant, adapted));
	value_put_text(arena, map, "naar", text_keep(arena, &way));
}

/* One thing that is said in a cell. Each has every key: else that of the cell's row would show. */
static struct value *put_item(struct arena *arena, struct value *list, const struct view *view,
	const char *state, struct slice way)
{
	struct value *item = value_append_map(arena, list);

	value_put_text(arena, item, "staat", slice_of(state));
	value_put_text(arena, item, "woord", compare_state_words(view, state));
	value_put_text(arena, item, "naar", way);
	return item;
}

static void put_reason(struct arena *arena, struct value *item, struct slice reason)
{
	reason = slice_trim(reason);
	if (reason.size > 0)
		value_put_text(arena, item, "waarom", reason);
	else
		value_put_bool(arena, item, "waarom", false);
}

void compare_put_cell(struct arena *arena, struct value *list, const struct view *view,
	const struct region *region, const struct variant *variant,
	const struct coverage_cell *cell, size_t section)
{
	const struct part *part = coverage_part(variant, cell, section);
	bool extra = cell->state == COVERAGE_NEW || cell->state == COVERAGE_ORPHAN;
	struct slice id = part != NULL ? part->id : (struct slice){0};
	struct value *item = put_item(arena, list, view, coverage_name(cell->state),
		compare_region_way(arena, region, variant, id));

	if (extra)
		value_put_text(
			arena, item, "onderdeel", part != NULL ? part->title : cell->by->title);
	else
		value_put_bool(arena, item, "onderdeel", false);
	put_reason(arena, item,
		part != NULL && part->hidden != NULL ? part->hidden->text : (struct slice){0});
	put_drift(arena, item, view, region, variant, cell->drifted);
}

void compare_put_whole_page(struct arena *arena, struct value *list, const struct view *view,
	const struct region *region, const struct variant *variant)
{
	bool hidden = variant->hidden != NULL;
	struct value *item =
		put_item(arena, list, view, hidden ? "pagina-weggelaten" : "pagina-eigen",
			compare_region_way(arena, region, variant, (struct slice){0}));
	struct coverage coverage;

	coverage_find(&coverage, arena, variant);
	value_put_bool(arena, item, "onderdeel", false);
	put_reason(arena, item, hidden ? variant->hidden->text : (struct slice){0});
	put_drift(arena, item, view, region, variant, coverage.page_drifted);
}

/* ---- The table of sections */

/* A cell of `span` columns, of which the first has this title. */
static struct value *put_cell(
	struct arena *arena, struct value *cells, struct slice title, size_t span)
{
	struct value *cell = value_append_map(arena, cells);
	struct value *items;

	value_put_text(arena, cell, "kop", title);
	if (span > 1)
		value_put_number(arena, cell, "breedte", span);
	else
		value_put_bool(arena, cell, "breedte", false);
	items = value_put_list(arena, cell, "delen");
	return items;
}

static struct slice column_title(const struct comparing *comparing, size_t column)
{
	const struct section *sections =
		comparing->view->site->national[comparing->number]->document.sections;

	if (column < comparing->column_count)
		return sections[comparing->columns[column]].title;
	return comparing->has_extra ? comparing->extra_title : comparing->page_title;
}

/* How many columns there are: one for the page when there is no other. */
static size_t width(const struct comparing *comparing)
{
	size_t count = comparing->column_count + (comparing->has_extra ? 1 : 0);

	return count > 0 ? count : 1;
}

/* What a cell over so many columns is about, where no head stands above it. */
static struct slice span_title(const struct comparing *comparing, size_t column, size_t span)
{
	if (span == 1)
		return column_title(comparing, column);
	return span == width(comparing) ? comparing->all_title : comparing->rest_title;
}

/* A region that shows the nation's text: what it is to fill in, and between that wide cells. */
static void put_national_cells(
	struct comparing *comparing, struct value *cells, const struct region *region)
{
	const struct coverage *plain = &comparing->plain;
	struct arena *arena = comparing->arena;
	size_t all = width(comparing);

	for (size_t column = 0, end; column < all; column = end) {
		const struct coverage_cell *cell =
			column < comparing->column_count ? &plain->cells[comparing->columns[column]]
							 : NULL;
		struct value *items;

		end = column + 1;
		if (cell != NULL && cell->state == COVERAGE_OPEN) {
			items = put_cell(arena, cells, column_title(comparing, column), 1);
			compare_put_cell(arena, items, comparing->view, region, plain->variant,
				cell, comparing->columns[column]);
			continue;
		}
		while (end < all &&
			(end >= comparing->column_count ||
				plain->cells[comparing->columns[end]].state == COVERAGE_NATIONAL))
			end++;
		items = put_cell(
			arena, cells, span_title(comparing, column, end - column), end - column);
		(void)put_item(arena, items, comparing->view, "landelijk", (struct slice){"", 0});
	}
}

static void put_own_cells(struct comparing *comparing, struct value *cells,
	const struct region *region, const struct variant *variant)
{
	struct arena *arena = comparing->arena;
	struct coverage coverage;
	struct value *items;

	if (variant->hidden != NULL || variant->replaced) {
		items = put_cell(arena, cells, comparing->page_title, width(comparing));
		compare_put_whole_page(arena, items, comparing->view, region, variant);
		return;
	}
	coverage_find(&coverage, arena, variant);
	for (size_t column = 0; column < comparing->column_count; column++) {
		items = put_cell(arena, cells, column_title(comparing, column), 1);
		compare_put_cell(arena, items, comparing->view, region, variant,
			&coverage.cells[comparing->columns[column]], comparing->columns[column]);
	}
	if (!comparing->has_extra && comparing->column_count > 0)
		return;
	items = put_cell(arena, cells, column_title(comparing, comparing->column_count), 1);
	for (size_t i = 0; i < coverage.extra_count; i++)
		compare_put_cell(
			arena, items, comparing->view, region, variant, &coverage.extra[i], 0);
	if (!comparing->has_extra)
		(void)put_item(arena, items, comparing->view, "landelijk", (struct slice){"", 0});
}

static void put_headings(struct comparing *comparing, struct value *page)
{
	const struct section *sections =
		comparing->view->site->national[comparing->number]->document.sections;
	struct arena *arena = comparing->arena;
	struct value *list = value_put_list(arena, page, "koppen");

	for (size_t column = 0; column < width(comparing); column++) {
		struct value *item = value_append_map(arena, list);
		unsigned marks = column < comparing->column_count
					 ? sections[comparing->columns[column]].marks
					 : 0;

		value_put_text(arena, item, "titel", column_title(comparing, column));
		value_put_bool(arena, item, "vast", (marks & SECTION_FIXED) != 0);
		value_put_bool(arena, item, "vult-in", (marks & SECTION_SLOT) != 0);
	}
}

/* ---- The page */

static void put_row(struct comparing *comparing, struct value *list, const struct facts *facts,
	const struct region *region)
{
	struct arena *arena = comparing->arena;
	const struct variant *variant =
		site_variant(comparing->view->site, region, comparing->number);
	struct value *row = value_append_map(arena, list);
	bool own = coverage_is_own(variant);
	struct value *cells;

	value_put_text(arena, row, "naam", region->name);
	value_put_text(
		arena, row, "naar", compare_region_way(arena, region, variant, (struct slice){0}));
	value_put_bool(arena, row, "eigen", own);
	cells = value_put_list(arena, row, "cellen");
	if (variant->adaptation == NULL)
		put_national_cells(comparing, cells, region);
	else
		put_own_cells(comparing, cells, region, variant);
	facts_put(arena, row, comparing->view, facts, region, variant);
}

/* Regions that differ come first: who looks for these has them on one screen. */
static void put_rows(struct comparing *comparing, struct value *page)
{
	const struct site *site = comparing->view->site;
	struct value *list;
	struct facts facts;

	facts_find(&facts, comparing->arena, comparing->view, comparing->number);
	facts_put_headings(comparing->arena, page, &facts);
	list = value_put_list(comparing->arena, page, "regios");
	for (int own = 1; own >= 0; own--)
		for (size_t r = 0; r < site->region_count; r++)
			if (coverage_is_own(site_variant(
				    site, &site->regions[r], comparing->number)) == (own == 1))
				put_row(comparing, list, &facts, &site->regions[r]);
}

static bool has_extra(const struct site *site, size_t number, struct arena *arena)
{
	for (size_t r = 0; r < site->region_count; r++) {
		const struct variant *variant = site_variant(site, &site->regions[r], number);
		struct coverage coverage;

		if (variant->adapted_count == 0)
			continue;
		coverage_find(&coverage, arena, variant);
		if (coverage.extra_count > 0)
			return true;
	}
	return false;
}

struct value *compare_page(
	struct arena *arena, const struct view *view, const struct view_scope *scope, size_t number)
{
	const struct site *site = view->site;
	const struct page *shown = site->national[number];
	struct view_place place = {.view = view,
		.scope = scope,
		.address = compare_address(arena, view, number),
		.title = shown->title,
		.about = value_text_at(view->strings, "vergelijk"),
		.above = slice_of(COMPARE_ADDRESS),
		.above_title = value_text_at(view->strings, "vergelijk")};
	struct value *page = view_made_page(arena, &place, "vergelijk");
	const struct coverage_counts *counts = compare_counts(view, number);
	struct comparing comparing = {.arena = arena,
		.view = view,
		.number = number,
		.extra_title = value_text_at(view->strings, "vergelijk-extra"),
		.page_title = value_text_at(view->strings, "vergelijk-pagina"),
		.rest_title = value_text_at(view->strings, "vergelijk-rest"),
		.all_title = value_text_at(view->strings, "vergelijk-alles")};

	value_put_text(arena, (struct value *)value_at(page, "pagina"), "samenvatting",
		view->compared->sentences[number]);
	value_put_text(arena, page, "over-titel", shown->title);
	value_put_text(arena, page, "over-pad", shown->address);
	value_put_text(arena, page, "csv", compare_table_name(arena, view, number));
	value_put_bool(arena, page, "heeft-eigen", counts->own > 0);
	value_put_bool(
		arena, page, "heeft-filter", counts->own > 0 && counts->own < site->region_count);
	value_put_bool(arena, page, "heeft-open", counts->open > 0);
	value_put_text(arena, page, "zin-eigen", compare_count(arena, view, "eigen", counts->own));
	value_put_text(arena, page, "zin-open", compare_count(arena, view, "open", counts->open));
	comparing.column_count = coverage_columns(&comparing.columns, arena, site, number);
	comparing.has_extra = has_extra(site, number, arena);
	coverage_find(&comparing.plain, arena, &site->plain[number]);
	put_headings(&comparing, page);
	put_rows(&comparing, page);
	return page;
}
