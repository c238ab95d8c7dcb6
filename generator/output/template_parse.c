/*
 * Parsing by line, since Mustache is about lines: a tag that has a line to itself takes the line
 * with it, and the white space before it indents what it brings in. The specification says this of
 * single tags; for parents and blocks its cases show more, and what is done here follows from them:
 *
 * - A parent has a line to itself when nothing but white space stands before its first tag and
 *   behind its last; what is in between is its own business.
 * - A block's content begins on the line behind its first tag when that tag ends a line on which
 *   only parents and blocks begin. It is then indented as its least indented line is.
 * - A block that begins and ends on one line, alone there, is indented as that line. The end of the
 *   line stays: it is no part of the block.
 * - The indentation of a block is taken from the content that replaces another, and the indentation
 *   of the other is given to it.
 */
#include "output/template_parse.h"

#include <string.h>

#include "base/unicode.h"
#include "output/template_scan.h"
#include "output/template_tree.h"

/* What stands on the line so far. */
enum line {
	LINE_CLEAN,    /* white space */
	LINE_OPENINGS, /* tags that open a parent or block */
	LINE_CLOSINGS, /* tags that close one of an earlier line */
	LINE_OTHER
};

/* A section, parent or block that is not closed yet. */
struct open {
	char sign;
	uint32_t node;
	size_t line_start;   /* the line of its tag */
	struct slice indent; /* of a block */
	bool starts_line;
	bool own_lines; /* a block whose content begins on the next line */
	bool measured;	/* `indent` is that of a line of the content */
};

struct parser {
	struct template *template;
	struct template_scanner scanner;
	enum line line;
	size_t line_start;
	struct slice space; /* the white space that the line begins with */
	size_t ending;	    /* nodes up to the white space before closing tags; 0: none */
	struct open open[TEMPLATE_NESTING_LIMIT];
	size_t depth;
};

struct place template_place(const struct template *template, size_t offset)
{
	struct place place = {.path = template->path.data, .line = 1};
	struct slice source = text_slice(&template->source);
	size_t start = 0;

	for (size_t i = 0; i < offset; i++) {
		if (source.data[i] == '\n') {
			place.line++;
			start = i + 1;
		}
	}
	place.column = unicode_column(slice_from(source, start), offset - start);
	return place;
}

const char *template_show(struct template *template, char sign, struct slice name)
{
	struct text tag = {0};

	text_puts(&tag, "{{");
	if (sign != ' ')
		text_byte(&tag, sign);
	text_add(&tag, name);
	text_puts(&tag, "}}");
	return text_keep(&template->arena, &tag).data;
}

void template_fail(
	struct template *template, enum diag_code code, size_t offset, char sign, struct slice name)
{
	template->broken = true;
	diag_add(template->diags, code, template_place(template, offset),
		template_show(template, sign, name), NULL);
}

static const char *source(const struct parser *parser)
{
	return parser->scanner.source.data;
}

static struct open *top(struct parser *parser)
{
	return parser->depth > 0 ? &parser->open[parser->depth - 1] : NULL;
}

static struct template_node *node_of(const struct parser *parser, const struct open *open)
{
	return &parser->template->nodes[open->node];
}

/* What stands straight in a parent tag counts for nothing, blocks apart. */
static bool is_in_parent(struct parser *parser)
{
	return parser->depth > 0 && top(parser)->sign == '<';
}

static struct template_node *add_node(
	struct parser *parser, enum template_kind kind, const struct template_tag *tag)
{
	struct template *template = parser->template;
	struct template_node *node;

	template->nodes = mem_grow(
		template->nodes, template->count, &template->capacity, sizeof(*template->nodes));
	node = &template->nodes[template->count++];
	*node = (struct template_node){.kind = (uint8_t)kind, .end = (uint32_t) template->count};
	if (tag != NULL) {
		node->tag = (uint32_t)tag->start;
		node->text = tag->name;
	}
	return node;
}

static void add_text(struct parser *parser, size_t from, size_t to)
{
	struct template_node *node;

	if (from >= to || is_in_parent(parser))
		return;
	node = add_node(parser, TEMPLATE_TEXT, NULL);
	node->tag = (uint32_t)from;
	node->text = (struct slice){source(parser) + from, to - from};
	if (from == 0 || source(parser)[from - 1] == '\n')
		node->flags = TEMPLATE_AT_LINE_START;
}

/* ---- Lines */

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

