/*
 * From bytes to a document: the guard, the library's parser, the headings, the walk.
 *
 * The library registers its extensions in a list of its own, once; from then on that list is only
 * read. Only tables are used: strikethrough switches a global table while it parses, autolinks take
 * time squared (input/autolink finds them), and checklists go wrong in places (input/shapes).
 */
#include "input/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <stdlib.h>

#include "base/mem.h"
#include "input/guard.h"
#include "input/headings.h"
#include "input/html.h"
#include "input/wording.h"
#include "input/writer.h"

#define OUTPUT_TIMES 20		      /* that the output may be larger than the input, */
#define OUTPUT_MORE ((size_t)1 << 20) /* plus this */
#define OPTIONS (CMARK_OPT_FOOTNOTES | CMARK_OPT_SOURCEPOS)

static const struct markdown_words dutch = {"Tabel", "Noten", "Noot",
	"Terug naar de tekst bij noot", {"Gouden tip", "Dilemma", "Vraag", "Let op", "Voorbeeld"}};

const struct markdown_words *markdown_dutch(void)
{
	return &dutch;
}

void markdown_init(void)
{
	cmark_gfm_core_extensions_ensure_registered();
}

static cmark_node *parse(struct slice body)
{
	cmark_parser *parser = cmark_parser_new(OPTIONS);
	cmark_node *root;

	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	cmark_parser_feed(parser, body.data, body.size);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

/* For the guard: what may go wrong, and nothing else. */
static void try_parse(struct slice body)
{
	cmark_node_free(parse(body));
}

static void find_lines(struct writer *writer)
{
	size_t capacity = 0;

	writer->lines = mem_grow(NULL, 0, &capacity, sizeof(*writer->lines));
	writer->lines[writer->line_count++] = 0;
	for (size_t at = 0; at < writer->body.size; at++) {
		at += slice_find(slice_from(writer->body, at), '\n');
		writer->lines = mem_grow(
			writer->lines, writer->line_count, &capacity, sizeof(*writer->lines));
		if (at + 1 < writer->body.size)
			writer->lines[writer->line_count++] = at + 1;
	}
}

/* The library puts the definitions that are used at the end, by number. */
static void find_notes(struct writer *writer, cmark_node *root)
{
	cmark_node *node = cmark_node_last_child(root);
	size_t number;

	for (; node != NULL && cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION;
		node = cmark_node_previous(node))
		writer->note_count++;
	writer->notes = mem_new(writer->note_count + 1, sizeof(*writer->notes));
	writer->note_uses = mem_new(writer->note_count + 1, sizeof(*writer->note_uses));
	writer->note_order = mem_new(writer->note_count + 1, sizeof(*writer->note_order));
	node = cmark_node_last_child(root);
	for (number = writer->note_count; number > 0; number--) {
		writer->notes[number - 1] = node;
		node = cmark_node_previous(node);
	}
}

/*
 * Warns of a definition that nothing refers to: the library drops it silently, so this looks at the
 * text itself.
 */
static void report_unused(struct writer *writer)
{
	struct slice rest = writer->body, line;

	for (unsigned number = writer->first_line; slice_next_line(&line, &rest); number++) {
		struct slice start = slice_trim(line);
		size_t end = slice_find(start, ']');
		struct slice label = {start.data, end};
		struct slice body = writer->body;
		size_t at;

		if (!slice_starts(start, "[^") || end + 1 >= start.size || end < 3 ||
			start.data[end + 1] != ':')
			continue;
		label.size++;
		at = slice_search(body, label);
		if ((size_t)(start.data - body.data) == at)
			at += 1 + slice_search(slice_from(body, at + 1), label);
		if (at < body.size)
			continue;
		label = (struct slice){start.data + 2, end - 2};
		diag_add(writer->diags, DIAG_FOOTNOTE_UNUSED,
			(struct place){writer->path, number, 0},
			arena_copy(writer->arena, label.data, label.size), NULL);
	}
}

static int write(struct document *out, struct writer *writer, cmark_node *root)
{
	find_lines(writer);
	find_notes(writer, root);
	if (slice_search(writer->body, slice_of("[^")) < writer->body.size)
		report_unused(writer);
	if (headings_read(writer, root) != 0 || html_write(writer, root) != 0)
		return -1;
	writer_finish(out, writer);
	return 0;
}

int markdown_parse(struct document *out, struct arena *arena, struct slice body, const char *path,
	unsigned first_line, const char *id_prefix, const struct markdown_site *site,
	struct diags *diags)
{
	struct writer writer = {.arena = arena,
		.diags = diags,
		.path = path,
		.id_prefix = id_prefix,
		.site = site,
		.words = site != NULL && site->words != NULL ? site->words : &dutch,
		.body = body,
		.first_line = first_line,
		.limit = OUTPUT_TIMES * body.size + OUTPUT_MORE};
	cmark_node *root;
	int status;

	*out = (struct document){0};
	if (guard_check(body, path, first_line, try_parse, diags) != 0)
		return -1;
	text_reserve(&writer.html, body.size * 2);
	text_reserve(&writer.plain, body.size);
	root = parse(body);
	status = write(out, &writer, root);
	cmark_node_free(root);
	writer_free(&writer);
	return status;
}

int markdown_wording(
	struct document *out, struct arena *arena, struct slice body, enum wording_form form)
{
	struct diags *quiet = diag_new();
	struct writer writer = {
		.arena = arena, .diags = quiet, .path = "", .body = body, .first_line = 1};
	int status = guard_check(body, "", 1, try_parse, quiet);
	cmark_node *root = NULL;

	if (status == 0) {
		root = parse(body);
		find_lines(&writer);
		find_notes(&writer, root);
		status = headings_read(&writer, root);
	}
	if (status == 0) {
		wording_read(&writer, root, form);
		*out = (struct document){writer.sections, writer.section_count};
	}
	if (root != NULL)
		cmark_node_free(root);
	writer_free(&writer);
	diag_free(quiet);
	return status;
}
