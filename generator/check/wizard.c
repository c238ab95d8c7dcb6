/*
 * The regelingenwijzer: do pages and questions know each other? What a page asks for that there is
 * not, is an error; a question or an answer that changes nothing, a warning or a tip.
 */
#include "check/check.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "check/wizard.h"
#include "model/fit.h"
#include "model/site.h"

/* ---- What pages and scenarios name */

size_t wizard_question(const struct questions *questions, const struct value *entry,
	const char *path, struct diags *diags)
{
	const char *names[QUESTIONS_LIMIT];
	size_t number = questions_find(questions, entry->key);
	struct place place = schema_key_place(path, entry);
	struct text meant = {0};

	if (number < questions->count)
		return number;
	if (questions->count == 0) {
		diag_add(diags, DIAG_WIZARD_NONE, place, entry->key.data, (char *)NULL);
		return number;
	}
	for (size_t i = 0; i < questions->count; i++)
		names[i] = questions->items[i].name.data;
	schema_suggest(&meant, entry->key, names, questions->count);
	diag_add(diags, DIAG_WIZARD_QUESTION, place, entry->key.data, meant.data, (char *)NULL);
	text_free(&meant);
	return number;
}

size_t wizard_answer(const struct question *question, const struct value *item, const char *path,
	struct diags *diags)
{
	const char *names[ANSWERS_LIMIT];
	struct slice name = value_text(item);
	size_t number = question_answer(question, name);
	struct text meant = {0};

	if (number < question->count)
		return number;
	for (size_t i = 0; i < question->count; i++)
		names[i] = question->answers[i].name.data;
	schema_suggest(&meant, name, names, question->count);
	diag_add(diags, DIAG_WIZARD_ANSWER, schema_place(path, item), question->name.data,
		name.size > 0 ? name.data : "", meant.data, (char *)NULL);
	text_free(&meant);
	return number;
}

/* ---- Conditions */

struct checking {
	const struct site *site;
	struct diags *diags;
};

static void check_condition(void *context, const struct page *page, const struct value *entry)
{
	const struct checking *checking = context;
	const struct questions *questions = &checking->site->questions;
	size_t number = wizard_question(questions, entry, page->file.data, checking->diags);
	const struct question *question;
	uint64_t named = 0;
	size_t count = 0;

	if (number == questions->count)
		return;
	question = &questions->items[number];
	for (const struct value *item = entry->kind == VALUE_LIST ? entry->first : entry;
		item != NULL; item = entry->kind == VALUE_LIST ? item->next : NULL) {
		size_t answer = wizard_answer(question, item, page->file.data, checking->diags);

		if (answer == question->count || (named >> answer & 1) != 0)
			continue;
		named |= UINT64_C(1) << answer;
		count++;
	}
	if (count == question->count)
		diag_add(checking->diags, DIAG_WIZARD_ALL, schema_key_place(page->file.data, entry),
			question->name.data, (char *)NULL);
}

/* Says of a page that states conditions and is not listed why it is not. */
static void check_listed(const struct site *site, const struct page *page, struct diags *diags)
{
	enum fit_state state = fit_state(site, page);
	const struct value *value =
		value_at(page->front, state == FIT_DRAFT ? "concept" : "geldig-tot");

	if (site->questions.count == 0 || (state != FIT_DRAFT && state != FIT_EXPIRED))
		return;
	diag_add(diags, state == FIT_DRAFT ? DIAG_WIZARD_DRAFT : DIAG_WIZARD_EXPIRED,
		schema_place(page->file.data, value), value_text(value).data, (char *)NULL);
}

/* ---- Questions */

/* True when some scheme has a condition that takes the one answer and not the other. */
static bool are_told_apart(
	const struct scheme *schemes, size_t count, size_t question, size_t one, size_t other)
{
	for (size_t s = 0; s < count; s++)
		for (size_t c = 0; c < schemes[s].count; c++) {
			const struct condition *condition = &schemes[s].conditions[c];

			if (condition->question == question &&
				((condition->accepted >> one ^ condition->accepted >> other) & 1))
				return true;
		}
	return false;
}

static bool is_used(const struct scheme *schemes, size_t count, size_t question)
{
	for (size_t s = 0; s < count; s++)
		for (size_t c = 0; c < schemes[s].count; c++)
			if (schemes[s].conditions[c].question == question)
				return true;
	return false;
}

static void check_question(const struct questions *questions, size_t number,
	const struct scheme *schemes, size_t count, struct diags *diags)
{
	const struct question *question = &questions->items[number];

	if (!is_used(schemes, count, number)) {
		diag_add(diags, DIAG_WIZARD_UNUSED,
			schema_key_place(QUESTIONS_PATH, question->entry), question->name.data,
			(char *)NULL);
		return;
	}
	for (size_t other = 1; other < question->count; other++) {
		size_t one = 0;

		while (one < other && are_told_apart(schemes, count, number, one, other))
			one++;
		if (one < other)
			diag_add(diags, DIAG_WIZARD_SAME,
				schema_key_place(QUESTIONS_PATH, question->answers[other].entry),
				question->answers[one].name.data,
				question->answers[other].name.data, (char *)NULL);
	}
}

/* All schemes of the nation and those that only a region has, whatever a region hides. */
static const struct scheme *list_all(size_t *count, struct arena *arena, const struct site *site)
{
	struct scheme *schemes = arena_new(arena, site->page_count, sizeof(*schemes));

	*count = 0;
	for (size_t i = 0; i < site->page_count; i++) {
		struct scheme *scheme = &schemes[*count];

		if (fit_state(site, &site->pages[i]) != FIT_LISTED)
			continue;
		scheme->conditions =
			fit_conditions(&scheme->count, arena, &site->questions, &site->pages[i]);
		(*count)++;
	}
	return schemes;
}

void check_wizard(const struct site *site, struct diags *diags)
{
	struct checking checking = {site, diags};
	struct arena arena = {0};
	const struct scheme *schemes;
	size_t count;

	for (size_t i = 0; i < site->page_count; i++) {
		fit_visit(&site->pages[i], check_condition, &checking);
		check_listed(site, &site->pages[i], diags);
	}
	if (site->questions.count == 0)
		return;
	schemes = list_all(&count, &arena, site);
	if (count == 0)
		diag_add(diags, DIAG_WIZARD_EMPTY, (struct place){QUESTIONS_PATH, 0, 0},
			(char *)NULL);
	for (size_t q = 0; count > 0 && q < site->questions.count; q++)
		check_question(&site->questions, q, schemes, count, diags);
	arena_free(&arena);
}
