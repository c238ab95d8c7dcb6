/*
 * Which commits another one builds on. Dates cannot tell: a commit of last month is news to a
 * branch that it was merged into today.
 */
#ifndef DRAAIBOEK_ANCESTRY_H
#define DRAAIBOEK_ANCESTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct commits;

struct ancestry {
	const struct commits *commits; /* borrowed */
	uint64_t *alone;  /* by place: whether every commit further on in the list is behind it */
	uint64_t *behind; /* by place: the answers for commit `of`, up to the first that is alone */
	size_t of;
	size_t end; /* where those answers end: from there on all are behind it, or none */
	bool rest;
	size_t *stack; /* scratch */
};

void ancestry_open(struct ancestry *out, const struct commits *commits);
void ancestry_close(struct ancestry *ancestry);

/*
 * True when commit `of` builds on commit `before` (places in the list), or is it. Quick as long as
 * one asks about the same commit.
 */
bool ancestry_has(struct ancestry *ancestry, size_t of, size_t before);

#endif
