/*
 * A section knows its words by itself, but for the values of a region. Where it has some, its
 * pieces are read again: what stands between the tags, and at the end of a block a line end.
 */
#include "output/plain.h"

#include <string.h>

#include "base/mem.h"
#include "base/value.h"
#include "input/document.h"
#include "model/overlay.h"
#include "model/region.h"
#include "output/facts.h"

/* Between the characters of the pieces. */
struct plain {
	struct text *out;
	size_t start; /* of what is appended */
	bool in_tag;
};

/* Takes what stands behind `size` bytes away. */
static void cut(struct text *out, size_t size)
{
	out->size = size;
	if (out->data != NULL)
		out->data[size] = '\0';
}

/* Ends the line, unless nothing stands on it. */
static void end_line(struct plain *plain)
{
	struct text *out = plain->out;

	while (out->size > plain->start && out->data[out->size - 1] == ' ')
		cut(out, out->size - 1);
	if (out->size > plain->start && out->data[out->size - 1] != '\n')
		text_byte(out, '\n');
}

static void add_space(struct plain *plain)
{
	struct text *out = plain->out;

	if (out->size > plain->start && out->data[out->size - 1] != ' ' &&
		out->data[out->size - 1] != '\n')
		text_byte(out, ' ');
}

/* One of the references that escaping makes; returns its length. */
static size_t add_reference(struct plain *plain, struct slice html)
{
	static const struct {
		const char *name;
		char byte;
	} references[] = {
		{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};

	for (size_t i = 0; i < ARRAY_LEN(references); i++)
		if (slice_starts(html, references[i].name)) {
			text_byte(plain->out, references[i].byte);
			return strlen(references[i].name);
		}
	text_byte(plain->out, '&');
	return 1;
}

/* True for a tag behind which a new line starts. */
static bool ends_block(struct slice tag)
{
	static const char *const tags[] = {
		"</p", "</li", "</h", "</tr", "</dt", "</dd", "</div", "</pre", "<br"};

	for (size_t i = 0; i < ARRAY_LEN(tags); i++)
		if (slice_starts(tag, tags[i]))
			return true;
	return false;
}

/* The words of finished HTML; a tag may go on in the next piece. */
static void add_html(struct plain *plain, struct slice html)
{
	for (size_t i = 0; i < html.size;) {
		char c = html.data[i];

		if (plain->in_tag) {
			plain->in_tag = c != '>';
			i++;
		} else if (c == '<') {
			if (ends_block(slice_from(html, i)))
				end_line(plain);
			else if (slice_starts(slice_from(html, i), "</t"))
				add_space(plain);
			plain->in_tag = true;
			i++;
		} else if (c == '&') {
			i += add_reference(plain, slice_from(html, i));
		} else if (c == ' ' || c == '\n') {
			add_space(plain);
			i++;
		} else {
			text_byte(plain->out, c);
			i++;
		}
	}
}

static void add_value(struct plain *plain, const struct plain_scope *scope, struct slice name)
{
	const struct region *region = scope->region;
	const struct value *value;

	if (plain->in_tag)
		return;
	if (region == NULL) {
		text_byte(plain->out, '[');
		text_add(plain->out, scope->blank);
		text_byte(plain->out, ']');
		return;
	}
	if (slice_starts(name, "contact.")) {
		struct text key = {0};

		text_add(&key, slice_from(name, strlen("contact.")));
		text_add(plain->out, facts_contact(region, scope->variant, key.data));
		text_free(&key);
		return;
	}
	value = region_value(region, name);
	if (value != NULL)
		text_add(plain->out, value->text);
}

static bool has_values(const struct section *section)
{
	for (size_t i = 0; i < section->count; i++)
		if (section->pieces[i].kind == PIECE_VARIABLE)
			return true;
	return false;
}

/* Returns how many bytes it has appended. */
static size_t add_section(
	struct text *out, const struct plain_scope *scope, const struct section *section)
{
	struct plain plain = {.out = out, .start = out->size};

	if (!has_values(section)) {
		struct slice words = slice_trim(section->text);

		text_add(out, words);
		return words.size;
	}
	for (size_t i = 0; i < section->count; i++) {
		const struct piece *piece = &section->pieces[i];

		if (piece->kind == PIECE_HTML)
			add_html(&plain, piece->text);
		else if (piece->kind == PIECE_VARIABLE)
			add_value(&plain, scope, piece->text);
		else if (piece->kind == PIECE_TERM)
			text_add(out, piece->text);
	}
	end_line(&plain);
	if (out->size > plain.start)
		cut(out, out->size - 1);
	return out->size - plain.start;
}

void plain_part(
	struct text *out, const struct plain_scope *scope, const struct part *part, bool title)
{
	if (title && part->title.size > 0) {
		text_puts(out, out->size > 0 ? "\n" : "");
		text_add(out, part->title);
	}
	for (size_t b = 0; b < part->count; b++) {
		size_t before = out->size;

		text_puts(out, before > 0 ? "\n" : "");
		if (add_section(out, scope, part->blocks[b].section) == 0)
			cut(out, before);
	}
}
