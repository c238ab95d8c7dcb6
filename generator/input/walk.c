/*
 * With each commit goes the set of trails that come by there: at first all of them at the newest
 * commit. From a commit every trail goes on to the first parent that has the same entry for its
 * path; one that no parent has the same was changed here, and goes on to all of them. Commits come
 * after all that follow them, so a set is complete when its turn comes. Where a file was added that
 * had another path before, a trail for that path joins the set of the parent.
 *
 * That gives every trail its changes. It also gives their order, as long as a trail has one place
 * at a time: only behind a merge that changed it can it have several, and `git log` then takes the
 * latest by date. For those input/replay plays it again, with what the walk noted.
 */
#include "input/walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "input/repository.h"

#define MOST_RENAMINGS 100 /* of one file */

static const unsigned char no_blob[20];

/* ---- Sets of trails */

static bool has(const uint64_t *set, size_t trail)
{
	return (set[trail / 64] >> (trail % 64) & 1) != 0;
}

static void put(uint64_t *set, size_t trail)
{
	set[trail / 64] |= UINT64_C(1) << (trail % 64);
}

static uint64_t *widen(uint64_t *set, size_t from, size_t to)
{
	set = mem_resize(set, to, sizeof(*set));
	memset(set + from, 0, (to - from) * sizeof(*set));
	return set;
}

/* Sees to it that every set has room for all trails. */
static void make_room(struct walk *walk)
{
	size_t words = walk->words, needed = walk->trail_count / 64 + 1;

	if (needed <= words)
		return;
	needed = needed > words * 2 ? needed : words * 2;
	for (size_t i = 0; i < walk->commits.count; i++)
		if (walk->live[i] != NULL)
			walk->live[i] = widen(walk->live[i], words, needed);
	walk->rest = widen(walk->rest, words, needed);
	walk->other = widen(walk->other, words, needed);
	walk->event_of = mem_resize(walk->event_of, needed * 64, sizeof(*walk->event_of));
	walk->words = needed;
}

/* Lets the set come by a commit too. */
static void send(struct walk *walk, size_t commit, const uint64_t *set)
{
	if (walk->live[commit] == NULL)
		walk->live[commit] = mem_new(walk->words, sizeof(uint64_t));
	for (size_t i = 0; i < walk->words; i++)
		walk->live[commit][i] |= set[i];
}

/* ---- Trails */

static uint32_t add_trail(struct walk *walk, struct slice path, unsigned renamings)
{
	walk->trails = mem_grow(
		walk->trails, walk->trail_count, &walk->trail_capacity, sizeof(*walk->trails));
	walk->trails[walk->trail_count] = (struct walk_trail){.path = path,
		.next = WALK_NONE,
		.first = WALK_NONE,
		.beside = WALK_NONE,
		.renamings = renamings};
	return (uint32_t)walk->trail_count++;
}

void walk_add(struct walk *walk, struct slice path)
{
	(void)add_trail(walk, path, 0);
}

static int compare_trails(const void *a, const void *b)
{
	const struct walk_trail *const *one = a, *const *two = b;

	return slice_compare((*one)->path, (*two)->path);
}

/* Gives a trail its place among the paths: `last` is the one that was placed before it, or NULL. */
static void place_trail(struct walk *walk, struct slice *paths, uint32_t *path_trails,
	size_t *count, uint32_t trail)
{
	struct walk_trail *placed = &walk->trails[trail];

	if (*count > 0 && slice_equal(paths[*count - 1], placed->path)) {
		placed->next = path_trails[*count - 1];
		path_trails[*count - 1] = trail;
		return;
	}
	paths[*count] = placed->path;
	path_trails[(*count)++] = trail;
}

/* Puts the trails from `first` on, which are new, behind their paths. */
static void index_trails(struct walk *walk, size_t first)
{
	size_t new_count = walk->trail_count - first, old_count = walk->changes.path_count;
	const struct walk_trail **new = mem_new(new_count + 1, sizeof(*new));
	struct slice *paths = mem_new(old_count + new_count + 1, sizeof(*paths));
	uint32_t *path_trails = mem_new(old_count + new_count + 1, sizeof(*path_trails));
	size_t count = 0, at = 0;

	for (size_t i = 0; i < new_count; i++)
		new[i] = &walk->trails[first + i];
	qsort(new, new_count, sizeof(*new), compare_trails);
	for (size_t i = 0; i < new_count; i++) {
		while (at < old_count && slice_compare(walk->paths[at], new[i]->path) <= 0) {
			paths[count] = walk->paths[at];
			path_trails[count++] = walk->path_trails[at++];
		}
		place_trail(walk, paths, path_trails, &count, (uint32_t)(new[i] - walk->trails));
	}
	for (; at < old_count; at++, count++) {
		paths[count] = walk->paths[at];
		path_trails[count] = walk->path_trails[at];
	}
	free(new);
	free(walk->paths);
	free(walk->path_trails);
	walk->paths = paths;
	walk->path_trails = path_trails;
	walk->changes.paths = paths;
	walk->changes.path_count = count;
}

