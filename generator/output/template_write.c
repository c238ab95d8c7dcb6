/*
 * Rendering. Everything that a part of a template needs to know of what it is in travels down in a
 * struct frame: the values, the blocks that replace others, and what to do at the start of a line.
 *
 * Blocks are looked up by where they are written: a block in the content that replaces another
 * belongs to the template that has that content, and sees what replaces the blocks of that one.
 */
#include "output/template_write.h"

#include <string.h>

#include "base/diag.h"
#include "base/value.h"
#include "output/template_parse.h"
#include "output/template_tree.h"

/* White space that each line of a part begins with. */
struct margin {
	struct slice space;
	const struct margin *outer;
};

/* The blocks in a parent tag, while its parent is rendered. */
struct replacements {
	const struct template *template;
	const struct template_node *parent;
	const struct replacements *outer;
};

struct frame {
	const struct template *template;
	const struct template_scope *scope;
	const struct replacements *replacements;
	const struct margin *margin;
	size_t dedent; /* bytes of white space that lines of the template lose at their start */
	unsigned depth;
};

struct writer {
	struct text *out;
	unsigned limit;
	bool line_start; /* a line of the template begins: its margin is to be written */
	bool failed;
};

static void write_nodes(struct writer *writer, const struct frame *frame, size_t from, size_t to);

/* ---- Text */

static void write_margin(struct writer *writer, const struct margin *margin)
{
	if (margin == NULL)
		return;
	write_margin(writer, margin->outer);
	text_add(writer->out, margin->space);
}

static struct slice without_indent(struct slice slice, size_t most)
{
	while (most > 0 && slice.size > 0 && (slice.data[0] == ' ' || slice.data[0] == '\t')) {
		slice = slice_from(slice, 1);
		most--;
	}
	return slice;
}

static void write_lines(
	struct writer *writer, const struct frame *frame, struct slice text, bool at_line_start)
{
	while (text.size > 0) {
		size_t newline = slice_find(text, '\n');
		struct slice line = {text.data, newline < text.size ? newline + 1 : newline};

		text = slice_from(text, line.size);
		if (at_line_start)
			line = without_indent(line, frame->dedent);
		at_line_start = true;
		if (line.size == 0)
			continue;
		/* Empty lines stay empty. */
		if (writer->line_start && line.data[0] != '\n' && line.data[0] != '\r')
			write_margin(writer, frame->margin);
		text_add(writer->out, line);
		writer->line_start = line.data[line.size - 1] == '\n';
	}
}

static void write_text(
	struct writer *writer, const struct frame *frame, struct slice text, bool at_line_start)
{
	if (text.size == 0)
		return;
	if (frame->margin != NULL || frame->dedent > 0) {
		write_lines(writer, frame, text, at_line_start);
		return;
	}
	text_add(writer->out, text);
	writer->line_start = text.data[text.size - 1] == '\n';
}

/* ---- Values */

static const struct value *find(
	const struct template_scope *scope, const struct template_node *node)
{
	const struct value *value = NULL;

	if (node->parts_count == 0)
		return scope != NULL ? scope->value : NULL;
	for (; scope != NULL && value == NULL; scope = scope->outer)
		value = value_get(scope->value, node->parts[0]);
	for (size_t i = 1; value != NULL && i < node->parts_count; i++)
		value = value_get(value, node->parts[i]);
	return value;
}

/* A number as JSON has it that is no zero. */
static bool is_counting(struct slice number)
{
	for (size_t i = 0; i < number.size && number.data[i] != 'e' && number.data[i] != 'E'; i++)
		if (number.data[i] >= '1' && number.data[i] <= '9')
			return true;
	return false;
}

static bool is_true(const struct value *value)
{
	if (value == NULL)
		return false;
	switch (value->kind) {
	case VALUE_NULL:
	case VALUE_FALSE:
		return false;
	case VALUE_NUMBER:
		return is_counting(value->text);
	case VALUE_TEXT:
		return value->text.size > 0;
	case VALUE_LIST:
		return value->count > 0;
	case VALUE_TRUE:
	case VALUE_MAP:
		break;
	}
	return true;
}

