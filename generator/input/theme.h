/*
 * What comes with draaiboek and what a site may put in its place: the files of a theme, and the
 * built-in page types. Each file is looked for in the site (themes/NAME/…) first, then in the
 * folder of shared files that was installed with the program.
 */
#ifndef DRAAIBOEK_THEME_H
#define DRAAIBOEK_THEME_H

#include <stddef.h>

#include "base/text.h"

struct diags;
struct source;
struct source_reader;

struct theme_file {
	struct slice path; /* in the theme: "css/base.css"; NUL-terminated */
	const char *full;  /* for messages: "themes/standaard/css/base.css" or the installed path */
	const void *own;   /* private */
};

struct theme;

/*
 * Opens the theme `name` (a slug). `share` is the folder of shared files, which holds themes/ and
 * soorten/. A theme that neither place has is a fatal message.
 */
int theme_open(struct theme **out, const struct source *source, const char *share,
	struct slice name, struct diags *diags);
void theme_free(struct theme *theme);

/* All files of the theme, sorted by path. Borrowed. */
const struct theme_file *theme_files(const struct theme *theme, size_t *count);

/* The file at this path of the theme, or NULL. */
const struct theme_file *theme_find(const struct theme *theme, struct slice path);

/* The built-in page types: files "wegwijzer.yml", sorted. Borrowed. */
const struct theme_file *theme_types(const struct theme *theme, size_t *count);

/* Reads a file of either list into `out`, which is emptied first. */
int theme_read(struct text *out, const struct theme_file *file, struct source_reader *reader,
	struct diags *diags);

#endif
