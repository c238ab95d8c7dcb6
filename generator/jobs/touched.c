/*
 * Of each national page that the push changes and that regions have adapted, the old text is read
 * too, and each adaptation is planned on both. What the region's own file changes is its own
 * affair: only files that the push leaves alone are looked at.
 */
#include "jobs/touched.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"
#include "input/hub.h"
#include "input/source.h"
#include "input/yaml.h"
#include "jobs/build.h"
#include "jobs/push.h"
#include "jobs/verdict.h"
#include "model/overlay_plan.h"
#include "model/site.h"

#define _(text) gettext(text)

/* One message: what happened where, and the regions to which it did. */
struct touch {
	enum diag_code code;
	struct place place;
	const char *what;	     /* the heading, or the error */
	const char *heading;	     /* that may have taken its place; may be NULL */
	const char *id;		     /* for that heading; may be NULL */
	const struct region *region; /* the last one */
	size_t count;
	struct text names;
};

/* A national page as it was, and as it is. */
struct edit {
	const struct page *now;
	struct page before;
	struct text now_bytes;
	struct text before_bytes;
	struct arena arena;
};

struct work {
	const struct push *push;
	struct arena arena;
	struct touch *touches;
	size_t count;
	size_t capacity;
	struct map told; /* "path:line" of the errors that a touch stands for */
	struct diags *quiet;
};

static const char *keep(struct work *work, struct slice slice)
{
	return slice_keep(&work->arena, slice).data;
}

static bool same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Adds the region to the message that is like `touch`, which is made when there is none. */
static void add(struct work *work, const struct touch *touch, const struct region *region)
{
	struct touch *found = NULL;

	for (size_t i = 0; i < work->count && found == NULL; i++) {
		struct touch *other = &work->touches[i];

		if (other->code == touch->code && same(other->place.path, touch->place.path) &&
			same(other->what, touch->what) && same(other->id, touch->id))
			found = other;
	}
	if (found == NULL) {
		work->touches = mem_grow(
			work->touches, work->count, &work->capacity, sizeof(*work->touches));
		found = &work->touches[work->count++];
		*found = *touch;
	}
	if (found->region == region)
		return;
	text_puts(&found->names, found->count > 0 ? ", " : "");
	text_add(&found->names, region->name);
	found->region = region;
	found->count++;
}

/* ---- The texts of sections */

/* Where the line starts, counted from 1. */
static size_t line_start(struct slice bytes, unsigned line)
{
	size_t at = 0;

	while (line > 1 && at < bytes.size) {
		at += slice_find(slice_from(bytes, at), '\n');
		at += at < bytes.size ? 1 : 0;
		line--;
	}
	return at;
}

/* What stands below the heading of section `at`, deeper sections too, as the editor wrote it. */
static struct slice source_of(const struct text *bytes, const struct document *document, size_t at)
{
	struct slice all = text_slice(bytes);
	size_t behind = overlay_end(document->sections, document->count, at);
	size_t start = line_start(all, document->sections[at].line + 1);
	size_t end = behind < document->count ? line_start(all, document->sections[behind].line)
					      : all.size;

	return (struct slice){all.data + start, end > start ? end - start : 0};
}

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* True when the two differ in white space alone. */
static bool same_words(struct slice a, struct slice b)
{
	a = slice_trim(a);
	b = slice_trim(b);
	while (a.size > 0 && b.size > 0) {
		bool space = is_space(a.data[0]);

		if (space != is_space(b.data[0]) || (!space && a.data[0] != b.data[0]))
			return false;
		a = space ? slice_trim(a) : slice_from(a, 1);
		b = space ? slice_trim(b) : slice_from(b, 1);
	}
	return a.size == 0 && b.size == 0;
}

static bool is_changed(const struct edit *edit, size_t before, size_t now)
{
	const struct section *was = &edit->before.document.sections[before];
	const struct section *is = &edit->now->document.sections[now];

	return !slice_equal(was->title, is->title) ||
	       !same_words(source_of(&edit->before_bytes, &edit->before.document, before),
		       source_of(&edit->now_bytes, &edit->now->document, now));
}

