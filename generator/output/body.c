/*
 * Pieces to HTML. Most of a page is PIECE_HTML, copied as it is.
 */
#include "output/body.h"

#include "base/value.h"
#include "input/markdown.h"
#include "model/region.h"
#include "model/site.h"
#include "output/chart.h"
#include "output/moments.h"

static void body_term(struct text *out, const struct body *body, const struct piece *piece)
{
	const struct glossary_entry *entry = &body->site->glossary.entries[piece->term];
	unsigned char *byte = &body->explained[piece->term >> 3];
	unsigned char bit = (unsigned char)(1U << (piece->term & 7));

	if ((*byte & bit) != 0) {
		text_html(out, piece->text);
		return;
	}
	*byte |= bit;
	text_puts(out, "<span class=\"begrip\"><a href=\"");
	text_url(out, body->home);
	text_puts(out, "begrippen/#");
	text_attr(out, entry->id);
	text_puts(out, "\" aria-describedby=\"begrip-");
	text_number(out, piece->term + 1);
	text_puts(out, "\">");
	text_html(out, piece->text);
	text_puts(out, "</a><span class=\"begrip-uitleg\" role=\"tooltip\" id=\"begrip-");
	text_number(out, piece->term + 1);
	/* Who reads without the style of a theme has the meaning between brackets. */
	text_puts(out, "\"><span> (</span>");
	text_html(out, entry->meaning);
	text_puts(out, "<span>)</span></span></span>");
}

/* The value of the page's own contact, else of the region. */
static const struct value *body_value(const struct body *body, struct slice name)
{
	if (body->contact != NULL && slice_starts(name, "contact.")) {
		const struct value *own = value_get(body->contact, slice_from(name, 8));

		if (own != NULL && own->kind == VALUE_TEXT)
			return own;
	}
	return region_value(body->region, name);
}

/* A nation has no telephone: there the reader is asked for his region. */
static void body_variable(
	struct text *out, const struct body *body, const struct piece *piece, bool with_link)
{
	const struct value *value;

	if (body->region != NULL) {
		value = body_value(body, piece->text);
		if (value != NULL)
			text_html(out, value->text);
		return;
	}
	if (with_link && !piece->in_link) {
		text_puts(out, "<a class=\"regio-keuze\" href=\"");
		text_url(out, body->root);
		text_puts(out, "regio/\">");
	}
	text_html(out, value_text_at(body->strings, "kies-uw-regio"));
	if (with_link && !piece->in_link)
		text_puts(out, "</a>");
}

static void body_piece(
	struct text *out, const struct body *body, const struct piece *piece, bool in_title)
{
	switch (piece->kind) {
	case PIECE_HTML:
		text_add(out, piece->text);
		break;
	case PIECE_ROOT:
		text_url(out, body->root);
		break;
	case PIECE_VARIABLE:
		body_variable(out, body, piece, !in_title);
		break;
	case PIECE_TERM:
		if (in_title)
			text_html(out, piece->text);
		else
			body_term(out, body, piece);
		break;
	case PIECE_POLL:
		chart_poll(out, piece->data, body->strings);
		break;
	case PIECE_TIMELINE:
		chart_timeline(out, piece->data);
		break;
	case PIECE_MOMENTS:
		moments_draw(out, piece->data, body->strings);
		break;
	}
}

void body_draw(struct text *out, const struct body *body, const struct piece *pieces, size_t count)
{
	for (size_t i = 0; i < count; i++)
		body_piece(out, body, &pieces[i], false);
}

void body_draw_title(
	struct text *out, const struct body *body, const struct piece *pieces, size_t count)
{
	for (size_t i = 0; i < count; i++)
		body_piece(out, body, &pieces[i], true);
}

void body_draw_replaced(struct text *out, const struct body *body, const struct variant *variant,
	const struct section *sections, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0) {
			text_puts(out, "<p class=\"landelijk-kop\"");
			if (overlay_find(variant, sections[i].id) == NULL) {
				text_puts(out, " id=\"");
				text_attr(out, sections[i].id);
				text_puts(out, "\"");
			}
			text_puts(out, "><strong>");
			body_draw_title(out, body, sections[i].heading, sections[i].heading_count);
			text_puts(out, "</strong></p>\n");
		}
		body_draw(out, body, sections[i].pieces, sections[i].count);
	}
}
