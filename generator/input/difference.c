/*
 * libgit2's xdiff, handed one word a line. With no context each of its hunks is a stretch.
 */
#include "input/difference.h"

#include <assert.h>
#include <git2/diff.h>
#include <git2/global.h>
#include <stdlib.h>

#include "base/mem.h"

static void join(struct text *out, const struct slice *words, size_t count)
{
	size_t size = count;

	for (size_t i = 0; i < count; i++)
		size += words[i].size;
	text_reserve(out, size);
	for (size_t i = 0; i < count; i++) {
		assert(slice_find(words[i], '\n') == words[i].size);
		text_add(out, words[i]);
		text_byte(out, '\n');
	}
}

/* Of an empty side a hunk gives the line before it, else its first line; both from 1. */
static size_t place_of(int start, int count)
{
	return (size_t)(count > 0 ? start - 1 : start);
}

static int take_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *payload)
{
	struct difference *difference = payload;

	(void)delta;
	difference->list = mem_grow(difference->list, difference->count, &difference->capacity,
		sizeof(*difference->list));
	difference->list[difference->count++] = (struct difference_stretch){
		place_of(hunk->old_start, hunk->old_lines), (size_t)hunk->old_lines,
		place_of(hunk->new_start, hunk->new_lines), (size_t)hunk->new_lines};
	return 0;
}

int difference_find(struct difference *out, const struct slice *old, size_t old_count,
	const struct slice *new, size_t new_count)
{
	git_diff_options options;
	struct text from = {0}, to = {0};
	int status;

	out->count = 0;
	git_libgit2_init(); /* it counts: a repository need not be open */
	(void)git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.context_lines = 0;
	options.flags = GIT_DIFF_FORCE_TEXT;
	join(&from, old, old_count);
	join(&to, new, new_count);
	status = git_diff_buffers(from.data, from.size, NULL, to.data, to.size, NULL, &options,
		NULL, NULL, take_hunk, NULL, out);
	git_libgit2_shutdown();
	if (status != 0)
		out->count = 0;
	text_free(&from);
	text_free(&to);
	return status != 0 ? -1 : 0;
}

void difference_free(struct difference *difference)
{
	free(difference->list);
	*difference = (struct difference){0};
}
