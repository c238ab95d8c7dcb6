/*
 * One walk over the tree, without recursion: what enters a node writes its start, what leaves it
 * its end. Text and its marks are written here, blocks in input/blocks. The markup, which themes
 * may count on (classes are Dutch, as the site is):
 *
 *   p ul ol[start] li blockquote hr em strong code br     as Markdown has them
 *   pre.code[tabindex] > code.language-x                  a code block; x from its info string
 *   a, a.extern                                           links; those to another host
 *   div.tabel[role=group tabindex] > table                th and td have .links .midden .rechts
 *   ul.afvinklijst > li.afvinken > label > input span     a checklist; other items are plain
 *   dl.feiten > div > dt dd                               a list of which each item has a label
 *   div.kader.kader-KIND[role=note] > p.kader-naam …      a callout
 *   figure.figuur > img figcaption                        an image that is alone in a paragraph
 *   sup.nootcijfer > a                                    a footnote's number
 *   div.noten[role=group] > ol > li > p > a.terug         the footnotes of a section
 *
 * Nothing here is a landmark: all of it stands in the page's own. What scrolls takes the focus.
 */
#include "input/html.h"

#include <cmark-gfm.h>
#include <stdio.h>

#include "input/blocks.h"
#include "input/notes.h"
#include "input/prose.h"
#include "input/shapes.h"
#include "input/target.h"
#include "input/writer.h"

static void put(const struct walk *walk, const char *string)
{
	text_puts(&walk->writer->html, string);
}

static struct slice literal_of(cmark_node *node)
{
	return slice_of(cmark_node_get_literal(node));
}

static struct place place_of(const struct walk *walk, cmark_node *node, struct slice needle)
{
	return writer_place(walk->writer, cmark_node_get_start_line(node),
		cmark_node_get_start_column(node), needle);
}

/* Adds a message that quotes an address. */
static void fault(
	const struct walk *walk, enum diag_code code, struct place place, struct slice url)
{
	char shown[128];

	snprintf(shown, sizeof(shown), "%.*s", (int)(url.size < 120 ? url.size : 120), url.data);
	diag_add(walk->writer->diags, code, place, shown, NULL);
}

static void write_code(const struct walk *walk, cmark_node *node)
{
	put(walk, "<code>");
	text_html(&walk->writer->html, literal_of(node));
	put(walk, "</code>");
	writer_words(walk->writer, literal_of(node));
}

/* ---- Links and images */

/* A title, of which only the characters can be shown. */
static struct text plain_title(const struct walk *walk, cmark_node *node)
{
	struct text title = {0};

	prose_plain(&title, walk->writer, slice_of(cmark_node_get_title(node)),
		cmark_node_get_start_line(node), cmark_node_get_start_column(node), false);
	return title;
}

static void enter_link(const struct walk *walk, cmark_node *link)
{
	struct slice url = slice_of(cmark_node_get_url(link));
	struct place place = place_of(walk, link, url);
	struct text title = plain_title(walk, link);

	/* The address of a reference stands elsewhere. */
	if (place.column == 0)
		place = place_of(walk, link, slice_of("["));
	if (cmark_node_first_child(link) == NULL)
		fault(walk, DIAG_LINK_TEXTLESS, place, url);
	else if (target_open(walk->writer, url, text_slice(&title), place))
		shape_set(link, SHAPE_LINKED);
	walk->writer->links_open++;
	text_free(&title);
}

static void leave_link(const struct walk *walk, cmark_node *link)
{
	walk->writer->links_open--;
	if (shape_of(link) == SHAPE_LINKED)
		target_close(walk->writer);
}

/* The words between an image's square brackets. */
static struct text alternative(const struct walk *walk, cmark_node *image)
{
	cmark_iter *iter = cmark_iter_new(image);
	struct text words = {0};
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);

		if (event != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_TEXT)
			prose_plain(&words, walk->writer, literal_of(node),
				cmark_node_get_start_line(node), cmark_node_get_start_column(node),
				false);
		else if (type == CMARK_NODE_CODE)
			text_add(&words, literal_of(node));
		else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			text_byte(&words, ' ');
	}
	cmark_iter_free(iter);
	return words;
}

static void write_caption(const struct walk *walk, struct slice title)
{
	put(walk, "<figcaption>");
	text_html(&walk->writer->html, title);
	put(walk, "</figcaption>");
	writer_line(walk->writer);
	writer_words(walk->writer, title);
}

static void write_image(const struct walk *walk, cmark_node *image)
{
	struct slice url = slice_of(cmark_node_get_url(image));
	struct place place = place_of(walk, image, url);
	struct text words = alternative(walk, image);
	struct text title = plain_title(walk, image);

	if (slice_trim(text_slice(&words)).size == 0)
		fault(walk, DIAG_IMAGE_ALT, place, url);
	writer_words(walk->writer, text_slice(&words));
	if (target_image(walk->writer, url, place)) {
		text_attr(&walk->writer->html, text_slice(&words));
		put(walk, "\" loading=\"lazy\">");
	}
	if (shape_of(image) == SHAPE_PICTURED && title.size > 0)
		write_caption(walk, text_slice(&title));
	text_free(&words);
	text_free(&title);
	/* Its words are in the attribute: they are not walked, and the image is not left. */
	cmark_iter_reset(walk->iter, image, CMARK_EVENT_EXIT);
}

static void write_reference(const struct walk *walk, cmark_node *reference)
{
	struct writer *writer = walk->writer;
	int number = slice_number(literal_of(reference));

	if (number < 1 || (size_t)number > writer->note_count)
		return;
	if (writer->in_heading)
		diag_add(writer->diags, DIAG_FOOTNOTE_HEADING,
			place_of(walk, reference, slice_of("[^")), NULL);
	else
		notes_refer(writer, (size_t)number - 1);
}

