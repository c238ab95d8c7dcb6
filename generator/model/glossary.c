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
	struct form *next; /* with the same first word; longest first */
	struct slice text; /* folded, single spaces; as written for an abbreviation */
	bool exact;	   /* an abbreviation: case counts */
	size_t entry;
};

static const char *const entry_keys[] = {
	"term", "betekenis", "synoniemen", "afkortingen", "zoek-ook"};

/* Appends in lower case and normal form. Plain ASCII, nearly all text, takes the short way. */
static void glossary_fold(struct text *out, struct slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		if ((unsigned char)text.data[i] >= 0x80) {
			out->size -= i;
			unicode_fold(out, text);
			return;
		}
		text_byte(out, (char)(text.data[i] >= 'A' && text.data[i] <= 'Z'
					       ? text.data[i] + ('a' - 'A')
					       : text.data[i]));
	}
}

static bool glossary_is_word(struct slice text, size_t at, size_t *length)
{
	uint32_t point;

	if ((unsigned char)text.data[at] < 0x80) {
		char c = text.data[at];

		*length = 1;
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	}
	*length = unicode_next(&point, slice_from(text, at));
	return unicode_is_word(point);
}

/* The end of the word that starts at `start`; a hyphen or apostrophe inside belongs to it. */
static size_t glossary_word_end(struct slice text, size_t start)
{
	size_t end = start, length;

	while (end < text.size && glossary_is_word(text, end, &length))
		end += length;
	return end;
}

static void glossary_start(struct slice word, size_t *byte, unsigned *bit)
{
	unsigned first = (unsigned char)word.data[0];
	unsigned second = word.size > 1 ? (unsigned char)word.data[1] : 0;
	unsigned index = ((first << 8) | second) & 0xffff;

	*byte = index >> 3;
	*bit = 1U << (index & 7);
}

