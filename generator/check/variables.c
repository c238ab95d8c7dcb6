/*
 * Variables: every region that shows a text must have the values that the text takes from it.
 */
#include "check/check.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/value.h"
#include "model/site.h"

#define NAMED 3 /* regions that a message names before it counts the rest */

/* One variable, and where it stands. */
struct use {
	const struct site *site;
	const struct page *page;
	const struct section *section;
	const struct piece *piece;
	bool in_title;
};

/* True when the variant shows it: the nation's text may be folded away, a hidden one is gone. */
static bool variables_are_shown(const struct variant *variant, const struct use *use)
{
	const struct section *section = use->section;

	for (size_t p = 0; p < variant->count; p++) {
		const struct part *part = &variant->parts[p];

		if (use->in_title ? part->heading == section : part->hidden == section)
			return true;
		for (size_t b = 0; b < part->count; b++) {
			const struct block *block = &part->blocks[b];

			if ((block->section == section && !use->in_title) ||
				(block->replaced != NULL && section >= block->replaced &&
					section < block->replaced + block->replaced_count))
				return true;
		}
	}
	return false;
}

/* True when the region, or the contact of this page alone, has a value for it. */
static bool variables_have_value(
	const struct region *region, const struct value *contact, struct slice name)
{
	return region->refused || region_value(region, name) != NULL ||
	       (slice_starts(name, "contact.") && value_get(contact, slice_from(name, 8)) != NULL);
}

static void variables_report(
	const struct use *use, enum diag_code code, const char *other, struct diags *diags)
{
	struct place place = {use->page->file.data, use->piece->line, use->piece->column};
	char *name = mem_copy(use->piece->text.data, use->piece->text.size);

	diag_add(diags, code, place, name, other, (char *)NULL);
	free(name);
}

/* A national text: names the regions that lack the value. */
static void variables_check_national(const struct use *use, struct diags *diags)
{
	struct text lacking = {0};
	size_t count = 0;

	for (size_t r = 0; r < use->site->region_count; r++) {
		const struct region *region = &use->site->regions[r];
		const struct variant *variant = site_variant(use->site, region, use->page->number);

		if (variables_have_value(region, variant->contact, use->piece->text) ||
			!variables_are_shown(variant, use))
			continue;
		if (count < NAMED) {
			text_puts(&lacking, count > 0 ? ", " : "");
			text_add(&lacking, region->name);
		}
		count++;
	}
	if (count > NAMED)
		text_printf(&lacking, " (+%zu)", count - NAMED);
	if (count > 0)
		variables_report(use, DIAG_VARIABLE_LACKING, lacking.data, diags);
	text_free(&lacking);
}

/* True when some region could have the value; else says which may be meant. */
static bool variables_are_known(const struct use *use, struct diags *diags)
{
	size_t count;
	const char *const *names = region_variables(&count);
	struct text meant = {0};

	for (size_t i = 0; i < count; i++)
		if (slice_is(use->piece->text, names[i]))
			return true;
	schema_suggest(&meant, use->piece->text, names, count);
	variables_report(use, DIAG_VARIABLE_UNKNOWN, meant.data, diags);
	text_free(&meant);
	return false;
}

static void variables_check(const struct use *use, struct diags *diags)
{
	const struct page *page = use->page;

	if (use->piece->kind != PIECE_VARIABLE || !variables_are_known(use, diags) || page->draft ||
		page->refused)
		return;
	if (page->region == NULL)
		variables_check_national(use, diags);
	else if (!variables_have_value(
			 page->region, value_at(page->front, "contact"), use->piece->text))
		variables_report(use, DIAG_VARIABLE_LACKING, page->region->name.data, diags);
}

static void variables_check_section(struct use use, struct diags *diags)
{
	use.in_title = true;
	for (size_t p = 0; p < use.section->heading_count; p++) {
		use.piece = &use.section->heading[p];
		variables_check(&use, diags);
	}
	use.in_title = false;
	for (size_t p = 0; p < use.section->count; p++) {
		use.piece = &use.section->pieces[p];
		variables_check(&use, diags);
	}
}

void check_variables(const struct site *site, struct diags *diags)
{
	for (size_t i = 0; i < site->page_count; i++) {
		const struct page *page = &site->pages[i];

		for (size_t s = 0; s < page->document.count; s++)
			variables_check_section((struct use){.site = site,
							.page = page,
							.section = &page->document.sections[s]},
				diags);
	}
}
