/*
 * Each kind of block has its start and its end; a table of the plain ones would hide that most are
 * not plain. Line ends are written where they make the HTML readable, never where they show.
 */
#include "input/blocks.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <string.h>

#include "base/map.h"
#include "base/value.h"
#include "input/figure.h"
#include "input/notes.h"
#include "input/shapes.h"
#include "input/writer.h"

static void put(struct walk *walk, const char *string)
{
	text_puts(&walk->writer->html, string);
}

/* The end of a block, in the HTML and in the plain text. */
static void end_block(struct walk *walk, const char *tag)
{
	put(walk, tag);
	writer_line(walk->writer);
}

static struct slice literal_of(cmark_node *node)
{
	return slice_of(cmark_node_get_literal(node));
}

/* ---- Paragraphs and headings inside something */

/* In a tight list, the text of an item is no paragraph. */
static bool is_bare(cmark_node *paragraph)
{
	cmark_node *item = cmark_node_parent(paragraph);

	if (shape_of(paragraph) == SHAPE_FACT || shape_of(paragraph) == SHAPE_TASK_TEXT)
		return true;
	return cmark_node_get_type(item) == CMARK_NODE_ITEM &&
	       cmark_node_get_list_tight(cmark_node_parent(item)) != 0;
}

static void enter_paragraph(struct walk *walk, cmark_node *node)
{
	shape_paragraph(node);
	if (shape_of(node) == SHAPE_PICTURE)
		put(walk, "<figure class=\"figuur\">");
	else if (!is_bare(node))
		put(walk, "<p>");
}

static void leave_paragraph(struct walk *walk, cmark_node *node)
{
	bool last = cmark_node_next(node) == NULL;

	if (shape_of(node) == SHAPE_PICTURE) {
		end_block(walk, "</figure>\n");
	} else if (shape_of(node) == SHAPE_TASK_TEXT) {
		walk->writer->in_label = false;
		end_block(walk, last ? "</span></label>" : "</span></label>\n");
	} else if (is_bare(node)) {
		end_block(walk, last ? "" : "\n");
	} else {
		if (last && walk->note != NULL && cmark_node_parent(node) == walk->note)
			notes_back(walk->writer, walk->note_number);
		end_block(walk, "</p>\n");
	}
}

/* A heading that is no section's: an error, shown as bold text. */
static void enter_heading(struct walk *walk, cmark_node *node)
{
	struct writer *writer = walk->writer;

	diag_add(writer->diags, DIAG_HEADING_NESTED,
		writer_place(writer, cmark_node_get_start_line(node),
			cmark_node_get_start_column(node), slice_of("#")),
		NULL);
	put(walk, "<p><strong>");
}

/* ---- Lists */

static void enter_list(struct walk *walk, cmark_node *list)
{
	bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;

	shape_list(list);
	if (shape_of(list) == SHAPE_FACTS) {
		put(walk, "<dl class=\"feiten\">\n");
		return;
	}
	put(walk, ordered ? "<ol" : "<ul");
	if (shape_of(list) == SHAPE_TASKS)
		put(walk, " class=\"afvinklijst\"");
	if (ordered && cmark_node_get_list_start(list) != 1)
		text_printf(&walk->writer->html, " start=\"%d\"", cmark_node_get_list_start(list));
	put(walk, ">\n");
}

static void leave_list(struct walk *walk, cmark_node *list)
{
	bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;

	if (shape_of(list) == SHAPE_FACTS)
		end_block(walk, "</dl>\n");
	else
		end_block(walk, ordered ? "</ol>\n" : "</ul>\n");
}

static void enter_item(struct walk *walk, cmark_node *item)
{
	cmark_node *first = cmark_node_first_child(item);

	if (shape_of(item) == SHAPE_FACT) {
		put(walk, "<div>");
	} else if (shape_of(item) == SHAPE_TASK || shape_of(item) == SHAPE_DONE) {
		put(walk, "<li class=\"afvinken\"><label><input type=\"checkbox\"");
		put(walk, shape_of(item) == SHAPE_DONE ? " checked> <span>" : "> <span>");
		walk->writer->in_label = true;
		walk->writer->sections[walk->writer->section].tasks++;
	} else if (first == NULL || cmark_node_get_list_tight(cmark_node_parent(item))) {
		put(walk, "<li>");
	} else {
		put(walk, "<li>\n");
	}
}

/* ---- Quotes and callouts */

static struct slice callout_id(struct writer *writer, enum callout_kind kind)
{
	struct text id = {0};

