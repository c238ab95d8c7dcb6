/*
 * What a reader of a region's page is told of drift: at each section whose national text was
 * changed after the region saw it a note with the day, and behind it a page with the difference.
 */
#include "output/view.h"

#include "base/value.h"
#include "input/history.h"
#include "model/date.h"
#include "model/site.h"

#define DIFFERENCE "verschil/"

/* True when the part shows what the region wrote here, or why it hides the part. */
static bool view_shows(const struct part *part, const struct adapted *adapted)
{
	if (adapted->own == NULL)
		return false;
	if (part->hidden == adapted->own)
		return true;
	for (size_t i = 0; i < part->count; i++)
		if (part->blocks[i].section == adapted->own)
			return true;
	return false;
}

/* The drift of what the part shows, or NULL; what an earlier part has told is not told again. */
static const struct adapted *view_drift_of(const struct variant *variant, const struct part *part)
{
	for (size_t i = 0; i < variant->adapted_count; i++) {
		const struct adapted *adapted = &variant->adapted[i];
		bool told = false;

		if (adapted->state != DRIFT_CHANGED || !view_shows(part, adapted))
			continue;
		for (const struct part *earlier = variant->parts; earlier < part && !told;
			earlier++)
			for (size_t other = 0; other < variant->adapted_count; other++)
				told |= variant->adapted[other].target == adapted->target &&
					view_shows(earlier, &variant->adapted[other]);
		if (!told)
			return adapted;
	}
	return NULL;
}

/* The id of what was adapted, on the page with the differences. */
static struct slice view_drift_id(const struct variant *variant, const struct adapted *adapted)
{
	return variant->page->document.sections[adapted->target].id;
}

/* Where the difference of one page stands, in its scope. */
static struct slice view_difference_address(struct arena *arena, const struct variant *variant)
{
	struct text address = {0};

	text_add(&address, variant->page->address);
	text_puts(&address, DIFFERENCE);
	return text_keep(arena, &address);
}

static void view_put_drift_date(struct arena *arena, struct value *map, const struct view *view,
	const struct adapted *adapted)
{
	(void)view_put_date(arena, map, "datum", view,
		date_of_time(adapted->commit->time, adapted->commit->offset));
}

static void view_put_drift(struct arena *arena, struct value *map, const struct view *view,
	const struct variant *variant, const struct adapted *adapted)
{
	struct value *drift = value_put_map(arena, map, "landelijk-gewijzigd");
	struct text way = {0};

	view_put_drift_date(arena, drift, view, adapted);
	text_add(&way, view_difference_address(arena, variant));
	if (adapted->target > 0) {
		text_byte(&way, '#');
		text_add(&way, view_drift_id(variant, adapted));
	}
	value_put_text(arena, drift, "pad", text_keep(arena, &way));
}

void view_put_part_drift(struct arena *arena, struct value *item, const struct view *view,
	const struct variant *variant, const struct part *part)
{
	const struct adapted *adapted = view_drift_of(variant, part);

	if (adapted != NULL)
		view_put_drift(arena, item, view, variant, adapted);
	else
		value_put_bool(arena, item, "landelijk-gewijzigd", false);
	value_put_bool(arena, item, "verweesd", part->orphans);
}

void view_put_page_drift(struct arena *arena, struct value *page, const struct view *view,
	const struct variant *variant)
{
	for (size_t i = 0; i < variant->adapted_count; i++)
		if (variant->adapted[i].own == NULL && variant->adapted[i].state == DRIFT_CHANGED)
			view_put_drift(arena, page, view, variant, &variant->adapted[i]);
}

bool view_has_difference(const struct variant *variant)
{
	for (size_t i = 0; i < variant->adapted_count; i++)
		if (variant->adapted[i].state == DRIFT_CHANGED)
			return true;
	return false;
}