/* The double quote too, as the specification has it; the apostrophe of plain text stays. */
static void write_html(struct text *out, struct slice text)
{
	while (true) {
		size_t quote = slice_find(text, '"');

		text_html(out, (struct slice){text.data, quote});
		if (quote == text.size)
			return;
		text_puts(out, "&quot;");
		text = slice_from(text, quote + 1);
	}
}

static bool equals_ignoring_case(struct slice slice, const char *lower)
{
	if (slice.size != strlen(lower))
		return false;
	for (size_t i = 0; i < slice.size; i++) {
		char byte = slice.data[i];

		if (byte >= 'A' && byte <= 'Z')
			byte = (char)(byte - 'A' + 'a');
		if (byte != lower[i])
			return false;
	}
	return true;
}

/* A relative address, or one with a scheme that runs nothing (RFC 3986, section 3.1). */
static bool is_harmless(struct slice url)
{
	static const char *const schemes[] = {"http", "https", "mailto", "tel"};
	size_t end = 0;

	while (end < url.size && strchr(":/?#", url.data[end]) == NULL)
		end++;
	if (end == url.size || url.data[end] != ':')
		return true;
	for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
		if (equals_ignoring_case((struct slice){url.data, end}, schemes[i]))
			return true;
	return false;
}

static void write_url(struct text *out, struct slice url)
{
	url = slice_trim(url);
	if (is_harmless(url))
		text_url(out, url);
	else
		text_byte(out, '#');
}

static void write_value(
	struct writer *writer, const struct frame *frame, const struct template_node *node)
{
	const struct value *value = find(frame->scope, node);
	struct slice text = value != NULL ? value_text(value) : (struct slice){0};

	if (writer->line_start)
		write_margin(writer, frame->margin);
	writer->line_start = false;
	switch ((enum template_escape)node->escape) {
	case ESCAPE_TEXT:
		write_html(writer->out, text);
		break;
	case ESCAPE_ATTRIBUTE:
		text_attr(writer->out, text);
		break;
	case ESCAPE_URL_START:
		write_url(writer->out, text);
		break;
	case ESCAPE_URL:
		text_url(writer->out, text);
		break;
	case ESCAPE_URL_PART:
		text_url_part(writer->out, text);
		break;
	case ESCAPE_NOT:
		text_add(writer->out, text);
		break;
	}
}

/* ---- Sections, partials, parents, blocks */

static size_t content_of(const struct frame *frame, const struct template_node *node)
{
	return (size_t)(node - frame->template->nodes) + 1;
}

static void write_section(
	struct writer *writer, const struct frame *frame, const struct template_node *node)
{
	const struct value *value = find(frame->scope, node);
	struct template_scope scope = {value, frame->scope};
	struct frame inner = *frame;
	bool is_list = value != NULL && value->kind == VALUE_LIST;

	inner.scope = &scope;
	if (!is_true(value))
		return;
	if (is_list)
		scope.value = value->first;
	do {
		write_nodes(writer, &inner, content_of(frame, node), node->end);
		if (is_list)
			scope.value = scope.value->next;
	} while (is_list && scope.value != NULL && !writer->failed);
}

/* Begins the line of a tag that has one to itself: its white space goes before every line. */
static void indent(struct writer *writer, struct frame *inner, struct margin *margin,
	const struct frame *frame, const struct template_node *node)
{
	inner->margin = frame->margin;
	if ((node->flags & TEMPLATE_INDENTED) == 0) {
		write_text(writer, frame, node->space, true);
		return;
	}
	writer->line_start = true;
	margin->space = without_indent(node->space, frame->dedent);
	margin->outer = frame->margin;
	if (margin->space.size > 0)
		inner->margin = margin;
}

