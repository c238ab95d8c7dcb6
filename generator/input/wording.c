/*
 * One walk over the tree, without recursion but for footnotes, which do not nest: a note that is
 * referred to from a note comes behind it, as in the page itself.
 */
#include "input/wording.h"

#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "input/writer.h"

/* How markup shows. */
#define BLOCK '\001'  /* a block starts; its kind follows, */
#define CLOSE '\002'  /* and one ends */
#define INLINE '\003' /* the same for emphasis, links and such */
#define PART '\004'   /* the next of what a piece of markup has: an address, a title */

struct wording {
	struct writer *writer;
	enum wording_form form;
	struct text text;
	struct text links; /* of the section, in the plain form */
	bool blank;	   /* white space came since the last word, */
	bool bare;	   /* but no word yet in this block */
};

/* Ends the line of the plain form, unless nothing stands on it. */
static void end_line(struct wording *wording)
{
	if (!wording->bare)
		text_byte(&wording->text, '\n');
	wording->blank = false;
	wording->bare = true;
}

static void add_mark(struct wording *wording, char mark, const char *kind)
{
	bool block = mark != INLINE;

	if (wording->form == WORDING_PLAIN) {
		if (block)
			end_line(wording);
		return;
	}
	if (!block && wording->blank && !wording->bare)
		text_byte(&wording->text, ' ');
	wording->blank = false;
	text_byte(&wording->text, mark);
	text_puts(&wording->text, kind);
	if (block)
		wording->bare = true;
}

/* The length of the white space that the text starts with: also the space that does not break. */
static size_t blank_size(struct slice text)
{
	if (text.size >= 2 && memcmp(text.data, "\302\240", 2) == 0)
		return 2;
	return text.size > 0 && strchr(" \t\r\n\f\v", text.data[0]) != NULL ? 1 : 0;
}

static void add_words(struct wording *wording, struct slice text)
{
	while (text.size > 0) {
		size_t blank = blank_size(text);

		if (blank > 0) {
			wording->blank = true;
			text = slice_from(text, blank);
			continue;
		}
		if (wording->blank && !wording->bare)
			text_byte(&wording->text, ' ');
		wording->blank = wording->bare = false;
		text_byte(&wording->text, text.data[0]);
		text = slice_from(text, 1);
	}
}

/* HTML: what is not a comment. */
static void add_html(struct wording *wording, struct slice html)
{
	while (html.size > 0) {
		size_t start = slice_search(html, slice_of("<!--"));
		struct slice rest = slice_from(html, start);

		add_words(wording, (struct slice){html.data, start});
		start = slice_search(rest, slice_of("-->"));
		html = slice_from(rest, start + 3 < rest.size ? start + 3 : rest.size);
	}
}

/* Ends a part of a piece of markup. */
static void end_part(struct wording *wording)
{
	if (wording->form == WORDING_EXACT)
		text_byte(&wording->text, PART);
}

/* Where a link or an image leads, and its title. */
static void add_target(struct wording *wording, cmark_node *node)
{
	const char *url = cmark_node_get_url(node), *title = cmark_node_get_title(node);

	if (wording->form == WORDING_PLAIN) {
		text_puts(&wording->links, wording->links.size > 0 ? " <" : "<");
		text_puts(&wording->links, url != NULL ? url : "");
		text_puts(&wording->links, title != NULL && title[0] != '\0' ? " " : "");
		text_puts(&wording->links, title != NULL ? title : "");
		text_byte(&wording->links, '>');
		return;
	}
	text_byte(&wording->text, PART);
	text_puts(&wording->text, url != NULL ? url : "");
	text_byte(&wording->text, PART);
	text_puts(&wording->text, title != NULL ? title : "");
}

static void add_code(struct wording *wording, cmark_node *node)
{
	struct slice literal = slice_of(cmark_node_get_literal(node)), line;

	if (wording->form == WORDING_PLAIN) {
		while (slice_next_line(&line, &literal)) {
			end_line(wording);
			add_words(wording, line);
		}
		return;
	}
	add_mark(wording, BLOCK, "code");
	add_words(wording, slice_of(cmark_node_get_fence_info(node)));
	text_byte(&wording->text, PART);
	wording->bare = true;
	add_words(wording, literal);
	add_mark(wording, CLOSE, "");
}

/* A note goes by its place among those of the section: numbers depend on other sections. */
static void add_reference(struct wording *wording, cmark_node *node)
{
	struct writer *writer = wording->writer;
	int number = slice_number(slice_of(cmark_node_get_literal(node)));
	size_t note, place = 0;

	if (number < 1 || (size_t)number > writer->note_count)
		return;
	note = (size_t)number - 1;
	while (place < writer->note_used && writer->note_order[place] != note)
		place++;
	if (place == writer->note_used)
		writer->note_order[writer->note_used++] = note;
	add_mark(wording, INLINE, "note");
	text_printf(&wording->text, "[%zu]", place + 1);
	wording->bare = false;
	end_part(wording);
}

/* For the exact form the end of a paragraph is white space. */
static void end_paragraph(struct wording *wording)
{
	if (wording->form == WORDING_PLAIN)
		end_line(wording);
	wording->blank = true;
}

