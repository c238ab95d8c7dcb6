/*
 * Reads the site, checks it, and only then lets the tasks write. Tolerant, as the preview
 * and publishing are, it lets errors in a region's own pages pass: these show what is right in
 * them.
 */
#include "jobs/build.h"

#include <libintl.h>
#include <stdlib.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/value.h"
#include "check/check.h"
#include "input/history.h"
#include "input/markdown.h"
#include "input/source.h"
#include "input/theme.h"
#include "input/yaml.h"
#include "jobs/language.h"
#include "jobs/progress.h"
#include "jobs/tasks.h"
#include "jobs/templates.h"
#include "language/compound.h"
#include "model/load.h"
#include "model/site.h"
#include "model/splits.h"
#include "output/bundle.h"
#include "output/feed.h"
#include "output/manifest.h"

#define _(text) gettext(text)
#define PARSE_BATCH 16
#define STRING_KEYS 5000

/* Everything that a build opens, in the order in which it is opened. */
struct build {
	const struct build_options *options;
	struct diags *diags;
	size_t threads;
	struct arena arena;
	struct source *source;
	struct source_reader **readers; /* one a thread */
	struct arena *arenas;		/* of the pages: one a thread */
	struct theme *theme;
	struct site site;
	struct history *history;
	struct templates *templates;
	struct bundle bundle;
	struct value *strings;
	struct compounds *compounds;
	bool failed; /* the log could not be read */
};

/* ---- Reading */

static int build_open_readers(struct build *build)
{
	build->arenas = mem_new(build->threads, sizeof(*build->arenas));
	build->readers = mem_new(build->threads, sizeof(*build->readers));
	for (size_t i = 0; i < build->threads; i++)
		if (source_reader_open(&build->readers[i], build->source, build->diags) != 0)
			return -1;
	return 0;
}

static int build_read_strings(struct build *build)
{
	struct text path = {0}, bytes = {0};
	const struct theme_file *file;
	int result = -1;

	text_printf(&path, "strings/%.*s.yml", (int)build->site.language.size,
		build->site.language.data);
	file = theme_find(build->theme, text_slice(&path));
	if (file == NULL)
		diag_add(build->diags, DIAG_THEME_STRINGS, (struct place){"content/site.yml", 0, 0},
			path.data, (char *)NULL);
	else if (theme_read(&bytes, file, build->readers[0], build->diags) == 0)
		result = yaml_parse(&build->strings, &build->arena, text_slice(&bytes), file->full,
			1, STRING_KEYS, build->diags);
	text_free(&path);
	text_free(&bytes);
	return result;
}

/*
 * Item 0 is the log, which takes as long as many pages; the others are the pages. A page that
 * cannot be read spoils only itself: its message is fatal, so nothing is written, but all else is
 * checked.
 */
static void build_read_item(void *context, size_t item, size_t thread)
{
	struct build *build = context;

	if (item > 0)
		(void)load_page(&build->site, item - 1, &build->arenas[thread],
			build->readers[thread], build->diags);
	else if (history_read(&build->history, build->source, build->diags) != 0)
		build->failed = true;
	progress_step(build->options->progress);
}

static int build_read(struct build *build)
{
	const struct build_options *options = build->options;
	struct slice theme;

	if (source_open(&build->source, options->site, options->revision, build->diags) != 0 ||
		build_open_readers(build) != 0)
		return -1;
	language_use(options->language != NULL
			     ? options->language
			     : load_peek_language(build->source, build->readers[0]));
	theme = load_peek_theme(&build->arena, build->source, build->readers[0]);
	if (theme_open(&build->theme, build->source, options->share, theme, build->diags) != 0 ||
		load_open(&build->site, build->source, build->theme, build->readers[0],
			options->date, build->diags) != 0)
		return -1;
	(void)build_read_strings(build);
	load_use_words(&build->site, build->strings);
	markdown_init();
	progress_phase(options->progress, _("reading"), build->site.page_count + 1);
	pool_run(build->threads, build->site.page_count + 1, PARSE_BATCH, build, build_read_item);
	return build->failed ? -1 : 0;
}

/* ---- Checking */

