/*
 * A map from names to questions, each with a map from names to the words of its answers.
 */
#include "model/questions.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "model/links.h"
#include "model/schema.h"

static const char *const file_keys[] = {"titel", "inleiding", "vragen"};
static const char *const question_keys[] = {"vraag", "uitleg", "antwoorden"};

#define EXAMPLE "uitkering: {vraag: …, antwoorden: {ja: Ja, nee: Nee}}"

/* Names become parts of ids and selectors, so they are slugs. */
static bool is_name(const struct value *entry, struct diags *diags)
{
	if (links_is_slug(entry->key))
		return true;
	diag_add(diags, DIAG_WIZARD_NAME, schema_key_place(QUESTIONS_PATH, entry), entry->key.data,
		(char *)NULL);
	return false;
}

/* True for the text of an entry that has one; else a message. */
static bool is_text(const struct value *entry, struct diags *diags)
{
	if (entry->kind == VALUE_TEXT && slice_trim(entry->text).size > 0)
		return true;
	diag_add(diags, entry->kind == VALUE_NULL ? DIAG_FIELD_EMPTY : DIAG_FIELD_TEXT,
		schema_place(QUESTIONS_PATH, entry), entry->key.data, (char *)NULL);
	return false;
}

static void read_answers(struct question *question, struct arena *arena, const struct value *map,
	struct diags *diags)
{
	struct answer *answers = arena_new(arena, map->count, sizeof(*answers));

	for (const struct value *entry = map->first; entry != NULL; entry = entry->next) {
		struct place place = schema_key_place(QUESTIONS_PATH, entry);

		if (!is_name(entry, diags) || !is_text(entry, diags))
			continue;
		if (slice_is(entry->key, ANSWER_WORD)) {
			diag_add(diags, DIAG_WIZARD_RESERVED, place, ANSWER_WORD, (char *)NULL);
		} else if (question->count == ANSWERS_LIMIT) {
			diag_add(diags, DIAG_WIZARD_MANY, place, entry->key.data, (char *)NULL);
			break;
		} else {
			answers[question->count++] = (struct answer){
				.name = entry->key, .words = entry->text, .entry = entry};
		}
	}
	question->answers = answers;
}

/* False when the question is left out. */
static bool read_question(
	struct question *out, struct arena *arena, const struct value *entry, struct diags *diags)
{
	const struct value *text = value_at(entry, "vraag"), *help = value_at(entry, "uitleg");
	const struct value *answers = value_at(entry, "antwoorden");
	struct question question = {.name = entry->key, .entry = entry};

	if (!is_name(entry, diags))
		return false;
	if (entry->kind != VALUE_MAP || text == NULL || answers == NULL ||
		answers->kind != VALUE_MAP) {
		diag_add(diags, DIAG_WIZARD_FORM, schema_key_place(QUESTIONS_PATH, entry),
			entry->key.data, (char *)NULL);
		return false;
	}
	(void)schema_check_keys(
		entry, question_keys, ARRAY_LEN(question_keys), QUESTIONS_PATH, diags);
	if (!is_text(text, diags) || (help != NULL && !is_text(help, diags)))
		return false;
	question.text = text->text;
	question.help = help != NULL ? help->text : (struct slice){0};
	read_answers(&question, arena, answers, diags);
	if (question.count < 2) {
		diag_add(diags, DIAG_WIZARD_FEW, schema_key_place(QUESTIONS_PATH, answers),
			entry->key.data, (char *)NULL);
		return false;
	}
	*out = question;
	return true;
}

void questions_read(
	struct questions *out, struct arena *arena, const struct value *root, struct diags *diags)
{
	const struct value *map;
	struct question *items;

	if (!schema_check_file(root, "vragen", QUESTIONS_PATH, diags))
		return;
	(void)schema_check_keys(root, file_keys, ARRAY_LEN(file_keys), QUESTIONS_PATH, diags);
	for (size_t i = 0; i < 2; i++) {
		const struct value *text = value_at(root, file_keys[i]);

		if (text != NULL && is_text(text, diags))
			*(i == 0 ? &out->title : &out->introduction) = text->text;
	}
	map = value_at(root, "vragen");
	if (map == NULL || map->kind != VALUE_MAP) {
		struct place place = {QUESTIONS_PATH, 1, 0};

		diag_add(diags, DIAG_FIELD_KEYS,
			map != NULL ? schema_key_place(QUESTIONS_PATH, map) : place, "vragen",
			EXAMPLE, (char *)NULL);
		return;
	}
	items = arena_new(arena, map->count, sizeof(*items));
	for (const struct value *entry = map->first; entry != NULL; entry = entry->next) {
		if (out->count == QUESTIONS_LIMIT) {
			diag_add(diags, DIAG_WIZARD_MANY, schema_key_place(QUESTIONS_PATH, entry),
				entry->key.data, (char *)NULL);
			break;
		}
		if (read_question(&items[out->count], arena, entry, diags))
			out->count++;
	}
	out->items = items;
}

size_t questions_find(const struct questions *questions, struct slice name)
{
	size_t i = 0;

	while (i < questions->count && !slice_equal(questions->items[i].name, name))
		i++;
	return i;
}

size_t question_answer(const struct question *question, struct slice name)
{
	size_t i = 0;

	while (i < question->count && !slice_equal(question->answers[i].name, name))
		i++;
	return i;
}

void question_token(struct text *out, const struct question *question, const struct answer *answer)
{
	text_add(out, question->name);
	text_byte(out, '_'); /* in no slug, so that no two are alike */
	text_add(out, answer != NULL ? answer->name : slice_of(ANSWER_WORD));
}
