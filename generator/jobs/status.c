/*
 * The list is check/upkeep's; here it becomes lines for people, or JSON as draaiboek(1) has it.
 */
#include "jobs/status.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "check/upkeep.h"
#include "input/history.h"
#include "input/source.h"
#include "jobs/choose.h"
#include "jobs/language.h"
#include "jobs/terminal.h"
#include "model/date.h"

#define _(text) gettext(text)
#define N_(text) text

/* A line as it is shown, before its columns are as wide as they must be. */
struct line {
	struct text label; /* what is the matter */
	struct text place; /* path:line */
	struct text about; /* which text of which page */
};

/* ---- For people */

static const char *const labels[UPKEEP_KINDS] = {[UPKEEP_DRIFT] = N_("changed {0}"),
	[UPKEEP_UNKNOWN] = N_("unknown"),
	[UPKEEP_ORPHAN] = N_("orphan"),
	[UPKEEP_EXPIRED] = N_("valid until {0}"),
	[UPKEEP_REVIEW] = N_("to check before {0}"),
	[UPKEEP_CONTACT] = N_("contact checked on {0}"),
	[UPKEEP_OPEN] = N_("to fill in")};

static const char *const totals[UPKEEP_KINDS] = {[UPKEEP_DRIFT] = N_("changed: {0}"),
	[UPKEEP_UNKNOWN] = N_("unknown: {0}"),
	[UPKEEP_ORPHAN] = N_("orphans: {0}"),
	[UPKEEP_EXPIRED] = N_("ended: {0}"),
	[UPKEEP_REVIEW] = N_("to check: {0}"),
	[UPKEEP_CONTACT] = N_("contacts to check: {0}"),
	[UPKEEP_OPEN] = N_("to fill in: {0}")};

/* Appends a translated text with one argument. */
static void add_filled(struct text *out, const char *format, struct slice argument)
{
	const char *place = strstr(format, "{0}");

	if (place == NULL) {
		text_puts(out, format);
		return;
	}
	text_add(out, (struct slice){format, (size_t)(place - format)});
	terminal_add(out, argument);
	text_puts(out, place + 3);
}

static void add_counted(struct text *out, const char *format, size_t count)
{
	struct text number = {0};

	text_number(&number, count);
	add_filled(out, format, text_slice(&number));
	text_free(&number);
}

static void add_label(struct text *out, const struct upkeep_item *item)
{
	struct text date = {0};

	if (item->date != DATE_NONE)
		date_iso(&date, item->date);
	if (item->kind == UPKEEP_CONTACT && item->date == DATE_NONE)
		text_puts(out, _("contact never checked"));
	else
		add_filled(out, _(labels[item->kind]), text_slice(&date));
	text_free(&date);
}

static void add_about(struct text *out, const struct upkeep_item *item)
{
	const struct adapted *adapted = item->adapted;

	if (adapted != NULL) {
		text_puts(out, overlay_verb_name(adapted->verb));
		text_puts(out, ": ");
		terminal_add(out, adapted->title);
		if (adapted->commit != NULL) {
			text_puts(out, "  (");
			terminal_add(out, adapted->commit->subject);
			text_puts(out, ")");
		}
	} else if (item->section != NULL) {
		terminal_add(out, item->page->title);
		text_puts(out, ": ");
		terminal_add(out, item->section->title);
	} else if (item->page != NULL) {
		terminal_add(out, item->page->title);
	}
}

static void add_heading(struct text *out, const struct upkeep *upkeep, size_t at)
{
	const struct region *region = upkeep->items[at].region;
	size_t count = 0;

	while (at + count < upkeep->count && upkeep->items[at + count].region == region)
		count++;
	text_puts(out, out->size > 0 ? "\n" : "");
	if (region == NULL)
		text_puts(out, _("National"));
	else
		add_filled(out, _("Region {0}"), region->name);
	text_printf(out, " (%zu)\n", count);
}

static void add_owner(struct text *out, struct slice owner)
{
	text_puts(out, "  ");
	if (owner.size > 0)
		terminal_add(out, owner);
	else
		text_puts(out, _("No owner"));
	text_puts(out, "\n");
}

static void add_totals(struct text *out, const struct upkeep *upkeep)
{
	size_t counts[UPKEEP_KINDS] = {0};
	bool any = false;

	for (size_t i = 0; i < upkeep->count; i++)
		counts[upkeep->items[i].kind]++;
	text_puts(out, out->size > 0 ? "\n" : "");
	for (size_t kind = 0; kind < UPKEEP_KINDS; kind++) {
		if (counts[kind] == 0)
			continue;
		text_puts(out, any ? ", " : "");
		add_counted(out, _(totals[kind]), counts[kind]);
		any = true;
	}
	text_puts(out, any ? ".\n" : "");
	if (!any) {
		text_puts(out, _("Nothing to do: all is up to date."));
		text_puts(out, "\n");
	}
}

static void write_lines(struct text *out, const struct upkeep *upkeep, const struct line *lines)
{
	size_t label = 0, place = 0;

	for (size_t i = 0; i < upkeep->count; i++) {
		size_t width = terminal_width(text_slice(&lines[i].label));

		label = width > label ? width : label;
		width = lines[i].about.size > 0 ? terminal_width(text_slice(&lines[i].place)) : 0;
		place = width > place ? width : place;
	}
	for (size_t i = 0; i < upkeep->count; i++) {
		const struct upkeep_item *item = &upkeep->items[i];
		const struct upkeep_item *before = i > 0 ? &upkeep->items[i - 1] : NULL;
		bool new_region = before == NULL || before->region != item->region;

		if (new_region)
			add_heading(out, upkeep, i);
		if (new_region || !slice_equal(before->owner, item->owner))
			add_owner(out, item->owner);
		if (lines[i].label.size == 0)
			continue;
		text_puts(out, "    ");
		text_add(out, text_slice(&lines[i].label));
		terminal_pad(out, text_slice(&lines[i].label), label + 2);
		text_add(out, text_slice(&lines[i].place));
		if (lines[i].about.size > 0)
			terminal_pad(out, text_slice(&lines[i].place), place + 2);
		text_add(out, text_slice(&lines[i].about));
		text_byte(out, '\n');
	}
}

