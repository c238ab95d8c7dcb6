/*
 * A region's house style as a style sheet of its own, since a page may hold no style. Called by
 * output/bundle.
 */
#ifndef DRAAIBOEK_REGION_STYLE_H
#define DRAAIBOEK_REGION_STYLE_H

struct house_style;
struct text;

/*
 * Appends the style sheet: custom properties on the root. --regio-kleur and --hoek hold for all
 * grounds; --accent, --accent-vlak, --regio-lijn and --vlak are for light or for dark ones.
 */
void region_style_write(struct text *out, const struct house_style *style);

#endif
