/*
 * The walk. With each commit goes the set of paths whose log comes by there: at first all of them
 * at the newest commit. From a commit every path goes on to the first parent that has the same
 * entry for it; a path that no parent has the same was changed here, and goes on to all of them.
 * Commits come after all that follow them, so a set is complete when its turn comes.
 *
 * That gives every path its changes. It also gives their order, as long as a path has one place at
 * a time: only behind a merge that changed it can it have several, and `git log` then takes the
 * latest by date. For those paths that is played again (play()), with what the walk noted.
 */
#include "input/history.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "input/changes.h"
#include "input/repository.h"
#include "input/source.h"

#define CHANGED UINT32_MAX

struct history {
	struct arena arena;
	struct map files; /* path → struct history_file */
	struct commits commits;
};

/* What became of a path at a commit, if it is not that it went on to the first parent. */
struct event {
	uint32_t path;
	uint32_t commit; /* its place in the list */
	uint32_t parent; /* CHANGED, or the number (from 1) of the parent that has the same */
	unsigned char blob[20];
};

struct walk {
	struct commits commits;
	struct changes changes;
	struct arena arena;  /* holds the paths, when there is a prefix */
	struct slice *paths; /* from the root of the repository */
	size_t path_count;
	size_t prefix;	      /* bytes of a path that come before the site */
	size_t words;	      /* of a set of paths */
	uint64_t **live;      /* by commit: the set of paths that come by; NULL: none */
	uint64_t *rest;	      /* scratch: the paths of a merge that found no parent yet */
	uint64_t *differ;     /* scratch: the ones that differ from one parent */
	struct event *events; /* by commit, later by path, and in it by commit */
	size_t event_count;
	size_t event_capacity;
	size_t *starts; /* by path: where its events start; one more than there are paths */
};

static bool has(const uint64_t *set, size_t path)
{
	return (set[path / 64] >> (path % 64) & 1) != 0;
}

static void put(uint64_t *set, size_t path)
{
	set[path / 64] |= UINT64_C(1) << (path % 64);
}

static void note(
	struct walk *walk, size_t path, size_t commit, uint32_t parent, const unsigned char *blob)
{
	struct event *event;

	walk->events = mem_grow(
		walk->events, walk->event_count, &walk->event_capacity, sizeof(*walk->events));
	event = &walk->events[walk->event_count++];
	*event = (struct event){(uint32_t)path, (uint32_t)commit, parent, {0}};
	if (blob != NULL)
		memcpy(event->blob, blob, sizeof(event->blob));
}

/* Lets the set come by a commit too. */
static void send(struct walk *walk, size_t commit, const uint64_t *set)
{
	if (walk->live[commit] == NULL)
		walk->live[commit] = mem_new(walk->words, sizeof(uint64_t));
	for (size_t i = 0; i < walk->words; i++)
		walk->live[commit][i] |= set[i];
}

/* A commit with one parent or none: all its paths go on together. */
static int pass_single(struct walk *walk, size_t at)
{
	const struct commit *commit = &walk->commits.list[at], *parent = NULL;
	struct changes *changes = &walk->changes;
	size_t next = 0;

	if (commit->parent_count > 0) {
		next = walk->commits.parents[commit->parents];
		parent = &walk->commits.list[next];
	}
	if (changes_find(changes, commit->tree, parent != NULL ? parent->tree : NULL) != 0)
		return -1;
	for (size_t i = 0; i < changes->count; i++)
		if (has(walk->live[at], changes->list[i].path))
			note(walk, changes->list[i].path, at, CHANGED, changes->list[i].id);
	if (parent == NULL)
		return 0;
	if (walk->live[next] == NULL) {
		walk->live[next] = walk->live[at];
		walk->live[at] = NULL;
	} else {
		send(walk, next, walk->live[at]);
	}
	return 0;
}

/* Sends on to parent `number` what is the same there; the rest stays. True when nothing stays. */
static bool pass_same(struct walk *walk, size_t at, size_t number)
{
	size_t next = walk->commits.parents[walk->commits.list[at].parents + number];
	uint64_t left = 0, sent = 0;

	memset(walk->differ, 0, walk->words * sizeof(uint64_t));
	for (size_t i = 0; i < walk->changes.count; i++)
		put(walk->differ, walk->changes.list[i].path);
	for (size_t i = 0; i < walk->words; i++) {
		uint64_t same = walk->rest[i] & ~walk->differ[i];

		walk->rest[i] &= walk->differ[i];
		walk->differ[i] = same;
		left |= walk->rest[i];
		sent |= same;
	}
	if (sent != 0)
		send(walk, next, walk->differ);
	for (size_t path = 0; number > 0 && path < walk->path_count; path++)
		if (has(walk->differ, path))
			note(walk, path, at, (uint32_t)number, NULL);
	return left == 0;
}

