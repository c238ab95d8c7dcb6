/*
 * A scenario is a test of the conditions: a candidate, and the schemes that his answers should
 * leave. It is held against the nation's list, by what the style sheet of the page is made of too.
 */
#include "check/check.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "check/wizard.h"
#include "model/date.h"
#include "model/fit.h"
#include "model/links.h"
#include "model/site.h"

static const char *const scenario_keys[] = {"titel", "uitleg", "antwoorden", "verwacht", "niet"};

struct judging {
	const struct site *site;
	const struct scheme *schemes;
	size_t count;
	bool *expected; /* of each scheme */
	const char *path;
	int answers[QUESTIONS_LIMIT];
	struct diags *diags;
};

static void read_answers(struct judging *judging, const struct value *map)
{
	const struct questions *questions = &judging->site->questions;

	for (size_t q = 0; q < QUESTIONS_LIMIT; q++)
		judging->answers[q] = ANSWER_OPEN;
	for (const struct value *entry = map->first; entry != NULL; entry = entry->next) {
		size_t number = wizard_question(questions, entry, judging->path, judging->diags);
		size_t answer;

		if (number == questions->count || slice_is(value_text(entry), ANSWER_WORD))
			continue;
		answer = wizard_answer(
			&questions->items[number], entry, judging->path, judging->diags);
		if (answer < questions->items[number].count)
			judging->answers[number] = (int)answer;
	}
}

/* "uitkering: ja, werk: ?": what the scheme's conditions had to go by. */
static void add_grounds(
	struct text *out, const struct judging *judging, const struct scheme *scheme)
{
	for (size_t i = 0; i < scheme->count; i++) {
		size_t number = scheme->conditions[i].question;
		const struct question *question = &judging->site->questions.items[number];
		int answer = judging->answers[number];

		text_puts(out, i > 0 ? ", " : "");
		text_add(out, question->name);
		text_puts(out, ": ");
		text_add(out,
			answer == ANSWER_OPEN ? slice_of("?") : question->answers[answer].name);
	}
	if (scheme->count == 0)
		text_byte(out, '-');
}

/* What a page is called in a message, also when its title is lacking. */
static const char *page_name(const struct page *page)
{
	return page->title.size > 0 ? page->title.data : page->file.data;
}

static void add_accepted(
	struct text *out, const struct question *question, const struct condition *condition)
{
	for (size_t a = 0; a < question->count; a++) {
		if ((condition->accepted >> a & 1) == 0)
			continue;
		text_puts(out, out->size > 0 ? ", " : "");
		text_add(out, question->answers[a].name);
	}
}

/* A scheme that is expected and does not come: which condition keeps it out? */
static void say_too_few(const struct judging *judging, const struct value *item,
	const struct scheme *scheme, const struct condition *condition)
{
	const struct question *question = &judging->site->questions.items[condition->question];
	int answer = judging->answers[condition->question];
	struct text accepted = {0};

	add_accepted(&accepted, question, condition);
	diag_add(judging->diags, DIAG_SCENARIO_FEW, schema_place(judging->path, item),
		page_name(scheme->page), question->name.data, question->answers[answer].name.data,
		accepted.data, (char *)NULL);
	text_free(&accepted);
}

/* The way to a file as the scenario writes it. */
static struct slice way_to(struct arena *arena, const struct judging *judging, const char *file)
{
	struct text way = {0};

	links_root(&way, slice_of(judging->path));
	text_puts(&way, file);
	return text_keep(arena, &way);
}

static void say_too_many(const struct judging *judging, enum diag_code code,
	const struct value *item, const struct scheme *scheme)
{
	struct arena arena = {0};
	struct text grounds = {0};

	add_grounds(&grounds, judging, scheme);
	diag_add(judging->diags, code, schema_place(judging->path, item), page_name(scheme->page),
		grounds.data, way_to(&arena, judging, scheme->page->file.data).data, (char *)NULL);
	text_free(&grounds);
	arena_free(&arena);
}

/* There is no page where a path leads: which one was meant, or how is one written? */
static void say_no_page(const struct judging *judging, const struct value *item)
{
	struct arena arena = {0};
	const char **ways = mem_new(judging->count, sizeof(*ways));
	const char *meant;
	struct slice path = value_text(item);

	for (size_t s = 0; s < judging->count; s++)
		ways[s] = way_to(&arena, judging, judging->schemes[s].page->file.data).data;
	meant = diag_nearest(path.size > 0 ? path.data : "", ways, judging->count);
	if (meant == NULL)
		meant = judging->count > 0 ? ways[0]
					   : way_to(&arena, judging, "playbooks/x/y.md").data;
	diag_add(judging->diags, DIAG_SCENARIO_PAGE, schema_place(judging->path, item),
		path.size > 0 ? path.data : "\"\"", meant, (char *)NULL);
	free(ways);
	arena_free(&arena);
}