/* ---- Sections */

static int walk_tree(struct walk *walk, cmark_node *root);

static int write_note(struct writer *writer, size_t number)
{
	struct walk walk = {.writer = writer, .note = writer->notes[number], .note_number = number};
	cmark_node *last = cmark_node_last_child(walk.note);

	notes_open(writer, number);
	if (walk_tree(&walk, walk.note) != 0)
		return -1;
	if (last == NULL || cmark_node_get_type(last) != CMARK_NODE_PARAGRAPH ||
		shape_of(last) == SHAPE_PICTURE) {
		text_puts(&writer->html, "<p>");
		notes_back(writer, number);
		text_puts(&writer->html, "</p>");
	}
	text_puts(&writer->html, "</li>\n");
	return 0;
}

static int close_section(struct writer *writer)
{
	if (writer->note_used > 0) {
		notes_begin(writer);
		/* A note may refer to another, which then comes behind it. */
		for (size_t i = 0; i < writer->note_used; i++) {
			if (write_note(writer, writer->note_order[i]) != 0)
				return -1;
		}
		notes_end(writer);
	}
	writer_close_section(writer);
	return 0;
}

static int enter_heading(struct walk *walk, cmark_node *heading)
{
	if (cmark_node_get_type(cmark_node_parent(heading)) != CMARK_NODE_DOCUMENT) {
		blocks_enter(walk, heading);
		return 0;
	}
	if (close_section(walk->writer) != 0)
		return -1;
	writer_open_section(walk->writer, walk->writer->section + 1);
	return 0;
}

static void leave_heading(struct walk *walk, cmark_node *heading)
{
	if (walk->writer->in_heading)
		writer_end_heading(walk->writer);
	else
		blocks_leave(walk, heading);
}

/* ---- The walk */

static bool nests(cmark_node_type type)
{
	return type == CMARK_NODE_LIST || type == CMARK_NODE_BLOCK_QUOTE ||
	       type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG || type == CMARK_NODE_LINK;
}

static int enter(struct walk *walk, cmark_node *node)
{
	struct writer *writer = walk->writer;
	cmark_node_type type = cmark_node_get_type(node);

	walk->depth += nests(type);
	switch (type) {
	case CMARK_NODE_TEXT:
		prose_write(writer, literal_of(node), cmark_node_get_start_line(node),
			cmark_node_get_start_column(node));
		break;
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
		put(walk, type == CMARK_NODE_SOFTBREAK ? "\n" : "<br>\n");
		writer_space(writer);
		break;
	case CMARK_NODE_CODE:
		write_code(walk, node);
		break;
	case CMARK_NODE_HTML_INLINE:
		shape_html(writer, node);
		break;
	case CMARK_NODE_EMPH:
		put(walk, "<em>");
		break;
	case CMARK_NODE_STRONG:
		put(walk, shape_of(node) == SHAPE_LABEL ? "<dt>" : "<strong>");
		break;
	case CMARK_NODE_LINK:
		enter_link(walk, node);
		break;
	case CMARK_NODE_IMAGE:
		write_image(walk, node);
		break;
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		write_reference(walk, node);
		break;
	case CMARK_NODE_HEADING:
		return enter_heading(walk, node);
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		/* Those stand at the end of the document; each section writes what it needs. */
		if (node != walk->note)
			cmark_iter_reset(walk->iter, node, CMARK_EVENT_EXIT);
		break;
	case CMARK_NODE_DOCUMENT:
		break;
	default:
		blocks_enter(walk, node);
	}
	return 0;
}

static void leave(struct walk *walk, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	walk->depth -= nests(type);
	switch (type) {
	case CMARK_NODE_EMPH:
		put(walk, "</em>");
		break;
	case CMARK_NODE_STRONG:
		put(walk, shape_of(node) == SHAPE_LABEL ? "</dt><dd>" : "</strong>");
		if (shape_of(node) == SHAPE_LABEL)
			writer_words(walk->writer, slice_of(": "));
		break;
	case CMARK_NODE_LINK:
		leave_link(walk, node);
		break;
	case CMARK_NODE_HEADING:
		leave_heading(walk, node);
		break;
	case CMARK_NODE_FOOTNOTE_DEFINITION:
	case CMARK_NODE_DOCUMENT:
		break;
	default:
		blocks_leave(walk, node);
	}
}

static int refuse(const struct walk *walk, enum diag_code code, struct place place, size_t limit)
{
	char number[24];

	snprintf(number, sizeof(number), "%zu", limit);
	diag_add(walk->writer->diags, code, place, number, NULL);
	return -1;
}

static int walk_tree(struct walk *walk, cmark_node *root)
{
	const struct writer *writer = walk->writer;
	cmark_event_type event;
	int status = 0;

	walk->iter = cmark_iter_new(root);
	while (status == 0 && (event = cmark_iter_next(walk->iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(walk->iter);

		if (event == CMARK_EVENT_ENTER)
			status = enter(walk, node);
		else
			leave(walk, node);
		if (status == 0 && walk->depth > GUARD_NESTING_LIMIT)
			status = refuse(walk, DIAG_NESTING_DEEP,
				place_of(walk, node, (struct slice){0}), GUARD_NESTING_LIMIT);
		if (status == 0 && writer->html.size > writer->limit)
			status = refuse(walk, DIAG_OUTPUT_LARGE, (struct place){writer->path, 0, 0},
				writer->limit);
	}
	cmark_iter_free(walk->iter);
	return status;
}

int html_write(struct writer *writer, cmark_node *root)
{
	struct walk walk = {.writer = writer};

	writer_open_section(writer, 0);
	if (walk_tree(&walk, root) != 0)
		return -1;
	return close_section(writer);
}
