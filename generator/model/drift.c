/*
 * What a region saw follows from two things: its last change to the adaptation, by which it saw all
 * that this commit builds on, and the date at `gezien`, by which it saw what was changed up to that
 * day. A commit that only sets that date is no change in the first sense: who writes that he looked
 * on 10 November did not see what came on the 12th, whenever he says so. Nor is one that only gives
 * the file another name: both pages are followed through their renames.
 *
 * For a page without news nothing is read. Only where a commit that is not small came since, the
 * versions before and behind it are parsed, to see whether it touched the section.
 */
#include "model/drift.h"

#include <string.h>

#include "base/mem.h"
#include "base/value.h"
#include "input/ancestry.h"
#include "input/commits.h"
#include "input/history.h"
#include "model/date.h"
#include "model/site.h"
#include "model/versions.h"

#define ID_SIZE 20
#define PARENTS 16 /* of a merge that are looked at; git itself makes none with more */

struct finder {
	const struct site *site;
	const struct commits *commits;
	struct versions versions;
	struct ancestry ancestry;
};

/* What the region saw of one page. */
struct sight {
	const struct history_commit *changed; /* the last change to the adaptation */
	int day;			      /* gezien, or DATE_NONE */
	const struct history_commit *said;    /* the commit that set it; NULL: in none yet */
	bool imported; /* the change is the first commit of all, and gezien is before it */
};

static const unsigned char nothing[ID_SIZE];

static bool same_id(const unsigned char *a, const unsigned char *b)
{
	return memcmp(a, b, ID_SIZE) == 0;
}

bool drift_is_small(const struct history_commit *commit)
{
	static const char mark[] = "klein:";

	if (commit->subject.size < sizeof(mark) - 1)
		return false;
	for (size_t i = 0; i < sizeof(mark) - 1; i++)
		if ((commit->subject.data[i] | 0x20) != (mark[i] | 0x20))
			return false;
	return true;
}

/* The blob of a change; zeroes for a file that is not there. */
static const unsigned char *blob_of(const unsigned char *id)
{
	return id != NULL ? id : nothing;
}

/*
 * Sets the blobs that a file was before its change number `at`, under the name that it had: one for
 * each parent, zeroes where there was no file. Returns their number; 0 when the repository cannot
 * tell.
 *
 * Up to the first merge the changes of a file follow each other; from there on they may be of
 * several branches, and only the commit's own parents can tell.
 */
static size_t find_before(unsigned char out[][ID_SIZE], struct finder *finder,
	const struct history_file *file, size_t at)
{
	const struct commits *commits = finder->commits;
	const struct commit *commit = &commits->list[file->changes[at].commit->place];
	bool straight = true;
	size_t count = 0;

	for (size_t i = 0; i <= at && straight; i++)
		straight = commits->list[file->changes[i].commit->place].parent_count < 2;
	if (straight || commit->parent_count == 0) {
		memcpy(out[0], straight ? blob_of(file->changes[at].before) : nothing, ID_SIZE);
		return 1;
	}
	for (; count < commit->parent_count && count < PARENTS; count++)
		if (versions_at(out[count], &finder->versions, file, &finder->ancestry,
			    commits->parents[commit->parents + count]) != 0)
			return 0;
	return count;
}

/* ---- What the region saw */

/* The line of the front matter that says `gezien`, and where it stands; empty when there is none.
 */
static struct slice seen_line(struct slice bytes)
{
	struct slice rest = bytes, line;
	bool first = true;

	while (slice_next_line(&line, &rest)) {
		struct slice trimmed = slice_trim(line);

		if (slice_starts(line, "gezien") &&
			slice_starts(slice_trim(slice_from(line, 6)), ":"))
			return line;
		if (!first && slice_is(trimmed, "---"))
			break;
		first = false;
	}
	return (struct slice){0};
}

/* True when two versions of an adaptation are the same but for the line that says `gezien`. */
static bool same_but_seen(struct slice a, struct slice b)
{
	struct slice line_a = seen_line(a), line_b = seen_line(b);
	struct text left = {0}, right = {0};
	struct slice part;
	bool same;

	for (struct slice rest = a; slice_next_line(&part, &rest);)
		if (line_a.size == 0 || part.data != line_a.data) {
			text_add(&left, part);
			text_byte(&left, '\n');
		}
	for (struct slice rest = b; slice_next_line(&part, &rest);)
		if (line_b.size == 0 || part.data != line_b.data) {
			text_add(&right, part);
			text_byte(&right, '\n');
		}
	same = slice_equal(text_slice(&left), text_slice(&right));
	text_free(&left);
	text_free(&right);
	return same;
}