/* ---- The heading that has taken the place of another */

/* The section of `document` that has this one's title or id, or 0. */
static size_t find_same(const struct document *document, const struct section *section)
{
	for (size_t i = 1; i < document->count; i++)
		if (slice_equal(document->sections[i].title, section->title) ||
			slice_equal(document->sections[i].id, section->id))
			return i;
	return 0;
}

/* True when the heading is new on the page, so that it may have taken another's place. */
static bool is_candidate(const struct edit *edit, size_t now)
{
	return find_same(&edit->before.document, &edit->now->document.sections[now]) == 0;
}

static size_t find_by_text(const struct edit *edit, size_t before)
{
	struct slice was = source_of(&edit->before_bytes, &edit->before.document, before);

	for (size_t i = 1; i < edit->now->document.count && slice_trim(was).size > 0; i++)
		if (is_candidate(edit, i) &&
			same_words(was, source_of(&edit->now_bytes, &edit->now->document, i)))
			return i;
	return 0;
}

static size_t find_by_title(const struct edit *edit, size_t before)
{
	const struct document *document = &edit->now->document;
	const char **titles = mem_new(document->count, sizeof(*titles));
	size_t *places = mem_new(document->count, sizeof(*places));
	size_t count = 0, found = 0;
	const char *nearest;

	for (size_t i = 1; i < document->count; i++)
		if (is_candidate(edit, i)) {
			titles[count] = document->sections[i].title.data;
			places[count++] = i;
		}
	nearest = diag_nearest(edit->before.document.sections[before].title.data, titles, count);
	for (size_t i = 0; i < count; i++)
		if (titles[i] == nearest)
			found = places[i];
	free(titles);
	free(places);
	return found;
}

/* The new heading of the same level behind what stood before the old one. */
static size_t find_by_place(const struct edit *edit, size_t before)
{
	const struct section *was = edit->before.document.sections;
	const struct document *document = &edit->now->document;
	size_t left = 0;

	for (size_t i = before - 1; i > 0 && left == 0; i--)
		left = find_same(document, &was[i]);
	for (size_t i = left + 1; i < document->count && is_candidate(edit, i); i++)
		if (document->sections[i].level == was[before].level)
			return i;
	return 0;
}

/* The section that has most likely taken the place of section `before`, or 0. */
static size_t find_likely(const struct edit *edit, size_t before)
{
	size_t found = find_by_text(edit, before);

	if (found == 0)
		found = find_by_title(edit, before);
	return found != 0 ? found : find_by_place(edit, before);
}

/* ---- One adaptation of a page that is edited */

/* The operation of the adaptation's section `first`, or NULL. */
static const struct overlay_operation *find_operation(const struct overlay_plan *plan, size_t first)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->operations[i].first == first)
			return &plan->operations[i];
	return NULL;
}

static void remember(struct work *work, const char *path, unsigned line)
{
	struct text key = {0};

	text_printf(&key, "%s:%u", path, line);
	(void)map_set(&work->told, slice_keep(&work->arena, text_slice(&key)), work);
	text_free(&key);
}

static bool is_told(const struct work *work, const struct diag *diag)
{
	struct text key = {0};
	bool is;

	text_printf(&key, "%s:%u", diag->place.path, diag->place.line);
	is = map_get(&work->told, text_slice(&key)) != NULL;
	text_free(&key);
	return is;
}

/* The id that brings the text back below the heading: what the adaptation names, as an id. */
static const char *wanted_id(
	struct work *work, const struct section *was, const struct section *own)
{
	struct text named = {0};
	const char *id;

	text_printf(&named, "#%s", was->id.data);
	if (!was->id_given || slice_search(own->title, text_slice(&named)) < own->title.size)
		id = keep(work, was->id);
	else
		id = NULL; /* it is named by a text that is not there any more */
	text_free(&named);
	return id;
}

