/*
 * The list of what a region adapts says which verb works on which section; whether a place is still
 * open is known by the parts of the variant.
 */
#include "model/coverage.h"

#include <string.h>

#include "base/mem.h"
#include "input/document.h"
#include "model/overlay.h"
#include "model/page.h"
#include "model/site.h"

const char *coverage_name(enum coverage_state state)
{
	static const char *const names[] = {[COVERAGE_NATIONAL] = "landelijk",
		[COVERAGE_OPEN] = "open",
		[COVERAGE_FILLED] = "ingevuld",
		[COVERAGE_ADDED] = "aangevuld",
		[COVERAGE_OWN] = "eigen",
		[COVERAGE_HIDDEN] = "weggelaten",
		[COVERAGE_NEW] = "nieuw",
		[COVERAGE_ORPHAN] = "verweesd"};

	return names[state];
}

static bool is_new(const struct adapted *adapted)
{
	return adapted->verb == VERB_NEW_AFTER || adapted->verb == VERB_NEW_BEFORE;
}

/* ---- One region */

/* What a verb makes of a section: what takes the text away counts for more than what adds to it. */
static void put_state(
	struct coverage_cell *cell, const struct section *section, const struct adapted *adapted)
{
	bool fills = (section->marks & SECTION_SLOT) != 0;

	if (cell->by == NULL || overlay_takes_away(adapted->verb)) {
		cell->by = adapted;
		if (adapted->verb == VERB_HIDE)
			cell->state = COVERAGE_HIDDEN;
		else if (fills)
			cell->state = COVERAGE_FILLED;
		else
			cell->state = adapted->verb == VERB_REPLACE ? COVERAGE_OWN : COVERAGE_ADDED;
	}
	if (adapted->state == DRIFT_CHANGED && cell->drifted == NULL)
		cell->drifted = adapted;
}

/* A verb at its section; what takes that away takes along the deeper ones. */
static void put_adapted(struct coverage *coverage, const struct adapted *adapted)
{
	const struct section *sections = coverage->variant->page->document.sections;
	size_t at = adapted->target, end = at + 1;

	if (overlay_takes_away(adapted->verb))
		end = overlay_end(sections, coverage->count, at);
	for (; at < end && at < coverage->count; at++)
		put_state(&coverage->cells[at], &sections[at], adapted);
}

static void put_extra(struct coverage *coverage, const struct adapted *adapted)
{
	bool orphan = adapted->state == DRIFT_ORPHAN;

	coverage->extra[coverage->extra_count++] =
		(struct coverage_cell){.state = orphan ? COVERAGE_ORPHAN : COVERAGE_NEW,
			.by = adapted,
			.drifted = adapted->state == DRIFT_CHANGED ? adapted : NULL};
}

static void put_whole_page(struct coverage *coverage)
{
	const struct variant *variant = coverage->variant;
	enum coverage_state state = variant->hidden != NULL ? COVERAGE_HIDDEN : COVERAGE_OWN;

	for (size_t i = 0; i < coverage->count; i++)
		coverage->cells[i].state = state;
	for (size_t i = 0; i < variant->adapted_count; i++)
		if (variant->adapted[i].state == DRIFT_CHANGED)
			coverage->page_drifted = &variant->adapted[i];
}

void coverage_find(struct coverage *out, struct arena *arena, const struct variant *variant)
{
	const struct document *document = &variant->page->document;
	struct coverage coverage = {.variant = variant, .count = document->count};

	coverage.cells = arena_new(arena, document->count, sizeof(*coverage.cells));
	coverage.extra = arena_new(arena, variant->adapted_count, sizeof(*coverage.extra));
	if (variant->hidden != NULL || variant->replaced) {
		put_whole_page(&coverage);
		*out = coverage;
		return;
	}
	for (size_t p = 0; p < variant->count; p++)
		if (variant->parts[p].open_slot)
			coverage.cells[variant->parts[p].national - document->sections].state =
				COVERAGE_OPEN;
	for (size_t i = 0; i < variant->adapted_count; i++) {
		const struct adapted *adapted = &variant->adapted[i];

		if (is_new(adapted) && adapted->state != DRIFT_ORPHAN)
			put_extra(&coverage, adapted);
		else if (adapted->state != DRIFT_ORPHAN)
			put_adapted(&coverage, adapted);
	}
	for (size_t i = 0; i < variant->adapted_count; i++)
		if (variant->adapted[i].state == DRIFT_ORPHAN)
			put_extra(&coverage, &variant->adapted[i]);
	*out = coverage;
}

bool coverage_is_own(const struct variant *variant)
{
	const struct page *page = variant->page;

	return variant->adaptation != NULL &&
	       (variant->hidden != NULL || variant->replaced || variant->adapted_count > 0 ||
		       !slice_equal(variant->title, page->title) ||
		       !slice_equal(variant->summary, page->summary));
}

size_t coverage_open(const struct variant *variant)
{
	size_t count = 0;

	for (size_t p = 0; p < variant->count; p++)
		count += variant->parts[p].open_slot ? 1 : 0;
	return count;
}

/* The part that shows what the region wrote below this heading. */
static const struct part *part_of(const struct variant *variant, const struct section *own)
{
	for (size_t p = 0; p < variant->count; p++)
		for (size_t b = 0; b < variant->parts[p].count; b++)
			if (variant->parts[p].blocks[b].section == own)
				return &variant->parts[p];
	return NULL;
}

const struct part *coverage_part(
	const struct variant *variant, const struct coverage_cell *cell, size_t section)
{
	const struct section *sections = variant->page->document.sections;

	if (cell->state == COVERAGE_NEW || cell->state == COVERAGE_ORPHAN)
		return part_of(variant, cell->by->own);
	if (cell->by != NULL && overlay_takes_away(cell->by->verb))
		section = cell->by->target;
	for (size_t p = 0; p < variant->count; p++)
		if (variant->parts[p].national == &sections[section])
			return &variant->parts[p];
	return NULL;
}

/* ---- All regions */

void coverage_count(struct coverage_counts *out, const struct site *site, size_t number)
{
	size_t plain = coverage_open(&site->plain[number]);

	*out = (struct coverage_counts){0};
	for (size_t r = 0; r < site->region_count; r++) {
		const struct variant *variant = site_variant(site, &site->regions[r], number);

		if (variant->adaptation == NULL) {
			out->open += plain > 0 ? 1 : 0;
			continue;
		}
		out->adapted++;
		out->own += coverage_is_own(variant) ? 1 : 0;
		out->open += coverage_open(variant) > 0 ? 1 : 0;
	}
}

size_t coverage_columns(size_t **out, struct arena *arena, const struct site *site, size_t number)
{
	const struct document *document = &site->national[number]->document;
	size_t *columns = arena_new(arena, document->count, sizeof(*columns));
	bool *worth = arena_new(arena, document->count, sizeof(*worth));
	size_t count = 0;

	for (size_t i = 1; i < document->count; i++)
		worth[i] = document->sections[i].level == 2 ||
			   (document->sections[i].marks & SECTION_SLOT) != 0;
	for (size_t r = 0; r < site->region_count; r++) {
		const struct variant *variant = site_variant(site, &site->regions[r], number);

		for (size_t i = 0; i < variant->adapted_count; i++) {
			const struct adapted *adapted = &variant->adapted[i];

			if (adapted->target > 0 && adapted->state != DRIFT_ORPHAN &&
				!is_new(adapted))
				worth[adapted->target] = true;
		}
	}
	for (size_t i = 1; i < document->count; i++)
		if (worth[i])
			columns[count++] = i;
	*out = columns;
	return count;
}