/* How many items from `at` on are places that one region, and one owner in it, is to fill. */
static size_t count_open(const struct upkeep *upkeep, size_t at)
{
	const struct upkeep_item *first = &upkeep->items[at];
	size_t count = 0;

	while (at + count < upkeep->count && upkeep->items[at + count].kind == UPKEEP_OPEN &&
		upkeep->items[at + count].region == first->region &&
		slice_equal(upkeep->items[at + count].owner, first->owner))
		count++;
	return count;
}

/* Of all regions together they would be a thousand lines: they are counted. */
static void add_open(struct line *line, const struct upkeep_item *item, size_t count)
{
	struct text slug = {0};

	text_puts(&line->label, _("to fill in"));
	text_printf(&slug, "draaiboek status --regio %s", item->region->slug.data);
	add_counted(&line->place, _("{0} places"), count);
	text_puts(&line->place, ": ");
	text_add(&line->place, text_slice(&slug));
	text_free(&slug);
}

static void write_text(struct text *out, const struct upkeep *upkeep, bool all)
{
	struct line *lines = mem_new(upkeep->count + 1, sizeof(*lines));

	for (size_t i = 0; i < upkeep->count; i++) {
		const struct upkeep_item *item = &upkeep->items[i];
		size_t open = all ? 0 : count_open(upkeep, i);

		if (open > 1) {
			add_open(&lines[i], item, open);
			i += open - 1;
			continue;
		}
		add_label(&lines[i].label, item);
		terminal_add(&lines[i].place, item->path);
		text_printf(&lines[i].place, ":%u", item->line);
		add_about(&lines[i].about, item);
	}
	write_lines(out, upkeep, lines);
	add_totals(out, upkeep);
	for (size_t i = 0; i < upkeep->count; i++) {
		text_free(&lines[i].label);
		text_free(&lines[i].place);
		text_free(&lines[i].about);
	}
	free(lines);
}

/* ---- For programs */

/* "key": "text", or null when there is none. */
static void json_text(struct text *out, const char *key, struct slice text)
{
	text_printf(out, ",\"%s\":", key);
	if (text.size > 0)
		text_json(out, text);
	else
		text_puts(out, "null");
}

static void json_date(struct text *out, const char *key, int date)
{
	struct text iso = {0};

	if (date != DATE_NONE)
		date_iso(&iso, date);
	json_text(out, key, text_slice(&iso));
	text_free(&iso);
}

static void json_item(struct text *out, const struct upkeep_item *item)
{
	const struct adapted *adapted = item->adapted;
	const struct history_commit *commit = adapted != NULL ? adapted->commit : NULL;
	struct slice section = {0};

	if (adapted != NULL)
		section = adapted->title;
	else if (item->section != NULL)
		section = item->section->title;
	text_printf(out, "{\"kind\":\"%s\"", upkeep_name(item->kind));
	json_text(out, "region", item->region != NULL ? item->region->slug : (struct slice){0});
	json_text(out, "owner", item->owner);
	json_text(out, "path", item->path);
	text_printf(out, ",\"line\":%u", item->line);
	json_text(out, "page", item->page != NULL ? item->page->file : (struct slice){0});
	json_text(out, "verb", slice_of(adapted != NULL ? overlay_verb_name(adapted->verb) : NULL));
	json_text(out, "section", section);
	json_date(out, "date", item->date);
	json_text(out, "commit", slice_of(commit != NULL ? commit->id : NULL));
	json_text(out, "subject", commit != NULL ? commit->subject : (struct slice){0});
	text_byte(out, '}');
}

static void write_json(struct text *out, const struct upkeep *upkeep, const struct site *site)
{
	size_t counts[UPKEEP_KINDS] = {0};
	struct text date = {0};

	date_iso(&date, site->date);
	for (size_t i = 0; i < upkeep->count; i++)
		counts[upkeep->items[i].kind]++;
	text_printf(out, "{\"date\":\"%s\",\"counts\":{", date.data);
	for (size_t kind = 0; kind < UPKEEP_KINDS; kind++)
		text_printf(out, "%s\"%s\":%zu", kind > 0 ? "," : "",
			upkeep_name((enum upkeep_kind)kind), counts[kind]);
	text_puts(out, "},\"items\":[");
	for (size_t i = 0; i < upkeep->count; i++) {
		text_puts(out, i > 0 ? ",\n" : "\n");
		json_item(out, &upkeep->items[i]);
	}
	text_puts(out, "\n]}\n");
	text_free(&date);
}

int job_status(struct text *out, const struct status_options *options, struct diags *diags)
{
	const struct region *region = NULL;
	struct reading reading;
	struct upkeep upkeep;
	int status = 0;

	if (reading_open(&reading, &options->reading, diags) != 0)
		return -1;
	if (options->region != NULL) {
		region = choose_region(&reading.site, options->region, diags);
		status = region != NULL ? 0 : -1;
	}
	if (status == 0) {
		upkeep_list(&upkeep, &reading.site, region);
		if (options->json)
			write_json(out, &upkeep, &reading.site);
		else
			write_text(out, &upkeep, region != NULL);
		upkeep_free(&upkeep);
	}
	reading_close(&reading);
	return status;
}