static int pass_merge(struct walk *walk, size_t at)
{
	const struct commit *commit = &walk->commits.list[at];
	struct changes *changes = &walk->changes;

	memcpy(walk->rest, walk->live[at], walk->words * sizeof(uint64_t));
	for (size_t i = 0; i < commit->parent_count; i++) {
		size_t next = walk->commits.parents[commit->parents + i];

		if (changes_find(changes, commit->tree, walk->commits.list[next].tree) != 0)
			return -1;
		if (pass_same(walk, at, i))
			return 0;
	}
	/* What is left differs from the last parent too, so it is among the changes found last. */
	for (size_t i = 0; i < changes->count; i++)
		if (has(walk->rest, changes->list[i].path))
			note(walk, changes->list[i].path, at, CHANGED, changes->list[i].id);
	for (size_t i = 0; i < commit->parent_count; i++)
		send(walk, walk->commits.parents[commit->parents + i], walk->rest);
	return 0;
}

static int run(struct walk *walk)
{
	size_t count = walk->commits.count;
	int status = 0;

	walk->words = walk->path_count / 64 + 1;
	walk->live = mem_new(count, sizeof(*walk->live));
	walk->rest = mem_new(walk->words, sizeof(uint64_t));
	walk->differ = mem_new(walk->words, sizeof(uint64_t));
	walk->live[0] = mem_new(walk->words, sizeof(uint64_t));
	for (size_t i = 0; i < walk->path_count; i++)
		put(walk->live[0], i);
	for (size_t i = 0; i < count && status == 0; i++) {
		if (walk->live[i] == NULL)
			continue;
		status = walk->commits.list[i].parent_count < 2 ? pass_single(walk, i)
								: pass_merge(walk, i);
		free(walk->live[i]);
		walk->live[i] = NULL;
	}
	return status;
}

/* Sorts the events by path; those of a path stay in order. */
static void group(struct walk *walk)
{
	struct event *sorted = mem_new(walk->event_count + 1, sizeof(*sorted));
	size_t *next;

	walk->starts = mem_new(walk->path_count + 1, sizeof(*walk->starts));
	next = mem_new(walk->path_count + 1, sizeof(*next));
	for (size_t i = 0; i < walk->event_count; i++)
		walk->starts[walk->events[i].path + 1]++;
	for (size_t i = 0; i < walk->path_count; i++)
		walk->starts[i + 1] += walk->starts[i];
	memcpy(next, walk->starts, walk->path_count * sizeof(*next));
	for (size_t i = 0; i < walk->event_count; i++)
		sorted[next[walk->events[i].path]++] = walk->events[i];
	free(next);
	free(walk->events);
	walk->events = sorted;
}

/* What playing a path's log takes. By commit: the last round that it was met in. */
struct play {
	uint32_t round;
	uint32_t *met;
	uint32_t *with_event;
	const struct event **event;
	size_t *queue; /* of commits; the next one is at the end */
	size_t queued;
	size_t capacity;
	struct event *order; /* the changes as they are met */
	size_t ordered;
	size_t order_capacity;
};

/* As git's commit_list_insert_by_date(): of two with one date, the one that came first is first. */
static void enqueue(struct play *play, const struct commits *commits, size_t commit)
{
	size_t at;

	if (play->met[commit] == play->round)
		return;
	play->met[commit] = play->round;
	play->queue = mem_grow(play->queue, play->queued, &play->capacity, sizeof(*play->queue));
	for (at = play->queued; at > 0; at--) {
		if (commits->list[play->queue[at - 1]].time < commits->list[commit].time)
			break;
		play->queue[at] = play->queue[at - 1];
	}
	play->queue[at] = commit;
	play->queued++;
}

static void visit(struct play *play, const struct walk *walk, size_t at)
{
	const struct commit *commit = &walk->commits.list[at];
	const size_t *parents = walk->commits.parents + commit->parents;
	const struct event *event = play->with_event[at] == play->round ? play->event[at] : NULL;

	if (event != NULL && event->parent == CHANGED) {
		play->order = mem_grow(
			play->order, play->ordered, &play->order_capacity, sizeof(*play->order));
		play->order[play->ordered++] = *event;
		for (size_t i = 0; i < commit->parent_count; i++)
			enqueue(play, &walk->commits, parents[i]);
	} else if (commit->parent_count > 0) {
		enqueue(play, &walk->commits, parents[event != NULL ? event->parent : 0]);
	}
}

