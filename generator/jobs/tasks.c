/*
 * The list is made in the order of the output's folders, so that a thread which takes a run of
 * neighbours works in one folder. Search takes several rounds, since each of its steps wants all of
 * the one before; what is slow in them goes beside the pages.
 */
#include "jobs/tasks.h"

#include <libintl.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/value.h"
#include "input/source.h"
#include "jobs/progress.h"
#include "jobs/search_files.h"
#include "jobs/sitemap.h"
#include "jobs/templates.h"
#include "jobs/tools.h"
#include "model/date.h"
#include "model/links.h"
#include "model/site.h"
#include "output/bundle.h"
#include "output/feed.h"
#include "output/made.h"
#include "output/sink.h"
#include "output/template.h"
#include "output/view.h"
#include "output/view_compare.h"
#include "search/catalogue.h"
#include "search/index.h"
#include "search/lunr_part.h"
#include "search/relatives.h"

#define _(text) gettext(text)
#define BATCH 8 /* neighbours that one thread takes at a time */

/* What a thread keeps from task to task. */
struct worker {
	struct arena arena; /* of one page's data */
	struct text html;
	struct source_reader *reader;
	struct lunr_counter *counter;
};

struct run {
	const struct tasks_options *options;
	const struct site *site;
	struct view view;
	struct index_scope *indexes; /* the nation, then the regions */
	struct relatives *relatives; /* of the words of all indexes */
	struct slice module;	     /* address of the search module */
	struct catalogue_tool *tools;
	size_t tool_count;
	struct task *tasks;
	size_t start; /* of those that are under way */
	size_t count;
	size_t capacity;
	struct worker *workers;
	struct diags *diags;
	atomic_size_t pages;
	atomic_bool failed;
};

struct task {
	int (*make)(struct run *run, struct worker *worker, const struct task *task);
	size_t scope;
	size_t item;
	const struct variant *variant; /* that a redirect leads to */
	const struct made_kind *kind;
	struct slice address; /* of the redirect, or of what is made */
};

/* ---- Pages */

/* Renders the data and writes it as index.html at the page's address. */
static int tasks_write_page(struct run *run, struct worker *worker, const struct view_scope *scope,
	struct slice address, struct slice template, struct value *page)
{
	const struct value *context[] = {run->view.common, scope->values, page};
	struct text path = {0};
	int result;

	view_mark_lists(&worker->arena, page);
	text_clear(&worker->html);
	if (template_render(&worker->html, templates_get(run->options->templates, template),
		    context, ARRAY_LEN(context)) != 0)
		return -1;
	text_add(&path, view_address(&worker->arena, scope, address));
	text_puts(&path, "index.html");
	result = sink_write(
		run->options->sink, text_slice(&path), text_slice(&worker->html), run->diags);
	text_free(&path);
	atomic_fetch_add_explicit(&run->pages, 1, memory_order_relaxed);
	return result;
}

static int tasks_make_variant(struct run *run, struct worker *worker, const struct task *task)
{
	const struct view_scope *scope = &run->view.scopes[task->scope];
	const struct page *source = scope->variants[task->item]->page;
	struct value *page = view_variant(&worker->arena, &run->view, scope, task->item);

	if (source->address.size == 0)
		view_add_home(&worker->arena, page, &run->view, scope);
	else if (source->is_index && source->collection != NULL)
		view_add_collection(&worker->arena, page, &run->view, scope,
			(size_t)(source->collection - run->site->collections));
	return tasks_write_page(run, worker, scope, source->address,
		view_template(scope->variants[task->item]), page);
}

/* What the nation changed since the region saw it, below the region's page. */
static int tasks_make_difference(struct run *run, struct worker *worker, const struct task *task)
{
	const struct view_scope *scope = &run->view.scopes[task->scope];
	struct value *page =
		view_difference(&worker->arena, &run->view, scope, task->item, worker->reader);

	return tasks_write_page(run, worker, scope, value_text_at(value_at(page, "pagina"), "pad"),
		slice_of("verschil"), page);
}

