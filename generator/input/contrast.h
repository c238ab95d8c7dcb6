/*
 * Two texts as one, in which what went and what came are marked: whole words and signs, in few and
 * long stretches rather than many short ones. For people to read.
 */
#ifndef DRAAIBOEK_CONTRAST_H
#define DRAAIBOEK_CONTRAST_H

#include <stddef.h>

#include "base/text.h"

struct arena;

enum contrast_kind { CONTRAST_SAME, CONTRAST_REMOVED, CONTRAST_ADDED };

struct contrast_part {
	enum contrast_kind kind;
	struct slice text; /* borrowed from the texts: of the newer one, unless it was removed */
};

struct contrast {
	struct contrast_part *parts; /* in the arena; no two neighbours of one kind */
	size_t count;
};

/*
 * Marks them: removed words come before the added ones in their place. Of a stretch in which hardly
 * a word stayed all is removed and all is added: to see both whole says more.
 */
void contrast_find(
	struct contrast *out, struct arena *arena, struct slice before, struct slice after);

#endif
