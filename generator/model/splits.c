/*
 * A map from words to lists of parts, or to "nee".
 */
#include "model/splits.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "language/compound.h"
#include "language/dutch.h"
#include "model/schema.h"

/* The word in lower case; false, with a message, when a text holds no such word. */
static bool splits_word(struct slice *out, struct arena *arena, struct slice written,
	struct place place, struct diags *diags)
{
	struct text lower = {0};
	bool good;

	dutch_lower(&lower, slice_trim(written));
	good = compound_is_word(text_slice(&lower));
	if (good) {
		*out = text_keep(arena, &lower);
	} else {
		text_clear(&lower);
		text_add(&lower, written);
		diag_add(diags, DIAG_SPLIT_WORD, place, lower.size > 0 ? lower.data : "",
			(char *)NULL);
	}
	text_free(&lower);
	return good;
}

/* True for a list of one to COMPOUND_NODES texts. */
static bool splits_is_list(const struct value *parts)
{
	if (parts->kind != VALUE_LIST || parts->count == 0 || parts->count > COMPOUND_NODES)
		return false;
	for (const struct value *part = parts->first; part != NULL; part = part->next)
		if (part->kind != VALUE_TEXT)
			return false;
	return true;
}

static bool splits_read_parts(struct split *split, struct arena *arena, const struct value *parts,
	const char *path, struct diags *diags)
{
	struct slice *words;
	bool good = true;

	if (slice_is(value_text(parts), "nee") || slice_is(value_text(parts), "false"))
		return true;
	if (!splits_is_list(parts)) {
		diag_add(diags, DIAG_SPLIT_PARTS, schema_place(path, parts), split->word.data,
			(char *)NULL);
		return false;
	}
	words = arena_new(arena, parts->count, sizeof(*words));
	for (const struct value *part = parts->first; part != NULL; part = part->next)
		if (!splits_word(&words[split->count++], arena, value_text(part),
			    schema_place(path, part), diags))
			good = false;
	split->parts = words;
	return good;
}

void splits_read(struct splits *out, struct arena *arena, const struct value *root,
	const char *path, struct diags *diags)
{
	if (!schema_check_file(root, "werkplek", path, diags))
		return;
	out->items = arena_new(arena, root->count, sizeof(*out->items));
	for (const struct value *item = root->first; item != NULL; item = item->next) {
		struct split split = {0};

		if (splits_word(
			    &split.word, arena, item->key, schema_key_place(path, item), diags) &&
			splits_read_parts(&split, arena, item, path, diags))
			out->items[out->count++] = split;
	}
}

void splits_apply(struct compounds *compounds, const struct splits *splits)
{
	for (size_t i = 0; i < splits->count; i++) {
		const struct split *split = &splits->items[i];

		compound_add_exception(compounds, split->word, split->parts, split->count);
	}
}