/* All changes of a page. */
static int tasks_make_history(struct run *run, struct worker *worker, const struct task *task)
{
	const struct view_scope *scope = &run->view.scopes[task->scope];
	struct value *page =
		view_history(&worker->arena, &run->view, scope, task->item, worker->reader);

	return tasks_write_page(run, worker, scope, value_text_at(value_at(page, "pagina"), "pad"),
		slice_of("geschiedenis"), page);
}

/* A file of a kind that draaiboek makes by itself. */
static int tasks_make_made(struct run *run, struct worker *worker, const struct task *task)
{
	const struct view_scope *scope = &run->view.scopes[task->scope];
	struct made made = {task->kind, &run->view, scope, task->item};
	struct value *page = made_page(&worker->arena, &made);

	if (page != NULL) {
		struct value *regional = (struct value *)value_at(page, "in-regio-pad");

		/* Where the regions have no such page, their home page stands in for it. */
		made.scope = &run->view.scopes[run->view.scope_count - 1];
		if (regional != NULL && !made_has(&worker->arena, &made, task->address))
			regional->text = slice_of("");
		return tasks_write_page(
			run, worker, scope, task->address, slice_of(task->kind->template), page);
	}
	text_clear(&worker->html);
	made_write(&worker->html, &worker->arena, &made);
	return sink_write(run->options->sink, view_address(&worker->arena, scope, task->address),
		text_slice(&worker->html), run->diags);
}

static int tasks_make_redirect(struct run *run, struct worker *worker, const struct task *task)
{
	const struct view_scope *scope = &run->view.scopes[task->scope];

	return tasks_write_page(run, worker, scope, task->address, slice_of("doorverwijzing"),
		view_redirect(&worker->arena, &run->view, scope, task->address, task->variant));
}

static int tasks_make_missing(struct run *run, struct worker *worker, const struct task *task)
{
	const struct value *context[] = {run->view.common, run->view.scopes[0].values,
		view_missing(&worker->arena, &run->view)};

	(void)task;
	text_clear(&worker->html);
	if (template_render(&worker->html, templates_get(run->options->templates, slice_of("404")),
		    context, ARRAY_LEN(context)) != 0)
		return -1;
	return sink_write(
		run->options->sink, slice_of("404.html"), text_slice(&worker->html), run->diags);
}

/* ---- Search */

static int tasks_count_words(struct run *run, struct worker *worker, const struct task *task)
{
	index_count(&run->indexes[task->scope], task->item, worker->counter);
	return 0;
}

static int tasks_find_relatives(struct run *run, struct worker *worker, const struct task *task)
{
	(void)worker;
	relatives_find(run->relatives, task->item);
	return 0;
}

/* The item is a thread, whose counter no other uses then. */
static int tasks_relate_words(struct run *run, struct worker *worker, const struct task *task)
{
	(void)worker;
	index_relate(run->indexes, run->view.scope_count, run->workers[task->item].counter,
		run->relatives);
	return 0;
}

static int tasks_seal_index(struct run *run, struct worker *worker, const struct task *task)
{
	(void)worker;
	index_seal(&run->indexes[task->scope], NULL, run->relatives);
	return 0;
}

static struct search_files tasks_search_files(struct run *run, struct worker *worker)
{
	return (struct search_files){run->options->sink, &worker->html, run->diags};
}

static int tasks_make_index(struct run *run, struct worker *worker, const struct task *task)
{
	const struct search_files files = tasks_search_files(run, worker);

	(void)task;
	return search_files_index(&files, &run->indexes[0]);
}

static int tasks_make_shard(struct run *run, struct worker *worker, const struct task *task)
{
	const struct search_files files = tasks_search_files(run, worker);

	return search_files_shard(&files, &run->indexes[0], task->item);
}

static int tasks_make_words(struct run *run, struct worker *worker, const struct task *task)
{
	const struct search_files files = tasks_search_files(run, worker);

	return search_files_words(&files, &run->indexes[0], task->item);
}

