/*
 * Ids come in two rounds: those that authors gave go first, then the headings without one get their
 * slug, with -2, -3, … when it is taken. So an id that others link to never changes because a
 * heading was added above it.
 */
#include "input/headings.h"

#include <cmark-gfm.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/unicode.h"
#include "input/prose.h"
#include "input/writer.h"

#define SPARE_SLUG "kop" /* of a heading that has no letters, and before one that is reserved */

static const char *const reserved[] = {"pagina-", "noot-"};
static const char *const mark_names[] = {"vast", "regio-vult-in"};
static const unsigned mark_values[] = {SECTION_FIXED, SECTION_SLOT};

/* Who has an id, and which number to try next for headings with the same slug. */
struct id_use {
	unsigned line;
	unsigned next;
};

static const char *reserved_start(struct slice id)
{
	for (size_t i = 0; i < ARRAY_LEN(reserved); i++) {
		if (slice_starts(id, reserved[i]))
			return reserved[i];
	}
	return NULL;
}

static struct id_use *take_id(struct writer *writer, struct slice id, unsigned line)
{
	struct id_use *use = arena_new(writer->arena, 1, sizeof(*use));

	*use = (struct id_use){line, 2};
	map_set(&writer->ids, id, use);
	return use;
}

static bool is_id(struct slice id)
{
	for (size_t i = 0; i < id.size; i++) {
		char byte = id.data[i];

		if ((byte < 'a' || byte > 'z') &&
			(i == 0 || (byte != '-' && (byte < '0' || byte > '9'))))
			return false;
	}
	return id.size > 0;
}

static void give_id(
	struct writer *writer, struct section *section, struct slice id, struct place place)
{
	const char *shown = arena_copy(writer->arena, id.data, id.size);
	const struct id_use *use = map_get(&writer->ids, id);
	char line[16];

	if (!is_id(id)) {
		diag_add(writer->diags, DIAG_ID_MALFORMED, place, shown, NULL);
	} else if (reserved_start(id) != NULL) {
		diag_add(writer->diags, DIAG_ID_RESERVED, place, shown, reserved_start(id), NULL);
	} else if (use != NULL) {
		snprintf(line, sizeof(line), "%u", use->line);
		diag_add(writer->diags, DIAG_ID_TWICE, place, shown, line, NULL);
	} else {
		section->id = (struct slice){shown, id.size};
		section->id_given = true;
		take_id(writer, section->id, section->line);
	}
}

static void add_mark(
	struct writer *writer, struct section *section, struct slice mark, struct place place)
{
	const char *shown = arena_copy(writer->arena, mark.data, mark.size);
	const char *nearest = diag_nearest(shown, mark_names, ARRAY_LEN(mark_names));

	for (size_t i = 0; i < ARRAY_LEN(mark_names); i++) {
		if (slice_is(mark, mark_names[i])) {
			section->marks |= mark_values[i];
			return;
		}
	}
	if (nearest != NULL)
		diag_add(writer->diags, DIAG_MARK_NEAR, place, shown, nearest, NULL);
	else
		diag_add(writer->diags, DIAG_MARK_UNKNOWN, place, shown, "vast, regio-vult-in",
			NULL);
}

static struct slice next_word(struct slice *rest)
{
	struct slice word;

	*rest = slice_trim(*rest);
	word = *rest;
	for (word.size = 0; word.size < rest->size; word.size++) {
		if (strchr(" \t\r\n", rest->data[word.size]) != NULL)
			break;
	}
	*rest = slice_from(*rest, word.size);
	return word;
}

/* True for the comment that holds marks; another is the author's own. */
static bool is_marks(struct slice comment)
{
	struct slice first = next_word(&comment);
	char word[64];

	if (first.size == 0 || first.data[0] == '#')
		return first.size > 0;
	snprintf(word, sizeof(word), "%.*s", (int)(first.size < 63 ? first.size : 63), first.data);
	return diag_nearest(word, mark_names, ARRAY_LEN(mark_names)) != NULL;
}

static void read_comment(struct writer *writer, struct section *section, cmark_node *node)
{
	struct slice comment = slice_of(cmark_node_get_literal(node));
	bool first = true;
	int line = cmark_node_get_start_line(node);
	int column = cmark_node_get_start_column(node);

	if (!slice_starts(comment, "<!--") || !slice_ends(comment, "-->") || comment.size < 7)
		return;
	comment = (struct slice){comment.data + 4, comment.size - 7};
	if (!is_marks(comment))
		return;
	for (struct slice word = next_word(&comment); word.size > 0; word = next_word(&comment)) {
		struct place place = writer_place(writer, line, column, word);

		if (first && word.data[0] == '#')
			give_id(writer, section, slice_from(word, 1), place);
		else
			add_mark(writer, section, word, place);
		first = false;
	}
}

