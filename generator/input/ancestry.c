/*
 * A commit stands in the list before all that it builds on. Where no branch is open beside it, it
 * builds on all that follow: that is known of every commit at once, and in most repositories it is
 * nearly all there is to know. Between two such places the graph is walked, and the answers for the
 * commit asked about last are kept.
 */
#include "input/ancestry.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "input/commits.h"

#define NOWHERE SIZE_MAX

static bool has(const uint64_t *set, size_t at)
{
	return (set[at / 64] >> (at % 64) & 1) != 0;
}

static void put(uint64_t *set, size_t at)
{
	set[at / 64] |= UINT64_C(1) << (at % 64);
}

/*
 * Notes which commits are alone: when their turn comes, no other is waited for. What starts anew
 * further on (a second root) is waited for by whatever builds on it, so it is seen too.
 */
static void find_alone(struct ancestry *ancestry)
{
	const struct commits *commits = ancestry->commits;
	uint64_t *awaited = mem_new(commits->count / 64 + 1, sizeof(*awaited));
	size_t open = 0;

	for (size_t at = 0; at < commits->count; at++) {
		const struct commit *commit = &commits->list[at];

		open -= has(awaited, at);
		if (open == 0)
			put(ancestry->alone, at);
		for (size_t i = 0; i < commit->parent_count; i++) {
			size_t parent = commits->parents[commit->parents + i];

			open += !has(awaited, parent);
			put(awaited, parent);
		}
	}
	free(awaited);
}

void ancestry_open(struct ancestry *out, const struct commits *commits)
{
	size_t words = commits->count / 64 + 1;

	*out = (struct ancestry){.commits = commits,
		.alone = mem_new(words, sizeof(*out->alone)),
		.behind = mem_new(words, sizeof(*out->behind)),
		.of = NOWHERE,
		.stack = mem_new(commits->count + 1, sizeof(*out->stack))};
	find_alone(out);
}

void ancestry_close(struct ancestry *ancestry)
{
	free(ancestry->alone);
	free(ancestry->behind);
	free(ancestry->stack);
	*ancestry = (struct ancestry){0};
}

/* Finds what `of` builds on, up to the next commit that is alone. */
static void walk(struct ancestry *ancestry, size_t of)
{
	const struct commits *commits = ancestry->commits;
	size_t depth = 0;

	ancestry->of = of;
	ancestry->rest = false;
	ancestry->end = of + 1;
	while (ancestry->end < commits->count && !has(ancestry->alone, ancestry->end))
		ancestry->end++;
	memset(ancestry->behind, 0, (commits->count / 64 + 1) * sizeof(uint64_t));
	ancestry->stack[depth++] = of;
	while (depth > 0) {
		const struct commit *commit = &commits->list[ancestry->stack[--depth]];

		for (size_t i = 0; i < commit->parent_count; i++) {
			size_t parent = commits->parents[commit->parents + i];

			if (parent >= ancestry->end) {
				ancestry->rest = true;
			} else if (!has(ancestry->behind, parent)) {
				put(ancestry->behind, parent);
				ancestry->stack[depth++] = parent;
			}
		}
	}
}

bool ancestry_has(struct ancestry *ancestry, size_t of, size_t before)
{
	if (before <= of)
		return before == of;
	if (has(ancestry->alone, of))
		return true;
	if (ancestry->of != of)
		walk(ancestry, of);
	return before < ancestry->end ? has(ancestry->behind, before) : ancestry->rest;
}
