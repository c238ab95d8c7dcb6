/*
 * Terms are found word by word: a bit set of first letters turns away most words, a map from the
 * first word of each form finds the rest.
 */
#include "model/glossary.h"

#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/value.h"
#include "model/schema.h"

/* One way to write a term. */
struct form {
	struct form *next;    /* with the same first word; longest first */
	struct slice text;    /* folded */
	struct slice written; /* of an abbreviation, whose case counts; else empty */
	size_t entry;
};

static const char *const entry_keys[] = {
	"term", "betekenis", "synoniemen", "afkortingen", "zoek-ook"};

#define REQUIRED_KEYS 2	 /* the first of those; the others are lists */
#define ENDINGS 3	 /* plural endings in letters have 0 to 2 of them */
#define LONGEST_FORM 200 /* bytes of text in which a form is looked for */

/* The letters and figures of ASCII in lower case; 0 for what is of no word. */
/* clang-format off */
static const char letters[128] = {
	['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
	['A'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm',
	'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
	['a'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm',
	'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z'
};
/* clang-format on */

static bool glossary_is_ascii(char byte)
{
	return (unsigned char)byte < ARRAY_LEN(letters);
}

/* True for a letter or figure of ASCII. */
static bool glossary_is_letter(char byte)
{
	return glossary_is_ascii(byte) && letters[(size_t)byte] != 0;
}

/* Appends in lower case and normal form. Plain ASCII, nearly all text, takes the short way. */
static void glossary_fold(struct text *out, struct slice text)
{
	size_t start = out->size;

	text_add(out, text);
	for (size_t i = start; i < out->size; i++) {
		if (!glossary_is_ascii(out->data[i])) {
			out->size = start;
			unicode_fold(out, text);
			return;
		}
		if (letters[(size_t)out->data[i]] != 0)
			out->data[i] = letters[(size_t)out->data[i]];
	}
}

static bool glossary_is_word(struct slice text, size_t at, size_t *length)
{
	uint32_t point;

	if (glossary_is_ascii(text.data[at])) {
		*length = 1;
		return glossary_is_letter(text.data[at]);
	}
	*length = unicode_next(&point, slice_from(text, at));
	return unicode_is_word(point);
}

/* The end of the word that starts at `start`: letters and figures. */
static size_t glossary_word_end(struct slice text, size_t start)
{
	size_t end = start, length = 1;

	while (true) {
		while (end < text.size && glossary_is_letter(text.data[end]))
			end++;
		if (end == text.size || glossary_is_ascii(text.data[end]) ||
			!glossary_is_word(text, end, &length))
			return end;
		end += length;
	}
}

/*
 * A word's first letters as one number, without the bit that tells capitals apart; 0 when they are
 * not all of ASCII.
 */
static uint64_t glossary_start(struct slice word)
{
	uint64_t start = 0;

	if (word.size >= sizeof(start))
		memcpy(&start, word.data, sizeof(start));
	else
		for (size_t i = 0; i < word.size; i++)
			start = start << 8 | (unsigned char)word.data[i];
	if ((start & UINT64_C(0x8080808080808080)) != 0)
		return 0;
	return start | UINT64_C(0x2020202020202020);
}

/* The number of its bit: the highest bits of a product tell most numbers apart. */
static size_t glossary_bit(uint64_t start)
{
	return start * UINT64_C(0x9e3779b97f4a7c15) >> 48;
}

/* False for nearly all words that no form starts with. */
static bool glossary_may_start(const struct glossary *glossary, struct slice word)
{
	uint64_t start = glossary_start(word);
	size_t bit = glossary_bit(start);

	return start == 0 || (glossary->starts[bit / 8] >> bit % 8 & 1) != 0;
}

/* Sets the bits of all words that a form's first word can be, with the ending of a plural. */
static void glossary_add_starts(struct glossary *glossary, struct slice first)
{
	static const char *const endings[] = {"", "s", "n", "en"};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		struct text word = {0};
		size_t bit;

		text_add(&word, first);
		text_puts(&word, endings[i]);
		bit = glossary_bit(glossary_start(text_slice(&word)));
		glossary->starts[bit / 8] |= (unsigned char)(1U << bit % 8);
		text_free(&word);
	}
}

/* The entry that has this form already, or NULL. */
static const struct form *glossary_same(const struct form *forms, struct slice text)
{
	for (; forms != NULL; forms = forms->next)
		if (slice_equal(forms->text, text))
			return forms;
	return NULL;
}

static void glossary_add_form(struct glossary *glossary, struct arena *arena,
	const struct value *word, bool exact, const char *path, struct diags *diags)
{
	struct slice written = slice_trim(value_text(word));
	struct text folded = {0};
	struct form *form = arena_new(arena, 1, sizeof(*form));
	struct form **place, *forms;
	const struct form *same;
	struct slice first;

	glossary_fold(&folded, written);
	form->text = text_keep(arena, &folded);
	form->written = exact ? written : (struct slice){0};
	form->entry = glossary->count;
	first = (struct slice){form->text.data, glossary_word_end(form->text, 0)};
	if (first.size == 0)
		return;
	forms = map_get(&glossary->forms, first);
	same = glossary_same(forms, form->text);
	if (same != NULL) {
		if (same->entry != form->entry)
			diag_add(diags, DIAG_TERM_TWICE, schema_place(path, word), word->text.data,
				glossary->entries[same->entry].term.data, (char *)NULL);
		return;
	}
	place = &forms;
	while (*place != NULL && (*place)->text.size >= form->text.size)
		place = &(*place)->next;
	form->next = *place;
	*place = form;
	(void)map_set(&glossary->forms, first, forms);
	glossary_add_starts(glossary, first);
}

static void glossary_add_forms(struct glossary *glossary, struct arena *arena,
	const struct value *list, bool exact, const char *path, struct diags *diags)
{
	for (const struct value *item = list != NULL ? list->first : NULL; item != NULL;
		item = item->next)
		glossary_add_form(glossary, arena, item, exact, path, diags);
}

/* True when the entry has what it needs, and its lists are lists. */
static bool glossary_check_entry(const struct value *item, const char *path, struct diags *diags)
{
	bool good = true;

	if (item->kind == VALUE_MAP)
		(void)schema_check_keys(item, entry_keys, ARRAY_LEN(entry_keys), path, diags);
	for (size_t i = 0; i < ARRAY_LEN(entry_keys); i++) {
		if (i >= REQUIRED_KEYS) {
			if (!schema_check_list(value_at(item, entry_keys[i]), path, diags))
				good = false;
			continue;
		}
		if (slice_trim(value_text_at(item, entry_keys[i])).size > 0)
			continue;
		diag_add(diags, DIAG_TERM_INCOMPLETE, schema_place(path, item), entry_keys[i],
			(char *)NULL);
		good = false;
	}
	return good;
}

/* Ids are slugs; two terms with the same slug get a number. */
static struct slice glossary_id(struct arena *arena, struct map *ids, struct slice term)
{
	struct text id = {0};
	size_t base, number = 2;
	struct slice kept;

	unicode_slug(&id, term);
	if (id.size == 0)
		text_puts(&id, "begrip");
	base = id.size;
	while (map_get(ids, text_slice(&id)) != NULL) {
		id.size = base;
		text_byte(&id, '-');
		text_number(&id, number++);
	}
	kept = text_keep(arena, &id);
	(void)map_set(ids, kept, ids);
	return kept;
}

void glossary_read(struct glossary *out, struct arena *arena, const struct value *root,
	const char *path, struct diags *diags)
{
	struct map ids = {0};

	if (root->kind != VALUE_LIST) {
		if (root->count > 0)
			diag_add(diags, DIAG_TERM_LIST, (struct place){path, 1, 0}, (char *)NULL);
		return;
	}
	out->entries = arena_new(arena, root->count, sizeof(*out->entries));
	for (const struct value *item = root->first; item != NULL; item = item->next) {
		struct glossary_entry *entry = &out->entries[out->count];

		if (!glossary_check_entry(item, path, diags))
			continue;
		entry->term = value_text_at(item, "term");
		entry->meaning = value_text_at(item, "betekenis");
		entry->abbreviations = value_at(item, "afkortingen");
		entry->synonyms = value_at(item, "synoniemen");
		entry->see_also = value_at(item, "zoek-ook");
		entry->source = item;
		entry->id = glossary_id(arena, &ids, entry->term);
		glossary_add_form(out, arena, value_at(item, "term"), false, path, diags);
		glossary_add_forms(out, arena, entry->synonyms, false, path, diags);
		glossary_add_forms(out, arena, entry->abbreviations, true, path, diags);
		out->count++;
	}
	map_free(&ids);
}

void glossary_free(struct glossary *glossary)
{
	map_free(&glossary->forms);
}

/* How many bytes of a plural ending stand at `at`, when a word ends right behind it; 0: none. */
static size_t glossary_plural(struct slice text, size_t at)
{
	static const char *const endings[] = {"'s", "\u2019s", "en", "s", "n"};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t length = strlen(endings[i]), width;

		if (at + length <= text.size && memcmp(text.data + at, endings[i], length) == 0 &&
			(at + length == text.size || !glossary_is_word(text, at + length, &width)))
			return length;
	}
	return 0;
}

/* The bytes at the start of `folded` that are the form, as whole words, or 0. */
static size_t glossary_match(const struct form *form, struct slice folded)
{
	size_t length = form->text.size, ending, width;

	if (length > folded.size || memcmp(folded.data, form->text.data, length) != 0)
		return 0;
	ending = glossary_plural(folded, length);
	if (ending == 0 && length < folded.size && glossary_is_word(folded, length, &width))
		return 0;
	return length + ending;
}

/* How many bytes of `text` become `folded`; 0 when no end of a letter fits. */
static size_t glossary_width(struct slice text, struct slice folded)
{
	struct text part = {0};
	size_t width = 0, ascii = 0;

	while (ascii < folded.size && ascii < text.size && (unsigned char)text.data[ascii] < 0x80)
		ascii++;
	if (ascii == folded.size)
		return ascii;
	while (width < text.size && !slice_equal(text_slice(&part), folded)) {
		uint32_t point;

		width += unicode_next(&point, slice_from(text, width));
		text_clear(&part);
		unicode_fold(&part, (struct slice){text.data, width});
	}
	if (!slice_equal(text_slice(&part), folded))
		width = 0;
	text_free(&part);
	return width;
}

/* An abbreviation must stand as it was given. */
static bool glossary_case_holds(const struct form *form, struct slice text)
{
	return form->written.size <= text.size &&
	       (form->written.size == 0 ||
		       memcmp(text.data, form->written.data, form->written.size) == 0);
}

/* The lists of forms that the word may start, by how much of it is taken for a plural ending. */
static bool glossary_lists(const struct form *lists[ENDINGS], const struct glossary *glossary,
	struct text *folded, struct slice word)
{
	bool any = false;

	text_clear(folded);
	glossary_fold(folded, word);
	for (size_t ending = 0; ending < ENDINGS; ending++) {
		struct slice first = {folded->data, folded->size - ending};

		lists[ending] = ending < folded->size ? map_get(&glossary->forms, first) : NULL;
		any = any || lists[ending] != NULL;
	}
	return any;
}

/* The longest form that `text` starts with; `word` is its first word. Sets the length in `text`. */
static const struct form *glossary_longest(size_t *out, const struct glossary *glossary,
	struct text *folded, struct slice text, struct slice word)
{
	const struct form *lists[ENDINGS], *longest = NULL;
	size_t best = 0, limit = text.size < LONGEST_FORM ? text.size : LONGEST_FORM;

	if (!glossary_lists(lists, glossary, folded, word))
		return NULL;
	while (limit < text.size && ((unsigned char)text.data[limit] & 0xc0) == 0x80)
		limit--;
	text_clear(folded);
	glossary_fold(folded, (struct slice){text.data, limit});
	for (size_t ending = 0; ending < ENDINGS; ending++)
		for (const struct form *form = lists[ending]; form != NULL; form = form->next) {
			size_t length = glossary_match(form, text_slice(folded));

			if (length <= best || !glossary_case_holds(form, text))
				continue;
			longest = form;
			best = length;
		}
	*out = glossary_width(text, (struct slice){folded->data, best});
	return *out > 0 ? longest : NULL;
}

bool glossary_find(size_t *start, size_t *length, size_t *entry, const struct glossary *glossary,
	struct slice text, size_t from)
{
	const struct form *found = NULL;
	struct text folded = {0};
	size_t at = from, width;

	while (found == NULL && at < text.size) {
		struct slice word = {text.data + at, 0};

		if (text.data[at] == ' ') {
			at++;
			continue;
		}
		if (!glossary_is_word(text, at, &width)) {
			at += width;
			continue;
		}
		word.size = glossary_word_end(text, at) - at;
		if (glossary_may_start(glossary, word))
			found = glossary_longest(
				length, glossary, &folded, slice_from(text, at), word);
		*start = at;
		at += word.size;
	}
	if (found != NULL)
		*entry = found->entry;
	text_free(&folded);
	return found != NULL;
}