static const char *inline_kind(cmark_node_type type)
{
	if (type == CMARK_NODE_EMPH)
		return "em";
	if (type == CMARK_NODE_STRONG)
		return "strong";
	if (type == CMARK_NODE_LINK)
		return "link";
	return type == CMARK_NODE_IMAGE ? "image" : NULL;
}

/* What shows a block to who reads: the dash of an item, the line between cells. */
static void enter_plain(struct wording *wording, cmark_node *node, cmark_node_type type)
{
	bool cell = strcmp(cmark_node_get_type_string(node), "table_cell") == 0;

	if (!cell)
		end_line(wording);
	else if (cmark_node_previous(node) != NULL)
		text_puts(&wording->text, " | ");
	if (type == CMARK_NODE_ITEM)
		text_puts(&wording->text, "- ");
	if (cell) {
		wording->blank = false;
		wording->bare = true;
	}
}

static void enter_block(struct wording *wording, cmark_node *node, cmark_node_type type)
{
	if (wording->form == WORDING_PLAIN) {
		enter_plain(wording, node, type);
		return;
	}
	add_mark(wording, BLOCK, cmark_node_get_type_string(node));
	if (type == CMARK_NODE_HEADING)
		text_number(&wording->text, (uint64_t)cmark_node_get_heading_level(node));
	if (type == CMARK_NODE_LIST && cmark_node_get_list_type(node) == CMARK_ORDERED_LIST) {
		text_byte(&wording->text, PART);
		text_number(&wording->text, (uint64_t)cmark_node_get_list_start(node));
	}
	text_byte(&wording->text, PART);
}

static void enter(struct wording *wording, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	switch (type) {
	case CMARK_NODE_TEXT:
		add_words(wording, slice_of(cmark_node_get_literal(node)));
		break;
	case CMARK_NODE_CODE:
		add_mark(wording, INLINE, "code");
		add_words(wording, slice_of(cmark_node_get_literal(node)));
		end_part(wording);
		break;
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
		add_html(wording, slice_of(cmark_node_get_literal(node)));
		break;
	case CMARK_NODE_CODE_BLOCK:
		add_code(wording, node);
		break;
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		add_reference(wording, node);
		break;
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
		wording->blank = true;
		break;
	case CMARK_NODE_PARAGRAPH:
		end_paragraph(wording);
		break;
	case CMARK_NODE_DOCUMENT:
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		break;
	default:
		if (inline_kind(type) != NULL)
			add_mark(wording, INLINE, inline_kind(type));
		else
			enter_block(wording, node, type);
	}
}

static void leave(struct wording *wording, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_DOCUMENT ||
		type == CMARK_NODE_FOOTNOTE_DEFINITION) {
		end_paragraph(wording);
	} else if (type == CMARK_NODE_FOOTNOTE_REFERENCE) {
		return; /* it was written whole */
	} else if (inline_kind(type) != NULL) {
		if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
			add_target(wording, node);
		end_part(wording);
	} else if (wording->form == WORDING_EXACT ||
		   strcmp(cmark_node_get_type_string(node), "table_cell") != 0) {
		add_mark(wording, CLOSE, "");
	} else {
		wording->bare = false; /* an empty cell is one, too */
	}
}

/* A block that stands in the document itself, with all in it. */
static void add_block(struct wording *wording, cmark_node *block)
{
	cmark_iter *iter = cmark_iter_new(block);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		if (event == CMARK_EVENT_ENTER)
			enter(wording, cmark_iter_get_node(iter));
		else
			leave(wording, cmark_iter_get_node(iter));
	}
	cmark_iter_free(iter);
}

/* Adds the notes that the section refers to, and ends it. */
static void end_section(struct wording *wording)
{
	struct writer *writer = wording->writer;

	for (size_t i = 0; i < writer->note_used; i++) {
		add_mark(wording, BLOCK, "notes");
		text_printf(&wording->text, "[%zu] ", i + 1);
		wording->bare = true;
		add_block(wording, writer->notes[writer->note_order[i]]);
		add_mark(wording, CLOSE, "");
	}
	writer->note_used = 0;
	if (wording->form == WORDING_PLAIN) {
		end_line(wording);
		text_add(&wording->text, text_slice(&wording->links));
		text_puts(&wording->text, wording->links.size > 0 ? "\n" : "");
		text_clear(&wording->links);
	}
	/* Whatever the section begins or ends with, the next one starts afresh. */
	wording->blank = false;
	wording->bare = true;
}

void wording_read(struct writer *writer, cmark_node *root, enum wording_form form)
{
	struct wording wording = {.writer = writer, .form = form, .bare = true};
	size_t *starts = mem_new(writer->section_count + 1, sizeof(*starts));
	size_t count = 1;
	struct slice all;

	for (cmark_node *node = cmark_node_first_child(root); node != NULL;
		node = cmark_node_next(node)) {
		if (cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION)
			continue;
		if (cmark_node_get_type(node) == CMARK_NODE_HEADING) {
			end_section(&wording);
			starts[count++] = wording.text.size;
		}
		add_block(&wording, node);
	}
	end_section(&wording);
	starts[count] = wording.text.size;
	all = text_keep(writer->arena, &wording.text);
	for (size_t i = 0; i < writer->section_count; i++)
		writer->sections[i].text =
			(struct slice){all.data + starts[i], starts[i + 1] - starts[i]};
	free(starts);
	text_free(&wording.links);
}