/* True when change number `at` did something to the adaptation: more than move it or say `gezien`.
 */
static bool is_change(struct finder *finder, const struct history_file *file, size_t at, bool dated)
{
	const unsigned char *after = blob_of(file->changes[at].after);
	unsigned char before[PARENTS][ID_SIZE];
	size_t count = find_before(before, finder, file, at);

	for (size_t i = 0; i < count; i++) {
		if (same_id(before[i], after))
			return false;
		if (dated && !same_id(before[i], nothing) &&
			same_but_seen(versions_blob(&finder->versions, before[i])->bytes,
				versions_blob(&finder->versions, after)->bytes))
			return false;
	}
	return true;
}

/* The commit that wrote the line as it stands now; NULL when it is in none. */
static const struct history_commit *find_said(
	struct finder *finder, const struct page *adaptation, struct slice line)
{
	const struct history_file *file = adaptation->history;
	const struct history_commit *said = NULL;

	for (size_t i = 0; i < file->change_count; i++) {
		const unsigned char *blob = blob_of(file->changes[i].after);
		struct slice bytes = versions_blob(&finder->versions, blob)->bytes;

		if (!slice_equal(slice_trim(seen_line(bytes)), slice_trim(line)))
			break;
		said = file->changes[i].commit;
	}
	return said;
}

static void find_sight(struct sight *out, struct finder *finder, const struct page *adaptation)
{
	const struct history_file *file = adaptation->history;
	const struct commit *first;
	int day = DATE_NONE;
	size_t at = 0;

	(void)date_parse(&day, value_text_at(adaptation->front, "gezien"));
	while (at + 1 < file->change_count && !is_change(finder, file, at, day != DATE_NONE))
		at++;
	*out = (struct sight){.changed = file->changes[at].commit, .day = day};
	if (day == DATE_NONE)
		return;
	out->said = find_said(
		finder, adaptation, seen_line(versions_now(&finder->versions, adaptation)->bytes));
	first = &finder->commits->list[out->changed->place];
	out->imported = first->parent_count == 0 &&
			day < date_of_time(out->changed->time, out->changed->offset);
}

static bool was_before(
	struct finder *finder, const struct sight *sight, const struct history_commit *commit)
{
	return ancestry_has(&finder->ancestry, sight->changed->place, commit->place);
}

/* Nobody has seen a text on a day to come: what the date covers, its own commit must know. */
static bool was_dated(
	struct finder *finder, const struct sight *sight, const struct history_commit *commit)
{
	return sight->day != DATE_NONE &&
	       date_of_time(commit->time, commit->offset) <= sight->day &&
	       (sight->said == NULL ||
		       ancestry_has(&finder->ancestry, sight->said->place, commit->place));
}

/*
 * Sets the blob of the national page that the region saw. -1 when that cannot be known: no version
 * is there where the adaptation was changed, and the two do not come of one history.
 */
static int find_seen(unsigned char *out, struct finder *finder, const struct sight *sight,
	const struct history_file *national)
{
	const struct history_change *changes = national->changes;
	const struct history_commit *oldest = changes[national->change_count - 1].commit;

	for (size_t i = 0;
		i < national->change_count && !was_before(finder, sight, changes[i].commit); i++)
		if (was_dated(finder, sight, changes[i].commit)) {
			memcpy(out, blob_of(changes[i].after), ID_SIZE);
			return 0;
		}
	if (versions_at(out, &finder->versions, national, &finder->ancestry,
		    sight->changed->place) != 0)
		return -1;
	return !same_id(out, nothing) ||
			       ancestry_has(
				       &finder->ancestry, oldest->place, sight->changed->place) ||
			       was_before(finder, sight, oldest)
		       ? 0
		       : -1;
}

/* ---- What has changed since */

/* True when change number `at` of the page changed what the section says. */
static bool changed_section(struct finder *finder, const struct history_file *national, size_t at,
	const struct section *section)
{
	struct versions *versions = &finder->versions;
	const unsigned char *blob = blob_of(national->changes[at].after);
	unsigned char before[PARENTS][ID_SIZE];
	size_t count = find_before(before, finder, national, at);
	const struct document *after = versions_parse(versions, versions_blob(versions, blob));

	for (size_t i = 0; i < count; i++) {
		const struct document *document =
			versions_parse(versions, versions_blob(versions, before[i]));

		if (same_id(before[i], blob) ||
			(document != NULL && after != NULL &&
				slice_equal(versions_section(document, section),
					versions_section(after, section))))
			return false;
	}
	return true;
}

