/*
 * One walk over the nation and the regions. An adaptation's owner is the one that it names itself:
 * the owner of the national page cannot mend what a region wrote.
 */
#include "check/upkeep.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/value.h"
#include "input/history.h"
#include "model/date.h"
#include "model/site.h"

const char *upkeep_name(enum upkeep_kind kind)
{
	static const char *const names[UPKEEP_KINDS] = {
		"drift", "unknown", "orphan", "expired", "review", "contact", "open"};

	return names[kind];
}

static struct upkeep_item *add(struct upkeep *upkeep, enum upkeep_kind kind,
	const struct page *file, const struct page *page, unsigned line)
{
	struct upkeep_item *item;

	upkeep->items =
		mem_grow(upkeep->items, upkeep->count, &upkeep->capacity, sizeof(*upkeep->items));
	item = &upkeep->items[upkeep->count++];
	*item = (struct upkeep_item){.kind = kind,
		.region = file->region,
		.owner = file->owner,
		.path = file->file,
		.line = line,
		.page = page,
		.date = DATE_NONE};
	return item;
}

static void add_date(struct upkeep *upkeep, enum upkeep_kind kind, const struct page *file,
	const struct page *page, const char *key, int date)
{
	const struct value *value = value_at(file->front, key);

	if (value != NULL)
		add(upkeep, kind, file, page, value->line)->date = date;
}

static void add_dates(struct upkeep *upkeep, const struct site *site, const struct page *file,
	const struct page *page)
{
	if (date_is_past(file->valid_until, site->date))
		add_date(upkeep, UPKEEP_EXPIRED, file, page, "geldig-tot", file->valid_until);
	if (date_is_due(file->review, site->date))
		add_date(upkeep, UPKEEP_REVIEW, file, page, "herzien-voor", file->review);
}

/* A contact of regio.yml, or of one page. `file` says whose it is. */
static void add_contact(struct upkeep *upkeep, const struct site *site, const struct page *file,
	const struct page *page, const struct value *contact)
{
	const struct value *checked = value_at(contact, "gecontroleerd");
	int date = DATE_NONE;

	if (contact == NULL || contact->kind != VALUE_MAP)
		return;
	if (checked != NULL && date_parse(&date, value_text(checked)) == 0 &&
		date >= site->date - UPKEEP_CONTACT_DAYS)
		return;
	add(upkeep, UPKEEP_CONTACT, file, page, checked != NULL ? checked->line : contact->key_line)
		->date = date;
}

static void add_adapted(struct upkeep *upkeep, const struct variant *variant)
{
	static const enum upkeep_kind kinds[] = {[DRIFT_CHANGED] = UPKEEP_DRIFT,
		[DRIFT_ORPHAN] = UPKEEP_ORPHAN,
		[DRIFT_UNKNOWN] = UPKEEP_UNKNOWN};

	for (size_t i = 0; i < variant->adapted_count; i++) {
		const struct adapted *adapted = &variant->adapted[i];
		struct upkeep_item *item;

		if (adapted->state == DRIFT_CURRENT)
			continue;
		item = add(upkeep, kinds[adapted->state], variant->adaptation, variant->page,
			adapted->line);
		item->adapted = adapted;
		if (adapted->commit != NULL)
			item->date = date_of_time(adapted->commit->time, adapted->commit->offset);
	}
}

static void add_open(
	struct upkeep *upkeep, const struct region *region, const struct variant *variant)
{
	for (size_t i = 0; i < variant->count; i++) {
		const struct part *part = &variant->parts[i];
		struct upkeep_item *item;

		if (!part->open_slot)
			continue;
		item = add(upkeep, UPKEEP_OPEN, variant->page, variant->page, part->national->line);
		item->region = region;
		item->owner = variant->adaptation != NULL ? variant->adaptation->owner
							  : (struct slice){0};
		item->section = part->national;
	}
}

static void list_region(struct upkeep *upkeep, const struct site *site, const struct region *region)
{
	const struct page file = {.file = region->path, .region = region};

	add_contact(upkeep, site, &file, NULL, value_at(region->root, "contact"));
	for (size_t i = 0; i < site->national_count; i++) {
		const struct variant *variant = site_variant(site, region, i);
		const struct page *adaptation = variant->adaptation;

		add_open(upkeep, region, variant);
		if (adaptation == NULL)
			continue;
		add_adapted(upkeep, variant);
		add_dates(upkeep, site, adaptation, variant->page);
		add_contact(upkeep, site, adaptation, variant->page,
			value_at(adaptation->front, "contact"));
	}
	for (size_t i = 0; i < region->count; i++)
		if (region->pages[i]->role == ROLE_REGIONAL)
			add_dates(upkeep, site, region->pages[i], region->pages[i]);
}

static int compare(const void *a, const void *b)
{
	const struct upkeep_item *left = a, *right = b;
	int order = 0;

	if (left->region != right->region) {
		if (left->region == NULL || right->region == NULL)
			return left->region == NULL ? -1 : 1;
		return left->region < right->region ? -1 : 1;
	}
	if ((left->owner.size == 0) != (right->owner.size == 0))
		return left->owner.size > 0 ? -1 : 1;
	order = slice_compare(left->owner, right->owner);
	if (order == 0)
		order = (int)left->kind - (int)right->kind;
	if (order == 0)
		order = slice_compare(left->path, right->path);
	return order != 0 ? order : (left->line > right->line) - (left->line < right->line);
}

void upkeep_list(struct upkeep *out, const struct site *site, const struct region *region)
{
	*out = (struct upkeep){0};
	for (size_t i = 0; i < site->national_count && region == NULL; i++)
		add_dates(out, site, site->national[i], site->national[i]);
	for (size_t r = 0; r < site->region_count; r++)
		if (region == NULL || region == &site->regions[r])
			list_region(out, site, &site->regions[r]);
	if (out->count > 1)
		qsort(out->items, out->count, sizeof(*out->items), compare);
}

void upkeep_free(struct upkeep *upkeep)
{
	free(upkeep->items);
	*upkeep = (struct upkeep){0};
}