/* The text `own` of an adaptation has lost the national section `before`. */
static void add_orphan(struct work *work, const struct edit *edit, const struct page *adaptation,
	size_t own, size_t before)
{
	const struct section *was = &edit->before.document.sections[before];
	const struct section *text = &adaptation->document.sections[own];
	size_t kept = find_same(&edit->now->document, was);
	size_t likely = kept > 0 ? kept : find_likely(edit, before);
	const struct section *is = &edit->now->document.sections[likely];
	struct touch touch = {.code = DIAG_TOUCH_HEADING,
		.place = {edit->now->file.data, likely > 0 ? is->line : 0, 0},
		.what = keep(work, was->title),
		.heading = keep(work, is->title),
		.id = wanted_id(work, was, text)};

	if (kept > 0 && slice_equal(is->title, was->title)) {
		touch.code = DIAG_TOUCH_TWICE;
	} else if (likely == 0) {
		touch.code = touch.id != NULL ? DIAG_TOUCH_LOST : DIAG_TOUCH_NAMELESS;
	} else if (is->id_given || touch.id == NULL) {
		touch.code = DIAG_TOUCH_NAMED;
		touch.id = keep(work, is->id);
	}
	add(work, &touch, adaptation->region);
	remember(work, adaptation->file.data, text->line);
}

static void compare_plans(struct work *work, const struct edit *edit, const struct page *adaptation)
{
	struct overlay_plan now, before;

	overlay_plan(&now, edit->now, adaptation, work->quiet);
	overlay_plan(&before, &edit->before, adaptation, work->quiet);
	for (size_t i = 0; i < now.orphan_count; i++) {
		const struct overlay_operation *was = find_operation(&before, now.orphans[i].first);

		if (was != NULL)
			add_orphan(work, edit, adaptation, was->first, was->target);
	}
	for (size_t i = 0; i < now.count; i++) {
		const struct overlay_operation *is = &now.operations[i];
		const struct overlay_operation *was = find_operation(&before, is->first);
		const struct section *section = &edit->now->document.sections[is->target];
		struct touch touch = {.code = DIAG_TOUCH_SECTION,
			.place = {edit->now->file.data, section->line, 0},
			.what = section->title.data};

		if (was != NULL && !work->push->small && is->verb != VERB_NEW_AFTER &&
			is->verb != VERB_NEW_BEFORE && is_changed(edit, was->target, is->target))
			add(work, &touch, adaptation->region);
	}
	free(now.operations);
	free(now.orphans);
	free(before.operations);
	free(before.orphans);
}

/* ---- Pages */

/* Reads the page as it was. False when it cannot be compared. */
static bool open_edit(struct edit *edit, struct work *work, const struct page *page)
{
	const struct reading *reading = &work->push->build->reading;
	const struct source_file *file = source_find(reading->source, page->file);
	struct slice front, body;
	unsigned line;
	char commit[41];

	*edit = (struct edit){.now = page, .before = {.file = page->file}};
	hub_digits(commit, work->push->before);
	return page->document.count > 0 &&
	       source_read_at(&edit->before_bytes, reading->readers[0], commit, page->file,
		       work->quiet) == 0 &&
	       source_read(&edit->now_bytes, reading->readers[0], file, work->quiet) == 0 &&
	       yaml_split(&front, &body, &line, text_slice(&edit->before_bytes), page->file.data,
		       work->quiet) == 0 &&
	       markdown_parse(&edit->before.document, &edit->arena, body, page->file.data, line, "",
		       NULL, work->quiet) == 0;
}

static void close_edit(struct edit *edit)
{
	text_free(&edit->before_bytes);
	text_free(&edit->now_bytes);
	arena_free(&edit->arena);
}

/* The adaptation that the region had of this page and still has; or NULL. */
static const struct variant *spared(
	const struct work *work, const struct region *region, const struct page *page)
{
	const struct variant *variant = region->variants[page->number];

	if (variant == NULL || variant->adaptation == NULL || variant->hidden != NULL ||
		push_changes(work->push, variant->adaptation->file))
		return NULL;
	return variant;
}

