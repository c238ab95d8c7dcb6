/*
 * Draws with whole numbers only: the same data gives the same bytes everywhere.
 *
 * A poll is drawn as rows: the answer's text, below it the bar, and the figure at the bar's end.
 * Text is no part of the drawing: it breaks where the screen and the reader's letters want it.
 */
#include "output/chart.h"

#include <string.h>

#include "base/value.h"

#define LONGEST_BAR 78 /* per cent of the row: behind it comes the figure */
#define MOST_NUMBERS 8 /* numbered points that fit side by side */

/* A number as it was written; empty when there is none. */
static struct slice number_at(const struct value *map, const char *key)
{
	const struct value *number = value_at(map, key);

	return number != NULL ? value_text(number) : (struct slice){0};
}

/* Appends hundredths as a number with a point. */
static void add_hundredths(struct text *out, unsigned hundredths)
{
	text_number(out, hundredths / 100);
	if (hundredths % 100 != 0)
		text_printf(out, ".%02u", hundredths % 100);
}

/* An attribute whose value is a part of the drawing's width. */
static void add_percent(struct text *out, const char *name, unsigned hundredths)
{
	text_printf(out, " %s=\"", name);
	add_hundredths(out, hundredths);
	text_puts(out, "%\"");
}

/* A number of 0 to 100, with or without decimals, in hundredths; what is beyond is taken as 100. */
static unsigned read_hundredths(struct slice number)
{
	unsigned value = 0, decimals = 0;
	bool point = false;

	for (size_t i = 0; i < number.size && decimals < 2; i++) {
		char byte = number.data[i];

		if (byte == '.' && !point) {
			point = true;
			continue;
		}
		if (byte < '0' || byte > '9')
			break;
		value = value * 10 + (unsigned)(byte - '0');
		decimals += point;
		if (value > 100 * 100)
			return 100 * 100;
	}
	for (; decimals < 2; decimals++)
		value *= 10;
	return value > 100 * 100 ? 100 * 100 : value;
}

/* The figure as readers write it: "12,5%". */
static void add_figure(struct text *out, struct slice number, const struct value *strings)
{
	struct slice mark = value_text_at(strings, "decimaalteken");
	size_t point = slice_find(number, '.');

	text_html(out, (struct slice){number.data, point});
	if (point < number.size) {
		text_html(out, mark.size > 0 ? mark : slice_of(","));
		text_html(out, slice_from(number, point + 1));
	}
	text_byte(out, '%');
}

static void draw_answer(struct text *out, const struct value *answer, const struct value *strings)
{
	struct slice percent = number_at(answer, "procent");

	text_puts(out, "<div class=\"balk-tekst\">");
	text_html(out, value_text_at(answer, "antwoord"));
	text_puts(out, "</div><div class=\"balk-rij\"><svg");
	add_percent(out, "width", read_hundredths(percent) * LONGEST_BAR / 100);
	text_puts(out, " height=\"1.2em\" focusable=\"false\"><rect class=\"balk\" "
		       "width=\"100%\" height=\"100%\"/></svg><span class=\"balk-getal\">");
	add_figure(out, percent, strings);
	text_puts(out, "</span></div>\n");
}

static void draw_poll(struct text *out, const struct value *answers, const struct value *strings)
{
	text_puts(out, "<div class=\"peiling-beeld\" aria-hidden=\"true\">\n");
	for (const struct value *answer = answers->first; answer != NULL; answer = answer->next)
		draw_answer(out, answer, strings);
	text_puts(out, "</div>");
}

static void add_poll_table(
	struct text *out, const struct value *answers, const struct value *strings)
{
	text_puts(out, "<table class=\"peiling-tabel\"><thead><tr><th scope=\"col\">");
	text_html(out, value_text_at(strings, "peiling-antwoord"));
	text_puts(out, "</th><th scope=\"col\" class=\"rechts\">");
	text_html(out, value_text_at(strings, "peiling-procent"));
	text_puts(out, "</th></tr></thead>\n<tbody>");
	for (const struct value *answer = answers->first; answer != NULL; answer = answer->next) {
		text_puts(out, "<tr><th scope=\"row\">");
		text_html(out, value_text_at(answer, "antwoord"));
		text_puts(out, "</th><td class=\"rechts\">");
		add_figure(out, number_at(answer, "procent"), strings);
		text_puts(out, "</td></tr>\n");
	}
	text_puts(out, "</tbody></table>");
}

