/*
 * Dates: what has ended, and what was to be looked at again. Warnings, since the page says so too.
 */
#include "check/check.h"

#include "base/diag.h"
#include "base/value.h"
#include "model/date.h"
#include "model/site.h"

static void dates_check(const struct page *page, const char *key, bool passed, enum diag_code code,
	struct diags *diags)
{
	const struct value *value = value_at(page->front, key);

	if (passed && value != NULL)
		diag_add(diags, code, schema_place(page->file.data, value), value->text.data,
			page->owner.size > 0 ? page->owner.data : "-", (char *)NULL);
}

void check_dates(const struct site *site, struct diags *diags)
{
	for (size_t i = 0; i < site->page_count; i++) {
		const struct page *page = &site->pages[i];

		if (page->draft || page->refused)
			continue;
		dates_check(page, "geldig-tot", date_is_past(page->valid_until, site->date),
			DIAG_DATE_EXPIRED, diags);
		dates_check(page, "herzien-voor", date_is_due(page->review, site->date),
			DIAG_DATE_REVIEW, diags);
	}
}
