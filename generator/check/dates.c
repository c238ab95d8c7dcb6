/*
 * Dates: what has ended, and what was to be looked at again. Warnings, since the page says so too.
 */
#include "check/check.h"

#include "base/diag.h"
#include "base/value.h"
#include "model/date.h"
#include "model/site.h"

static void dates_check(const struct site *site, const struct page *page, const char *key, int date,
	enum diag_code code, struct diags *diags)
{
	const struct value *value = value_at(page->front, key);

	if (date == DATE_NONE || date >= site->date || value == NULL)
		return;
	diag_add(diags, code, schema_place(page->file.data, value), value->text.data,
		page->owner.size > 0 ? page->owner.data : "-", (char *)NULL);
}

void check_dates(const struct site *site, struct diags *diags)
{
	for (size_t i = 0; i < site->page_count; i++) {
		const struct page *page = &site->pages[i];

		if (page->draft || page->refused)
			continue;
		dates_check(site, page, "geldig-tot", page->valid_until, DIAG_DATE_EXPIRED, diags);
		dates_check(site, page, "herzien-voor", page->review, DIAG_DATE_REVIEW, diags);
	}
}
