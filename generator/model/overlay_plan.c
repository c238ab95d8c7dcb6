/*
 * Finds the verb and the target of each heading. A heading that is wrong is left out, so that the
 * others can still be read, and every fault is heard at once.
 */
#include "model/overlay_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "model/page.h"

static const struct {
	const char *name;
	const char *form; /* as a heading has it, for messages */
	enum overlay_verb verb;
} verbs[] = {{"Vervang", "Vervang: …", VERB_REPLACE}, {"Vul aan", "Vul aan: …", VERB_APPEND},
	{"Zet vooraan", "Zet vooraan: …", VERB_PREPEND},
	{"Nieuw na", "Nieuw na …: Titel", VERB_NEW_AFTER},
	{"Nieuw voor", "Nieuw voor …: Titel", VERB_NEW_BEFORE},
	{"Verberg", "Verberg: …", VERB_HIDE}};

const char *overlay_verb_name(enum overlay_verb verb)
{
	size_t i = 0;

	while (verbs[i].verb != verb)
		i++;
	return verbs[i].name;
}

struct work {
	const struct page *adaptation;
	const struct section *national;
	size_t national_count;
	const struct section *own;
	size_t own_count;
	struct overlay_plan *plan;
	struct diags *diags;
};

size_t overlay_end(const struct section *sections, size_t count, size_t at)
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

static bool overlay_is_title(struct slice title, struct slice plain)
{
	struct text own = {0};
	bool same;

	overlay_plain_title(&own, title);
	same = slice_equal(text_slice(&own), plain);
	text_free(&own);
	return same;
}

static void overlay_add_candidate(struct text *out, const struct section *section)
{
	if (out->size > 0)
		text_puts(out, ", ");
	text_printf(out, "\"%.*s\" (#%.*s)", (int)section->title.size, section->title.data,
		(int)section->id.size, section->id.data);
}

/* '"Wie neemt contact op?" (#contact)' of the nearest heading, or of all when none is near. */
static void overlay_add_near(struct text *out, const struct work *work, struct slice target)
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
	nearest = diag_nearest(word, names, 2 * (work->national_count - 1));
	for (size_t i = 1; i < work->national_count; i++) {
		const struct section *section = &work->national[i];

		if (nearest == NULL || nearest == section->title.data ||
			nearest == section->id.data)
			overlay_add_candidate(out, section);
	}
	text_puts(out, out->size > 0 ? "" : "-");
	free(word);
	free(names);
}

bool overlay_same_title(struct slice a, struct slice b)
{
	struct text plain = {0};
	bool same;

	overlay_plain_title(&plain, b);
	same = plain.size > 0 && overlay_is_title(a, text_slice(&plain));
	text_free(&plain);
	return same;
}

static bool overlay_target_error(
	struct work *work, enum diag_code code, size_t own, struct slice target, struct text *named)
{
	char *shown = mem_copy(target.data, target.size);

	diag_add(work->diags, code, overlay_place(work, own), shown, named->data, (char *)NULL);
	free(shown);
	work->plan->errors++;
	return false;
}

/*
 * The section whose given id is what `target`, a heading's text, would have for its own: a heading
 * that got another text keeps its adaptations in that way. 0: none.
 */
static size_t overlay_find_former(const struct work *work, struct slice target)
{
	struct text slug = {0};
	size_t found = 0;

	if (slice_starts(target, "#"))
		return 0;
	unicode_slug(&slug, target);
	for (size_t i = 1; i < work->national_count && slug.size > 0 && found == 0; i++)
		if (work->national[i].id_given &&
			slice_equal(work->national[i].id, text_slice(&slug)))
			found = i;
	text_free(&slug);
	return found;
}

/* Finds the national section that `target` names. A message and false when it is not one. */
static bool overlay_find_target(size_t *out, struct work *work, size_t own, struct slice target)
{
	struct text plain = {0}, named = {0};
	size_t found = 0, former;

	overlay_plain_title(&plain, target);
	for (size_t i = 1; i < work->national_count; i++) {
		const struct section *section = &work->national[i];

		if (target.size > 0 && target.data[0] == '#'
				? !slice_equal(section->id, slice_from(target, 1))
				: plain.size == 0 ||
					  !overlay_is_title(section->title, text_slice(&plain)))
			continue;
		overlay_add_candidate(&named, section);
		if (found++ == 0)
			*out = i;
	}
	if (found > 1)
		(void)overlay_target_error(work, DIAG_OVERLAY_AMBIGUOUS, own, target, &named);
	former = found == 0 ? overlay_find_former(work, target) : 0;
	if (former > 0) {
		*out = former;
		found = 1;
	}
	if (found == 0) {
		overlay_add_near(&named, work, target);
		(void)overlay_target_error(work, DIAG_OVERLAY_TARGET, own, target, &named);
	}
	text_free(&plain);
	text_free(&named);
	return found == 1;
}

