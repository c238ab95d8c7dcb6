/*
 * Makes the table of compounds (see language/compound_table) of a dictionary of Hunspell: which
 * forms can begin a compound and which can end one. Run by make; not a part of draaiboek itself.
 *
 *   compounds NAME.aff NAME.dic > table
 *
 * The formats are those of hunspell(5), as far as OpenTaal's nl.aff uses them: flags of two
 * letters, and suffixes that may carry flags of their own. Forms come of one suffix; prefixes make
 * verbs, which are of no use here.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "language/compound_table.h"

#define FLAG_SIZE 2
#define FEWEST_FORMS 10000 /* fewer, and this is not the dictionary */

/* A line "SFX flag strip add/flags condition". */
struct suffix {
	struct slice flag;
	struct slice strip;
	struct slice add;
	struct slice flags;	/* that the form gets */
	struct slice condition; /* of the end of the word */
};

struct builder {
	struct text affixes; /* the two files; what is below borrows from them */
	struct text words;
	struct arena arena;
	struct suffix *suffixes;
	size_t suffix_count, suffix_capacity;
	struct compound_form *forms;
	size_t form_count, form_capacity;
	/* The flags that nl.aff gives these names. */
	struct slice begin, end, only_inside, forbidden;
};

static int read_file(struct text *out, const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t size = 1;

	while (file != NULL && size > 0) {
		text_reserve(out, 65536);
		size = fread(out->data + out->size, 1, 65536, file);
		out->size += size;
	}
	if (file == NULL || ferror(file)) {
		fprintf(stderr,
			"compounds: cannot read %s: %s. It is of Debian's package hunspell-nl: "
			"run make deps, or say where it is: make HUNSPELL=/folder/nl\n",
			path, strerror(errno));
		if (file != NULL)
			fclose(file);
		return -1;
	}
	fclose(file);
	return 0;
}

/* Takes the next field off a line. */
static struct slice next_field(struct slice *line)
{
	size_t start = 0, end;
	struct slice field;

	while (start < line->size && (line->data[start] == ' ' || line->data[start] == '\t'))
		start++;
	end = start;
	while (end < line->size && line->data[end] != ' ' && line->data[end] != '\t')
		end++;
	field = (struct slice){line->data + start, end - start};
	*line = slice_from(*line, end);
	return field;
}

static bool has_flag(struct slice flags, struct slice flag)
{
	for (size_t at = 0; at + FLAG_SIZE <= flags.size && flag.size == FLAG_SIZE; at += FLAG_SIZE)
		if (memcmp(flags.data + at, flag.data, FLAG_SIZE) == 0)
			return true;
	return false;
}

/* A header of four fields comes before the lines of a flag: its strip is "Y" or "N". */
static void read_suffix(struct builder *builder, struct slice line)
{
	struct suffix suffix = {.flag = next_field(&line), .strip = next_field(&line)};
	size_t slash;

	suffix.add = next_field(&line);
	suffix.condition = next_field(&line);
	if (slice_is(suffix.strip, "Y") || slice_is(suffix.strip, "N"))
		return;
	slash = slice_find(suffix.add, '/');
	suffix.flags = slice_from(suffix.add, slash < suffix.add.size ? slash + 1 : slash);
	suffix.add.size = slash;
	if (slice_is(suffix.strip, "0"))
		suffix.strip.size = 0;
	if (slice_is(suffix.add, "0"))
		suffix.add.size = 0;
	builder->suffixes = mem_grow(builder->suffixes, builder->suffix_count,
		&builder->suffix_capacity, sizeof(suffix));
	builder->suffixes[builder->suffix_count++] = suffix;
}

