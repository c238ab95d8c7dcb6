/*
 * A row for each moment, a column for each thing that at least one moment says.
 */
#include "output/moments.h"

#include <string.h>

#include "base/value.h"
#include "input/figure.h"

#define SIGNATURES 3 /* lines to sign on: employer, candidate, adviser */

struct column {
	const char *key;   /* of the moment, and behind "moment-" of the head's words */
	const char *class; /* NULL: none */
	bool always;	   /* is there without a moment that has something for it */
};

static const struct column columns[] = {{"wanneer", "moment-wanneer", true},
	{"datum", "moment-datum", true}, {"waar", "moment-waar", false}, {"wie", NULL, false},
	{"waarover", NULL, false}, {"paraaf", "moment-paraaf", true}};

#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static struct slice words_of(const struct value *strings, const char *name)
{
	struct text key = {0};
	struct slice words;

	text_printf(&key, "moment-%s", name);
	words = value_text_at(strings, key.data);
	text_free(&key);
	return words;
}

static bool has_column(const struct value *moments, const struct column *column)
{
	if (column->always)
		return true;
	for (const struct value *moment = moments->first; moment != NULL; moment = moment->next)
		if (slice_trim(value_text_at(moment, column->key)).size > 0)
			return true;
	return false;
}

/* How the row's time is written: as a duration, for a script. */
static void add_span(struct text *out, const struct value *moment)
{
	struct slice before = value_text_at(moment, "voor");
	struct figure_span span;

	if (figure_span(&span, before.size > 0 ? before : value_text_at(moment, "na")))
		text_printf(out, "%sP%u%c", before.size > 0 ? "-" : "", span.count, span.unit);
	else
		text_puts(out, "P0D");
}

/* And in words: "2 weken na de start". */
static void add_when(struct text *out, const struct value *moment, const struct value *strings)
{
	struct slice before = slice_trim(value_text_at(moment, "voor"));
	struct slice after = slice_trim(value_text_at(moment, "na"));
	struct slice time = before.size > 0 ? before : after;
	struct slice words = words_of(strings, before.size > 0	? "voor"
					       : after.size > 0 ? "na"
								: "start");
	size_t place = slice_search(words, slice_of("{tijd}"));

	text_html(out, (struct slice){words.data, place});
	if (place < words.size || words.size == 0)
		text_html(out, time);
	text_html(out, slice_from(words, place + strlen("{tijd}")));
}

static void add_class(struct text *out, const struct column *column)
{
	if (column->class != NULL)
		text_printf(out, " class=\"%s\"", column->class);
}

static void add_head(struct text *out, const struct value *moments, const struct value *strings)
{
	text_puts(out, "<thead><tr><th scope=\"col\">");
	text_html(out, words_of(strings, "moment"));
	text_puts(out, "</th>");
	for (size_t i = 0; i < COLUMNS; i++) {
		if (!has_column(moments, &columns[i]))
			continue;
		text_puts(out, "<th scope=\"col\"");
		add_class(out, &columns[i]);
		text_byte(out, '>');
		text_html(out, words_of(strings, columns[i].key));
		text_puts(out, "</th>");
	}
	text_puts(out, "</tr></thead>\n");
}

static void add_row(struct text *out, const struct value *moments, const struct value *moment,
	const struct value *strings)
{
	text_puts(out, "<tr data-termijn=\"");
	add_span(out, moment);
	text_puts(out, "\"><th scope=\"row\">");
	text_html(out, value_text_at(moment, "moment"));
	text_puts(out, "</th>");
	for (size_t i = 0; i < COLUMNS; i++) {
		if (!has_column(moments, &columns[i]))
			continue;
		text_puts(out, "<td");
		add_class(out, &columns[i]);
		text_puts(out, " data-kop=\"");
		text_attr(out, words_of(strings, columns[i].key));
		text_puts(out, "\">");
		if (i == 0)
			add_when(out, moment, strings);
		else
			text_html(out, value_text_at(moment, columns[i].key));
		text_puts(out, "</td>");
	}
	text_puts(out, "</tr>\n");
}

/* Lines to sign on, for paper. */
static void add_signatures(struct text *out, const struct value *strings)
{
	text_puts(out, "<ul class=\"momenten-tekenen\" aria-hidden=\"true\">");
	for (size_t i = 0; i < SIGNATURES; i++) {
		text_puts(out, "<li><span>");
		text_html(out, words_of(strings, "naam"));
		text_puts(out, "</span> <span>");
		text_html(out, words_of(strings, "datum"));
		text_puts(out, "</span> <span>");
		text_html(out, words_of(strings, "handtekening"));
		text_puts(out, "</span></li>");
	}
	text_puts(out, "</ul>");
}

void moments_draw(struct text *out, const struct value *data, const struct value *strings)
{
	const struct value *moments = value_at(data, "momenten");

	if (moments == NULL)
		return;
	text_puts(out, "<figure class=\"momenten\"><table class=\"momenten-tabel\"><caption>");
	text_html(out, words_of(strings, "titel"));
	text_puts(out, "</caption>\n");
	add_head(out, moments, strings);
	text_puts(out, "<tbody>");
	for (const struct value *moment = moments->first; moment != NULL; moment = moment->next)
		add_row(out, moments, moment, strings);
	text_puts(out, "</tbody></table>\n");
	add_signatures(out, strings);
	text_puts(out, "</figure>\n");
}
