/*
 * Drift, as the editor hears it: national texts that were changed after a region last saw them.
 * Readers are told on the page itself.
 */
#include "check/check.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "input/history.h"
#include "model/date.h"
#include "model/site.h"

static void drift_report(const struct site *site, const struct variant *variant,
	const struct adapted *adapted, struct diags *diags)
{
	struct place place = {variant->adaptation->file.data, adapted->line, 0};
	const struct region *region = variant->adaptation->region;
	const struct history_commit *commit = adapted->commit;
	char *title = mem_copy(adapted->title.data, adapted->title.size);
	struct text today = {0}, changed = {0};

	date_iso(&today, site->date);
	if (adapted->state == DRIFT_CHANGED) {
		date_iso(&changed, date_of_time(commit->time, commit->offset));
		diag_add(diags, DIAG_DRIFT, place, title, changed.data, commit->subject.data,
			variant->page->file.data, region->slug.data, today.data, (char *)NULL);
	} else if (adapted->state == DRIFT_UNKNOWN) {
		diag_add(diags, DIAG_DRIFT_UNKNOWN, place, title, variant->page->file.data,
			region->slug.data, today.data, (char *)NULL);
	}
	free(title);
	text_free(&today);
	text_free(&changed);
}

/* Nobody has seen a text on a day to come. */
static void drift_check_date(const struct site *site, const struct page *page, struct diags *diags)
{
	const struct value *seen = value_at(page->front, "gezien");
	int date = DATE_NONE;

	if (seen != NULL && date_parse(&date, value_text(seen)) == 0 && date > site->date)
		diag_add(diags, DIAG_DRIFT_DATE, schema_place(page->file.data, seen),
			seen->text.data, (char *)NULL);
}

void check_drift(const struct site *site, struct diags *diags)
{
	for (size_t r = 0; r < site->region_count; r++)
		for (size_t i = 0; i < site->national_count; i++) {
			const struct variant *variant = site->regions[r].variants[i];

			if (variant == NULL)
				continue;
			drift_check_date(site, variant->adaptation, diags);
			for (size_t a = 0; a < variant->adapted_count; a++)
				drift_report(site, variant, &variant->adapted[a], diags);
		}
}