/* Reads the suffixes, and what the flags are called that matter. */
static int read_affixes(struct builder *builder)
{
	struct slice rest = text_slice(&builder->affixes), line;
	bool long_flags = false;

	while (slice_next_line(&line, &rest)) {
		struct slice name = next_field(&line);

		if (slice_is(name, "SFX"))
			read_suffix(builder, line);
		else if (slice_is(name, "FLAG"))
			long_flags = slice_is(next_field(&line), "long");
		else if (slice_is(name, "COMPOUNDBEGIN"))
			builder->begin = next_field(&line);
		else if (slice_is(name, "COMPOUNDEND"))
			builder->end = next_field(&line);
		else if (slice_is(name, "ONLYINCOMPOUND"))
			builder->only_inside = next_field(&line);
		else if (slice_is(name, "FORBIDDENWORD"))
			builder->forbidden = next_field(&line);
	}
	if (long_flags && builder->begin.size == FLAG_SIZE && builder->end.size == FLAG_SIZE)
		return 0;
	fputs("compounds: the affix file has no flags of two letters for COMPOUNDBEGIN and "
	      "COMPOUNDEND, as that of hunspell-nl 2.20 has.\n",
		stderr);
	return -1;
}

/* The length of one item of a condition: a letter, a full stop, or a set between brackets. */
static size_t condition_item(struct slice condition)
{
	size_t end = slice_find(condition, ']');

	if (condition.data[0] == '[')
		return end < condition.size ? end + 1 : condition.size;
	end = slice_letter_size(condition);
	return end > 0 ? end : 1;
}

static bool item_holds(struct slice item, struct slice letter)
{
	bool negated;

	if (slice_is(item, "."))
		return true;
	if (item.data[0] != '[')
		return slice_equal(item, letter);
	item = (struct slice){item.data + 1, item.size - 2};
	negated = slice_starts(item, "^");
	item = slice_from(item, negated ? 1 : 0);
	return (slice_search(item, letter) < item.size) != negated;
}

/* True when the word ends as the condition says. Its items are few: each is held to its letter. */
static bool condition_holds(struct slice condition, struct slice word)
{
	size_t items = 0, start = word.size;

	for (struct slice rest = condition; rest.size > 0; items++)
		rest = slice_from(rest, condition_item(rest));
	for (; items > 0; items--) {
		if (start == 0)
			return false;
		do
			start--;
		while (start > 0 && ((unsigned char)word.data[start] & 0xc0) == 0x80);
	}
	while (condition.size > 0) {
		size_t size = condition_item(condition);
		size_t letter = slice_letter_size(slice_from(word, start));

		if (letter == 0 || !item_holds((struct slice){condition.data, size},
					   (struct slice){word.data + start, letter}))
			return false;
		condition = slice_from(condition, size);
		start += letter;
	}
	return true;
}

/* Lower-case letters only: a name, a number or a form with a hyphen is no part of a word. */
static bool is_plain(struct slice word)
{
	if (word.size == 0 || word.size > COMPOUND_LONGEST)
		return false;
	for (size_t i = 0; i < word.size; i++) {
		unsigned char byte = (unsigned char)word.data[i];
		unsigned char next = i + 1 < word.size ? (unsigned char)word.data[i + 1] : 0;

		if (byte < 0x80 ? byte < 'a' || byte > 'z'
				: (byte == 0xc3 && next < 0x9f) || byte == 0xc4)
			return false;
	}
	return true;
}

static void add_form(struct builder *builder, struct slice word, unsigned kinds)
{
	if (kinds == 0 || !is_plain(word))
		return;
	builder->forms = mem_grow(builder->forms, builder->form_count, &builder->form_capacity,
		sizeof(*builder->forms));
	builder->forms[builder->form_count++] =
		(struct compound_form){slice_keep(&builder->arena, word), kinds, 0};
}

/* The flags for compounds; `inherited` are those of the entry that a form was made of. */
static unsigned kinds_of(const struct builder *builder, struct slice own, struct slice inherited)
{
	return (has_flag(own, builder->begin) ? COMPOUND_BEGIN : 0U) |
	       (has_flag(own, builder->end) || has_flag(inherited, builder->end) ? COMPOUND_END
										 : 0U);
}