static int tasks_make_outline(struct run *run, struct worker *worker, const struct task *task)
{
	const struct search_files files = tasks_search_files(run, worker);

	(void)task;
	return search_files_outline(&files, &run->indexes[0]);
}

static int tasks_make_region_index(struct run *run, struct worker *worker, const struct task *task)
{
	const struct search_files files = tasks_search_files(run, worker);

	return search_files_region(
		&files, &run->indexes[task->scope], &run->indexes[0], run->relatives);
}

static int tasks_make_documents(struct run *run, struct worker *worker, const struct task *task)
{
	const struct search_files files = tasks_search_files(run, worker);

	return search_files_documents(&files, &run->indexes[task->scope], task->item);
}

static bool tasks_has_terms(const struct run *run)
{
	return run->site->glossary.count + run->tool_count > 0;
}

static int tasks_make_terms(struct run *run, struct worker *worker, const struct task *task)
{
	const struct search_files files = tasks_search_files(run, worker);

	(void)task;
	return search_files_glossary(&files, &run->indexes[0], run->tools, run->tool_count);
}

static int tasks_make_manifest(struct run *run, struct worker *worker, const struct task *task)
{
	const struct search_files files = tasks_search_files(run, worker);

	(void)task;
	return search_files_manifest(
		&files, run->indexes, run->view.scope_count, run->module, tasks_has_terms(run));
}

/* ---- Feeds and files */

static int tasks_make_sitemap(struct run *run, struct worker *worker, const struct task *task)
{
	struct sitemap sitemap = {.view = &run->view,
		.templates = run->options->templates,
		.arena = &worker->arena,
		.buffer = &worker->html};

	(void)task;
	return sitemap_write(&sitemap, run->options->sink, run->diags);
}

/* robots.txt and security.txt; the second only when the site says whom to call. */
static int tasks_make_well_known(struct run *run, struct worker *worker, const struct task *task)
{
	(void)task;
	text_clear(&worker->html);
	feed_robots(&worker->html, run->site);
	if (sink_write(run->options->sink, slice_of("robots.txt"), text_slice(&worker->html),
		    run->diags) != 0)
		return -1;
	text_clear(&worker->html);
	feed_security(&worker->html, run->site);
	if (worker->html.size == 0)
		return 0;
	return sink_write(run->options->sink, slice_of(".well-known/security.txt"),
		text_slice(&worker->html), run->diags);
}

static int tasks_make_asset(struct run *run, struct worker *worker, const struct task *task)
{
	const struct asset *asset = &run->site->assets[task->item];

	if (source_read(&worker->html, worker->reader, asset->file, run->diags) != 0)
		return -1;
	return sink_write(
		run->options->sink, asset->address, text_slice(&worker->html), run->diags);
}

static int tasks_make_bundle(struct run *run, struct worker *worker, const struct task *task)
{
	const struct bundle_file *file = &run->options->bundle->files[task->item];

	(void)worker;
	return sink_write(run->options->sink, file->address, file->bytes, run->diags);
}

/* ---- The list */

static void tasks_add(struct run *run, struct task task)
{
	run->tasks = mem_grow(run->tasks, run->count, &run->capacity, sizeof(*run->tasks));
	run->tasks[run->count++] = task;
}

/* A region's own page stands where the nation had one: it stays, and no redirect takes its place.
 */
static bool tasks_has_own(const struct view_scope *scope, struct slice address)
{
	for (size_t i = 0; scope->region != NULL && i < scope->region->count; i++)
		if (scope->region->pages[i]->role == ROLE_REGIONAL &&
			slice_equal(scope->region->pages[i]->address, address))
			return true;
	return false;
}

static void tasks_add_redirects(struct run *run, size_t scope, const struct variant *variant)
{
	const struct value *list = value_at(variant->page->front, "oude-adressen");

	for (const struct value *item = list != NULL ? list->first : NULL; item != NULL;
		item = item->next) {
		struct slice address = item->text;

		if (address.size > 0 && address.data[address.size - 1] == '/')
			address.size--;
		address = links_address(&run->view.arena, address);
		if (!tasks_has_own(&run->view.scopes[scope], address))
			tasks_add(run, (struct task){.make = tasks_make_redirect,
					       .scope = scope,
					       .variant = variant,
					       .address = address});
	}
}

