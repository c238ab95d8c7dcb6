/*
 * Goes by the headings of the adaptation, in their order. Of each it shows first what the nation
 * changed, then what the region has in its place.
 */
#include "jobs/diff.h"

#include <libintl.h>
#include <string.h>

#include "base/diag.h"
#include "base/value.h"
#include "input/contrast.h"
#include "input/history.h"
#include "jobs/choose.h"
#include "jobs/language.h"
#include "jobs/terminal.h"
#include "model/date.h"
#include "model/versions.h"

#define _(text) gettext(text)
#define INDENT "    "

struct showing {
	struct text *out;
	const struct diff_options *options;
	const struct region *region;
	const struct variant *variant;
	struct versions versions;
	bool fresh; /* at the start of a line of a difference */
};

/* Appends a translated text; {0} and {1} are filled in. */
static void add_filled(
	struct showing *showing, const char *format, struct slice first, struct slice second)
{
	for (const char *at = format; *at != '\0'; at++) {
		if (strncmp(at, "{0}", 3) == 0 || strncmp(at, "{1}", 3) == 0) {
			terminal_add(showing->out, at[1] == '0' ? first : second);
			at += 2;
		} else {
			text_byte(showing->out, *at);
		}
	}
}

static void add_line(
	struct showing *showing, const char *format, struct slice first, struct slice second)
{
	text_puts(showing->out, "  ");
	add_filled(showing, format, first, second);
	text_byte(showing->out, '\n');
}

/* ---- Words */

/* Words of one kind within one line, with their marks. */
static void add_marked(struct showing *showing, enum contrast_kind kind, struct slice words)
{
	static const char *const colors[] = {[CONTRAST_SAME] = "",
		[CONTRAST_REMOVED] = "\033[31m",
		[CONTRAST_ADDED] = "\033[32m"};
	static const char *const opens[] = {
		[CONTRAST_SAME] = "", [CONTRAST_REMOVED] = "[-", [CONTRAST_ADDED] = "{+"};
	static const char *const closes[] = {
		[CONTRAST_SAME] = "", [CONTRAST_REMOVED] = "-]", [CONTRAST_ADDED] = "+}"};
	bool colored = showing->options->colored;

	text_puts(showing->out, showing->fresh ? INDENT : "");
	showing->fresh = false;
	text_puts(showing->out, colored ? colors[kind] : opens[kind]);
	terminal_add(showing->out, words);
	if (!colored)
		text_puts(showing->out, closes[kind]);
	else if (kind != CONTRAST_SAME)
		text_puts(showing->out, "\033[m");
}

static void add_part(struct showing *showing, const struct contrast_part *part)
{
	struct slice rest = part->text;

	while (rest.size > 0) {
		size_t end = slice_find(rest, '\n');

		if (end > 0)
			add_marked(showing, part->kind, (struct slice){rest.data, end});
		if (end < rest.size && !showing->fresh) {
			text_byte(showing->out, '\n');
			showing->fresh = true;
		}
		rest = slice_from(rest, end < rest.size ? end + 1 : end);
	}
}

static void add_difference(struct showing *showing, struct slice before, struct slice after)
{
	struct contrast contrast;
	struct arena arena = {0};

	if (slice_equal(before, after)) {
		add_line(showing, _("Only the markup differs."), (struct slice){0},
			(struct slice){0});
		return;
	}
	contrast_find(&contrast, &arena, before, after);
	showing->fresh = true;
	for (size_t i = 0; i < contrast.count; i++)
		add_part(showing, &contrast.parts[i]);
	text_puts(showing->out, showing->fresh ? "" : "\n");
	arena_free(&arena);
}

/* ---- Texts */

/* What the nation changed. */
static void add_change(struct showing *showing, struct slice before, struct slice after, bool page)
{
	struct arena arena = {0};

	if (!page && !slice_equal(before, after))
		versions_trim(&before, &after, &arena);
	add_difference(showing, before, after);
	arena_free(&arena);
}

/* What stands below the first line, which is the heading. */
static struct slice body_of(struct slice text)
{
	size_t end = slice_find(text, '\n');

	return slice_from(text, end < text.size ? end + 1 : end);
}

static struct slice national_text(
	struct showing *showing, struct version *version, const struct adapted *adapted)
{
	const struct document *document = versions_parse(&showing->versions, version);
	const struct section *section = &showing->variant->page->document.sections[adapted->target];

	return document != NULL ? versions_section(document, section) : (struct slice){0};
}

/* What the region wrote below its heading; of a whole page, all. */
static struct slice regional_text(struct showing *showing, const struct adapted *adapted)
{
	const struct page *adaptation = showing->variant->adaptation;
	const struct document *document =
		versions_parse(&showing->versions, versions_now(&showing->versions, adaptation));
	size_t first = 0, end;
	struct slice text;

