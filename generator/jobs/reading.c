/*
 * Opens the source, reads settings, theme and log, parses the pages by several threads, ties them
 * together, and has them checked.
 */
#include "jobs/reading.h"

#include <libintl.h>
#include <stdlib.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/text.h"
#include "base/value.h"
#include "check/check.h"
#include "input/history.h"
#include "input/markdown.h"
#include "input/source.h"
#include "input/theme.h"
#include "input/yaml.h"
#include "jobs/language.h"
#include "jobs/progress.h"
#include "model/drift.h"
#include "model/load.h"
#include "output/feed.h"

#define _(text) gettext(text)
#define PARSE_BATCH 16
#define STRING_KEYS 5000

static int reading_open_readers(struct reading *reading)
{
	reading->arenas = mem_new(reading->threads, sizeof(*reading->arenas));
	reading->readers = mem_new(reading->threads, sizeof(*reading->readers));
	for (size_t i = 0; i < reading->threads; i++)
		if (source_reader_open(&reading->readers[i], reading->source, reading->diags) != 0)
			return -1;
	return 0;
}

static int reading_read_strings(struct reading *reading)
{
	struct text path = {0}, bytes = {0};
	const struct theme_file *file;
	int result = -1;

	text_printf(&path, "strings/%.*s.yml", (int)reading->site.language.size,
		reading->site.language.data);
	file = theme_find(reading->theme, text_slice(&path));
	if (file == NULL)
		diag_add(reading->diags, DIAG_THEME_STRINGS,
			(struct place){"content/site.yml", 0, 0}, path.data, (char *)NULL);
	else if (theme_read(&bytes, file, reading->readers[0], reading->diags) == 0)
		result = yaml_parse(&reading->strings, &reading->arena, text_slice(&bytes),
			file->full, 1, STRING_KEYS, reading->diags);
	text_free(&path);
	text_free(&bytes);
	return result;
}

/* The theme's colours, for what regions choose beside them. What is wrong in the file,
 * output/bundle says. */
static void reading_read_colors(struct reading *reading)
{
	const struct theme_file *file = theme_find(reading->theme, slice_of("thema.yml"));
	struct diags *unsaid = diag_new();
	struct text bytes = {0};
	struct value *settings;

	if (file != NULL && theme_read(&bytes, file, reading->readers[0], unsaid) == 0 &&
		yaml_parse(&settings, &reading->arena, text_slice(&bytes), file->full, 1, 0,
			unsaid) == 0)
		reading->site.theme_colors = value_at(settings, "kleuren");
	text_free(&bytes);
	diag_free(unsaid);
}

/*
 * Item 0 is the log, which takes as long as many pages; the others are the pages. A page that
 * cannot be read spoils only itself: its message is fatal, so nothing is written, but all else is
 * checked.
 */
static void reading_read_item(void *context, size_t item, size_t thread)
{
	struct reading *reading = context;

	if (item > 0) {
		diag_at(reading->diags, thread, reading->site.pages[item - 1].file.data);
		(void)load_page(&reading->site, item - 1, &reading->arenas[thread],
			reading->readers[thread], reading->diags);
		diag_at(reading->diags, thread, NULL);
	} else if (!reading->options->without_history &&
		   history_read(&reading->history, reading->source, reading->diags) != 0) {
		reading->failed = true;
	}
	progress_step(reading->options->progress);
}

static int reading_read(struct reading *reading)
{
	const struct reading_options *options = reading->options;
	struct slice theme;

	if (source_open(&reading->source, options->site, options->revision, reading->diags) != 0 ||
		reading_open_readers(reading) != 0)
		return -1;
	language_use(options->language != NULL
			     ? options->language
			     : load_peek_language(reading->source, reading->readers[0]));
	theme = load_peek_theme(&reading->arena, reading->source, reading->readers[0]);
	if (theme_open(&reading->theme, reading->source, options->share, theme, reading->diags) !=
			0 ||
		load_open(&reading->site, reading->source, reading->theme, reading->readers[0],
			options->date, reading->diags) != 0)
		return -1;
	(void)reading_read_strings(reading);
	reading_read_colors(reading);
	load_use_words(&reading->site, reading->strings);
	markdown_init();
	progress_phase(options->progress, _("reading"), reading->site.page_count + 1);
	pool_run(reading->threads, reading->site.page_count + 1, PARSE_BATCH, reading,
		reading_read_item);
	return reading->failed ? -1 : 0;
}

/* Ties the pages together and checks them. */
static void reading_freeze(struct reading *reading)
{
	progress_phase(reading->options->progress, _("checking"), 0);
	load_freeze(&reading->site, reading->history, reading->diags);
	if (reading->history != NULL)
		drift_find(&reading->site, reading->history, reading->readers[0]);
	check_site(&reading->site, reading->diags);
	feed_check_security(&reading->site, reading->diags);
}

/* True when every error stands in a region's own pages: those show what is right in them. */
static bool reading_is_regional(struct reading *reading)
{
	size_t count;
	const struct diag *all = diag_sorted(reading->diags, &count);

	for (size_t i = 0; i < count; i++) {
		const struct page *page =
			map_get(&reading->site.files, slice_of(all[i].place.path));

		if (all[i].level >= DIAG_ERROR && (page == NULL || page->region == NULL))
			return false;
	}
	return true;
}

bool reading_is_fit(struct reading *reading, bool tolerant)
{
	if (reading->strings == NULL || diag_count(reading->diags, DIAG_FATAL) > 0)
		return false;
	return diag_count(reading->diags, DIAG_ERROR) == 0 ||
	       (tolerant && reading_is_regional(reading));
}

int reading_open(struct reading *out, const struct reading_options *options, struct diags *diags)
{
	*out = (struct reading){.options = options, .diags = diags};
	out->threads = options->threads > 0 ? options->threads : pool_default_size();
	if (reading_read(out) != 0) {
		reading_close(out);
		return -1;
	}
	reading_freeze(out);
	return 0;
}

void reading_close(struct reading *reading)
{
	history_free(reading->history);
	site_free(&reading->site);
	theme_free(reading->theme);
	for (size_t i = 0; reading->readers != NULL && i < reading->threads; i++)
		source_reader_free(reading->readers[i]);
	free(reading->readers);
	for (size_t i = 0; reading->arenas != NULL && i < reading->threads; i++)
		arena_free(&reading->arenas[i]);
	free(reading->arenas);
	source_free(reading->source);
	arena_free(&reading->arena);
}