/* What the region has not seen, newest first: numbers of changes that are not small. */
static size_t list_news(size_t *out, struct finder *finder, const struct sight *sight,
	const struct history_file *national)
{
	size_t count = 0;

	for (size_t i = 0; i < national->change_count; i++) {
		const struct history_commit *commit = national->changes[i].commit;

		if (!drift_is_small(commit) && !was_before(finder, sight, commit) &&
			!was_dated(finder, sight, commit))
			out[count++] = i;
	}
	return count;
}

static void judge(struct finder *finder, struct adapted *adapted, const struct variant *variant,
	const unsigned char *seen, const size_t *news, size_t count)
{
	const struct history_file *national = variant->page->history;
	const struct section *section = &variant->page->document.sections[adapted->target];
	struct versions *versions = &finder->versions;
	const struct document *then = versions_parse(versions, versions_blob(versions, seen));
	const struct document *now =
		versions_parse(versions, versions_now(versions, variant->page));

	if (then != NULL && now != NULL &&
		slice_equal(versions_section(then, section), versions_section(now, section)))
		return;
	for (size_t i = 0; i < count; i++) {
		if (!changed_section(finder, national, news[i], section))
			continue;
		adapted->state = then == NULL ? DRIFT_UNKNOWN : DRIFT_CHANGED;
		adapted->commit = national->changes[news[i]].commit;
		memcpy(adapted->seen, seen, ID_SIZE);
		return;
	}
}

static bool has_drifted(const struct variant *variant)
{
	for (size_t i = 0; i < variant->adapted_count; i++)
		if (variant->adapted[i].state != DRIFT_CURRENT &&
			variant->adapted[i].state != DRIFT_ORPHAN)
			return true;
	return false;
}

static void set_all(struct variant *variant, enum drift_state from, enum drift_state to)
{
	for (size_t i = 0; i < variant->adapted_count; i++)
		if (variant->adapted[i].state == from)
			variant->adapted[i].state = to;
}

/* In a folder the file may stand otherwise than in its last commit: then it is being changed now.
 */
static bool is_being_changed(struct finder *finder, const struct page *adaptation)
{
	struct versions *versions = &finder->versions;

	return !same_but_seen(versions_blob(versions, adaptation->history->blobs[0])->bytes,
		versions_now(versions, adaptation)->bytes);
}

static void find_variant(struct finder *finder, struct variant *variant)
{
	const struct history_file *national = variant->page->history;
	const struct page *adaptation = variant->adaptation;
	unsigned char seen[ID_SIZE];
	struct sight sight;
	struct arena arena = {0};
	size_t *news, count;

	if (national == NULL || adaptation->history == NULL || variant->adapted_count == 0 ||
		variant->page->document.count == 0)
		return;
	find_sight(&sight, finder, adaptation);
	news = arena_new(&arena, national->change_count, sizeof(*news));
	count = list_news(news, finder, &sight, national);
	if (count > 0 && find_seen(seen, finder, &sight, national) != 0) {
		set_all(variant, DRIFT_CURRENT, DRIFT_UNKNOWN);
	} else if (count > 0) {
		for (size_t i = 0; i < variant->adapted_count; i++)
			if (variant->adapted[i].state == DRIFT_CURRENT)
				judge(finder, &variant->adapted[i], variant, seen, news, count);
	}
	if (sight.imported)
		set_all(variant, DRIFT_CURRENT, DRIFT_UNKNOWN);
	if (has_drifted(variant) && is_being_changed(finder, adaptation)) {
		set_all(variant, DRIFT_CHANGED, DRIFT_CURRENT);
		set_all(variant, DRIFT_UNKNOWN, DRIFT_CURRENT);
	}
	arena_free(&arena);
}

void drift_find(struct site *site, const struct history *history, struct source_reader *reader)
{
	struct finder finder = {.site = site, .commits = history_commits(history)};

	if (finder.commits->count == 0)
		return;
	versions_open(&finder.versions, site, reader, WORDING_EXACT);
	ancestry_open(&finder.ancestry, finder.commits);
	for (size_t r = 0; r < site->region_count; r++)
		for (size_t i = 0; i < site->national_count; i++)
			if (site->regions[r].variants[i] != NULL)
				find_variant(&finder, site->regions[r].variants[i]);
	ancestry_close(&finder.ancestry);
	versions_close(&finder.versions);
}
