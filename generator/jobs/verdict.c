/*
 * Errors of the old revision are counted by what they say, so that as many of the new ones are
 * taken for old: the second of two equal errors is brought when there was one before.
 */
#include "jobs/verdict.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"
#include "jobs/build.h"
#include "jobs/push.h"
#include "model/site.h"

/* The errors of the old revision. */
struct known {
	struct arena arena;
	struct map says;   /* what it says → size_t, how many are left */
	struct map places; /* where it stands */
};

/* Path, code and text; numbers, which are often those of lines, all look the same. */
static void write_says(struct text *out, const struct diag *diag)
{
	text_clear(out);
	text_printf(out, "%s\n%d\n", diag->place.path, (int)diag->code);
	for (const char *at = diag->text; *at != '\0'; at++) {
		bool digit = *at >= '0' && *at <= '9';

		if (!digit || at == diag->text || at[-1] < '0' || at[-1] > '9')
			text_byte(out, digit ? '0' : *at);
	}
}

static void write_place(struct text *out, const struct diag *diag)
{
	text_clear(out);
	text_printf(out, "%s\n%d\n%u:%u", diag->place.path, (int)diag->code, diag->place.line,
		diag->place.column);
}

static void learn(struct known *known, const struct diag *diag)
{
	struct text key = {0};
	size_t *left;

	write_says(&key, diag);
	left = map_get(&known->says, text_slice(&key));
	if (left == NULL) {
		left = arena_new(&known->arena, 1, sizeof(*left));
		(void)map_set(&known->says, slice_keep(&known->arena, text_slice(&key)), left);
	}
	(*left)++;
	write_place(&key, diag);
	(void)map_set(&known->places, slice_keep(&known->arena, text_slice(&key)), known);
	text_free(&key);
}

static bool is_known(struct known *known, const struct diag *diag, bool changed)
{
	struct text key = {0};
	size_t *left;
	bool is;

	write_says(&key, diag);
	left = map_get(&known->says, text_slice(&key));
	is = left != NULL && *left > 0;
	if (is)
		(*left)--;
	write_place(&key, diag);
	is = is || (!changed && map_get(&known->places, text_slice(&key)) != NULL);
	text_free(&key);
	return is;
}

/* True for what only the national page can have brought about: the adaptation is as it was. */
static bool is_of_overlay(enum diag_code code)
{
	return code >= DIAG_OVERLAY_INTRO && code <= DIAG_OVERLAY_UNUSED;
}

static enum verdict_share share_of(
	struct known *known, const struct push *push, const struct diag *diag)
{
	struct slice path = slice_of(diag->place.path);
	const struct page *page = map_get(&push->build->reading.site.files, path);
	bool changed = push_changes(push, path);

	if (diag->level == DIAG_FATAL)
		return VERDICT_BROUGHT;
	if (is_known(known, diag, changed))
		return VERDICT_FOUND;
	if (!changed && page != NULL && page->region != NULL &&
		(is_of_overlay(diag->code) || push_spares(push, page->region)))
		return VERDICT_REGIONAL;
	return VERDICT_BROUGHT;
}

void verdict_make(
	struct verdict *out, const struct push *push, struct diags *diags, struct diags *before)
{
	struct verdict verdict = {0};
	struct known known = {0};
	size_t count = 0;
	const struct diag *all = before != NULL ? diag_sorted(before, &count) : NULL;

	for (size_t i = 0; i < count; i++)
		if (all[i].level == DIAG_ERROR)
			learn(&known, &all[i]);
	all = diag_sorted(diags, &count);
	verdict.shares = mem_new(count, sizeof(*verdict.shares));
	for (size_t i = 0; i < count; i++) {
		if (all[i].level < DIAG_ERROR)
			continue;
		verdict.shares[i] = share_of(&known, push, &all[i]);
		verdict.counts[verdict.shares[i]]++;
	}
	map_free(&known.says);
	map_free(&known.places);
	arena_free(&known.arena);
	*out = verdict;
}

void verdict_free(struct verdict *verdict)
{
	free(verdict->shares);
	*verdict = (struct verdict){0};
}
