/*
 * In two steps: overlay_plan() reads the verbs of the adaptation and finds their targets,
 * overlay_emit() walks the national sections and puts the region's texts where they belong.
 */
#include "model/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/value.h"
#include "model/date.h"
#include "model/page.h"

enum verb { VERB_REPLACE, VERB_APPEND, VERB_PREPEND, VERB_NEW_AFTER, VERB_NEW_BEFORE, VERB_HIDE };

static const struct {
	const char *name;
	enum verb verb;
} verbs[] = {{"Vervang", VERB_REPLACE}, {"Vul aan", VERB_APPEND}, {"Zet vooraan", VERB_PREPEND},
	{"Nieuw na", VERB_NEW_AFTER}, {"Nieuw voor", VERB_NEW_BEFORE}, {"Verberg", VERB_HIDE}};

/* What one heading of the adaptation does. */
struct operation {
	enum verb verb;
	size_t target;	    /* number of a national section */
	size_t first;	    /* number of the adaptation's section with the verb */
	size_t end;	    /* behind its last deeper section */
	struct slice title; /* of a new section */
};

struct work {
	struct arena *arena;
	const struct page *page;
	const struct page *adaptation;
	const struct section *national;
	size_t national_count;
	const struct section *own;
	size_t own_count;
	struct operation *operations;
	size_t operation_count;
	struct map ids;
	struct variant *variant;
	size_t part_capacity;
	struct diags *diags;
	size_t errors;
};

/* The number behind the last section that belongs to section `at`: those deeper than it. */
static size_t overlay_end(const struct section *sections, size_t count, size_t at)
{
	size_t end = at + 1;

	while (end < count && sections[end].level > sections[at].level)
		end++;
	return end;
}

static struct place overlay_place(const struct work *work, size_t own)
{
	return (struct place){work->adaptation->file.data, work->own[own].line, 1};
}

/* Letters and digits in lower case, all else one space: "Wie belt?" is "wie belt". */
static void overlay_plain_title(struct text *out, struct slice title)
{
	struct text folded = {0};
	struct slice rest;

	unicode_fold(&folded, title);
	rest = text_slice(&folded);
	text_clear(out);
	while (rest.size > 0) {
		uint32_t point;
		size_t length = unicode_next(&point, rest);

		if (unicode_is_word(point))
			text_add(out, (struct slice){rest.data, length});
		else if (out->size > 0 && out->data[out->size - 1] != ' ')
			text_byte(out, ' ');
		rest = slice_from(rest, length);
	}
	while (out->size > 0 && out->data[out->size - 1] == ' ')
		out->size--;
	text_puts(out, "");
	text_free(&folded);
}

/* "'Wie neemt contact op?' (#contact)" of the nearest heading, or of all when none is near. */
static void overlay_candidates(struct text *out, const struct work *work, struct slice target)
{
	const char **names = mem_new(work->national_count * 2, sizeof(*names));
	struct slice name =
		target.size > 0 && target.data[0] == '#' ? slice_from(target, 1) : target;
	char *word = mem_copy(name.data, name.size);
	const char *nearest;

	for (size_t i = 1; i < work->national_count; i++) {
		names[2 * (i - 1)] = work->national[i].title.data;
		names[2 * (i - 1) + 1] = work->national[i].id.data;
	}
	nearest = diag_nearest(
		word, names, work->national_count > 0 ? 2 * (work->national_count - 1) : 0);
	for (size_t i = 1; i < work->national_count; i++) {
		const struct section *section = &work->national[i];

		if (nearest != NULL && nearest != section->title.data &&
			nearest != section->id.data)
			continue;
		if (out->size > 0)
			text_puts(out, ", ");
		text_printf(out, "\"%.*s\" (#%.*s)", (int)section->title.size, section->title.data,
			(int)section->id.size, section->id.data);
	}
	text_puts(out, out->size > 0 ? "" : "-");
	free(word);
	free(names);
}

static void overlay_target_error(
	struct work *work, enum diag_code code, size_t own, struct slice target)
{
	struct text candidates = {0};
	char *shown = mem_copy(target.data, target.size);

	overlay_candidates(&candidates, work, target);
	diag_add(work->diags, code, overlay_place(work, own), shown, candidates.data, (char *)NULL);
	text_free(&candidates);
	free(shown);
	work->errors++;
}

