/*
 * A mark is kept as the node's user data, which the library leaves alone. Whatever is looked at is
 * near the node itself, so each node is looked at a few times at most.
 */
#include "input/shapes.h"

#include <cmark-gfm.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/unicode.h"
#include "input/writer.h"

/* What GitHub has, and other words that an author may try. */
static const struct {
	const char *word;
	enum callout_kind meant;
} foreign[] = {{"note", CALLOUT_NOTICE}, {"important", CALLOUT_NOTICE}, {"warning", CALLOUT_NOTICE},
	{"caution", CALLOUT_NOTICE}, {"tip", CALLOUT_TIP}, {"question", CALLOUT_QUESTION},
	{"example", CALLOUT_EXAMPLE}};

enum shape shape_of(cmark_node *node)
{
	return (enum shape)(uintptr_t)cmark_node_get_user_data(node);
}

void shape_set(cmark_node *node, enum shape shape)
{
	cmark_node_set_user_data(node, (void *)(uintptr_t)shape);
}

static bool is_type(cmark_node *node, cmark_node_type type)
{
	return node != NULL && cmark_node_get_type(node) == type;
}

static struct slice literal_of(cmark_node *node)
{
	return slice_of(cmark_node_get_literal(node));
}

static bool same_word(struct slice word, const char *other)
{
	size_t i = 0;

	for (; i < word.size && other[i] != '\0'; i++) {
		if (unicode_lower((unsigned char)word.data[i]) !=
			unicode_lower((unsigned char)other[i]))
			return false;
	}
	return i == word.size && other[i] == '\0';
}

static void report_callout(struct writer *writer, struct slice name, struct place place)
{
	const char *names[CALLOUT_KINDS];
	char word[64];
	const char *nearest = NULL;
	struct text all = {0};

	snprintf(word, sizeof(word), "%.*s", (int)(name.size < 63 ? name.size : 63), name.data);
	for (size_t i = 0; i < CALLOUT_KINDS; i++) {
		names[i] = callout_name((enum callout_kind)i);
		text_printf(&all, "%s%s", i > 0 ? ", " : "", names[i]);
	}
	for (size_t i = 0; i < ARRAY_LEN(foreign); i++) {
		if (same_word(name, foreign[i].word))
			nearest = names[foreign[i].meant];
	}
	if (nearest == NULL)
		nearest = diag_nearest(word, names, CALLOUT_KINDS);
	if (nearest != NULL)
		diag_add(writer->diags, DIAG_CALLOUT_NEAR, place, word, nearest, NULL);
	else
		diag_add(writer->diags, DIAG_CALLOUT_UNKNOWN, place, word, all.data, NULL);
	text_free(&all);
}

static struct slice trim_start(struct slice text)
{
	while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t'))
		text = slice_from(text, 1);
	return text;
}

static void set_literal(cmark_node *node, struct slice text)
{
	char *copy = mem_copy(text.data, text.size);

	cmark_node_set_literal(node, copy);
	free(copy);
}

/* Takes the first line off the tree; what stands behind the mark stays as the block's start. */
static void trim_callout(cmark_node *paragraph, cmark_node *text, struct slice rest)
{
	cmark_node *next = cmark_node_next(text);

	if (rest.size > 0 || (next != NULL && !is_type(next, CMARK_NODE_SOFTBREAK) &&
				     !is_type(next, CMARK_NODE_LINEBREAK))) {
		set_literal(text, rest);
		return;
	}
	cmark_node_free(text);
	if (next != NULL)
		cmark_node_free(next);
	if (cmark_node_first_child(paragraph) == NULL)
		cmark_node_free(paragraph);
}

bool shape_callout(enum callout_kind *out, struct writer *writer, cmark_node *quote)
{
	cmark_node *paragraph = cmark_node_first_child(quote);
	cmark_node *text =
		is_type(paragraph, CMARK_NODE_PARAGRAPH) ? cmark_node_first_child(paragraph) : NULL;
	struct slice line = is_type(text, CMARK_NODE_TEXT) ? literal_of(text) : (struct slice){0};
	size_t end = slice_find(line, ']');
	struct slice name, rest;
	struct place place;

	if (!slice_starts(line, "[!") || end == line.size)
		return false;
	place = writer_place(writer, cmark_node_get_start_line(text),
		cmark_node_get_start_column(text), slice_of("[!"));
	name = slice_trim((struct slice){line.data + 2, end - 2});
	rest = trim_start(slice_from(line, end + 1));
	for (size_t i = 0; i < CALLOUT_KINDS; i++) {
		if (!same_word(name, callout_name((enum callout_kind)i)))
			continue;
		if (rest.size > 0)
			diag_add(writer->diags, DIAG_CALLOUT_LINE, place,
				callout_name((enum callout_kind)i), NULL);
		trim_callout(paragraph, text, rest);
		if (cmark_node_first_child(quote) == NULL)
			diag_add(writer->diags, DIAG_CALLOUT_EMPTY, place, NULL);
		*out = (enum callout_kind)i;
		shape_set(quote, SHAPE_CALLOUT);
		return true;
	}
	report_callout(writer, name, place);
	return false;
}