static bool overlay_error(struct work *work, enum diag_code code, size_t own, struct slice shown)
{
	char *copy = mem_copy(shown.data, shown.size);

	diag_add(work->diags, code, overlay_place(work, own), copy, (char *)NULL);
	free(copy);
	work->plan->errors++;
	return false;
}

static bool overlay_is_new(enum overlay_verb verb)
{
	return verb == VERB_NEW_AFTER || verb == VERB_NEW_BEFORE;
}

/* True when the title starts with the verb, as words of its own; sets what stands behind it. */
static bool overlay_starts(struct slice *rest, struct slice title, const char *verb)
{
	size_t size = strlen(verb);

	if (title.size < size)
		return false;
	for (size_t i = 0; i < size; i++)
		if ((title.data[i] | 0x20) != (verb[i] | 0x20))
			return false;
	if (size < title.size && title.data[size] != ' ' && title.data[size] != ':')
		return false;
	*rest = slice_trim(slice_from(title, size));
	return true;
}

/* The form of the verb that was meant: by what stands before the colon, or by the first words. */
static const char *overlay_nearest_form(struct slice title)
{
	const char *names[ARRAY_LEN(verbs)];
	size_t ends[3] = {slice_find(title, ':')};
	struct slice rest;

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		names[i] = verbs[i].name;
		if (overlay_starts(&rest, title, names[i]))
			return verbs[i].form; /* but for the colon */
	}
	ends[2] = slice_find(title, ' ');
	ends[1] = ends[2] < title.size
			  ? ends[2] + 1 + slice_find(slice_from(title, ends[2] + 1), ' ')
			  : title.size;
	for (size_t e = 0; e < ARRAY_LEN(ends); e++) {
		char *word = mem_copy(title.data, ends[e]);
		const char *nearest = diag_nearest(word, names, ARRAY_LEN(names));

		free(word);
		for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
			if (nearest == names[i])
				return verbs[i].form;
	}
	return NULL;
}

static bool overlay_verb_error(struct work *work, size_t own)
{
	struct slice title = work->own[own].title;
	const char *form = overlay_nearest_form(title);
	char *shown = mem_copy(title.data, title.size);
	struct text all = {0};

	for (size_t i = 0; form == NULL && i < ARRAY_LEN(verbs); i++) {
		text_puts(&all, i > 0 ? ", " : "");
		text_puts(&all, verbs[i].form);
	}
	diag_add(work->diags, DIAG_OVERLAY_VERB, overlay_place(work, own), shown,
		form != NULL ? form : all.data, (char *)NULL);
	text_free(&all);
	free(shown);
	work->plan->errors++;
	return false;
}

/* Reads "Verb: rest" of a heading, or "Nieuw na rest". */
static bool overlay_read_verb(
	enum overlay_verb *verb, struct slice *rest, struct work *work, size_t own)
{
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		if (!overlay_starts(rest, work->own[own].title, verbs[i].name))
			continue;
		*verb = verbs[i].verb;
		if (slice_starts(*rest, ":"))
			*rest = slice_trim(slice_from(*rest, 1));
		else if (!overlay_is_new(*verb))
			break;
		return true;
	}
	return overlay_verb_error(work, own);
}

/*
 * "X: Titel" of a new section. X may hold colons itself, so every colon is tried: the one before
 * which a heading is named splits the two, and when there is no such one, the first.
 */
static bool overlay_split_new(
	struct overlay_operation *operation, struct work *work, struct slice rest)
{
	struct text plain = {0}, named = {0};
	size_t split = slice_find(rest, ':'), found = 0;
	struct slice target;
	bool good;

	for (size_t at = split; at < rest.size; at++) {
		if (rest.data[at] != ':' || slice_trim(slice_from(rest, at + 1)).size == 0)
			continue;
		overlay_plain_title(&plain, (struct slice){rest.data, at});
		for (size_t i = 1; i < work->national_count; i++) {
			const struct section *section = &work->national[i];

			if (!overlay_is_title(section->title, text_slice(&plain)))
				continue;
			overlay_add_candidate(&named, section);
			split = found++ == 0 ? at : split;
		}
	}
	target = slice_trim((struct slice){rest.data, split});
	operation->title = slice_trim(slice_from(rest, split < rest.size ? split + 1 : split));
	if (operation->title.size == 0)
		good = overlay_error(work, DIAG_OVERLAY_TITLE, operation->first,
			work->own[operation->first].title);
	else if (found > 1)
		good = overlay_target_error(
			work, DIAG_OVERLAY_AMBIGUOUS, operation->first, target, &named);
	else
		good = overlay_find_target(&operation->target, work, operation->first, target);
	text_free(&plain);
	text_free(&named);
	return good;
}