	do {
		text_clear(&id);
		text_printf(&id, "%s%s-%u", writer->id_prefix, callout_slug(kind),
			++writer->callout_numbers[kind]);
	} while (map_get(&writer->ids, text_slice(&id)) != NULL);
	return text_keep(writer->arena, &id);
}

static void enter_quote(struct walk *walk, cmark_node *quote)
{
	struct writer *writer = walk->writer;
	enum callout_kind kind;
	struct slice id, name;

	if (!shape_callout(&kind, writer, quote)) {
		put(walk, "<blockquote>\n");
		return;
	}
	/* Its first line is gone: the walk goes on at what is its first child now. */
	cmark_iter_reset(walk->iter, quote, CMARK_EVENT_ENTER);
	id = callout_id(writer, kind);
	name = slice_of(writer->words->callouts[kind]);
	text_printf(&writer->html,
		"<div class=\"kader kader-%s\" id=\"%s\" role=\"note\" aria-label=\"",
		callout_slug(kind), id.data);
	text_attr(&writer->html, name);
	text_puts(&writer->html, "\">\n<p class=\"kader-naam\">");
	text_html(&writer->html, name);
	text_puts(&writer->html, "</p>\n");
	writer_open_callout(writer, kind, id);
}

static void leave_quote(struct walk *walk, cmark_node *quote)
{
	if (shape_of(quote) != SHAPE_CALLOUT) {
		end_block(walk, "</blockquote>\n");
		return;
	}
	writer_close_callout(walk->writer);
	put(walk, "</div>\n");
}

/* ---- Code and figures */

static void add_words_of(struct writer *writer, const struct value *data)
{
	for (const struct value *entry = data->first; entry != NULL; entry = entry->next) {
		if (entry->kind == VALUE_TEXT) {
			writer_words(writer, entry->text);
			writer_line(writer);
		}
		for (const struct value *item = entry->first; item != NULL; item = item->next)
			add_words_of(writer, item);
	}
}

/*
 * The data with as much space before each line as the list or quote around it takes: YAML does not
 * mind, and its messages then have the columns of the file.
 */
static struct text indent(const struct writer *writer, struct slice data, size_t line)
{
	struct text indented = {0};
	struct slice source = {0}, first = {0}, rest = data;
	size_t spaces = 0;

	if (line < writer->line_count)
		source = slice_from(writer->body, writer->lines[line]);
	slice_next_line(&source, &source);
	slice_next_line(&first, &rest);
	if (source.size > first.size &&
		slice_equal(slice_from(source, source.size - first.size), first))
		spaces = source.size - first.size;
	rest = data;
	while (slice_next_line(&first, &rest)) {
		for (size_t i = 0; i < spaces && first.size > 0; i++)
			text_byte(&indented, ' ');
		text_add(&indented, first);
		text_byte(&indented, '\n');
	}
	return indented;
}

static void write_figure(struct walk *walk, enum figure_kind kind, cmark_node *node)
{
	static const enum piece_kind pieces[FIGURE_KINDS] = {[FIGURE_POLL] = PIECE_POLL,
		[FIGURE_TIMELINE] = PIECE_TIMELINE,
		[FIGURE_MOMENTS] = PIECE_MOMENTS};
	struct writer *writer = walk->writer;
	unsigned line = (unsigned)cmark_node_get_start_line(node);
	struct text yaml = indent(writer, literal_of(node), line);
	const struct value *data;
	int status = figure_parse(&data, writer->arena, kind, text_slice(&yaml), writer->path,
		writer->first_line + line, writer->diags);

	text_free(&yaml);
	if (status != 0)
		return;
	writer->sections[writer->section].moments += kind == FIGURE_MOMENTS;
	writer_piece(writer, pieces[kind], (struct slice){0})->data = data;
	add_words_of(writer, data);
}

static void write_code(struct walk *walk, cmark_node *node)
{
	struct writer *writer = walk->writer;
	struct slice info = slice_of(cmark_node_get_fence_info(node));
	struct slice word = {info.data, 0};
	enum figure_kind kind;

	while (word.size < info.size && strchr(" \t\n", info.data[word.size]) == NULL)
		word.size++;
	if (figure_is(&kind, word)) {
		write_figure(walk, kind, node);
		return;
	}
	put(walk, "<pre class=\"code\" tabindex=\"0\"><code");
	if (word.size > 0) {
		put(walk, " class=\"language-");
		text_attr(&writer->html, word);
		put(walk, "\"");
	}
	put(walk, ">");
	text_html(&writer->html, literal_of(node));
	writer_words(writer, literal_of(node));
	end_block(walk, "</code></pre>\n");
}