	if (document == NULL || document->count == 0)
		return (struct slice){0};
	end = document->count;
	if (adapted->own != NULL) {
		first = (size_t)(adapted->own - adaptation->document.sections);
		end = overlay_end(document->sections, document->count, first);
	}
	text = document->sections[first].text;
	for (size_t i = first + 1; i < end; i++)
		text.size += document->sections[i].text.size;
	return first > 0 ? body_of(text) : text;
}

/* ---- What is shown of one heading */

static void show_drift(struct showing *showing, const struct adapted *adapted)
{
	struct versions *versions = &showing->versions;
	const struct page *page = showing->variant->page;
	struct text date = {0};

	if (adapted->state == DRIFT_UNKNOWN)
		add_line(showing, _("History does not tell which national text the region saw."),
			(struct slice){0}, (struct slice){0});
	if (adapted->state == DRIFT_ORPHAN)
		add_line(showing, _("The national page does not have this section any more."),
			(struct slice){0}, (struct slice){0});
	if (adapted->state != DRIFT_CHANGED)
		return;
	date_iso(&date, date_of_time(adapted->commit->time, adapted->commit->offset));
	add_line(showing, _("The national text was changed on {0} ({1}):"), text_slice(&date),
		adapted->commit->subject);
	add_change(showing, national_text(showing, versions_blob(versions, adapted->seen), adapted),
		national_text(showing, versions_now(versions, page), adapted),
		adapted->target == 0);
	text_free(&date);
}

static void show_own(struct showing *showing, const struct adapted *adapted)
{
	struct slice none = {0}, name = showing->region->name;
	struct slice national = {0}, own = regional_text(showing, adapted);
	bool away = overlay_takes_away(adapted->verb) && adapted->state != DRIFT_ORPHAN;

	if (away)
		national = national_text(
			showing, versions_now(&showing->versions, showing->variant->page), adapted);
	if (away && adapted->target > 0)
		national = body_of(national);
	if (adapted->verb == VERB_HIDE && adapted->state != DRIFT_ORPHAN) {
		if (adapted->own == NULL)
			own = showing->variant->hidden->text;
		add_line(showing, _("{0} hides this, because:"), name, none);
		add_difference(showing, none, own);
		add_line(showing, _("The national text:"), none, none);
		add_difference(showing, national, none);
		return;
	}
	add_line(showing, away ? _("National against {0}:") : _("{0} adds:"), name, none);
	add_difference(showing, national, own);
}

static void show_adapted(struct showing *showing, const struct adapted *adapted)
{
	struct text line = {0};

	text_number(&line, adapted->line);
	text_puts(showing->out, "\n");
	if (adapted->verb == VERB_NEW_AFTER || adapted->verb == VERB_NEW_BEFORE) {
		terminal_add(showing->out, adapted->own->title);
	} else {
		text_puts(showing->out, overlay_verb_name(adapted->verb));
		text_puts(showing->out, ": ");
		terminal_add(showing->out, adapted->title);
	}
	add_filled(showing, _(" (line {0})"), text_slice(&line), (struct slice){0});
	text_puts(showing->out, "\n");
	show_drift(showing, adapted);
	show_own(showing, adapted);
	text_free(&line);
}

static void show(struct showing *showing)
{
	const struct variant *variant = showing->variant;

	terminal_add(showing->out, variant->page->title);
	text_puts(showing->out, "\n");
	add_line(showing, "{0}", variant->page->file, (struct slice){0});
	if (variant->adaptation == NULL) {
		add_line(showing, _("{0} shows this page as it is."), showing->region->name,
			(struct slice){0});
		return;
	}
	add_line(showing, "{0}", variant->adaptation->file, (struct slice){0});
	for (size_t i = 0; i < variant->adapted_count; i++)
		show_adapted(showing, &variant->adapted[i]);
}

int job_diff(struct text *out, const struct diff_options *options, struct diags *diags)
{
	struct showing showing = {.out = out, .options = options};
	const struct page *page;
	struct reading reading;

	if (reading_open(&reading, &options->reading, diags) != 0)
		return -1;
	showing.region = choose_region(&reading.site, options->region, diags);
	page = choose_page(&reading.site, options->page, diags);
	if (showing.region != NULL && page != NULL) {
		showing.variant = site_variant(&reading.site, showing.region, page->number);
		versions_open(&showing.versions, &reading.site, reading.readers[0], WORDING_PLAIN);
		show(&showing);
		versions_close(&showing.versions);
	}
	reading_close(&reading);
	return showing.variant != NULL ? 0 : -1;
}
