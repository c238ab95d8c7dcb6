/*
 * A trail's log as git plays it: from a queue of commits the latest by date is taken, over and
 * over. Its order differs from that of the walk only behind a merge that changed the trail.
 */
#include "input/replay.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "input/walk.h"

/* What playing a trail's log takes. By commit: the last round that it was met in. */
struct play {
	uint32_t round;
	uint32_t *met;
	uint32_t *with_event;
	const struct walk_event **event;
	size_t *queue; /* of commits; the next one is at the end */
	size_t queued;
	size_t capacity;
	struct walk_event *order; /* the changes as they are met */
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
	const struct walk_event *event =
		play->with_event[at] == play->round ? play->event[at] : NULL;

	if (event != NULL && event->parent == WALK_CHANGED) {
		play->order = mem_grow(
			play->order, play->ordered, &play->order_capacity, sizeof(*play->order));
		play->order[play->ordered++] = *event;
		for (size_t i = 0; i < commit->parent_count; i++)
			enqueue(play, &walk->commits, parents[i]);
	} else if (commit->parent_count > 0) {
		enqueue(play, &walk->commits, parents[event != NULL ? event->parent : 0]);
	}
}

/* Brings a trail's events in the order of `git log`, from the first merge that changed it on. */
static void play(struct play *play, struct walk *walk, struct walk_event *events, size_t count)
{
	size_t first = 0, changed = 0;

	while (first < count && (events[first].parent != WALK_CHANGED ||
					walk->commits.list[events[first].commit].parent_count < 2))
		first++;
	if (first == count)
		return;
	play->round++;
	play->queued = play->ordered = 0;
	for (size_t i = first; i < count; i++) {
		play->with_event[events[i].commit] = play->round;
		play->event[events[i].commit] = &events[i];
		changed += events[i].parent == WALK_CHANGED;
	}
	enqueue(play, &walk->commits, events[first].commit);
	while (play->queued > 0 && play->ordered < changed)
		visit(play, walk, play->queue[--play->queued]);
	assert(play->ordered == changed);
	for (size_t i = first, next = 0; i < count; i++)
		if (events[i].parent == WALK_CHANGED)
			events[i] = play->order[next++];
}

void replay(struct walk *walk)
{
	size_t count = walk->commits.count;
	struct play state = {0};

	state.met = mem_new(count, sizeof(*state.met));
	state.with_event = mem_new(count, sizeof(*state.with_event));
	state.event = mem_new(count, sizeof(*state.event));
	for (size_t i = 0; i < walk->trail_count; i++)
		play(&state, walk, walk->events + walk->starts[i],
			walk->starts[i + 1] - walk->starts[i]);
	free(state.met);
	free(state.with_event);
	free(state.event);
	free(state.queue);
	free(state.order);
}