/* How many people took part, in the theme's words. */
static void add_people(struct text *out, struct slice number, const struct value *strings)
{
	struct slice words = value_text_at(
		strings, slice_is(number, "1") ? "peiling-deelnemer" : "peiling-deelnemers");
	size_t place = slice_search(words, slice_of("{aantal}"));

	if (number.size == 0)
		return;
	text_puts(out, "\n<p class=\"peiling-deelnemers\">");
	text_html(out, (struct slice){words.data, place});
	if (place < words.size || words.size == 0)
		text_html(out, number);
	text_html(out, slice_from(words, place + strlen("{aantal}")));
	text_puts(out, "</p>");
}

void chart_poll(struct text *out, const struct value *data, const struct value *strings)
{
	const struct value *answers = value_at(data, "antwoorden");

	text_puts(out, "<figure class=\"peiling\"><figcaption>");
	text_html(out, value_text_at(data, "vraag"));
	text_puts(out, "</figcaption>\n");
	if (answers != NULL) {
		draw_poll(out, answers, strings);
		text_byte(out, '\n');
		add_poll_table(out, answers, strings);
	}
	add_people(out, number_at(data, "deelnemers"), strings);
	text_puts(out, "</figure>\n");
}

/* A line with a point for each phase, at equal distances: durations are words, not numbers. */
static void draw_timeline(struct text *out, size_t count)
{
	bool numbered = count <= MOST_NUMBERS;
	unsigned step = (unsigned)(10000 / count);

	text_puts(out, "<svg class=\"tijdlijn-beeld\" width=\"100%\" height=\"2.4em\" "
		       "aria-hidden=\"true\" focusable=\"false\">"
		       "<line class=\"tijdlijn-lijn\" x1=\"0\" x2=\"100%\" y1=\"1.2em\" "
		       "y2=\"1.2em\"/>");
	for (size_t i = 0; i < count; i++) {
		unsigned middle = step * (unsigned)i + step / 2;

		text_puts(out, "<circle class=\"tijdlijn-punt\"");
		add_percent(out, "cx", middle);
		text_printf(out, " cy=\"1.2em\" r=\"%s\"/>", numbered ? "0.9em" : "0.3em");
		if (!numbered)
			continue;
		text_puts(out, "<text class=\"tijdlijn-nummer\"");
		add_percent(out, "x", middle);
		text_printf(out, " y=\"1.55em\" text-anchor=\"middle\">%zu</text>", i + 1);
	}
	text_puts(out, "</svg>\n");
}

static void add_phase_part(
	struct text *out, const char *class, const struct value *phase, const char *key)
{
	struct slice part = value_text_at(phase, key);

	if (part.size == 0)
		return;
	text_printf(out, " <span class=\"%s\">", class);
	text_html(out, part);
	text_puts(out, "</span>");
}

void chart_timeline(struct text *out, const struct value *data)
{
	const struct value *phases = value_at(data, "fasen");

	if (phases == NULL || phases->count == 0)
		return;
	text_puts(out, "<figure class=\"tijdlijn\">");
	draw_timeline(out, phases->count);
	text_puts(out, "<ol class=\"tijdlijn-fasen\">\n");
	for (const struct value *phase = phases->first; phase != NULL; phase = phase->next) {
		text_puts(out, "<li><strong class=\"fase-naam\">");
		text_html(out, value_text_at(phase, "naam"));
		text_puts(out, "</strong>");
		add_phase_part(out, "fase-duur", phase, "duur");
		add_phase_part(out, "fase-tekst", phase, "tekst");
		text_puts(out, "</li>\n");
	}
	text_puts(out, "</ol></figure>\n");
}