/* The trail by which another goes on at the path that it had before; made when there is none. */
static uint32_t find_source(struct walk *walk, uint32_t trail, struct slice path)
{
	uint32_t found = walk->trails[trail].first;

	while (found != WALK_NONE && !slice_equal(walk->trails[found].path, path))
		found = walk->trails[found].beside;
	if (found != WALK_NONE)
		return found;
	found = add_trail(walk, path, walk->trails[trail].renamings + 1);
	walk->trails[found].beside = walk->trails[trail].first;
	walk->trails[trail].first = found;
	return found;
}

/* ---- Events */

static struct walk_event *note(struct walk *walk, size_t trail, size_t commit, uint32_t parent)
{
	struct walk_event *event;

	walk->events = mem_grow(
		walk->events, walk->event_count, &walk->event_capacity, sizeof(*walk->events));
	walk->event_of[trail] = (uint32_t)walk->event_count;
	event = &walk->events[walk->event_count++];
	*event = (struct walk_event){.trail = (uint32_t)trail,
		.commit = (uint32_t)commit,
		.parent = parent,
		.source = WALK_NONE,
		.added = true};
	return event;
}

/* Notes that a commit changed a trail: once, and for each parent what that had. */
static void note_change(struct walk *walk, size_t trail, size_t commit, const struct change *change,
	bool first_parent)
{
	struct walk_event *event = first_parent ? note(walk, trail, commit, WALK_CHANGED)
						: &walk->events[walk->event_of[trail]];

	memcpy(event->blob, change->id, sizeof(event->blob));
	if (event->added && memcmp(change->other, no_blob, 20) != 0) {
		memcpy(event->before, change->other, sizeof(event->before));
		event->added = false;
	}
}

/* Keeps in mind that a parent has no file where the commit has one. */
static void add_addition(struct walk *walk, const struct change *change)
{
	if (memcmp(change->other, no_blob, 20) != 0 || memcmp(change->id, no_blob, 20) == 0)
		return;
	walk->additions = mem_grow(walk->additions, walk->addition_count, &walk->addition_capacity,
		sizeof(*walk->additions));
	walk->additions[walk->addition_count++] = (struct addition){
		.path = walk->paths[change->path], .id = change->id, .number = change->path};
}

/* The trails that were changed at a commit. */
static const uint64_t *changed_set(const struct walk *walk, size_t at)
{
	return walk->commits.list[at].parent_count > 1 ? walk->rest : walk->live[at];
}

/* Puts the trails that go on at the source of an addition among the others. */
static void follow_addition(struct walk *walk, size_t at, const struct addition *addition)
{
	uint32_t trail = walk->path_trails[addition->number];

	for (; trail != WALK_NONE; trail = walk->trails[trail].next) {
		struct walk_event *event;
		uint32_t source;

		if (!has(changed_set(walk, at), trail) ||
			walk->trails[trail].renamings >= MOST_RENAMINGS)
			continue;
		source = find_source(walk, trail, addition->source);
		make_room(walk);
		put(walk->other, source);
		event = &walk->events[walk->event_of[trail]];
		if (event->source != WALK_NONE)
			continue;
		event->source = source;
		if (event->added)
			memcpy(event->before, addition->source_id, sizeof(event->before));
	}
}

/*
 * Finds what the files were before that a commit has and its parent `next` has not, and has the
 * trails of those come by there.
 */
static int follow(struct walk *walk, size_t at, size_t next)
{
	size_t first = walk->trail_count, count = walk->addition_count;

	walk->addition_count = 0;
	if (count == 0)
		return 0;
	if (renames_find(&walk->renames, walk->additions, count, walk->commits.list[at].tree,
		    walk->commits.list[next].tree) != 0)
		return -1;
	memset(walk->other, 0, walk->words * sizeof(uint64_t));
	for (size_t i = 0; i < count; i++)
		if (walk->additions[i].source.size > 0)
			follow_addition(walk, at, &walk->additions[i]);
	if (walk->trail_count > first)
		index_trails(walk, first);
	send(walk, next, walk->other);
	return 0;
}