/* The words of a heading, with marks of Markdown and values of the region left out. */
static void read_title(struct writer *writer, struct section *section, cmark_node *heading)
{
	cmark_iter *iter = cmark_iter_new(heading);
	struct text words = {0}, title = {0};
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);

		if (event != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_TEXT)
			prose_plain(&words, writer, slice_of(cmark_node_get_literal(node)),
				cmark_node_get_start_line(node), cmark_node_get_start_column(node),
				true);
		else if (type == CMARK_NODE_CODE)
			text_puts(&words, cmark_node_get_literal(node));
		else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			text_byte(&words, ' ');
		else if (type == CMARK_NODE_HTML_INLINE)
			read_comment(writer, section, node);
	}
	cmark_iter_free(iter);
	for (struct slice rest = text_slice(&words), word = next_word(&rest); word.size > 0;
		word = next_word(&rest)) {
		if (title.size > 0)
			text_byte(&title, ' ');
		text_add(&title, word);
	}
	section->title = text_keep(writer->arena, &title);
	text_free(&words);
}

static void check_level(struct writer *writer, struct section *section, unsigned above)
{
	struct place place = {writer->path, section->line, 0};
	char level[3][4];

	if (section->level == 1) {
		diag_add(writer->diags, DIAG_HEADING_TITLE, place, NULL);
		section->level = 2;
	}
	if (section->level <= above + 1)
		return;
	snprintf(level[0], sizeof(level[0]), "%u", section->level % 10);
	snprintf(level[1], sizeof(level[1]), "%u", above % 10);
	snprintf(level[2], sizeof(level[2]), "%u", (above + 1) % 10);
	diag_add(writer->diags, DIAG_HEADING_SKIPPED, place, level[0], level[1], level[2], NULL);
}

static void make_id(struct writer *writer, struct section *section)
{
	struct text slug = {0};
	struct id_use *use;
	size_t size;

	unicode_slug(&slug, section->title);
	if (slug.size == 0 || reserved_start(text_slice(&slug)) != NULL) {
		text_clear(&slug);
		text_puts(&slug, SPARE_SLUG "-");
		unicode_slug(&slug, section->title);
		if (slug.data[slug.size - 1] == '-')
			slug.data[--slug.size] = '\0';
	}
	size = slug.size;
	use = map_get(&writer->ids, text_slice(&slug));
	while (use != NULL) {
		slug.size = size;
		text_printf(&slug, "-%u", use->next++);
		if (map_get(&writer->ids, text_slice(&slug)) == NULL)
			use = NULL;
	}
	section->id = text_keep(writer->arena, &slug);
	take_id(writer, section->id, section->line);
}

/* Returns -1, with a message, when there are more than the limit. */
static int count_headings(struct writer *writer, cmark_node *root)
{
	int count = 0;
	char number[16];

	for (cmark_node *node = cmark_node_first_child(root); node != NULL;
		node = cmark_node_next(node)) {
		if (cmark_node_get_type(node) != CMARK_NODE_HEADING)
			continue;
		if (++count <= GUARD_COUNT_LIMIT)
			continue;
		snprintf(number, sizeof(number), "%d", GUARD_COUNT_LIMIT);
		diag_add(writer->diags, DIAG_HEADINGS_MANY,
			writer_place(writer, cmark_node_get_start_line(node), 0, (struct slice){0}),
			number, NULL);
		return -1;
	}
	return count;
}

int headings_read(struct writer *writer, cmark_node *root)
{
	int count = count_headings(writer, root);
	unsigned above = 1;

	if (count < 0)
		return -1;
	writer->sections = arena_new(writer->arena, (size_t)count + 1, sizeof(*writer->sections));
	writer->sections[0].level = 1;
	writer->sections[0].line = writer->first_line;
	writer->section_count = 1;
	for (cmark_node *node = cmark_node_first_child(root); node != NULL;
		node = cmark_node_next(node)) {
		struct section *section = &writer->sections[writer->section_count];

		if (cmark_node_get_type(node) != CMARK_NODE_HEADING)
			continue;
		writer->section_count++;
		section->level = (unsigned)cmark_node_get_heading_level(node);
		section->line = writer->first_line + (unsigned)cmark_node_get_start_line(node) - 1;
		read_title(writer, section, node);
		if (section->title.size == 0)
			diag_add(writer->diags, DIAG_HEADING_EMPTY,
				(struct place){writer->path, section->line, 0}, NULL);
		check_level(writer, section, above);
		above = section->level;
	}
	for (size_t i = 1; i < writer->section_count; i++) {
		if (writer->sections[i].id.size == 0)
			make_id(writer, &writer->sections[i]);
	}
	return 0;
}