/* Ties the pages together and checks them. */
static void build_freeze(struct build *build)
{
	progress_phase(build->options->progress, _("checking"), 0);
	load_freeze(&build->site, build->history, build->diags);
	check_site(&build->site, build->diags);
	feed_check_security(&build->site, build->diags);
}

/* True when every error stands in a region's own pages: those show what is right in them. */
static bool build_is_regional(struct build *build)
{
	size_t count;
	const struct diag *all = diag_sorted(build->diags, &count);

	for (size_t i = 0; i < count; i++) {
		const struct page *page = map_get(&build->site.files, slice_of(all[i].place.path));

		if (all[i].level >= DIAG_ERROR && (page == NULL || page->region == NULL))
			return false;
	}
	return true;
}

/* True when what was read may be written. */
static bool build_may_write(struct build *build)
{
	if (diag_count(build->diags, DIAG_FATAL) > 0)
		return false;
	return diag_count(build->diags, DIAG_ERROR) == 0 ||
	       (build->options->tolerant && build_is_regional(build));
}

/* ---- The theme */

static int build_read_theme(struct build *build)
{
	struct bundle_source source = {
		build->theme, build->readers[0], .preview = build->options->preview};
	int result = build->strings != NULL ? 0 : -1;

	if (bundle_make(&build->bundle, &build->arena, &source, build->diags) != 0)
		result = -1;
	for (size_t i = 0; result == 0 && i < build->site.region_count; i++)
		if (build->site.regions[i].color.size > 0)
			bundle_add_color(&build->bundle, &build->arena, build->site.regions[i].slug,
				build->site.regions[i].color);
	if (templates_open(&build->templates, &build->site, build->readers[0], build->diags) != 0)
		result = -1;
	return result;
}

/* ---- Search */

/* What is known of Dutch compounds. */
static int build_read_compounds(struct build *build)
{
	struct text path = {0};
	int result;

	text_printf(&path, "%s/taal/samenstellingen", build->options->share);
	result = compound_open(&build->compounds, path.data, build->diags);
	if (result == 0)
		splits_apply(build->compounds, &build->site.splits);
	text_free(&path);
	return result;
}

/* ---- Writing */

static int build_write(struct build_result *out, struct build *build)
{
	struct tasks_options tasks = {.site = &build->site,
		.templates = build->templates,
		.bundle = &build->bundle,
		.strings = build->strings,
		.readers = build->readers,
		.threads = build->threads,
		.preview = build->options->preview,
		.progress = build->options->progress};
	int result;

	if (build_read_compounds(build) != 0)
		return -1;
	tasks.compounds = build->compounds;
	if (manifest_open(&tasks.manifest, build->options->output, build->diags) != 0)
		return -1;
	result = tasks_run(&out->pages, &tasks, build->diags);
	if (result == 0)
		result = manifest_finish(tasks.manifest, build->diags);
	manifest_counts(&out->written, &out->removed, tasks.manifest);
	manifest_close(tasks.manifest);
	out->built = result == 0;
	return result;
}

static void build_close(struct build *build)
{
	compound_free(build->compounds);
	templates_free(build->templates);
	history_free(build->history);
	site_free(&build->site);
	theme_free(build->theme);
	for (size_t i = 0; build->readers != NULL && i < build->threads; i++)
		source_reader_free(build->readers[i]);
	free(build->readers);
	for (size_t i = 0; build->arenas != NULL && i < build->threads; i++)
		arena_free(&build->arenas[i]);
	free(build->arenas);
	source_free(build->source);
	arena_free(&build->arena);
}

int job_build(struct build_result *out, const struct build_options *options, struct diags *diags)
{
	struct build build = {.options = options, .diags = diags};
	struct build_result result = {0};
	int status = -1;

	build.threads = options->threads > 0 ? options->threads : pool_default_size();
	if (build_read(&build) != 0)
		goto out;
	build_freeze(&build);
	status = build_read_theme(&build) == 0 || diag_count(diags, DIAG_FATAL) == 0 ? 0 : -1;
	if (status == 0 && options->output != NULL && build_may_write(&build))
		status = build_write(&result, &build);
out:
	build_close(&build);
	if (out != NULL)
		*out = result;
	return status;
}
