/*
 * Reads the site and its theme, and only when both are right lets the tasks write. Tolerant, as the
 * preview and publishing are, it lets errors in a region's own pages pass: these show what is right
 * in them.
 */
#include "jobs/build.h"

#include "base/diag.h"
#include "base/text.h"
#include "base/value.h"
#include "input/theme.h"
#include "jobs/progress.h"
#include "jobs/tasks.h"
#include "jobs/templates.h"
#include "language/compound.h"
#include "model/splits.h"
#include "output/manifest.h"
#include "output/offline.h"
#include "output/wizard_style.h"

/* A theme without it has no regelingenwijzer. */
#define WIZARD_TEMPLATE "templates/regelingenwijzer.mustache"

/* Reads the theme. -1 when the pages cannot be drawn with it. */
static int build_open_theme(struct build *build, struct diags *diags)
{
	struct reading *reading = &build->reading;
	const struct site *site = &reading->site;
	struct bundle_source source = {
		reading->theme, reading->readers[0], .preview = build->options->preview};
	int result = bundle_make(&build->bundle, &reading->arena, &source, diags);

	for (size_t i = 0; result == 0 && i < site->region_count; i++)
		if (house_style_is_set(&site->regions[i].style))
			bundle_add_region(&build->bundle, &reading->arena, site->regions[i].slug,
				&site->regions[i].style);
	if (result == 0 && site->questions.count > 0 &&
		theme_find(reading->theme, slice_of(WIZARD_TEMPLATE)) != NULL)
		wizard_style_add(&build->bundle, &reading->arena, site);
	if (templates_open(&build->templates, site, reading->readers[0], diags) != 0)
		result = -1;
	return reading->strings != NULL ? result : -1;
}

int build_open(struct build *out, const struct build_options *options, struct diags *diags)
{
	*out = (struct build){.options = options};
	if (reading_open(&out->reading, &options->reading, diags) != 0)
		return -1;
	if (options->concept != NULL)
		site_make_concept(&out->reading.site, options->concept);
	if (build_open_theme(out, diags) != 0 && diag_count(diags, DIAG_FATAL) > 0) {
		build_close(out);
		return -1;
	}
	return 0;
}

void build_close(struct build *build)
{
	templates_free(build->templates);
	reading_close(&build->reading);
}

bool build_may_write(struct build *build)
{
	return reading_is_fit(&build->reading, build->options->tolerant);
}

/* What is known of Dutch compounds. */
static int build_read_compounds(
	struct compounds **out, const struct build *build, struct diags *diags)
{
	struct text path = {0};
	int result;

	text_printf(&path, "%s/taal/samenstellingen", build->options->reading.share);
	result = compound_open(out, path.data, diags);
	if (result == 0)
		splits_apply(*out, &build->reading.site.splits);
	text_free(&path);
	return result;
}

int build_write(size_t *pages, struct build *build, const struct sink *sink, struct diags *diags)
{
	const struct reading *reading = &build->reading;
	struct tasks_options tasks = {.site = &reading->site,
		.templates = build->templates,
		.bundle = &build->bundle,
		.strings = reading->strings,
		.readers = reading->readers,
		.threads = reading->threads,
		.preview = build->options->preview,
		.progress = build->options->reading.progress};
	struct offline *offline = NULL;
	int result;

	if (build_read_compounds(&tasks.compounds, build, diags) != 0)
		return -1;
	tasks.sink = sink;
	if (value_at(build->bundle.names, "site-offline") != NULL) {
		offline_open(&offline, &reading->site, sink);
		tasks.sink = offline_sink(offline);
	}
	result = tasks_run(pages, &tasks, diags);
	if (result == 0 && offline != NULL)
		result = offline_write(offline, diags);
	offline_close(offline);
	compound_free(tasks.compounds);
	return result;
}

/* Writes into the output folder. */
static int write_folder(struct build_result *out, struct build *build, struct diags *diags)
{
	struct manifest *manifest;
	struct sink sink;
	int result;

	if (manifest_open(&manifest, build->options->output, diags) != 0)
		return -1;
	sink = manifest_sink(manifest);
	result = build_write(&out->pages, build, &sink, diags);
	if (result == 0)
		result = manifest_finish(manifest, diags);
	manifest_counts(&out->written, &out->removed, manifest);
	manifest_close(manifest);
	out->built = result == 0;
	return result;
}

int job_build(struct build_result *out, const struct build_options *options, struct diags *diags)
{
	struct build_result result = {0};
	struct build build;
	int status = build_open(&build, options, diags);

	if (status == 0) {
		if (options->output != NULL && build_may_write(&build))
			status = write_folder(&result, &build, diags);
		build_close(&build);
	}
	if (out != NULL)
		*out = result;
	return status;
}
