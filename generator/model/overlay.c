/*
 * Walks the national sections and puts the region's texts where the plan has them; the plan is made
 * in model/overlay_plan.
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
#include "model/overlay_plan.h"
#include "model/page.h"

struct work {
	struct arena *arena;
	const struct page *adaptation;
	const struct section *national;
	size_t national_count;
	const struct section *own;
	struct overlay_plan plan;
	struct map ids; /* of the page as it grows */
	struct variant *variant;
	size_t part_capacity;
	struct diags *diags;
};

/* An id that no other part of the page has: "spreekuur", "spreekuur-2"; `section` may be NULL. */
static struct slice overlay_unique_id(
	struct work *work, const struct section *section, struct slice wanted)
{
	struct text id = {0};
	size_t base, number = 2;
	struct slice kept;

	text_add(&id, wanted);
	if (id.size == 0)
		text_puts(&id, "sectie");
	base = id.size;
	if (section != NULL && section->id_given && map_get(&work->ids, wanted) != NULL)
		diag_add(work->diags, DIAG_OVERLAY_ID,
			(struct place){work->adaptation->file.data, section->line, 0}, id.data,
			(char *)NULL);
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
static void overlay_add_deeper(
	struct work *work, const struct overlay_operation *operation, unsigned level)
{
	for (size_t i = operation->first + 1; i < operation->end; i++) {
		const struct section *section = &work->own[i];
		struct part *part = overlay_add_part(work);
		unsigned deeper = level + section->level - 2;

		part->level = deeper > 6 ? 6 : deeper;
		part->id = overlay_unique_id(work, section, section->id);
		part->title = section->title;
		part->heading = section;
		(void)overlay_add_block(work, part, section, true);
	}
}

static void overlay_add_new(struct work *work, const struct overlay_operation *operation)
{
	const struct section *section = &work->own[operation->first];
	struct part *part = overlay_add_part(work);
	struct text slug = {0};

	part->level = work->national[operation->target].level;
	part->title = operation->title;
	if (section->id_given) {
		part->id = overlay_unique_id(work, section, section->id);
	} else {
		unicode_slug(&slug, operation->title);
		part->id = overlay_unique_id(work, section, text_slice(&slug));
		text_free(&slug);
	}
	(void)overlay_add_block(work, part, section, true);
	overlay_add_deeper(work, operation, part->level);
}

static void overlay_add_all_new(struct work *work, enum overlay_verb verb, size_t target)
{
	for (size_t i = 0; i < work->plan.count; i++)
		if (work->plan.operations[i].verb == verb &&
			work->plan.operations[i].target == target)
			overlay_add_new(work, &work->plan.operations[i]);
}

static const struct overlay_operation *overlay_taken(const struct work *work, size_t target)
{
	for (size_t i = 0; i < work->plan.count; i++)
		if (work->plan.operations[i].target == target &&
			overlay_takes_away(work->plan.operations[i].verb))
			return &work->plan.operations[i];
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

/* The region's text in the place of sections `at` to `end`, or the reason why they are hidden. */
static void overlay_emit_taken(
	struct work *work, size_t at, size_t end, const struct overlay_operation *taken)
{
	struct part *part = overlay_add_national(work, at);
	struct block *block;

	part->open_slot = false;
	if (taken->verb == VERB_HIDE) {
		part->hidden = &work->own[taken->first];
		return;
	}
	block = overlay_add_block(work, part, &work->own[taken->first], true);
	block->replaced = &work->national[at];
	block->replaced_count = end - at;
	overlay_add_deeper(work, taken, part->level);
}

/* A section with what the region adds at its start; each such text fills a slot. */
static void overlay_emit_start(struct work *work, size_t at)
{
	struct part *part = overlay_add_national(work, at);

	for (size_t i = 0; i < work->plan.count; i++) {
		const struct overlay_operation *operation = &work->plan.operations[i];

		if (operation->target != at)
			continue;
		if (operation->verb == VERB_PREPEND)
			(void)overlay_add_block(work, part, &work->own[operation->first], true);
		if (operation->verb == VERB_PREPEND || operation->verb == VERB_APPEND)
			part->open_slot = false;
	}
	(void)overlay_add_block(work, part, &work->national[at], false);
}

/* What the region adds at the end of a section: behind the last part that belongs to it. */
static void overlay_emit_added(struct work *work, size_t at)
{
	for (size_t i = 0; i < work->plan.count; i++) {
		const struct overlay_operation *operation = &work->plan.operations[i];

		if (operation->verb != VERB_APPEND || operation->target != at)
			continue;
		(void)overlay_add_block(work, &work->variant->parts[work->variant->count - 1],
			&work->own[operation->first], true);
		overlay_add_deeper(work, operation, work->national[at].level);
	}
}

/* Puts one national section on the page, with what the region does to it; returns the next. */
static size_t overlay_emit(struct work *work, size_t at)
{
	size_t end = at > 0 ? overlay_end(work->national, work->national_count, at) : 1;
	const struct overlay_operation *taken = overlay_taken(work, at);

	overlay_add_all_new(work, VERB_NEW_BEFORE, at);
	if (taken != NULL) {
		overlay_emit_taken(work, at, end, taken);
	} else {
		overlay_emit_start(work, at);
		for (size_t next = at + 1; next < end;)
			next = overlay_emit(work, next);
		overlay_emit_added(work, at);
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

/* The whole page is the region's, or hidden: what the front matter says at this entry. */
static void overlay_adapt_page(
	struct variant *out, struct arena *arena, enum overlay_verb verb, const struct value *entry)
{
	out->adapted = arena_new(arena, 1, sizeof(*out->adapted));
	out->adapted_count = 1;
	out->adapted[0] =
		(struct adapted){.verb = verb, .line = entry->key_line, .title = out->page->title};
}

/* True when another page than the national one is shown, or none: there is nothing to adapt. */
static bool overlay_whole_page(struct variant *out, struct arena *arena, struct diags *diags)
{
	const struct page *adaptation = out->adaptation;
	const struct document *own = &adaptation->document;
	const struct value *hidden = value_at(adaptation->front, "verberg-pagina");
	const struct value *replaces = value_at(adaptation->front, "vervangt-pagina");

	if (hidden != NULL && hidden->kind == VALUE_TEXT) {
		out->hidden = hidden;
		overlay_adapt_page(out, arena, VERB_HIDE, hidden);
		if (own->count > 1 || (own->count == 1 && own->sections[0].count > 0))
			diag_add(diags, DIAG_OVERLAY_UNUSED,
				(struct place){adaptation->file.data,
					own->sections[own->sections[0].count > 0 ? 0 : 1].line, 0},
				(char *)NULL);
		return true;
	}
	out->replaced = replaces != NULL && schema_is_yes(value_text(replaces));
	if (out->replaced) {
		overlay_adapt_page(out, arena, VERB_REPLACE, replaces);
		overlay_plain_parts(out, arena, adaptation, true);
	}
	return out->replaced;
}

/* The ids that stay on the page: all but those below a heading whose text is taken away. */
static void overlay_keep_ids(struct work *work)
{
	size_t at = 1;

	while (at < work->national_count) {
		if (work->national[at].id.size > 0)
			(void)map_set(&work->ids, work->national[at].id, work);
		at = overlay_taken(work, at) != NULL
			     ? overlay_end(work->national, work->national_count, at)
			     : at + 1;
	}
}

/* Texts whose target is gone stand at the end of the page: nothing that a region wrote is lost. */
static void overlay_add_orphans(struct work *work)
{
	struct part *part;

	if (work->plan.orphan_count == 0)
		return;
	part = overlay_add_part(work);
	part->level = 2;
	part->orphans = true;
	part->title = slice_of("Regionale informatie");
	part->id = overlay_unique_id(work, NULL, slice_of("regionale-informatie"));
	for (size_t i = 0; i < work->plan.orphan_count; i++) {
		const struct overlay_operation *orphan = &work->plan.orphans[i];
		struct text slug = {0};

		part = overlay_add_part(work);
		part->level = 3;
		part->title = orphan->title;
		unicode_slug(&slug, orphan->title);
		part->id = overlay_unique_id(work, NULL, text_slice(&slug));
		text_free(&slug);
		(void)overlay_add_block(work, part, &work->own[orphan->first], true);
		overlay_add_deeper(work, orphan, 3);
	}
}

/* Lists what is done to which section, in the order of the file. */
static void overlay_list_adapted(struct work *work)
{
	const struct overlay_plan *plan = &work->plan;
	struct variant *variant = work->variant;
	size_t orphan = 0, next = 0;

	variant->adapted =
		arena_new(work->arena, plan->count + plan->orphan_count, sizeof(*variant->adapted));
	while (next < plan->count || orphan < plan->orphan_count) {
		bool lost = next == plan->count ||
			    (orphan < plan->orphan_count &&
				    plan->orphans[orphan].first < plan->operations[next].first);
		const struct overlay_operation *operation =
			lost ? &plan->orphans[orphan++] : &plan->operations[next++];
		const struct section *own = &work->own[operation->first];

		variant->adapted[variant->adapted_count++] = (struct adapted){
			.verb = operation->verb,
			.line = own->line,
			.own = own,
			.target = lost ? 0 : operation->target,
			.title = lost ? operation->title : work->national[operation->target].title,
			.state = lost ? DRIFT_ORPHAN : DRIFT_CURRENT};
	}
}

size_t overlay_apply(struct variant *out, struct arena *arena, const struct page *national,
	const struct page *adaptation, struct diags *diags)
{
	struct work work = {.arena = arena,
		.adaptation = adaptation,
		.national = national->document.sections,
		.national_count = national->document.count,
		.own = adaptation->document.sections,
		.variant = out,
		.diags = diags};

	*out = (struct variant){.page = national,
		.adaptation = adaptation,
		.title = national->title,
		.summary = national->summary,
		.owner = national->owner,
		.review = national->review};
	overlay_front(out, adaptation);
	if (overlay_whole_page(out, arena, diags))
		return 0;
	if (work.national_count == 0 || adaptation->document.count == 0) {
		overlay_plain_parts(out, arena, national, false);
		return 0;
	}
	overlay_plan(&work.plan, national, adaptation, diags);
	overlay_list_adapted(&work);
	overlay_keep_ids(&work);
	for (size_t at = 0; at < work.national_count;)
		at = overlay_emit(&work, at);
	overlay_add_orphans(&work);
	overlay_keep_parts(out, arena);
	map_free(&work.ids);
	free(work.plan.operations);
	free(work.plan.orphans);
	return work.plan.errors;
}

const struct part *overlay_find(const struct variant *variant, struct slice id)
{
	for (size_t i = 0; i < variant->count; i++)
		if (slice_equal(variant->parts[i].id, id))
			return &variant->parts[i];
	return NULL;
}
