/*
 * Days are written as in ISO 8601, which spreadsheets know in any language.
 */
#include "output/compare_csv.h"

#include "base/mem.h"
#include "base/value.h"
#include "input/history.h"
#include "model/coverage.h"
#include "model/date.h"
#include "model/site.h"
#include "output/csv.h"
#include "output/facts.h"
#include "output/plain.h"
#include "output/view.h"
#include "output/view_compare.h"
#include "output/view_overview.h"

/* The table of one page, and what its rows are made of. */
struct sheet {
	struct csv csv;
	struct arena *arena;
	const struct view *view;
	size_t number;
	size_t *columns;
	size_t column_count;
	struct text text; /* of a cell, before it is written */
};

struct slice compare_csv_address(struct arena *arena, const struct view *view, size_t number)
{
	struct text address = {0};

	text_add(&address, compare_address(arena, view, number));
	text_add(&address, compare_table_name(arena, view, number));
	return text_keep(arena, &address);
}

static void put_headings(
	struct csv *csv, const struct view *view, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		csv_cell(csv, value_text_at(view->strings, names[i]));
	csv_end_row(csv);
}

static void put_date(struct csv *csv, int date)
{
	struct text iso = {0};

	if (date != DATE_NONE)
		date_iso(&iso, date);
	csv_cell(csv, text_slice(&iso));
	text_free(&iso);
}

static void put_number(struct csv *csv, size_t number)
{
	struct text text = {0};

	text_number(&text, number);
	csv_cell(csv, text_slice(&text));
	text_free(&text);
}

static void put_address(struct sheet *sheet, struct slice way)
{
	struct text url = {0};

	text_add(&url, sheet->view->site->url);
	text_byte(&url, '/');
	text_add(&url, way);
	csv_cell(&sheet->csv, text_slice(&url));
	text_free(&url);
}

/* ---- One page */

/* True for a part that has a row of its own. */
static bool has_row(const struct sheet *sheet, const struct part *part)
{
	const struct section *sections =
		sheet->view->site->national[sheet->number]->document.sections;

	for (size_t i = 0; i < sheet->column_count; i++)
		if (part->national == &sections[sheet->columns[i]])
			return true;
	return false;
}

/* The text of a part, and of the deeper ones that do not stand in, or below, a row of their own. */
static void add_text(struct sheet *sheet, const struct plain_scope *scope, const struct part *first)
{
	const struct part *end = scope->variant->parts + scope->variant->count;
	unsigned passed = 0; /* the level of the row that is passed over */

	text_clear(&sheet->text);
	plain_part(&sheet->text, scope, first, false);
	for (const struct part *part = first + 1; part < end && part->level > first->level;
		part++) {
		if (passed > 0 && part->level > passed)
			continue;
		passed = has_row(sheet, part) ? part->level : 0;
		if (passed == 0)
			plain_part(&sheet->text, scope, part, true);
	}
}

static void put_page_text(struct sheet *sheet, const struct plain_scope *scope)
{
	const struct variant *variant = scope->variant;

	text_clear(&sheet->text);
	for (size_t p = 0; p < variant->count; p++)
		plain_part(&sheet->text, scope, &variant->parts[p], p > 0);
	csv_cell(&sheet->csv, text_slice(&sheet->text));
}

/* Why it is hidden, when the nation changed its text since, when the region last changed its own.
 */
static void put_rest(struct sheet *sheet, struct slice reason, const struct adapted *drifted,
	const struct variant *variant, struct slice way)
{
	const struct page *adaptation = variant->adaptation;
	const struct history_commit *last = NULL;

	if (adaptation != NULL && adaptation->history != NULL)
		last = adaptation->history->commits[0];
	csv_cell(&sheet->csv, slice_trim(reason));
	put_date(&sheet->csv, drifted != NULL
				      ? date_of_time(drifted->commit->time, drifted->commit->offset)
				      : DATE_NONE);
	put_date(&sheet->csv, last != NULL ? date_of_time(last->time, last->offset) : DATE_NONE);
	put_address(sheet, way);
	csv_end_row(&sheet->csv);
}

static void put_nation(struct sheet *sheet)
{
	const struct site *site = sheet->view->site;
	const struct variant *plain = &site->plain[sheet->number];
	const struct plain_scope scope = {
		NULL, plain, value_text_at(sheet->view->strings, "kies-uw-regio")};

	for (size_t i = 0; i < sheet->column_count; i++) {
		const struct part *part = &plain->parts[sheet->columns[i]];
		struct text way = {0};

		csv_cell(&sheet->csv, value_text_at(sheet->view->strings, "csv-landelijk"));
		csv_cell(&sheet->csv, part->title);
		csv_cell(&sheet->csv, compare_state_words(sheet->view, "landelijk"));
		add_text(sheet, &scope, part);
		csv_cell(&sheet->csv, text_slice(&sheet->text));
		text_add(&way, plain->page->address);
		text_byte(&way, '#');
		text_add(&way, part->id);
		put_rest(sheet, (struct slice){0}, NULL, plain, text_slice(&way));
		text_free(&way);
	}
}

