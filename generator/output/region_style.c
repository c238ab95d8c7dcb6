/*
 * Colours that the region chose by itself give way on paper, and to a reader who asks for more
 * contrast: then the theme's hold, which have it.
 */
#include "output/region_style.h"

#include "base/text.h"
#include "model/house_style.h"

static void add_property(struct text *out, const char *name, struct slice value)
{
	if (value.size == 0)
		return;
	text_puts(out, name);
	text_byte(out, ':');
	text_add(out, value);
	text_byte(out, ';');
}

static void add_ground(
	struct text *out, const struct house_style *style, size_t first, const char *scheme)
{
	static const char *const names[HOUSE_SHADES] = {"--accent", "--regio-lijn", "--vlak"};
	size_t start = out->size, body;

	text_printf(out,
		"@media screen and (prefers-color-scheme:%s) and (prefers-contrast:no-preference){"
		":root{",
		scheme);
	body = out->size;
	for (size_t i = 0; i < HOUSE_SHADES; i++)
		add_property(out, names[i], style->colors[first + i]);
	/* Only this ground is known to be one that the accent can be read on. */
	if (style->colors[first + HOUSE_ACCENT].size > 0)
		add_property(out, "--accent-vlak", slice_of("var(--vlak)"));
	if (out->size == body)
		out->size = start;
	else
		text_puts(out, "}}");
}

void region_style_write(struct text *out, const struct house_style *style)
{
	/* What the region does not name follows from its colour, or else from its accent. */
	struct slice color = style->color.size > 0 ? style->color : style->colors[HOUSE_ACCENT];

	if (color.size > 0 || style->corners.size > 0) {
		text_puts(out, ":root{");
		add_property(out, "--regio-kleur", color);
		if (style->corners.size > 0)
			add_property(out, "--hoek",
				slice_of(slice_is(style->corners, "recht") ? "0" : "12px"));
		out->size--; /* the last semicolon */
		text_byte(out, '}');
	}
	add_ground(out, style, HOUSE_ACCENT, "light");
	add_ground(out, style, HOUSE_ACCENT_DARK, "dark");
}
