/*
 * Which changes are told, and what each is held against. Histories are in order already; of a page
 * and its adaptation they are merged by date.
 */
#include "model/chronicle.h"

#include <string.h>

#include "base/mem.h"
#include "input/history.h"
#include "model/overlay.h"
#include "model/page.h"

#define ANCHOR_FIGURES 10 /* of the commit's id */

struct slice chronicle_subject(const struct history_commit *commit, struct slice words)
{
	return commit->wide && words.size > 0 ? words : commit->subject;
}

bool chronicle_is_small(const struct history_commit *commit)
{
	return slice_starts(commit->subject, "klein:");
}

static const struct history_file *file_of(const struct page *page)
{
	return page != NULL ? page->history : NULL;
}

/* Appends a file's next change that is told, from `at` on, if there is one. */
static bool take(struct chronicle_change *out, const struct history_file *file, size_t *at)
{
	while (file != NULL && *at < file->change_count &&
		chronicle_is_small(file->changes[*at].commit))
		(*at)++;
	if (file == NULL || *at >= file->change_count)
		return false;
	*out = (struct chronicle_change){&file->changes[*at], file, *at, false};
	return true;
}

void chronicle_make(struct chronicle *out, struct arena *arena, const struct variant *variant)
{
	const struct history_file *page = file_of(variant->page);
	const struct history_file *adaptation = file_of(variant->adaptation);
	size_t most = (page != NULL ? page->change_count : 0) +
		      (adaptation != NULL ? adaptation->change_count : 0);
	struct chronicle_change next, own;
	size_t at = 0, own_at = 0;
	bool has, has_own;

	*out = (struct chronicle){.list = arena_new(arena, most, sizeof(*out->list))};
	while (has = take(&next, page, &at), has_own = take(&own, adaptation, &own_at),
		has || has_own) {
		if (has && (!has_own || next.change->commit->time > own.change->commit->time)) {
			out->list[out->count++] = next;
			at++;
		} else {
			own.adaptation = true;
			out->list[out->count++] = own;
			own_at++;
		}
	}
}

static bool is_same(const unsigned char *a, const unsigned char *b)
{
	return a != NULL && b != NULL && memcmp(a, b, 20) == 0;
}

/* The number of the change behind `from` that made the blob; the count when there is none. */
static size_t find_maker(const struct history_file *file, size_t from, const unsigned char *blob)
{
	size_t at = from + 1;

	while (at < file->change_count && !is_same(file->changes[at].after, blob))
		at++;
	return at < file->change_count ? at : file->change_count;
}

const unsigned char *chronicle_base(const struct chronicle_change *change)
{
	const struct history_file *file = change->file;
	const unsigned char *base = change->change->before;
	size_t at = change->number;

	while (base != NULL) {
		at = find_maker(file, at, base);
		if (at == file->change_count || !chronicle_is_small(file->changes[at].commit))
			break;
		base = file->changes[at].before;
	}
	return base;
}

const unsigned char *chronicle_before(
	const struct chronicle_change *change, const unsigned char *blob)
{
	const struct history_file *file = change->file;
	size_t at = find_maker(file, change->number, blob);

	return at < file->change_count ? file->changes[at].before : NULL;
}

void chronicle_anchor(struct text *out, const struct chronicle_change *change)
{
	text_puts(out, "w-");
	text_add(out, (struct slice){change->change->commit->id, ANCHOR_FIGURES});
	if (change->adaptation)
		text_puts(out, "-regio");
}

struct slice chronicle_address(struct arena *arena, struct slice page)
{
	struct text address = {0};

	text_add(&address, page);
	text_puts(&address, "geschiedenis/");
	return text_keep(arena, &address);
}
