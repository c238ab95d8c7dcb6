/*
 * Line by line, as editors write: that is enough to tell paragraphs, items and headings apart, and
 * cannot take long whatever an old version holds.
 */
#include "output/passage.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/value.h"

#define LINK_DEPTH 3	/* an image in a link in brackets */
#define LINK_LIMIT 1000 /* bytes of a link: how far its end is looked for */
#define VALUE_DEPTH 4	/* of front matter that is shown */

/* Where the reading of a file is. */
struct reader {
	struct passages *passages;
	bool open;	   /* the last passage goes on with the next line */
	bool quoted;	   /* this line is */
	char fence;	   /* '`' or '~' in a code block; else NUL */
	size_t fence_size; /* signs that opened it */
	bool comment;	   /* one has begun and not ended */
};

/* ---- Words */

static void add_word(struct passages *passages, struct slice text, unsigned marks)
{
	passages->words = mem_grow(passages->words, passages->word_count, &passages->word_capacity,
		sizeof(*passages->words));
	passages->marks = mem_grow(passages->marks, passages->word_count, &passages->mark_capacity,
		sizeof(*passages->marks));
	passages->words[passages->word_count] = text;
	passages->marks[passages->word_count++] = (unsigned char)marks;
	passages->list[passages->count - 1].count++;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_letter(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (unsigned char)c >= 0x80;
}

/* The byte at a place; a space where there is none. */
static char byte_at(struct slice text, size_t at)
{
	return at < text.size ? text.data[at] : ' ';
}

/* The end of the word that starts at `at`: 3.500, e-mail, foto's and 12:30 are one. */
static size_t word_end(struct slice text, size_t at)
{
	bool begun = false;

	while (is_letter(byte_at(text, at)) ||
		(begun && byte_at(text, at) != '\0' &&
			strchr("-'.,:/@_", byte_at(text, at)) != NULL &&
			is_letter(byte_at(text, at + 1)))) {
		begun = true;
		at++;
	}
	return at;
}

/* Signs of emphasis and code, unless they stand by themselves or within a word. */
static bool is_markup(struct slice text, size_t at)
{
	char c = text.data[at], before = at > 0 ? text.data[at - 1] : ' ';

	if (c == '~')
		return before == '~' || byte_at(text, at + 1) == '~';
	return (c == '*' || c == '_' || c == '`') &&
	       !(is_space(before) && is_space(byte_at(text, at + 1)));
}

/* Where what opens at `at` closes, or 0. */
static size_t find_close(struct slice text, size_t at, char open, char close)
{
	size_t depth = 0;

	for (size_t i = at; i < text.size && i < at + LINK_LIMIT; i++) {
		if (text.data[i] == '\\')
			i++;
		else if (text.data[i] == open)
			depth++;
		else if (text.data[i] == close && --depth == 0)
			return i;
	}
	return 0;
}

static void add_inline(struct passages *passages, struct slice text, bool spaced, int depth);

/* A link or a note that starts at the bracket `at`. Gives where it ends, or `at`. */
static size_t add_link(
	struct passages *passages, struct slice text, size_t at, bool spaced, int depth)
{
	size_t close = find_close(text, at, '[', ']'), end;

	if (close == 0 || depth >= LINK_DEPTH)
		return at;
	if (byte_at(text, at + 1) == '^') {
		add_word(passages, (struct slice){text.data + at, close + 1 - at},
			spaced ? WORD_SPACED : 0);
		return close + 1;
	}
	if (byte_at(text, close + 1) != '(' && byte_at(text, close + 1) != '[')
		return at;
	end = byte_at(text, close + 1) == '(' ? find_close(text, close + 1, '(', ')')
					      : find_close(text, close + 1, '[', ']');
	if (end == 0)
		return at;
	add_inline(passages, (struct slice){text.data + at + 1, close - at - 1}, spaced, depth + 1);
	add_word(passages, (struct slice){text.data + close + 1, end - close},
		WORD_SPACED | WORD_TARGET);
	return end + 1;
}

/* Adds the words of Markdown on one line; `spaced`: there is white space before it. */
static void add_inline(struct passages *passages, struct slice text, bool spaced, int depth)
{
	size_t at = 0;

	while (at < text.size) {
		size_t start = at, end;

		if (is_space(text.data[at])) {
			spaced = true;
			at++;
			continue;
		}
		end = word_end(text, at);
		if (end == at && is_markup(text, at)) {
			at++;
			continue;
		}
		if (end == at) {
			size_t bracket = text.data[at] == '!' ? at + 1 : at;

			if (byte_at(text, bracket) == '[')
				end = add_link(passages, text, bracket, spaced, depth);
			if (end > bracket) {
				at = end;
				spaced = false;
				continue;
			}
			end = at;
		}
		if (end == start && text.data[start] == '\\' && start + 1 < text.size &&
			!is_letter(text.data[start + 1]) && !is_space(text.data[start + 1]))
			start++;
		end = end > start ? end : start + 1;
		add_word(passages, (struct slice){text.data + start, end - start},
			spaced ? WORD_SPACED : 0);
		spaced = false;
		at = end;
	}
}

/* ---- Passages */

static struct passage *add_passage(
	struct passages *passages, enum passage_kind kind, struct slice name)
{
	passages->list = mem_grow(
		passages->list, passages->count, &passages->capacity, sizeof(*passages->list));
	passages->list[passages->count] =
		(struct passage){.kind = kind, .name = name, .start = passages->word_count};
	return &passages->list[passages->count++];
}

/* Starts a passage with the words of a line, or goes on with the last one. */
static void add_line(
	struct reader *reader, enum passage_kind kind, struct slice line, bool new, bool stays)
{
	struct passages *passages = reader->passages;

	if (new || !reader->open || passages->list[passages->count - 1].quoted != reader->quoted)
		add_passage(passages, kind, (struct slice){0})->quoted = reader->quoted;
	add_inline(passages, line, true, 0);
	reader->open = stays;
	if (passages->list[passages->count - 1].count == 0) {
		passages->count--;
		reader->open = false;
	}
}

static size_t count_signs(struct slice line, char sign)
{
	size_t count = 0;

	while (count < line.size && line.data[count] == sign)
		count++;
	return count;
}

/* What a list's item has before its text, with the box of a task; 0 when the line is no item. */
static size_t item_mark_size(struct slice line)
{
	size_t size = 0;

	if (line.size > 1 && strchr("-*+", line.data[0]) != NULL) {
		size = 1;
	} else {
		while (size < line.size && size < 9 && line.data[size] >= '0' &&
			line.data[size] <= '9')
			size++;
		size = size > 0 && (byte_at(line, size) == '.' || byte_at(line, size) == ')')
			       ? size + 1
			       : 0;
	}
	if (size == 0 || !is_space(byte_at(line, size)))
		return 0;
	if (byte_at(line, size + 1) == '[' && byte_at(line, size + 3) == ']' &&
		is_space(byte_at(line, size + 4)))
		size += 4;
	return size;
}

/* A line of one sign: below a title, between two parts, or below the head of a table. */
static bool is_rule(struct slice line)
{
	bool has_sign = false;

	for (size_t i = 0; i < line.size; i++) {
		if (strchr("-=*_|: \t", line.data[i]) == NULL)
			return false;
		has_sign = has_sign || strchr("-=*_", line.data[i]) != NULL;
	}
	return has_sign;
}

static void read_row(struct reader *reader, struct slice line)
{
	struct passages *passages = reader->passages;
	bool first = true;

	add_passage(passages, PASSAGE_ROW, (struct slice){0})->quoted = reader->quoted;
	line = slice_from(line, 1);
	while (line.size > 0) {
		size_t end = slice_find(line, '|');
		struct slice cell = slice_trim((struct slice){line.data, end});

		if (!first && cell.size > 0)
			add_word(passages, slice_of("|"), WORD_SPACED);
		first = false;
		add_inline(passages, cell, true, 0);
		line = slice_from(line, end < line.size ? end + 1 : end);
	}
	reader->open = false;
	if (passages->list[passages->count - 1].count == 0)
		passages->count--;
}

static void read_text(struct reader *reader, struct slice line)
{
	size_t signs = count_signs(line, '#'), mark = item_mark_size(line);

	if (line.size == 0) {
		reader->open = false;
	} else if (is_rule(line)) {
		if (reader->open && count_signs(line, line.data[0]) == line.size &&
			(line.data[0] == '=' || line.data[0] == '-'))
			reader->passages->list[reader->passages->count - 1].kind = PASSAGE_HEADING;
		reader->open = false;
	} else if (signs > 0 && signs <= 6 && is_space(byte_at(line, signs))) {
		add_line(reader, PASSAGE_HEADING, slice_from(line, signs), true, false);
	} else if (reader->quoted && slice_starts(line, "[!") && slice_ends(line, "]")) {
		add_line(reader, PASSAGE_HEADING, (struct slice){line.data + 2, line.size - 3},
			true, false);
	} else if (line.data[0] == '|') {
		read_row(reader, line);
	} else if (mark > 0) {
		add_line(reader, PASSAGE_ITEM, slice_from(line, mark), true, true);
	} else {
		add_line(reader, PASSAGE_TEXT, line, false, true);
	}
}

/* A line of a code block stands by itself, with no sign taken for markup. */
static void read_code(struct reader *reader, struct slice line)
{
	struct passages *passages = reader->passages;
	bool spaced = true;

	add_passage(passages, PASSAGE_CODE, (struct slice){0})->quoted = reader->quoted;
	for (size_t at = 0; at < line.size;) {
		size_t end = word_end(line, at);

		end = end > at ? end : at + 1;
		if (!is_space(line.data[at]))
			add_word(passages, (struct slice){line.data + at, end - at},
				spaced ? WORD_SPACED : 0);
		spaced = is_space(line.data[at]);
		at = end;
	}
	if (passages->list[passages->count - 1].count == 0)
		passages->count--;
}

/* Opens or closes a code block. False when the line is no fence. */
static bool read_fence(struct reader *reader, struct slice line)
{
	char sign = byte_at(line, 0);
	size_t size = count_signs(line, sign);

	if ((sign != '`' && sign != '~') || size < 3)
		return false;
	if (reader->fence == '\0') {
		reader->fence = sign;
		reader->fence_size = size;
	} else if (reader->fence == sign && size >= reader->fence_size && size == line.size) {
		reader->fence = '\0';
	} else {
		return false;
	}
	reader->open = false;
	return true;
}

/* True when what stands at `at` is in code within the line. */
static bool is_in_code(struct slice line, size_t at)
{
	size_t ticks = 0;

	for (size_t i = 0; i < at; i++)
		ticks += line.data[i] == '`';
	return ticks % 2 != 0;
}

/* Splits off what stands behind a comment, and leaves what stands before it. */
static struct slice cut_comment(struct reader *reader, struct slice *line)
{
	struct slice behind = *line;
	size_t start = reader->comment ? 0 : slice_search(*line, slice_of("<!--")), end;

	if (start == line->size || (!reader->comment && is_in_code(*line, start)))
		return (struct slice){0};
	if (!reader->comment)
		behind = slice_from(*line, start + 4);
	line->size = start;
	end = slice_search(behind, slice_of("-->"));
	reader->comment = end == behind.size;
	return slice_from(behind, reader->comment ? end : end + 3);
}

static void read_plain(struct reader *reader, struct slice line)
{
	reader->quoted = false;
	while (line.size > 0 && line.data[0] == '>') {
		reader->quoted = true;
		line = slice_trim(slice_from(line, 1));
	}
	if (read_fence(reader, line))
		return;
	if (reader->fence != '\0')
		read_code(reader, line);
	else
		read_text(reader, line);
}

/* A line that holds nothing but a comment does not end a paragraph, as an empty one does. */
static void read_line(struct reader *reader, struct slice line)
{
	bool blank = slice_trim(line).size == 0;
	struct slice behind;

	do {
		behind = reader->fence == '\0' ? cut_comment(reader, &line) : (struct slice){0};
		line = slice_trim(line);
		if (blank || line.size > 0)
			read_plain(reader, line);
		line = behind;
	} while (slice_trim(behind).size > 0);
}

void passages_add_markdown(struct passages *passages, struct slice markdown)
{
	struct reader reader = {.passages = passages};
	struct slice line;

	while (slice_next_line(&line, &markdown))
		read_line(&reader, line);
}

/* ---- Front matter */

/* Adds the words of a value: of a list with commas between, of a map with the keys. */
static void add_value(struct passages *passages, const struct value *value, int depth)
{
	struct slice rest = value_text(value);

	while (rest.size > 0) {
		struct slice line;

		if (slice_next_line(&line, &rest))
			add_inline(passages, line, true, LINK_DEPTH);
	}
	for (const struct value *item = depth < VALUE_DEPTH ? value->first : NULL; item != NULL;
		item = item->next) {
		if (item->key.size > 0) {
			add_word(passages, item->key, WORD_SPACED);
			add_word(passages, slice_of(":"), 0);
		}
		add_value(passages, item, depth + 1);
		if (item->next != NULL)
			add_word(passages, slice_of(depth > 0 ? "," : ";"), 0);
	}
}

/* What steers the site, and is not told on a page. */
static bool is_setting(struct slice key)
{
	static const char *const settings[] = {
		"concept", "gezien", "oude-adressen", "onderdeel-van", "volgorde"};

	for (size_t i = 0; i < ARRAY_LEN(settings); i++)
		if (slice_is(key, settings[i]))
			return true;
	return false;
}

void passages_add_fields(struct passages *passages, const struct value *front)
{
	for (const struct value *entry = front->first; entry != NULL; entry = entry->next) {
		if (is_setting(entry->key))
			continue;
		add_passage(passages, PASSAGE_FIELD, entry->key);
		add_value(passages, entry, 0);
	}
}

void passages_clear(struct passages *passages)
{
	passages->count = passages->word_count = 0;
}

void passages_free(struct passages *passages)
{
	free(passages->list);
	free(passages->words);
	free(passages->marks);
	*passages = (struct passages){0};
}
