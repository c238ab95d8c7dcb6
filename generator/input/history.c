/*
 * Who changed what when, of every file: what the walk noted, put in the order of `git log`, with
 * the commits described.
 */
#include "input/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "input/replay.h"
#include "input/repository.h"
#include "input/source.h"
#include "input/walk.h"

struct history {
	struct arena arena;
	struct map files; /* path → struct history_file */
	struct commits commits;
};

/* What making the records takes. */
struct record {
	struct history *history;
	const struct walk *walk;
	struct diags *diags;
	struct history_commit **described; /* by commit; NULL: not yet */
};

/* The trail's path within the site, in the arena; each trail is kept once. */
static struct slice keep_path(struct record *record, const struct walk_trail *trail)
{
	return slice_keep(&record->history->arena, slice_from(trail->path, record->walk->prefix));
}

static const struct history_commit *describe(struct record *record, size_t commit)
{
	struct history_commit **known = &record->described[commit];
	struct arena *arena = &record->history->arena;
	struct history_commit *made;

	if (*known != NULL)
		return *known;
	made = arena_new(arena, 1, sizeof(*made));
	if (commits_describe(made, arena, &record->walk->commits, commit,
		    record->walk->renames.prefix, record->diags) != 0)
		return NULL;
	return *known = made;
}

/* ---- With the paths of before */

/* Events of several trails, as they grow. */
struct line {
	const struct walk_event **list;
	size_t count;
	size_t capacity;
};

static void add_event(struct line *line, const struct walk_event *event)
{
	line->list = mem_grow(line->list, line->count, &line->capacity, sizeof(*line->list));
	line->list[line->count++] = event;
}

/* True when a merge changed the trail of which one side went on with the path of before. */
static bool is_forked(const struct line *line)
{
	for (size_t i = 0; i < line->count; i++)
		if (line->list[i]->source != WALK_NONE && !line->list[i]->added)
			return true;
	return false;
}

/* Puts a second line behind the first; by date where they ran beside each other. */
static void append(struct line *out, const struct walk *walk, const struct line *other)
{
	const struct commit *commits = walk->commits.list;
	struct line own = *out;
	bool forked = is_forked(&own);
	size_t i = 0, j = 0;

	*out = (struct line){0};
	while (i < own.count || j < other->count) {
		bool mine = j == other->count ||
			    (i < own.count &&
				    (!forked || commits[own.list[i]->commit].time >=
							commits[other->list[j]->commit].time));

		/* A merge may lead to one commit by both names. */
		if (i < own.count && j < other->count &&
			own.list[i]->commit == other->list[j]->commit)
			j++;
		add_event(out, mine ? own.list[i++] : other->list[j++]);
	}
	free(own.list);
}

/* True when one of the events before has the same source. */
static bool is_known_source(const struct line *line, size_t event)
{
	for (size_t i = 0; i < event; i++)
		if (line->list[i]->source == line->list[event]->source)
			return true;
	return false;
}

/*
 * The changes of a trail and of what it was before. Where a file was added that had another path,
 * that is its beginning: what had this path earlier was another file.
 */
static void gather(struct line *out, const struct walk *walk, uint32_t trail)
{
	struct line own = {0}, sources = {0};

	for (size_t i = walk->starts[trail]; i < walk->starts[trail + 1]; i++) {
		const struct walk_event *event = &walk->events[i];

		if (event->parent != WALK_CHANGED)
			continue;
		add_event(&own, event);
		if (event->source != WALK_NONE)
			add_event(&sources, event);
		if (event->added && event->source != WALK_NONE)
			break;
	}
	*out = own;
	for (size_t i = 0; i < sources.count; i++) {
		struct line other;

		if (is_known_source(&sources, i))
			continue;
		gather(&other, walk, sources.list[i]->source);
		append(out, walk, &other);
		free(other.list);
	}
	free(sources.list);
}

static const unsigned char *keep_id(struct arena *arena, const unsigned char *id)
{
	static const unsigned char none[20];
	unsigned char *kept;

	if (memcmp(id, none, 20) == 0)
		return NULL;
	kept = arena_new(arena, 1, 20);
	memcpy(kept, id, 20);
	return kept;
}

static int keep_changes(struct record *record, struct history_file *file, uint32_t trail)
{
	struct arena *arena = &record->history->arena;
	const struct walk *walk = record->walk;
	struct history_change *changes;
	struct line line = {0};
	int status = 0;

	gather(&line, walk, trail);
	changes = arena_new(arena, line.count, sizeof(*changes));
	for (size_t i = 0; i < line.count && status == 0; i++) {
		const struct walk_event *event = line.list[i];
		struct history_change *change = &changes[i];
		bool follows = i > 0 && line.list[i - 1]->trail == event->trail;

		change->commit = describe(record, event->commit);
		status = change->commit != NULL ? 0 : -1;
		change->path = event->trail == trail ? file->path
			       : follows	     ? changes[i - 1].path
					 : keep_path(record, &walk->trails[event->trail]);
		change->after = keep_id(arena, event->blob);
		change->before = keep_id(arena, event->before);
		if (event->source != WALK_NONE && event->added)
			change->former = keep_path(record, &walk->trails[event->source]);
	}
	file->changes = changes;
	file->change_count = line.count;
	free(line.list);
	return status;
}