/* Brings a path's events in the order of `git log`, from the first merge that changed it on. */
static void play(struct play *play, struct walk *walk, struct event *events, size_t count)
{
	size_t first = 0, changed = 0;

	while (first < count && (events[first].parent != CHANGED ||
					walk->commits.list[events[first].commit].parent_count < 2))
		first++;
	if (first == count)
		return;
	play->round++;
	play->queued = play->ordered = 0;
	for (size_t i = first; i < count; i++) {
		play->with_event[events[i].commit] = play->round;
		play->event[events[i].commit] = &events[i];
		changed += events[i].parent == CHANGED;
	}
	enqueue(play, &walk->commits, events[first].commit);
	while (play->queued > 0 && play->ordered < changed)
		visit(play, walk, play->queue[--play->queued]);
	assert(play->ordered == changed);
	for (size_t i = first, next = 0; i < count; i++)
		if (events[i].parent == CHANGED)
			events[i] = play->order[next++];
}

static void sort_all(struct walk *walk)
{
	size_t count = walk->commits.count;
	struct play state = {0};

	state.met = mem_new(count, sizeof(*state.met));
	state.with_event = mem_new(count, sizeof(*state.with_event));
	state.event = mem_new(count, sizeof(*state.event));
	for (size_t i = 0; i < walk->path_count; i++)
		play(&state, walk, walk->events + walk->starts[i],
			walk->starts[i + 1] - walk->starts[i]);
	free(state.met);
	free(state.with_event);
	free(state.event);
	free(state.queue);
	free(state.order);
}

/* Makes the record of one path; `described` has the commits that are known already, or NULL. */
static int keep_file(struct history *history, const struct walk *walk, size_t path,
	struct history_commit **described, struct diags *diags)
{
	struct arena *arena = &history->arena;
	struct slice prefixed = walk->paths[path];
	size_t start = walk->starts[path], end = walk->starts[path + 1], count = 0;
	struct history_file *file = arena_new(arena, 1, sizeof(*file));
	const struct history_commit **commits;
	unsigned char(*blobs)[20];

	for (size_t i = start; i < end; i++)
		count += walk->events[i].parent == CHANGED;
	if (count == 0)
		return 0;
	commits = arena_new(arena, count, sizeof(*commits));
	blobs = arena_new(arena, count, sizeof(*blobs));
	for (size_t i = start; i < end; i++) {
		const struct event *event = &walk->events[i];
		struct history_commit **commit = &described[event->commit];

		if (event->parent != CHANGED)
			continue;
		if (*commit == NULL) {
			*commit = arena_new(arena, 1, sizeof(**commit));
			if (commits_describe(
				    *commit, arena, &walk->commits, event->commit, diags) != 0)
				return -1;
		}
		commits[file->count] = *commit;
		memcpy(blobs[file->count++], event->blob, 20);
	}
	file->path = slice_keep(arena, slice_from(prefixed, walk->prefix));
	file->commits = commits;
	file->blobs = (const unsigned char(*)[20])blobs;
	map_set(&history->files, file->path, file);
	return 0;
}

static int keep_all(struct history *history, struct walk *walk, struct diags *diags)
{
	struct history_commit **described =
		mem_new(walk->commits.count, sizeof(struct history_commit *));
	int status = 0;

	for (size_t i = 0; i < walk->path_count && status == 0; i++)
		status = keep_file(history, walk, i, described, diags);
	free(described);
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
	walk->paths = mem_new(count + 1, sizeof(*walk->paths));
	for (size_t i = 0; i < count; i++) {
		if (slice_starts(files[i].path, "themes/"))
			continue;
		text_clear(&path);
		text_add(&path, prefix);
		text_add(&path, files[i].path);
		walk->paths[walk->path_count++] =
			prefix.size > 0 ? slice_keep(&walk->arena, text_slice(&path))
					: files[i].path;
	}
	text_free(&path);
}

static void free_walk(struct walk *walk)
{
	for (size_t i = 0; walk->live != NULL && i < walk->commits.count; i++)
		free(walk->live[i]);
	free(walk->live);
	commits_free(&walk->commits);
	changes_free(&walk->changes);
	arena_free(&walk->arena);
	free(walk->paths);
	free(walk->rest);
	free(walk->differ);
	free(walk->events);
	free(walk->starts);
}

static int read_all(struct history *history, const struct source *source, struct diags *diags)
{
	const struct repository *repository = source_repository(source);
	struct walk walk = {0};
	int status;

	list_paths(&walk, source);
	status = commits_read(&walk.commits, repository, source_commit(source), diags);
	if (status != 0)
		goto out;
	walk.changes.repository = repository;
	walk.changes.paths = walk.paths;
	walk.changes.path_count = walk.path_count;
	status = run(&walk);
	if (status != 0) {
		diag_add(diags, DIAG_HISTORY_DAMAGED, (struct place){.path = ""},
			repository_path(repository), (char *)NULL);
		goto out;
	}
	group(&walk);
	sort_all(&walk);
	status = keep_all(history, &walk, diags);
	history->commits = walk.commits;
	walk.commits = (struct commits){0};
out:
	free_walk(&walk);
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
