/*
 * A region's house style must stay readable, at level AA of WCAG 2.2: its colours are held against
 * each other, and against those of the theme that it leaves alone. These stand in `kleuren` of
 * thema.yml.
 */
#include "check/check.h"

#include <math.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/value.h"
#include "model/color.h"
#include "model/site.h"

#define NEEDS 4

/* What is read: a colour of the region's or the theme's, and its name for an editor. */
struct shade {
	const char *name; /* "accent" */
	struct color color;
	struct slice text; /* "#rrggbb" */
	bool known, own;   /* the region's */
};

struct house {
	const struct region *region;
	const struct value *theme; /* its colours on this ground, or NULL */
	size_t first;		   /* HOUSE_ACCENT, or HOUSE_ACCENT_DARK */
	struct diags *diags;
};

static struct shade theme_shade(const struct house *house, const char *name)
{
	struct shade shade = {.name = name, .text = value_text_at(house->theme, name)};

	shade.known = color_parse(&shade.color, shade.text) == 0;
	return shade;
}

static struct shade house_shade(const struct house *house, enum house_color color)
{
	struct slice text = house->region->style.colors[house->first + color];
	struct shade shade = {.name = house_style_key((enum house_color)(house->first + color)),
		.text = text,
		.own = true};

	if (color_parse(&shade.color, text) == 0)
		shade.known = true;
	else
		shade = theme_shade(house, house_style_key(color));
	return shade;
}

static void say(const struct house *house, const struct shade *shade, const struct shade *other,
	double wanted, const char *nearest)
{
	const struct value *at = value_at(house->region->style.map, shade->name);
	double ratio = color_contrast(&shade->color, &other->color);
	char had[16], asked[16];

	/* Cut off, not rounded: 4.499 is not enough, and must not be said to be 4.5. */
	(void)snprintf(had, sizeof(had), "%.2f:1", floor(ratio * 100) / 100);
	(void)snprintf(asked, sizeof(asked), "%.1f:1", wanted);
	diag_add(house->diags, nearest != NULL ? DIAG_HOUSE_CONTRAST : DIAG_HOUSE_CONTRAST_NONE,
		schema_place(house->region->path.data, at), shade->name, shade->text.data,
		other->name, other->text.data, had, asked, nearest, (char *)NULL);
}

/* Holds one colour of the region's against others, which are all to be seen with it. False when it
 * fails. */
static bool hold(const struct house *house, const struct shade *shade, const struct shade *others,
	size_t count, double wanted)
{
	struct color_need needs[NEEDS];
	size_t known = 0;
	char nearest[COLOR_SIZE];
	const struct shade *worst = NULL;

	if (!shade->known || !shade->own)
		return true;
	for (size_t i = 0; i < count; i++) {
		if (!others[i].known)
			continue;
		needs[known++] = (struct color_need){others[i].color, wanted};
		if (worst == NULL || color_contrast(&shade->color, &others[i].color) <
					     color_contrast(&shade->color, &worst->color))
			worst = &others[i];
	}
	if (worst == NULL || color_contrast(&shade->color, &worst->color) >= wanted)
		return true;
	say(house, shade, worst, wanted,
		color_nearest(nearest, &shade->color, needs, known) == 0 ? nearest : NULL);
	return false;
}

/* A ground that fails is no ground to hold an accent against: then the theme's is. */
static void check_ground(const struct house *house)
{
	struct shade page = theme_shade(house, "grond");
	struct shade accent = house_shade(house, HOUSE_ACCENT);
	struct shade line = house_shade(house, HOUSE_LINE);
	struct shade ground = house_shade(house, HOUSE_GROUND);
	struct shade texts[] = {theme_shade(house, "tekst"), theme_shade(house, "zacht"), accent};

	/* With an accent of the region's own, that pair is the accent's. */
	if (!hold(house, &ground, texts, accent.own ? 2 : 3, CONTRAST_TEXT))
		ground = theme_shade(house, house_style_key(HOUSE_GROUND));

	struct shade grounds[] = {page, ground};

	(void)hold(house, &accent, grounds, ARRAY_LEN(grounds), CONTRAST_TEXT);
	(void)hold(house, &line, &page, 1, CONTRAST_LINE);
}

void check_house_style(const struct site *site, struct diags *diags)
{
	static const char *const grounds[] = {"licht", "donker"};

	for (size_t i = 0; i < site->region_count; i++) {
		for (size_t ground = 0; ground < ARRAY_LEN(grounds); ground++) {
			struct house house = {.region = &site->regions[i],
				.theme = value_at(site->theme_colors, grounds[ground]),
				.first = ground * HOUSE_SHADES,
				.diags = diags};

			check_ground(&house);
		}
	}
}