/* ---- A file */

/* Makes the record of the file that a trail started at. */
static int keep_file(struct record *record, uint32_t trail)
{
	struct arena *arena = &record->history->arena;
	const struct walk *walk = record->walk;
	size_t start = walk->starts[trail], end = walk->starts[trail + 1], count = 0;
	struct history_file *file;
	const struct history_commit **commits;
	unsigned char(*blobs)[20];

	for (size_t i = start; i < end; i++)
		count += walk->events[i].parent == WALK_CHANGED;
	if (count == 0)
		return 0;
	file = arena_new(arena, 1, sizeof(*file));
	commits = arena_new(arena, count, sizeof(*commits));
	blobs = arena_new(arena, count, sizeof(*blobs));
	for (size_t i = start; i < end; i++) {
		const struct walk_event *event = &walk->events[i];

		if (event->parent != WALK_CHANGED)
			continue;
		commits[file->count] = describe(record, event->commit);
		if (commits[file->count] == NULL)
			return -1;
		memcpy(blobs[file->count++], event->blob, 20);
	}
	file->path = keep_path(record, &walk->trails[trail]);
	file->commits = commits;
	file->blobs = (const unsigned char(*)[20])blobs;
	map_set(&record->history->files, file->path, file);
	return keep_changes(record, file, trail);
}

static int keep_all(
	struct history *history, const struct walk *walk, size_t files, struct diags *diags)
{
	struct record record = {history, walk, diags,
		mem_new(walk->commits.count, sizeof(struct history_commit *))};
	int status = 0;

	for (size_t i = 0; i < files && status == 0; i++)
		status = keep_file(&record, (uint32_t)i);
	free(record.described);
	return status;
}

/* Sets the paths that are followed: the pages, not the themes. */
static void list_paths(struct walk *walk, const struct source *source)
{
	struct slice prefix = source_prefix(source);
	struct text path = {0};
	size_t count;
	const struct source_file *files = source_files(source, &count);

	walk->prefix = prefix.size;
	walk->renames.prefix = prefix;
	for (size_t i = 0; i < count; i++) {
		if (slice_starts(files[i].path, "themes/"))
			continue;
		text_clear(&path);
		text_add(&path, prefix);
		text_add(&path, files[i].path);
		walk_add(walk, prefix.size > 0 ? slice_keep(&walk->arena, text_slice(&path))
					       : files[i].path);
	}
	text_free(&path);
}

static int read_all(struct history *history, const struct source *source, struct diags *diags)
{
	const struct repository *repository = source_repository(source);
	struct walk walk = {0};
	size_t files;
	int status;

	list_paths(&walk, source);
	files = walk.trail_count;
	status = commits_read(&walk.commits, repository, source_commit(source), diags);
	if (status != 0)
		goto out;
	status = walk_run(&walk);
	if (status != 0) {
		diag_add(diags, DIAG_HISTORY_DAMAGED, (struct place){.path = ""},
			repository_path(repository), (char *)NULL);
		goto out;
	}
	replay(&walk);
	status = keep_all(history, &walk, files, diags);
	history->commits = walk.commits;
	walk.commits = (struct commits){0};
out:
	walk_free(&walk);
	return status;
}

int history_read(struct history **out, const struct source *source, struct diags *diags)
{
	const struct repository *repository = source_repository(source);
	struct history *history;
	int status = 0;

	if (repository != NULL && repository_is_shallow(repository)) {
		diag_add(diags, DIAG_GIT_SHALLOW, (struct place){.path = ""},
			repository_path(repository), (char *)NULL);
		return -1;
	}
	history = mem_new(1, sizeof(*history));
	if (repository != NULL) {
		repository_check_ids(false);
		status = read_all(history, source, diags);
		repository_check_ids(true);
	}
	if (status != 0) {
		history_free(history);
		return -1;
	}
	*out = history;
	return 0;
}

void history_free(struct history *history)
{
	if (history == NULL)
		return;
	arena_free(&history->arena);
	map_free(&history->files);
	commits_free(&history->commits);
	free(history);
}

const struct history_file *history_find(const struct history *history, struct slice path)
{
	return map_get(&history->files, path);
}

const struct commits *history_commits(const struct history *history)
{
	return &history->commits;
}
