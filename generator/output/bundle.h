/*
 * The theme's own files as the site serves them: one style sheet, scripts as modules that import
 * each other by their hashed names, pictures. Called once a build.
 */
#ifndef DRAAIBOEK_BUNDLE_H
#define DRAAIBOEK_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct diags;
struct house_style;
struct source_reader;
struct theme;
struct value;

struct bundle_file {
	struct slice address; /* "assets/stijl.0123456789abcdef.css", from the site's root */
	struct slice bytes;
};

struct bundle {
	struct bundle_file *files; /* sorted by address */
	size_t count;
	struct value *names; /* for templates: "style", "js-zoek", "site-offline" → address */
};

struct bundle_source {
	const struct theme *theme;
	struct source_reader *reader;
	bool preview; /* with the scripts for an editor: js/proef/NAME.js */
};

/*
 * Reads thema.yml (`stijl`: the style sheets in order), css/NAME.css, js/NAME.js, beeld/NAME.EXT
 * and site/NAME.EXT, which stands at the site's root by its own name.
 *
 * Of the style sheets comments and needless white space are taken out, and the pictures that they
 * name, as url(../beeld/NAME.EXT), get their hashed names. A script imports './NAME.js', on one
 * line, of the theme and not in a circle. All of `out` is in the arena. Errors in the theme are
 * messages; then -1.
 */
int bundle_make(struct bundle *out, struct arena *arena, const struct bundle_source *source,
	struct diags *diags);

/*
 * Adds a style sheet that is made of the site's content: `key` among the names. `name` is that of
 * its file, which gets a hash; a file with the same name and bytes is there once. The key is
 * NUL-terminated; key and bytes are borrowed.
 */
void bundle_add_style(struct bundle *bundle, struct arena *arena, struct slice key,
	struct slice name, struct slice bytes);

/* Adds a region's house style as a style sheet of its own: `regio-SLUG` among the names. */
void bundle_add_region(struct bundle *bundle, struct arena *arena, struct slice slug,
	const struct house_style *style);

#endif