/* A body of nothing: no text, no picture, no deeper section. */
static bool overlay_is_empty(const struct work *work, const struct overlay_operation *operation)
{
	return work->own[operation->first].count == 0 && operation->end == operation->first + 1;
}

bool overlay_takes_away(enum overlay_verb verb)
{
	return verb == VERB_REPLACE || verb == VERB_HIDE;
}

/* The national section that section `at` lies in, or 0. */
static size_t overlay_parent(const struct work *work, size_t at)
{
	size_t parent = at - 1;

	while (parent > 0 && work->national[parent].level >= work->national[at].level)
		parent--;
	return parent;
}

/* True when the operation does to a `vast` section what is not adding at its end. */
static bool overlay_touches_fixed(
	const struct work *work, const struct overlay_operation *operation)
{
	size_t at = operation->target;
	size_t end = overlay_takes_away(operation->verb)
			     ? overlay_end(work->national, work->national_count, at)
			     : at + 1;

	if (operation->verb == VERB_APPEND)
		return false;
	if (overlay_is_new(operation->verb)) /* beside it is not in it */
		end = at;
	for (size_t i = at; i < end; i++)
		if ((work->national[i].marks & SECTION_FIXED) != 0)
			return true;
	for (at = overlay_parent(work, at); at > 0; at = overlay_parent(work, at))
		if ((work->national[at].marks & SECTION_FIXED) != 0)
			return true;
	return false;
}

/* Rules for one operation by itself. */
static bool overlay_allows(struct work *work, const struct overlay_operation *operation)
{
	struct slice title = work->national[operation->target].title;

	if (overlay_touches_fixed(work, operation))
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

/* True when `taker` takes away what `other` works on; beside what is taken away is room. */
static bool overlay_clash(const struct work *work, const struct overlay_operation *taker,
	const struct overlay_operation *other)
{
	return overlay_takes_away(taker->verb) && other->target >= taker->target &&
	       other->target < overlay_end(work->national, work->national_count, taker->target) &&
	       !(overlay_is_new(other->verb) && other->target == taker->target);
}

/* Rules for an operation beside the earlier ones: nothing is replaced or hidden twice. */
static bool overlay_agrees(struct work *work, const struct overlay_operation *operation)
{
	struct slice title = work->national[operation->target].title;

	for (size_t i = 0; i < work->plan->count; i++) {
		const struct overlay_operation *earlier = &work->plan->operations[i];
		struct text line = {0};
		char *shown;

		if (!overlay_clash(work, earlier, operation) &&
			!overlay_clash(work, operation, earlier))
			continue;
		shown = mem_copy(title.data, title.size);
		text_number(&line, work->own[earlier->first].line);
		diag_add(work->diags, DIAG_OVERLAY_TWICE, overlay_place(work, operation->first),
			shown, line.data, (char *)NULL);
		text_free(&line);
		free(shown);
		work->plan->errors++;
		return false;
	}
	return true;
}

/* Reads the heading `own`, of level 2, with what stands below it. */
static void overlay_plan_heading(struct work *work, size_t own)
{
	struct overlay_operation operation = {
		.first = own, .end = overlay_end(work->own, work->own_count, own)};
	struct slice rest;
	bool good = overlay_read_verb(&operation.verb, &rest, work, own);

	if (!good)
		return;
	operation.title = slice_starts(rest, "#") ? slice_from(rest, 1) : rest;
	if (operation.title.size == 0)
		operation.title = work->own[own].title;
	if (overlay_is_new(operation.verb))
		good = overlay_split_new(&operation, work, rest);
	else
		good = overlay_find_target(&operation.target, work, own, rest);
	if (!good && operation.title.size > 0)
		work->plan->orphans[work->plan->orphan_count++] = operation;
	if (good && overlay_allows(work, &operation) && overlay_agrees(work, &operation))
		work->plan->operations[work->plan->count++] = operation;
}

void overlay_plan(struct overlay_plan *out, const struct page *national,
	const struct page *adaptation, struct diags *diags)
{
	struct work work = {.adaptation = adaptation,
		.national = national->document.sections,
		.national_count = national->document.count,
		.own = adaptation->document.sections,
		.own_count = adaptation->document.count,
		.plan = out,
		.diags = diags};

	*out = (struct overlay_plan){
		.operations = mem_new(work.own_count, sizeof(*out->operations)),
		.orphans = mem_new(work.own_count, sizeof(*out->orphans))};
	if (work.own[0].count > 0) {
		diag_add(diags, DIAG_OVERLAY_INTRO,
			(struct place){adaptation->file.data, work.own[0].line, 0}, (char *)NULL);
		out->errors++;
	}
	for (size_t own = 1; own < work.own_count;
		own = overlay_end(work.own, work.own_count, own)) {
		if (work.own[own].level == 2)
			overlay_plan_heading(&work, own);
		else
			(void)overlay_error(&work, DIAG_OVERLAY_LEVEL, own, work.own[own].title);
	}
}