/* Where the line ends that has nothing but white space from `at` on; 0 when it has more. */
static size_t clear_end(const struct parser *parser, size_t at)
{
	struct slice rest;

	while (at < parser->scanner.source.size && is_blank(source(parser)[at]))
		at++;
	rest = slice_from(parser->scanner.source, at);
	if (rest.size == 0)
		return at;
	if (slice_starts(rest, "\n"))
		return at + 1;
	return slice_starts(rest, "\r\n") ? at + 2 : 0;
}

static void start_line(struct parser *parser, size_t at)
{
	parser->line = LINE_CLEAN;
	parser->line_start = at;
	parser->ending = 0;
}

/* Goes on behind the line that the tag ends. The white space that was kept back goes with it. */
static void take_line(struct parser *parser, const struct template_tag *tag)
{
	if (parser->ending > 0 && parser->line != LINE_OTHER)
		parser->template->nodes[parser->ending - 1].text.size = 0;
	parser->scanner.position = clear_end(parser, tag->end);
	start_line(parser, parser->scanner.position);
}

/* The line has more than a tag: the white space that was kept back is text. */
static void keep_line(struct parser *parser, size_t end)
{
	if (parser->line == LINE_CLEAN)
		add_text(parser, parser->line_start, end);
	parser->line = LINE_OTHER;
}

/* For a single tag: takes its line, when it has one to itself. */
static bool take_own_line(struct parser *parser, const struct template_tag *tag)
{
	bool alone = parser->line == LINE_CLEAN && clear_end(parser, tag->end) > 0;

	if (alone)
		take_line(parser, tag);
	else
		keep_line(parser, tag->start);
	return alone;
}

/* A line of the content of the outer `depth` blocks begins with this white space. */
static void measure(struct parser *parser, struct slice space, size_t depth)
{
	for (size_t i = 0; i < depth; i++) {
		struct open *open = &parser->open[i];

		if (!open->own_lines || (open->measured && open->indent.size <= space.size))
			continue;
		open->indent = space;
		open->measured = true;
	}
}

/* Text between tags. White space at its end is kept back when a tag may have the line to itself. */
static void parse_text(struct parser *parser, size_t from, size_t to)
{
	const char *data = source(parser);
	size_t at = from;

	while (at < to) {
		const char *newline;

		if (parser->line == LINE_CLEAN) {
			while (at < to && is_blank(data[at]))
				at++;
			if (at == to)
				break;
			if (clear_end(parser, at) == 0) {
				struct slice space = {
					data + parser->line_start, at - parser->line_start};

				measure(parser, space, parser->depth);
				parser->line = LINE_OTHER;
			}
		}
		newline = memchr(data + at, '\n', to - at);
		if (newline == NULL)
			break;
		at = (size_t)(newline - data) + 1;
		start_line(parser, at);
	}
	add_text(parser, from, parser->line == LINE_CLEAN ? parser->line_start : to);
}

/* ---- Tags */

/* Splits the name; false when it is none. */
static bool set_parts(struct parser *parser, const struct template_tag *tag, uint32_t index)
{
	struct template_node *node = &parser->template->nodes[index];
	struct slice rest = tag->name;
	struct slice *parts;
	size_t count = 1;

	if (slice_is(rest, "."))
		return true;
	for (size_t i = 0; i < rest.size; i++)
		count += rest.data[i] == '.';
	if (count > UINT8_MAX)
		return false;
	parts = arena_new(&parser->template->arena, count, sizeof(*parts));
	for (size_t i = 0; i < count; i++) {
		parts[i] = (struct slice){rest.data, slice_find(rest, '.')};
		if (parts[i].size == 0)
			return false;
		if (i + 1 < count)
			rest = slice_from(rest, parts[i].size + 1);
	}
	node->parts = parts;
	node->parts_count = (uint8_t)count;
	return true;
}

static void fail(struct parser *parser, enum diag_code code, const struct template_tag *tag)
{
	template_fail(parser->template, code, tag->start, tag->sign, tag->name);
}

static void warn_in_parent(struct parser *parser, const struct template_tag *tag)
{
	struct open *parent = top(parser);

	if (!is_in_parent(parser))
		return;
	diag_add(parser->template->diags, DIAG_TEMPLATE_IGNORED,
		template_place(parser->template, tag->start),
		template_show(parser->template, tag->sign, tag->name),
		template_show(parser->template, '<', node_of(parser, parent)->text), NULL);
}

static void add_named(
	struct parser *parser, enum template_kind kind, const struct template_tag *tag)
{
	uint32_t index = (uint32_t)parser->template->count;

	add_node(parser, kind, tag);
	if (!set_parts(parser, tag, index))
		fail(parser, DIAG_TEMPLATE_NAME, tag);
}

