/*
 * Style sheets as the site serves them: without comments and needless white space, and with the
 * hashed names of the pictures that they show. Called by output/bundle.
 */
#ifndef DRAAIBOEK_STYLE_H
#define DRAAIBOEK_STYLE_H

#include "base/text.h"

struct diags;
struct map;

/*
 * Appends the style sheet `css`, which messages call `path`. `pictures` leads from "beeld/x.svg" to
 * a struct slice, its address as of the style sheet. An @import, and a URL of anything but such a
 * picture or a part of the page, are errors; then -1.
 */
int style_add(struct text *out, struct slice css, const char *path, const struct map *pictures,
	struct diags *diags);

#endif
