/*
 * Markdown in, and what came of it as one text: each section's heading and pieces, and the
 * messages. What is no HTML stands between braces.
 */
#ifndef DRAAIBOEK_TESTS_MARKDOWN_CASE_H
#define DRAAIBOEK_TESTS_MARKDOWN_CASE_H

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/value.h"
#include "input/markdown.h"

struct markdown_case {
	struct arena arena;
	struct document document;
	struct text body;
	struct text messages; /* "line:column name\n" each */
	int status;
};

/* Files that end in .md are pages, others assets; names with "weg" are not there. */
static inline int case_resolve(struct slice *page, struct slice *href, const void *context,
	struct arena *arena, const char *path, struct slice target)
{
	struct text text = {0};

	(void)context;
	(void)path;
	if (slice_search(target, slice_of("weg")) < target.size)
		return -1;
	*page = (struct slice){0};
	if (slice_ends(target, ".md")) {
		*page = slice_keep(arena, target);
		text_puts(&text, "../");
		text_add(&text, (struct slice){target.data, target.size - 3});
		text_byte(&text, '/');
	} else {
		text_puts(&text, "assets/");
		text_add(&text, target);
	}
	*href = text_keep(arena, &text);
	return 0;
}

/* Two terms: "loket" is number 3, "WSP" number 70. */
static inline bool case_find_term(size_t *start, size_t *length, size_t *term, const void *context,
	struct slice text, size_t from)
{
	size_t loket = from + slice_search(slice_from(text, from), slice_of("loket"));
	size_t wsp = from + slice_search(slice_from(text, from), slice_of("WSP"));

	(void)context;
	*start = loket < wsp ? loket : wsp;
	*length = loket < wsp ? 5 : 3;
	*term = loket < wsp ? 3 : 70;
	return *start < text.size;
}

static inline void case_show_pieces(struct text *out, const struct piece *pieces, size_t count)
{
	static const char *const names[] = {"", "root", "value ", "term ", "poll", "timeline"};

	for (size_t i = 0; i < count; i++) {
		if (pieces[i].kind != PIECE_HTML)
			text_printf(out, "{%s", names[pieces[i].kind]);
		if (pieces[i].kind == PIECE_TERM)
			text_printf(out, "%zu ", pieces[i].term);
		text_add(out, pieces[i].text);
		if (pieces[i].kind == PIECE_VARIABLE)
			text_printf(out, " %u:%u%s", pieces[i].line, pieces[i].column,
				pieces[i].in_link ? " in link" : "");
		if (pieces[i].kind != PIECE_HTML)
			text_byte(out, '}');
	}
}

static inline void case_show(struct text *out, const struct document *document)
{
	for (size_t i = 0; i < document->count; i++) {
		const struct section *section = &document->sections[i];

		if (i > 0) {
			text_printf(out, "[%u #%s%s%s] ", section->level, section->id.data,
				(section->marks & SECTION_FIXED) != 0 ? " vast" : "",
				(section->marks & SECTION_SLOT) != 0 ? " slot" : "");
			case_show_pieces(out, section->heading, section->heading_count);
			text_byte(out, '\n');
		}
		case_show_pieces(out, section->pieces, section->count);
	}
}

static inline void case_parse_slice(
	struct markdown_case *out, struct slice markdown, unsigned first_line, const char *prefix)
{
	static const struct markdown_site site = {
		.resolve = case_resolve, .find_term = case_find_term};
	struct diags *diags = diag_new();
	const struct diag *list;
	size_t count;

	*out = (struct markdown_case){0};
	markdown_init();
	out->status = markdown_parse(
		&out->document, &out->arena, markdown, "a.md", first_line, prefix, &site, diags);
	text_puts(&out->body, "");
	text_puts(&out->messages, "");
	case_show(&out->body, &out->document);
	list = diag_sorted(diags, &count);
	for (size_t i = 0; i < count; i++)
		text_printf(&out->messages, "%u:%u %s\n", list[i].place.line, list[i].place.column,
			diag_name(list[i].code));
	diag_free(diags);
}

static inline void case_parse(struct markdown_case *out, const char *markdown)
{
	case_parse_slice(out, slice_of(markdown), 1, "");
}

static inline void case_free(struct markdown_case *parsed)
{
	arena_free(&parsed->arena);
	text_free(&parsed->body);
	text_free(&parsed->messages);
}

/* Both must be as given. */
static inline void assert_case(const char *markdown, const char *body, const char *messages)
{
	struct markdown_case parsed;

	case_parse(&parsed, markdown);
	assert_string_equal(parsed.messages.data, messages);
	assert_string_equal(parsed.body.data, body);
	assert_int_equal(parsed.status, 0);
	case_free(&parsed);
}

static inline void assert_body(const char *markdown, const char *body)
{
	assert_case(markdown, body, "");
}

#endif