/* Finds the national section that `target` names. A message and false when it is not one. */
static bool overlay_find_target(size_t *out, struct work *work, size_t own, struct slice target)
{
	struct text wanted = {0}, title = {0};
	size_t found = 0;

	overlay_plain_title(&wanted, target);
	for (size_t i = 1; i < work->national_count; i++) {
		const struct section *section = &work->national[i];
		bool same;

		if (target.size > 0 && target.data[0] == '#') {
			same = slice_equal(section->id, slice_from(target, 1));
		} else {
			overlay_plain_title(&title, section->title);
			same = slice_equal(text_slice(&title), text_slice(&wanted));
		}
		if (same && found++ == 0)
			*out = i;
	}
	text_free(&wanted);
	text_free(&title);
	if (found != 1)
		overlay_target_error(work,
			found == 0 ? DIAG_OVERLAY_TARGET : DIAG_OVERLAY_AMBIGUOUS, own, target);
	return found == 1;
}

static bool overlay_error(struct work *work, enum diag_code code, size_t own, struct slice shown)
{
	char *copy = mem_copy(shown.data, shown.size);

	diag_add(work->diags, code, overlay_place(work, own), copy, (char *)NULL);
	free(copy);
	work->errors++;
	return false;
}

/* Reads "Verb: rest" of a heading. */
static bool overlay_read_verb(enum verb *verb, struct slice *rest, struct work *work, size_t own)
{
	struct slice title = work->own[own].title;
	size_t colon = slice_find(title, ':');
	const char *names[ARRAY_LEN(verbs)];
	struct text folded = {0};
	const char *nearest;
	char *word;

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		size_t length = strlen(verbs[i].name);
		bool takes_target =
			verbs[i].verb == VERB_NEW_AFTER || verbs[i].verb == VERB_NEW_BEFORE;
		bool ends = length < title.size &&
			    (takes_target ? title.data[length] == ' ' : title.data[length] == ':');

		names[i] = verbs[i].name;
		if (!ends)
			continue;
		text_clear(&folded);
		unicode_fold(&folded, (struct slice){title.data, length});
		word = mem_copy(verbs[i].name, length);
		word[0] = (char)(word[0] - 'A' + 'a');
		ends = slice_is(text_slice(&folded), word);
		free(word);
		if (ends) {
			*verb = verbs[i].verb;
			*rest = slice_trim(slice_from(title, length + 1));
			text_free(&folded);
			return true;
		}
	}
	text_free(&folded);
	word = mem_copy(title.data, colon);
	nearest = diag_nearest(word, names, ARRAY_LEN(verbs));
	diag_add(work->diags, DIAG_OVERLAY_VERB, overlay_place(work, own), word,
		nearest != NULL ? nearest
				: "Vervang, Vul aan, Zet vooraan, Nieuw na, Nieuw voor, Verberg",
		(char *)NULL);
	free(word);
	work->errors++;
	return false;
}

/*
 * "X: Titel" of a new section. X may hold colons itself, so every colon is tried: the first one
 * before which a heading is named wins.
 */
static bool overlay_split_new(struct operation *operation, struct work *work, struct slice rest)
{
	struct text wanted = {0}, title = {0};
	size_t first = slice_find(rest, ':');
	bool found = false;

	if (first == rest.size || slice_trim(slice_from(rest, first + 1)).size == 0) {
		return overlay_error(work, DIAG_OVERLAY_TITLE, operation->first,
			work->own[operation->first].title);
	}
	for (size_t at = first; !found && at < rest.size; at++) {
		if (rest.data[at] != ':')
			continue;
		overlay_plain_title(&wanted, (struct slice){rest.data, at});
		for (size_t i = 1; !found && i < work->national_count; i++) {
			overlay_plain_title(&title, work->national[i].title);
			found = slice_equal(text_slice(&title), text_slice(&wanted));
		}
		if (found)
			first = at;
	}
	text_free(&wanted);
	text_free(&title);
	operation->title = slice_trim(slice_from(rest, first + 1));
	return overlay_find_target(&operation->target, work, operation->first,
		slice_trim((struct slice){rest.data, first}));
}

/* A body of nothing: no text, no picture, no deeper section. */
static bool overlay_is_empty(const struct work *work, const struct operation *operation)
{
	return work->own[operation->first].count == 0 && operation->end == operation->first + 1;
}

/* True when one of the national sections from `first` to `end` is `vast`. */
static bool overlay_touches_fixed(const struct work *work, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if ((work->national[i].marks & SECTION_FIXED) != 0)
			return true;
	return false;
}