/* Rendering ends for good, since what nests without end may do so many times over. */
static void fail(struct writer *writer, const struct frame *frame, const struct template_node *node)
{
	struct text tag = {0}, limit = {0};

	text_printf(&tag, "{{%c", node->kind == TEMPLATE_PARTIAL ? '>' : '<');
	text_add(&tag, node->text);
	text_puts(&tag, "}}");
	text_number(&limit, writer->limit);
	diag_add(frame->template->diags, DIAG_TEMPLATE_DEPTH,
		template_place(frame->template, node->tag), tag.data, limit.data, NULL);
	text_free(&tag);
	text_free(&limit);
	writer->failed = true;
}

static void write_partial(
	struct writer *writer, const struct frame *frame, const struct template_node *node)
{
	struct replacements replacements = {frame->template, node, frame->replacements};
	struct frame inner = *frame;
	struct margin margin;

	if (node->target == NULL)
		return;
	if (frame->depth == writer->limit) {
		fail(writer, frame, node);
		return;
	}
	indent(writer, &inner, &margin, frame, node);
	inner.template = node->target;
	inner.dedent = 0;
	inner.depth++;
	if (node->kind == TEMPLATE_PARENT)
		inner.replacements = &replacements;
	write_nodes(writer, &inner, 0, node->target->count);
}

/* What replaces the block: the outermost template has the last word. */
static const struct template_node *find_replacement(
	const struct replacements **out, const struct replacements *replacements, struct slice name)
{
	const struct template_node *found = NULL;

	for (; replacements != NULL; replacements = replacements->outer) {
		const struct template_node *nodes = replacements->template->nodes;
		size_t i = (size_t)(replacements->parent - nodes) + 1;

		while (i < replacements->parent->end && !slice_equal(nodes[i].text, name))
			i = nodes[i].end;
		if (i < replacements->parent->end) {
			found = &nodes[i];
			*out = replacements;
		}
	}
	return found;
}

static void write_block(
	struct writer *writer, const struct frame *frame, const struct template_node *node)
{
	const struct replacements *from;
	const struct template_node *block =
		find_replacement(&from, frame->replacements, node->text);
	struct frame inner = *frame;
	struct margin margin;

	if (block != NULL) {
		indent(writer, &inner, &margin, frame, node);
		inner.template = from->template;
		inner.replacements = from->outer;
		inner.dedent = (block->flags & TEMPLATE_INDENTED) ? block->space.size : 0;
		write_nodes(writer, &inner, content_of(&inner, block), block->end);
		return;
	}
	if ((node->flags & TEMPLATE_OWN_LINES) == 0 &&
		((node->flags & TEMPLATE_INDENTED) == 0 || node->end > content_of(frame, node)))
		write_text(writer, frame, node->space, true);
	write_nodes(writer, frame, content_of(frame, node), node->end);
}

static void write_nodes(struct writer *writer, const struct frame *frame, size_t from, size_t to)
{
	while (from < to && !writer->failed) {
		const struct template_node *node = &frame->template->nodes[from];

		switch ((enum template_kind)node->kind) {
		case TEMPLATE_TEXT:
			write_text(writer, frame, node->text, node->flags & TEMPLATE_AT_LINE_START);
			break;
		case TEMPLATE_VALUE:
			write_value(writer, frame, node);
			break;
		case TEMPLATE_SECTION:
			write_section(writer, frame, node);
			break;
		case TEMPLATE_INVERTED:
			if (!is_true(find(frame->scope, node)))
				write_nodes(writer, frame, from + 1, node->end);
			break;
		case TEMPLATE_PARTIAL:
		case TEMPLATE_PARENT:
			write_partial(writer, frame, node);
			break;
		case TEMPLATE_BLOCK:
			write_block(writer, frame, node);
			break;
		}
		from = node->end;
	}
}

int template_write(struct text *out, const struct template *template,
	const struct template_scope *scope, unsigned limit)
{
	struct writer writer = {.out = out, .limit = limit, .line_start = true};
	struct frame frame = {.template = template, .scope = scope};

	write_nodes(&writer, &frame, 0, template->count);
	return writer.failed ? -1 : 0;
}