/* The strong text that an item of facts starts with, or NULL. */
static cmark_node *label_of(cmark_node *item)
{
	cmark_node *paragraph = cmark_node_first_child(item);
	cmark_node *label, *last, *next;
	struct slice end;

	if (!is_type(paragraph, CMARK_NODE_PARAGRAPH) || cmark_node_next(paragraph) != NULL)
		return NULL;
	label = cmark_node_first_child(paragraph);
	if (!is_type(label, CMARK_NODE_STRONG))
		return NULL;
	last = cmark_node_last_child(label);
	next = cmark_node_next(label);
	end = is_type(last, CMARK_NODE_TEXT) ? literal_of(last) : (struct slice){0};
	if (end.size > 1 && end.data[end.size - 1] == ':')
		return label;
	return is_type(next, CMARK_NODE_TEXT) && slice_starts(literal_of(next), ":") ? label : NULL;
}

/* Takes the colon off, inside the strong text or behind it, and the space behind that. */
static void trim_fact(cmark_node *label)
{
	cmark_node *last = cmark_node_last_child(label);
	cmark_node *next = cmark_node_next(label);
	struct slice end = is_type(last, CMARK_NODE_TEXT) ? literal_of(last) : (struct slice){0};
	bool inside = end.size > 1 && end.data[end.size - 1] == ':';

	if (inside)
		set_literal(last, (struct slice){end.data, end.size - 1});
	if (!is_type(next, CMARK_NODE_TEXT))
		return;
	set_literal(next, trim_start(slice_from(literal_of(next), inside ? 0 : 1)));
}

static bool shape_facts(cmark_node *list)
{
	if (cmark_node_get_list_type(list) != CMARK_BULLET_LIST || !cmark_node_get_list_tight(list))
		return false;
	for (cmark_node *item = cmark_node_first_child(list); item != NULL;
		item = cmark_node_next(item)) {
		if (label_of(item) == NULL)
			return false;
	}
	shape_set(list, SHAPE_FACTS);
	for (cmark_node *item = cmark_node_first_child(list); item != NULL;
		item = cmark_node_next(item)) {
		cmark_node *label = label_of(item);

		trim_fact(label);
		shape_set(item, SHAPE_FACT);
		shape_set(cmark_node_first_child(item), SHAPE_FACT);
		shape_set(label, SHAPE_LABEL);
	}
	return true;
}

/* An item that starts with a box and has text behind it; the box is taken off. */
static enum shape shape_task(cmark_node *item)
{
	cmark_node *paragraph = cmark_node_first_child(item);
	cmark_node *text =
		is_type(paragraph, CMARK_NODE_PARAGRAPH) ? cmark_node_first_child(paragraph) : NULL;
	struct slice line = is_type(text, CMARK_NODE_TEXT) ? literal_of(text) : (struct slice){0};
	struct slice rest = trim_start(slice_from(line, 3));
	bool ticked = slice_starts(line, "[x]") || slice_starts(line, "[X]");

	if ((!ticked && !slice_starts(line, "[ ]")) || rest.size + 3 >= line.size ||
		(rest.size == 0 && cmark_node_next(text) == NULL))
		return SHAPE_PLAIN;
	set_literal(text, rest);
	shape_set(paragraph, SHAPE_TASK_TEXT);
	return ticked ? SHAPE_DONE : SHAPE_TASK;
}

void shape_list(cmark_node *list)
{
	if (shape_facts(list))
		return;
	for (cmark_node *item = cmark_node_first_child(list); item != NULL;
		item = cmark_node_next(item)) {
		enum shape shape = shape_task(item);

		shape_set(item, shape);
		if (shape != SHAPE_PLAIN)
			shape_set(list, SHAPE_TASKS);
	}
}

void shape_paragraph(cmark_node *paragraph)
{
	cmark_node *only = cmark_node_first_child(paragraph);

	if (!is_type(only, CMARK_NODE_IMAGE) || cmark_node_next(only) != NULL ||
		shape_of(paragraph) != SHAPE_PLAIN)
		return;
	shape_set(paragraph, SHAPE_PICTURE);
	shape_set(only, SHAPE_PICTURED);
}

void shape_html(struct writer *writer, cmark_node *node)
{
	struct slice html = slice_trim(literal_of(node));
	int line = cmark_node_get_start_line(node);
	int column = cmark_node_get_start_column(node);
	char shown[48];

	while (slice_starts(html, "<!--")) {
		struct slice rest = slice_from(html, 4);
		size_t end = slice_search(rest, slice_of("-->"));

		if (end == rest.size && !slice_ends(html, "-->")) {
			diag_add(writer->diags, DIAG_COMMENT_OPEN,
				writer_place(writer, line, column, slice_of("<!--")), NULL);
			return;
		}
		html = slice_trim(slice_from(rest, end + 3));
	}
	if (html.size == 0)
		return;
	html.size = slice_find(html, '\n');
	snprintf(shown, sizeof(shown), "%.*s", (int)(html.size < 40 ? html.size : 40), html.data);
	diag_add(writer->diags, DIAG_HTML_RAW, writer_place(writer, line, column, html), shown,
		NULL);
}