/* Rules for one operation by itself. */
static bool overlay_allows(struct work *work, const struct operation *operation)
{
	struct slice title = work->national[operation->target].title;
	size_t end = overlay_end(work->national, work->national_count, operation->target);
	bool takes_away = operation->verb == VERB_REPLACE || operation->verb == VERB_HIDE;

	if (operation->verb == VERB_PREPEND)
		end = operation->target + 1;
	if ((takes_away || operation->verb == VERB_PREPEND) &&
		overlay_touches_fixed(work, operation->target, end))
		return overlay_error(work, DIAG_OVERLAY_FIXED, operation->first, title);
	if (overlay_is_empty(work, operation))
		return overlay_error(work,
			operation->verb == VERB_HIDE ? DIAG_OVERLAY_REASON : DIAG_OVERLAY_EMPTY,
			operation->first, title);
	if ((operation->verb == VERB_PREPEND || operation->verb == VERB_HIDE) &&
		operation->end > operation->first + 1)
		return overlay_error(work, DIAG_OVERLAY_SUBHEADING, operation->first + 1, title);
	return true;
}

/* Rules for an operation beside the earlier ones: nothing is replaced or hidden twice. */
static bool overlay_agrees(struct work *work, const struct operation *operation)
{
	size_t end = overlay_end(work->national, work->national_count, operation->target);
	bool takes_away = operation->verb == VERB_REPLACE || operation->verb == VERB_HIDE;

	for (size_t i = 0; i < work->operation_count; i++) {
		const struct operation *earlier = &work->operations[i];
		size_t earlier_end =
			overlay_end(work->national, work->national_count, earlier->target);
		bool earlier_takes = earlier->verb == VERB_REPLACE || earlier->verb == VERB_HIDE;
		bool beside =
			operation->verb == VERB_NEW_AFTER || operation->verb == VERB_NEW_BEFORE;
		bool earlier_beside =
			earlier->verb == VERB_NEW_AFTER || earlier->verb == VERB_NEW_BEFORE;
		bool inside =
			operation->target >= earlier->target && operation->target < earlier_end;
		bool around = earlier->target >= operation->target && earlier->target < end;

		if (earlier_takes && inside && !(beside && operation->target == earlier->target))
			return overlay_error(work, DIAG_OVERLAY_TWICE, operation->first,
				work->national[operation->target].title);
		if (takes_away && around &&
			!(earlier_beside && operation->target == earlier->target))
			return overlay_error(work, DIAG_OVERLAY_TWICE, operation->first,
				work->national[operation->target].title);
	}
	return true;
}

/* Reads all headings of the adaptation. */
static void overlay_plan(struct work *work)
{
	const struct section *intro = &work->own[0];
	size_t own = 1;

	work->operations = mem_new(work->own_count, sizeof(*work->operations));
	if (work->own_count > 0 && intro->count > 0) {
		diag_add(work->diags, DIAG_OVERLAY_INTRO,
			(struct place){work->adaptation->file.data, intro->line, 0}, (char *)NULL);
		work->errors++;
	}
	while (own < work->own_count) {
		struct operation operation = {.first = own};
		struct slice rest;
		bool good;

		operation.end = overlay_end(work->own, work->own_count, own);
		if (work->own[own].level != 2) {
			(void)overlay_error(work, DIAG_OVERLAY_LEVEL, own, work->own[own].title);
			own = operation.end;
			continue;
		}
		good = overlay_read_verb(&operation.verb, &rest, work, own);
		own = operation.end;
		if (!good)
			continue;
		if (operation.verb == VERB_NEW_AFTER || operation.verb == VERB_NEW_BEFORE)
			good = overlay_split_new(&operation, work, rest);
		else
			good = overlay_find_target(&operation.target, work, operation.first, rest);
		if (good && overlay_allows(work, &operation) && overlay_agrees(work, &operation))
			work->operations[work->operation_count++] = operation;
	}
}

/* An id that no other part of the page has: "spreekuur", "spreekuur-2". */
static struct slice overlay_unique_id(struct work *work, struct slice wanted)
{
	struct text id = {0};
	size_t base, number = 2;
	struct slice kept;

