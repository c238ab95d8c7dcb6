/*
 * Draws with whole numbers only: the same train gives the same bytes everywhere. A title stands
 * above its bar; where it would leave the drawing it ends where the bar ends.
 */
#include "output/track.h"

#include "base/value.h"

#define HEAD 44	 /* the names of the phases */
#define ROW 70	 /* a wagon: its title and its bar */
#define TITLE 22 /* from the top of a row to the foot of the title's letters */
#define BAR_TOP 32
#define BAR_HEIGHT 26
#define GAP 3 /* beside a bar */
#define FOOT 6
#define MOST_LETTERS 78 /* of a title that fits the width */

size_t track_height(size_t wagon_count)
{
	return HEAD + wagon_count * ROW + FOOT;
}

static size_t track_letters(struct slice text)
{
	size_t letters = 0;

	while (text.size > 0) {
		size_t size = slice_letter_size(text);

		text = slice_from(text, size > 0 ? size : 1);
		letters++;
	}
	return letters;
}

/* A text, cut off where it would be wider than `most` letters. */
static void track_add_text(struct text *out, struct slice text, size_t most)
{
	struct slice rest = text;
	size_t letters = 0;

	if (track_letters(text) <= most) {
		text_html(out, text);
		return;
	}
	while (rest.size > 0 && letters + 1 < most) {
		size_t size = slice_letter_size(rest);

		rest = slice_from(rest, size > 0 ? size : 1);
		letters++;
	}
	text.size = (size_t)(rest.data - text.data);
	text_html(out, slice_trim(text));
	text_puts(out, "\u2026");
}

static void track_draw_phases(
	struct text *out, const struct value *phases, size_t width, size_t height)
{
	size_t number = 0;

	text_printf(out, "<path class=\"trein-spoor\" d=\"M0 %d.5H%d\"/>", HEAD - 10, TRACK_WIDTH);
	for (const struct value *phase = phases->first; phase != NULL; phase = phase->next) {
		size_t left = number++ * width;

		if (left > 0)
			text_printf(out, "<path class=\"trein-grens\" d=\"M%zu.5 4V%zu\"/>", left,
				height - FOOT);
		text_printf(out, "<text class=\"trein-fase\" x=\"%zu\" y=\"22\">", left + 8);
		track_add_text(out, phase->text, width / 10);
		text_puts(out, "</text>");
	}
}

static void track_draw_wagon(
	struct text *out, const struct track_wagon *wagon, size_t number, size_t width)
{
	size_t top = HEAD + (number - 1) * ROW;
	size_t left = wagon->first * width + GAP, right = (wagon->last + 1) * width - GAP;
	size_t letters = track_letters(wagon->title);
	size_t long_most = letters < MOST_LETTERS ? letters : MOST_LETTERS;
	bool back = left + long_most * TRACK_LETTER * 11 / 20 > TRACK_WIDTH;

	if (back && right < long_most * TRACK_LETTER * 11 / 20)
		text_printf(
			out, "<text class=\"trein-naam\" x=\"%d\" y=\"%zu\">", GAP, top + TITLE);
	else if (back)
		text_printf(out,
			"<text class=\"trein-naam\" x=\"%zu\" y=\"%zu\" text-anchor=\"end\">",
			right, top + TITLE);
	else
		text_printf(
			out, "<text class=\"trein-naam\" x=\"%zu\" y=\"%zu\">", left, top + TITLE);
	track_add_text(out, wagon->title, MOST_LETTERS);
	text_printf(out,
		"</text><rect class=\"trein-wagon\" x=\"%zu\" y=\"%zu\" width=\"%zu\" "
		"height=\"%d\" rx=\"4\"/>",
		left, top + BAR_TOP, right - left, BAR_HEIGHT);
	text_printf(out,
		"<text class=\"trein-nummer\" x=\"%zu\" y=\"%zu\" "
		"text-anchor=\"middle\">%zu</text>",
		left + 16, top + BAR_TOP + 19, number);
}

void track_draw(struct text *out, const struct value *phases, const struct track_wagon *wagons,
	size_t wagon_count)
{
	size_t width = TRACK_WIDTH / phases->count;

	track_draw_phases(out, phases, width, track_height(wagon_count));
	for (size_t i = 0; i < wagon_count; i++)
		track_draw_wagon(out, &wagons[i], i + 1, width);
}