/* Notes what changed between a commit and one of its parents. */
static void note_changes(struct walk *walk, size_t at, bool first_parent)
{
	const uint64_t *set = changed_set(walk, at);

	walk->addition_count = 0;
	for (size_t i = 0; i < walk->changes.count; i++) {
		const struct change *change = &walk->changes.list[i];
		uint32_t trail = walk->path_trails[change->path];
		bool any = false;

		for (; trail != WALK_NONE; trail = walk->trails[trail].next) {
			if (!has(set, trail))
				continue;
			note_change(walk, trail, at, change, first_parent);
			any = true;
		}
		if (any)
			add_addition(walk, change);
	}
}

/* ---- Commits */

/* A commit with one parent or none: all its trails go on together. */
static int pass_single(struct walk *walk, size_t at)
{
	const struct commit *commit = &walk->commits.list[at], *parent = NULL;
	size_t next = 0;

	if (commit->parent_count > 0) {
		next = walk->commits.parents[commit->parents];
		parent = &walk->commits.list[next];
	}
	if (changes_find(&walk->changes, commit->tree, parent != NULL ? parent->tree : NULL) != 0)
		return -1;
	note_changes(walk, at, true);
	if (parent == NULL)
		return 0;
	if (follow(walk, at, next) != 0)
		return -1;
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

	memset(walk->other, 0, walk->words * sizeof(uint64_t));
	for (size_t i = 0; i < walk->changes.count; i++)
		for (uint32_t trail = walk->path_trails[walk->changes.list[i].path];
			trail != WALK_NONE; trail = walk->trails[trail].next)
			put(walk->other, trail);
	for (size_t i = 0; i < walk->words; i++) {
		uint64_t same = walk->rest[i] & ~walk->other[i];

		walk->rest[i] &= walk->other[i];
		walk->other[i] = same;
		left |= walk->rest[i];
		sent |= same;
	}
	if (sent != 0)
		send(walk, next, walk->other);
	for (size_t trail = 0; number > 0 && sent != 0 && trail < walk->trail_count; trail++)
		if (has(walk->other, trail))
			(void)note(walk, trail, at, (uint32_t)number);
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
	/* What is left differs from every parent, from each in its own way. */
	for (size_t i = 0; i < commit->parent_count; i++) {
		size_t next = walk->commits.parents[commit->parents + i];

		if (changes_find(changes, commit->tree, walk->commits.list[next].tree) != 0)
			return -1;
		note_changes(walk, at, i == 0);
		if (follow(walk, at, next) != 0)
			return -1;
		send(walk, next, walk->rest);
	}
	return 0;
}

/* Sorts the events by trail; those of a trail stay in order. */
static void group(struct walk *walk)
{
	struct walk_event *sorted = mem_new(walk->event_count + 1, sizeof(*sorted));
	size_t *next;

	walk->starts = mem_new(walk->trail_count + 1, sizeof(*walk->starts));
	next = mem_new(walk->trail_count + 1, sizeof(*next));
	for (size_t i = 0; i < walk->event_count; i++)
		walk->starts[walk->events[i].trail + 1]++;
	for (size_t i = 0; i < walk->trail_count; i++)
		walk->starts[i + 1] += walk->starts[i];
	memcpy(next, walk->starts, walk->trail_count * sizeof(*next));
	for (size_t i = 0; i < walk->event_count; i++)
		sorted[next[walk->events[i].trail]++] = walk->events[i];
	free(next);
	free(walk->events);
	walk->events = sorted;
}

int walk_run(struct walk *walk)
{
	size_t count = walk->commits.count;
	int status = 0;

	walk->changes.repository = walk->renames.repository = walk->commits.repository;
	index_trails(walk, 0);
	walk->live = mem_new(count, sizeof(*walk->live));
	make_room(walk);
	walk->live[0] = mem_new(walk->words, sizeof(uint64_t));
	for (size_t i = 0; i < walk->trail_count; i++)
		put(walk->live[0], i);
	for (size_t i = 0; i < count && status == 0; i++) {
		if (walk->live[i] == NULL)
			continue;
		status = walk->commits.list[i].parent_count < 2 ? pass_single(walk, i)
								: pass_merge(walk, i);
		free(walk->live[i]);
		walk->live[i] = NULL;
	}
	group(walk);
	return status;
}

void walk_free(struct walk *walk)
{
	for (size_t i = 0; walk->live != NULL && i < walk->commits.count; i++)
		free(walk->live[i]);
	free(walk->live);
	commits_free(&walk->commits);
	changes_free(&walk->changes);
	renames_free(&walk->renames);
	arena_free(&walk->arena);
	free(walk->paths);
	free(walk->path_trails);
	free(walk->trails);
	free(walk->rest);
	free(walk->other);
	free(walk->event_of);
	free(walk->additions);
	free(walk->events);
	free(walk->starts);
}