static void tasks_add_pages(struct run *run, size_t s)
{
	const struct view_scope *scope = &run->view.scopes[s];

	for (size_t v = 0; v < scope->count; v++) {
		tasks_add(run, (struct task){.make = tasks_make_variant, .scope = s, .item = v});
		if (view_has_difference(scope->variants[v]))
			tasks_add(
				run, (struct task){
					     .make = tasks_make_difference, .scope = s, .item = v});
		if (view_has_own_history(&run->view, scope, scope->variants[v]))
			tasks_add(run,
				(struct task){.make = tasks_make_history, .scope = s, .item = v});
		tasks_add_redirects(run, s, scope->variants[v]);
	}
}

/* What draaiboek makes by itself in the scope. */
static void tasks_add_made(struct run *run, size_t s)
{
	struct made made = {.view = &run->view, .scope = &run->view.scopes[s]};
	size_t count;
	const struct made_kind *kinds = made_kinds(&count);

	for (size_t k = 0; k < count; k++) {
		bool lacks =
			kinds[k].template != NULL &&
			templates_get(run->options->templates, slice_of(kinds[k].template)) == NULL;
		size_t most;

		made.kind = &kinds[k];
		most = lacks ? 0 : made_most(&made);
		for (made.item = 0; made.item < most; made.item++) {
			struct slice address = made_address(&run->view.arena, &made);

			if (address.data != NULL)
				tasks_add(run, (struct task){.make = tasks_make_made,
						       .scope = s,
						       .item = made.item,
						       .kind = made.kind,
						       .address = address});
		}
	}
}

static void tasks_add_items(struct run *run,
	int (*make)(struct run *run, struct worker *worker, const struct task *task), size_t scope,
	size_t count)
{
	for (size_t i = 0; i < count; i++)
		tasks_add(run, (struct task){.make = make, .scope = scope, .item = i});
}

/* The files of search that the nation's sealed index is needed for; the largest first. */
static void tasks_add_indexes(struct run *run)
{
	const struct index_scope *nation = &run->indexes[0];

	tasks_add(run, (struct task){.make = tasks_make_index});
	for (size_t s = 1; s < run->view.scope_count; s++)
		if (catalogue_has_files(&run->indexes[s]))
			tasks_add(run, (struct task){.make = tasks_make_region_index, .scope = s});
	tasks_add_items(
		run, tasks_make_shard, 0, nation->shards.count + nation->shards.split_count);
	tasks_add_items(run, tasks_make_words, 0, nation->words.file_count);
	tasks_add(run, (struct task){.make = tasks_make_outline});
}

static void tasks_list(struct run *run)
{
	for (size_t s = 0; s < run->view.scope_count; s++) {
		tasks_add_items(run, tasks_make_documents, s, run->indexes[s].chunk_count);
		tasks_add_pages(run, s);
		tasks_add_made(run, s);
	}
	run->tool_count =
		tools_find(&run->tools, &run->view.arena, &run->view, run->options->templates);
	if (tasks_has_terms(run))
		tasks_add(run, (struct task){.make = tasks_make_terms});
	tasks_add(run, (struct task){.make = tasks_make_manifest});
	tasks_add(run, (struct task){.make = tasks_make_missing});
	tasks_add(run, (struct task){.make = tasks_make_sitemap});
	tasks_add(run, (struct task){.make = tasks_make_well_known});
	for (size_t i = 0; i < run->site->asset_count; i++)
		if (run->site->assets[i].used)
			tasks_add(run, (struct task){.make = tasks_make_asset, .item = i});
	for (size_t i = 0; i < run->options->bundle->count; i++)
		tasks_add(run, (struct task){.make = tasks_make_bundle, .item = i});
}

