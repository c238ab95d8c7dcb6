/*
 * Variables: every region that shows a text must have the values that the text takes from it.
 */
#include "check/check.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/value.h"
#include "model/site.h"

#define NAMED 3 /* regions that a message names before it counts the rest */

static bool variables_shows(const struct variant *variant, const struct section *section)
{
	for (size_t p = 0; p < variant->count; p++) {
		const struct part *part = &variant->parts[p];

		if (part->heading == section || part->hidden == section)
			return true;
		for (size_t b = 0; b < part->count; b++)
			if (part->blocks[b].section == section || part->blocks[b].replaced != NULL)
				return true;
	}
	return false;
}

/* True when the page of the region has no value of this name for the section. */
static bool variables_lacks(const struct variant *variant, const struct region *region,
	const struct section *section, struct slice name)
{
	if (region_value(region, name) != NULL)
		return false;
	if (slice_starts(name, "contact.") &&
		value_get(variant->contact, slice_from(name, 8)) != NULL)
		return false;
	return variables_shows(variant, section);
}

static void variables_report(
	const char *path, const struct piece *piece, const char *regions, struct diags *diags)
{
	char *name = mem_copy(piece->text.data, piece->text.size);

	diag_add(diags, DIAG_VARIABLE_LACKING, (struct place){path, piece->line, piece->column},
		name, regions, (char *)NULL);
	free(name);
}

/* A national text: names the regions that lack the value. */
static void variables_check_national(const struct site *site, const struct page *page,
	const struct section *section, const struct piece *piece, struct diags *diags)
{
	struct text lacking = {0};
	size_t count = 0;

	for (size_t r = 0; r < site->region_count; r++) {
		const struct region *region = &site->regions[r];

		if (!variables_lacks(
			    site_variant(site, region, page->number), region, section, piece->text))
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
		variables_report(page->file.data, piece, lacking.data, diags);
	text_free(&lacking);
}

static void variables_check_piece(const struct site *site, const struct page *page,
	const struct section *section, const struct piece *piece, struct diags *diags)
{
	if (piece->kind != PIECE_VARIABLE)
		return;
	if (!region_knows_variable(piece->text)) {
		char *name = mem_copy(piece->text.data, piece->text.size);

		diag_add(diags, DIAG_VARIABLE_UNKNOWN,
			(struct place){page->file.data, piece->line, piece->column}, name,
			(char *)NULL);
		free(name);
	} else if (page->region == NULL) {
		if (!page->draft)
			variables_check_national(site, page, section, piece, diags);
	} else if (region_value(page->region, piece->text) == NULL &&
		   (!slice_starts(piece->text, "contact.") ||
			   value_get(value_at(page->front, "contact"),
				   slice_from(piece->text, 8)) == NULL)) {
		variables_report(page->file.data, piece, page->region->name.data, diags);
	}
}

void check_variables(const struct site *site, struct diags *diags)
{
	for (size_t i = 0; i < site->page_count; i++) {
		const struct page *page = &site->pages[i];

		for (size_t s = 0; s < page->document.count; s++) {
			const struct section *section = &page->document.sections[s];

			for (size_t p = 0; p < section->heading_count; p++)
				variables_check_piece(
					site, page, section, &section->heading[p], diags);
			for (size_t p = 0; p < section->count; p++)
				variables_check_piece(
					site, page, section, &section->pieces[p], diags);
		}
	}
}
