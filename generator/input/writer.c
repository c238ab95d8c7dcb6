/*
 * Pieces, plain text and places; see writer.h. The texts of a document's pieces stand one behind
 * the other in one buffer, so that a piece needs only its size until the document is finished.
 */
#include "input/writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/unicode.h"

/* How far from a node's start its text is looked for: it is nearly always right there. */
#define SEARCH_LIMIT ((size_t)4096)

void writer_free(struct writer *writer)
{
	text_free(&writer->html);
	text_free(&writer->plain);
	free(writer->lines);
	free(writer->pieces);
	free(writer->links);
	free(writer->callouts);
	map_free(&writer->ids);
	free(writer->seen);
	free(writer->notes);
	free(writer->note_uses);
	free(writer->note_order);
}

struct place writer_place_of(struct writer *writer, size_t offset)
{
	size_t low = 0, high = writer->line_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (writer->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	if (writer->last_place.column == 0 || writer->last_place.line != low ||
		writer->last_place.offset > offset) {
		writer->last_place.line = low;
		writer->last_place.offset = writer->lines[low];
		writer->last_place.column = 1;
	}
	writer->last_place.column +=
		unicode_column(slice_from(writer->body, writer->last_place.offset),
			offset - writer->last_place.offset) -
		1;
	writer->last_place.offset = offset;
	return (struct place){
		writer->path, writer->first_line + (unsigned)low, writer->last_place.column};
}

/* What stands behind a blank line belongs to another block. */
static bool has_blank_line(struct slice text)
{
	return slice_search(text, slice_of("\n\n")) < text.size ||
	       slice_search(text, slice_of("\n\r\n")) < text.size;
}

struct place writer_place(struct writer *writer, int line, int column, struct slice needle)
{
	size_t number = line > 0 ? (size_t)line - 1 : 0;
	struct slice rest;
	size_t start, found;

	if (number >= writer->line_count)
		number = writer->line_count - 1;
	start = writer->lines[number];
	rest = slice_from(writer->body, start + (column > 1 ? (size_t)column - 1 : 0));
	if (rest.size > SEARCH_LIMIT)
		rest.size = SEARCH_LIMIT;
	found = needle.size > 0 ? slice_search(rest, needle) : rest.size;
	if (found < rest.size && !has_blank_line((struct slice){rest.data, found}))
		return writer_place_of(writer, (size_t)(rest.data - writer->body.data) + found);
	return (struct place){writer->path, writer->first_line + (unsigned)number, 0};
}

void writer_end_html(struct writer *writer)
{
	if (writer->html.size == writer->start)
		return;
	writer->pieces = mem_grow(writer->pieces, writer->piece_count, &writer->piece_capacity,
		sizeof(*writer->pieces));
	writer->pieces[writer->piece_count++] =
		(struct piece){.kind = PIECE_HTML, .text.size = writer->html.size - writer->start};
	writer->start = writer->html.size;
}

struct piece *writer_piece(struct writer *writer, enum piece_kind kind, struct slice text)
{
	struct piece *piece;