static void compare_page(struct work *work, const struct page *page)
{
	const struct site *site = &work->push->build->reading.site;
	struct edit edit;
	struct touch whole = {.code = DIAG_TOUCH_PAGE,
		.place = {page->file.data, 0, 0},
		.what = page->title.data};
	bool comparable = open_edit(&edit, work, page);

	for (size_t r = 0; r < site->region_count && comparable; r++) {
		const struct variant *variant = spared(work, &site->regions[r], page);

		if (variant == NULL)
			continue;
		if (variant->replaced && !work->push->small)
			add(work, &whole, &site->regions[r]);
		else if (!variant->replaced && variant->adaptation->document.count > 0)
			compare_plans(work, &edit, variant->adaptation);
	}
	close_edit(&edit);
}

static bool is_adapted(const struct site *site, const struct page *page)
{
	for (size_t r = 0; r < site->region_count; r++)
		if (site->regions[r].variants[page->number] != NULL)
			return true;
	return false;
}

/* A region's page that was an adaptation, of a national page that is gone. */
static void find_gone(struct work *work, const struct page *page)
{
	static const char *const tops[] = {"playbooks/", "content/"};
	struct slice rest;

	if (page->region == NULL || page->role == ROLE_ADAPTATION ||
		push_changes(work->push, page->file))
		return;
	rest = slice_from(page->file, strlen("content/regios/") + page->region->slug.size + 1);
	for (size_t i = 0; i < ARRAY_LEN(tops); i++) {
		struct text path = {0};
		struct touch touch = {.code = DIAG_TOUCH_GONE, .what = page->title.data};

		text_puts(&path, tops[i]);
		text_add(&path, rest);
		touch.place.path = keep(work, text_slice(&path));
		if (source_find(work->push->build->reading.source, text_slice(&path)) == NULL &&
			push_had(work->push, text_slice(&path))) {
			touch.what = touch.place.path;
			add(work, &touch, page->region);
		}
		text_free(&path);
	}
}

/* Errors in regions' files that no message has told of yet: equal ones together. */
static void find_errors(struct work *work, struct diags *diags, const struct verdict *verdict)
{
	const struct site *site = &work->push->build->reading.site;
	size_t count;
	const struct diag *all = diag_sorted(diags, &count);

	for (size_t i = 0; i < count; i++) {
		const struct page *page = map_get(&site->files, slice_of(all[i].place.path));
		struct touch touch = {.code = DIAG_TOUCH_ERROR, .what = all[i].text};
		struct text path = {0};

		if (all[i].level < DIAG_ERROR || verdict->shares[i] != VERDICT_REGIONAL ||
			page == NULL || is_told(work, &all[i]))
			continue;
		text_printf(&path, "content/regios/*%s",
			page->file.data + strlen("content/regios/") + page->region->slug.size);
		touch.place.path = keep(work, text_slice(&path));
		add(work, &touch, page->region);
		text_free(&path);
	}
}

/* ---- The messages */

static void say(struct diags *notes, const struct touch *touch)
{
	struct text regions = {0};

	if (touch->count == 1)
		text_puts(&regions, _("1 region"));
	else
		text_printf(&regions, _("%zu regions"), touch->count);
	diag_add(notes, touch->code, touch->place, touch->what, regions.data, touch->names.data,
		touch->heading != NULL ? touch->heading : "", touch->id != NULL ? touch->id : "",
		(char *)NULL);
	text_free(&regions);
}

void touched_find(struct diags *notes, const struct push *push, struct diags *diags,
	const struct verdict *verdict)
{
	const struct site *site = &push->build->reading.site;
	struct work work = {.push = push, .quiet = diag_new()};

	for (size_t i = 0; i < site->national_count && push->before != NULL; i++)
		if (is_adapted(site, site->national[i]) &&
			push_changes(push, site->national[i]->file))
			compare_page(&work, site->national[i]);
	for (size_t i = 0; i < site->page_count && push->before != NULL; i++)
		find_gone(&work, &site->pages[i]);
	find_errors(&work, diags, verdict);
	for (size_t i = 0; i < work.count; i++) {
		say(notes, &work.touches[i]);
		text_free(&work.touches[i].names);
	}
	free(work.touches);
	map_free(&work.told);
	arena_free(&work.arena);
	diag_free(work.quiet);
}