/* The scheme that a path leads to; NULL, with a message, when it is not in the list. */
static const struct scheme *find_scheme(const struct judging *judging, const struct value *item)
{
	struct place place = schema_place(judging->path, item);
	struct text file = {0};
	const struct page *page = NULL;

	if (links_follow(&file, slice_of(judging->path), value_text(item)) == 0)
		page = map_get(&judging->site->files, text_slice(&file));
	text_free(&file);
	for (size_t s = 0; page != NULL && s < judging->count; s++)
		if (judging->schemes[s].page == page)
			return &judging->schemes[s];
	if (page == NULL)
		say_no_page(judging, item);
	else if (fit_state(judging->site, page) == FIT_EXPIRED)
		diag_add(judging->diags, DIAG_SCENARIO_EXPIRED, place, page_name(page),
			value_text_at(page->front, "geldig-tot").data, (char *)NULL);
	else if (!page->refused)
		diag_add(
			judging->diags, DIAG_SCENARIO_ABSENT, place, page_name(page), (char *)NULL);
	return NULL;
}

static void judge_expected(struct judging *judging, const struct value *list)
{
	for (const struct value *item = list->first; item != NULL; item = item->next) {
		const struct scheme *scheme = find_scheme(judging, item);
		const struct condition *condition;

		if (scheme == NULL)
			continue;
		judging->expected[scheme - judging->schemes] = true;
		condition = fit_excludes(scheme, judging->answers);
		if (condition != NULL)
			say_too_few(judging, item, scheme, condition);
	}
	for (size_t s = 0; s < judging->count; s++)
		if (!judging->expected[s] &&
			fit_excludes(&judging->schemes[s], judging->answers) == NULL)
			say_too_many(judging, DIAG_SCENARIO_MANY, list, &judging->schemes[s]);
}

static void judge_unwanted(const struct judging *judging, const struct value *list)
{
	for (const struct value *item = list != NULL ? list->first : NULL; item != NULL;
		item = item->next) {
		const struct scheme *scheme = find_scheme(judging, item);

		if (scheme != NULL && fit_excludes(scheme, judging->answers) == NULL)
			say_too_many(judging, DIAG_SCENARIO_NOT, item, scheme);
	}
}

/* True when the file has what a scenario must have; else messages. */
static bool check_form(const struct judging *judging, const struct value *root)
{
	const struct value *answers = value_at(root, "antwoorden");
	const struct value *expected = value_at(root, "verwacht");
	bool good;

	if (!schema_check_file(root, "titel", judging->path, judging->diags))
		return false;
	good = schema_check_keys(
		root, scenario_keys, ARRAY_LEN(scenario_keys), judging->path, judging->diags);
	for (size_t i = 0; i < ARRAY_LEN(scenario_keys); i++) {
		bool required = i != 1 && i != 4; /* uitleg and niet need not be there */
		struct place place = {judging->path, 1, 0};

		if (!required || value_at(root, scenario_keys[i]) != NULL)
			continue;
		diag_add(
			judging->diags, DIAG_FIELD_REQUIRED, place, scenario_keys[i], (char *)NULL);
		good = false;
	}
	if (answers != NULL && answers->kind != VALUE_MAP) {
		diag_add(judging->diags, DIAG_FIELD_KEYS, schema_key_place(judging->path, answers),
			"antwoorden", "uitkering: ja", (char *)NULL);
		good = false;
	}
	return schema_check_list(expected, judging->path, judging->diags) &&
	       schema_check_list(value_at(root, "niet"), judging->path, judging->diags) && good;
}

void check_scenarios(const struct site *site, struct diags *diags)
{
	struct arena arena = {0};
	struct judging judging = {.site = site, .diags = diags};

	judging.schemes = fit_list(&judging.count, &arena, site, NULL);
	for (size_t i = 0; i < site->scenario_count; i++) {
		const struct value *root = site->scenarios[i].root;

		judging.path = site->scenarios[i].path.data;
		if (!check_form(&judging, root))
			continue;
		judging.expected = arena_new(&arena, judging.count, sizeof(*judging.expected));
		read_answers(&judging, value_at(root, "antwoorden"));
		judge_expected(&judging, value_at(root, "verwacht"));
		judge_unwanted(&judging, value_at(root, "niet"));
	}
	arena_free(&arena);
}