	writer_end_html(writer);
	writer->pieces = mem_grow(writer->pieces, writer->piece_count, &writer->piece_capacity,
		sizeof(*writer->pieces));
	piece = &writer->pieces[writer->piece_count++];
	*piece = (struct piece){.kind = kind, .text.size = text.size};
	text_add(&writer->html, text);
	writer->start = writer->html.size;
	return piece;
}

static const bool blanks[256] = {[' '] = true, ['\t'] = true, ['\n'] = true, ['\r'] = true};

static inline bool is_blank(char byte)
{
	return blanks[(unsigned char)byte];
}

/* True at the start of a section or line, and behind a space. */
static bool after_blank(const struct writer *writer)
{
	return writer->plain.size == 0 || is_blank(writer->plain.data[writer->plain.size - 1]);
}

/* How much of the text has single spaces for blanks already: nearly always all of it. */
static size_t spaced_size(struct slice text, bool blank)
{
	size_t at;

	for (at = 0; at < text.size; at++) {
		bool was_blank = blank;

		blank = is_blank(text.data[at]);
		if (blank && (was_blank || text.data[at] != ' '))
			break;
	}
	return at;
}

void writer_words(struct writer *writer, struct slice text)
{
	size_t size;
	bool blank;

	if (writer->in_heading || text.size == 0)
		return;
	size = spaced_size(text, after_blank(writer));
	text_add(&writer->plain, (struct slice){text.data, size});
	blank = after_blank(writer);
	for (size_t i = size; i < text.size; i++) {
		bool was_blank = blank;

		blank = is_blank(text.data[i]);
		if (!blank)
			text_byte(&writer->plain, text.data[i]);
		else if (!was_blank)
			text_byte(&writer->plain, ' ');
	}
}

void writer_space(struct writer *writer)
{
	if (!writer->in_heading && !after_blank(writer))
		text_byte(&writer->plain, ' ');
}

void writer_line(struct writer *writer)
{
	struct text *plain = &writer->plain;

	if (writer->in_heading || plain->size == 0)
		return;
	if (plain->data[plain->size - 1] == ' ')
		plain->size--;
	if (!after_blank(writer))
		text_byte(plain, '\n');
}

bool writer_first(struct writer *writer, size_t term)
{
	size_t old = writer->seen_size;

	if (term >= old) {
		writer->seen_size = term + 64;
		writer->seen = mem_resize(writer->seen, writer->seen_size, sizeof(*writer->seen));
		memset(writer->seen + old, 0, (writer->seen_size - old) * sizeof(*writer->seen));
	}
	/* Numbered from 1, since 0 says that it was never seen. */
	if (writer->seen[term] == writer->section + 1)
		return false;
	writer->seen[term] = writer->section + 1;
	return true;
}

static struct section *open_section(const struct writer *writer)
{
	return &writer->sections[writer->section];
}

/*
 * Until the end, `heading_count` is where the heading's pieces end, `count` where the body's do,
 * `text.size` where the plain text does, and so on: each section starts where the one above ends.
 */
void writer_open_section(struct writer *writer, size_t number)
{
	writer->section = number;
	writer->in_heading = number > 0;
	open_section(writer)->heading_count = writer->piece_count;
}

void writer_end_heading(struct writer *writer)
{
	while (writer->html.size > writer->start &&
		is_blank(writer->html.data[writer->html.size - 1]))
		writer->html.size--;
	writer_end_html(writer);
	writer->in_heading = false;
	open_section(writer)->heading_count = writer->piece_count;
}

void writer_close_section(struct writer *writer)
{
	struct section *section = open_section(writer);

	writer_end_html(writer);
	writer_line(writer);
	section->count = writer->piece_count;
	section->text.size = writer->plain.size;
	section->link_count = writer->link_count;
	section->callout_count = writer->callout_count;
}

void writer_open_callout(struct writer *writer, enum callout_kind kind, struct slice id)
{
	writer_end_html(writer);
	writer_line(writer);
	writer->callouts = mem_grow(writer->callouts, writer->callout_count,
		&writer->callout_capacity, sizeof(*writer->callouts));
	writer->callouts[writer->callout_count] = (struct written_callout){
		.callout = {.kind = kind, .id = id, .first = writer->piece_count},
		.text_start = writer->plain.size};
	writer->open_callouts[writer->open_count++] = writer->callout_count++;
}

void writer_close_callout(struct writer *writer)
{
	struct written_callout *written =
		&writer->callouts[writer->open_callouts[--writer->open_count]];

	writer_end_html(writer);
	writer_line(writer);
	written->callout.count = writer->piece_count - written->callout.first;
	written->text_end = writer->plain.size;
}

static void *keep(struct arena *arena, const void *items, size_t count, size_t size)
{
	void *kept = arena_new(arena, count, size);

	if (count > 0)
		memcpy(kept, items, count * size);
	return kept;
}

/* Gives each piece its text, now that the buffer no longer moves. */
static struct piece *keep_pieces(struct writer *writer)
{
	struct piece *pieces =
		keep(writer->arena, writer->pieces, writer->piece_count, sizeof(*writer->pieces));
	const char *html = text_keep(writer->arena, &writer->html).data;

	for (size_t i = 0; i < writer->piece_count; i++) {
		pieces[i].text.data = html;
		html += pieces[i].text.size;
	}
	return pieces;
}

static struct callout *keep_callouts(struct writer *writer, const char *plain)
{
	struct callout *callouts =
		arena_new(writer->arena, writer->callout_count, sizeof(*callouts));

	for (size_t i = 0; i < writer->callout_count; i++) {
		const struct written_callout *written = &writer->callouts[i];

		callouts[i] = written->callout;
		callouts[i].text = slice_trim((struct slice){
			plain + written->text_start, written->text_end - written->text_start});
	}
	return callouts;
}

void writer_finish(struct document *out, struct writer *writer)
{
	struct piece *pieces = keep_pieces(writer);
	const char *plain = text_keep(writer->arena, &writer->plain).data;
	struct link *links =
		keep(writer->arena, writer->links, writer->link_count, sizeof(*writer->links));
	struct callout *callouts = keep_callouts(writer, plain);
	struct section end = {0}; /* of the section above */

	for (size_t i = 0; i < writer->section_count; i++) {
		struct section *section = &writer->sections[i];
		struct section next = *section;

		section->heading = pieces + end.count;
		section->heading_count = next.heading_count - end.count;
		section->pieces = pieces + next.heading_count;
		section->count = next.count - next.heading_count;
		section->text = slice_trim(
			(struct slice){plain + end.text.size, next.text.size - end.text.size});
		section->links = links + end.link_count;
		section->link_count = next.link_count - end.link_count;
		section->callouts = callouts + end.callout_count;
		section->callout_count = next.callout_count - end.callout_count;
		for (size_t j = 0; j < section->callout_count; j++)
			section->callouts[j].first -= next.heading_count;
		end = next;
	}
	*out = (struct document){writer->sections, writer->section_count};
}
