/*
 * The arithmetic of sRGB and OKLab. A shade is held against its needs after it has been rounded to
 * the figures that an editor copies, so that what is advised passes.
 */
#include "model/color.h"

#include <math.h>
#include <stdio.h>

#define STEPS 1000 /* of lightness, from black to white */

struct oklab {
	double lightness, a, b;
};

static int hex_digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	if (byte >= 'A' && byte <= 'F')
		return byte - 'A' + 10;
	return -1;
}

int color_parse(struct color *out, struct slice text)
{
	double parts[3];

	if (text.size != COLOR_SIZE - 1 || text.data[0] != '#')
		return -1;
	for (size_t i = 0; i < 3; i++) {
		int high = hex_digit(text.data[1 + 2 * i]), low = hex_digit(text.data[2 + 2 * i]);

		if (high < 0 || low < 0)
			return -1;
		parts[i] = (16 * high + low) / 255.0;
	}
	*out = (struct color){parts[0], parts[1], parts[2]};
	return 0;
}

static double linear(double part)
{
	return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double companded(double part)
{
	return part <= 0.0031308 ? part * 12.92 : 1.055 * pow(part, 1 / 2.4) - 0.055;
}

static double luminance(const struct color *color)
{
	return 0.2126 * linear(color->red) + 0.7152 * linear(color->green) +
	       0.0722 * linear(color->blue);
}

double color_contrast(const struct color *one, const struct color *other)
{
	double first = luminance(one) + 0.05, second = luminance(other) + 0.05;

	return first > second ? first / second : second / first;
}

/* The matrices are those of the CSS specification, by way of
 * https://bottosson.github.io/posts/oklab/. */
static struct oklab to_oklab(const struct color *color)
{
	double red = linear(color->red), green = linear(color->green), blue = linear(color->blue);
	double l = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
	double m = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
	double s = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);

	return (struct oklab){0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
		1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
		0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

/* A part of sRGB in steps of 1/255, cut off where sRGB ends. */
static double rounded(double part)
{
	double whole = round(255 * companded(part < 0 ? 0 : part));

	return (whole > 255 ? 255 : whole) / 255;
}

static struct color from_oklab(const struct oklab *lab)
{
	double l = lab->lightness + 0.3963377774 * lab->a + 0.2158037573 * lab->b;
	double m = lab->lightness - 0.1055613458 * lab->a - 0.0638541728 * lab->b;
	double s = lab->lightness - 0.0894841775 * lab->a - 1.2914855480 * lab->b;

	l = l * l * l;
	m = m * m * m;
	s = s * s * s;
	return (struct color){rounded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
		rounded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
		rounded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

static bool has_all(const struct color *color, const struct color_need *needs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (color_contrast(color, &needs[i].other) < needs[i].contrast)
			return false;
	return true;
}

static void write_color(char out[COLOR_SIZE], const struct color *color)
{
	(void)snprintf(out, COLOR_SIZE, "#%02x%02x%02x", (unsigned)(255 * color->red + 0.5) & 0xff,
		(unsigned)(255 * color->green + 0.5) & 0xff,
		(unsigned)(255 * color->blue + 0.5) & 0xff);
}

int color_nearest(char out[COLOR_SIZE], const struct color *color, const struct color_need *needs,
	size_t count)
{
	struct oklab lab = to_oklab(color);

	for (int step = 0; step <= STEPS; step++) {
		double change = step / (double)STEPS;
		double tries[2] = {lab.lightness - change, lab.lightness + change};

		for (size_t i = 0; i < 2; i++) {
			struct oklab shade = {tries[i], lab.a, lab.b};
			struct color found = from_oklab(&shade);

			if (tries[i] < 0 || tries[i] > 1 || !has_all(&found, needs, count))
				continue;
			write_color(out, &found);
			return 0;
		}
	}
	return -1;
}
