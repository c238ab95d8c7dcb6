/*
 * Variables: every region that shows a text must have the values that the text takes from it.
 */
#include "check/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/value.h"
#include "model/site.h"

#define NAMED 3 /* regions that a message names before it counts the rest */

/* True when the page shows the section, be it folded away, as the national text is. */
static bool variables_shows(const struct variant *variant, const struct section *section)
{
	for (size_t p = 0; p < variant->count; p++) {
		const struct part *part = &variant->parts[p];

		if (part->heading == section || part->hidden == section)
			return true;
		for (size_t b = 0; b < part->count; b++) {
			const struct block *block = &part->blocks[b];

			if (block->section == section ||
				(block->replaced != NULL && section >= block->replaced &&
					section < block->replaced + block->replaced_count))
				return true;
		}
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

/* True when some region could have the value; else says which is meant. */
static bool variables_are_known(
	const struct page *page, const struct piece *piece, struct diags *diags)
{
	size_t count;
	const char *const *names = region_variables(&count);
	char *name = mem_copy(piece->text.data, piece->text.size);
	const char *nearest = diag_nearest(name, names, count);
	struct text all = {0};
	bool known = nearest != NULL && strcmp(name, nearest) == 0;

	for (size_t i = 0; nearest == NULL && i < count; i++) {
		text_puts(&all, i > 0 ? ", " : "");
		text_puts(&all, names[i]);
	}
	if (!known)
		diag_add(diags, DIAG_VARIABLE_UNKNOWN,
			(struct place){page->file.data, piece->line, piece->column}, name,
			nearest != NULL ? nearest : all.data, (char *)NULL);
	text_free(&all);
	free(name);
	return known;
}

static void variables_check_piece(const struct site *site, const struct page *page,
	const struct section *section, const struct piece *piece, struct diags *diags)
{
	const struct value *contact = value_at(page->front, "contact");

	if (piece->kind != PIECE_VARIABLE || !variables_are_known(page, piece, diags) ||
		page->draft || page->refused)
		return;
	if (page->region == NULL)
		variables_check_national(site, page, section, piece, diags);
	else if (region_value(page->region, piece->text) == NULL &&
		 (!slice_starts(piece->text, "contact.") ||
			 value_get(contact, slice_from(piece->text, 8)) == NULL))
		variables_report(page->file.data, piece, page->region->name.data, diags);
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