/* Adds what an entry's suffixes make of it. */
static void add_suffixed(struct builder *builder, struct slice word, struct slice flags)
{
	struct text form = {0};

	for (size_t i = 0; i < builder->suffix_count; i++) {
		const struct suffix *suffix = &builder->suffixes[i];
		unsigned kinds = kinds_of(builder, suffix->flags, flags);

		if (!has_flag(flags, suffix->flag) || suffix->strip.size >= word.size ||
			!condition_holds(suffix->condition, word) ||
			memcmp(word.data + word.size - suffix->strip.size, suffix->strip.data,
				suffix->strip.size) != 0)
			continue;
		text_clear(&form);
		text_add(&form, (struct slice){word.data, word.size - suffix->strip.size});
		text_add(&form, suffix->add);
		if (has_flag(suffix->flags, builder->only_inside))
			kinds &= ~(unsigned)COMPOUND_END;
		else if (kinds != 0)
			kinds |= COMPOUND_INFLECTED;
		add_form(builder, text_slice(&form), kinds);
	}
	text_free(&form);
}

/* The dictionary writes the ligature for ij; nobody else does. */
static void add_plain_ij(struct text *out, struct slice word)
{
	const struct slice ligature = slice_of("\u0133");

	while (word.size > 0) {
		size_t at = slice_search(word, ligature);

		text_add(out, (struct slice){word.data, at});
		if (at < word.size)
			text_puts(out, "ij");
		word = slice_from(word, at < word.size ? at + ligature.size : at);
	}
}

static void read_entry(struct builder *builder, struct slice line)
{
	struct slice entry = next_field(&line), flags;
	size_t slash = slice_find(entry, '/');
	struct text word = {0};

	flags = slice_from(entry, slash < entry.size ? slash + 1 : slash);
	add_plain_ij(&word, (struct slice){entry.data, slash});
	if (word.size > 0 && !has_flag(flags, builder->forbidden) && is_plain(text_slice(&word))) {
		add_form(builder, text_slice(&word),
			kinds_of(builder, flags, flags) |
				(has_flag(flags, builder->only_inside) ? 0U : COMPOUND_WORD));
		add_suffixed(builder, text_slice(&word), flags);
	}
	text_free(&word);
}

static void read_words(struct builder *builder)
{
	struct slice rest = text_slice(&builder->words), line;

	while (slice_next_line(&line, &rest))
		read_entry(builder, line);
}

static int compare_forms(const void *a, const void *b)
{
	const struct compound_form *left = a, *right = b;

	return slice_compare(left->word, right->word);
}

/* Makes one of the forms that are the same. */
static void merge_forms(struct builder *builder)
{
	size_t count = 0;

	if (builder->form_count == 0)
		return;
	qsort(builder->forms, builder->form_count, sizeof(*builder->forms), compare_forms);
	for (size_t i = 0; i < builder->form_count; i++) {
		if (count > 0 &&
			slice_equal(builder->forms[count - 1].word, builder->forms[i].word))
			builder->forms[count - 1].kinds |= builder->forms[i].kinds;
		else
			builder->forms[count++] = builder->forms[i];
	}
	builder->form_count = count;
}

static int write_table(const struct builder *builder)
{
	struct text table = {0};
	bool written;

	if (builder->form_count < FEWEST_FORMS) {
		fputs("compounds: the dictionary has hardly any words in it.\n", stderr);
		return -1;
	}
	compound_table_write(&table, builder->forms, builder->form_count);
	written = fwrite(table.data, 1, table.size, stdout) == table.size && fflush(stdout) == 0;
	if (!written)
		fprintf(stderr, "compounds: cannot write: %s\n", strerror(errno));
	text_free(&table);
	return written ? 0 : -1;
}

int main(int argc, char **argv)
{
	struct builder builder = {0};
	int result = -1;

	if (argc != 3) {
		fputs("usage: compounds NAME.aff NAME.dic > table\n", stderr);
		return 2;
	}
	if (read_file(&builder.affixes, argv[1]) == 0 && read_file(&builder.words, argv[2]) == 0 &&
		read_affixes(&builder) == 0) {
		read_words(&builder);
		merge_forms(&builder);
		result = write_table(&builder);
	}
	text_free(&builder.affixes);
	text_free(&builder.words);
	free(builder.suffixes);
	free(builder.forms);
	arena_free(&builder.arena);
	return result == 0 ? 0 : 1;
}