	text_add(&id, wanted);
	if (id.size == 0)
		text_puts(&id, "sectie");
	base = id.size;
	while (map_get(&work->ids, text_slice(&id)) != NULL) {
		id.size = base;
		text_byte(&id, '-');
		text_number(&id, number++);
	}
	kept = text_keep(work->arena, &id);
	(void)map_set(&work->ids, kept, work);
	return kept;
}

static struct part *overlay_add_part(struct work *work)
{
	struct variant *variant = work->variant;

	variant->parts = mem_grow(
		variant->parts, variant->count, &work->part_capacity, sizeof(*variant->parts));
	variant->parts[variant->count] = (struct part){0};
	return &variant->parts[variant->count++];
}

static struct block *overlay_add_block(
	struct work *work, struct part *part, const struct section *section, bool regional)
{
	struct block *blocks = arena_new(work->arena, part->count + 1, sizeof(*blocks));

	if (part->count > 0)
		memcpy(blocks, part->blocks, part->count * sizeof(*blocks));
	part->blocks = blocks;
	blocks[part->count] = (struct block){.section = section, .regional = regional};
	return &blocks[part->count++];
}

/* The region's deeper sections below a heading of level `level`. */
static void overlay_add_deeper(struct work *work, const struct operation *operation, unsigned level)
{
	for (size_t i = operation->first + 1; i < operation->end; i++) {
		const struct section *section = &work->own[i];
		struct part *part = overlay_add_part(work);
		unsigned deeper = level + section->level - 2;

		part->level = deeper > 6 ? 6 : deeper;
		part->id = overlay_unique_id(work, section->id);
		part->title = section->title;
		part->heading = section;
		(void)overlay_add_block(work, part, section, true);
	}
}

static void overlay_add_new(struct work *work, const struct operation *operation)
{
	const struct section *section = &work->own[operation->first];
	struct part *part = overlay_add_part(work);
	struct text slug = {0};

	part->level = work->national[operation->target].level;
	part->title = operation->title;
	if (section->id_given) {
		part->id = overlay_unique_id(work, section->id);
	} else {
		unicode_slug(&slug, operation->title);
		part->id = overlay_unique_id(work, text_slice(&slug));
		text_free(&slug);
	}
	(void)overlay_add_block(work, part, section, true);
	overlay_add_deeper(work, operation, part->level);
}

static void overlay_add_all_new(struct work *work, enum verb verb, size_t target)
{
	for (size_t i = 0; i < work->operation_count; i++)
		if (work->operations[i].verb == verb && work->operations[i].target == target)
			overlay_add_new(work, &work->operations[i]);
}

static const struct operation *overlay_taken(const struct work *work, size_t target)
{
	for (size_t i = 0; i < work->operation_count; i++)
		if (work->operations[i].target == target &&
			(work->operations[i].verb == VERB_REPLACE ||
				work->operations[i].verb == VERB_HIDE))
			return &work->operations[i];
	return NULL;
}

static struct part *overlay_add_national(struct work *work, size_t at)
{
	const struct section *section = &work->national[at];
	struct part *part = overlay_add_part(work);

	part->level = section->level;
	part->id = section->id;
	part->title = section->title;
	part->heading = section->level > 1 ? section : NULL;
	part->national = section;
	part->open_slot = (section->marks & SECTION_SLOT) != 0;
	return part;
}

/* Puts one national section on the page, with what the region does to it; returns the next. */
static size_t overlay_emit(struct work *work, size_t at)
{
	size_t end = overlay_end(work->national, work->national_count, at);
	const struct operation *taken = overlay_taken(work, at);
	struct part *part;
	size_t number;

	if (at == 0)
		end = 1;
	overlay_add_all_new(work, VERB_NEW_BEFORE, at);
	part = overlay_add_national(work, at);
	number = work->variant->count - 1;
	if (taken != NULL && taken->verb == VERB_HIDE) {
		part->hidden = &work->own[taken->first];
		part->open_slot = false;
	} else if (taken != NULL) {
		struct block *block = overlay_add_block(work, part, &work->own[taken->first], true);

		block->replaced = &work->national[at];
		block->replaced_count = end - at;
		part->open_slot = false;
		overlay_add_deeper(work, taken, part->level);
	} else {
		for (size_t i = 0; i < work->operation_count; i++) {
			if (work->operations[i].verb != VERB_PREPEND ||
				work->operations[i].target != at)
				continue;
			(void)overlay_add_block(
				work, part, &work->own[work->operations[i].first], true);
			part->open_slot = false;
		}
		(void)overlay_add_block(work, part, &work->national[at], false);
		for (size_t next = at + 1; next < end;)
			next = overlay_emit(work, next);
		for (size_t i = 0; i < work->operation_count; i++) {
			const struct operation *operation = &work->operations[i];

			if (operation->verb != VERB_APPEND || operation->target != at)
				continue;
			(void)overlay_add_block(work,
				&work->variant->parts[work->variant->count - 1],
				&work->own[operation->first], true);
			work->variant->parts[number].open_slot = false;
			overlay_add_deeper(work, operation, work->national[at].level);
		}
	}
	overlay_add_all_new(work, VERB_NEW_AFTER, at);
	return end;
}