/* ---- Tables: the library has no constants for their nodes */

enum part { PART_NONE, PART_TABLE, PART_HEADER, PART_ROW, PART_CELL };

static enum part part_of(cmark_node *node)
{
	const char *name = cmark_node_get_type_string(node);

	if (strcmp(name, "table_cell") == 0)
		return PART_CELL;
	if (strcmp(name, "table_row") == 0)
		return PART_ROW;
	if (strcmp(name, "table_header") == 0)
		return PART_HEADER;
	return strcmp(name, "table") == 0 ? PART_TABLE : PART_NONE;
}

static void enter_table(struct walk *walk, cmark_node *table)
{
	struct text *html = &walk->writer->html;

	walk->alignments = cmark_gfm_extensions_get_table_alignments(table);
	walk->columns = cmark_gfm_extensions_get_table_columns(table);
	text_puts(html, "<div class=\"tabel\" role=\"group\" aria-label=\"");
	text_attr(html, slice_of(walk->writer->words->table));
	text_puts(html, "\" tabindex=\"0\">\n<table>\n");
}

static void enter_row(struct walk *walk, cmark_node *row, bool header)
{
	cmark_node *before = cmark_node_previous(row);

	walk->column = 0;
	walk->in_header = header;
	walk->writer->in_table_head = header;
	if (header)
		put(walk, "<thead>\n");
	else if (before != NULL && part_of(before) == PART_HEADER)
		put(walk, "<tbody>\n");
	put(walk, "<tr>");
}

static void leave_row(struct walk *walk, cmark_node *row)
{
	put(walk, "</tr>\n");
	if (walk->in_header)
		put(walk, "</thead>\n");
	else if (cmark_node_next(row) == NULL)
		put(walk, "</tbody>\n");
	walk->writer->in_table_head = false;
	writer_line(walk->writer);
}

/* A head without text is no head: it would be read out as one. */
static bool is_head(const struct walk *walk, cmark_node *cell)
{
	return walk->in_header && cmark_node_first_child(cell) != NULL;
}

static void enter_cell(struct walk *walk, cmark_node *cell)
{
	uint8_t side = walk->column < walk->columns ? walk->alignments[walk->column] : 0;

	put(walk, is_head(walk, cell) ? "<th scope=\"col\"" : "<td");
	if (side == 'l')
		put(walk, " class=\"links\"");
	else if (side == 'c')
		put(walk, " class=\"midden\"");
	else if (side == 'r')
		put(walk, " class=\"rechts\"");
	put(walk, ">");
	walk->column++;
}

static void enter_part(struct walk *walk, cmark_node *node)
{
	enum part part = part_of(node);

	if (part == PART_TABLE)
		enter_table(walk, node);
	else if (part == PART_HEADER || part == PART_ROW)
		enter_row(walk, node, part == PART_HEADER);
	else if (part == PART_CELL)
		enter_cell(walk, node);
}

static void leave_part(struct walk *walk, cmark_node *node)
{
	enum part part = part_of(node);

	if (part == PART_TABLE) {
		end_block(walk, "</table>\n</div>\n");
	} else if (part == PART_HEADER || part == PART_ROW) {
		leave_row(walk, node);
	} else if (part == PART_CELL) {
		put(walk, is_head(walk, node) ? "</th>" : "</td>");
		writer_space(walk->writer);
	}
}

/* ---- All of them */

void blocks_enter(struct walk *walk, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		enter_paragraph(walk, node);
		break;
	case CMARK_NODE_HEADING:
		enter_heading(walk, node);
		break;
	case CMARK_NODE_LIST:
		enter_list(walk, node);
		break;
	case CMARK_NODE_ITEM:
		enter_item(walk, node);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		enter_quote(walk, node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		write_code(walk, node);
		break;
	case CMARK_NODE_HTML_BLOCK:
		shape_html(walk->writer, node);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		end_block(walk, "<hr>\n");
		break;
	default:
		enter_part(walk, node);
	}
}

void blocks_leave(struct walk *walk, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		leave_paragraph(walk, node);
		break;
	case CMARK_NODE_HEADING:
		end_block(walk, "</strong></p>\n");
		break;
	case CMARK_NODE_LIST:
		leave_list(walk, node);
		break;
	case CMARK_NODE_ITEM:
		end_block(walk, shape_of(node) == SHAPE_FACT ? "</dd></div>\n" : "</li>\n");
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		leave_quote(walk, node);
		break;
	default:
		leave_part(walk, node);
	}
}