static void parse_value(struct parser *parser, const struct template_tag *tag)
{
	keep_line(parser, tag->start);
	warn_in_parent(parser, tag);
	if (is_in_parent(parser))
		return;
	add_named(parser, TEMPLATE_VALUE, tag);
	if (tag->sign == '&')
		parser->template->nodes[parser->template->count - 1].escape = ESCAPE_NOT;
}

static void parse_partial(struct parser *parser, const struct template_tag *tag)
{
	struct slice space = parser->space;
	bool alone = take_own_line(parser, tag);
	struct template_node *node;

	warn_in_parent(parser, tag);
	if (is_in_parent(parser))
		return;
	node = add_node(parser, TEMPLATE_PARTIAL, tag);
	if (alone) {
		node->space = space;
		node->flags = TEMPLATE_INDENTED;
	}
}

/* Opens what has the newest node for its own; NULL, and nothing more is read, when it is too deep.
 */
static struct open *push(struct parser *parser, const struct template_tag *tag)
{
	struct open *open;

	if (parser->depth == TEMPLATE_NESTING_LIMIT) {
		fail(parser, DIAG_TEMPLATE_NESTED, tag);
		parser->scanner.position = parser->scanner.source.size;
		parser->depth = 0;
		return NULL;
	}
	open = &parser->open[parser->depth++];
	*open = (struct open){.sign = tag->sign,
		.node = (uint32_t)parser->template->count - 1,
		.line_start = parser->line_start};
	return open;
}

static void open_section(struct parser *parser, const struct template_tag *tag)
{
	take_own_line(parser, tag);
	warn_in_parent(parser, tag);
	add_named(parser, tag->sign == '#' ? TEMPLATE_SECTION : TEMPLATE_INVERTED, tag);
	push(parser, tag);
}

static void open_parent(struct parser *parser, const struct template_tag *tag)
{
	bool starts_line = parser->line == LINE_CLEAN;
	struct template_node *node;
	struct open *open;

	warn_in_parent(parser, tag);
	node = add_node(parser, TEMPLATE_PARENT, tag);
	if (starts_line)
		node->space = parser->space;
	open = push(parser, tag);
	if (open != NULL)
		open->starts_line = starts_line;
	if (starts_line)
		parser->line = LINE_OPENINGS;
}

/* The content begins on the next line, and so does that of the blocks that open on this one. */
static void begin_own_lines(struct parser *parser, const struct template_tag *tag)
{
	for (size_t i = parser->depth; i > 0; i--) {
		struct open *open = &parser->open[i - 1];

		if (open->sign == '$' &&
			(i == parser->depth || open->line_start == parser->line_start))
			open->own_lines = true;
	}
	take_line(parser, tag);
}

static void open_block(struct parser *parser, const struct template_tag *tag)
{
	bool replaces = is_in_parent(parser);
	bool starts_line = parser->line == LINE_CLEAN || parser->line == LINE_OPENINGS;
	struct template_node *node = add_node(parser, TEMPLATE_BLOCK, tag);
	struct open *open = push(parser, tag);

	if (open == NULL)
		return;
	if (parser->line == LINE_CLEAN)
		node->space = parser->space;
	if (parser->line == LINE_CLEAN || (starts_line && replaces))
		open->indent = parser->space;
	open->starts_line = starts_line;
	if (clear_end(parser, tag->end) > 0 && (replaces || parser->line != LINE_OTHER))
		begin_own_lines(parser, tag);
	else
		parser->line = starts_line ? LINE_OPENINGS : LINE_OTHER;
}

static void close_block(struct parser *parser, const struct template_tag *tag)
{
	struct open *open = top(parser);
	bool clear = clear_end(parser, tag->end) > 0;
	bool earlier = open->line_start != parser->line_start;
	bool alone = parser->line == LINE_CLEAN || parser->line == LINE_CLOSINGS;
	struct template_node *node;

	if (earlier && alone && clear) {
		take_line(parser, tag);
	} else if (earlier && parser->line == LINE_CLEAN) {
		size_t count = parser->template->count;

		add_text(parser, parser->line_start, tag->start);
		parser->ending = parser->template->count > count ? count + 1 : 0;
		parser->line = LINE_CLOSINGS;
	} else if (!earlier || !alone) {
		parser->line = LINE_OTHER;
	}
	node = node_of(parser, open);
	if (open->own_lines) {
		node->flags = TEMPLATE_INDENTED | TEMPLATE_OWN_LINES;
		node->space = open->indent;
	} else if (open->starts_line && (earlier || clear)) {
		node->flags = TEMPLATE_INDENTED;
		node->space = open->indent;
	}
}