static bool glossary_may_start(const struct glossary *glossary, struct slice word)
{
	char lower[2] = {0, 0};
	size_t byte;
	unsigned bit;

	for (size_t i = 0; i < 2 && i < word.size; i++) {
		char c = word.data[i];

		if ((unsigned char)c >= 0x80)
			return true;
		lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	glossary_start((struct slice){lower, word.size > 1 ? 2 : 1}, &byte, &bit);
	return (glossary->starts[byte] & bit) != 0;
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
	const struct value *word, bool exact, size_t entry, const char *path, struct diags *diags)
{
	struct slice written = slice_trim(value_text(word));
	struct text folded = {0};
	struct form *form = arena_new(arena, 1, sizeof(*form));
	struct form **place;
	struct form *forms;
	const struct form *same;
	struct slice first;
	size_t byte;
	unsigned bit;

	if (written.size == 0)
		return;
	glossary_fold(&folded, written);
	form->text = text_keep(arena, &folded);
	first = (struct slice){form->text.data, glossary_word_end(form->text, 0)};
	if (first.size == 0)
		return;
	forms = map_get(&glossary->forms, first);
	same = glossary_same(forms, form->text);
	if (same != NULL) {
		diag_add(diags, DIAG_TERM_TWICE, schema_place(path, word), word->text.data,
			glossary->entries[same->entry].term.data, (char *)NULL);
		return;
	}
	form->exact = exact;
	form->entry = entry;
	place = &forms;
	while (*place != NULL && (*place)->text.size >= form->text.size)
		place = &(*place)->next;
	form->next = *place;
	*place = form;
	(void)map_set(&glossary->forms, first, forms);
	glossary_start(first, &byte, &bit);
	glossary->starts[byte] |= (unsigned char)bit;
}

static void glossary_add_forms(struct glossary *glossary, struct arena *arena,
	const struct value *list, bool exact, size_t entry, const char *path, struct diags *diags)
{
	if (list == NULL)
		return;
	for (const struct value *item = list->first; item != NULL; item = item->next)
		glossary_add_form(glossary, arena, item, exact, entry, path, diags);
}

static bool glossary_check_entry(const struct value *item, const char *path, struct diags *diags)
{
	bool good = true;

	for (const struct value *entry = item->first; entry != NULL; entry = entry->next) {
		size_t i = 0;
		const char *nearest;

		while (i < ARRAY_LEN(entry_keys) && !slice_is(entry->key, entry_keys[i]))
			i++;
		if (i < ARRAY_LEN(entry_keys)) {
			if (i >= 2 && entry->kind != VALUE_LIST) {
				diag_add(diags, DIAG_FIELD_LIST, schema_place(path, entry),
					entry->key.data, (char *)NULL);
				good = false;
			}
			continue;
		}
		nearest = diag_nearest(entry->key.data, entry_keys, ARRAY_LEN(entry_keys));
		diag_add(diags, DIAG_KEY_UNKNOWN, schema_key_place(path, entry), entry->key.data,
			nearest != NULL ? nearest
					: "term, betekenis, synoniemen, afkortingen, zoek-ook",
			(char *)NULL);
	}
	for (size_t i = 0; i < 2; i++) {
		if (value_text_at(item, entry_keys[i]).size > 0)
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
		glossary_add_form(
			out, arena, value_at(item, "term"), false, out->count, path, diags);
		glossary_add_forms(out, arena, entry->synonyms, false, out->count, path, diags);
		glossary_add_forms(out, arena, entry->abbreviations, true, out->count, path, diags);
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

/* True when `form` stands in `folded` at its start, as whole words; sets the length there. */
static bool glossary_matches(size_t *length, const struct form *form, struct slice folded)
{
	size_t width;

	if (form->text.size > folded.size ||
		memcmp(folded.data, form->text.data, form->text.size) != 0)
		return false;
	*length = form->text.size;
	if (*length < folded.size && glossary_is_word(folded, *length, &width)) {
		size_t ending = glossary_plural(folded, *length);

		if (ending == 0)
			return false;
		*length += ending;
	}
	return true;
}

/* An abbreviation must stand as it was given: in capitals where those have capitals. */
static bool glossary_case_holds(
	const struct form *form, const struct glossary *glossary, struct slice written)
{
	const struct value *list = glossary->entries[form->entry].abbreviations;

	if (!form->exact)
		return true;
	for (const struct value *item = list != NULL ? list->first : NULL; item != NULL;
		item = item->next)
		if (item->text.size <= written.size &&
			memcmp(item->text.data, written.data, item->text.size) == 0)
			return true;
	return false;
}

static const struct form *glossary_forms(
	const struct glossary *glossary, struct text *folded, struct slice word)
{
	const struct form *forms;
	static const size_t endings[] = {0, 1, 2};

	text_clear(folded);
	glossary_fold(folded, word);
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		struct slice stem = {folded->data, folded->size};

		if (stem.size <= endings[i])
			break;
		stem.size -= endings[i];
		forms = map_get(&glossary->forms, stem);
		if (forms != NULL)
			return forms;
	}
	return NULL;
}

bool glossary_find(size_t *start, size_t *length, size_t *entry, const struct glossary *glossary,
	struct slice text, size_t from)
{
	struct text folded = {0};
	bool found = false;
	size_t at = from, width;

	while (!found && at < text.size) {
		struct slice word = {text.data + at, 0};
		const struct form *forms = NULL;

		if (!glossary_is_word(text, at, &width)) {
			at += width;
			continue;
		}
		word.size = glossary_word_end(text, at) - at;
		if (glossary_may_start(glossary, word))
			forms = glossary_forms(glossary, &folded, word);
		if (forms != NULL) {
			size_t limit = text.size - at < 200 ? text.size - at : 200;

			text_clear(&folded);
			glossary_fold(&folded, (struct slice){word.data, limit});
		}
		for (; forms != NULL && !found; forms = forms->next) {
			/* Folding may change lengths: such a match is left alone. */
			if (!glossary_matches(length, forms, text_slice(&folded)) ||
				*length > text.size - at ||
				!glossary_case_holds(forms, glossary, slice_from(text, at)))
				continue;
			*start = at;
			*entry = forms->entry;
			found = true;
		}
		at += word.size;
	}
	text_free(&folded);
	return found;
}