static void put_cell(struct sheet *sheet, const struct region *region,
	const struct variant *variant, const struct coverage_cell *cell, size_t section)
{
	const struct part *part = coverage_part(variant, cell, section);
	const struct section *sections = variant->page->document.sections;
	bool extra = cell->state == COVERAGE_NEW || cell->state == COVERAGE_ORPHAN;
	bool below = !extra && cell->by != NULL && cell->by->target != section;
	struct slice id = part != NULL ? part->id : (struct slice){0};
	const struct plain_scope scope = {region, variant, {NULL, 0}};
	struct slice title = sections[section].title;

	if (extra)
		title = part != NULL ? part->title : cell->by->title;
	text_clear(&sheet->text);
	if (part != NULL && cell->by != NULL && !below)
		add_text(sheet, &scope, part);
	csv_cell(&sheet->csv, region->name);
	csv_cell(&sheet->csv, title);
	csv_cell(&sheet->csv, compare_state_words(sheet->view, coverage_name(cell->state)));
	csv_cell(&sheet->csv, text_slice(&sheet->text));
	put_rest(sheet,
		part != NULL && part->hidden != NULL ? part->hidden->text : (struct slice){0},
		cell->drifted, variant, compare_region_way(sheet->arena, region, variant, id));
}

static void put_region(struct sheet *sheet, const struct region *region)
{
	const struct variant *variant = site_variant(sheet->view->site, region, sheet->number);
	const struct plain_scope scope = {region, variant, {NULL, 0}};
	bool hidden = variant->hidden != NULL;
	struct coverage coverage;

	coverage_find(&coverage, sheet->arena, variant);
	if (hidden || variant->replaced) {
		csv_cell(&sheet->csv, region->name);
		csv_cell(&sheet->csv, value_text_at(sheet->view->strings, "vergelijk-pagina"));
		csv_cell(&sheet->csv, compare_state_words(sheet->view,
					      hidden ? "pagina-weggelaten" : "pagina-eigen"));
		put_page_text(sheet, &scope);
		put_rest(sheet, hidden ? variant->hidden->text : (struct slice){0},
			coverage.page_drifted, variant,
			compare_region_way(sheet->arena, region, variant, (struct slice){0}));
		return;
	}
	for (size_t i = 0; i < sheet->column_count; i++)
		put_cell(sheet, region, variant, &coverage.cells[sheet->columns[i]],
			sheet->columns[i]);
	for (size_t i = 0; i < coverage.extra_count; i++)
		put_cell(sheet, region, variant, &coverage.extra[i], 0);
}

void compare_csv_page(struct text *out, struct arena *arena, const struct view *view, size_t number)
{
	static const char *const headings[] = {"csv-regio", "csv-onderdeel", "csv-stand",
		"csv-tekst", "csv-reden", "csv-landelijk-gewijzigd", "csv-regio-gewijzigd",
		"csv-adres"};
	struct sheet sheet = {.arena = arena, .view = view, .number = number};

	sheet.column_count = coverage_columns(&sheet.columns, arena, view->site, number);
	csv_open(&sheet.csv, out);
	put_headings(&sheet.csv, view, headings, ARRAY_LEN(headings));
	put_nation(&sheet);
	for (size_t r = 0; r < view->site->region_count; r++)
		put_region(&sheet, &view->site->regions[r]);
	text_free(&sheet.text);
}

/* ---- All regions */

static void put_towns(struct sheet *sheet, const struct region *region)
{
	const struct value *towns = value_at(region->root, "gemeenten");

	text_clear(&sheet->text);
	for (const struct value *town = towns != NULL ? towns->first : NULL; town != NULL;
		town = town->next) {
		if (sheet->text.size > 0)
			text_puts(&sheet->text, ", ");
		text_add(&sheet->text, value_text(town));
	}
	csv_cell(&sheet->csv, text_slice(&sheet->text));
}

static void put_contact(struct sheet *sheet, const struct region *region)
{
	static const char *const keys[] = {
		"naam", "telefoon", "email", "url", "adres", "bereikbaar"};
	const struct value *desk = value_at(region->root, "loket");
	int date;

	csv_cell(&sheet->csv, value_text_at(desk, "naam"));
	csv_cell(&sheet->csv, value_text_at(desk, "url"));
	csv_cell(&sheet->csv, value_text_at(desk, "adres"));
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		csv_cell(&sheet->csv, facts_contact(region, NULL, keys[i]));
	if (date_parse(&date, facts_contact(region, NULL, "gecontroleerd")) != 0)
		date = DATE_NONE;
	put_date(&sheet->csv, date);
}

void compare_csv_regions(struct text *out, struct arena *arena, const struct view *view)
{
	static const char *const headings[] = {"csv-regio", "csv-loket", "csv-loket-website",
		"csv-loket-adres", "csv-contact", "csv-telefoon", "csv-email", "csv-website",
		"csv-contact-adres", "csv-bereikbaar", "csv-gecontroleerd", "csv-katalysator",
		"csv-gemeenten", "csv-aangepast", "csv-eigen", "csv-open", "csv-adres"};
	struct sheet sheet = {.arena = arena, .view = view};

	csv_open(&sheet.csv, out);
	put_headings(&sheet.csv, view, headings, ARRAY_LEN(headings));
	for (size_t r = 0; r < view->site->region_count; r++) {
		const struct region *region = &view->site->regions[r];
		struct overview_counts counts;
		struct text way = {0};

		overview_count(&counts, view->site, region);
		csv_cell(&sheet.csv, region->name);
		put_contact(&sheet, region);
		csv_cell(&sheet.csv, value_text_at(region->root, "katalysator"));
		put_towns(&sheet, region);
		put_number(&sheet.csv, counts.adapted);
		put_number(&sheet.csv, counts.pages);
		put_number(&sheet.csv, counts.open);
		region_address(&way, region, slice_of(""));
		put_address(&sheet, text_slice(&way));
		csv_end_row(&sheet.csv);
		text_free(&way);
	}
	text_free(&sheet.text);
}