/* Parts grew in a buffer of their own; from here on they live in the arena. */
static void overlay_keep_parts(struct variant *variant, struct arena *arena)
{
	struct part *kept = arena_new(arena, variant->count, sizeof(*kept));

	if (variant->count > 0)
		memcpy(kept, variant->parts, variant->count * sizeof(*kept));
	free(variant->parts);
	variant->parts = kept;
}

static void overlay_plain_parts(
	struct variant *out, struct arena *arena, const struct page *page, bool regional)
{
	const struct document *document = &page->document;

	out->parts = arena_new(arena, document->count, sizeof(*out->parts));
	out->count = document->count;
	for (size_t i = 0; i < document->count; i++) {
		const struct section *section = &document->sections[i];
		struct part *part = &out->parts[i];

		part->level = section->level;
		part->id = section->id;
		part->title = section->title;
		part->heading = section->level > 1 ? section : NULL;
		part->national = regional ? NULL : section;
		part->open_slot = !regional && (section->marks & SECTION_SLOT) != 0;
		part->blocks = arena_new(arena, 1, sizeof(*part->blocks));
		part->blocks[0] = (struct block){.section = section, .regional = regional};
		part->count = 1;
	}
}

void overlay_plain(struct variant *out, struct arena *arena, const struct page *page)
{
	*out = (struct variant){.page = page,
		.title = page->title,
		.summary = page->summary,
		.owner = page->owner,
		.review = page->review};
	overlay_plain_parts(out, arena, page, page->role != ROLE_NATIONAL);
}

static void overlay_front(struct variant *out, const struct page *adaptation)
{
	if (adaptation->title.size > 0)
		out->title = adaptation->title;
	if (adaptation->summary.size > 0)
		out->summary = adaptation->summary;
	if (adaptation->owner.size > 0)
		out->owner = adaptation->owner;
	if (adaptation->review != DATE_NONE)
		out->review = adaptation->review;
	out->contact = value_at(adaptation->front, "contact");
}

size_t overlay_apply(struct variant *out, struct arena *arena, const struct page *national,
	const struct page *adaptation, struct diags *diags)
{
	const struct value *hidden = value_at(adaptation->front, "verberg-pagina");
	struct work work = {.arena = arena,
		.page = national,
		.adaptation = adaptation,
		.national = national->document.sections,
		.national_count = national->document.count,
		.own = adaptation->document.sections,
		.own_count = adaptation->document.count,
		.variant = out,
		.diags = diags};

	*out = (struct variant){.page = national,
		.adaptation = adaptation,
		.title = national->title,
		.summary = national->summary,
		.owner = national->owner,
		.review = national->review};
	overlay_front(out, adaptation);
	if (hidden != NULL && hidden->kind == VALUE_TEXT) {
		out->hidden = hidden;
		return 0;
	}
	if (schema_is_yes(value_text_at(adaptation->front, "vervangt-pagina"))) {
		out->replaced = true;
		overlay_plain_parts(out, arena, adaptation, true);
		return 0;
	}
	if (work.national_count == 0 || work.own_count == 0) {
		overlay_plain_parts(out, arena, national, false);
		return 0;
	}
	for (size_t i = 0; i < work.national_count; i++)
		if (work.national[i].id.size > 0)
			(void)map_set(&work.ids, work.national[i].id, &work);
	overlay_plan(&work);
	for (size_t at = 0; at < work.national_count;)
		at = overlay_emit(&work, at);
	overlay_keep_parts(out, arena);
	map_free(&work.ids);
	free(work.operations);
	return work.errors;
}

const struct part *overlay_find(const struct variant *variant, struct slice id)
{
	for (size_t i = 0; i < variant->count; i++)
		if (slice_equal(variant->parts[i].id, id))
			return &variant->parts[i];
	return NULL;
}