static void close_parent(struct parser *parser, const struct template_tag *tag)
{
	struct open *open = top(parser);
	bool earlier = open->line_start != parser->line_start;
	bool alone = parser->line == LINE_CLEAN || parser->line == LINE_CLOSINGS;

	if (clear_end(parser, tag->end) > 0 && (open->starts_line || (earlier && alone))) {
		if (open->starts_line)
			node_of(parser, open)->flags = TEMPLATE_INDENTED;
		take_line(parser, tag);
	} else {
		parser->line = LINE_OTHER;
	}
}

/* Finds what the tag closes; false, with a message, when that is nothing. */
static bool find_open(struct parser *parser, const struct template_tag *tag)
{
	struct template *template = parser->template;
	const struct template_node *inner;
	struct text line = {0};
	size_t depth = parser->depth;

	if (depth == 0) {
		fail(parser, DIAG_TEMPLATE_CLOSES_NOTHING, tag);
		return false;
	}
	inner = node_of(parser, top(parser));
	if (slice_equal(inner->text, tag->name))
		return true;
	text_number(&line, template_place(template, inner->tag).line);
	diag_add(template->diags, DIAG_TEMPLATE_CLOSES_OTHER, template_place(template, tag->start),
		template_show(template, '/', tag->name),
		template_show(template, top(parser)->sign, inner->text), line.data, NULL);
	text_free(&line);
	template->broken = true;
	/* When one further out was meant, the inner ones are done with. */
	while (depth > 0 &&
		!slice_equal(node_of(parser, &parser->open[depth - 1])->text, tag->name))
		depth--;
	if (depth > 0)
		parser->depth = depth;
	return depth > 0;
}

static void close_any(struct parser *parser, const struct template_tag *tag)
{
	struct template *template = parser->template;
	struct template_node *node;

	if (!find_open(parser, tag)) {
		keep_line(parser, tag->start);
		return;
	}
	if (top(parser)->sign == '$')
		close_block(parser, tag);
	else if (top(parser)->sign == '<')
		close_parent(parser, tag);
	else
		take_own_line(parser, tag);
	node = node_of(parser, top(parser));
	node->end = (uint32_t) template->count;
	node->closing = (uint32_t)tag->start;
	parser->depth--;
	if (is_in_parent(parser) && node->kind != TEMPLATE_BLOCK)
		template->count = (size_t)(node - template->nodes);
}

static void report_fault(struct parser *parser, const struct template_tag *tag)
{
	static const enum diag_code codes[] = {
		[TEMPLATE_NOT_CLOSED] = DIAG_TEMPLATE_TAG_OPEN,
		[TEMPLATE_BAD_NAME] = DIAG_TEMPLATE_NAME,
		[TEMPLATE_BAD_DELIMITERS] = DIAG_TEMPLATE_DELIMITERS,
	};

	fail(parser, codes[tag->fault], tag);
	keep_line(parser, tag->start);
}

static void parse_tag(struct parser *parser, const struct template_tag *tag)
{
	if (tag->fault != TEMPLATE_SOUND) {
		report_fault(parser, tag);
		return;
	}
	if (parser->line == LINE_CLEAN) {
		bool closes = tag->sign == '/' && parser->depth > 0;

		parser->space = (struct slice){
			source(parser) + parser->line_start, tag->start - parser->line_start};
		measure(parser, parser->space, parser->depth - closes);
	}
	switch (tag->sign) {
	case '#':
	case '^':
		open_section(parser, tag);
		break;
	case '<':
		open_parent(parser, tag);
		break;
	case '$':
		open_block(parser, tag);
		break;
	case '/':
		close_any(parser, tag);
		break;
	case '>':
		parse_partial(parser, tag);
		break;
	case '!':
	case '=':
		take_own_line(parser, tag);
		break;
	default:
		parse_value(parser, tag);
	}
}

void template_parse(struct template *template)
{
	struct parser parser = {.template = template};
	struct template_tag tag;
	size_t from = 0;

	parser.scanner.source = text_slice(&template->source);
	while (template_scan(&tag, &parser.scanner)) {
		parse_text(&parser, from, tag.start);
		parse_tag(&parser, &tag);
		from = parser.scanner.position;
	}
	parse_text(&parser, from, parser.scanner.source.size);
	keep_line(&parser, parser.scanner.source.size);
	for (size_t i = 0; i < parser.depth; i++) {
		const struct template_node *node = node_of(&parser, &parser.open[i]);

		template_fail(
			template, DIAG_TEMPLATE_OPEN, node->tag, parser.open[i].sign, node->text);
	}
	if (template->broken)
		template->count = 0;
}