static void tasks_work(void *context, size_t item, size_t thread)
{
	struct run *run = context;
	const struct task *task = &run->tasks[run->start + item];
	struct worker *worker = &run->workers[thread];

	if (atomic_load_explicit(&run->failed, memory_order_relaxed))
		return;
	if (task->make(run, worker, task) != 0)
		atomic_store(&run->failed, true);
	arena_reset(&worker->arena);
	progress_step(run->options->progress);
}

/* True when the theme has a template for each of the pages that compare. */
static bool tasks_can_compare(const struct templates *templates)
{
	static const char *const names[] = {"vergelijk", "vergelijk-overzicht", "vergelijk-regio"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (templates_get(templates, slice_of(names[i])) == NULL)
			return false;
	return true;
}

static int tasks_open(struct run *run)
{
	const struct tasks_options *options = run->options;

	view_open(&run->view, options->site, options->strings, options->bundle->names,
		options->preview);
	run->view.tells_changes =
		templates_get(options->templates, slice_of("geschiedenis")) != NULL;
	if (tasks_can_compare(options->templates))
		compare_open(&run->view);
	run->module = value_text_at(options->bundle->names, "js-search");
	run->indexes = mem_new(run->view.scope_count, sizeof(*run->indexes));
	for (size_t s = 0; s < run->view.scope_count; s++)
		index_open(&run->indexes[s], options->site, run->view.scopes[s].region,
			run->view.scopes[s].variants, run->view.scopes[s].count,
			s > 0 ? &run->indexes[0] : NULL);
	run->workers = mem_new(options->threads, sizeof(*run->workers));
	for (size_t t = 0; t < options->threads; t++) {
		run->workers[t].reader = options->readers[t];
		if (lunr_counter_new(&run->workers[t].counter, run->diags) != 0)
			return -1;
	}
	return 0;
}

static void tasks_close(struct run *run)
{
	for (size_t s = 0; s < run->view.scope_count; s++)
		index_close(&run->indexes[s]);
	for (size_t t = 0; t < run->options->threads; t++) {
		arena_free(&run->workers[t].arena);
		text_free(&run->workers[t].html);
		lunr_counter_free(run->workers[t].counter);
	}
	free(run->workers);
	free(run->indexes);
	free(run->tasks);
	relatives_free(run->relatives);
	view_close(&run->view);
}

/* Does the tasks that were added since the last call. */
static void tasks_do(struct run *run, size_t batch)
{
	pool_run(run->options->threads, run->count - run->start, batch, run, tasks_work);
	run->start = run->count;
}

/* The steps to an index: see search/index.h. Each wants all of the one before. */
static void tasks_prepare_search(struct run *run)
{
	size_t scopes = run->view.scope_count, threads = run->options->threads;
	struct lunr_counter **counters = mem_new(threads, sizeof(struct lunr_counter *));

	for (size_t s = 0; s < scopes; s++)
		tasks_add_items(run, tasks_count_words, s, run->indexes[s].runs);
	tasks_do(run, 1);
	for (size_t t = 0; t < threads; t++)
		counters[t] = run->workers[t].counter;
	run->relatives = relatives_new(counters, threads, run->options->compounds);
	free(counters);
	tasks_add_items(run, tasks_find_relatives, 0, relatives_runs(run->relatives));
	tasks_do(run, 1);
	tasks_add_items(run, tasks_relate_words, 0, threads);
	tasks_do(run, 1);
}

int tasks_run(size_t *pages, const struct tasks_options *options, struct diags *diags)
{
	struct run run = {.options = options, .site = options->site, .diags = diags};
	int result = tasks_open(&run);

	if (result == 0) {
		progress_phase(options->progress, _("indexing"), 0);
		tasks_prepare_search(&run);
		tasks_add(&run, (struct task){.make = tasks_seal_index});
		tasks_list(&run);
		progress_phase(options->progress, _("writing"), run.count - run.start);
		tasks_do(&run, BATCH);
		tasks_add_indexes(&run);
		progress_phase(options->progress, _("indexing"), run.count - run.start);
		tasks_do(&run, 1);
		*pages = atomic_load(&run.pages);
		result = atomic_load(&run.failed) ? -1 : 0;
	}
	tasks_close(&run);
	return result;
}
